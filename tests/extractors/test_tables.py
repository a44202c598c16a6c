"""Stated rows become grids in which no two cells overlap; header rows and captions are told by words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Block, Cell, Locator, Table
from extractors.tables import StatedCell, StatedRow, caption_above, header_rows, lay_out


def _cells(*rows: tuple[str, ...]) -> list[Cell]:
    stated = [StatedRow(tuple(StatedCell(text) for text in row)) for row in rows]
    return [placed.cell for placed in lay_out(stated)]


def test_cell_of_many_rows_pushes_the_cells_below_aside() -> None:
    rows = [
        StatedRow((StatedCell("甲", row_span=2), StatedCell("乙"))),
        StatedRow((StatedCell("丙"),)),
    ]

    assert [placed.cell for placed in lay_out(rows)] == [
        Cell("甲", 1, 1, row_span=2),
        Cell("乙", 1, 2),
        Cell("丙", 2, 2),
    ]


def test_narrower_continuation_is_no_merge() -> None:
    rows = [
        StatedRow((StatedCell("甲", column_span=2),)),
        StatedRow((StatedCell("乙", continues_above=True), StatedCell("丙"))),
    ]

    assert [placed.cell for placed in lay_out(rows)] == [
        Cell("甲", 1, 1, column_span=2),
        Cell("乙", 2, 1),
        Cell("丙", 2, 2),
    ]


_STATED = st.builds(StatedCell, st.text(max_size=2), st.integers(-1, 5), st.integers(-1, 5), st.booleans())
_ROWS = st.lists(
    st.builds(StatedRow, st.lists(_STATED, max_size=5).map(tuple), st.integers(-2, 3)), max_size=6
)


@given(_ROWS)
def test_no_two_cells_overlap_and_none_leaves_the_rows(rows: list[StatedRow]) -> None:
    taken: set[tuple[int, int]] = set()

    for placed in lay_out(rows):
        for row in range(placed.row, placed.row + placed.row_span):
            for column in range(placed.column, placed.column + placed.column_span):
                assert (row, column) not in taken
                taken.add((row, column))

    assert all(1 <= row <= len(rows) and column >= 1 for row, column in taken)


@given(_ROWS)
def test_only_continuations_vanish(rows: list[StatedRow]) -> None:
    kept = {placed.source for placed in lay_out(rows)}

    stated = {(number, place) for number, row in enumerate(rows) for place in range(len(row.cells))}

    assert all(rows[number].cells[place].continues_above for number, place in stated - kept)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("序号", "任务", "责任人"), ("1", "走访", "张三")), 1),
        ((("", "2014年", "2015年"), ("会员", "386", "446")), 1),
        ((("60", "12", "3"), ("1", "2", "3")), 0),
        ((("完善主席会制度，全年召开四次会议。", "张三"), ("建立执委数据库", "李四")), 0),
        ((("只有一列",), ("走访",)), 0),
        ((("任务", "责任人"),), 0),
    ],
)
def test_header_rows_are_told_by_their_words(rows: tuple[tuple[str, ...], ...], expected: int) -> None:
    assert expected == header_rows(_cells(*rows))


def test_header_of_two_rows_under_a_title() -> None:
    rows = [
        StatedRow((StatedCell("任务分解表", column_span=3),)),
        StatedRow((StatedCell("任务", row_span=2), StatedCell("完成情况", column_span=2))),
        StatedRow((StatedCell("计划"), StatedCell("实际"))),
        StatedRow((StatedCell("走访"), StatedCell("40户"), StatedCell("52户"))),
    ]

    assert header_rows([placed.cell for placed in lay_out(rows)]) == 3


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("表1 任务分解", "表1 任务分解"),
        ("附表：会员名册", "附表：会员名册"),
        ("2015年重点工作安排（试行）", "2015年重点工作安排（试行）"),
        ("各项任务见下表。", ""),
        ("表现突出的单位有", ""),
        ("任务如下：", ""),
    ],
)
def test_caption_is_a_title_directly_above(line: str, expected: str) -> None:
    assert expected == caption_above([Block("上文。", Locator(0)), Block(line, Locator(1))])


def test_caption_is_not_taken_across_a_table() -> None:
    before = [Block("任务分解表", Locator(0)), Table((Cell("甲", 1, 1),), Locator(1))]

    assert caption_above(before) == ""
