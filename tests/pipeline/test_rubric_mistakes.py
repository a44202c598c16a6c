"""A rubric file with mistakes is answered line by line: where, what, and what to do."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import RubricError
from pipeline.rubric import load, parse

SMALL = """\
id: small
title: 某市“五好”建设
status: 拟定
program: {name: 五好, names: [五好], issuer: 某市工商联, issuer_names: [市联]}
units:
- {id: wuyang, name: 舞阳县工商联, code: 411121, deadline: 2015-12-31}
steps:
- {id: S1, name: 动员部署, start: 2015-04-01, end: 2015-06-30, due: work_plan}
kinds:
  work_plan: {titles: [工作方案]}
criteria:
- {id: C1, name: 领导班子好, weight: 20}
key_tasks:
- {id: KT1, name: 健全领导班子}
classes:
  轮流: [轮值, 坐班]
requirements:
- id: C1.4
  name: 副主席轮值制度
  criterion: C1
  key_task: KT1
  clause: 三、重点工作 一是
  weight: 1.5
  cues:
    - "@轮流 + 副主席"
    - 轮值副主席|
      执行主席 +
      !商会
  advice: 请补报轮值办法。
- id: C1.5
  name: 履职考评制度
  clause: 三、重点工作 一是
  cues: [考评, 述职]
  advice: 请补报考评办法。
"""


def mistakes(*changes: tuple[str, str]) -> list[str]:
    """Return the lines of the message for the small rubric with some text replaced."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    with pytest.raises(RubricError) as caught:
        parse(text.encode(), "标准.yaml")
    return str(caught.value).splitlines()


def test_values_need_no_quotes_and_get_their_types() -> None:
    rubric = parse(SMALL.encode(), "标准.yaml")
    need = rubric.by_id["C1.4"]

    assert rubric.units[0].code == "411121"
    assert dt.date(2015, 12, 31) == rubric.units[0].deadline
    assert need.weight == 1.5


def test_a_long_cue_may_be_broken_over_lines() -> None:
    rubric = parse(SMALL.encode(), "标准.yaml")

    assert rubric.by_id["C1.4"].cues == ("@轮流 + 副主席", "轮值副主席|执行主席 + !商会")


def test_the_hash_is_that_of_the_bytes() -> None:
    data = SMALL.encode()

    assert hashlib.sha256(data).hexdigest() == parse(data, "a").hash
    assert parse(data, "a") == parse(data, "b")
    assert parse(data + b"\n", "a").hash != parse(data, "a").hash


def test_the_mark_that_notepad_writes_does_no_harm() -> None:
    assert parse(b"\xef\xbb\xbf" + SMALL.encode(), "标准.yaml").id == "small"


def test_a_file_on_disk_is_read_and_named_in_messages(tmp_path: Path) -> None:
    file = tmp_path / "我的标准.yaml"
    file.write_text(SMALL.replace("titles", "title"), encoding="utf-8")

    with pytest.raises(RubricError, match=r"我的标准\.yaml 第10行 .*是不是想写“titles”"):
        load(file)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match=r"打不开.*请检查路径"):
        load(tmp_path / "没有.yaml")


