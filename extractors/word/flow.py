"""Puts paragraphs that say how deep they stand in tables back together as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.word.items import Grid, Item, Ledger, Paragraph
from extractors.word.ruled import FilledCell, FilledRow, RowShape, grid_of

__all__ = ["Flowing", "flow"]

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Flowing:
    """One paragraph on its way: how deep in tables (0: in none), what its end closes, what hangs on it.

    A paragraph that ends a row has no words of its own; it carries the shape of the row, or None for a row
    that is not shown.
    """

    paragraph: Paragraph
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    shape: RowShape | None = None
    hanging: tuple[Item, ...] = ()


@dataclass(slots=True)
class _OpenTable:
    rows: list[FilledRow] = field(default_factory=list)
    cells: list[FilledCell] = field(default_factory=list)
    cell: FilledCell | None = None

    @property
    def open_cell(self) -> FilledCell:
        """The cell that is being filled."""
        if self.cell is None:
            self.cell = FilledCell()
        return self.cell

    def end_cell(self) -> None:
        self.cells.append(self.open_cell)
        self.cell = None

    def end_row(self, shape: RowShape | None) -> None:
        if self.cell is not None and (self.cell.words or self.cell.anchored):
            self.end_cell()
        self.cell = None
        if self.cells and shape is not None:
            self.rows.append(FilledRow(tuple(self.cells), shape))
        self.cells = []

    def close(self) -> None:
        if self.cells or self.cell is not None:
            self.end_row(RowShape())


def flow(paragraphs: Iterable[Flowing], part: Part, ledger: Ledger) -> Iterator[Item]:
    """Yield paragraphs and tables in order; a table in a cell hangs on that cell."""
    tables: list[_OpenTable] = []
    for flowing in paragraphs:
        depth = flowing.depth
        if depth > _DEEPEST:
            ledger.lose("too_deep", "table")
            depth = _DEEPEST
        yield from _closed(tables, depth, part, ledger)
        while len(tables) < depth:
            tables.append(_OpenTable())
        if tables:
            _fill(tables[-1], flowing, part)
            continue
        if flowing.paragraph.shown:
            yield flowing.paragraph
        yield from flowing.hanging
    yield from _closed(tables, 0, part, ledger)


def _fill(table: _OpenTable, flowing: Flowing, part: Part) -> None:
    if flowing.ends_row:
        table.end_row(flowing.shape)
        return
    paragraph = flowing.paragraph
    if paragraph.shown and paragraph.part is part:
        table.open_cell.words.append(paragraph.shown)
    table.open_cell.anchored.extend(flowing.hanging)
    if flowing.ends_cell:
        table.end_cell()


def _closed(tables: list[_OpenTable], depth: int, part: Part, ledger: Ledger) -> Iterator[Grid]:
    """Close tables down to a depth; yield the one that stands in no other."""
    while len(tables) > depth:
        table = tables.pop()
        table.close()
        grid = grid_of(table.rows, part, ledger)
        if not grid.cells:
            continue
        if tables:
            tables[-1].open_cell.anchored.append(grid)
        else:
            yield grid
