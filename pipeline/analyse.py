"""One source in, everything the machine makes of it out: pure, so any process can do it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors import Extraction, Limits, Outcome, Source, extract
from extractors.document import Notice, Withheld
from pipeline.identify import identify, identify_by_name
from pipeline.judging.judge import judge
from pipeline.matching.match import Matcher
from pipeline.model import Analysis, Identity, Kind
from pipeline.rubric import Rubric
from pipeline.text import sentences

__all__ = ["Analyst"]

# What readers of mails call themselves, and how many characters a letter has that only goes with files.
_MAILS = ("eml/", "msg/", "tnef/")
_SHORT_LETTER = 500


class Analyst:
    """Reads and judges papers against one rubric; build once per process, then call for every source."""

    def __init__(
        self,
        rubric: Rubric,
        references: Sequence[str] = (),
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.rubric = rubric
        self.matcher = Matcher(rubric, references)
        self._clock = clock

    def analyse(self, source: Source, limits: Limits) -> Analysis:
        """Extract, identify, match and judge one source; a bad file is an outcome, never an exception."""
        started = self._clock()
        analysis = self.conclude(source, extract(source, limits))
        return replace(analysis, seconds=self._clock() - started)

    def conclude(self, source: Source, extraction: Extraction) -> Analysis:
        """Identify, match and judge what was extracted; members are left to whoever keeps them."""
        document = extraction.document
        identity = self._identity(extraction, source.name)
        needs = self.rubric.needs(identity.kind)
        found = self.matcher.match(sentences(document), identity.kind) if document and needs else ()
        return Analysis(
            name=source.name,
            sha256=source.sha256,
            size=len(source.data),
            outcome=extraction.outcome,
            notices=_told(extraction),
            document=document,
            identity=identity,
            findings=judge(needs, found, document) if document else (),
            withheld=tuple(map(self._withheld, extraction.withheld)),
        )

    def _withheld(self, member: Withheld) -> Analysis:
        identity = identify_by_name(member.name, self.rubric)
        return Analysis(member.name, "", member.size, member.outcome, (member.notice,), identity=identity)

    def _identity(self, extraction: Extraction, name: str) -> Identity:
        document = extraction.document
        if document is not None and document.content:
            identity = identify(document, name, self.rubric)
            return _as_covering_letter(identity) if _is_covering_letter(extraction) else identity
        if extraction.outcome is Outcome.IGNORED:
            return Identity()
        named = identify_by_name(name, self.rubric)
        # A container that was opened is no paper: what is due from the unit is inside.
        return replace(named, kind=Kind.OTHER, doubts=()) if extraction.outcome.has_text else named


def _is_covering_letter(extraction: Extraction) -> bool:
    """Whether a source is a mail of few words that carries files: those are what is reported."""
    document = extraction.document
    if document is None or not document.extractor.startswith(_MAILS):
        return False
    has_files = bool(extraction.members or extraction.withheld)
    return has_files and len(document.visible_text()) < _SHORT_LETTER


def _as_covering_letter(identity: Identity) -> Identity:
    if not identity.kind.is_judged:
        return identity
    reasons = (*identity.reasons, "类别：邮件正文很短，材料在附件里，按转送函件登记")
    return replace(identity, kind=Kind.TRANSMITTAL, reasons=reasons)


def _told(extraction: Extraction) -> tuple[Notice, ...]:
    """Return everything a person should know of the reading, whichever of the two says it, once each."""
    inside = extraction.document.notices if extraction.document else ()
    return tuple(dict.fromkeys((*extraction.notices, *inside)))
