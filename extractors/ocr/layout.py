"""Turns recognised areas into words with places, as if a PDF had told them.

What a PDF says of a character is the square it is set in; a picture shows only its ink.  A comma fills a
quarter of its square, so the squares are reckoned back: paragraphs are told from each other by how much room
is left at the end of a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from extractors.ocr.spelling import ems
from extractors.pdf.characters import wide_count
from extractors.pdf.words import Word

__all__ = ["Reading", "words_of"]

#: Blank shares of the first or last character's square.
_LEADING_BLANK = dict.fromkeys("（《〈「『【〔“‘", 0.5)
_TRAILING_BLANK = dict.fromkeys("；：！？）》〉」』】〕”’", 0.5) | dict.fromkeys("，。、", 0.62)
_SIDE = 0.04
_HEIGHT_TO_SIZE = 1.08
_FEWEST_FOR_WIDTH = 4
_SAME_SIZE = 0.17
_SAME_ROW = 0.5
#: A blank between two areas of one row that somebody typed (character widths).
_TYPED = 0.9


@dataclass(frozen=True, slots=True)
class Reading:
    """One area as it was read; edges are those of its ink, in points."""

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0.0

    @property
    def centre(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


def words_of(readings: Sequence[Reading]) -> list[Word]:
    """Return the words of a page in the order of reading, row by row."""
    sized = _with_common_size([_in_squares(reading) for reading in readings if reading.text])
    return [word for row in _rows(sized) for word in _words(row)]


def _in_squares(reading: Reading) -> Reading:
    """Return the reading with the edges of its characters' squares instead of those of their ink."""
    text = reading.text
    before, after = _LEADING_BLANK.get(text[0], _SIDE), _TRAILING_BLANK.get(text[-1], _SIDE)
    ink_width = reading.right - reading.left
    width = max(ems(text) - before - after, 0.3)
    size = (reading.bottom - reading.top) * _HEIGHT_TO_SIZE
    if wide_count(text) >= _FEWEST_FOR_WIDTH:
        size = ink_width / width
    middle = reading.centre
    return replace(
        reading,
        left=reading.left - before * size,
        right=reading.right + after * size,
        top=middle - size / 2,
        bottom=middle + size / 2,
        size=size,
    )


def _with_common_size(readings: Sequence[Reading]) -> list[Reading]:
    """Give one size to all lines of nearly the same: stretched lines and Latin words only look different."""
    settled: list[Reading] = []
    left = sorted(readings, key=lambda reading: -len(reading.text))
    while left:
        common = _common_size(left)
        is_near = [abs(reading.size - common) <= _SAME_SIZE * common for reading in left]
        settled.extend(replace(one, size=common) for one, near in zip(left, is_near, strict=True) if near)
        left = [one for one, near in zip(left, is_near, strict=True) if not near]
    return settled


def _common_size(readings: Sequence[Reading]) -> float:
    """Return the middle size by characters; it is the size of one of the readings."""
    ordered = sorted(readings, key=lambda reading: reading.size)
    half = sum(len(reading.text) for reading in ordered) / 2
    for reading in ordered:
        half -= len(reading.text)
        if half <= 0:
            return reading.size
    return ordered[-1].size


def _rows(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    row: list[Reading] = []
    for reading in sorted(readings, key=lambda reading: reading.centre):
        if row and reading.centre - row[0].centre > _SAME_ROW * max(row[0].size, reading.size):
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(reading)
    if row:
        yield sorted(row, key=lambda one: one.left)


def _words(row: Sequence[Reading]) -> Iterator[Word]:
    """Yield the words of one row; blanks that were read stand between words of Latin letters."""
    reach = -inf
    for reading in row:
        gap = reading.left - reach
        reach = reading.right
        scale = (reading.right - reading.left) / max(ems(reading.text), 0.5)
        start = reading.left
        for number, token in enumerate(reading.text.split(" ")):
            end = start + ems(token) * scale
            is_spaced = number > 0 or gap >= _TYPED * reading.size
            yield Word(token, start, reading.top, end, reading.bottom, reading.size, is_spaced)
            start = end + ems(" ") * scale
