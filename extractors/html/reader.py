"""Reads web pages and “single file web pages”; Word and WPS save papers as such, often named ``.doc``."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from extractors.document import Extraction, Limits, Notice, Outcome, Quality, Source
from extractors.html.looks import hiding_of
from extractors.html.mhtml import PagePart, page_parts
from extractors.html.page import decoded_page, parsed
from extractors.html.story import Story
from extractors.word.conclusion import concluded
from extractors.word.items import Item, Ledger
from extractors.word.package import UnreadableError

__all__ = ["extract", "extract_mhtml"]

_EXTRACTOR = "html/1"


def extract(source: Source, limits: Limits) -> Extraction:
    """Read one web page; nothing it refers to is fetched."""
    return _read([PagePart(source.data)], limits)


def extract_mhtml(source: Source, limits: Limits) -> Extraction:
    """Read a web page saved with all its parts in one file."""
    if len(source.data) > limits.max_bytes:
        return Extraction(Outcome.TOO_BIG, notices=(Notice("file_too_big", is_loss=True),))
    try:
        parts = page_parts(source.data, limits)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))
    return _read(parts, limits)


def _read(parts: list[PagePart], limits: Limits) -> Extraction:
    ledger = Ledger(limits)
    if sum(len(part.data) for part in parts) > limits.max_xml_bytes:
        return Extraction(Outcome.TOO_BIG, notices=(Notice("file_too_big", is_loss=True),))
    try:
        return concluded(_items(parts, ledger), ledger, _EXTRACTOR)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))


def _items(parts: list[PagePart], ledger: Ledger) -> Iterator[Item]:
    """Yield the items of all pages; a frame whose page is not among them is told."""
    frames: list[str] = []
    for part in parts:
        text, quality = decoded_page(part.data, part.charset)
        if quality <= Quality.POOR:
            ledger.lose("garbled_text")
        root = parsed(text, ledger)
        if root is not None:
            yield from Story(ledger, hiding_of(root), frames=frames).read(root)
    carried = {_base(part.location) for part in parts}
    for frame in frames:
        if _base(frame) not in carried:
            ledger.lose("frame", _base(frame) or frame)


def _base(address: str) -> str:
    """Return the file name at the end of an address."""
    return posixpath.basename(unquote(address.split("?", 1)[0].split("#", 1)[0]).replace("\\", "/")).lower()
