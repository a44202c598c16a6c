"""Characters keep their number and their meaning on the way out of the PDF."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pdf.characters import joint, normalise, opens_with_number


@given(st.text())
def test_replacing_never_moves_an_offset(text: str) -> None:
    assert len(normalise(text)) == len(text)


@pytest.mark.parametrize("first", [0x2F00, 0x2FD5, 0xF900, 0xF9FF, 0x2F800])
def test_compatibility_forms_become_ordinary_han(first: int) -> None:
    assert normalise(chr(first)) == unicodedata.normalize("NFKC", chr(first))


@given(st.text(alphabet="（）《》“”，。；：１２ＡＢ％～—…·①②Ⅲ℃㎡"))
def test_full_width_forms_and_symbols_stay_as_printed(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("县级", "工商联", ""),
        ("member", "service", " "),
        ("2015", "年", ""),
        ("五好", "ABC", ""),
        ("well-", "known", ""),
        ("", "起", ""),
    ],
)
def test_lines_meet_as_their_script_wants(before: str, after: str, between: str) -> None:
    assert joint(before, after) == between


@pytest.mark.parametrize(
    "text", ["一、做法", "（十二）机制", "(3)走访", "1.目标", "2、措施", "第三条 会员", "①学习", "●走访"]
)
def test_numbers_and_bullets_open_an_item(text: str) -> None:
    assert opens_with_number(text)


@pytest.mark.parametrize("text", ["一是加强", "1.5万元", "2015年", "三十五家", "第三季度", "（含3家）"])
def test_figures_and_words_do_not(text: str) -> None:
    assert not opens_with_number(text)
