"""Turns detected and recognised areas into words with places, as if a PDF had told them.

What a PDF says of a character is the square it is set in; a picture shows only its ink.  A comma fills a
quarter of its square, so the squares are reckoned back: paragraphs are told from each other by how much room
is left at the end of a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from extractors.ocr.pixels import Grey, Quads
from extractors.ocr.rulings import Rulings
from extractors.ocr.spelling import ems
from extractors.pdf.characters import wide_count
from extractors.pdf.words import Word

__all__ = ["Reading", "cut_at_rules", "stacked", "words_of"]

_INK = 150
#: Narrower than this (character heights) a piece left by a ruling line is a rest of that line.
_NARROWEST = 0.35
_STANDING = 1.5
_MOST_STACKED = 40
#: Blank shares of the first or last character's square.
_LEADING_BLANK = dict.fromkeys("（《〈「『【〔“‘", 0.5)
_TRAILING_BLANK = dict.fromkeys("，。、；：！？）》〉」』】〕”’", 0.5) | dict.fromkeys("，。、", 0.62)
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


def cut_at_rules(quads: Quads, rulings: Rulings, dots_per_point: float) -> Quads:
    """Return the areas, cut where a table's upright lines part them: neighbouring cells are found as one."""
    pieces: list[Quads] = []
    for quad in quads:
        left, right = float(quad[:, 0].min()), float(quad[:, 0].max())
        height = float(np.linalg.norm(quad[3] - quad[0]))
        places = rulings.cuts(
            left / dots_per_point,
            right / dots_per_point,
            float(quad[:, 1].mean()) / dots_per_point,
            _NARROWEST * height / dots_per_point,
        )
        edges = [left, *(place * dots_per_point for place in places), right]
        shares = (np.asarray(edges) - left) / max(right - left, 1.0)
        pieces.extend(_slice(quad, start, end) for start, end in pairwise(shares))
    return np.asarray(pieces, dtype=np.float64).reshape(-1, 4, 2)


def overlooked(grey: Grey, quads: Quads, cells: Sequence[Box], dots_per_point: float) -> Quads:
    """Return the ink in table cells where no line of print was found: a lone figure is easily overlooked."""
    middles = quads.mean(axis=1) / dots_per_point
    missed = (
        _ink_in(grey, cell, dots_per_point)
        for cell in cells
        if not any(cell.left < x < cell.right and cell.top < y < cell.bottom for x, y in middles)
    )
    found = [quad for quad in missed if quad is not None]
    return np.asarray(found, dtype=np.float64).reshape(-1, 4, 2)


def _ink_in(grey: Grey, cell: Box, dots_per_point: float) -> Quads | None:
    """Return the area of the ink in a cell with a little room around it, None where there is only dust."""
    edges = np.asarray((cell.left, cell.top, cell.right, cell.bottom))
    corners = (edges + (_INSET, _INSET, -_INSET, -_INSET)) * dots_per_point
    if corners[2] <= corners[0] or corners[3] <= corners[1]:
        return None
    left, top, right, bottom = ink_edges(grey, corners[[[0, 1], [2, 1], [2, 3], [0, 3]]])
    is_line = min(right - left, bottom - top) >= _LEAST_PRINT * dots_per_point
    is_high = max(right - left, bottom - top) >= _LEAST_HEIGHT * dots_per_point
    is_filled = right - left > 0.95 * (corners[2] - corners[0]) and bottom - top > 0.95 * (corners[3] - corners[1])
    if not is_line or not is_high or is_filled:
        return None
    room = _ROOM * dots_per_point
    return np.asarray(
        [
            (left - room, top - room),
            (right + room, top - room),
            (right + room, bottom + room),
            (left - room, bottom + room),
        ]
    )


def _slice(quad: Quads, start: float, end: float) -> Quads:
    """Return the part of an area between two shares of its length."""
    top_left, top_right, bottom_right, bottom_left = quad
    top, bottom = top_right - top_left, bottom_right - bottom_left
    return np.stack(
        [
            top_left + start * top,
            top_left + end * top,
            bottom_left + end * bottom,
            bottom_left + start * bottom,
        ]
    )


def stacked(quad: Quads) -> list[Quads]:
    """Return an upright area cut into squares, for its characters may be printed one below the other.

    None are returned for other areas.  A single 1 is as narrow; the surer reading decides.
    """
    across = float(np.linalg.norm(quad[1] - quad[0]))
    down = float(np.linalg.norm(quad[3] - quad[0]))
    if down <= _STANDING * across:
        return []
    count = min(round(down / max(across, 1.0)), _MOST_STACKED)
    left, right = quad[3] - quad[0], quad[2] - quad[1]
    shares = [number / count for number in range(count + 1)]
    return [
        np.stack(
            [
                quad[0] + start * left,
                quad[1] + start * right,
                quad[1] + end * right,
                quad[0] + end * left,
            ]
        )
        for start, end in pairwise(shares)
    ]


def ink_edges(grey: Grey, quad: Quads) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the ink inside an area, in pixels; the area where it has none."""
    left, top = np.maximum(np.floor(quad.min(axis=0)), 0).astype(int)
    right, bottom = np.ceil(quad.max(axis=0)).astype(int)
    dark = grey[top:bottom, left:right] < _INK
    # One dark pixel in a column is dust.
    columns = np.flatnonzero(dark.sum(axis=0) > 1)
    rows = np.flatnonzero(dark.sum(axis=1) > 1)
    if not columns.size or not rows.size:
        return float(left), float(top), float(right), float(bottom)
    return (
        float(left + columns[0]),
        float(top + rows[0]),
        float(left + columns[-1] + 1),
        float(top + rows[-1] + 1),
    )


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
    reach = -np.inf
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
