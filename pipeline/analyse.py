"""One source in, everything the machine makes of it out: pure, so any process can do it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from extractors import Document, Limits, Outcome, Source, extract
from pipeline.identify import identify, identify_by_name
from pipeline.judging.judge import judge
from pipeline.matching.match import Matcher
from pipeline.model import Analysis, Identity
from pipeline.rubric import Rubric
from pipeline.text import sentences

__all__ = ["Analyst"]


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
        extraction = extract(source, limits)
        document = extraction.document
        identity = self._identity(document, source.name, extraction.outcome)
        needs = self.rubric.needs(identity.kind)
        found = self.matcher.match(sentences(document), identity.kind) if document and needs else ()
        return Analysis(
            name=source.name,
            sha256=source.sha256,
            size=len(source.data),
            outcome=extraction.outcome,
            notices=extraction.notices,
            document=document,
            identity=identity,
            findings=judge(needs, found, document) if document else (),
            seconds=self._clock() - started,
        )

    def _identity(self, document: Document | None, name: str, outcome: Outcome) -> Identity:
        if document is not None and document.content:
            return identify(document, name, self.rubric)
        return Identity() if outcome is Outcome.IGNORED else identify_by_name(name, self.rubric)
