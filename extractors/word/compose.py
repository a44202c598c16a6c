"""Gives the items of all parts their places: one flat, numbered run of blocks and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extractors.document import Block, BlockKind, Locator, Part, Table
from extractors.tables import caption_above
from extractors.word.items import Grid, Item, Paragraph

__all__ = ["compose"]


@dataclass
class _Composer:
    content: list[Block | Table] = field(default_factory=list)
    paragraphs: Counter[Part] = field(default_factory=Counter)
    tables: Counter[Part] = field(default_factory=Counter)

    def add(self, item: Item, parent: Locator | None = None) -> None:
        if isinstance(item, Paragraph):
            self._paragraph(item)
        else:
            self._table(item, parent)

    def _paragraph(self, item: Paragraph) -> None:
        self.paragraphs[item.part] += 1
        locator = Locator(len(self.content), self.paragraphs[item.part], item.part, end=len(item.text))
        kind = BlockKind.HEADING if item.level else BlockKind.PARAGRAPH
        self.content.append(Block(item.text, locator, kind, item.label, item.level))

    def _table(self, grid: Grid, parent: Locator | None) -> None:
        self.tables[grid.part] += 1
        locator = Locator(len(self.content), self.tables[grid.part], grid.part)
        caption = "" if parent else caption_above(self.content)
        table = Table(grid.cells, locator, grid.header_rows, caption=caption, parent=parent)
        self.content.append(table)
        sizes = {(cell.row, cell.column): len(cell.text) for cell in grid.cells} if grid.anchored else {}
        for anchored in grid.anchored:
            place = (anchored.row, anchored.column)
            self.add(anchored.item, replace(locator, row=place[0], column=place[1], end=sizes[place]))


def compose(items: Iterable[Item]) -> tuple[Block | Table, ...]:
    """Return items as document content with locators; what hangs on a table follows it.

    Paragraphs and tables are counted within each part, nested tables with the others.
    """
    composer = _Composer()
    for item in items:
        composer.add(item)
    return tuple(composer.content)
