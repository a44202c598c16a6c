"""A number reads as its cell shows it, not as it is stored."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sheet.formats import BUILT_IN, shown, shown_text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (35.0, "", "35"),
        (35.0, "General", "35"),
        (0.1 + 0.2, "", "0.3"),
        (13800000000.0, "", "13800000000"),
        (1e20, "", "1E+20"),
        (0.142, "0.0%", "14.2%"),
        (0.285, "0%", "29%"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (-0.004, "0.00", "0.00"),
        (-2.5, "0.0", "-2.5"),
        (5.0, "000", "005"),
        (0.5, ".00", ".50"),
        (0.0, "#", ""),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (123456.0, '0.0,"千"', "123.5千"),
        (35.0, '0"家"', "35家"),
        (35.0, 'General"家"', "35家"),
        (12.0, '"第"0"期"', "第12期"),
        (-1599.99, "$#,##0.00;[Red]($#,##0.00)", "($1,599.99)"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (0.0, "0;-0;;@", ""),
        (0.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (3.0, '[>=1]"有";"无"', "有"),
        (0.0, '[>=1]"有";"无"', "无"),
        (12345678.0, "0.00E+00", "1.23E+07"),
        (0.5, "# ?/?", "0.5"),
        (42156.0, 'yyyy"年"m"月"', "2015年6月"),
        (42156.0, "yyyy-mm-dd;@", "2015-06-01"),
        (42156.0, "[$-804]yyyy年m月d日", "2015年6月1日"),
        (42156.0, "aaaa", "星期一"),
        (42156.0, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇一五年六月一日"),
        (42156.123, "yyyy/m/d h:mm:ss", "2015/6/1 2:57:07"),
        (0.75, "h:mm AM/PM", "6:00 PM"),
        (0.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (0.00001, "mm:ss.0", "00:00.9"),
        (1.0, "yyyy/m/d", "1900/1/1"),
        (61.0, "yyyy/m/d", "1900/3/1"),
        (-5.0, "yyyy/m/d", "-5"),
        (1e9, "yyyy/m/d", "1000000000"),
        (42156.0, BUILT_IN[57], "2015年6月"),
        (42156.0, BUILT_IN[14], "2015/6/1"),
    ],
)
def test_shown(value: float, code: str, text: str) -> None:
    assert text == shown(value, code)


def test_days_count_from_1904_where_the_file_says_so() -> None:
    assert "2015/6/1" == shown(40694.0, "yyyy/m/d", is_1904=True)


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [("三", '@"县"', "三县"), ("三", '0;0;0;"县"@', "县三"), ("三", "@", "三"), ("三", '0"家"', "三")],
)
def test_words_a_format_adds_to_words(text: str, code: str, expected: str) -> None:
    assert expected == shown_text(text, code)


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    serial = (day - date(1899, 12, 30)) / timedelta(days=1)

    assert f"{day.year}年{day.month}月{day.day}日" == shown(serial, 'yyyy"年"m"月"d"日"')


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(alphabet='0#?.,%Eeymdhs/[]"\\;@_*+-$<>=1 年AP', max_size=40),
)
def test_no_number_and_no_code_does_harm(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)
