"""Old Word papers (``.doc``, WPS ``.wps``): read directly; LibreOffice helps where that does not suffice.

Word 97 and later (and WPS) store text and layout in known tables, which takes milliseconds to read.  Older
files and those of Microsoft Works go through LibreOffice.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.document import Document, Extraction, Grade, Limits, Notice, Outcome, Quality, Source
from extractors.office import extract_as
from extractors.word.binary.early import early_items
from extractors.word.binary.paper import BinaryPaper
from extractors.word.binary.streams import Streams, open_streams
from extractors.word.conclusion import concluded
from extractors.word.items import Ledger
from extractors.word.package import UnreadableError

__all__ = ["extract"]

_EXTRACTOR = "doc/1"
_EARLY_EXTRACTOR = "doc-text/1"
# What LibreOffice may read where the direct way cannot.
_WORTH_CONVERTING = {"numbering_not_read"}


def extract(source: Source, limits: Limits) -> Extraction:
    """Read an old Word paper as it now stands (tracked changes accepted).

    Files that Word's objects carry inside come back as ``members``.
    """
    try:
        streams = open_streams(source.data)
    except UnreadableError:
        return extract_as(_suffix(source), source, limits)
    if streams.header.is_encrypted:
        return Extraction(Outcome.ENCRYPTED, notices=(Notice("encrypted", is_loss=True),))
    if not streams.header.is_word_97:
        return _early(streams, source, limits)
    found = _direct(streams, source, limits)
    is_lacking = any(notice.code in _WORTH_CONVERTING for notice in found.notices)
    if not is_lacking and found.outcome is not Outcome.UNREADABLE:
        return found
    converted = extract_as(_suffix(source), source, limits)
    if converted.document is None:
        return found
    return converted if is_lacking else _salvaged(converted.document, converted, found.notices)


def _salvaged(document: Document, converted: Extraction, damage: tuple[Notice, ...]) -> Extraction:
    """Return what LibreOffice made of a damaged file as what it is: a part, which part nobody knows."""
    notices = (*converted.notices, *damage)
    marked = replace(document, notices=notices, grades=(Grade(Quality.POOR, reason="damaged"),))
    return Extraction(Outcome.PARTIAL, marked, notices, converted.members)


def _direct(streams: Streams, source: Source, limits: Limits) -> Extraction:
    ledger = Ledger(limits)
    try:
        paper = BinaryPaper(streams, ledger, source.name)
        return concluded(paper.items(), ledger, _EXTRACTOR, paper.members)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))


def _early(streams: Streams, source: Source, limits: Limits) -> Extraction:
    converted = extract_as(_suffix(source), source, limits)
    if converted.outcome.has_text:
        return converted
    ledger = Ledger(limits)
    for notice in converted.notices:
        ledger.lose(notice.code, notice.detail)
    try:
        found = concluded(early_items(streams, ledger), ledger, _EARLY_EXTRACTOR)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))
    has_words = found.document is not None and bool(found.document.content)
    return found if has_words else converted


def _suffix(source: Source) -> str:
    """Return what LibreOffice is told to expect: the paper's own suffix, since Works files go by theirs."""
    return "wps" if source.name.lower().endswith(".wps") else "doc"
