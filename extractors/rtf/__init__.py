"""Rich text papers (``.rtf``): text, tables as grids, the labels of lists, notes and running heads."""

from __future__ import annotations

from extractors.document import Extraction, Limits, Notice, Outcome, Source
from extractors.office import extract_as
from extractors.rtf.reader import RtfReader
from extractors.word.conclusion import concluded
from extractors.word.items import Ledger
from extractors.word.package import UnreadableError

__all__ = ["extract"]

_EXTRACTOR = "rtf/1"
_WORTH_CONVERTING = {"numbering_not_read"}


def extract(source: Source, limits: Limits) -> Extraction:
    """Read a rich text paper as it now stands (tracked changes accepted).

    Numbers of lists are those the writing program stored; where it stored none, LibreOffice is asked.
    """
    ledger = Ledger(limits)
    try:
        reader = RtfReader(source.data, ledger, source.name)
        found = concluded(reader.items(), ledger, _EXTRACTOR, reader.members)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))
    if found.outcome is Outcome.EMPTY and len(source.data) > len(b"{\\rtf1\\ansi}") and reader.is_broken:
        return Extraction(Outcome.UNREADABLE, notices=(Notice("damaged_content", ".rtf", is_loss=True),))
    if any(notice.code in _WORTH_CONVERTING for notice in found.notices):
        converted = extract_as("rtf", source, limits)
        return converted if converted.outcome.has_text else found
    return found
