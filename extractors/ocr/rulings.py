"""Finds the ruling lines of printed tables in the pixels of an upright page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.document import Box
from extractors.ocr.pixels import Grey, Mask
from extractors.pdf.drawings import Rule
from extractors.pdf.grids import Grid, find_grids

__all__ = ["Rulings", "find_rulings"]

#: Lighter than print may be: a hairline is blurred into grey.
_LINE = 190
#: No stroke of print is as long as this (points): 一 in a title is 22, a dash of two characters 44.
_SHORTEST_LEVEL = 48.0
_SHORTEST_UPRIGHT = 15.0
_THICKEST = 5.0
_SLACK = 4.0
_MOST_RULES = 3_000


@dataclass(frozen=True, slots=True)
class Rulings:
    """The tables' ruling lines and cells in points; ``mask`` is the ink of the lines in pixels."""

    rules: tuple[Rule, ...]
    cells: tuple[Box, ...]
    mask: Mask

    def cuts(self, left: float, right: float, middle: float, inset: float) -> list[float]:
        """Return where upright lines part a row of print that reaches from left to right."""
        return sorted(
            rule.place
            for rule in self.rules
            if rule.is_upright
            and left + inset < rule.place < right - inset
            and rule.start <= middle <= rule.end
        )

    def without(self, grey: Grey) -> Grey:
        """Return the page with the lines of its tables painted over."""
        if not self.rules:
            return grey
        bare = grey.copy()
        bare[self.mask > 0] = 255
        return bare


def find_rulings(grey: Grey, dots_per_point: float) -> Rulings:
    """Return the tables' ruling lines; lines that make no grid (under words, in a letterhead) stay print."""
    dark = np.asarray(grey < _LINE, dtype=np.uint8) * np.uint8(255)
    levels = _long_runs(dark, round(_SHORTEST_LEVEL * dots_per_point), is_upright=False)
    uprights = _long_runs(dark, round(_SHORTEST_UPRIGHT * dots_per_point), is_upright=True)
    rules = [
        *_rules(levels, dots_per_point, is_upright=False),
        *_rules(uprights, dots_per_point, is_upright=True),
    ]
    grids = [grid for grid in find_grids(rules[:_MOST_RULES]) if len(grid.cells) > 1]
    used = tuple(rule for rule in rules if any(_belongs(rule, grid) for grid in grids))
    cells = tuple(cell.box for grid in grids for cell in grid.cells)
    return Rulings(used, cells, _mask(levels | uprights, grids, dots_per_point))


def _long_runs(dark: Mask, length: int, *, is_upright: bool) -> Mask:
    """Return the ink that runs straight for at least a length; a line may waver by a pixel."""
    along, beside = ((1, length), (3, 1)) if is_upright else ((length, 1), (1, 3))
    thicker = cv2.dilate(dark, cv2.getStructuringElement(cv2.MORPH_RECT, beside))
    runs = cv2.morphologyEx(thicker, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
    return np.asarray(runs, dtype=np.uint8)


def _rules(runs: Mask, dots_per_point: float, *, is_upright: bool) -> Iterator[Rule]:
    count, _, boxes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    for left, top, width, height in (boxes[1:count, :4] / dots_per_point).tolist():
        if is_upright and width <= _THICKEST:
            yield Rule(is_upright, left + width / 2, top, top + height)
        elif not is_upright and height <= _THICKEST:
            yield Rule(is_upright, top + height / 2, left, left + width)


def _belongs(rule: Rule, grid: Grid) -> bool:
    box = grid.box
    across, down = (box.left, box.right), (box.top, box.bottom)
    (start, end), (low, high) = (down, across) if rule.is_upright else (across, down)
    is_along = rule.start >= start - _SLACK and rule.end <= end + _SLACK
    return is_along and low - _SLACK <= rule.place <= high + _SLACK


def _mask(runs: Mask, grids: Sequence[Grid], dots_per_point: float) -> Mask:
    """Return the runs inside the grids' outlines."""
    mask = np.zeros_like(runs)
    for grid in grids:
        box = grid.box
        top, bottom, left, right = (
            round(max(edge, 0.0) * dots_per_point)
            for edge in (box.top - _SLACK, box.bottom + _SLACK, box.left - _SLACK, box.right + _SLACK)
        )
        mask[top:bottom, left:right] = runs[top:bottom, left:right]
    return mask
