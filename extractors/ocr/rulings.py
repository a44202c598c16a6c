"""Finds the ruling lines of printed tables in the pixels of an upright page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

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
_MOST_RULES = 3_000


@dataclass(frozen=True, slots=True)
class Rulings:
    """The grids on a page and the lines they are made of, in pixels; ``mask`` is the ink of those lines."""

    grids: tuple[Grid, ...]
    rules: tuple[Rule, ...]
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
    thickest = _THICKEST * dots_per_point
    rules = [*_rules(levels, thickest, is_upright=False), *_rules(uprights, thickest, is_upright=True)]
    # The finder's tolerances are in points.
    grids = find_grids([_scaled(rule, 1 / dots_per_point) for rule in rules[:_MOST_RULES]])
    grids = [_scaled_grid(grid, dots_per_point) for grid in grids if len(grid.cells) > 1]
    slack = 4 * dots_per_point
    used = [rule for rule in rules if any(_belongs(rule, grid, slack) for grid in grids)]
    return Rulings(tuple(grids), tuple(used), _mask(levels | uprights, grids, round(slack)))


def _long_runs(dark: Mask, length: int, *, is_upright: bool) -> Mask:
    """Return the ink that runs straight for at least a length; a line may waver by a pixel."""
    along, beside = ((1, length), (3, 1)) if is_upright else ((length, 1), (1, 3))
    thicker = cv2.dilate(dark, cv2.getStructuringElement(cv2.MORPH_RECT, beside))
    runs = cv2.morphologyEx(thicker, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
    return np.asarray(runs, dtype=np.uint8)


def _rules(runs: Mask, thickest: float, *, is_upright: bool) -> Iterator[Rule]:
    count, _, boxes, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    for left, top, width, height, _ in boxes[1:count].tolist():
        if is_upright and width <= thickest:
            yield Rule(True, left + width / 2, float(top), float(top + height))  # noqa: FBT003
        elif not is_upright and height <= thickest:
            yield Rule(False, top + height / 2, float(left), float(left + width))  # noqa: FBT003


def _scaled(rule: Rule, factor: float) -> Rule:
    return Rule(rule.is_upright, rule.place * factor, rule.start * factor, rule.end * factor)


def _scaled_grid(grid: Grid, factor: float) -> Grid:
    cells = tuple(cell._replace(box=cell.box.scaled(factor)) for cell in grid.cells)
    return Grid(
        cells, tuple(place * factor for place in grid.columns), tuple(place * factor for place in grid.rows)
    )


def _belongs(rule: Rule, grid: Grid, slack: float) -> bool:
    box = grid.box
    start, end = (box.top, box.bottom) if rule.is_upright else (box.left, box.right)
    low, high = (box.left, box.right) if rule.is_upright else (box.top, box.bottom)
    is_along = rule.start >= start - slack and rule.end <= end + slack
    return is_along and low - slack <= rule.place <= high + slack


def _mask(runs: Mask, grids: Sequence[Grid], slack: int) -> Mask:
    """Return the runs inside the grids' outlines."""
    mask = np.zeros_like(runs)
    for grid in grids:
        box = grid.box
        rows = slice(max(int(box.top) - slack, 0), int(box.bottom) + slack)
        columns = slice(max(int(box.left) - slack, 0), int(box.right) + slack)
        mask[rows, columns] = runs[rows, columns]
    return mask
