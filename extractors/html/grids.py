"""Reads the tables of a page as grids; tables that only arrange the page are read as running text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.html.looks import Hiding
from extractors.html.page import Element, local_name
from extractors.tables import StatedCell, StatedRow, header_rows, lay_out
from extractors.word.items import Anchored, Grid, Item, Paragraph

__all__ = ["FilledRows", "grid_of", "is_layout"]

_SECTIONS = ("thead", "tbody", "tfoot")
_MOST_SPAN = 65_534
#: All places that merged cells may take up together.
_MOST_PLACES = 2_000_000
_FEW_ROWS = 3
_MANY_PARAGRAPHS = 10

ReadCell = Callable[[Element], list[Item]]


@dataclass(slots=True)
class _Row:
    cells: list[StatedCell] = field(default_factory=list)
    contents: list[list[Item]] = field(default_factory=list)
    is_header: bool = False


@dataclass(slots=True)
class FilledRows:
    """The rows of a table with what stands in their cells."""

    rows: list[_Row] = field(default_factory=list)
    room: int = _MOST_PLACES

    def items(self) -> Iterator[Item]:
        """Yield what stands in all cells, row by row."""
        for row in self.rows:
            for content in row.contents:
                yield from content

    def grid(self, part: Part) -> Grid:
        """Return the table; tables within its cells hang on these."""
        placed = lay_out([StatedRow(tuple(row.cells)) for row in self.rows])
        cells = tuple(one.cell for one in placed)
        named = next((at for at, row in enumerate(self.rows) if not row.is_header), len(self.rows))
        anchored = (
            Anchored(item, one.row, one.column)
            for one in placed
            for item in self.rows[one.source[0]].contents[one.source[1]]
            if isinstance(item, Grid)
        )
        is_named = 0 < named < len(self.rows)
        return Grid(cells, named if is_named else header_rows(cells), tuple(anchored), part)


def grid_of(table: Element, read: ReadCell, hiding: Hiding) -> tuple[FilledRows, list[str]]:
    """Return the rows of a table, and the words that stand in it outside all cells."""
    filled = FilledRows()
    outside: list[str] = []
    for element, is_header in _rows(table, hiding, outside):
        row = _Row(is_header=is_header)
        for cell in _cells(element, hiding, outside):
            _fill(filled, row, cell, read)
        row.is_header = row.is_header or bool(row.cells) and all(local_name(c) == "th" for c in _cells(element, hiding, []))
        filled.rows.append(row)
    return filled, [words for words in outside if words.strip()]
