"""Looks through what is drawn on a page besides text: ruling lines for tables, pictures that may be scans."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.matrix import IDENTITY, Matrix, moved, times
from extractors.pdf.words import Frame

__all__ = ["Drawings", "DrawnAreas", "Rule", "read_drawings"]

#: A stroke or filled bar thinner than this is a ruling line (points).
_THIN = 3.0
_SHORTEST = 2.0
_STRAIGHT = 0.7
# Bounds against drawings that are maps or outlined text rather than tables.
_MOST_OBJECTS = 50_000
_MOST_SEGMENTS = 2_000
_MOST_RULES = 6_000
_MOST_SHADES = 300
_DEEPEST_FORM = 4

_Area = tuple[float, float, float, float]


class Rule(NamedTuple):
    """A straight ruling line on the page as shown; ``place`` is its height (or, if upright, its x)."""

    is_upright: bool
    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Drawings:
    """What a page shows besides text; ``image_cover`` is the share of the page under pictures."""

    rules: tuple[Rule, ...] = ()
    image_cover: float = 0.0
    path_count: int = 0
    has_too_many: bool = False


@dataclass(slots=True)
class DrawnAreas:
    """Thin areas and, apart from them, broad fills without an outline; heights count upwards."""

    thin: list[_Area] = field(default_factory=list)
    broad: list[_Area] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether there are more lines than any table has."""
        return len(self.thin) >= _MOST_RULES

    def add(self, outline: list[tuple[float, float]], *, is_stroked: bool) -> None:
        """Add one run of straight segments: its sides when they are drawn, else the area it fills."""
        if is_stroked:
            self.thin.extend(_sides(outline))
            return
        around = _around(iter(outline))
        is_thin = min(around[2] - around[0], around[3] - around[1]) <= _THIN
        (self.thin if is_thin else self.broad).append(around)

    def rules(self, frame: Frame) -> tuple[Rule, ...]:
        """Return the ruling lines on the shown page."""
        rules = [] if self.is_full else _rules(self.thin, frame)
        shades = _rules(_all_sides(self.broad[:_MOST_SHADES]), frame)
        return (*rules, *_shaded_sides(shades, rules))


class _Drawn(NamedTuple):
    handle: ctypes.c_void_p
    kind: int
    matrix: Matrix


def read_drawings(page: pypdfium2.PdfPage, frame: Frame) -> Drawings:
    """Return the ruling lines and the picture cover of one page."""
    found = DrawnAreas()
    path_count = 0
    cover = 0.0
    for drawn in islice(_objects(page), _MOST_OBJECTS):
        if drawn.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            cover += _visible_area(_bounds(drawn), frame)
            continue
        path_count += 1
        if not found.is_full:
            _collect(drawn, found)
    page_area = max(frame.width * frame.height, 1.0)
    return Drawings(found.rules(frame), min(cover / page_area, 1.0), path_count, found.is_full)


def _objects(page: pypdfium2.PdfPage) -> Iterator[_Drawn]:
    """Yield paths and pictures, those inside nested forms too."""
    get, kind_of = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        handle = get(page.raw, index)
        kind = kind_of(handle)
        if kind != pdfium.FPDF_PAGEOBJ_TEXT:
            yield from _opened(_Drawn(handle, kind, IDENTITY), 1)


def _opened(drawn: _Drawn, depth: int) -> Iterator[_Drawn]:
    if drawn.kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
        yield drawn
    if drawn.kind != pdfium.FPDF_PAGEOBJ_FORM or depth > _DEEPEST_FORM:
        return
    matrix = times(_matrix_of(drawn.handle), drawn.matrix)
    for index in range(min(pdfium.FPDFFormObj_CountObjects(drawn.handle), _MOST_OBJECTS)):
        inner = pdfium.FPDFFormObj_GetObject(drawn.handle, index)
        yield from _opened(_Drawn(inner, pdfium.FPDFPageObj_GetType(inner), matrix), depth + 1)


