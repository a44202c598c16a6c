"""Columns are read one after the other; turned pages and sideways print read like upright ones."""

from __future__ import annotations

from extractors.document import Box, Document, Limits, Source
from extractors.pdf.reader import extract
from extractors.pdf.words import Frame
from tests.builders.pdf_builder import LEFT, TOP, Paper, broken

_LEFT_TEXT = (
    "县工商联把非公有制经济人士思想政治工作摆在突出位置，深入开展理想信念教育实践活动，引导广大会员听党话跟党走。"
    * 2
)
_RIGHT_TEXT = (
    "全年组织银企对接会三场，为四十二家会员企业协调贷款，帮助企业解决用地用工困难，走访企业一百余家次并建立台账。"
    * 2
)


def _document(data: bytes) -> Document:
    document = extract(Source("简报.pdf", data), Limits()).document
    assert document is not None
    return document


def _two_columns(paper: Paper) -> None:
    columns = [list(broken(text, 210, 210, 10.5)) for text in (_LEFT_TEXT, _RIGHT_TEXT)]
    for number in range(max(map(len, columns))):
        for lines, left in zip(columns, (60, 325), strict=True):
            if number < len(lines):
                paper.line(lines[number], left, TOP + 60 + number * 16, 10.5)


def test_two_columns_are_read_left_then_right() -> None:
    paper = Paper()
    paper.title("某某县工商联工作简报（第三期）")
    _two_columns(paper)

    texts = [block.text for block in _document(paper.data()).blocks()]

    assert texts[0] == "某某县工商联工作简报（第三期）"
    assert "".join(texts[1:]) == _LEFT_TEXT + _RIGHT_TEXT


def test_names_and_numbers_side_by_side_are_no_columns() -> None:
    paper = Paper()
    people = ["张三", "李四", "王五", "赵六", "孙七", "周八"]
    for number, name in enumerate(people):
        paper.line(f"{name}主席", 90, TOP + number * 28)
        paper.line(f"电话313{number}", 340, TOP + number * 28)

    texts = [block.text for block in _document(paper.data()).blocks()]

    assert texts == [f"{name}主席 电话313{number}" for number, name in enumerate(people)]


def test_a_page_turned_by_the_viewer_has_places_as_shown() -> None:
    paper = Paper()
    paper.canvas.translate(595, 0)
    paper.canvas.rotate(90)
    paper.line("会员企业名册", 200, TOP + 300)

    (block,) = _document(paper.data(turned=90)).blocks()

    box = block.lines[0].box
    assert block.text == "会员企业名册"
    assert box.right - box.left > 5 * (box.bottom - box.top)
    assert (round(box.left), round(box.right)) == (200, 200 + 6 * 16)


def test_sideways_print_on_an_upright_page_is_read_and_placed() -> None:
    paper = Paper()
    paper.canvas.translate(595, 0)
    paper.canvas.rotate(90)
    paper.line("会员企业名册", 200, TOP + 300)
    paper.line("共三十五家", 200, TOP + 340)

    first, second = _document(paper.data()).blocks()

    assert [first.text, second.text] == ["会员企业名册", "共三十五家"]
    box = first.lines[0].box
    assert box.bottom - box.top > 5 * (box.right - box.left)
    assert (round(box.top), round(box.bottom)) == (842 - 200 - 96, 842 - 200)


def test_a_table_printed_sideways_is_a_table() -> None:
    paper = Paper()
    paper.canvas.translate(595, 0)
    paper.canvas.rotate(90)
    paper.top = TOP + 300
    paper.table([("序号", "企业"), ("1", "宏达公司"), ("2", "兴业公司")], (60, 200), left=LEFT)

    (table,) = _document(paper.data()).tables()

    assert [[cell.text for cell in row] for row in table.rows()] == [
        ["序号", "企业"],
        ["1", "宏达公司"],
        ["2", "兴业公司"],
    ]


def test_a_box_turned_and_turned_back_is_the_same() -> None:
    page = Frame(0, 0, 595, 842)
    box = Box(10, 20, 110, 36)

    for turns in range(4):
        layout = page.turned(turns)
        placed = layout.place(10, 842 - 36, 110, 842 - 20)

        assert page.shown(Box(*placed), layout) == box


def test_text_beyond_the_page_is_told_and_left_out() -> None:
    paper = Paper()
    paper.line("页内文字", LEFT, TOP)
    paper.line("页外文字", LEFT, 900)

    document = _document(paper.data())

    assert [block.text for block in document.blocks()] == ["页内文字"]
    assert [notice.code for notice in document.notices] == ["text_outside_page"]
