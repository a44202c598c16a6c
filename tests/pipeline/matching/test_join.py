"""How cues and model are joined, and what an echo of the notice is."""

from __future__ import annotations

import pytest

from pipeline.matching.assertion import Reading
from pipeline.matching.echo import Echo
from pipeline.matching.fold import fold
from pipeline.matching.join import CUE_ALONE, confidence, voice
from pipeline.model import Assertion

NOTICE = "建立完善执常委数据库，并实行动态管理。加强领导班子培训，增强为会员服务的能力。"


class TestConfidence:
    def test_without_a_model_the_cue_answers_alone(self) -> None:
        assert CUE_ALONE == confidence(None, 1.0, is_countered=False)

    def test_a_counter_cue_halves_a_cue(self) -> None:
        assert CUE_ALONE / 2 == confidence(None, 1.0, is_countered=True)

    @pytest.mark.parametrize("log_odds", [-3.0, 0.0, 3.0])
    def test_a_cue_lifts_the_model_and_its_lack_lowers_it(self, log_odds: float) -> None:
        lifted, plain = (confidence(log_odds, cue, is_countered=False) for cue in (1.0, 0.0))

        assert lifted > plain


class TestVoice:
    def test_rules_answer_alone_without_a_model(self) -> None:
        assert (Assertion.LACKING, 1.0) == voice(Reading(Assertion.LACKING, "尚未", ""), None)

    def test_done_and_planned_together_outweigh_a_single_rival(self) -> None:
        learned = {Assertion.DONE: 0.35, Assertion.PLANNED: 0.25, Assertion.LACKING: 0.4}

        said, _ = voice(Reading(Assertion.DONE, "", ""), learned)

        assert Assertion.DONE is said


class TestEcho:
    def test_the_notice_said_again_is_an_echo(self) -> None:
        assert Echo([NOTICE]).share("建立完善执常委数据库，并实行动态管理") == 1

    def test_names_swapped_in_leave_most_of_the_echo(self) -> None:
        assert Echo([NOTICE]).share("我区要加强领导班子培训，增强为会员服务的能力") > 0.5

    def test_own_words_are_none(self) -> None:
        assert Echo([NOTICE]).share("9月20日补建数据库，录入86人，由办公室李明每季核对") == 0

    def test_without_references_nothing_is(self) -> None:
        assert Echo([]).share("建立完善执常委数据库") == 0


@pytest.mark.parametrize(
    ("one", "other"), [("12家", "十二家"), ("１２家", "12家"), ("（一）", "(一)"), ("3.5 %", "4%")]
)
def test_folding_makes_alike_what_differs_only_in_form(one: str, other: str) -> None:
    assert fold(one) == fold(other)
