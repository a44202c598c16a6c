"""A paper as paragraphs and table cells, each of which can quote itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import Block, Cell, Document, Table
from pipeline.comparing.model import Passage

__all__ = ["Piece", "pieces"]

_LONGEST = 2_000  # characters: longer paragraphs are read in stretches, so that cost stays in proportion


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph or table cell of a paper, or a stretch of one that begins at ``offset``."""

    item: Block | Table
    cell: Cell | None
    text: str
    offset: int = 0

    def passage(self, start: int, end: int) -> Passage:
        """Return ``text[start:end]`` with its place."""
        begin, finish = self.offset + start, self.offset + end
        if isinstance(self.item, Block):
            return Passage(self.text[start:end], self.item.locate(begin, finish))
        assert self.cell is not None
        return Passage(self.text[start:end], self.item.locate(self.cell, begin, finish))

    def stretches(self) -> Iterator[Piece]:
        """Yield the piece in stretches of bounded length, cut behind a full stop where there is one."""
        start = 0
        while start < len(self.text):
            end = min(start + _LONGEST, len(self.text))
            if end < len(self.text):
                end = max(self.text.rfind("。", start, end) + 1, start + _LONGEST // 2)
            yield Piece(self.item, self.cell, self.text[start:end], self.offset + start)
            start = end


def pieces(document: Document) -> Iterator[Piece]:
    """Yield what a paper says, in reading order; running heads and comments are left out."""
    for item in document.content:
        if not item.locator.part.is_content:
            continue
        if isinstance(item, Block):
            yield Piece(item, None, item.text)
        else:
            yield from (Piece(item, cell, cell.text) for cell in item.cells)
