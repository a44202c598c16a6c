"""Reads drawn paths: ruling lines for tables, and shapes that may be letters turned into outlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from extractors.matrix import Matrix, moved
from extractors.ofd.geometry import number
from extractors.ofd.objects import Drawn
from extractors.pdf.drawings import DrawnAreas
from extractors.pdf.words import Frame

__all__ = ["Shapes"]

#: How many numbers follow each letter of a path (GB/T 33190-2016, table 35).
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_TOKEN = re.compile(r"[A-Za-z]|[-+.\d][-+.\deE]*")
_MOST_TOKENS = 20_000
_MOST_SHAPES = 20_000
#: A box has four corners and closes with a fifth point; the outline of a character has more, or curves.
_PLAIN_CORNERS = 6


@dataclass(frozen=True, slots=True)
class _Outline:
    """One run of segments in the path's own coordinates."""

    points: list[tuple[float, float]]
    has_curves: bool = False


@dataclass(slots=True)
class Shapes:
    """What the paths of one page draw; ``intricate`` counts outlines that are neither lines nor boxes."""

    areas: DrawnAreas = field(default_factory=DrawnAreas)
    count: int = 0
    intricate: int = 0

    def add(self, drawn: Drawn, frame: Frame) -> None:
        """Add one path object."""
        is_stroked = drawn.element.get("Stroke", "true").lower() != "false"
        for outline in _outlines(drawn.element.findtext("{*}AbbreviatedData") or ""):
            self.count += 1
            if self.count > _MOST_SHAPES:
                return
            if outline.has_curves or len(outline.points) > _PLAIN_CORNERS:
                self.intricate += 1
            elif not self.areas.is_full:
                self.areas.add(_upwards(outline.points, drawn.matrix, frame), is_stroked=is_stroked)


def _upwards(points: list[tuple[float, float]], matrix: Matrix, frame: Frame) -> list[tuple[float, float]]:
    """Return points on the page counted from its lower left corner, as ruling lines are sought."""
    placed = (moved(x, y, matrix) for x, y in points)
    return [(x, frame.top - y) for x, y in placed]


def _outlines(data: str) -> Iterator[_Outline]:
    """Yield each run of segments of a path, as far as it can be understood."""
    tokens = islice((match[0] for match in _TOKEN.finditer(data)), _MOST_TOKENS)
    points: list[tuple[float, float]] = []
    has_curves = False
    for letter, values in _steps(tokens):
        if letter in "SM":
            if len(points) > 1:
                yield _Outline(points, has_curves)
            points, has_curves = [], False
        if letter == "C":
            points.extend(points[:1])
        else:
            points.append((values[-2], values[-1]))
        has_curves = has_curves or letter in "QBA"
    if len(points) > 1:
        yield _Outline(points, has_curves)


def _steps(tokens: Iterator[str]) -> Iterator[tuple[str, list[float]]]:
    for token in tokens:
        letter = token.upper()
        if letter not in _OPERANDS:
            continue
        values = [number(value) for value in islice(tokens, _OPERANDS[letter])]
        stated = [value for value in values if value is not None]
        if len(stated) < _OPERANDS[letter]:
            return
        yield letter, stated
