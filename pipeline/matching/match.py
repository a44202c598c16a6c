"""Sentences and a rubric in, evidence out.  Matching proposes; deciding is ``pipeline.judging``'s.

Each sentence is scanned once for all cues and scored once by the learned model; the answer for one
requirement does not depend on which others are asked for, nor on the order of anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.matching.assertion import AssertionReader, Reading
from pipeline.matching.cues import CueBook, CueHit
from pipeline.matching.echo import Echo
from pipeline.matching.features import (
    WORD,
    around_features,
    clause_features,
    sentence_features,
    window_features,
)
from pipeline.matching.fold import fold
from pipeline.matching.join import confidence, voice
from pipeline.matching.learned import RUNGS, LearnedModel, Linear, Sums, load_model, sigmoid
from pipeline.matching.lexicon import HOLLOW_TERMS
from pipeline.matching.slots import backing, slots
from pipeline.matching.tokens import Tokenizer, bounds
from pipeline.model import Assertion, Evidence, Kind, Level, Slot
from pipeline.rubric import Requirement, Rubric
from pipeline.text import Sentence, clauses

__all__ = ["WEAKEST", "Matcher", "place"]

WEAKEST = 0.15  # below this a passage is not even a near miss
ECHO = 0.85  # share of a sentence that stands in the notice: it only repeats it
ECHO_WITHOUT_FACTS = 0.5  # the same for a sentence that adds nothing to check
_HOPELESS = -2.0  # log-odds from which no cue is missing that could lift them
HEADING_CUE = 0.4  # a cue that leans on the heading counts for less


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

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Jieba with the rubric's words."""
        return Tokenizer(self.book.words)

    def match(self, sentences: Sequence[Sentence], kind: Kind) -> tuple[Evidence, ...]:
        """Return all evidence in a paper's sentences, weak pieces included, in reading order."""
        needs = self.rubric.needs(kind)
        return tuple(
            piece
            for sentence in sentences
            for piece in self._pieces(sentence, tuple(self._proposals(sentence, needs, kind)), kind)
        )

    def _proposals(self, sentence: Sentence, needs: Sequence[Requirement], kind: Kind) -> Iterator[_Proposal]:
        words = self.tokenizer.cut(sentence.text) if self.model else ()
        hits = self._hits(sentence, words)
        features = sentence_features(sentence, kind, words) if self.model else frozenset[str]()
        scores = self._topics(features)
        for need in needs:
            hit, strength = hits.get(need.id, (None, 0.0))
            log_odds = scores.get(need.id)
            if hit is None and (log_odds is None or log_odds < _HOPELESS):
                continue
            countered = self.book.counters(need.id, sentence.text)
            sure = confidence(log_odds, strength, is_countered=bool(countered))
            if sure >= WEAKEST:
                yield self._proposal(sentence, need, hit, sure, countered, words)

    def _topics(self, features: frozenset[str]) -> dict[str, float]:
        """Return the learned model's log-odds by requirement; empty without a model."""
        if self.model is None:
            return {}
        topic = self.model.topic
        return dict(zip(topic.labels, topic.scores(topic.sums(features)), strict=True))

    def _hits(self, sentence: Sentence, words: Sequence[str]) -> dict[str, tuple[CueHit | None, float]]:
        """Return the best cue of each requirement: wholly in the sentence, else with its heading."""
        found: dict[str, tuple[CueHit | None, float]] = {}
        edges = bounds(words) if words else None
        for hit in self.book.find(sentence.text):
            if hit.cue.is_short_word:
                edges = edges or bounds(self.tokenizer.cut(sentence.text))
                if hit.start not in edges or hit.end not in edges:
                    continue  # 党组 inside 党组织
            known = found.get(hit.cue.requirement, (None, 0.0))[0]
            if known is None or len(hit.words) > len(known.words):
                found[hit.cue.requirement] = (hit, 1.0)
        if sentence.heading and not sentence.is_heading:
            lead = f"{sentence.context}：{sentence.heading}" if sentence.context else sentence.heading
            for hit in self.book.find_below(lead, sentence.text):
                if hit.cue.requirement not in found:
                    inside = CueHit(hit.cue, max(hit.start, 0), max(hit.end, 0), hit.words)
                    found[hit.cue.requirement] = (inside, HEADING_CUE)
        return found

    def _proposal(
        self,
        sentence: Sentence,
        need: Requirement,
        hit: CueHit | None,
        sure: float,
        countered: tuple[str, ...],
        words: Sequence[str],
    ) -> _Proposal:
        doubt = f"；另有反向线索“{countered[0]}”" if countered else ""
        if hit is not None and hit.end > hit.start:
            words = "”“".join(hit.words)
            return _Proposal(need, hit.start, hit.end, sure, hit.cue.text, f"有线索“{words}”{doubt}")
        start, end = place(sentence, need.id, self.model.topic if self.model else None)
        if hit is not None:
            return _Proposal(
                need, start, end, sure, hit.cue.text, f"所在标题有线索“{'”“'.join(hit.words)}”{doubt}"
            )
        assert self.model is not None
        named = {WORD + fold(word) for word in words if len(word) > 1}
        strongest = self.model.topic.strongest(named, need.id, 4)
        cue = "学习模型：" + "、".join(feature.removeprefix(WORD) for feature in strongest)
        return _Proposal(need, start, end, sure, cue, f"措辞像在说“{need.name}”{doubt}")

    def _pieces(self, sentence: Sentence, proposals: Sequence[_Proposal], kind: Kind) -> Iterator[Evidence]:
        """Yield the evidence of one sentence; what its proposals share is worked out once."""
        if not proposals:
            return
        filled = slots(sentence.text)
        around = around_features(sentence, kind, filled) if self.model else frozenset[str]()
        shared = self.model.stance.sums(around) if self.model else None
        for proposal in proposals:
            yield self._evidence(sentence, proposal, kind, filled, shared)

    def _evidence(
        self,
        sentence: Sentence,
        proposal: _Proposal,
        kind: Kind,
        filled: tuple[Slot, ...],
        shared: Sums | None,
    ) -> Evidence:
        reading = self.reader.read(sentence.text, proposal.start, proposal.end, kind)
        voices, rungs = self._learned(sentence, proposal, reading, shared)
        assertion, voice_share = voice(reading, voices)
        if assertion is not reading.assertion:
            reading = Reading(assertion, "", "上下文的措辞如此")
        level, level_share = self._level(sentence, filled, rungs, assertion)
        quote, locator = sentence.quote(proposal.start, proposal.end)
        offset = sentence.text.find(quote)
        return Evidence(
            requirement=proposal.need.id,
            quote=quote,
            locator=locator,
            assertion=assertion,
            level=level,
            confidence=round(proposal.confidence * voice_share * level_share, 4),
            cue=proposal.cue,
            why=f"{proposal.why}；{reading.why}",
            slots=tuple(
                Slot(slot.name, slot.text, slot.start - offset, slot.end - offset)
                for slot in filled
                if offset <= slot.start and slot.end <= offset + len(quote)
            ),
            heading_path=sentence.heading_path,
        )

    def _learned(
        self, sentence: Sentence, proposal: _Proposal, reading: Reading, shared: Sums | None
    ) -> tuple[dict[Assertion, float] | None, list[float] | None]:
        """Return the model's chances of each assertion and of each rung of the level ladder."""
        if self.model is None or shared is None:
            return None, None
        window = window_features(sentence, proposal.start, proposal.end, reading.assertion)
        stance = self.model.stance
        chances = dict(
            zip(stance.labels, map(sigmoid, stance.scores(shared, stance.sums(window))), strict=True)
        )
        total = sum(chances[assertion] for assertion in Assertion)
        voices = {assertion: chances[assertion] / total for assertion in Assertion}
        return voices, [chances[rung] for rung in RUNGS]

    def _level(
        self, sentence: Sentence, filled: tuple[Slot, ...], rungs: list[float] | None, assertion: Assertion
    ) -> tuple[Level, float]:
        """Return how concrete a sentence is, and how sure it is that it is an act or only a slogan."""
        if assertion not in (Assertion.DONE, Assertion.PLANNED):
            return Level.NOTHING, 1.0
        if self._is_echo(sentence.text, filled):
            return Level.SLOGAN, 1.0
        if rungs is None:
            return _plain_level(sentence.text, filled), 1.0
        if rungs[0] < 0.5 or (sentence.is_heading and not filled):
            return Level.SLOGAN, max(1 - rungs[0], 0.5)
        passed = next((rung for rung, chance in enumerate(rungs) if chance < 0.5), len(rungs))
        return Level(1 + passed), rungs[0]

    def _is_echo(self, text: str, filled: tuple[Slot, ...]) -> bool:
        share = self.echo.share(text)
        return share >= ECHO or (share >= ECHO_WITHOUT_FACTS and len({slot.name for slot in filled}) < 2)


def _plain_level(text: str, filled: tuple[Slot, ...]) -> Level:
    """Return the level by slots alone (requirement-ids: levels are cumulative)."""
    kinds = {slot.name for slot in filled}
    if not kinds and any(term in text for term in HOLLOW_TERMS):
        return Level.SLOGAN
    if len(kinds) < 2:
        return Level.ACT
    return Level.BACKED if backing(text) else Level.SPECIFIC


def place(sentence: Sentence, requirement: str, topic: Linear | None) -> tuple[int, int]:
    """Return the clause of a sentence that speaks most for a requirement (the whole where nothing tells)."""
    spans = list(clauses(sentence.text)) or [(0, len(sentence.text))]
    if topic is None or len(spans) == 1:
        return spans[0][0], spans[-1][1]
    label = topic.labels.index(requirement)

    def speaks(span: tuple[int, int]) -> float:
        return topic.speaks(clause_features(sentence.text[span[0] : span[1]]), label)

    return max(spans, key=lambda span: (speaks(span), -span[0]))
