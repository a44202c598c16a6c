"""Tables as grids: where each cell lies, which rows name the columns, what the table is called.

Shared by all formats.  A format hands over its rows as it states them; what comes back never overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Block, Cell, Table

__all__ = ["Placed", "StatedCell", "StatedRow", "caption_above", "header_rows", "lay_out"]

# Word allows 63 columns; a hostile file may state a million.
_MOST_COLUMNS = 256
_LONGEST_HEADER = 16
_LONGEST_CAPTION = 40
_NUMERIC = re.compile(r"[\d\s.,，．%％+\-—–/:：年月日]+")
_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量|金额)?单位\s*[:：].{0,20}|填报(?:单位|时间|日期).{0,40}")
_CAPTION_START = re.compile(r"(?:附\s*表|续?表\s*[\d一二三四五六七八九十]|图表)")
_CAPTION_END = re.compile(r"(?:表|台账|清单|名单|一览|目录|名册|花名册|安排|分工|明细|汇总|统计|情况)$")


@dataclass(frozen=True, slots=True)
class StatedCell:
    """A cell as a file states it; ``continues_above`` marks one that only carries on the cell above it."""

    text: str = ""
    column_span: int = 1
    row_span: int = 1
    continues_above: bool = False


@dataclass(frozen=True, slots=True)
class StatedRow:
    """A row as a file states it, with the grid columns it leaves empty at its left."""

    cells: tuple[StatedCell, ...]
    columns_before: int = 0


@dataclass(slots=True)
class Placed:
    """A cell in its place in the grid; ``source`` is its row and position in the rows handed over, from 0."""

    source: tuple[int, int]
    stated: StatedCell
    row: int
    column: int
    column_span: int
    row_span: int = 1

    @property
    def cell(self) -> Cell:
        """The cell as documents keep it."""
        return Cell(self.stated.text, self.row, self.column, self.row_span, self.column_span)


@dataclass(slots=True)
class _Grid:
    """The grid while it is filled from the top."""

    placed: list[Placed] = field(default_factory=list)
    taken: dict[tuple[int, int], Placed] = field(default_factory=dict)

    def free_column(self, row: int, column: int) -> int:
        while (row, column) in self.taken:
            column += 1
        return column

    def room(self, row: int, column: int, wanted: int) -> int:
        """Return how many of the wanted columns are free from here on; at least one."""
        for step in range(1, wanted):
            if (row, column + step) in self.taken:
                return step
        return wanted

    def put(self, placed: Placed, *, last_row: int) -> None:
        self.placed.append(placed)
        for row in range(placed.row, min(placed.row + placed.row_span - 1, last_row) + 1):
            self._take(placed, row)
        placed.row_span = max(1, min(placed.row_span, last_row - placed.row + 1))

    def lengthen(self, placed: Placed, row: int) -> None:
        placed.row_span = row - placed.row + 1
        self._take(placed, row)

    def _take(self, placed: Placed, row: int) -> None:
        for column in range(placed.column, placed.column + placed.column_span):
            self.taken[row, column] = placed


def lay_out(rows: Sequence[StatedRow]) -> list[Placed]:
    """Give every stated cell its place in the grid (1-based); cells merged into others vanish.

    A cell that continues the one above is merged only where both begin in the same column and it is not
    narrower; otherwise it stands for itself, so that no words are lost and no two cells overlap.
    """
    grid = _Grid()
    for number, row in enumerate(rows, 1):
        column = 1 + min(max(row.columns_before, 0), _MOST_COLUMNS)
        for position, stated in enumerate(row.cells):
            span = min(max(stated.column_span, 1), _MOST_COLUMNS)
            above = grid.taken.get((number - 1, column))
            if stated.continues_above and above and _carries_on(grid, above, number, column, span):
                grid.lengthen(above, number)
                column += span
                continue
            column = grid.free_column(number, column)
            placed = Placed((number - 1, position), stated, number, column, grid.room(number, column, span))
            placed.row_span = max(stated.row_span, 1)
            _cut_to_free_rows(grid, placed, len(rows))
            grid.put(placed, last_row=len(rows))
            column += placed.column_span
    return grid.placed


def _carries_on(grid: _Grid, above: Placed, row: int, column: int, span: int) -> bool:
    is_below = above.column == column and span >= above.column_span
    return is_below and grid.room(row, column, above.column_span) == above.column_span


def _cut_to_free_rows(grid: _Grid, placed: Placed, last_row: int) -> None:
    """Shorten a cell of many rows where a cell further down already holds one of its places."""
    last = min(placed.row + placed.row_span - 1, last_row)
    for row in range(placed.row + 1, last + 1):
        if any((row, placed.column + step) in grid.taken for step in range(placed.column_span)):
            placed.row_span = row - placed.row
            return


def header_rows(cells: Sequence[Cell]) -> int:
    """Return how many rows at the top name the columns, judged by their words; 0 when none do.

    A first row names the columns when all its cells are short words and no figures.  A title across the
    whole table above it counts with it, as do further rows that its cells reach down into.
    """
    rows = list(_by_row(cells))
    width = max((cell.column + cell.column_span - 1 for cell in cells), default=0)
    height = max((cell.row + cell.row_span - 1 for cell in cells), default=0)
    if width < 2 or not rows:
        return 0
    title = 1 if len(rows[0]) == 1 and rows[0][0].column_span == width else 0
    if len(rows) <= title or not _names_columns(rows[title]):
        return 0
    reach = max(cell.row_span for cell in rows[title])
    depth = title + (reach if _all_short(rows[title + 1 : title + reach]) else 1)
    return depth if depth < height else 0


def _by_row(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    row: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if row and row[0].row != cell.row:
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _names_columns(row: Sequence[Cell]) -> bool:
    words = [_bare(cell.text) for cell in row]
    # The corner above a column of names is often left empty.
    named = [word for word in words if word]
    if len(named) < 2 or len(named) < len(words) - 1:
        return False
    return len(set(named)) == len(named) and all(_is_name(word) for word in named)


def _all_short(rows: Iterable[Sequence[Cell]]) -> bool:
    return all(_is_name(word) for row in rows for cell in row if (word := _bare(cell.text)))


def _is_name(word: str) -> bool:
    is_year = re.fullmatch(r"(?:19|20)\d\d年?度?", word) is not None
    return len(word) <= _LONGEST_HEADER and (is_year or not _NUMERIC.fullmatch(word)) and "。" not in word


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def caption_above(before: Sequence[Block | Table]) -> str:
    """Return the title of a table from what stands directly above it, nothing when that is no title.

    A line that only states the unit of measure may stand between the two.
    """
    for item in reversed(before[-2:]):
        if isinstance(item, Table):
            return ""
        text = item.text.strip()
        if _UNIT_LINE.fullmatch(text):
            continue
        return item.shown.strip() if _is_caption(text) else ""
    return ""


def _is_caption(text: str) -> bool:
    if not text or len(text) > _LONGEST_CAPTION or re.search(r"[。；：:，]$", text):
        return False
    return bool(_CAPTION_START.match(text) or _CAPTION_END.search(re.sub(r"[（(][^（）()]*[）)]$", "", text)))
