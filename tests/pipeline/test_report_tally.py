from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import State
from pipeline.report.bars import BAR_WIDTH, bar
from pipeline.report.tally import Share, Tally

STATES = st.lists(st.sampled_from(State))
COUNTS = st.integers(0, 10_000)


def test_a_rate_is_printed_with_both_counts() -> None:
    assert str(Share(31, 46)) == "31/46（67%）"


def test_nothing_to_divide_by_is_not_applicable() -> None:
    assert str(Tally().share) == "不适用"
    assert Share(0, 0).fraction is None


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(0, 999), 0),
        (Share(1, 999), 1),
        (Share(998, 999), 99),
        (Share(999, 999), 100),
        (Share(1, 8), 13),
    ],
)
def test_nought_and_a_hundred_are_said_only_when_exactly_true(share: Share, percent: int) -> None:
    assert share.percent == percent


@given(st.integers(1, 10_000), COUNTS)
def test_a_percentage_is_never_more_than_one_point_off(whole: int, part: int) -> None:
    share = Share(min(part, whole), whole)

    assert share.percent is not None
    assert abs(Fraction(share.percent, 100) - Fraction(share.part, share.whole)) <= Fraction(1, 100)


@given(STATES, STATES)
def test_tallies_add_up(left: list[State], right: list[State]) -> None:
    assert Tally.of([*left, *right]) == Tally.of(left) + Tally.of(right)


@given(STATES)
def test_every_state_is_counted_once(states: list[State]) -> None:
    tally = Tally.of(states)

    assert tally.asked + tally.not_applicable == len(states)
    assert tally.judged == tally.covered + tally.gaps


def test_what_could_not_be_read_is_no_part_of_the_rate() -> None:
    tally = Tally(covered=3, absent=1, unclear=6)

    assert str(tally.share) == "3/4（75%）"


def test_a_tally_prints_as_the_status_line_shows_it() -> None:
    tally = Tally(covered=31, hollow=6, lacking=4, absent=9)

    assert str(tally) == "具备31 空泛6 自述缺失4 未见9 待核0"


def test_not_applicable_is_shown_where_there_is_any() -> None:
    assert str(Tally(not_applicable=2)).endswith("不适用2")


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_segments_of_a_bar_touch_and_fill_it(c: int, h: int, lk: int, a: int, u: int) -> None:
    tally = Tally(c, h, lk, a, u)

    segments = bar(tally)

    ends = [segment.x + segment.width for segment in segments]
    assert [segment.x for segment in segments] == [0, *ends][: len(segments)]
    assert ends[-1:] == ([BAR_WIDTH] if tally.asked else [])
