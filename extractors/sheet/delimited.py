"""Reads tables in plain text: whatever the encoding, columns parted by commas, tabs, semicolons or bars."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from extractors.document import Quality
from extractors.plain import decode
from extractors.sheet.grid import Sheet, Workbook

__all__ = ["read_delimited"]

_SIGNS = ",\t;|，"
_SAMPLE_LINES = 50
_SAMPLE_CHARACTERS = 20_000
_STATED = re.compile(r"sep=(.)\n")
_MOST_COLUMNS = 16_384


def read_delimited(data: bytes, book: Workbook) -> Quality:
    """Add the one sheet of a text table and return how far its encoding can be trusted."""
    text, quality = decode(data)
    if quality <= Quality.POOR:
        book.note("garbled_text", is_loss=True)
    text = text.lstrip("\ufeff")
    stated = _STATED.match(text)
    sign = stated[1] if stated else _sign(text)
    cells: dict[tuple[int, int], str] = {}
    for row, values in enumerate(_rows(text[stated.end() :] if stated else text, sign), 1):
        for column, value in enumerate(values[:_MOST_COLUMNS], 1):
            words = value.strip()
            if words and book.take(words):
                cells[row, column] = words
    book.sheets.append(Sheet("", cells))
    return quality


def _sign(text: str) -> str:
    """Return the sign that parts most lines into the same number of columns, the comma if none does."""
    lines = text[:_SAMPLE_CHARACTERS].split("\n")[:_SAMPLE_LINES]
    return max(_SIGNS, key=lambda sign: (_agreement(lines, sign), -_SIGNS.index(sign)))


def _agreement(lines: list[str], sign: str) -> int:
    """Return how many lines have the commonest number of a sign, quoted words left out."""
    counts = Counter(count for line in lines if (count := re.sub(r'"[^"]*"', "", line).count(sign)))
    return max(counts.values(), default=0)


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    """Yield the rows; where a quotation mark is never closed, none of them counts as one."""
    lines = io.StringIO(text)
    try:
        if text.count('"') % 2:
            yield from list(csv.reader(lines, delimiter=sign, quoting=csv.QUOTE_NONE))
        else:
            yield from list(csv.reader(lines, delimiter=sign))
    except csv.Error:
        # A field longer than the reader takes: no quotation marks then.
        yield from (line.split(sign) for line in text.split("\n"))
