"""Evidence in, one finding per requirement out: set arithmetic, no text is read here.

The coding rules are those two readers agreed on (docs/how-a-verdict-is-made.md):
a real act decides; without one, an explicit lack outweighs a slogan; a slogan alone is hollow; a demand from
above or another body's deed covers nothing; nothing found is 未见 only if every page could be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.document import Document, Quality
from pipeline.model import Assertion, Evidence, Finding, Level, NearMiss, State
from pipeline.rubric import Requirement

__all__ = ["Thresholds", "judge"]

_NEAR_MISSES = 3
_CONCRETE = 0.1  # confidence that one level of concreteness is worth when the deciding piece is chosen
_KEPT = 6


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure a piece of evidence must be; chosen on the tuning writers (benchmarks/accuracy.py)."""

    accept: float = 0.4
    doubt: float = 0.32


def judge(
    needs: Iterable[Requirement],
    evidence: Sequence[Evidence],
    document: Document,
    thresholds: Thresholds = Thresholds(),
) -> tuple[Finding, ...]:
    """Return the draft verdict on each requirement, in the rubric's order."""
    by_need: dict[str, list[Evidence]] = {}
    for piece in evidence:
        by_need.setdefault(piece.requirement, []).append(piece)
    return tuple(_finding(need, by_need.get(need.id, []), document, thresholds) for need in needs)


def _finding(
    need: Requirement, pieces: Sequence[Evidence], document: Document, thresholds: Thresholds
) -> Finding:
    sure = [piece for piece in pieces if piece.confidence >= thresholds.accept]
    unsure = [piece for piece in pieces if piece.confidence < thresholds.accept]
    acts = [piece for piece in sure if _is_act(piece)]
    lacks = [piece for piece in sure if piece.assertion is Assertion.LACKING]
    slogans = [piece for piece in sure if piece.assertion.is_own and piece.level is Level.SLOGAN]
    ordered = sorted(acts, key=_by_weight) + sorted(lacks, key=_by_weight) + sorted(slogans, key=_by_weight)
    foreign = [piece for piece in sure if not piece.assertion.is_own]
    misses = _near_misses([*foreign, *unsure])
    kept = tuple(ordered[:_KEPT])
    if acts:
        return _found(need, State.COVERED, kept, misses, _covered_why(kept[0], lacks))
    if lacks:
        return _found(need, State.LACKING, kept, misses, "文中自己说没有或没做到")
    doubtful = [piece for piece in unsure if piece.confidence >= thresholds.doubt]
    own = [piece for piece in doubtful if _is_act(piece) or piece.assertion is Assertion.LACKING]
    if own and not slogans:
        best = min(own, key=_by_weight)
        why = f"有相近的话，但把握只有{best.confidence:.0%}，请人看一眼"
        return _found(need, State.UNCLEAR, (best,), misses, why)
    if slogans:
        return _found(need, State.HOLLOW, kept, misses, "只有提法，没有举措、时间、数量或责任人")
    return _nothing(need, misses, document)


def _is_act(piece: Evidence) -> bool:
    return piece.assertion in (Assertion.DONE, Assertion.PLANNED) and piece.level >= Level.ACT


def _by_weight(piece: Evidence) -> tuple[float, ...]:
    """Order the surer piece first, a more concrete one before its equal; the place breaks ties."""
    place = piece.locator
    return (
        -(piece.confidence + _CONCRETE * piece.level),
        place.block,
        place.row or 0,
        place.column or 0,
        place.start,
    )


def _found(
    need: Requirement, state: State, kept: tuple[Evidence, ...], misses: tuple[NearMiss, ...], why: str
) -> Finding:
    first = kept[0]
    level = first.level if state in (State.COVERED, State.HOLLOW) else Level.NOTHING
    return Finding(
        requirement=need.id,
        state=state,
        level=level,
        why=why,
        assertion=first.assertion,
        confidence=first.confidence,
        evidence=kept,
        near_misses=misses,
    )


def _covered_why(best: Evidence, lacks: Sequence[Evidence]) -> str:
    named = "、".join(dict.fromkeys(slot.text for slot in best.slots))
    facts = f"有可查的内容：{named}" if named else "有举措或事实"
    return f"{facts}；同时自述有不足（见所附引文）" if lacks else facts


def _near_misses(pieces: Iterable[Evidence]) -> tuple[NearMiss, ...]:
    best: dict[str, Evidence] = {}
    for piece in sorted(pieces, key=lambda piece: (-piece.confidence, *_by_weight(piece))):
        best.setdefault(piece.quote, piece)
    return tuple(
        NearMiss(piece.quote, piece.locator, _why_not(piece)) for piece in list(best.values())[:_NEAR_MISSES]
    )


def _why_not(piece: Evidence) -> str:
    if piece.assertion is Assertion.INSTRUCTED:
        return "是上级的要求或引文，不是本单位所做"
    if piece.assertion is Assertion.OTHER_BODY:
        return "是别的单位或商会自己的事，不算工商联的"
    return f"意思相近，把握不足（{piece.confidence:.0%}）"


def _nothing(need: Requirement, misses: tuple[NearMiss, ...], document: Document) -> Finding:
    """Say 未见 only when every page could be read and nothing was lost on the way; else 待核."""
    count = sum(1 for item in document.content if item.locator.part.is_content)
    is_lossy = any(notice.is_loss for notice in document.notices)
    if document.quality < Quality.FAIR or is_lossy or not count:
        pages = [str(grade.page) for grade in document.grades if grade.quality < Quality.FAIR and grade.page]
        where = f"第{'、'.join(pages)}页读不清" if pages else "有内容没有读出"
        why = f"已读到的文字里没有，但{where}，不能断定没写"
        return Finding(need.id, State.UNCLEAR, Level.NOTHING, why, confidence=0.0, near_misses=misses)
    why = f"查遍全文{count}段（表）没有找到" + ("，最接近的话见下" if misses else "")
    return Finding(need.id, State.ABSENT, Level.NOTHING, why, near_misses=misses)
