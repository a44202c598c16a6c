"""Word papers (``.docx`` and its kin): everything Word shows, in reading order, and nothing lost in silence.

The package is opened and its XML walked directly; opening it with python-docx would cost ten times the
reading.  Not understood constructs, lost words and hidden text are told in notices.
"""

from __future__ import annotations

from extractors.document import (
    Block,
    Document,
    Extraction,
    Grade,
    Limits,
    Notice,
    Outcome,
    Quality,
    Source,
    Table,
)
from extractors.outline import outline
from extractors.word.compose import compose
from extractors.word.items import Ledger
from extractors.word.package import Package, UnreadableError, open_package
from extractors.word.paper import Paper
from extractors.word.revisions import View

__all__ = ["View", "extract"]

_EXTRACTOR = "docx/1"
# A paper with pictures and less text than a letterhead and a date is a scan pasted into Word.
_NEARLY_NO_TEXT = 60


def extract(source: Source, limits: Limits, *, view: View = View.FINAL) -> Extraction:
    """Read a Word paper as it now stands, or, with ``View.ORIGINAL``, before its tracked changes.

    Files that Word's objects carry inside come back as ``members``.
    """
    ledger = Ledger(limits)
    try:
        package = open_package(source.data, limits)
        paper = Paper(package, ledger, view, source.name)
        content = outline(compose(paper.items()))
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))
    return _concluded(content, package, ledger, tuple(paper.members))


def _concluded(
    content: tuple[Block | Table, ...], package: Package, ledger: Ledger, members: tuple[Source, ...]
) -> Extraction:
    """Decide what came of it: how far the text can be trusted and whether anything is missing."""
    size = _size(content)
    is_scan = ledger.pictures > 0 and size < _NEARLY_NO_TEXT
    notices = (*package.notices, *ledger.notices, *_pictures(ledger.pictures, is_loss=is_scan))
    is_lossy = any(notice.is_loss for notice in notices)
    if not size and not is_lossy and not members:
        return Extraction(Outcome.EMPTY, notices=notices)
    document = Document(content, (_grade(package, is_scan=is_scan),), notices, extractor=_EXTRACTOR)
    return Extraction(Outcome.PARTIAL if is_lossy else Outcome.OK, document, notices, members)


def _size(content: tuple[Block | Table, ...]) -> int:
    """Count the characters of what the paper says, spaces left out."""
    size = 0
    for item in content:
        if item.locator.part.is_content:
            texts = (item.text,) if isinstance(item, Block) else (cell.text for cell in item.cells)
            size += sum(len("".join(text.split())) for text in texts)
    return size


def _pictures(count: int, *, is_loss: bool) -> tuple[Notice, ...]:
    return (Notice("picture", str(count), is_loss=is_loss),) if count else ()


def _grade(package: Package, *, is_scan: bool) -> Grade:
    if is_scan:
        return Grade(Quality.POOR, reason="picture_only")
    if package.notices:
        return Grade(Quality.POOR, reason="damaged")
    return Grade(Quality.GOOD)
