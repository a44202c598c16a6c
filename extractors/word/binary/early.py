"""The bare text of Word 6 and 95 papers, where LibreOffice is missing: words, no tables, no numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.word.binary.fields import Fields
from extractors.word.binary.streams import Streams
from extractors.word.items import Item, Ledger, Paragraph

__all__ = ["early_items"]

_ENCODINGS = {0x0804: "gb18030", 0x1004: "gb18030", 0x0404: "cp950", 0x0C04: "cp950"}
_MARK = re.compile(r"[\r\x07\x0c]")
_PART = re.compile(r"([\x00-\x08\x0a-\x1f])")
_WRITTEN = {"\x0b": "\n", "\x1e": "-"}


def early_items(streams: Streams, ledger: Ledger) -> Iterator[Item]:
    """Yield the lines of text between the bounds the header states; what that leaves out is told."""
    start, end = streams.header.text
    raw = streams.word[start:end]
    encoding = _ENCODINGS.get(streams.header.language, "cp1252")
    text = raw.decode(encoding, "replace")
    ledger.spend(len(text))
    ledger.lose("layout_not_read", f"Word {streams.header.version}")
    fields = Fields()
    for line in _MARK.split(text):
        words = "".join(_shown(line, fields)).strip()
        if words:
            yield Paragraph(words)


def _shown(line: str, fields: Fields) -> Iterator[str]:
    for part in _PART.split(line):
        if part == "\x13":
            fields.begin()
        elif part == "\x14":
            fields.separate()
        elif part == "\x15":
            fields.end()
        elif fields.is_in_instruction:
            fields.instruct(part)
        elif part in _WRITTEN:
            yield _WRITTEN[part]
        elif part >= " " or part == "\t":
            yield part
