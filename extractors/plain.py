"""Plain text: whatever the encoding, one paragraph a line; rows of ``| a | b |`` are read as a table."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.document import (
    Block,
    Cell,
    Document,
    Extraction,
    Grade,
    Limits,
    Locator,
    Notice,
    Outcome,
    Quality,
    Source,
    Table,
)
from extractors.outline import outline

__all__ = ["decode", "document_of", "extract"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RULE_ROW = re.compile(r"^\|[\s|:\-—]+\|?$")


def extract(source: Source, limits: Limits) -> Extraction:
    """Read a text file in UTF-8, GB18030 or UTF-16, declared or not."""
    text, quality = decode(source.data)
    if len(text) > limits.max_characters:
        return Extraction(
            Outcome.TOO_BIG, notices=(Notice("too_many_bytes", str(len(source.data)), is_loss=True),)
        )
    if not text.strip():
        return Extraction(Outcome.EMPTY)
    notices = () if quality > Quality.POOR else (Notice("garbled_text", is_loss=True),)
    document = document_of(text, quality=quality, notices=notices)
    return Extraction(Outcome.PARTIAL if notices else Outcome.OK, document, notices)


def decode(data: bytes) -> tuple[str, Quality]:
    """Return the text of some bytes and how far the choice of encoding can be trusted.

    A byte-order mark decides; else UTF-8 if it is valid; else whichever of GB18030 (all older Chinese files)
    and UTF-16 makes the more plausible Chinese.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _graded(data[len(mark) :].decode(encoding, "replace"))
    try:
        return _graded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    tries = [data.decode(encoding, "replace") for encoding in ("gb18030", "utf-16-le", "utf-16-be", "utf-8")]
    return _graded(max(tries, key=_plausibility))


def _graded(text: str) -> tuple[str, Quality]:
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    share = text.count("\ufffd") / max(len(text), 1)
    if share > 0.02:
        return text, Quality.POOR
    return text, Quality.FAIR if share else Quality.GOOD


def _plausibility(text: str) -> float:
    """Share of characters that ordinary Chinese text is made of; rare Han speak against a reading."""
    if not text:
        return 0.0
    usual = sum(
        1 for c in text if "\u4e00" <= c <= "\u9fa5" or c.isascii() or c in "，。、；：“”（）《》？！—…　"
    )
    return (usual - 5 * text.count("\ufffd") - 2 * text.count("\x00")) / len(text)


def document_of(
    text: str, *, quality: Quality = Quality.GOOD, notices: Sequence[Notice] = (), extractor: str = "plain/1"
) -> Document:
    """Return lines of text as a document."""
    content: list[Block | Table] = []
    lines = [line.strip() for line in text.split("\n")]
    paragraphs = tables = 0
    for is_row, group in groupby((line for line in lines if line), key=lambda line: line.startswith("|")):
        if is_row:
            tables += 1
            content.append(_table(list(group), len(content), tables))
            continue
        for line in group:
            paragraphs += 1
            content.append(Block(line, Locator(block=len(content), number=paragraphs, end=len(line))))
    return Document(outline(content), (Grade(quality),), tuple(notices), extractor=extractor)


def _table(lines: Sequence[str], block: int, number: int) -> Table:
    rows = [
        line.removeprefix("|").removesuffix("|").split("|") for line in lines if not _RULE_ROW.match(line)
    ]
    return Table(
        tuple(_cells(rows)), Locator(block=block, number=number), header_rows=max(0, min(1, len(rows) - 1))
    )


def _cells(rows: Sequence[Sequence[str]]) -> Iterator[Cell]:
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            yield Cell(text.strip(), row, column)
