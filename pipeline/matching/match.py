"""Sentences and a rubric in, evidence out.  Matching proposes; deciding is ``pipeline.judging``'s.

Each sentence is scanned once for all cues and scored once by the learned model; the answer for one
requirement does not depend on which others are asked for, nor on the order of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.matching.assertion import AssertionReader, Reading, Statement
from pipeline.matching.cues import Cue, CueBook, CueHit, Scan
from pipeline.matching.echo import Echo
from pipeline.matching.join import confidence, voice
from pipeline.matching.learned import LearnedModel, load_model
from pipeline.matching.passage import Passage, place
from pipeline.matching.tokens import Tokenizer, bounds
from pipeline.model import Assertion, Evidence, Kind
from pipeline.rubric import Requirement, Rubric
from pipeline.text import Sentence

__all__ = ["WEAKEST", "Matcher", "place"]

WEAKEST = 0.08  # below this a passage is not even a near miss
_HOPELESS = -2.0  # log-odds from which no cue is missing that could lift them
_NO_WORDS = re.compile(r"[^一-鿿]|[年月日号〇零一二三四五六七八九十]")
HEADING_CUE = 0.4  # a cue that leans on the heading counts for less
_LEADS = 256  # headings remembered


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A requirement that a sentence may speak of, and where in the sentence."""

    need: Requirement
    start: int
    end: int
    confidence: float
    cue: str
    why: str


class Matcher:
    """Finds evidence for one rubric; build once, use for every paper."""

    def __init__(
        self,
        rubric: Rubric,
        references: Sequence[str] = (),
        model: LearnedModel | None = None,
        *,
        use_model: bool = True,
    ) -> None:
        self.rubric = rubric
        self.echo = Echo(references)
        self.model = (model or load_model(rubric.id)) if use_model else None
        self.book = CueBook(rubric)
        self.reader = AssertionReader(rubric.program)
        self._leads: dict[str, Scan] = {}

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Jieba with the rubric's words."""
        return Tokenizer(self.book.words)

    def match(self, sentences: Sequence[Sentence], kind: Kind) -> tuple[Evidence, ...]:
        """Return all evidence in a paper's sentences, weak pieces included, in reading order."""
        needs = self.rubric.needs(kind)
        return tuple([piece for sentence in sentences for piece in self._pieces(sentence, needs, kind)])

    def _pieces(self, sentence: Sentence, needs: Sequence[Requirement], kind: Kind) -> Iterator[Evidence]:
        """Yield the evidence of one sentence."""
        words = self.tokenizer.cut(sentence.text) if self.model else ()
        passage = Passage(sentence, kind, words, self.model)
        statement = self.reader.hear(sentence.text, kind)
        for proposal in self._proposals(passage, needs):
            yield self._evidence(passage, statement, proposal)

    def _proposals(self, passage: Passage, needs: Sequence[Requirement]) -> Iterator[_Proposal]:
        hits = self._hits(passage.sentence, passage.words)
        scores = passage.topics
        if not hits and not scores:
            return
        for need in needs:
            hit, strength = hits.get(need.id, (None, 0.0))
            log_odds = scores.get(need.id)
            if hit is None and (log_odds is None or log_odds < _HOPELESS):
                continue
            countered = self.book.counters(need.id, passage.sentence.text)
            sure = confidence(log_odds, strength, is_countered=bool(countered))
            if sure >= WEAKEST:
                yield self._proposal(passage, need, hit, sure, countered)

    def _hits(self, sentence: Sentence, words: Sequence[str]) -> dict[str, tuple[CueHit, float]]:
        """Return the best cue of each requirement: wholly in the sentence, else with its heading."""
        scan = self.book.scan(sentence.text)
        found = {need: (hit, 1.0) for need, hit in self._own_hits(sentence, words, scan).items()}
        if sentence.heading and not sentence.is_heading:
            above = self._scanned_lead(sentence)
            for cue in self.book.complete(scan, above) if above.bits else ():
                hit = None if cue.requirement in found else self.book.hit_below(cue, scan, above)
                if hit and hit.end <= 0 and not _says_something(sentence):
                    continue  # a date or a bare figure under a fitting heading
                if hit:
                    inside = CueHit(cue, 0, max(hit.end, 0), hit.words)
                    found[cue.requirement] = (inside, HEADING_CUE)
        return found

    def _own_hits(self, sentence: Sentence, words: Sequence[str], scan: Scan) -> dict[str, CueHit]:
        """Return one cue for each requirement: that with the most parts, the first of equals."""
        found: dict[str, CueHit] = {}
        edges = bounds(words) if words else None
        for cue in sorted(self.book.complete(scan), key=_most_parts_first):
            hit = None if cue.requirement in found else self.book.hit(cue, scan)
            if hit and cue.is_short_word:
                edges = edges or bounds(self.tokenizer.cut(sentence.text))
                if hit.start not in edges or hit.end not in edges:
                    continue  # 党组 inside 党组织
            if hit:
                found[cue.requirement] = hit
        return found

    def _scanned_lead(self, sentence: Sentence) -> Scan:
        """Return the scan of what stands above a sentence; the same heading is not scanned again."""
        lead = f"{sentence.context}：{sentence.heading}" if sentence.context else sentence.heading
        if lead not in self._leads:
            if len(self._leads) >= _LEADS:
                self._leads.clear()
            self._leads[lead] = self.book.scan(lead)
        return self._leads[lead]

    def _proposal(
        self,
        passage: Passage,
        need: Requirement,
        hit: CueHit | None,
        sure: float,
        countered: tuple[str, ...],
    ) -> _Proposal:
        doubt = f"；另有反向线索“{countered[0]}”" if countered else ""
        words = "”“".join(hit.words) if hit else ""
        if hit is not None and hit.end > hit.start:
            return _Proposal(need, hit.start, hit.end, sure, hit.cue.text, f"有线索“{words}”{doubt}")
        start, end = passage.place(need.id)
        if hit is not None:
            return _Proposal(need, start, end, sure, hit.cue.text, f"所在标题有线索“{words}”{doubt}")
        cue = "学习模型：" + passage.telling_words(need.id)
        return _Proposal(need, start, end, sure, cue, f"措辞像在说“{need.name}”{doubt}")

    def _evidence(self, passage: Passage, statement: Statement, proposal: _Proposal) -> Evidence:
        reading = statement.read(proposal.start, proposal.end)
        chances = passage.chances(proposal.start, proposal.end, reading.assertion)
        voices, rungs = chances or (None, None)
        assertion, voice_share = voice(reading, voices)
        if assertion is Assertion.LACKING and proposal.need.is_about_lacks:
            assertion = Assertion.DONE  # to name what is lacking is what this requirement asks for
        if assertion is not reading.assertion:
            reading = Reading(assertion, "", "上下文的措辞如此")
        level, level_share = passage.level(assertion, rungs, self.echo)
        quote, locator, filled = passage.quote(proposal.start, proposal.end)
        return Evidence(
            requirement=proposal.need.id,
            quote=quote,
            locator=locator,
            assertion=assertion,
            level=level,
            confidence=round(proposal.confidence * voice_share * level_share, 4),
            cue=proposal.cue,
            why=f"{proposal.why}；{reading.why}",
            slots=filled,
            heading_path=passage.sentence.heading_path,
        )


def _says_something(sentence: Sentence) -> bool:
    """Whether there are words in a sentence besides figures and a date."""
    return sentence.is_row or len(_NO_WORDS.sub("", sentence.text)) >= 4


def _most_parts_first(cue: Cue) -> int:
    return -len(cue.parts)
