"""Who says what about it: done, planned, lacking, demanded from above, or another body's deed.

After ConText (clinical NLP): a cue word opens a scope, a terminator closes it.  Here the scope of a lack is
its own clause (and a short one before it that it takes its subject from); of tense, the sentence; of a
demand or of another body as actor, what follows up to the unit's own voice (``我会…``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.matching.lexicon import DEMAND, DONE, LACKING, NOT_LACKING, OTHER_BODIES, PLANNED
from pipeline.model import Assertion, Kind
from pipeline.rubric import Program
from pipeline.text import clauses

__all__ = ["AssertionReader", "Reading"]


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
_CONTRAST = re.compile(r"^(?:但|可|然而|不过|却|只是|遗憾|唯|尚|还|仍)")
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
        lack = self._lack(text, start, end)
        if lack:
            return Reading(Assertion.LACKING, lack, f"同一分句有“{lack}”，是自述没有或没做到")
        demand = self._demanded(text, start)
        if demand:
            return Reading(Assertion.INSTRUCTED, demand, f"前面是“{demand}”，说的是上级要求")
        other = _OTHER.match(text)
        if other and not _OWN.search(text):
            return Reading(Assertion.OTHER_BODY, other["body"], f"主语是“{other['body']}”，不是本工商联所为")
        return self._tense(text, start, end, kind)

    def _lack(self, text: str, start: int, end: int) -> str:
        masked = _NOT_LACKING.sub(lambda match: "　" * len(match.group()), text)
        spans = list(clauses(masked))
        for number, (left, right) in enumerate(spans):
            touches = left < end and right > start
            follows = number and spans[number - 1][1] >= end > spans[number - 1][0]
            if not touches and not (follows and right - left <= 14):
                continue
            found = _LACKING.search(masked, left, right)
            if found and not _FIXED.search(masked, found.start()):
                return found.group()
        return ""

    def _demanded(self, text: str, start: int) -> str:
        found = self._demand.search(text)
        if not found or found.start() > 12 or found.start() >= start + 6:
            return ""
        voice = _OWN.search(text, found.end())
        return "" if voice and voice.start() <= start else found.group()

    def _tense(self, text: str, start: int, end: int, kind: Kind) -> Reading:
        left = next((a for a, b in clauses(text) if a <= start < b), 0)
        right = next((b for a, b in clauses(text) if a < end <= b), len(text))
        for scope, where in ((text[left:right], "分句"), (text, "句子")):
            planned = _PLANNED.search(scope)
            done = _DONE.search(scope)
            if planned and not done:
                return Reading(
                    Assertion.PLANNED, planned.group(), f"{where}里有“{planned.group()}”，是打算做"
                )
            if done and not planned:
                return Reading(Assertion.DONE, done.group(), f"{where}里有“{done.group()}”，是已有或已做")
        if kind is Kind.WORK_PLAN:
            return Reading(Assertion.PLANNED, "", "方案中的表述，没有已做的字样，按打算做看")
        return Reading(Assertion.DONE, "", "自查报告中的表述，没有未做的字样，按已做看")
