"""Turns the pages of a paper into one run of paragraphs and tables, page breaks forgotten but on record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from extractors.document import Block, Notice, Part, Table
from extractors.pdf.content import Content
from extractors.pdf.furniture import Furniture, PageLines, find_furniture
from extractors.pdf.lines import PrintedLine
from extractors.pdf.pages import Item, PageContent
from extractors.pdf.paragraphs import Measure, Paragraph, measure_of, paragraphs
from extractors.pdf.tables import PageTable, continue_table

__all__ = ["Flow", "assemble"]

#: 续表, 表2（续）, （续上表): printed above the next part of a table, no words of the paper.
_CONTINUED = re.compile(r"[（(]?续(?:上?表|上页|前表).{0,20}|.{0,20}[（(]续表?[）)]")


@dataclass(frozen=True, slots=True)
class Flow:
    """The content of a paper in reading order and what happened while it was joined."""

    content: tuple[Block | Table, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item of one page with the type area it stands in."""

    item: Item
    measure: Measure


def assemble(pages: Sequence[PageContent]) -> Flow:
    """Return body, text boxes, running heads and comments, in this order."""
    furniture = find_furniture([_page_lines(page) for page in pages])
    _take_continuation_marks(pages, furniture)
    notices: list[Notice] = []
    content = Content({page.number: page for page in pages if page.layout != page.frame})
    for item in _joined(_body(pages, furniture), notices):
        if isinstance(item, PageTable):
            content.add_table(item)
        else:
            content.add_block(item.text, item.lines, Part.BODY)
    remarks = [remark for page in pages for remark in page.annotations.remarks]
    content.add_remarks(remark for remark in remarks if remark.part is Part.TEXT_BOX)
    for (part, text), lines in furniture.wordings.items():
        content.add_block(text, lines, part)
    content.add_remarks(remark for remark in remarks if remark.part is Part.COMMENT)
    return Flow(tuple(content.items), tuple(notices))


def _page_lines(page: PageContent) -> PageLines:
    lines = (item for region in page.regions for item in region if isinstance(item, PrintedLine))
    return PageLines(page.number, page.layout.height, tuple(lines))


def _take_continuation_marks(pages: Sequence[PageContent], furniture: Furniture) -> None:
    for page in pages:
        for region in page.regions:
            for line, below in pairwise(region):
                if not isinstance(line, PrintedLine) or not isinstance(below, PageTable):
                    continue
                if _CONTINUED.fullmatch(line.text):
                    furniture.add(line, Part.HEADER)


def _body(pages: Sequence[PageContent], furniture: Furniture) -> Iterator[_Placed]:
    """Yield lines and tables of the body, each with its column's type area."""
    regions = [
        (page, [item for item in region if not _is_furniture(item, furniture)])
        for page in pages
        for region in page.regions
    ]
    own = [_measure(page, region) for page, region in regions]
    typical = _typical(own)
    for (_, region), measure in zip(regions, own, strict=True):
        area = _fitted(measure, typical)
        yield from (_Placed(item, area) for item in region)


def _is_furniture(item: Item, furniture: Furniture) -> bool:
    return isinstance(item, PrintedLine) and item in furniture.lines


def _measure(page: PageContent, region: Sequence[Item]) -> Measure:
    lines = [item for item in region if isinstance(item, PrintedLine)]
    return measure_of(lines, page.layout.width)


def _typical(measures: Sequence[Measure]) -> Measure | None:
    """Return the type area of the usual page."""
    certain = [measure for measure in measures if measure.is_certain]
    if not certain:
        return None
    left = median(measure.left for measure in certain)
    right = median(measure.right for measure in certain)
    return Measure(left, right, median(measure.leading for measure in certain), right)


def _fitted(own: Measure, typical: Measure | None) -> Measure:
    """Return the usual type area for a column that lies inside it: a page of short lines shows no margin."""
    if typical is None:
        return own
    slack = typical.leading / 2
    is_inside = own.left >= typical.left - slack and own.shown_right <= typical.right + slack
    is_same_column = own.left < (typical.left + typical.right) / 2
    return replace(typical, leading=own.leading) if is_inside and is_same_column else own


def _joined(body: Iterable[_Placed], notices: list[Notice]) -> list[Paragraph | PageTable]:
    """Build paragraphs, and join tables that go on over the page."""
    joined: list[Paragraph | PageTable] = []
    for is_table, run in groupby(body, key=lambda placed: isinstance(placed.item, PageTable)):
        if not is_table:
            lines = ((placed.item, placed.measure) for placed in run if isinstance(placed.item, PrintedLine))
            joined.extend(paragraphs(lines))
            continue
        for placed in run:
            if isinstance(placed.item, PageTable):
                _append_table(joined, placed.item, notices)
    return joined


def _append_table(joined: list[Paragraph | PageTable], table: PageTable, notices: list[Notice]) -> None:
    before = joined[-1] if joined else None
    continued = continue_table(before, table) if isinstance(before, PageTable) else None
    if continued is None:
        joined.append(table)
        return
    joined[-1], told = continued
    notices.extend(told)