@pytest.mark.parametrize(
    ("change", "line", "where", "advice"),
    [
        (("  advice: 请补报轮值办法。\n", ""), 18, "requirements › C1.4 › advice", "缺少这一项"),
        (
            ("  advice: 请补报轮", "  advise: 请补报轮"),
            29,
            "requirements › C1.4 › advise",
            "是不是想写“advice”",
        ),
        (("status: 拟定", "stauts: 拟定"), 3, "stauts", "是不是想写“status”"),
        (("end: 2015-06-30", "end: 2015-06-31"), 8, "steps › S1 › end", "2015-06-30 的样子"),
        (("end: 2015-06-30", "end: 6月底"), 8, "steps › S1 › end", "2015-06-30 的样子"),
        (("end: 2015-06-30", "end: 20150630"), 8, "steps › S1 › end", "2015-06-30 的样子"),
        (("end: 2015-06-30", "end: 2015-03-30"), 8, "steps › S1", "早于"),
        (("id: C1.5", "id: C1.4"), 30, "requirements › C1.4 › id", "编号 C1.4 重复"),
        (("id: C1.5", "id: 考评"), 30, "requirements › 考评 › id", "请照 C1.4、P2、Z9 的样子写"),
        (("id: wuyang", "id: 舞阳"), 6, "units › 舞阳 › id", "小写英文字母"),
        (("criterion: C1", "criterion: C9"), 20, "requirements › C1.4 › criterion", "criteria 里没有编号 C9"),
        (("key_task: KT1", "key_task: [KT1]"), 21, "requirements › C1.4 › key_task", "一段文字"),
        (("@轮流", "@轮着"), 25, "requirements › C1.4 › cues › 第1条", "是不是 @轮流"),
        (("@轮流 +", "@轮流 ＋"), 25, "requirements › C1.4 › cues › 第1条", "半角"),
        (("@轮流 + 副主席", "!@轮流"), 25, "requirements › C1.4 › cues › 第1条", "只有“不能有”的部分"),
        (("@轮流 + 副主席", "@轮流 +"), 25, "requirements › C1.4 › cues › 第1条", "缺一个词"),
        (("@轮流 + 副主席", "@轮流 副主席"), 25, "requirements › C1.4 › cues › 第1条", "要用 + 连接"),
        (("考评, 述职", "考评，述职"), 33, "requirements › C1.5 › cues › 第1条", "全角逗号"),
        (("[考评, 述职]", "考评"), 33, "requirements › C1.5 › cues", "应当是清单"),
        (("[考评, 述职]", "[]"), 33, "requirements › C1.5 › cues", "至少要有一条线索"),
        (("[考评, 述职]", '[考评, ""]'), 33, "requirements › C1.5 › cues › 第2条", "不能为空"),
        (("[轮值, 坐班]", "[轮值+坐班]"), 16, "classes › 轮流 › 第1条", "词类里只写词"),
        (("weight: 20", "weight: 二十"), 12, "criteria › C1 › weight", "应当是整数"),
        (("weight: 20", "weight: 200"), 12, "criteria › C1 › weight", "不能高于 100"),
        (("due: work_plan", "due: 方案"), 8, "steps › S1 › due", "对照自带的"),
        (("  work_plan:", "  work_plans:"), 10, "kinds › work_plans", "对照自带的"),
        (("advice: 请补报考评办法。", "advice:"), 34, "requirements › C1.5 › advice", "不能为空"),
        (("  weight: 1.5", "  weight: 1.5\n  weight: 2"), 24, "", "在第23行已经写过"),
        (("title: 某市", "hash: 1\ntitle: 某市"), 2, "hash", "由程序计算"),
        (('"@轮流 + 副主席"', "@轮流 + 副主席"), 25, "", "英文双引号"),
        (('"@轮流 + 副主席"', "!轮流 + 副主席"), 25, "", "英文双引号"),
        (('"@轮流 + 副主席"', "*轮流"), 25, "", "英文双引号"),
        (("  weight: 1.5", "\tweight: 1.5"), 23, "", "Tab"),
        (("  weight: 1.5", "  weight：1.5"), 23, "", "半角冒号"),
        (("[考评, 述职]", "[考评, , 述职]"), 33, "", "括号、引号是否成对"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_mistake_is_told_with_its_line_and_what_to_do(
    change: tuple[str, str], line: int, where: str, advice: str
) -> None:
    told = mistakes(change)

    assert any(one.startswith(f"标准.yaml 第{line}行 {where}：".replace(" ：", "：")) for one in told)
    assert any(advice in one for one in told)
    assert all(one.endswith("。") for one in told)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    told = mistakes(
        ("start: 2015-04-01", "start: 四月"),
        ("criterion: C1", "criterion: C7"),
        ("@轮流", "@没有"),
        ("  advice: 请补报考评办法。\n", ""),
    )

    assert [int(re.findall(r"第(\d+)行", one)[0]) for one in told] == [8, 20, 25, 30]


def test_a_file_in_another_encoding_is_told_where_it_stops_being_utf8() -> None:
    with pytest.raises(RubricError, match=r"标准\.yaml 第2行：不是 UTF-8 编码.*另存为"):
        parse(SMALL.encode("gbk"), "标准.yaml")


@pytest.mark.parametrize("text", ["", "- 甲\n- 乙\n", "甲", "# 只有说明\n"])
def test_a_file_without_keys_is_told_once(text: str) -> None:
    with pytest.raises(RubricError) as caught:
        parse(text.encode(), "标准.yaml")

    assert str(caught.value).startswith("标准.yaml 第1行：文件开头应是")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 5_000, "a: &x [1]\nb: [*x, *x]\n"])
def test_a_file_built_to_harm_is_refused(text: str) -> None:
    with pytest.raises(RubricError, match=r"第\d行：.*"):
        parse(text.encode(), "标准.yaml")


@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_breaks_the_reader(data: st.DataObject) -> None:
    lines = SMALL.splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 1))
    put = data.draw(
        st.sampled_from(["", "  ", "- ", "甲: 乙\n", "id: [1]\n", "? [a]\n", "{", "cues: {}\n", "\x00"])
    )
    cut = data.draw(st.integers(0, 2))
    text = "".join([*lines[:place], put, *lines[place + cut :]])

    try:
        rubric = parse(text.encode(), "标准.yaml")
    except RubricError as error:
        assert all(line.startswith("标准.yaml 第") for line in str(error).splitlines())
    else:
        assert rubric.requirements is not None
