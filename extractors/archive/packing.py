"""Unpacks one member of a zip archive piece by piece, whatever it was packed with."""

from __future__ import annotations

import bz2
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from extractors.archive.crate import DamagedError

__all__ = ["METHODS", "Packed", "unpacked"]

# So little at a time that even the densest packing cannot fill the memory in one step.
_PIECE = 4096
# How many bytes one packed byte can stand for, where the method sets a bound.
_MOST_GROWTH = {zipfile.ZIP_STORED: 1, zipfile.ZIP_DEFLATED: 1_032}
_FAULTS = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class _Stored:
    """Members that were not packed at all."""

    eof = False

    def decompress(self, data: bytes, /) -> bytes:
        return data


class _Lzma:
    """LZMA as zip holds it: the usual stream, with another head and no size in it."""

    def __init__(self) -> None:
        self._inner = lzma.LZMADecompressor(format=lzma.FORMAT_ALONE)
        self._is_begun = False

    @property
    def eof(self) -> bool:
        return self._inner.eof

    def decompress(self, data: bytes, /) -> bytes:
        if not self._is_begun:
            # Four bytes of version and length, five of properties; the usual head has eight of size instead.
            data = data[4:9] + b"\xff" * 8 + data[9:]
            self._is_begun = True
        return self._inner.decompress(data)


#: Unpackers by the number of the method in the archive.
METHODS: dict[int, Callable[[], _Unpacker]] = {
    zipfile.ZIP_STORED: _Stored,
    zipfile.ZIP_DEFLATED: lambda: zlib.decompressobj(-zlib.MAX_WBITS),
    zipfile.ZIP_BZIP2: bz2.BZ2Decompressor,
    zipfile.ZIP_LZMA: _Lzma,
}


@dataclass(frozen=True, slots=True)
class Packed:
    """The packed bytes of a member; ``size`` and ``crc`` are -1 where the archive does not state them."""

    data: memoryview = field(repr=False)
    method: int
    size: int
    crc: int

    @property
    def likely_size(self) -> int:
        """The stated size, as far as so few packed bytes can be so many at all."""
        growth = _MOST_GROWTH.get(self.method)
        return self.size if growth is None else min(self.size, len(self.data) * growth)


def unpacked(packed: Packed) -> Iterator[bytes]:
    """Yield the bytes of a member.

    Raises DamagedError at the place from which on they are not what the archive says.
    """
    found = check = 0
    try:
        for piece in _pieces(packed):
            found += len(piece)
            check = zlib.crc32(piece, check)
            if 0 <= packed.size < found:
                raise DamagedError
            yield piece
    except _FAULTS as error:
        raise DamagedError from error
    if packed.crc >= 0 and (found, check) != (packed.size, packed.crc):
        raise DamagedError


def _pieces(packed: Packed) -> Iterator[bytes]:
    unpacker: _Unpacker = METHODS[packed.method]()
    for place in range(0, len(packed.data), _PIECE):
        yield unpacker.decompress(bytes(packed.data[place : place + _PIECE]))
        if unpacker.eof:
            return
    if packed.size < 0:
        # The end was not found, so nobody knows what is missing.
        raise EOFError
