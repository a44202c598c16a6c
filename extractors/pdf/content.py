"""Numbers paragraphs and tables for the document model and gives each its place on the page shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.document import Block, Box, Cell, Line, Locator, Part, Table
from extractors.pdf.annotations import Remark
from extractors.pdf.pages import PageContent
from extractors.pdf.tables import PageTable
from extractors.tables import caption_above, header_rows

__all__ = ["Content"]


@dataclass(slots=True)
class Content:
    """The content of a document while it grows; ``turned`` are the pages whose text is printed sideways."""

    turned: Mapping[int, PageContent]
    items: list[Block | Table] = field(default_factory=list)
    _blocks: Counter[Part] = field(default_factory=Counter)
    _tables: int = 0

    def add_block(self, text: str, lines: Sequence[Line], part: Part) -> None:
        """Append a paragraph with the places of its printed lines."""
        self._blocks[part] += 1
        shown = tuple(lines)
        if self.turned:
            shown = tuple(replace(line, box=self._shown(line.box, line.page)) for line in lines)
        place = Locator(len(self.items), self._blocks[part], part, page=shown[0].page, box=shown[0].box)
        self.items.append(Block(text, place, lines=shown))

    def add_remarks(self, remarks: Iterable[Remark]) -> None:
        """Append words laid over the pages."""
        for remark in remarks:
            line = Line(0, len(remark.text), remark.page, remark.box)
            self.add_block(remark.text, (line,), remark.part)

    def add_table(self, table: PageTable) -> None:
        """Append a table with its title, and the cell it stands in if it is a table in a table."""
        self._tables += 1
        cells = tuple(self._shown_cell(cell) for cell in table.cells)
        box = self._shown(table.box, table.page)
        self.items.append(
            Table(
                cells,
                Locator(len(self.items), self._tables, page=table.page, box=box),
                header_rows(cells),
                caption=caption_above(self.items),
                parent=self._parent(table, box) if table.depth else None,
            )
        )

    def _shown(self, box: Box, page: int) -> Box:
        content = self.turned.get(page)
        return content.frame.shown(box, content.layout) if content else box

    def _shown_cell(self, cell: Cell) -> Cell:
        if not self.turned or cell.page is None or cell.box is None:
            return cell
        return replace(cell, box=self._shown(cell.box, cell.page))

    def _parent(self, table: PageTable, box: Box) -> Locator | None:
        """Return the cell of the last table around this one."""
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        for item in reversed(self.items):
            if not isinstance(item, Table):
                return None
            for cell in item.cells:
                if cell.page == table.page and _is_inside(x, y, cell.box):
                    return item.locate(cell, 0, len(cell.text))
        return None


def _is_inside(x: float, y: float, box: Box | None) -> bool:
    return box is not None and box.left < x < box.right and box.top < y < box.bottom
