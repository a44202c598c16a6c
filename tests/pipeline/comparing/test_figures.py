from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Block, Cell, Document, Locator, Table
from pipeline.comparing import Paper, conflicts
from pipeline.comparing.model import ConflictKind
from pipeline.comparing.numbers import quantities
from pipeline.model import Kind
from pipeline.rubric import built_in
from tests.pipeline.comparing.comparing_papers import a_paper, cases

RUBRIC = built_in()


@pytest.mark.parametrize(("expected", "text"), cases("figures.txt"))
def test_figures_that_contradict_each_other_are_told_and_quoted(expected: str, text: str) -> None:
    paper = a_paper(text, kind=Kind.SELF_CHECK)

    found = conflicts(paper, RUBRIC)

    assert (0 if expected == "-" else 1) == len(found)
    for conflict in found:
        told = conflict.why.replace("自评各项", "分项")
        assert expected in told
        assert len(conflict.passages) >= 2
        assert all(paper.document.text_at(one.locator) == one.quote for one in conflict.passages)


@pytest.mark.parametrize(("expected", "text"), cases("quantities.txt"))
def test_numbers_are_read_with_their_range(expected: str, text: str) -> None:
    found = quantities(text)

    told = [
        f"{'…' if one.low is None else one.low}~{'…' if one.high is None else one.high} {one.unit}"
        for one in found
    ]
    assert expected == ("；".join(told) or "-")


def test_a_mistake_repeated_in_a_table_is_one_conflict() -> None:
    text = """会员总数达到184名，其中企业会员128家、个人会员35人、团体会员11个，同5月底的比较见表2。
表2 会员变动
| 类别 | 5月底 | 9月底 | 增加 |
| 企业会员 | 110 | 128 | 18 |
| 个人会员 | 30 | 35 | 5 |
| 团体会员 | 10 | 11 | 1 |
| 合计 | 150 | 184 | 34 |"""

    (conflict,) = conflicts(a_paper(text), RUBRIC)

    assert (ConflictKind.SUM, "184", "174") == (conflict.kind, conflict.stated, conflict.computed)
    assert "会员总数达到184名" == conflict.passages[0].quote
    assert "企业会员128家、个人会员35人、团体会员11个" == conflict.passages[1].quote
    assert "34" in [passage.quote for passage in conflict.passages]


def test_a_ratio_is_told_as_a_percentage() -> None:
    (conflict,) = conflicts(a_paper("会员由160名增加到184名，增长率25%。"), RUBRIC)

    assert ("25%", "15%") == (conflict.stated, conflict.computed)


def test_subtotals_are_added_up_once() -> None:
    rows = [("甲", "3"), ("乙", "4"), ("小计", "7"), ("丙", "5"), ("丁", "6"), ("小计", "11"), ("总计", "19")]

    (conflict,) = conflicts(_with_table([("类别", "数量"), *rows]), RUBRIC)

    assert ("19", "18") == (conflict.stated, conflict.computed)


def test_a_long_paragraph_is_read_in_stretches_and_quoted_from_its_place() -> None:
    text = "各项工作都在往前走。" * 900 + "在册会员184名，其中企业会员128名、个人会员35名、团体会员11名。"
    paper = a_paper(text)

    (conflict,) = conflicts(paper, RUBRIC)

    assert text.index("在册会员184名") == conflict.passages[0].locator.start
    assert "在册会员184名" == paper.document.text_at(conflict.passages[0].locator)


PARTS = st.lists(st.integers(1, 400), min_size=3, max_size=6)


@given(PARTS)
def test_a_sum_that_comes_out_is_never_questioned(parts: list[int]) -> None:
    listed = "、".join(
        f"第{letter}片会员{part}名" for letter, part in zip("甲乙丙丁戊己", parts, strict=False)
    )
    table = [
        ("片区", "会员"),
        *((f"第{n}片", str(part)) for n, part in enumerate(parts)),
        ("合计", str(sum(parts))),
    ]

    texts = f"全区会员{sum(parts)}名，其中{listed}。"

    assert () == conflicts(a_paper(texts), RUBRIC)
    assert () == conflicts(_with_table(table), RUBRIC)


@given(PARTS, st.integers(-20, 20).filter(bool))
def test_a_total_row_that_is_off_is_always_found(parts: list[int], error: int) -> None:
    total = sum(parts) + error
    is_balance = total == parts[-1]
    is_plausible = total > 0 and Fraction(7, 10) <= Fraction(sum(parts), total) <= Fraction(7, 5)
    table = [
        ("片区", "会员"),
        *((f"第{n}片", str(part)) for n, part in enumerate(parts)),
        ("合计", str(total)),
    ]

    found = conflicts(_with_table(table), RUBRIC)

    assert (1 if is_plausible and not is_balance else 0) == len(found)


@given(st.integers(50, 900), st.integers(1, 200), st.integers(0, 1))
def test_growth_is_held_to_one_point(start: int, gain: int, wrong: int) -> None:
    rate = Fraction(100 * gain, start)
    stated = round(float(rate), 1) + wrong * 3
    text = f"会员由{start}名增加到{start + gain}名，净增{gain}名，增长率{stated:.1f}%。"

    found = conflicts(a_paper(text), RUBRIC)

    # a rate five times off would be the rate of something else
    assert (1 if wrong and stated <= rate * 5 else 0) == len(found)


@given(
    st.text(alphabet="会员家户名其中合计占由增加到净增率共，。、：（）0123456789.%百十二三万 ", max_size=200)
)
def test_any_text_is_read_without_harm_and_quoted_exactly(text: str) -> None:
    paper = a_paper("开头。" + text)

    for conflict in conflicts(paper, RUBRIC):
        assert all(paper.document.text_at(one.locator) == one.quote for one in conflict.passages)


def _with_table(rows: list[tuple[str, str]]) -> Paper:
    cells = tuple(
        Cell(text, row, column) for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1)
    )
    table = Table(cells, Locator(block=1, number=1), header_rows=1)
    document = Document((Block("附表", Locator(block=0, number=1, end=2)), table))
    return Paper("表.docx", "sha", "jkq", Kind.SELF_CHECK, None, document)
