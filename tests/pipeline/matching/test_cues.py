"""Cues: words or parts near each other, in any order, minus what must not be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.matching.cues import REACH, CueBook, parse_cue
from pipeline.matching.tokens import Tokenizer, bounds
from pipeline.rubric import built_in

PLAIN = Tokenizer(set())
CLASSES = {"副主席": ("副主席", "副会长")}


def found(cue: str, text: str) -> bool:
    rubric = built_in()
    need = rubric.by_id["C1.4"].model_copy(update={"cues": (cue,), "counter": ()})
    small = rubric.model_copy(update={"requirements": (need,), "classes": CLASSES})
    return bool(CueBook(small).find(text))


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("轮值", "建立轮值制度", True),
        ("@副主席 + 坐班|值班", "七位副会长按月坐班", True),
        ("@副主席 + 坐班|值班", "值班的是副主席", True),
        ("@副主席 + 坐班|值班", "副主席按月走访", False),
        ("@副主席 + 坐班 + !律师", "副主席和律师一起坐班", False),
        ("会员 + 会员", "会员发展会员", True),
        ("会员 + 会员", "发展会员", False),
        ("轮值 + 值班", "轮值班", False),
    ],
)
def test_parts_in_any_order(cue: str, text: str, expected: bool) -> None:
    assert expected == found(cue, text)


@given(st.integers(min_value=0, max_value=2 * REACH))
def test_parts_must_be_within_reach(gap: int) -> None:
    text = "副主席" + "，" * gap + "坐班"

    assert (gap + 5 <= REACH) == found("@副主席 + 坐班", text)


def test_a_cue_is_read_as_a_clerk_writes_it() -> None:
    cue = parse_cue("C1.4", "@副主席 + 坐班|值班 + !律师", CLASSES)

    assert (("副主席", "副会长"), ("坐班", "值班")) == cue.parts
    assert {"律师"} == cue.forbidden


def test_words_of_the_rubric_stay_whole() -> None:
    tokenizer = Tokenizer({"主席会"})

    assert "主席会" in tokenizer.cut("每季度召开主席会一次")


def test_a_short_word_inside_another_is_not_on_bounds() -> None:
    words = PLAIN.cut("党组织建设")

    assert 2 not in bounds(words)


@given(st.text(max_size=60))
def test_cutting_loses_nothing(text: str) -> None:
    assert text == "".join(PLAIN.cut(text))
