"""Walks through a tar archive from front to back, over damage too.

The library's own reader ends in silence where a header is damaged, follows links and can be led in circles
(CPython gh-130577); of it only the reading of one header is used.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from extractors.archive.crate import DamagedError

__all__ = ["TapeMember", "walk"]

_BLOCK = tarfile.BLOCKSIZE
_PIECE = 64 * 1024
_FILES = {tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE}
_LONG_NAME, _LONG_LINK = tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK
_EXTENDED = {tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE}
_ABOUT_OTHERS = {_LONG_NAME, _LONG_LINK, tarfile.XGLTYPE, *_EXTENDED}
# What stands before a member to give it a longer name; more than this is no name.
_LONGEST_NOTE = 64 * 1024
_RECORD = re.compile(rb"\d+ ([^=\n]+)=([^\n]*)\n")


@dataclass(frozen=True, slots=True)
class TapeMember:
    """One member; ``pieces`` must be read before the next member is asked for, or is passed over."""

    raw_name: bytes
    size: int
    pieces: Iterator[bytes] = field(repr=False)
    is_file: bool = True
    is_folder: bool = False


@dataclass(slots=True)
class _Tape:
    """A stream that is only ever read forward."""

    stream: IO[bytes]
    is_over: bool = False

    def block(self) -> bytes:
        """Return the next block, shorter or empty at the end."""
        return self.stream.read(_BLOCK)

    def pieces(self, size: int) -> Iterator[bytes]:
        """Yield the bytes of a member, and pass over what fills its last block."""
        left = size
        while left > 0:
            piece = self.stream.read(min(left, _PIECE))
            if not piece:
                self.is_over = True
                raise DamagedError
            left -= len(piece)
            yield piece
        self.stream.read(-size % _BLOCK)


@dataclass(slots=True)
class _Note:
    """What stood before a member about it."""

    name: bytes = b""
    size: int = -1
    is_sparse: bool = False


def walk(stream: IO[bytes]) -> Iterator[TapeMember]:
    """Yield the members of a tar archive.

    Raises DamagedError at the end if anything was damaged or the end itself is missing; and before, when the
    stream cannot be read on.
    """
    tape, note = _Tape(stream), _Note()
    is_ended = is_damaged = False
    while (block := tape.block()) and not tape.is_over:
        if not any(block):
            is_ended = True
            continue
        header = _header(block)
        if header is None:
            is_damaged = True
            continue
        if header.type in _ABOUT_OTHERS:
            note = _noted(note, header, tape)
            continue
        member = _member(header, note, tape)
        yield member
        for _ in member.pieces:
            pass
        is_ended, note = False, _Note()
    if is_damaged or not is_ended or tape.is_over:
        raise DamagedError


def _header(block: bytes) -> tarfile.TarInfo | None:
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return None
    return header if header.size >= 0 else None


def _noted(note: _Note, header: tarfile.TarInfo, tape: _Tape) -> _Note:
    """Add to what is known of the member that follows."""
    text = b""
    for piece in tape.pieces(header.size):
        text = (text + piece)[:_LONGEST_NOTE]
    if header.type == _LONG_NAME:
        note.name = text.split(b"\x00", 1)[0]
    elif header.type in _EXTENDED:
        records = dict(_RECORD.findall(text))
        note.name = records.get(b"path", note.name)
        size = records.get(b"size", b"")
        note.size = int(size) if size.isdigit() else note.size
        note.is_sparse = any(key.startswith(b"GNU.sparse.") for key in records)
    return note


def _member(header: tarfile.TarInfo, note: _Note, tape: _Tape) -> TapeMember:
    is_file = header.type in _FILES and not note.is_sparse
    size = note.size if note.size >= 0 else header.size
    # Links and devices have no bytes, whatever size they state; sparse files keep theirs in another way.
    has_bytes = header.type in _FILES or header.type == tarfile.GNUTYPE_SPARSE
    raw_name = note.name or header.name.encode("utf-8", "surrogateescape")
    is_folder = header.isdir() or (is_file and raw_name.endswith(b"/") and not size)
    return TapeMember(raw_name, size, tape.pieces(size if has_bytes else 0), is_file, is_folder)
