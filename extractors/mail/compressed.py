"""Unpacks the rich text of an Outlook message ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

__all__ = ["rich_text"]

# What every dictionary begins with ([MS-OXRTFCP] 2.1.2.1).
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_SIZE = 4096
_PLAIN, _PACKED = b"MELA", b"LZFu"


def rich_text(data: bytes, most: int) -> bytes:
    """Return the rich text, as far as it can be unpacked and up to a size."""
    if len(data) < 16:
        return b""
    (size,) = struct.unpack_from("<I", data, 4)
    if data[8:12] == _PLAIN:
        return data[16 : 16 + min(size, most)]
    return _unpacked(data[16:], min(size, most)) if data[8:12] == _PACKED else b""


def _unpacked(data: bytes, size: int) -> bytes:
    window = bytearray(_DICTIONARY.ljust(_SIZE, b"\x00"))
    place, found = len(_DICTIONARY), bytearray()
    control, bit = 0, 8
    stream = iter(data)
    for token in stream:
        if bit == 8:
            control, bit = token, 0
            continue
        if control >> bit & 1:
            reference = token << 8 | next(stream, 0)
            start, length = reference >> 4, (reference & 15) + 2
            if start == place:
                break
            run = range(start, start + length)
        else:
            window[place] = token
            run = range(place, place + 1)
        bit += 1
        for source in run:
            byte = window[source % _SIZE]
            window[place] = byte
            place = (place + 1) % _SIZE
            found.append(byte)
        if len(found) >= size:
            break
    return bytes(found[:size])
