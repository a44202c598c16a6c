"""Reads a PDF: bytes in, a document with the place of every word out.

Characters and their boxes come from pdfium, tables from ruling lines; pages without text are graded as
scanned and wait for an optical reader, which may be handed in as ``recognise``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.attached import as_sources
from extractors.document import Document, Extraction, Limits, Notice, Outcome, Source
from extractors.outline import outline
from extractors.pdf.attachments import embedded_files
from extractors.pdf.flow import assemble
from extractors.pdf.pages import PageContent, read_page
from extractors.pdf.recognise import Recognise

__all__ = ["extract"]

# The library warns on stderr of XFA forms; here they are a notice.
logging.getLogger("pypdfium2").addHandler(logging.NullHandler())

_MOST_SIGNATURES = 100
_NEEDS_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


def extract(source: Source, limits: Limits, recognise: Recognise | None = None) -> Extraction:
    """Read one PDF; a file that cannot be read is an outcome, never an exception."""
    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        return _refused(error)
    try:
        return _read(pdf, source, limits, recognise)
    finally:
        pdf.close()


def _refused(error: pypdfium2.PdfiumError) -> Extraction:
    if error.err_code in _NEEDS_PASSWORD:
        return Extraction(Outcome.ENCRYPTED)
    return Extraction(Outcome.UNREADABLE, notices=(Notice("damaged_file", str(error), is_loss=True),))


def _read(
    pdf: pypdfium2.PdfDocument, source: Source, limits: Limits, recognise: Recognise | None
) -> Extraction:
    form_notices = tuple(_opened_forms(pdf))
    page_count = len(pdf)
    if page_count == 0:
        return Extraction(Outcome.EMPTY)
    pages = list(_pages(pdf, min(page_count, limits.max_pages), limits, recognise))
    files = [*embedded_files(pdf, limits), *(file for page in pages for file in page.annotations.attachments)]
    members, file_notices = as_sources(files, source, limits)
    flow = assemble(pages)
    limit_notices = tuple(_limit_notices(pages, page_count, limits))
    page_notices = tuple(notice for page in pages for notice in page.notices)
    notices = (*form_notices, *limit_notices, *page_notices, *flow.notices, *file_notices)
    document = Document(
        content=outline(flow.content),
        grades=tuple(page.grade for page in pages),
        notices=notices,
        page_count=page_count,
        extractor="pdf",
        is_stamped=_is_stamped(pdf, pages),
    )
    return _ended(document, members, pages)


def _opened_forms(pdf: pypdfium2.PdfDocument) -> Iterator[Notice]:
    """Make form fields readable; must come before the first page is opened."""
    kind = pdf.get_formtype()
    if kind == pdfium.FORMTYPE_NONE:
        return
    try:
        pdf.init_forms()
    except pypdfium2.PdfiumError as error:
        yield Notice("form_fields", str(error), is_loss=True)
    if kind == pdfium.FORMTYPE_XFA_FULL:
        yield Notice("xfa_form", is_loss=True)


def _pages(
    pdf: pypdfium2.PdfDocument, count: int, limits: Limits, recognise: Recognise | None
) -> Iterator[PageContent]:
    room = limits.max_characters
    for number in range(1, count + 1):
        page = read_page(pdf, number, limits, recognise)
        yield page
        room -= page.character_count
        if room < 0:
            return


def _limit_notices(pages: Sequence[PageContent], page_count: int, limits: Limits) -> Iterator[Notice]:
    if len(pages) == page_count:
        return
    code = "page_limit" if len(pages) == limits.max_pages else "character_limit"
    yield Notice(code, f"{len(pages)}/{page_count}", is_loss=True)


def _is_stamped(pdf: pypdfium2.PdfDocument, pages: Sequence[PageContent]) -> bool:
    """Whether the paper bears an electronic signature or a seal laid over a page."""
    count: int = pdfium.FPDF_GetSignatureCount(pdf)
    signatures = (pdfium.FPDF_GetSignatureObject(pdf, index) for index in range(min(count, _MOST_SIGNATURES)))
    is_signed = any(pdfium.FPDFSignatureObj_GetContents(signature, None, 0) > 0 for signature in signatures)
    return is_signed or any(page.annotations.is_stamped for page in pages)


def _ended(document: Document, members: tuple[Source, ...], pages: Sequence[PageContent]) -> Extraction:
    """Say how the reading ended; the document is kept whenever there is anything to show for it."""
    if document.content:
        is_whole = not any(notice.is_loss for notice in document.notices)
        return Extraction(Outcome.OK if is_whole else Outcome.PARTIAL, document, members=members)
    reasons = {page.grade.reason for page in pages}
    if reasons & {"scanned", "few_characters"}:
        return Extraction(Outcome.MISSING_TOOL, document, (Notice("needs_ocr"),), members)
    if any(notice.is_loss for notice in document.notices):
        return Extraction(Outcome.UNREADABLE, document, members=members)
    return Extraction(Outcome.PARTIAL if members else Outcome.EMPTY, document, members=members)
