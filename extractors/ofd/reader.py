"""Reads an OFD package: bytes in, a document with the place of every word out.

Pages become the same lines and tables as those of a PDF, so paragraphs, running heads and tables over several
pages are put together by the same rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.attached import as_sources
from extractors.document import (
    Block,
    Document,
    Extraction,
    Limits,
    Line,
    Locator,
    Notice,
    Outcome,
    Part,
    Source,
    Table,
)
from extractors.ofd.additions import attached_files, seals_of
from extractors.ofd.annotations import annotations_by_page
from extractors.ofd.pages import read_page
from extractors.ofd.structure import Paper, is_locked, papers
from extractors.outline import outline
from extractors.pdf.annotations import Remark
from extractors.pdf.flow import assemble
from extractors.pdf.pages import PageContent
from extractors.word.package import Package, UnreadableError, open_package

__all__ = ["extract"]

_EXTRACTOR = "ofd/1"


def extract(source: Source, limits: Limits) -> Extraction:
    """Read one OFD file; a file that cannot be read is an outcome, never an exception."""
    try:
        package = open_package(source.data, limits)
        return _read(package, source, limits)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The pages of each paper in a package, in order, and what seals them."""

    papers: tuple[tuple[PageContent, ...], ...]
    listed: int
    signatures: int
    sealed: tuple[int, ...]

    @property
    def pages(self) -> tuple[PageContent, ...]:
        """The pages of all papers, in order."""
        return tuple(page for pages in self.papers for page in pages)

    @property
    def is_stamped(self) -> bool:
        """Whether the file bears an electronic signature or a seal laid over a page."""
        return bool(self.signatures or self.sealed)


def _read(package: Package, source: Source, limits: Limits) -> Extraction:
    found = papers(package)
    reading = _pages(found, limits)
    files = [file for paper in found for file in attached_files(paper, limits)]
    members, file_notices = as_sources(files, source, limits)
    content: list[Block | Table] = []
    flow_notices: list[Notice] = []
    for pages in reading.papers:
        flow = assemble(pages)
        flow_notices.extend(flow.notices)
        content.extend(_following(content, (*flow.content, *_watermarks(flow.content, pages))))
    page_notices = (notice for page in reading.pages for notice in page.notices)
    own_notices = (*package.notices, *_notices(package, reading, limits))
    document = Document(
        content=outline(content),
        grades=tuple(page.grade for page in reading.pages),
        notices=(*own_notices, *page_notices, *flow_notices, *file_notices),
        page_count=reading.listed,
        extractor=_EXTRACTOR,
        is_stamped=reading.is_stamped,
    )
    return _ended(document, members, is_encrypted=is_locked(package))


def _pages(found: Sequence[Paper], limits: Limits) -> _Reading:
    """Read pages until one of the limits is met."""
    pages: list[list[PageContent]] = []
    sealed: list[int] = []
    room = limits.max_characters
    signatures = number = 0
    for paper in found:
        seals = seals_of(paper)
        signatures += seals.count
        annotations = annotations_by_page(paper)
        pages.append([])
        for reference in paper.pages:
            if number >= limits.max_pages or room < 0:
                break
            number += 1
            page = read_page(paper, reference, number, annotations.get(reference.identifier, ()))
            room -= page.character_count
            pages[-1].append(page)
            if reference.identifier in seals.pages or page.annotations.is_stamped:
                sealed.append(number)
    listed = sum(len(paper.pages) for paper in found)
    return _Reading(tuple(map(tuple, pages)), listed, signatures, tuple(sealed))


def _following(before: Sequence[Block | Table], content: Sequence[Block | Table]) -> Iterator[Block | Table]:
    """Yield the content of a further paper with numbers that go on from those before it."""
    counts = Counter((type(item), item.locator.part) for item in before)

    def moved(place: Locator, kind: type) -> Locator:
        return replace(place, block=place.block + len(before), number=place.number + counts[kind, place.part])

    # All is worked out before the caller appends to what came before.
    yield from [
        replace(item, locator=moved(item.locator, Block))
        if isinstance(item, Block)
        else replace(
            item, locator=moved(item.locator, Table), parent=item.parent and moved(item.parent, Table)
        )
        for item in content
    ]


def _notices(package: Package, reading: _Reading, limits: Limits) -> Iterator[Notice]:
    for number in reading.sealed:
        yield Notice("stamp", str(number))
    if reading.signatures and not reading.sealed:
        yield Notice("stamp")
    read = len(reading.pages)
    if read < reading.listed:
        code = "page_limit" if read >= limits.max_pages else "character_limit"
        yield Notice(code, f"{read}/{reading.listed}", is_loss=True)
    if is_locked(package):
        yield Notice("encrypted_part", is_loss=True)


def _watermarks(body: Sequence[Block | Table], pages: Sequence[PageContent]) -> Iterator[Block]:
    """Yield what is printed across the pages as a watermark, once for each wording."""
    remarks = (remark for page in pages for remark in page.annotations.remarks)
    wordings: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.part is Part.HEADER:
            wordings.setdefault(remark.text, []).append(remark)
    heads = sum(item.locator.part is Part.HEADER for item in body)
    for index, (text, found) in enumerate(wordings.items()):
        lines = tuple(Line(0, len(text), remark.page, remark.box) for remark in found)
        place = Locator(
            len(body) + index, heads + index + 1, Part.HEADER, page=found[0].page, box=found[0].box
        )
        yield Block(text, place, lines=lines)


def _ended(document: Document, members: tuple[Source, ...], *, is_encrypted: bool) -> Extraction:
    """Say how the reading ended; the document is kept whenever there is anything to show for it."""
    is_lossy = any(notice.is_loss for notice in document.notices)
    if document.content:
        return Extraction(Outcome.PARTIAL if is_lossy else Outcome.OK, document, members=members)
    if is_encrypted:
        return Extraction(Outcome.ENCRYPTED, notices=document.notices)
    if is_lossy:
        return Extraction(Outcome.UNREADABLE, document, members=members)
    return Extraction(Outcome.PARTIAL if members else Outcome.EMPTY, document, members=members)
