"""Word papers (``.docx`` and its kin): everything Word shows, in reading order, and nothing lost in silence.

The package is opened and its XML walked directly; opening it with python-docx would cost ten times the
reading.  Not understood constructs, lost words and hidden text are told in notices.
"""

from __future__ import annotations

from extractors.document import Extraction, Limits, Source
from extractors.word.conclusion import concluded
from extractors.word.items import Ledger
from extractors.word.package import UnreadableError, open_package
from extractors.word.paper import Paper
from extractors.word.revisions import View

__all__ = ["View", "extract"]

_EXTRACTOR = "docx/1"


def extract(source: Source, limits: Limits, *, view: View = View.FINAL) -> Extraction:
    """Read a Word paper as it now stands, or, with ``View.ORIGINAL``, before its tracked changes.

    Files that Word's objects carry inside come back as ``members``.
    """
    ledger = Ledger(limits)
    try:
        package = open_package(source.data, limits)
        paper = Paper(package, ledger, view, source.name)
        return concluded(paper.items(), ledger, _EXTRACTOR, paper.members, package.notices)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))
