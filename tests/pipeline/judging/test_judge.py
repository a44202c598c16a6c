"""Judging: evidence in, a state out; the coding rules of the two readers."""

from __future__ import annotations

from itertools import permutations

import pytest

from extractors.document import Block, Document, Grade, Locator, Quality
from pipeline.judging.judge import judge
from pipeline.model import Assertion, Evidence, Finding, Level, State
from pipeline.rubric import built_in

NEED = built_in().by_id["C1.4"]
TEXT = "副主席轮值。"


def document(quality: Quality = Quality.GOOD) -> Document:
    block = Block(TEXT, Locator(block=0, number=1, end=len(TEXT)))
    return Document((block,), (Grade(quality, page=2),))


def piece(assertion: Assertion, level: Level, confidence: float = 0.9, start: int = 0) -> Evidence:
    locator = Locator(block=0, number=1, start=start, end=5)
    return Evidence("C1.4", TEXT[start:5], locator, assertion, level, confidence, "轮值", "有线索“轮值”")


def verdict(*pieces: Evidence, quality: Quality = Quality.GOOD) -> Finding:
    (finding,) = judge([NEED], pieces, document(quality))
    return finding


ACT = piece(Assertion.DONE, Level.SPECIFIC)
PLAN = piece(Assertion.PLANNED, Level.ACT, start=1)
SLOGAN = piece(Assertion.PLANNED, Level.SLOGAN, start=2)
LACK = piece(Assertion.LACKING, Level.NOTHING, start=3)
DEMAND = piece(Assertion.INSTRUCTED, Level.NOTHING, start=4)
OTHER = piece(Assertion.OTHER_BODY, Level.NOTHING)


@pytest.mark.parametrize(
    ("expected", "pieces"),
    [
        (State.COVERED, (ACT,)),
        (State.COVERED, (PLAN,)),
        (State.COVERED, (ACT, LACK, SLOGAN)),
        (State.LACKING, (LACK,)),
        (State.LACKING, (LACK, SLOGAN)),
        (State.HOLLOW, (SLOGAN,)),
        (State.HOLLOW, (SLOGAN, DEMAND)),
        (State.ABSENT, (DEMAND,)),
        (State.ABSENT, (OTHER,)),
        (State.ABSENT, ()),
    ],
)
def test_states_follow_the_coding_rules(expected: State, pieces: tuple[Evidence, ...]) -> None:
    assert expected is verdict(*pieces).state


def test_order_of_evidence_changes_nothing() -> None:
    verdicts = {verdict(*order) for order in permutations((ACT, PLAN, LACK, SLOGAN))}

    assert len(verdicts) == 1


def test_an_act_beside_a_lack_keeps_both_quotes() -> None:
    finding = verdict(ACT, LACK)

    assert [ACT, LACK] == list(finding.evidence)
    assert "不足" in finding.why


@pytest.mark.parametrize("quality", [Quality.NONE, Quality.POOR])
def test_what_could_not_be_read_is_never_called_missing(quality: Quality) -> None:
    finding = verdict(quality=quality)

    assert finding.state is State.UNCLEAR
    assert "第2页" in finding.why


def test_an_unsure_piece_is_a_question_for_a_person() -> None:
    assert verdict(piece(Assertion.DONE, Level.ACT, confidence=0.35)).state is State.UNCLEAR


def test_what_does_not_count_is_told_with_the_reason() -> None:
    finding = verdict(DEMAND)

    assert [("是上级的要求或引文，不是本单位所做", DEMAND.quote)] == [
        (m.why, m.quote) for m in finding.near_misses
    ]


def test_level_of_a_lack_is_nothing() -> None:
    assert Level.NOTHING is verdict(LACK).level
