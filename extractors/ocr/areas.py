"""Puts the areas in which lines of print were found right, before they are read.

Neighbouring cells of a table are found as one line, a lone figure in a cell is overlooked, and characters
printed one below the other look like a line on its side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.document import Box
from extractors.ocr.pixels import Grey, Quads
from extractors.ocr.rulings import Rulings

__all__ = ["cut_at_rules", "ink_in", "overlooked", "stacked"]

_INK = 150
#: Narrower than this (character heights) a piece left by a ruling line is a rest of that line.
_NARROWEST = 0.35
_STANDING = 1.5
_MOST_STACKED = 40
#: In points: what lies so near a cell's border may be the border; print is at least so large.
_INSET = 1.5
_LEAST_PRINT, _LEAST_HEIGHT = 1.0, 3.5
_ROOM = 2.5
#: Ink that fills a cell is a shade or a rest of its borders.
_FULL = 0.97


def cut_at_rules(quads: Quads, rulings: Rulings, dots_per_point: float) -> Quads:
    """Return the areas, cut where upright lines of a table part them."""
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
        pieces.extend(_across(quad, start, end) for start, end in pairwise(shares))
    return _together(pieces)


def _across(quad: Quads, start: float, end: float) -> Quads:
    """Return the part of an area between two shares of its width."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.stack(
        [quad[0] + start * top, quad[0] + end * top, quad[3] + end * bottom, quad[3] + start * bottom]
    )


def stacked(quad: Quads) -> Quads:
    """Return an upright area cut into squares, for its characters may be printed one below the other.

    Other areas give none.  A single 1 is as narrow; whoever reads both has to choose.
    """
    across = float(np.linalg.norm(quad[1] - quad[0]))
    down = float(np.linalg.norm(quad[3] - quad[0]))
    if down <= _STANDING * across:
        return _together([])
    count = min(round(down / max(across, 1.0)), _MOST_STACKED)
    left, right = quad[3] - quad[0], quad[2] - quad[1]
    shares = [number / count for number in range(count + 1)]
    return _together(
        np.stack(
            [quad[0] + start * left, quad[1] + start * right, quad[1] + end * right, quad[0] + end * left]
        )
        for start, end in pairwise(shares)
    )


def overlooked(grey: Grey, quads: Quads, cells: Sequence[Box], dots_per_point: float) -> Quads:
    """Return the areas of ink in table cells where no line of print was found."""
    middles = quads.mean(axis=1) / dots_per_point
    return _together(
        area
        for cell in cells
        if not any(cell.left < x < cell.right and cell.top < y < cell.bottom for x, y in middles)
        for area in _print_in(grey, cell, dots_per_point)
    )


def _print_in(grey: Grey, cell: Box, dots_per_point: float) -> Iterator[Quads]:
    """Yield the area of the print in a cell with a little room around it; dust and shades are no print."""
    edges = np.asarray((cell.left + _INSET, cell.top + _INSET, cell.right - _INSET, cell.bottom - _INSET))
    whole = _corners(edges * dots_per_point)
    ink = ink_in(grey, whole)
    if ink is None:
        return
    width, height = ink[2] - ink[0], ink[3] - ink[1]
    is_print = min(width, height) >= _LEAST_PRINT * dots_per_point
    is_high = max(width, height) >= _LEAST_HEIGHT * dots_per_point
    is_full = width * height >= _FULL * np.prod(whole[2] - whole[0])
    if is_print and is_high and not is_full:
        yield _corners(ink + np.asarray((-1, -1, 1, 1)) * _ROOM * dots_per_point)


def ink_in(grey: Grey, quad: Quads) -> NDArray[np.float64] | None:
    """Return left, top, right and bottom of the ink inside an area in pixels, None where it is blank."""
    left, top = np.maximum(np.floor(quad.min(axis=0)), 0).astype(int)
    right, bottom = np.maximum(np.ceil(quad.max(axis=0)), 0).astype(int)
    dark = grey[top:bottom, left:right] < _INK
    # One dark pixel in a row or column is dust.
    columns, rows = np.flatnonzero(dark.sum(axis=0) > 1), np.flatnonzero(dark.sum(axis=1) > 1)
    if not columns.size or not rows.size:
        return None
    return np.asarray(
        (left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1), dtype=np.float64
    )


def _corners(edges: NDArray[np.float64]) -> Quads:
    left, top, right, bottom = edges
    return np.asarray([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float64)


def _together(quads: Iterable[Quads]) -> Quads:
    return np.asarray(list(quads), dtype=np.float64).reshape(-1, 4, 2)
