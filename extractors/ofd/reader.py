"""Reads an OFD package: bytes in, a document with the place of every word out.

Pages become the same lines and tables as those of a PDF, so paragraphs, running heads and tables over several
pages are put together by the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
from extractors.pdf.attachments import as_sources
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
    """The pages of all papers in a package, in order, and what seals them."""

    pages: tuple[PageContent, ...]
    listed: int
    signatures: int
    sealed: tuple[int, ...]

    @property
    def is_stamped(self) -> bool:
        """Whether the file bears an electronic signature or a seal laid over a page."""
        return bool(self.signatures) or any(page.annotations.is_stamped for page in self.pages)


def _read(package: Package, source: Source, limits: Limits) -> Extraction:
    found = papers(package)
    reading = _pages(found, limits)
    files = [file for paper in found for file in attached_files(paper, limits)]
    members, file_notices = as_sources(files, source, limits)
    flow = assemble(reading.pages)
    content = (*flow.content, *_running_heads(flow.content, reading.pages))
    page_notices = tuple(notice for page in reading.pages for notice in page.notices)
    own_notices = (*package.notices, *_notices(package, reading, limits))
    document = Document(
        content=outline(content),
        grades=tuple(page.grade for page in reading.pages),
        notices=(*own_notices, *page_notices, *flow.notices, *file_notices),
        page_count=reading.listed,
        extractor=_EXTRACTOR,
        is_stamped=reading.is_stamped,
    )
    return _ended(document, members, is_encrypted=is_locked(package))


def _pages(found: Sequence[Paper], limits: Limits) -> _Reading:
    """Read pages until one of the limits is met."""
    pages: list[PageContent] = []
    sealed: list[int] = []
    room = limits.max_characters
    signatures = 0
    for paper in found:
        seals = seals_of(paper)
        signatures += seals.count
        annotations = annotations_by_page(paper)
        for reference in paper.pages:
            if len(pages) >= limits.max_pages or room < 0:
                break
            number = len(pages) + 1
            page = read_page(paper, reference, number, annotations.get(reference.identifier, ()))
            room -= page.character_count
            pages.append(page)
            if reference.identifier in seals.pages or page.annotations.is_stamped:
                sealed.append(number)
    listed = sum(len(paper.pages) for paper in found)
    return _Reading(tuple(pages), listed, signatures, tuple(sealed))


def _notices(package: Package, reading: _Reading, limits: Limits) -> Iterator[Notice]:
    for number in reading.sealed:
        yield Notice("stamp", str(number))
    if reading.signatures and not reading.sealed:
        yield Notice("stamp")
    if len(reading.pages) < reading.listed:
        code = "page_limit" if len(reading.pages) >= limits.max_pages else "character_limit"
        yield Notice(code, f"{len(reading.pages)}/{reading.listed}", is_loss=True)
    if is_locked(package):
        yield Notice("encrypted_part", is_loss=True)


def _running_heads(body: Sequence[Block | Table], pages: Sequence[PageContent]) -> Iterator[Block]:
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
