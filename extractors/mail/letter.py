"""What a mail says itself: a small table of who wrote to whom about what, then its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.document import Block, Cell, Document, Grade, Limits, Locator, Notice, Quality, Source, Table
from extractors.plain import document_of
from extractors.registry import extract

__all__ = ["Body", "Letter", "as_document", "as_page", "spoken_date"]

# Of words written in several ways the plain ones are read, unless they are only a stub beside the page.
_STUB = 0.5


@dataclass(frozen=True, slots=True)
class Body:
    """One stretch of a mail's words, in the ways it carries them; a page is UTF-8 with its mark."""

    text: str = ""
    page: bytes = b""
    rich_text: bytes = b""


@dataclass(frozen=True, slots=True)
class Letter:
    """The head of a mail and its words in order; what it lacks is empty."""

    subject: str = ""
    sender: str = ""
    date: str = ""
    to: str = ""
    copy: str = ""
    bodies: tuple[Body, ...] = ()

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """The lines of the head that say something."""
        lines = (
            ("主题", self.subject),
            ("发件人", self.sender),
            ("日期", self.date),
            ("收件人", self.to),
            ("抄送", self.copy),
        )
        return tuple((label, value) for label, value in lines if value)


def spoken_date(moment: dt.datetime) -> str:
    """Return a moment as a Chinese office writes it.

    >>> spoken_date(dt.datetime(2015, 5, 28, 9, 5))
    '2015年5月28日 9:05'
    """
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02}"


def as_page(text: str) -> bytes:
    """Return a web page in a mail as a file; many are mere pieces that do not say what they are."""
    head = "" if "<html" in text[:1024].lower() else "<!doctype html>"
    return (head + text).encode("utf-8-sig", "replace") if text.strip() else b""


def as_document(letter: Letter, extractor: str, name: str, limits: Limits) -> Document | None:
    """Return a letter as a document, None if it says nothing at all; ``name`` is the mail's."""
    read = [_read(body, name, limits) for body in letter.bodies]
    content: list[Block | Table] = [*_head_table(letter)]
    for document in read:
        content += _moved(document, len(content), sum(isinstance(item, Table) for item in content))
    notices = tuple(notice for document in read for notice in document.notices)
    if not content and not notices:
        return None
    quality = min((document.quality for document in read), default=Quality.GOOD)
    return Document(tuple(content), (Grade(quality),), notices, extractor=extractor)


def _head_table(letter: Letter) -> Iterator[Table]:
    cells = tuple(
        Cell(text, row, column)
        for row, line in enumerate(letter.head, start=1)
        for column, text in enumerate(line, start=1)
    )
    if cells:
        yield Table(cells, Locator(block=0, number=1), caption="邮件")


def _moved(document: Document, blocks: int, tables: int) -> Iterator[Block | Table]:
    """Yield what a document holds, to stand after so many other blocks and tables."""
    for item in document.content:
        if isinstance(item, Table):
            parent = item.parent and _shifted(item.parent, blocks, tables)
            yield replace(item, locator=_shifted(item.locator, blocks, tables), parent=parent)
        else:
            yield replace(item, locator=_shifted(item.locator, blocks, blocks - tables))


def _shifted(place: Locator, blocks: int, number: int) -> Locator:
    return replace(place, block=place.block + blocks, number=place.number + number)


def _read(body: Body, name: str, limits: Limits) -> Document:
    """Return one stretch of words, in the way that says most."""
    lost = (Notice("too_many_characters", is_loss=True),) if len(body.text) > limits.max_characters else ()
    plain = document_of(body.text[: limits.max_characters], notices=lost)
    formatted = [
        _extracted(Source(f"{name}.{suffix}", data), limits)
        for data, suffix in ((body.page, "html"), (body.rich_text, "rtf"))
        if data.strip()
    ]
    best = max(formatted, key=_size, default=plain)
    return plain if _size(plain) and _size(plain) >= _STUB * _size(best) else best


def _extracted(source: Source, limits: Limits) -> Document:
    found = extract(source, limits)
    # A page that could not be read leaves word of it.
    return found.document or Document((), notices=found.notices)


def _size(document: Document) -> int:
    return sum(map(len, document.visible_text().split()))
