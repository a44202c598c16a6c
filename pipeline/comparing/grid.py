"""A table as numbers: what each position holds, which rows and columns are totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from extractors.document import Cell, Table
from pipeline.comparing.model import Passage
from pipeline.comparing.numbers import Quantity, figure

__all__ = ["Grid", "plain"]

_LARGEST = 20_000  # positions
_TOTAL = re.compile(
    r"(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*分|总\s*数|总\s*和|总得分)(?:[（(].{0,6}[）)])?"
)


@dataclass(frozen=True)
class Grid:
    """A table as numbers: what each grid position holds, spans resolved."""

    table: Table

    @property
    def is_countable(self) -> bool:
        """Whether there are figures enough to hold together, and no more than a page can bear."""
        return len(self.numbers) > 2 and self.table.row_count * self.table.column_count <= _LARGEST

    @cached_property
    def first(self) -> int:
        """The first row below the headings; a table without recognised headings has one heading row."""
        return max(self.table.header_rows, 1) + 1

    @cached_property
    def numbers(self) -> dict[tuple[int, int], tuple[Quantity, Cell]]:
        """The cells that consist of one number, by row and column."""
        found = {}
        for cell in self.table.cells:
            quantity = figure(cell.text) if cell.row >= self.first else None
            if quantity is not None:
                found[cell.row, cell.column] = quantity, cell
        return found

    @cached_property
    def labels(self) -> dict[int, str]:
        """What the first filled cell of each row that is no number says."""
        found: dict[int, str] = {}
        for cell in sorted(self.table.cells, key=lambda one: (one.row, one.column)):
            if cell.row >= self.first and cell.text.strip() and (cell.row, cell.column) not in self.numbers:
                found.setdefault(cell.row, cell.text.strip())
        return found

    def heading(self, column: int) -> str:
        """What stands above a column."""
        if self.table.header_rows:
            return self.table.header_of(column)
        cell = self.table.cell_at(1, column)
        return cell.text if cell else ""

    def rows(self) -> range:
        """The rows below the headings."""
        return range(self.first, self.table.row_count + 1)

    def columns(self) -> range:
        """All columns."""
        return range(1, self.table.column_count + 1)

    def value(self, row: int, column: int) -> Quantity | None:
        """The number at a grid position."""
        found = self.numbers.get((row, column))
        return found[0] if found else None

    def passage(self, row: int, column: int) -> Passage:
        """The words at a grid position that holds a number."""
        cell = self.numbers[row, column][1]
        return Passage(cell.text, self.table.locate(cell, 0, len(cell.text)))

    @cached_property
    def total_rows(self) -> dict[int, str]:
        """Rows that add up the rows above them, with their label."""
        found = {}
        for cell in self.table.cells:
            label = cell.text.strip()
            if (
                cell.row >= self.first
                and _TOTAL.fullmatch(label)
                and (cell.row, cell.column) not in self.numbers
            ):
                found[cell.row] = label
        return found

    @cached_property
    def total_columns(self) -> tuple[int, ...]:
        """Columns that add up the columns left of them."""
        return tuple(c for c in self.columns() if _TOTAL.fullmatch(self.heading(c).split("/")[-1].strip()))

    @property
    def name(self) -> str:
        """What to call the table: the first word of its caption (表2), else its number."""
        words = self.table.caption.split()
        return words[0] if words else f"表{self.table.locator.number}"


def plain(text: str) -> str:
    """Return a label without the spaces and line breaks that cells are laid out with."""
    return "".join(text.split())
