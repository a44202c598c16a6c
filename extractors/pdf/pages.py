"""Reads one page into plain values: its lines and tables in reading order, its grade, its remarks.

Nothing of the library's outlives this module; every handle is closed before the page is handed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pypdfium2

from extractors.document import Grade, Limits, Notice, Quality
from extractors.pdf.annotations import Annotations, read_annotations
from extractors.pdf.characters import DROPPED, normalise
from extractors.pdf.columns import reading_regions
from extractors.pdf.drawings import Drawings, read_drawings
from extractors.pdf.grids import Grid, find_grids
from extractors.pdf.lines import Fragment, PrintedLine, fragments, has_overprint, printed_lines
from extractors.pdf.quality import grade_page, notices_for, read_legibility
from extractors.pdf.recognise import Recognise, RecognisedPage, grade_of, notices_of, page_image
from extractors.pdf.tables import PageTable, crosses_cells, fill_grid, nested, share_out
from extractors.pdf.words import Frame, Word, page_frame, read_characters, read_words, upright_frame

__all__ = ["Item", "PageContent", "read_page", "recognised_page", "regions_of", "unread_page"]

Item = PrintedLine | PageTable
_FEWEST_FILLED = 2


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page: ``regions`` are columns in reading order, laid out in ``layout``, shown in ``frame``."""

    number: int
    frame: Frame
    layout: Frame
    regions: tuple[tuple[Item, ...], ...]
    grade: Grade
    notices: tuple[Notice, ...] = ()
    annotations: Annotations = field(default_factory=Annotations)
    character_count: int = 0


def read_page(
    pdf: pypdfium2.PdfDocument, number: int, limits: Limits, recognise: Recognise | None
) -> PageContent:
    """Read the page with this 1-based number; a page that cannot be opened is a grade and a notice."""
    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        return unread_page(number)
    try:
        content = _content(pdf, page, number, limits)
        if recognise is None or not _is_for_the_eye(content.grade):
            return content
        read = recognise(page_image(page, content.frame))
        return content if read is None else recognised_page(content, read)
    finally:
        page.close()


def unread_page(number: int) -> PageContent:
    """Return what is known of a page that would not open."""
    blank = Frame(0.0, 0.0, 0.0, 0.0)
    notice = Notice("damaged_page", str(number), is_loss=True)
    return PageContent(number, blank, blank, (), Grade(Quality.NONE, number, "damaged"), (notice,))


def _content(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int, limits: Limits) -> PageContent:
    frame = page_frame(page)
    textpage = page.get_textpage()
    try:
        characters = read_characters(textpage)
        layout = upright_frame(textpage, frame, len(characters))
        drawings = read_drawings(page, layout)
        grids = find_grids(drawings.rules)
        text = normalise(characters)
        words = read_words(textpage, text, layout, crosses_cells(grids))
        pieces = list(fragments(words))
        if has_overprint(pieces):
            words = read_words(textpage, text, layout, lambda _: True)
            pieces = list(fragments(words))
        legibility = read_legibility(textpage, characters, drawings)
    finally:
        textpage.close()
    annotations = read_annotations(pdf, page, number, layout, limits)
    grade = grade_page(number, legibility, drawings)
    words.extend(annotations.field_words)
    pieces.extend(fragments(annotations.field_words))
    regions = regions_of(pieces, words, grids, number, layout)
    count = sum(len(word.text) for word in words)
    is_all_seen = count >= len("".join(text.split()).replace(DROPPED, ""))
    notices = (*notices_for(grade), *_more_notices(number, drawings, annotations, is_all_seen=is_all_seen))
    return PageContent(number, frame, layout, regions, grade, notices, annotations, count)


def _more_notices(
    number: int, drawings: Drawings, annotations: Annotations, *, is_all_seen: bool
) -> Iterator[Notice]:
    if drawings.has_too_many:
        yield Notice("too_many_drawings", str(number))
    if annotations.has_unread_fields:
        yield Notice("form_fields", str(number), is_loss=True)
    if not is_all_seen:
        yield Notice("text_outside_page", str(number))


def regions_of(
    pieces: Sequence[Fragment], words: Sequence[Word], grids: Sequence[Grid], number: int, layout: Frame
) -> tuple[tuple[Item, ...], ...]:
    """Return the page's columns in reading order, tables standing where they are printed."""
    if not grids:
        return tuple(
            tuple(printed_lines(region, number, layout)) for region in reading_regions(pieces, layout.width)
        )
    outside, tables = _tables(words, grids, number, layout)
    placed: list[Fragment | PageTable] = [
        *fragments(outside),
        *(table for table in tables if not table.depth),
    ]
    inner = [table for table in tables if table.depth]
    return tuple(
        tuple(_items(region, inner, number, layout)) for region in reading_regions(placed, layout.width)
    )


def _tables(
    words: Sequence[Word], grids: Sequence[Grid], number: int, layout: Frame
) -> tuple[Sequence[Word], list[PageTable]]:
    """Part the words from those that stand in tables; a grid with hardly a word is no table."""
    while grids:
        outside, inside = share_out(words, grids)
        tables = [fill_grid(grid, within, number, layout) for grid, within in zip(grids, inside, strict=True)]
        worded = [table.filled_count >= _FEWEST_FILLED for table in tables]
        if all(worded):
            return outside, list(nested(tables))
        # The words of an empty frame go to whatever surrounds it.
        grids = [grid for grid, is_table in zip(grids, worded, strict=True) if is_table]
    return words, []


def _items(
    region: Sequence[Fragment | PageTable], inner: Sequence[PageTable], number: int, layout: Frame
) -> Iterator[Item]:
    lines = printed_lines([piece for piece in region if isinstance(piece, Fragment)], number, layout)
    tables = [piece for piece in region if isinstance(piece, PageTable)]
    items: list[Item] = [*lines, *tables]
    for item in sorted(items, key=_height):
        yield item
        if isinstance(item, PageTable):
            yield from (table for table in inner if item.surrounds(table))


def _height(item: Item) -> float:
    return item.top if isinstance(item, PageTable) else item.box.top


def _is_for_the_eye(grade: Grade) -> bool:
    """Whether only its picture can tell what a page says: scans, and text whose fonts do not tell."""
    return grade.quality <= Quality.POOR or grade.reason == "few_characters"


def recognised_page(content: PageContent, read: RecognisedPage) -> PageContent:
    """Return a page with what an engine read from its picture, where that is more than was known before."""
    grade = grade_of(read, content.number)
    if content.grade.reason != "scanned" and (not read.words or grade.quality < content.grade.quality):
        return content
    layout = replace(content.frame.turned(read.turns), tilt=read.tilt)
    kept = (notice for notice in content.notices if notice.code not in ("scanned_page", "garbled_page"))
    stamped = content.annotations.is_stamped or read.is_stamped
    return replace(
        content,
        layout=layout,
        regions=regions_of(
            list(fragments(read.words)), read.words, find_grids(read.rules), content.number, layout
        ),
        grade=grade,
        notices=(*kept, *notices_of(read, content.number)),
        annotations=replace(content.annotations, is_stamped=stamped),
        character_count=sum(len(word.text) for word in read.words),
    )
