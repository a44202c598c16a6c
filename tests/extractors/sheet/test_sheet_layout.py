"""What people put on one sheet comes apart again: titles, tables, notes, several tables, plain text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Block, Document, Limits, Outcome, Source, Table
from extractors.sheet.reader import extract
from tests.builders.xlsx_builder import Sheet, Value, table, xlsx

_HEAD = ["序号", "重点任务", "责任人"]
_ROWS = [_HEAD, [1, "走访企业", "张三"], [2, "组织培训", "李四"]]


def document_of(data: bytes) -> Document:
    document = extract(Source("台账.xlsx", data), Limits()).document
    assert document is not None
    return document


def shape(document: Document) -> list[str | list[list[str]]]:
    """Return paragraphs as words and tables as rows of words."""
    return [
        item.text if isinstance(item, Block) else [[cell.text for cell in row] for row in item.rows()]
        for item in document.content
    ]


def test_table_with_its_column_names() -> None:
    (found,) = document_of(table(*_ROWS)).tables()

    (cell,) = (cell for cell in found.cells if cell.text == "张三")
    place = found.locate(cell, 0, 2)
    assert (1, "责任人", "Sheet1") == (found.header_rows, place.label, place.sheet)
    assert "工作表“Sheet1” 表1 第2行“责任人”" == str(place)


def test_title_above_a_table_is_a_paragraph_and_its_caption() -> None:
    document = document_of(table(["重点任务分工表"], *_ROWS, merged=["A1:C1"]))

    assert [
        "重点任务分工表",
        [["序号", "重点任务", "责任人"], ["1", "走访企业", "张三"], ["2", "组织培训", "李四"]],
    ] == shape(document)
    assert ["重点任务分工表"] == [found.caption for found in document.tables()]


def test_labelled_line_between_title_and_table_is_a_paragraph() -> None:
    rows: list[list[Value]] = [
        ["任务分工表"],
        ["填报单位：某县工商联", None, None, "填报日期：2015年6月"],
        ["序号", "任务", "责任人", "时限"],
        [1, "走访", "张三", "6月"],
    ]

    document = document_of(table(*rows, merged=["A1:D1"]))

    assert ["任务分工表", "填报单位：某县工商联　填报日期：2015年6月"] == [b.text for b in document.blocks()]
    assert [1] == [found.header_rows for found in document.tables()]


def test_notes_below_a_table_are_paragraphs() -> None:
    document = document_of(table(*_ROWS, ["说明：本表一式两份。"], ["填表人：王五"], merged=["A4:C4"]))

    assert ["说明：本表一式两份。", "填表人：王五"] == [block.text for block in document.blocks()]
    assert [3] == [found.row_count for found in document.tables()]


def test_last_row_of_a_table_stays_in_it() -> None:
    (found,) = document_of(table(*_ROWS, ["合计", None, 2])).tables()

    assert ["合计", "", "2"] == [cell.text for cell in list(found.rows())[-1]]


def test_empty_row_parts_two_tables_with_column_names() -> None:
    document = document_of(table(*_ROWS, [], ["姓名", "职务"], ["张三", "主席"]))

    assert [3, 2] == [found.row_count for found in document.tables()]


def test_empty_row_inside_a_table_does_not_part_it() -> None:
    document = document_of(table(*_ROWS, [], [3, "座谈调研", "王五"]))

    (found,) = document.tables()
    assert (5, "王五") == (found.row_count, found.cells[-1].text)


def test_many_empty_rows_part_tables_without_column_names() -> None:
    document = document_of(table(*_ROWS, *([] for _ in range(9)), [3, "座谈调研", "王五"]))

    assert [3, 1] == [found.row_count for found in document.tables()]


def test_empty_column_parts_tables_side_by_side() -> None:
    rows = [["姓名", "职务", None, "单位", "电话"], ["张三", "主席", None, "某县", "123"]]

    document = document_of(table(*rows))

    assert [[["姓名", "职务"], ["张三", "主席"]], [["单位", "电话"], ["某县", "123"]]] == shape(document)


def test_words_in_one_column_are_text_with_an_outline() -> None:
    document = document_of(table(["工作方案"], ["一、组织领导"], ["成立领导小组。"], ["二、实施步骤"]))

    assert not list(document.tables())
    assert ("一、组织领导",) == list(document.blocks())[2].heading_path


def test_merged_cells_stand_once() -> None:
    rows = [["项目", "指标", "指标"], [None, "数量", "质量"], ["走访", 35, "好"]]

    (found,) = document_of(table(*rows, merged=["A1:A2", "B1:C1"])).tables()

    assert ["项目", "指标", "数量", "质量", "走访", "35", "好"] == [cell.text for cell in found.cells]
    assert [(2, 1), (1, 2)] == [(cell.row_span, cell.column_span) for cell in found.cells[:2]]
    assert (2, "指标/质量") == (found.header_rows, found.header_of(3))


def test_words_under_a_merged_cell_are_not_shown_but_told() -> None:
    extraction = extract(Source("a.xlsx", table(*_ROWS, ["合计", "旧数", 3], merged=["A4:B4"])), Limits())

    assert extraction.document is not None
    assert "旧数" not in extraction.document.visible_text()
    assert [("covered_cell", "旧数")] == [(n.code, n.detail) for n in extraction.document.notices]


@pytest.mark.parametrize("area", ["A1:XFD1048576", "B2:A1", "ZZZ1:A2", "A0:B0", "", "A1:B2:C3"])
def test_impossible_merges_do_no_harm(area: str) -> None:
    document = document_of(table(*_ROWS, merged=[area, area, "A1:B2", "B2:C3"]))

    assert "组织培训" in document.visible_text() or "序号" in document.visible_text()


def test_sheets_keep_their_names_and_outlines_apart() -> None:
    sheets = {
        "方案": Sheet([["一、组织领导"], ["成立领导小组。"]]),
        "台账": Sheet([["各项工作如下。"], *_ROWS]),
    }

    document = document_of(xlsx(sheets))

    assert [("方案", 1), ("方案", 2), ("台账", 1), ("台账", 1)] == [
        (item.locator.sheet, item.locator.number) for item in document.content
    ]
    assert () == document.content[2].heading_path
    assert list(range(4)) == [item.locator.block for item in document.content]


def test_blank_workbook_is_empty() -> None:
    assert Outcome.EMPTY is extract(Source("a.xlsx", table([None, "  "])), Limits()).outcome


_WORDS = st.one_of(
    st.none(), st.sampled_from(["甲", "乙方", "三、措施", "合计：", "12", "备注：无", "一" * 30])
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(_WORDS, max_size=6), min_size=1, max_size=10))
def test_every_word_on_a_sheet_stands_somewhere_and_can_be_found_again(rows: list[list[Value]]) -> None:
    document = extract(Source("a.xlsx", table(*rows)), Limits()).document

    stored = sorted(value for row in rows for value in row if value)
    found: list[str] = []
    for item in document.content if document else ():
        if isinstance(item, Table):
            assert document is not None
            places = {(cell.row, cell.column) for cell in item.cells}
            assert len(places) == len(item.cells) == item.row_count * item.column_count
            assert all(
                document.text_at(item.locate(cell, 0, len(cell.text))) == cell.text for cell in item.cells
            )
            found.extend(cell.text for cell in item.cells if cell.text)
        else:
            found.extend(item.text.split("　"))
    assert stored == sorted(found)
