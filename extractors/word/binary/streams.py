"""Opens the compound file of an old Word paper and reads its header (FIB, [MS-DOC] 2.5).

Nothing in the file is believed: every offset is cut to what is there, and a stream that claims to be larger
than the file is not read.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import olefile

from extractors.document import Outcome
from extractors.word.package import UnreadableError

__all__ = ["FAULTS", "Header", "Place", "Streams", "open_streams", "read_header"]

# What olefile and struct raise on damaged bytes.
FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error, OverflowError)

_WORD_97 = 193
_ENCRYPTED, _TABLE_1, _COMPLEX = 0x0100, 0x0200, 0x0004
_FIRST_LENGTH = 3
_LENGTHS = 8
_MOST_PLACES = 400


class Place(IntEnum):
    """Where the header keeps the offset and length of each structure (index in FibRgFcLcb97)."""

    STYLES = 1
    FOOTNOTE_TEXTS = 3
    COMMENT_TEXTS = 5
    SECTIONS = 6
    HEADERS = 11
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    FONTS = 15
    PIECES = 33
    SHAPES = 40
    HEADER_SHAPES = 41
    ENDNOTE_TEXTS = 47
    DRAWINGS = 50
    TEXT_BOXES = 56
    HEADER_TEXT_BOXES = 58
    LISTS = 73
    LIST_OVERRIDES = 74


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes say: the version, the length of each story in characters, where things lie.

    ``lengths`` are those of body, footnotes, headers, macros, comments, endnotes, text boxes and text boxes
    of headers, in the order in which the stories follow each other.
    """

    version: int
    language: int
    is_encrypted: bool
    is_complex: bool
    table: str
    text: tuple[int, int] = (0, 0)
    lengths: tuple[int, ...] = (0,) * _LENGTHS
    places: tuple[tuple[int, int], ...] = ()

    @property
    def is_word_97(self) -> bool:
        """Whether the file has the layout of Word 97 and later."""
        return self.version >= _WORD_97


@dataclass(frozen=True)
class Streams:
    """The streams of one paper; ``table`` holds most structures, ``data`` what was too large for them."""

    package: olefile.OleFileIO
    size: int
    header: Header
    word: bytes

    @cached_property
    def table(self) -> bytes:
        """The stream the header names as the table stream, or the only one there is."""
        other = "0Table" if self.header.table == "1Table" else "1Table"
        return self.stream(self.header.table) or self.stream(other)

    @cached_property
    def data(self) -> bytes:
        """The stream of pictures, form fields and long property lists."""
        return self.stream("Data")

    def stream(self, *path: str) -> bytes:
        """Return the bytes of a stream, none when it is missing or damaged."""
        return _stream(self.package, path, self.size)

    def structure(self, place: Place) -> bytes:
        """Return one structure of the table stream, as much of it as is there."""
        if place >= len(self.header.places):
            return b""
        start, length = self.header.places[place]
        return self.table[start : start + length]

    def after(self, place: Place) -> bytes:
        """Return what follows a structure in the table stream."""
        if place >= len(self.header.places):
            return b""
        start, length = self.header.places[place]
        return self.table[start + length :]

    def plc(self, place: Place, size: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield start, end and data of each entry of a PLC ([MS-DOC] 2.2.2); ``size`` is that of the data."""
        yield from read_plc(self.structure(place), size)


def read_plc(structure: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield start, end and data of each entry of a PLC."""
    count = (len(structure) - 4) // (4 + size)
    if count < 1:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", structure)
    items = 4 * (count + 1)
    for index in range(count):
        data = structure[items + index * size : items + (index + 1) * size]
        yield bounds[index], bounds[index + 1], data


def open_streams(data: bytes) -> Streams:
    """Open an old Word paper.

    Raises UnreadableError when the bytes are no compound file or hold no Word paper.
    """
    try:
        package = olefile.OleFileIO(io.BytesIO(data))
        word = _stream(package, ("WordDocument",), len(data))
        header = read_header(word)
    except FAULTS:
        raise UnreadableError(Outcome.UNREADABLE, "not_a_word_file") from None
    return Streams(package, len(data), header, word)


def _stream(package: olefile.OleFileIO, path: tuple[str, ...], most: int) -> bytes:
    try:
        if not package.exists(list(path)) or package.get_size(list(path)) > most:
            return b""
        return bytes(package.openstream(list(path)).read())
    except FAULTS:
        return b""


def read_header(word: bytes) -> Header:
    """Read the header at the start of the main stream.

    Raises struct.error when it is cut off, ValueError when it is none.
    """
    identifier, version, _, language, _, flags = struct.unpack_from("<6H", word)
    if identifier not in (0xA5EC, 0xA5DC, 0xA5DB, 0xA699, 0xA697):
        raise ValueError("no Word header")
    header = Header(
        version,
        language,
        bool(flags & _ENCRYPTED),
        bool(flags & _COMPLEX),
        "1Table" if flags & _TABLE_1 else "0Table",
        struct.unpack_from("<2I", word, 24),
    )
    # In an encrypted file everything after the fixed part is scrambled.
    return header if header.is_encrypted or not header.is_word_97 else _with_places(header, word)


def _with_places(header: Header, word: bytes) -> Header:
    (shorts,) = struct.unpack_from("<H", word, 32)
    longs_at = 34 + 2 * shorts
    (longs,) = struct.unpack_from("<H", word, longs_at)
    values = struct.unpack_from(f"<{min(longs, 64)}i", word, longs_at + 2)
    places_at = longs_at + 2 + 4 * longs
    (count,) = struct.unpack_from("<H", word, places_at)
    count = min(count, _MOST_PLACES, (len(word) - places_at - 2) // 8)
    pairs = struct.unpack_from(f"<{2 * count}I", word, places_at + 2)
    lengths = tuple(max(value, 0) for value in values[_FIRST_LENGTH : _FIRST_LENGTH + _LENGTHS])
    return Header(
        header.version,
        header.language,
        header.is_encrypted,
        header.is_complex,
        header.table,
        header.text,
        lengths + (0,) * (_LENGTHS - len(lengths)),
        tuple(zip(pairs[::2], pairs[1::2], strict=True)),
    )
