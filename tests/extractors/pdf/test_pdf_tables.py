"""Ruled tables come back as grids, joined over pages, and no row vanishes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Document, Extraction, Limits, Outcome, Source, Table
from extractors.pdf.reader import extract
from tests.builders.pdf_builder import LEFT, SIZE, Paper

_HEADER = ("序号", "工作内容", "责任人", "完成时限")
_WIDTHS = (50.0, 200.0, 90.0, 100.0)


def _extraction(paper: Paper) -> Extraction:
    return extract(Source("任务分解表.pdf", paper.data()), Limits())


def _document(paper: Paper) -> Document:
    document = _extraction(paper).document
    assert document is not None
    return document


def _rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def _tasks(first: int, last: int) -> list[tuple[str, ...]]:
    return [
        (str(number), f"走访会员企业第{number}批", "张三", "2015年6月底前")
        for number in range(first, last + 1)
    ]


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    paper = Paper()
    paper.paragraph("任务分解如下：")
    paper.table([_HEADER, *_tasks(1, 3)], _WIDTHS)
    paper.top += 20
    paper.paragraph("以上任务请抓好落实。")

    document = _document(paper)

    (table,) = document.tables()
    assert _rows(table) == [list(_HEADER), *map(list, _tasks(1, 3))]
    assert table.header_rows == 1
    assert [block.text for block in document.blocks()] == ["任务分解如下：", "以上任务请抓好落实。"]
    assert [type(item).__name__ for item in document.content] == ["Block", "Table", "Block"]


def test_a_quote_in_a_table_is_found_by_row_column_page_and_box() -> None:
    paper = Paper()
    paper.table([_HEADER, *_tasks(1, 3)], _WIDTHS)
    document = _document(paper)
    (table,) = document.tables()
    cell = table.cell_at(3, 2)
    assert cell is not None

    place = table.locate(cell, 0, 2)

    assert str(place) == "第1页 表1 第3行“工作内容”"
    assert document.text_at(place) == "走访"
    assert place.box is not None
    assert round(place.box.left) == LEFT + 50


def test_lines_inside_a_cell_are_joined() -> None:
    content = "建立健全商会组织网络，年内新组建基层商会三个，实现乡镇商会全覆盖"
    paper = Paper()
    paper.table([_HEADER, ("1", content, "李四", "2015年底")], _WIDTHS, height=60)

    (table,) = _document(paper).tables()

    assert _rows(table)[1][1] == content


def test_a_word_printed_downwards_is_one_word() -> None:
    paper = Paper()
    top = paper.top
    paper.table([("", "目标"), ("", "新建商会三个")], (30, 200), height=60)
    paper.line("班", LEFT + 8, top + 4, 12)
    paper.line("子", LEFT + 8, top + 34, 12)

    (table,) = _document(paper).tables()

    assert table.cells[0].text == "班子"


def test_merged_cells_stand_once_with_their_spans() -> None:
    paper = Paper()
    top, right = paper.top, LEFT + 300
    for y in (top, top + 75):
        paper.rule(LEFT, y, right, y)
    paper.rule(LEFT + 100, top + 25, right, top + 25)
    paper.rule(LEFT + 100, top + 50, right, top + 50)
    for x in (LEFT, LEFT + 100, right):
        paper.rule(x, top, x, top + 75)
    paper.rule(LEFT + 200, top + 25, LEFT + 200, top + 75)
    for text, x, y in (
        ("班子建设好", 0, 30),
        ("标准", 100, 4),
        ("团结", 100, 29),
        ("有力", 200, 29),
        ("民主", 100, 54),
    ):
        paper.line(text, LEFT + x + 4, top + y, 12)

    (table,) = _document(paper).tables()

    spans = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["班子建设好"] == (1, 1, 3, 1)
    assert spans["标准"] == (1, 2, 1, 2)
    assert spans["民主"] == (3, 2, 1, 1)


def test_a_table_open_at_its_sides_keeps_its_outer_columns() -> None:
    paper = Paper()
    paper.table([_HEADER, *_tasks(1, 3)], _WIDTHS, sides=False)

    (table,) = _document(paper).tables()

    assert _rows(table) == [list(_HEADER), *map(list, _tasks(1, 3))]


def test_words_set_close_together_stay_in_their_cells() -> None:
    paper = Paper()
    paper.table([("姓名", "职务"), ("", "")], (64, 64), height=30)
    paper.line("欧阳建国", LEFT, paper.top - 28)
    paper.line("副主席兼", LEFT + 64, paper.top - 28)

    (table,) = _document(paper).tables()

    assert _rows(table)[1] == ["欧阳建国", "副主席兼"]


def test_a_table_over_two_pages_is_one_table_and_every_row_knows_its_page() -> None:
    paper = Paper()
    paper.paragraph("任务分解如下：")
    paper.table([_HEADER, *_tasks(1, 9)], _WIDTHS)
    paper.line("— 1 —", 280, 785, 14)
    paper.next_page()
    paper.table([_HEADER, *_tasks(10, 14)], _WIDTHS)
    paper.line("— 2 —", 280, 785, 14)

    extraction = _extraction(paper)

    assert extraction.document is not None
    (table,) = extraction.document.tables()
    assert _rows(table) == [list(_HEADER), *map(list, _tasks(1, 14))]
    assert [row[0].page for row in table.rows()] == [1] * 10 + [2] * 5
    told = [(notice.code, notice.detail) for notice in extraction.document.notices]
    assert told == [("repeated_table_header", "2")]
    assert extraction.outcome is Outcome.OK


def test_a_continuation_mark_between_the_parts_is_no_text() -> None:
    paper = Paper()
    paper.table([_HEADER, *_tasks(1, 3)], _WIDTHS)
    paper.next_page()
    paper.line("续表", LEFT, paper.top - 30, SIZE)
    paper.table(_tasks(4, 6), _WIDTHS)

    document = _document(paper)

    (table,) = document.tables()
    assert table.row_count == 7
    assert "续表" not in document.visible_text()


def test_tables_with_other_columns_stay_apart() -> None:
    paper = Paper()
    paper.table([_HEADER, *_tasks(1, 3)], _WIDTHS)
    paper.next_page()
    paper.table([("姓名", "电话"), ("张三", "3131234")], (120, 200))

    assert [table.row_count for table in _document(paper).tables()] == [4, 2]


def test_text_between_two_tables_keeps_them_apart() -> None:
    paper = Paper()
    paper.table([_HEADER, *_tasks(1, 3)], _WIDTHS)
    paper.next_page()
    paper.paragraph("附表二：")
    paper.table([_HEADER, *_tasks(4, 6)], _WIDTHS)

    assert [table.row_count for table in _document(paper).tables()] == [4, 4]


def test_a_row_cut_by_the_page_break_is_whole_again() -> None:
    paper = Paper()
    paper.table([_HEADER, ("1", "走访会员企业，了解企业生产经", "张三", "2015年6月")], _WIDTHS)
    paper.next_page()
    paper.table([("", "营困难并协调解决。", "", ""), *_tasks(2, 3)], _WIDTHS)

    document = _document(paper)

    (table,) = document.tables()
    assert _rows(table)[1][1] == "走访会员企业，了解企业生产经营困难并协调解决。"
    assert table.row_count == 4
    assert [notice.code for notice in document.notices] == ["row_over_page_break"]


def test_a_table_in_a_cell_stands_after_its_parent() -> None:
    paper = Paper()
    outer = paper.top
    paper.table([("项目", "说明"), ("名单", "")], (80, 300), height=120)
    paper.top = outer + 140
    paper.table([("甲", "乙"), ("丙", "丁")], (60, 60), left=LEFT + 100)

    parent, inner = _document(paper).tables()

    assert _rows(inner) == [["甲", "乙"], ["丙", "丁"]]
    assert inner.parent is not None
    assert (inner.parent.block, inner.parent.row, inner.parent.column) == (parent.locator.block, 2, 2)


def test_a_frame_around_text_is_no_table() -> None:
    paper = Paper()
    paper.line("通知", LEFT + 10, 200)
    for x in (LEFT, LEFT + 300):
        paper.rule(x, 190, x, 240)
    for y in (190, 240):
        paper.rule(LEFT, y, LEFT + 300, y)

    document = _document(paper)

    assert list(document.tables()) == []
    assert [block.text for block in document.blocks()] == ["通知"]


_WORDS = st.text(alphabet="会员企业商会走访培训座谈调研", min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(_WORDS, _WORDS, _WORDS), min_size=2, max_size=40), cut=st.integers(1, 20))
def test_no_row_vanishes_over_the_page(rows: list[tuple[str, str, str]], cut: int) -> None:
    cut = min(cut, len(rows) - 1, 25)
    header = ("事项一", "事项二", "事项三")
    paper = Paper()
    paper.table([header, *rows[:cut]], (140, 140, 140))
    paper.next_page()
    paper.table([header, *rows[cut:]], (140, 140, 140), height=15)

    (table,) = _document(paper).tables()

    assert _rows(table) == [list(header), *map(list, rows)]
    assert [row[0].page for row in table.rows()] == [1] * (cut + 1) + [2] * (len(rows) - cut)


def test_a_word_is_whole_where_the_printer_broke_the_line_early() -> None:
    paper = Paper()
    top = paper.top
    paper.table([("事项", "责任人"), ("月报", "")], (100, 50), height=40)
    paper.line("赵晓", LEFT + 104, top + 44, 12)
    paper.line("峰", LEFT + 104, top + 59, 12)

    (table,) = _document(paper).tables()

    assert _rows(table)[1] == ["月报", "赵晓峰"]


def test_entries_one_below_the_other_stay_apart() -> None:
    paper = Paper()
    top = paper.top
    paper.table([("事项", "责任人"), ("月报", "")], (100, 120), height=40)
    paper.line("张三", LEFT + 104, top + 44, 12)
    paper.line("李四", LEFT + 104, top + 59, 12)

    (table,) = _document(paper).tables()

    assert _rows(table)[1] == ["月报", "张三\n李四"]


def test_figures_one_below_the_other_are_two_figures() -> None:
    paper = Paper()
    top = paper.top
    paper.table([("事项", "数额"), ("会费", "")], (100, 40), height=40)
    paper.line("6,800", LEFT + 104, top + 44, 12)
    paper.line("7,200", LEFT + 104, top + 59, 12)

    (table,) = _document(paper).tables()

    assert _rows(table)[1] == ["会费", "6,800\n7,200"]
