"""Puts the text of an old Word paper together from its pieces (the CLX, [MS-DOC] 2.9.38).

A character position (CP) is one UTF-16 unit, so ``PieceTable.text`` has one character for each; the two
halves of a rare character stay apart here until ``joined``.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import Outcome
from extractors.word.binary.streams import Place, Streams, read_plc
from extractors.word.items import Ledger
from extractors.word.package import UnreadableError

__all__ = ["Piece", "PieceTable", "joined", "read_pieces"]

_COMPRESSED = 0x40000000
# Bytes 80–9F of a compressed piece stand for the characters of code page 1252.
_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_MISSING = "\0"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` lie at ``offset`` in the main stream, ``width`` bytes each.

    ``properties`` is what was changed in the piece as a whole by a fast save.
    """

    start: int
    end: int
    offset: int
    width: int
    properties: bytes = b""


@dataclass(frozen=True, slots=True)
class PieceTable:
    """All pieces in order and the text they make up."""

    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    text: str

    def piece_at(self, position: int) -> Piece | None:
        """Return the piece a character lies in."""
        index = bisect_right(self.starts, position) - 1
        return self.pieces[index] if index >= 0 and position < self.pieces[index].end else None


def read_pieces(streams: Streams, ledger: Ledger) -> PieceTable:
    """Read the pieces and their text.

    Raises UnreadableError when there are none, or more characters than the bound.
    """
    pieces: list[Piece] = []
    words: list[str] = []
    for piece in _bounded(_stated(streams), ledger.limits.max_characters):
        text, is_whole = _text_of(piece, streams.word)
        if not is_whole:
            ledger.lose("damaged_piece", str(piece.start))
        pieces.append(piece)
        words.append(text)
    if not pieces:
        raise UnreadableError(Outcome.UNREADABLE, "no_pieces")
    return PieceTable(tuple(pieces), tuple(piece.start for piece in pieces), "".join(words))


def joined(text: str) -> str:
    """Return text with the halves of rare characters put together."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _bounded(pieces: Iterator[Piece], most: int) -> Iterator[Piece]:
    """Yield pieces as long as each begins where the last one ended."""
    expected = 0
    for piece in pieces:
        if piece.start != expected or piece.end <= piece.start:
            return
        if piece.end > most:
            raise UnreadableError(Outcome.TOO_BIG, "too_many_characters")
        yield piece
        expected = piece.end


def _stated(streams: Streams) -> Iterator[Piece]:
    changes, table = _parts(streams.structure(Place.PIECES))
    for start, end, descriptor in read_plc(table, 8):
        _, location, modifier = struct.unpack("<HIH", descriptor)
        properties = _properties(modifier, changes)
        if location & _COMPRESSED:
            yield Piece(start, end, (location & ~_COMPRESSED) // 2, 1, properties)
        else:
            yield Piece(start, end, location, 2, properties)


def _parts(clx: bytes) -> tuple[list[bytes], bytes]:
    """Split the CLX into lists of property changes and the piece table itself."""
    changes: list[bytes] = []
    place = 0
    while place + 3 <= len(clx):
        kind = clx[place]
        if kind == 2:
            return changes, clx[place + 5 :][: int.from_bytes(clx[place + 1 : place + 5], "little")]
        if kind != 1:
            break
        length = int.from_bytes(clx[place + 1 : place + 3], "little")
        changes.append(clx[place + 3 : place + 3 + length])
        place += 3 + length
    return changes, b""


# Short forms of property changes ([MS-DOC] 2.9.212), those that matter here.
_SHORT = {0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x5C: 0x083C}


def _properties(modifier: int, changes: list[bytes]) -> bytes:
    if modifier & 1:
        index = modifier >> 1
        return changes[index] if index < len(changes) else b""
    code = _SHORT.get(modifier >> 1 & 0x7F)
    return struct.pack("<HB", code, modifier >> 8) if code else b""


def _text_of(piece: Piece, word: bytes) -> tuple[str, bool]:
    """Return the characters of a piece and whether all of them are there."""
    count = piece.end - piece.start
    raw = word[piece.offset : piece.offset + count * piece.width]
    if piece.width == 1:
        text = raw.decode("latin-1").translate(_WINDOWS)
    else:
        raw = raw[: len(raw) // 2 * 2]
        text = raw.decode("utf-16-le", "surrogatepass") if not _has_rare(raw) else _units(raw)
    # Zeros within text are sectors that were never written to the disk.
    return text.ljust(count, _MISSING), len(text) == count and _MISSING not in text


def _has_rare(raw: bytes) -> bool:
    return any(0xD8 <= high <= 0xDF for high in raw[1::2])


def _units(raw: bytes) -> str:
    units = array("H", raw)
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        units.byteswap()
    return "".join(map(chr, units))
