"""A document as sentences in their place: what matching reads.

A sentence knows the headings above it, the sentence before it, and from which block or cell each of its
characters comes, so that any part of it can be quoted with a locator.  A table row is one sentence: its
cells side by side, with what merged cells above and the header row say kept as context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.document import Block, BlockKind, Cell, Document, Locator, Table

__all__ = ["Anchor", "Sentence", "clauses", "sentences"]

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]+[”’）】」]*|[^。！？；\n]+")
_CLAUSE = re.compile(r"[^，,：:；。]+")
CELL_GAP = " | "
_NAME = 8  # characters: a cell up to this long names a matter rather than saying something of it


@dataclass(frozen=True, slots=True)
class Anchor:
    """``Sentence.text[start:end]`` is the text of ``item`` (or its ``cell``) from ``offset`` on."""

    start: int
    end: int
    item: Block | Table
    cell: Cell | None
    offset: int

    def locate(self, start: int, end: int) -> Locator:
        """Return the place of ``Sentence.text[start:end]``, which must lie inside this anchor."""
        begin = self.offset + start - self.start
        finish = self.offset + end - self.start
        if isinstance(self.item, Block):
            return self.item.locate(begin, finish)
        assert self.cell is not None
        return self.item.locate(self.cell, begin, finish)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or one table row, with its surroundings.

    ``before`` is the sentence just before in the same paragraph (or above in the same section);
    ``context`` is what the column headers and merged cells above a table row say.
    """

    text: str
    anchors: tuple[Anchor, ...]
    index: int
    heading_path: tuple[str, ...] = ()
    before: str = ""
    context: str = ""
    is_heading: bool = False
    is_row: bool = False

    @property
    def heading(self) -> str:
        """The nearest heading above."""
        return self.heading_path[-1] if self.heading_path else ""

    def quote(self, start: int, end: int) -> tuple[str, Locator]:
        """Return the words around ``text[start:end]`` that stand in one place, and that place.

        A sentence of a paragraph is quoted whole; of a table row, the cell that holds the span, unless that
        is a mere name of the matter (``党组建设``): then the row's longest cell, which says something of it.
        """
        best = max(self.anchors, key=lambda a: (min(a.end, end) - max(a.start, start), a.end - a.start))
        longest = max(self.anchors, key=lambda a: (a.end - a.start, -a.start))
        if best.end - best.start <= _NAME < longest.end - longest.start:
            best = longest
        return self.text[best.start : best.end], best.locate(best.start, best.end)


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between commas and colons: the reach of a negation or a tense word."""
    return ((match.start(), match.end()) for match in _CLAUSE.finditer(text))


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Return every sentence of what the paper says (no running heads, no comments), in reading order."""
    found: list[Sentence] = []
    for item in document.content:
        if not item.locator.part.is_content:
            continue
        before = found[-1].text if found and not found[-1].is_heading else ""
        found += _of_block(item, before) if isinstance(item, Block) else _of_table(item)
    return tuple(replace(sentence, index=index) for index, sentence in enumerate(found))


def _of_block(block: Block, before: str) -> list[Sentence]:
    found: list[Sentence] = []
    for match in _SENTENCE.finditer(block.text):
        start, end = _stripped(block.text, match.start(), match.end())
        if start == end:
            continue
        found.append(
            Sentence(
                text=block.text[start:end],
                anchors=(Anchor(0, end - start, block, None, start),),
                index=0,
                heading_path=block.heading_path,
                before=found[-1].text if found else before,
                is_heading=block.kind is BlockKind.HEADING or (not found and _is_run_in(block, start, end)),
            )
        )
    return found


def _is_run_in(block: Block, start: int, end: int) -> bool:
    """Whether a paragraph's first sentence is its run-in heading: ``（一）动员部署（4月—6月）。``."""
    head = block.heading_path[-1] if block.heading_path else ""
    return bool(head) and (block.label + block.text[start:end]).rstrip("。；： ") == head.rstrip("。；： ")


def _of_table(table: Table) -> list[Sentence]:
    found: list[Sentence] = []
    header = CELL_GAP.join(cell.text for row in list(table.rows())[: table.header_rows] for cell in row)
    tall = [cell for cell in table.cells if cell.row_span > 1]
    for number, row in enumerate(table.rows(), start=1):
        filled = [cell for cell in row if cell.text.strip()]
        if not filled:
            continue
        text, anchors = "", list[Anchor]()
        for cell in filled:
            text += CELL_GAP if text else ""
            anchors.append(Anchor(len(text), len(text) + len(cell.text), table, cell, 0))
            text += cell.text
        found.append(
            Sentence(
                text=text,
                anchors=tuple(anchors),
                index=0,
                heading_path=(*table.heading_path, table.caption) if table.caption else table.heading_path,
                context=_above(tall, number) or header,
                is_heading=number <= table.header_rows,
                is_row=True,
            )
        )
    return found


def _above(tall: list[Cell], row: int) -> str:
    """Return what merged cells that began in an earlier row say about this one."""
    reaching = (cell for cell in tall if cell.row < row < cell.row + cell.row_span)
    return CELL_GAP.join(cell.text for cell in reaching)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
