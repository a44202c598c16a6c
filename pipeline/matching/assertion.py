"""Who says what about it: done, planned, lacking, demanded from above, or another body's deed.

After ConText (clinical NLP): a cue word opens a scope, a terminator closes it.  Here the scope of a lack is
its own clause (and a short one before it that it takes its subject from); of tense, the sentence; of a
demand or of another body as actor, what follows up to the unit's own voice (``我会…``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pipeline.matching.lexicon import DEMAND, DONE, LACKING, NOT_LACKING, OTHER_BODIES, PLANNED
from pipeline.model import Assertion, Kind
from pipeline.rubric import Program
from pipeline.text import clauses

__all__ = ["AssertionReader", "Reading", "Statement"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An assertion with the words that decided it."""

    assertion: Assertion
    word: str
    why: str


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_OWN = re.compile(
    r"我(?:会|区|县|们|联|单位|办)|本(?:会|区|县|单位)|区工商联|县工商联|工商联(?:机关|班子|主席|副主席)|全会|机关"
)
_NOT_LACKING = re.compile(_any(NOT_LACKING))
_LACKING = re.compile(_any(LACKING))
_PLANNED = re.compile(_any(PLANNED))
_DONE = re.compile(_any(DONE))
# Another body is the actor where it opens the sentence and nothing before it takes it as an object.
_OTHER = re.compile(rf"^[^，。；走访联会同与和对为向在给帮请组建]{{0,8}}?(?P<body>{_any(OTHER_BODIES)})")
_FIXED = re.compile(
    r"(?:已|现已|目前已|随即|当场|马上|当即)[^，。；]{0,12}(?:补|整改|纠正|建|完成|落实|解决|到位)|补齐|补上|补建|整改到位"
)


class AssertionReader:
    """Reads assertions for one campaign; knows its issuer's names."""

    def __init__(self, program: Program) -> None:
        names = _any(
            (
                *program.issuer_names,
                program.issuer,
                "上级",
                "省工商联",
                "省联",
                "全国工商联",
                "全联",
                "中央",
                "省委",
                "通知",
                "方案",
            )
        )
        self._demand = re.compile(
            rf"(?:按照?|根据|依照|遵照|对照|落实|贯彻)?[“《]?(?P<who>{names})[^，。；]{{0,24}}?(?:{_any(DEMAND)})"
        )

    def read(self, text: str, start: int, end: int, kind: Kind) -> Reading:
        """Return how ``text[start:end]`` is meant in its sentence.

        Without any word that tells, a plan plans and a self-check reports what was done.
        """
        return self.hear(text, kind).read(start, end)

    def hear(self, text: str, kind: Kind) -> Statement:
        """Return a sentence ready to be read at several places."""
        return Statement(text, kind, self._demand)


class Statement:
    """One sentence; what its places share is looked for once, and only when asked for."""

    def __init__(self, text: str, kind: Kind, demand: re.Pattern[str]) -> None:
        self._text = text
        self._kind = kind
        self._demand = demand
        self._readings: dict[tuple[int, int], Reading] = {}
        self._tenses: dict[str, Reading | None] = {}

    def read(self, start: int, end: int) -> Reading:
        """Return how ``text[start:end]`` is meant."""
        known = self._readings.get((start, end))
        if known is None:
            known = self._readings[start, end] = self._read(start, end)
        return known

    def _read(self, start: int, end: int) -> Reading:
        lack = self._lack(start, end) if self._may_lack else ""
        if lack:
            return Reading(Assertion.LACKING, lack, f"同一分句有“{lack}”，是自述没有或没做到")
        demand = self._demanded(start)
        if demand:
            return Reading(Assertion.INSTRUCTED, demand, f"前面是“{demand}”，说的是上级要求")
        return self._other_body or self._tense(start, end)

    @cached_property
    def _clauses(self) -> tuple[tuple[int, int], ...]:
        return tuple(clauses(self._text))

    @cached_property
    def _masked(self) -> str:
        """The sentence without the words that only look like a lack."""
        return _NOT_LACKING.sub(lambda match: "　" * len(match.group()), self._text)

    @cached_property
    def _may_lack(self) -> bool:
        return bool(_LACKING.search(self._masked))

    def _lack(self, start: int, end: int) -> str:
        masked = self._masked
        spans = list(clauses(masked))
        for number, (left, right) in enumerate(spans):
            touches = left < end and right > start
            follows = number and spans[number - 1][1] >= end > spans[number - 1][0]
            if not touches and not (follows and right - left <= 14):
                continue
            reach = spans[number + 1][1] if number + 1 < len(spans) else right
            for found in _LACKING.finditer(masked, left, right):
                if not _FIXED.search(masked, found.start(), reach):
                    return found.group()
        return ""

    @cached_property
    def _first_demand(self) -> re.Match[str] | None:
        return self._demand.search(self._text)

    def _demanded(self, start: int) -> str:
        found = self._first_demand
        if not found or found.start() > 12 or found.start() >= start + 6:
            return ""
        voice = _OWN.search(self._text, found.end())
        return "" if voice and voice.start() <= start else found.group()

    @cached_property
    def _other_body(self) -> Reading | None:
        other = _OTHER.match(self._text)
        if not other or _OWN.search(self._text):
            return None
        return Reading(Assertion.OTHER_BODY, other["body"], f"主语是“{other['body']}”，不是本工商联所为")

    def _tense(self, start: int, end: int) -> Reading:
        left = next((a for a, b in self._clauses if a <= start < b), 0)
        right = next((b for a, b in self._clauses if a < end <= b), len(self._text))
        return (
            self._told(self._text[left:right], "分句")
            or self._told(self._text, "句子")
            or _by_default(self._kind)
        )

    def _told(self, scope: str, where: str) -> Reading | None:
        """Return what the tense words of a scope say, if they all say the same."""
        key = where + scope
        if key not in self._tenses:
            self._tenses[key] = _tense_of(scope, where)
        return self._tenses[key]


def _tense_of(scope: str, where: str) -> Reading | None:
    planned = _PLANNED.search(scope)
    done = _DONE.search(scope)
    if planned and not done:
        return Reading(Assertion.PLANNED, planned.group(), f"{where}里有“{planned.group()}”，是打算做")
    if done and not planned:
        return Reading(Assertion.DONE, done.group(), f"{where}里有“{done.group()}”，是已有或已做")
    return None


def _by_default(kind: Kind) -> Reading:
    if kind is Kind.WORK_PLAN:
        return Reading(Assertion.PLANNED, "", "方案中的表述，没有已做的字样，按打算做看")
    return Reading(Assertion.DONE, "", "自查报告中的表述，没有未做的字样，按已做看")
