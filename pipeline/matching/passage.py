"""One sentence as the matcher sees it: what its proposals share is worked out once, when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from extractors.document import Locator
from pipeline.matching.echo import Echo
from pipeline.matching.features import (
    WORD,
    Parts,
    around_parts,
    clause_features,
    clause_span,
    sentence_parts,
    window_parts,
    word_features,
)
from pipeline.matching.learned import RUNGS, LearnedModel, Linear, Sums, shared_sums, sigmoid
from pipeline.matching.lexicon import HOLLOW_TERMS
from pipeline.matching.slots import backing, slots
from pipeline.model import Assertion, Kind, Level, Slot
from pipeline.text import Sentence, clauses

__all__ = ["Chances", "Passage", "place"]

ECHO = 0.85  # share of a sentence that stands in the notice: it only repeats it
ECHO_WITHOUT_FACTS = 0.5  # the same for a sentence that adds nothing to check

#: The model's chances of each assertion and of each rung of the level ladder.
Chances = tuple[dict[Assertion, float], list[float]]
_Span = tuple[int, int]
_ClauseSums = list[tuple[_Span, Sums]]


class Passage:
    """One sentence with its words; without a model, ``words`` may be empty."""

    def __init__(
        self, sentence: Sentence, kind: Kind, words: Sequence[str], model: LearnedModel | None
    ) -> None:
        self.sentence = sentence
        self.kind = kind
        self.words = words
        self.model = model
        self._chances: dict[tuple[_Span, Assertion], Chances] = {}

    @cached_property
    def topics(self) -> dict[str, float]:
        """The learned model's log-odds by requirement; empty without a model."""
        if self.model is None:
            return {}
        topic = self.model.topic
        scores = topic.scores(_sums(topic, sentence_parts(self.sentence, self.kind, self.words)))
        return dict(zip(topic.labels, scores, strict=True))

    def telling_words(self, requirement: str) -> str:
        """Return the words that made the learned model think of a requirement."""
        assert self.model is not None
        strongest = self.model.topic.strongest(word_features(self.words), requirement, 4)
        return "、".join(feature.removeprefix(WORD) for feature in strongest)

    def place(self, requirement: str) -> _Span:
        """Return the clause that speaks most for a requirement (the whole where nothing tells)."""
        if self.model is None:
            return _whole(self.sentence.text)
        return _loudest(self._clause_sums, self.model.topic, requirement)

    @cached_property
    def _clause_sums(self) -> _ClauseSums:
        assert self.model is not None
        return _sums_by_clause(self.sentence.text, self.model.topic)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Who, when, how much and how, as far as the sentence tells."""
        return slots(self.sentence.text)

    @cached_property
    def _around(self) -> Sums:
        assert self.model is not None
        return _sums(self.model.stance, around_parts(self.sentence, self.kind, self.slots))

    def chances(self, start: int, end: int, reading: Assertion) -> Chances | None:
        """Return what the model makes of ``start:end``, where the rules read ``reading``."""
        if self.model is None:
            return None
        span = clause_span(self.sentence.text, start, end)
        if (span, reading) not in self._chances:
            self._chances[span, reading] = self._stance(self.model.stance, span, reading)
        return self._chances[span, reading]

    def _stance(self, stance: Linear, span: _Span, reading: Assertion) -> Chances:
        clause, rule = window_parts(self.sentence.text[span[0] : span[1]], reading)
        sums = self._around + shared_sums(stance, clause) + shared_sums(stance, rule)
        chances = dict(zip(stance.labels, map(sigmoid, stance.scores(sums)), strict=True))
        total = sum(chances[assertion] for assertion in Assertion)
        voices = {assertion: chances[assertion] / total for assertion in Assertion}
        return voices, [chances[rung] for rung in RUNGS]

    def level(self, assertion: Assertion, rungs: list[float] | None, echo: Echo) -> tuple[Level, float]:
        """Return how concrete the sentence is, and how sure it is that it is an act or only a slogan."""
        if assertion not in (Assertion.DONE, Assertion.PLANNED):
            return Level.NOTHING, 1.0
        if self._is_echo(echo):
            return Level.SLOGAN, 1.0
        if rungs is None:
            return self._plain_level, 1.0
        if rungs[0] < 0.5 or (self.sentence.is_heading and not self.slots):
            return Level.SLOGAN, max(1 - rungs[0], 0.5)
        passed = next((rung for rung, chance in enumerate(rungs) if chance < 0.5), len(rungs))
        return Level(1 + passed), rungs[0]

    def _is_echo(self, echo: Echo) -> bool:
        share = echo.share(self.sentence.text)
        return share >= ECHO or (share >= ECHO_WITHOUT_FACTS and len({slot.name for slot in self.slots}) < 2)

    @cached_property
    def _plain_level(self) -> Level:
        """The level by slots alone (requirement-ids: levels are cumulative)."""
        kinds = {slot.name for slot in self.slots}
        if not kinds and any(term in self.sentence.text for term in HOLLOW_TERMS):
            return Level.SLOGAN
        if len(kinds) < 2:
            return Level.ACT
        return Level.BACKED if backing(self.sentence.text) else Level.SPECIFIC

    def quote(self, start: int, end: int) -> tuple[str, Locator, tuple[Slot, ...]]:
        """Return the words around ``start:end`` that stand in one place, the place and the slots in them."""
        if len(self.sentence.anchors) == 1:
            return self._only_quote
        return self._quoted(start, end)

    @cached_property
    def _only_quote(self) -> tuple[str, Locator, tuple[Slot, ...]]:
        """A sentence that stands in one place is quoted whole, wherever a proposal points."""
        return self._quoted(0, len(self.sentence.text))

    def _quoted(self, start: int, end: int) -> tuple[str, Locator, tuple[Slot, ...]]:
        quote, locator = self.sentence.quote(start, end)
        offset = self.sentence.text.find(quote)
        inside = tuple(
            Slot(slot.name, slot.text, slot.start - offset, slot.end - offset)
            for slot in self.slots
            if offset <= slot.start and slot.end <= offset + len(quote)
        )
        return quote, locator, inside


def _sums(linear: Linear, parts: Parts) -> Sums:
    own, shared = parts
    return sum(map(linear.sums, own)) + sum(shared_sums(linear, part) for part in shared)


def place(sentence: Sentence, requirement: str, topic: Linear | None) -> _Span:
    """Return the clause of a sentence that speaks most for a requirement (the whole where nothing tells)."""
    if topic is None:
        return _whole(sentence.text)
    return _loudest(_sums_by_clause(sentence.text, topic), topic, requirement)


def _whole(text: str) -> _Span:
    """Return a text from its first clause to its last."""
    spans = list(clauses(text)) or [(0, len(text))]
    return spans[0][0], spans[-1][1]


def _sums_by_clause(text: str, topic: Linear) -> _ClauseSums:
    spans = list(clauses(text))
    if len(spans) < 2:
        return [(_whole(text), 0)]
    return [((start, end), topic.sums(clause_features(text[start:end]))) for start, end in spans]


def _loudest(clause_sums: _ClauseSums, topic: Linear, requirement: str) -> _Span:
    """Return the clause that speaks most for a requirement, the first of equals."""
    label = topic.labels.index(requirement)
    return max(clause_sums, key=lambda clause: (topic.speaks(clause[1], label), -clause[0][0]))[0]
