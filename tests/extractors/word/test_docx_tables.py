"""Word tables come back as grids: merged cells once, nested tables apart, every word in its place."""

from __future__ import annotations

from extractors.document import Cell, Document, Limits, Part, Source, Table
from extractors.word.docx import extract
from tests.builders.docx_builder import cell, docx, new_text_box, paragraph, row, span, table

_BEGIN = '<w:vMerge w:val="restart"/>'
_GO_ON = "<w:vMerge/>"


def _document(body: str) -> Document:
    document = extract(Source("方案.docx", docx(body + paragraph())), Limits()).document
    assert document is not None
    return document


def _table(*rows: str, before: str = "") -> Table:
    return next(_document(before + table(*rows)).tables())


def test_merged_cells_stand_once_with_their_spans() -> None:
    found = _table(
        row(cell("五好标准", properties=span(2)), "责任人"),
        row(cell("班子", properties=_BEGIN), "主席会", "张三"),
        row(cell(properties=_GO_ON), "轮值", "李四"),
    )

    assert found.cells == (
        Cell("五好标准", 1, 1, column_span=2),
        Cell("责任人", 1, 3),
        Cell("班子", 2, 1, row_span=2),
        Cell("主席会", 2, 2),
        Cell("张三", 2, 3),
        Cell("轮值", 3, 2),
        Cell("李四", 3, 3),
    )
    assert found.cell_at(3, 1) == Cell("班子", 2, 1, row_span=2)


def test_columns_left_empty_at_either_end() -> None:
    found = _table(
        row("一", "二", "三"),
        row("中", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )

    assert found.cells[-1] == Cell("中", 2, 2)
    assert found.column_count == 3


def test_old_horizontal_merge() -> None:
    found = _table(
        row(
            cell("甲", properties='<w:hMerge w:val="restart"/>'),
            cell(properties='<w:hMerge w:val="continue"/>'),
            "乙",
        )
    )

    assert found.cells == (Cell("甲", 1, 1, column_span=2), Cell("乙", 1, 3))


def test_continuation_with_nothing_above_keeps_its_words() -> None:
    found = _table(row(cell("孤", properties=_GO_ON), "乙"))

    assert found.cells[0] == Cell("孤", 1, 1)


def test_words_under_a_merged_cell_are_told() -> None:
    document = _document(table(row(cell("甲", properties=_BEGIN)), row(cell("盖住", properties=_GO_ON))))

    assert [(notice.code, notice.detail, notice.is_loss) for notice in document.notices] == [
        ("covered_cell", "盖住", False)
    ]


def test_hostile_span_is_bounded() -> None:
    found = _table(row(cell("宽", properties=span(999_999_999)), "窄"))

    assert found.column_count < 1_000


def test_nested_table_follows_its_parent_and_names_its_cell() -> None:
    inner = table(row("内一", "内二"), columns=2)
    outer, nested = _document(table(row("外一", cell(paragraph("外二"), inner, paragraph())))).tables()

    assert outer.cells[1].text == "外二"
    assert [one.text for one in nested.cells] == ["内一", "内二"]
    assert nested.parent is not None
    assert (nested.parent.block, nested.parent.row, nested.parent.column) == (0, 1, 2)
    assert (outer.locator.number, nested.locator.number) == (1, 2)


def test_text_box_in_a_cell_follows_the_table() -> None:
    box = f"<w:r>{new_text_box(paragraph('框里'))}</w:r>"

    found, block = _document(table(row(cell(paragraph("格里", box)), "乙"))).content

    assert isinstance(found, Table)
    assert found.cells[0].text == "格里"
    assert block.locator.part is Part.TEXT_BOX


def test_repeated_header_rows_are_taken_from_the_paper() -> None:
    header = "<w:tblHeader/>"
    found = _table(
        row("序号", "任务", properties=header), row("", "办法", properties=header), row("1", "走访")
    )

    assert found.header_rows == 2
    assert found.header_of(2) == "任务/办法"


def test_header_row_is_told_by_its_short_words() -> None:
    found = _table(row("序号", "重点任务", "责任人"), row("1", "完善主席会制度，全年召开四次。", "张三"))

    assert found.header_rows == 1
    assert str(found.locate(found.cells[-1], 0, 2)) == "表1 第2行“责任人”"


def test_row_of_figures_is_no_header() -> None:
    assert _table(row("60", "12.5", "2015"), row("30", "1", "2014")).header_rows == 0


def test_title_directly_above_is_the_caption() -> None:
    found = _table(
        row("任务", "责任人"),
        row("走访", "张三"),
        before=paragraph("“五好”建设任务分解表") + paragraph("（单位：家）"),
    )

    assert found.caption == "“五好”建设任务分解表"


def test_sentence_above_is_no_caption() -> None:
    assert _table(row("任务", "责任人"), before=paragraph("各项任务见下表。")).caption == ""


def test_table_without_cells_is_left_out() -> None:
    assert list(_document(paragraph("正文") + "<w:tbl><w:tblPr/></w:tbl>").tables()) == []
