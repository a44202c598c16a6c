"""Decides what came of reading a paper: an outcome, how far the text can be trusted, what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.document import (
    Block,
    Document,
    Extraction,
    Grade,
    Notice,
    Outcome,
    Quality,
    Source,
    Table,
)
from extractors.outline import outline
from extractors.word.compose import compose
from extractors.word.items import Item, Ledger

__all__ = ["concluded"]

# A paper with pictures and less text than a letterhead and a date is a scan pasted into Word.
_NEARLY_NO_TEXT = 60
_DAMAGE = {"damaged_piece", "damaged_content", "layout_not_read"}


def concluded(
    items: Iterable[Item],
    ledger: Ledger,
    extractor: str,
    members: Iterable[Source] = (),
    damage: Iterable[Notice] = (),
) -> Extraction:
    """Place the items of a paper, outline them, and say what came of it.

    ``members`` and ``damage`` (of the package the paper came in) are read after the items, since reading the
    items is what finds them.
    """
    content = outline(compose(items))
    carried, broken = tuple(members), tuple(damage)
    size = _size(content)
    is_scan = ledger.pictures > 0 and size < _NEARLY_NO_TEXT
    pictures = (Notice("picture", str(ledger.pictures), is_loss=is_scan),) if ledger.pictures else ()
    notices = (*broken, *ledger.notices, *pictures)
    is_lossy = any(notice.is_loss for notice in notices)
    if not size and not is_lossy and not carried:
        return Extraction(Outcome.EMPTY, notices=notices)
    document = Document(
        content, (_grade(notices, is_scan=is_scan, is_damaged=bool(broken)),), notices, extractor=extractor
    )
    return Extraction(Outcome.PARTIAL if is_lossy else Outcome.OK, document, notices, carried)


def _size(content: tuple[Block | Table, ...]) -> int:
    """Count the characters of what the paper says, spaces left out."""
    size = 0
    for item in content:
        if item.locator.part.is_content:
            texts = (item.text,) if isinstance(item, Block) else (cell.text for cell in item.cells)
            size += sum(len("".join(text.split())) for text in texts)
    return size


def _grade(notices: tuple[Notice, ...], *, is_scan: bool, is_damaged: bool) -> Grade:
    if is_scan:
        return Grade(Quality.POOR, reason="picture_only")
    if is_damaged or any(notice.code in _DAMAGE for notice in notices):
        return Grade(Quality.POOR, reason="damaged")
    return Grade(Quality.GOOD)
