"""Tables whose rows state where their cells begin and end, as old Word papers and RTF store them.

The columns of the grid are all the places where a cell of any row begins or ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.tables import Placed, StatedCell, StatedRow, header_rows, lay_out
from extractors.word.items import Anchored, Grid, Item, Ledger

__all__ = ["FilledCell", "FilledRow", "Merge", "RowShape", "grid_of"]

# In twentieths of a point: cells meant to line up may differ by rounding, no cell is this narrow.
_NEARLY = 30


@dataclass(frozen=True, slots=True)
class Merge:
    """How a cell is merged: ``horizontal`` is not 0 where it goes on from its left neighbour."""

    horizontal: int = 0
    continues_above: bool = False


@dataclass(frozen=True, slots=True)
class RowShape:
    """Where the cells of a row begin and end (one more than cells), how they are merged."""

    edges: tuple[int, ...] = ()
    merges: tuple[Merge, ...] = ()
    is_header: bool = False


@dataclass(slots=True)
class FilledCell:
    """The words of a cell and what hangs on it."""

    words: list[str] = field(default_factory=list)
    anchored: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraphs of the cell, one a line."""
        return "\n".join(self.words)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """The cells of a row and the shape stated for it."""

    cells: tuple[FilledCell, ...]
    shape: RowShape


def grid_of(rows: Sequence[FilledRow], part: Part, ledger: Ledger) -> Grid:
    """Return the rows of a table as a grid; words in cells that a merge covers leave a notice."""
    columns = _columns(rows)
    stated: list[StatedRow] = []
    sources: list[list[list[Item]]] = []
    headers = 0
    for row in rows:
        headers += headers == len(stated) and row.shape.is_header
        cells, anchored = _stated(row, columns)
        stated.append(StatedRow(tuple(cells), _before(row, columns)))
        sources.append(anchored)
    placed = lay_out(stated)
    _note_covered(stated, placed, ledger)
    found = tuple(one.cell for one in placed)
    anchored_items = tuple(_anchored(placed, sources))
    return Grid(found, headers or header_rows(found), anchored_items, part)


def _columns(rows: Iterable[FilledRow]) -> list[int]:
    """Return the places where columns begin, those that nearly agree as one."""
    columns: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.shape.edges}):
        if not columns or edge - columns[-1] > _NEARLY:
            columns.append(edge)
    return columns


def _column(columns: list[int], edge: int) -> int:
    return bisect_right(columns, edge) - 1


def _before(row: FilledRow, columns: list[int]) -> int:
    return _column(columns, row.shape.edges[0]) if row.shape.edges else 0


def _stated(row: FilledRow, columns: list[int]) -> tuple[list[StatedCell], list[list[Item]]]:
    cells: list[StatedCell] = []
    anchored: list[list[Item]] = []
    for index, cell in enumerate(row.cells):
        span = _span(row.shape.edges, index, columns)
        merge = row.shape.merges[index] if index < len(row.shape.merges) else Merge()
        if merge.horizontal and cells:
            last = cells.pop()
            words = "\n".join(filter(None, (last.text, cell.text)))
            cells.append(StatedCell(words, last.column_span + span, 1, last.continues_above))
            anchored[-1].extend(cell.anchored)
        else:
            # A cell without any width still stands for itself where it says something.
            cells.append(StatedCell(cell.text, max(span, 1), 1, merge.continues_above))
            anchored.append(list(cell.anchored))
    return cells, anchored


def _span(edges: tuple[int, ...], index: int, columns: list[int]) -> int:
    if index + 1 >= len(edges):
        return 1
    return max(_column(columns, edges[index + 1]) - _column(columns, edges[index]), 0)


def _note_covered(rows: list[StatedRow], placed: list[Placed], ledger: Ledger) -> None:
    seen = {one.source for one in placed}
    for number, row in enumerate(rows):
        for position, cell in enumerate(row.cells):
            if cell.text and (number, position) not in seen:
                ledger.note("covered_cell", cell.text[:40])


def _anchored(placed: list[Placed], sources: list[list[list[Item]]]) -> Iterator[Anchored]:
    for one in placed:
        row, position = one.source
        for item in sources[row][position]:
            yield Anchored(item, one.row, one.column)
