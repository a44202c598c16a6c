"""Counts are written as Word writes them."""

from __future__ import annotations

import pytest

from extractors.word.numerals import numeral


@pytest.mark.parametrize(
    ("number_format", "written"),
    [
        ("chineseCounting", "一 十 十一 二十 九十九 一〇〇"),
        ("taiwaneseCounting", "一 十 十一 二十 九十九 一○○"),
        ("chineseCountingThousand", "一 十 十一 二十 九十九 一百"),
        ("taiwaneseCountingThousand", "一 十 十一 二十 九十九 一百"),
        ("japaneseCounting", "一 十 十一 二十 九十九 百"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾壹 贰拾 玖拾玖 壹佰"),
        ("ideographLegalTraditional", "壹 壹拾 壹拾壹 貳拾 玖拾玖 壹佰"),
        ("ideographDigital", "一 一〇 一一 二〇 九九 一〇〇"),
        ("taiwaneseDigital", "一 一○ 一一 二○ 九九 一○○"),
        ("ideographTraditional", "甲 癸 11 20 99 100"),
        ("ideographZodiac", "子 酉 戌 20 99 100"),
        ("ideographZodiacTraditional", "甲子 癸酉 甲戌 癸未 壬寅 癸卯"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ ⑳ 99 100"),
        ("decimalEnclosedCircleChinese", "① ⑩ ⑪ ⑳ 99 100"),
        ("decimalEnclosedParen", "⑴ ⑽ ⑾ ⒇ 99 100"),
        ("decimalEnclosedFullstop", "⒈ ⒑ ⒒ ⒛ 99 100"),
        ("ideographEnclosedCircle", "㊀ ㊉ 11 20 99 100"),
        ("decimalFullWidth", "１ １０ １１ ２０ ９９ １００"),
        ("decimalFullWidth2", "１ １０ １１ ２０ ９９ １００"),
        ("decimalZero", "01 10 11 20 99 100"),
        ("upperRoman", "I X XI XX XCIX C"),
        ("lowerRoman", "i x xi xx xcix c"),
        ("upperLetter", "A J K T UUUU VVVV"),
        ("lowerLetter", "a j k t uuuu vvvv"),
        ("ordinal", "1st 10th 11th 20th 99th 100th"),
        ("decimal", "1 10 11 20 99 100"),
    ],
)
def test_counts_to_a_hundred(number_format: str, written: str) -> None:
    assert written.split() == [numeral(count, number_format) for count in (1, 10, 11, 20, 99, 100)]


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (105, "一百〇五"),
        (110, "一百一十"),
        (1_001, "一千〇一"),
        (10_203, "一万〇二百〇三"),
        (100_000_000, "100000000"),
    ],
)
def test_counts_beyond_a_hundred(count: int, written: str) -> None:
    assert written == numeral(count, "chineseCountingThousand")


def test_zero_has_no_sign_in_most_formats() -> None:
    assert [numeral(0, name) for name in ("chineseCounting", "upperRoman", "decimalZero")] == ["0", "0", "00"]


def test_unknown_format_is_told() -> None:
    assert numeral(3, "klingonCounting") is None


def test_hostile_start_value_makes_no_endless_label() -> None:
    assert len(numeral(999_999, "lowerLetter") or "") <= 30
    assert numeral(999_999, "upperRoman") == "999999"
