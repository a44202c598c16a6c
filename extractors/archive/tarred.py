"""Tar archives, packed or not, and single files packed with gzip, bzip2 or xz."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, cast

from extractors.archive.crate import Crate, DamagedError
from extractors.archive.names import cleaned, decoded
from extractors.archive.tape import walk
from extractors.document import Extraction, Limits, Outcome, Source

__all__ = ["extract", "extract_packed"]

_SMALLEST_PIECE, _LARGEST_PIECE = 4 * 1024, 1024 * 1024
_FAULTS = (lzma.LZMAError, zlib.error, OSError, EOFError, ValueError, OverflowError)
_OPENERS = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
_TAR_SUFFIXES = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_GZIP_NAME = 8


def extract(source: Source, limits: Limits) -> Extraction:
    """Take out what a tar archive holds."""
    crate = Crate(source, limits)
    _take_all(crate, io.BytesIO(source.data))
    return crate.concluded()


def extract_packed(source: Source, limits: Limits) -> Extraction:
    """Unpack a packed file; if a tar archive is inside, take out what that holds."""
    crate = Crate(source, limits)
    if _head(source.data)[257:262] == b"ustar":
        _take_all(crate, _Bounded(_opened(source.data), crate))
    else:
        crate.take(_inner_name(source), _pieces(_opened(source.data)))
    return crate.concluded()


def _opened(data: bytes) -> IO[bytes]:
    opener = next(opener for magic, opener in _OPENERS if data.startswith(magic))
    return cast("IO[bytes]", opener(io.BytesIO(data)))


def _head(data: bytes) -> bytes:
    try:
        return _opened(data).read(512)
    except _FAULTS:
        return b""


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    # A damaged end takes with it what was read in the same piece: small ones lose less.
    size = _SMALLEST_PIECE
    try:
        while piece := stream.read(size):
            yield piece
            size = min(size * 2, _LARGEST_PIECE)
    except _FAULTS as error:
        raise DamagedError from error


def _inner_name(source: Source) -> str:
    """Return what the packed file was called: as gzip remembers it, or as the outer name says."""
    if source.data[:2] == b"\x1f\x8b" and source.data[3:4] == bytes([_GZIP_NAME]):
        (name,) = decoded([source.data[10:1034].split(b"\x00", 1)[0]])
        if last := cleaned(name).rpartition("/")[2]:
            return last
    path = PurePosixPath(source.name)
    return path.stem + _TAR_SUFFIXES.get(path.suffix.lower(), "")


class _Bounded(io.RawIOBase):
    """A stream that ends when more has been unpacked than there is room for."""

    def __init__(self, stream: IO[bytes], crate: Crate) -> None:
        self._stream = stream
        self._crate = crate
        self._left = crate.most_in_all

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._stream.read(min(size, self._left) if size >= 0 else self._left)
        except _FAULTS as error:
            raise DamagedError from error
        self._left -= len(data)
        if not self._left:
            self._crate.note("archive_too_big", is_loss=True)
        return data


def _take_all(crate: Crate, stream: IO[bytes] | io.RawIOBase) -> None:
    try:
        for member in walk(cast("IO[bytes]", stream)):
            (name,) = decoded([member.raw_name])
            if member.is_file and not member.is_folder:
                crate.take(name, member.pieces, member.size)
            elif not member.is_folder:
                crate.withhold(name, Outcome.UNREADABLE, "member_is_link", member.size)
    except DamagedError:
        crate.note("archive_damaged", is_loss=True)
