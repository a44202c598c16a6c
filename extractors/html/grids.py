"""Reads the tables of a page as grids; tables that only arrange the page are read as running text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.html.page import Element, all_text, local_name
from extractors.tables import StatedCell, StatedRow, header_rows, lay_out
from extractors.word.items import Anchored, Grid, Item, Paragraph

__all__ = ["FilledRows", "TableReader", "is_layout"]

_SILENT = ("colgroup", "col", "script", "style", "template")
_MOST_SPAN = 65_534
#: All places that merged cells may take up together.
_MOST_PLACES = 2_000_000
_FEW_ROWS = 3
_MANY_PARAGRAPHS = 10


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


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads tables; ``read`` returns what stands in a cell, ``is_shown`` tells rows and cells that show."""

    read: Callable[[Element], list[Item]]
    is_shown: Callable[[Element], bool]

    def rows(self, table: Element) -> tuple[FilledRows, list[str]]:
        """Return the rows of a table, and the words that stand in it outside all cells."""
        filled = FilledRows()
        outside: list[str] = []
        for element, in_head in self._within(table, ("tr",), outside, in_head=False):
            row = _Row(is_header=True)
            for cell, _ in self._within(element, ("td", "th"), outside, in_head=False):
                row.is_header = row.is_header and (in_head or local_name(cell) == "th")
                self._fill(filled, row, cell)
            row.is_header = row.is_header and bool(row.cells)
            filled.rows.append(row)
        return filled, [words for words in outside if words.strip()]

    def _within(
        self, element: Element, wanted: tuple[str, ...], outside: list[str], *, in_head: bool
    ) -> Iterator[tuple[Element, bool]]:
        """Yield the rows of a table or the cells of a row, whatever forms or sections lie between."""
        outside.append(element.text or "")
        for child in element:
            name = local_name(child)
            if name in wanted:
                if self.is_shown(child):
                    yield child, in_head
            elif name == "caption":
                outside.append(all_text(child))
            elif name and name not in _SILENT and self.is_shown(child):
                yield from self._within(child, wanted, outside, in_head=in_head or name == "thead")
            outside.append(child.tail or "")

    def _fill(self, filled: FilledRows, row: _Row, cell: Element) -> None:
        content = self.read(cell)
        text = "\n".join(item.shown for item in content if isinstance(item, Paragraph))
        across, down = _span(cell, "colspan"), _span(cell, "rowspan")
        filled.room -= across * down
        if filled.room < 0:
            across = down = 1
        row.cells.append(StatedCell(text, across, down))
        row.contents.append(content)


def _span(cell: Element, name: str) -> int:
    stated = cell.get(name, "1").strip()
    if not stated.isdecimal() or len(stated) > 9:
        return 1
    # A span of no rows reaches down to the last.
    return min(int(stated) or _MOST_SPAN, _MOST_SPAN)


def is_layout(table: Element, filled: FilledRows) -> bool:
    """Whether a table only arranges the page: one cell or column, or cells that hold whole pages."""
    if table.get("role", "").lower() in ("presentation", "none"):
        return True
    if all(len(row.cells) <= 1 for row in filled.rows):
        return True
    contents = [content for row in filled.rows for content in row.contents]
    own = sum(len(item.text) for content in contents for item in content if isinstance(item, Paragraph))
    inner = sum(
        len(cell.text)
        for content in contents
        for item in content
        if isinstance(item, Grid)
        for cell in item.cells
    )
    if inner > own:
        return True
    longest = max((sum(isinstance(item, Paragraph) for item in content) for content in contents), default=0)
    return len(filled.rows) <= _FEW_ROWS and longest > _MANY_PARAGRAPHS and table.get("border", "0") == "0"
