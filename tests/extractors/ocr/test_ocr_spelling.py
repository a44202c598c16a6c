"""What engines are careless about is put right, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.ocr.spelling import ems, respelled


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("县 工 商 联", "县工商联"),
        ("姓名　职务", "姓名职务"),
        ("走访会员 35 家", "走访会员35家"),
        ("API Key", "API Key"),
        ("落实 VIP Room 制度", "落实 VIP Room 制度"),
        ("(一）领导班子好", "（一）领导班子好"),
        ("（二)会员发展好", "（二）会员发展好"),
        ("(三)商会建设好", "(三)商会建设好"),
        ("各县区工商联:", "各县区工商联："),
        ("走访35家,解决12个", "走访35家，解决12个"),
        ("贷款3,200万元", "贷款3,200万元"),
        ("有人管,有钱办事;有章可循", "有人管，有钱办事；有章可循"),
        ("上午9:30", "上午9:30"),
        ("  ", ""),
    ],
)
def test_line(read: str, expected: str) -> None:
    assert expected == respelled(read)


@given(st.text(alphabet="县工商联,:（）()12 abA。", max_size=30))
def test_a_second_pass_changes_nothing_and_no_word_is_lost(read: str) -> None:
    once = respelled(read)

    assert once == respelled(once)
    assert [char for char in read if char.isalnum()] == [char for char in once if char.isalnum()]


def test_a_latin_letter_is_half_as_wide_as_a_han_character() -> None:
    assert 4.0 == ems("县级2015"[:4] + "年")
    assert 3.5 == ems("会员35家") - 0.5
