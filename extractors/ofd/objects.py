"""Walks what is drawn on a page, nested blocks and shared drawings opened, each object with its place.

Places are in points from the page's top left corner; the matrix of an object takes its own millimetres there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.matrix import IDENTITY, Matrix, times
from extractors.ofd.geometry import POINTS, box_of, matrix_of
from extractors.ofd.structure import Element, Paper, local_name

__all__ = ["Drawn", "Walk", "page_matrix"]

_GROUPS = ("Content", "Layer", "PageBlock")
_DRAWN = ("TextObject", "PathObject", "ImageObject")
# A shared drawing may hold others; a hostile one holds itself.
_DEEPEST = 6
_MOST_OBJECTS = 200_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text, path or image object; ``matrix`` takes its own coordinates to points on the page."""

    kind: str
    element: Element
    matrix: Matrix
    is_hidden: bool


@dataclass(slots=True)
class Walk:
    """One walk over the objects of a page; keeps what it met that it could not open."""

    paper: Paper
    unknown: set[str] = field(default_factory=set)
    count: int = 0

    @property
    def is_cut_short(self) -> bool:
        """Whether there was more than any page holds."""
        return self.count > _MOST_OBJECTS

    def objects(
        self, group: Element, matrix: Matrix, depth: int = 0, *, is_hidden: bool = False
    ) -> Iterator[Drawn]:
        """Yield the objects in a layer, a block or a whole page's content, in the order they are drawn."""
        for element in group:
            self.count += 1
            if self.is_cut_short:
                return
            kind = local_name(element)
            hides = is_hidden or bool(kind and _is_hidden(element, kind))
            if kind in _GROUPS:
                yield from self.objects(element, matrix, depth, is_hidden=hides)
            elif kind in _DRAWN:
                yield Drawn(kind, element, times(_own_matrix(element), matrix), hides)
            elif kind == "CompositeObject":
                yield from self._shared(element, matrix, depth, is_hidden=hides)
            elif kind:
                self.unknown.add(kind)

    def _shared(self, element: Element, matrix: Matrix, depth: int, *, is_hidden: bool) -> Iterator[Drawn]:
        identifier = element.get("ResourceID", "")
        unit = self.paper.unit(identifier)
        if unit is None or depth >= _DEEPEST:
            self.unknown.add(f"CompositeObject {identifier}")
            return
        yield from self.objects(unit, times(_own_matrix(element), matrix), depth + 1, is_hidden=is_hidden)


def page_matrix(left: float, top: float) -> Matrix:
    """Return what takes millimetres of a page to points from the corner of its visible area."""
    return times((POINTS, 0.0, 0.0, POINTS, 0.0, 0.0), (*IDENTITY[:4], -left, -top))


def _own_matrix(element: Element) -> Matrix:
    x, y, _, _ = box_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return times(matrix_of(element.get("CTM")), (*IDENTITY[:4], x, y))


def _is_hidden(element: Element, kind: str) -> bool:
    """Whether nothing of an object shows: switched off, fully transparent, or neither filled nor outlined."""
    if element.get("Visible", "").lower() == "false" or element.get("Alpha") == "0":
        return True
    if kind != "TextObject":
        return False
    if _is_true(element.get("Fill"), default=True):
        colour = element.find("{*}FillColor")
        return colour is not None and colour.get("Alpha") == "0"
    return not _is_true(element.get("Stroke"), default=False)


def _is_true(value: str | None, *, default: bool) -> bool:
    return default if value is None else value.lower() in ("true", "1")
