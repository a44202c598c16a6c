"""Finds the grids that ruling lines make: which rows, columns and merged cells a table has.

pdfplumber's geometry does the finding (edges, intersections, cells, tables), fed with lines read by pdfium,
so a page is parsed once and not twice.  Tables printed without their outer border are closed first
(pdfplumber #1240), and a grid position whose border has a hole is given back as a plain cell: text standing
inside a table's outline always has a cell to go to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.document import Box
from extractors.pdf.drawings import Rule

__all__ = ["Grid", "GridCell", "find_grids"]

#: Lines nearer than this are one line; corners may miss each other by as much (points).
_TOLERANCE = 3.0
_SHORTEST_EDGE = 4.0
# The search takes the square of the crossings; a printed table has some thousand at most.
_MOST_PAIRS = 8_000

_Edge = dict[str, float | str]
_Area = tuple[float, float, float, float]


class GridCell(NamedTuple):
    """One cell by its 1-based grid position and spans."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table; ``columns`` and ``rows`` are the places of its lines, outer ones too."""

    cells: tuple[GridCell, ...]
    columns: tuple[float, ...]
    rows: tuple[float, ...]

    @property
    def box(self) -> Box:
        """The outline of the table."""
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def position(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column of the grid position under a point, None outside the outline."""
        row, column = bisect_right(self.rows, y), bisect_right(self.columns, x)
        is_inside = 0 < row < len(self.rows) and 0 < column < len(self.columns)
        return (row, column) if is_inside else None


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the grids on one page, the innermost first."""
    uprights = sum(rule.is_upright for rule in rules)
    if uprights == 0 or len(rules) - uprights < 2:
        return []
    # Imported here: a page without ruling lines need not wait for pdfplumber to load.
    from pdfplumber import table as plumber

    edges = plumber.merge_edges([_edge(rule) for rule in rules], *(_TOLERANCE,) * 4)
    edges = [edge for edge in edges if _length(edge) >= _SHORTEST_EDGE]
    edges += _missing_borders(edges)
    upright_count = sum(edge["orientation"] == "v" for edge in edges)
    if upright_count * (len(edges) - upright_count) > _MOST_PAIRS:
        return []
    corners = plumber.edges_to_intersections(edges, _TOLERANCE, _TOLERANCE)
    tables = plumber.cells_to_tables(plumber.intersections_to_cells(corners))
    return sorted((_grid(cells) for cells in tables), key=_extent)


def _edge(rule: Rule) -> _Edge:
    if rule.is_upright:
        return _upright(rule.place, rule.start, rule.end)
    return _level(rule.place, rule.start, rule.end)


def _upright(x: float, top: float, bottom: float) -> _Edge:
    return {
        "orientation": "v",
        "x0": x,
        "x1": x,
        "top": top,
        "bottom": bottom,
        "width": 0.0,
        "height": bottom - top,
    }


def _level(y: float, left: float, right: float) -> _Edge:
    return {
        "orientation": "h",
        "x0": left,
        "x1": right,
        "top": y,
        "bottom": y,
        "width": right - left,
        "height": 0.0,
    }


def _rule(edge: _Edge) -> Rule:
    if edge["orientation"] == "v":
        return Rule(True, float(edge["x0"]), float(edge["top"]), float(edge["bottom"]))  # noqa: FBT003
    return Rule(False, float(edge["top"]), float(edge["x0"]), float(edge["x1"]))  # noqa: FBT003


def _length(edge: _Edge) -> float:
    rule = _rule(edge)
    return rule.end - rule.start


def _missing_borders(edges: Iterable[_Edge]) -> list[_Edge]:
    """Return the outer borders that a table open at its sides, top or foot would have."""
    rules = [_rule(edge) for edge in edges]
    uprights = [rule for rule in rules if rule.is_upright]
    levels = [rule for rule in rules if not rule.is_upright]
    sides = [_upright(*border) for border in _borders(levels, uprights)]
    caps = [_level(*border) for border in _borders(uprights, levels)]
    return sides + caps


def _borders(parallels: Sequence[Rule], crossings: Sequence[Rule]) -> Iterator[tuple[float, float, float]]:
    """Yield place, start and end of borders across the common ends of parallel lines that lack one."""
    for group in _same_extent(parallels):
        first, last = group[0].place, group[-1].place
        inner = [rule for rule in crossings if _crosses(rule, group[0], first, last)]
        if not inner:
            continue
        for place in (group[0].start, group[0].end):
            if not any(abs(rule.place - place) <= 2 * _TOLERANCE for rule in inner):
                yield place, first, last


def _same_extent(parallels: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield sets of two or more lines that begin and end alike."""
    groups: dict[tuple[int, int], list[Rule]] = {}
    for rule in sorted(parallels, key=lambda rule: rule.place):
        key = (round(rule.start / _TOLERANCE / 2), round(rule.end / _TOLERANCE / 2))
        groups.setdefault(key, []).append(rule)
    return (group for group in groups.values() if len(group) > 1)


def _crosses(rule: Rule, line: Rule, first: float, last: float) -> bool:
    is_beside = line.start - _TOLERANCE <= rule.place <= line.end + _TOLERANCE
    return is_beside and rule.start < last - _TOLERANCE and rule.end > first + _TOLERANCE


def _grid(areas: Sequence[_Area]) -> Grid:
    """Number rows and columns of the cells of one table; every grid position belongs to exactly one cell.

    Where a border is broken, areas may overlap or leave a hole.  The smaller area wins, and what is left
    over becomes plain cells.
    """
    columns = tuple(sorted({area[0] for area in areas} | {area[2] for area in areas}))
    rows = tuple(sorted({area[1] for area in areas} | {area[3] for area in areas}))
    cells: list[GridCell] = []
    claimed: set[tuple[int, int]] = set()
    for cell in sorted((_cell(area, columns, rows) for area in areas), key=_span):
        positions = set(_positions(cell))
        if not positions & claimed:
            cells.append(cell)
            claimed |= positions
    holes = (
        _cell((columns[column - 1], rows[row - 1], columns[column], rows[row]), columns, rows)
        for row in range(1, len(rows))
        for column in range(1, len(columns))
        if (row, column) not in claimed
    )
    ordered = sorted((*cells, *holes), key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(ordered), columns, rows)


def _positions(cell: GridCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column


def _span(cell: GridCell) -> int:
    return cell.row_span * cell.column_span


def _cell(area: _Area, columns: Sequence[float], rows: Sequence[float]) -> GridCell:
    left, top, right, bottom = area
    row, column = rows.index(top), columns.index(left)
    return GridCell(row + 1, column + 1, rows.index(bottom) - row, columns.index(right) - column, Box(*area))


def _extent(grid: Grid) -> float:
    return (grid.box.right - grid.box.left) * (grid.box.bottom - grid.box.top)
