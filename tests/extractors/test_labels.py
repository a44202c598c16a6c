"""Numbers at the start of paragraphs, and figures that only look like numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.labels import Family, automatic_mark, leading_number, typed_mark


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("一、总体要求", "一、", "总体要求"),
        ("十二、组织保障", "十二、", "组织保障"),
        ("一. 总体要求", "一.", "总体要求"),
        ("（一）动员部署", "（一）", "动员部署"),
        ("( 一 )动员部署", "( 一 )", "动员部署"),
        ("㈠动员部署", "㈠", "动员部署"),
        ("1.健全制度", "1.", "健全制度"),
        ("1．健全制度", "1．", "健全制度"),
        ("１、健全制度", "１、", "健全制度"),
        ("1. 健全制度", "1.", "健全制度"),
        ("1、2015年以来", "1、", "2015年以来"),
        ("2.2015年工作安排", "2.", "2015年工作安排"),
        ("（1）走访会员", "（1）", "走访会员"),
        ("1）走访会员", "1）", "走访会员"),
        ("⑴走访会员", "⑴", "走访会员"),
        ("①走访会员", "①", "走访会员"),
        ("第一章总则", "第一章", "总则"),
        ("第一部分　基本情况", "第一部分", "基本情况"),
        ("第三条　本会职能", "第三条", "本会职能"),
        ("1.1 总体目标", "1.1", "总体目标"),
        ("2.3.1总体目标", "2.3.1", "总体目标"),
        ("　　一、总体要求", "一、", "总体要求"),
        ("三、四个全面战略布局", "三、", "四个全面战略布局"),
        ("一、一季度工作", "一、", "一季度工作"),
    ],
)
def test_typed_number_is_split_off(text: str, number: str, words: str) -> None:
    found, end = leading_number(text)

    assert (number, words) == (found, text[end:])


@pytest.mark.parametrize(
    "text",
    [
        "1.5万元经费已经到位",
        "2015.5.20",
        "2015年5月20日",
        "15.5.20 召开会议",
        "3、4月份开展走访",
        "12、13日召开会议",
        "1、2、3号楼",
        "一、二季度完成投资",
        "二、三产业融合发展",
        "一、二、三产业融合发展",
        "一是健全制度",
        "十佳企业家",
        "第一条战线的同志",
        "第一部分企业还存在困难，需要帮扶。",
        "3.2亿元",
        "（2015年5月20日）",
        "A股上市",
        "A、B两类企业",
        "",
        "总体要求",
    ],
)
def test_figures_and_words_are_no_numbers(text: str) -> None:
    assert leading_number(text) == ("", 0)


@pytest.mark.parametrize(
    ("label", "family", "value"),
    [
        ("一、", Family.HAN, 1),
        ("一", Family.HAN, 1),
        ("（十一）", Family.HAN_PAREN, 11),
        ("3.", Family.DIGIT, 3),
        ("３", Family.DIGIT, 3),
        ("01", Family.DIGIT, 1),
        ("1.2", Family.DECIMAL_2, 2),
        ("第二十条", Family.ARTICLE, 20),
        ("④", Family.CIRCLED, 4),
        ("IV.", Family.ROMAN, 4),
        ("b)", Family.LETTER, 2),
        ("丙、", Family.STEM, 3),
    ],
)
def test_automatic_label_is_always_a_number(label: str, family: Family, value: int) -> None:
    mark = automatic_mark(label)

    assert mark is not None
    assert (family, value) == (mark.family, mark.value)


@pytest.mark.parametrize("label", ["•", "■", "", "附件1", "—"])
def test_bullets_are_no_numbers(label: str) -> None:
    assert automatic_mark(label) is None


@given(st.text(alphabet="一二十第章条（）()1205.、．年月 \t甲A①㈠ⅠＡ１", max_size=12))
def test_any_text_splits_into_number_and_rest(text: str) -> None:
    number, end = leading_number(text)
    mark = typed_mark(text)

    assert number == text[:end].strip()
    assert (mark is None) == (end == 0)
    assert mark is None or mark.value > 0
