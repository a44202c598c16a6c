"""Damaged and hostile rich text ends in an outcome and loses nothing unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Outcome, Source
from extractors.rtf import extract
from tests.builders.rtf_builder import row, rtf

_WORDS = st.lists(
    st.sampled_from(
        (
            *("{", "}", "}", "\\", "\\*", "\\'d6", "\\'", "\\u-5?", "\\bin9", "\\par ", "\\cell ", "\\row "),
            *("\\trowd", "\\cellx-1", "\\itap3 ", "\\nestcell ", "\\nestrow ", "\\intbl ", "\\uc9 "),
            *("{\\field", "{\\*\\fldinst ", "{\\fldrslt ", "{\\footnote ", "{\\header ", "{\\shptxt "),
            *(
                "{\\listtext ",
                "{\\upr",
                "{\\*\\formfield",
                "\\fftype1",
                "{\\sn ",
                "{\\sv ",
                "{\\*\\objdata 0",
            ),
            *("{\\fonttbl", "{\\stylesheet", "{\\pict ", "\\v ", "\\deleted ", "\\plain ", "\\ftnalt "),
        )
    )
    | st.sampled_from(("工商联", "a b", ";", "\\'b5\\'da"))
)


def read(data: bytes, limits: Limits | None = None) -> Extraction:
    return extract(Source("方案.rtf", data), limits or Limits())


@pytest.mark.parametrize("depth", [10_000, 100_000])
def test_groups_in_groups_are_bounded_and_keep_their_words(depth: int) -> None:
    extraction = read(rtf("{" * depth + "深处" + "}" * depth + "后面"))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert "深处后面" == extraction.document.visible_text()


def test_tables_in_tables_are_bounded() -> None:
    extraction = read(rtf(r"\pard\intbl\itap2000000000 深\nestcell"))

    assert "too_deep" in {notice.code for notice in extraction.notices}


def test_file_cut_off_is_partial() -> None:
    whole = rtf(r"第一段\par 第二段\par " + row("甲", "乙", "丙"))

    extraction = read(whole[: len(whole) // 2 + 60])

    assert extraction.outcome is Outcome.PARTIAL
    assert ["damaged_content"] == [notice.code for notice in extraction.notices]


def test_head_alone_is_unreadable_or_partial() -> None:
    assert read(rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 Sim").outcome in (Outcome.UNREADABLE, Outcome.PARTIAL)


def test_paper_without_words_is_empty() -> None:
    assert read(rtf(r"\par\par")).outcome is Outcome.EMPTY


def test_binary_data_is_jumped_over() -> None:
    data = rtf(r"前{\*\shppict{\pict\bin5 XXXXX}}后").replace(b"XXXXX", b"}}{\\\x00")

    extraction = read(data)

    assert extraction.document is not None
    assert "前后" == extraction.document.visible_text()


def test_more_characters_than_allowed_is_too_big() -> None:
    assert read(rtf("字" * 200), Limits(max_characters=100)).outcome is Outcome.TOO_BIG


@settings(max_examples=300, deadline=None)
@given(_WORDS)
def test_any_sequence_of_tokens_ends_in_an_outcome(words: list[str]) -> None:
    extraction = read(rtf("".join(words)))

    assert extraction.outcome.has_text is (extraction.document is not None)
