"""Ink becomes words whose edges are those of the squares the characters are set in."""

from __future__ import annotations

import pytest

from extractors.ocr.layout import Reading, words_of
from extractors.pdf.lines import fragments, printed_lines
from extractors.pdf.words import Frame

PAGE = Frame(0.0, 0.0, 595.0, 842.0)


def reading(text: str, left: float, top: float, width: float, height: float = 15.0) -> Reading:
    return Reading(text, 0.99, left, top, left + width, top + height)


def shown(*readings: Reading) -> list[str]:
    return [line.text for line in printed_lines(list(fragments(words_of(readings))), 1, PAGE)]


def test_a_comma_at_the_end_takes_a_whole_square() -> None:
    # Ten squares of 16 points, of which the last holds only a comma.
    (word,) = words_of([reading("县工商联走访会员企，", 80.6, 100.0, 160 - 10 - 0.6)])

    assert word.size == pytest.approx(16.0, abs=0.3)
    assert word.right == pytest.approx(240.0, abs=1.0)


def test_an_opening_bracket_takes_a_whole_square() -> None:
    (word,) = words_of([reading("（一）领导班子好", 88.0, 100.0, 120 - 0.6)])

    assert word.left == pytest.approx(80.0, abs=1.0)


def test_lines_of_nearly_one_size_have_one_size() -> None:
    words = words_of(
        [
            reading("县工商联走访会员企业三十五家", 80.0, 100.0, 224.0),
            reading("协调解决融资难题十二个取得成效", 80.0, 128.0, 252.0),
            reading("工作方案之标题", 80.0, 60.0, 154.0, 21.0),
        ]
    )

    assert [word.size for word in words] == [words[0].size, words[1].size, words[1].size]
    assert words[0].size > 1.3 * words[1].size


def test_rows_are_read_left_to_right_and_top_to_bottom() -> None:
    readings = [
        reading("主席", 200.0, 130.5, 32.0),
        reading("职务", 200.0, 100.0, 32.0),
        reading("张清和", 80.0, 130.0, 48.0),
        reading("姓名", 80.0, 100.6, 32.0),
    ]

    assert ["姓名 职务", "张清和 主席"] == shown(*readings)


def test_a_line_found_in_two_parts_is_joined_without_a_blank() -> None:
    first, second = (
        reading("县工商联走访会员", 80.0, 100.0, 128.0),
        reading("企业三十五家", 212.0, 100.2, 96.0),
    )

    assert ["县工商联走访会员企业三十五家"] == shown(second, first)


def test_latin_words_keep_their_blank() -> None:
    assert ["登录WeChat Work平台"] == shown(reading("登录 WeChat Work 平台", 80.0, 100.0, 170.0))


def test_nothing_read_is_no_word() -> None:
    assert [] == words_of([reading("", 80.0, 100.0, 16.0)])