def _matrix_of(handle: ctypes.c_void_p) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, raw):
        return IDENTITY
    return raw.a, raw.b, raw.c, raw.d, raw.e, raw.f


def _bounds(drawn: _Drawn) -> _Area:
    """Return left, bottom, right, top in page coordinates."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(drawn.handle, left, bottom, right, top):
        return 0.0, 0.0, 0.0, 0.0
    if drawn.matrix is IDENTITY:
        return left.value, bottom.value, right.value, top.value
    return _around(moved(x.value, y.value, drawn.matrix) for x in (left, right) for y in (bottom, top))


def _around(points: Iterator[tuple[float, float]]) -> _Area:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _visible_area(area: _Area, frame: Frame) -> float:
    width = min(area[2], frame.right) - max(area[0], frame.left)
    height = min(area[3], frame.top) - max(area[1], frame.bottom)
    return max(width, 0.0) * max(height, 0.0)


def _collect(drawn: _Drawn, found: DrawnAreas) -> None:
    """Add the thin areas of one path: itself when it is a bar, else its straight sides."""
    area = _bounds(drawn)
    if min(area[2] - area[0], area[3] - area[1]) <= _THIN:
        found.thin.append(area)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn.handle, fill, stroke)
    for outline in _outlines(drawn):
        found.add(outline, is_stroked=bool(stroke.value))


def _outlines(drawn: _Drawn) -> Iterator[list[tuple[float, float]]]:
    """Yield each closed or open run of straight segments; a curve ends a run."""
    matrix = times(_matrix_of(drawn.handle), drawn.matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn.handle), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.handle, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) != pdfium.FPDF_SEGMENT_LINETO and outline:
            yield outline
            outline = []
        outline.append(moved(x.value, y.value, matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield [*outline, outline[0]]
            outline = []
    if outline:
        yield outline


def _sides(outline: list[tuple[float, float]]) -> Iterator[_Area]:
    for (x0, y0), (x1, y1) in pairwise(outline):
        if min(abs(x1 - x0), abs(y1 - y0)) <= _STRAIGHT:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _rules(areas: list[_Area], frame: Frame) -> list[Rule]:
    """Turn thin areas into ruling lines on the shown page."""
    places = (frame.place(*area) for area in areas)
    return [rule for place in places for rule in (_rule(*place),) if rule.end - rule.start >= _SHORTEST]


def _rule(left: float, top: float, right: float, bottom: float) -> Rule:
    if right - left >= bottom - top:
        return Rule(is_upright=False, place=(top + bottom) / 2, start=left, end=right)
    return Rule(is_upright=True, place=(left + right) / 2, start=top, end=bottom)


def _all_sides(areas: list[_Area]) -> list[_Area]:
    """Return the four sides of each area, one after the other."""
    return [
        side
        for left, bottom, right, top in areas
        for side in (
            (left, bottom, left, top),
            (right, bottom, right, top),
            (left, bottom, right, bottom),
            (left, top, right, top),
        )
    ]


def _shaded_sides(sides: list[Rule], rules: list[Rule]) -> list[Rule]:
    """Return the sides of shaded areas that are cells: header cells set off by colour only.

    A cell lies against a ruling line and keeps to the columns that upright lines mark elsewhere; marked words
    and backgrounds do not.  The sides come four for each area.
    """
    kept: list[Rule] = []
    columns = [rule.place for rule in rules if rule.is_upright]
    for start in range(0, len(sides) - 3, 4):
        box = sides[start : start + 4]
        edges = (side.place for side in box if side.is_upright)
        keeps_to_columns = all(any(abs(edge - column) <= _THIN for column in columns) for edge in edges)
        if keeps_to_columns and any(_lies_along(side, rule) for side in box for rule in rules):
            kept.extend(box)
    return kept


def _lies_along(side: Rule, rule: Rule) -> bool:
    if side.is_upright != rule.is_upright or abs(side.place - rule.place) > _THIN:
        return False
    shared = min(side.end, rule.end) - max(side.start, rule.start)
    return shared >= 0.8 * (side.end - side.start)
