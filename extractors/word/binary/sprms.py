"""Lists of property changes (grpprl) and the pages that say to which text they apply ([MS-DOC] 2.2.5)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors.word.binary.pieces import Piece
from extractors.word.binary.streams import Place, Streams

__all__ = ["Runs", "changes", "character_runs", "paragraph_runs", "signed", "unsigned"]

# Operand sizes by the top three bits of the code; the seventh kind states its own.
_SIZES = (1, 1, 2, 4, 2, 2, None, 3)
_TABLE_DEFINITION, _TABS = 0xD608, 0xC615
_PAGE = 512

_Entries = Callable[[bytes], Iterator[tuple[int, int, bytes]]]


def changes(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield code and operand of each change; a list that breaks off ends early."""
    place = 0
    while place + 3 <= len(grpprl):
        code = grpprl[place] | grpprl[place + 1] << 8
        place += 2
        size = _SIZES[code >> 13]
        if size is None:
            prefix, size = _stated_size(code, grpprl, place)
            place += prefix
        yield code, grpprl[place : place + size]
        place += size


def _stated_size(code: int, grpprl: bytes, place: int) -> tuple[int, int]:
    if code == _TABLE_DEFINITION:
        return 2, max(int.from_bytes(grpprl[place : place + 2], "little") - 1, 0)
    if code == _TABS and grpprl[place] == 255:
        deleted = grpprl[place + 1] if place + 1 < len(grpprl) else 0
        added_at = place + 2 + 4 * deleted
        added = grpprl[added_at] if added_at < len(grpprl) else 0
        return 1, 2 + 4 * deleted + 3 * added
    return 1, grpprl[place]


def signed(operand: bytes) -> int:
    """Return an operand as a signed number."""
    return int.from_bytes(operand, "little", signed=True)


def unsigned(operand: bytes) -> int:
    """Return an operand as an unsigned number."""
    return int.from_bytes(operand, "little")


@dataclass(frozen=True, slots=True)
class Runs:
    """What applies to which bytes of the main stream: sorted, not overlapping."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    values: tuple[bytes, ...]

    def at(self, offset: int) -> bytes:
        """Return what applies to the character at an offset, nothing where nothing is stated."""
        index = bisect_right(self.starts, offset) - 1
        return self.values[index] if index >= 0 and offset < self.ends[index] else b""

    def spans(self, piece: Piece) -> Iterator[tuple[int, bytes]]:
        """Yield, for the characters of a piece, from which position on what applies."""
        position, offset = piece.start, piece.offset
        end = piece.offset + (piece.end - piece.start) * piece.width
        index = max(bisect_right(self.starts, offset) - 1, 0)
        while offset < end and index < len(self.starts):
            start, stop = self.starts[index], self.ends[index]
            if stop <= offset:
                index += 1
                continue
            if start > offset:
                yield position, b""
                stop = start
            else:
                yield position, self.values[index]
            stop = min(stop, end)
            position += max((stop - offset) // piece.width, 1)
            offset = max(stop, offset + piece.width)
        if offset < end:
            yield position, b""


def paragraph_runs(streams: Streams) -> Runs:
    """Read the properties of paragraphs; each value begins with the two bytes of the style."""
    return _collected(_pages(streams, Place.PARAGRAPH_PAGES), _paragraph_entries)


def character_runs(streams: Streams) -> Runs:
    """Read the properties of characters."""
    return _collected(_pages(streams, Place.CHARACTER_PAGES), _character_entries)


def _pages(streams: Streams, place: Place) -> Iterator[bytes]:
    numbers = (unsigned(data) & 0x3FFFFF for _, _, data in streams.plc(place, 4))
    for number in dict.fromkeys(numbers):
        page = streams.word[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            yield page


def _collected(pages: Iterator[bytes], entries: _Entries) -> Runs:
    found = sorted(
        (start, end, value) for page in pages for start, end, value in entries(page) if start < end
    )
    starts: list[int] = []
    ends: list[int] = []
    values: list[bytes] = []
    for start, end, value in found:
        if ends and start < ends[-1]:
            continue
        starts.append(start)
        ends.append(end)
        values.append(value)
    return Runs(tuple(starts), tuple(ends), tuple(values))


def _paragraph_entries(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    for index, (start, end) in enumerate(_bounds(page, count, 13)):
        place = page[4 * (count + 1) + 13 * index] * 2
        if not place:
            yield start, end, b"\0\0"
            continue
        size = page[place] * 2 - 1
        if size < 0:
            place += 1
            size = page[place] * 2 if place < len(page) else 0
        yield start, end, page[place + 1 : place + 1 + size].ljust(2, b"\0")


def _character_entries(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = page[-1]
    for index, (start, end) in enumerate(_bounds(page, count, 1)):
        place = page[4 * (count + 1) + index] * 2
        yield start, end, page[place + 1 : place + 1 + page[place]] if place else b""


def _bounds(page: bytes, count: int, size: int) -> Iterator[tuple[int, int]]:
    if (4 + size) * count + 4 >= _PAGE:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page)
    yield from pairwise(offsets)
