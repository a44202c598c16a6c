"""What a web page shows comes back as paragraphs, lists and tables; what it hides does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Block, Document, Extraction, Limits, Outcome, Part, Source
from extractors.html.reader import extract
from tests.builders.html_builder import page


def read(body: str, head: str = "") -> Extraction:
    return extract(Source("方案.doc", page(body, head=head)), Limits())


def document_of(body: str, head: str = "") -> Document:
    document = read(body, head).document
    assert document is not None
    return document


def shown(body: str, head: str = "") -> list[str]:
    return [block.shown for block in document_of(body, head).blocks()]


def codes(extraction: Extraction) -> set[tuple[str, str, bool]]:
    return {(notice.code, notice.detail, notice.is_loss) for notice in extraction.notices}


def test_paragraphs_and_headings() -> None:
    document = document_of("<h1>工作方案</h1><p>一、组织领导</p><p>成立<b>领导</b>小组。</p>")

    assert ["工作方案", "一、组织领导", "成立领导小组。"] == [block.text for block in document.blocks()]
    assert "一、组织领导" in list(document.blocks())[2].heading_path


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
        ("<h1>关于五好建设的<br>工作方案</h1>", ["关于五好建设的工作方案"]),
        ("<div>甲<p>乙</p>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("<p>　　走访&nbsp;企业</p>", ["走访 企业"]),
        ("<p>会员\n发展</p>", ["会员发展"]),
        ("<p>member\n service</p>", ["member service"]),
        ("<p>第\n 3\n 条</p>", ["第 3 条"]),
        ("<pre>第一行\n  第二行</pre>", ["第一行", "第二行"]),
        ("<p>&#20116;&#x597d;</p>", ["五好"]),
        ("<p>他说<q>好</q></p>", ["他说“好”"]),
        ("<ruby>漢<rt>hàn</rt></ruby>字", ["漢字"]),
        ("<dl><dt>名称</dt><dd>解释</dd></dl>", ["名称", "解释"]),
        ("<![if !supportLists]><span>（一）</span><![endif]>组织", ["（一）组织"]),
        ("<!-- 批注 --><p>五好</p><script>'<p>x</p>'</script><style>p{}</style>", ["五好"]),
        ("<p>是<input type=checkbox checked>否<input type=radio></p>", ["是☑否☐"]),
        ('<p>共<input value="35">家<input type=hidden value=x></p>', ["共35家"]),
        ("<p><select><option>甲<option selected>乙</select></p>", ["乙"]),
    ],
)
def test_words_read_as_shown(body: str, paragraphs: list[str]) -> None:
    assert paragraphs == shown(body)


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<ol><li>走访<li>培训</ol>", ["1.走访", "2.培训"]),
        ("<ol start=3><li>走访<li value=9>培训<li>座谈</ol>", ["3.走访", "9.培训", "10.座谈"]),
        ("<ol type=a><li>走访</ol>", ["a.走访"]),
        ("<ol type=I><li>走访<li>培训</ol>", ["I.走访", "II.培训"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>走访<li>培训</ol>", ["一、走访", "二、培训"]),
        ("<ol style='list-style:none'><li>走访</ol>", ["走访"]),
        ("<ol reversed><li>走访<li>培训</ol>", ["2.走访", "1.培训"]),
        ("<ul><li>走访</ul>", ["•走访"]),
        ("<ol><li>走访<ol><li>企业<li>商会</ol><li>培训</ol>", ["1.走访", "1.企业", "2.商会", "2.培训"]),
        ("<ol><li><p>走访</p><p>每月一次</p></ol>", ["1.走访", "每月一次"]),
        ("<ol start=99999999999><li value=x>走访</ol>", ["1.走访"]),
        ("<li>走访", ["走访"]),
    ],
)
def test_lists_show_their_numbers(body: str, paragraphs: list[str]) -> None:
    assert paragraphs == shown(body)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display: none'>旧稿</p>",
        "<span style='mso-hide:all'>旧稿</span>",
        "<p hidden>旧稿</p>",
        "<p style='visibility:hidden'>旧稿</p>",
        "<p class='a draft'>旧稿</p>",
        "<div id=old>旧稿</div>",
        "<del>旧稿</del>",
        "<table><tr style='display:none'><td>旧稿</td></tr></table>",
    ],
)
def test_what_is_hidden_is_left_out_and_told(hidden: str) -> None:
    head = "<style>.draft, #old {display:none} .keep p {display:none}</style>"

    extraction = read(f"<p>五好</p>{hidden}", head)

    assert extraction.document is not None
    assert "五好" == extraction.document.visible_text()
    assert {("hidden_text", "", False)} == codes(extraction)


def test_hidden_blank_is_not_worth_telling() -> None:
    assert set() == codes(read("<p>五好</p><p style='display:none'> </p>"))


def test_table_with_spans_and_column_names() -> None:
    body = (
        "<table><thead><tr><td rowspan=2>任务<td colspan=2>安排</tr><tr><td>单位<td>时限</thead>"
        "<tr><td rowspan=2>走访<td>某县<td>6月</tr><tr><td>某区<td>7月</table>"
    )

    (table,) = document_of(body).tables()

    assert [(2, 1), (1, 2)] == [(cell.row_span, cell.column_span) for cell in table.cells[:2]]
    assert (2, "安排/时限") == (table.header_rows, table.header_of(3))
    assert ["走访", "某县", "6月"] == [cell.text for cell in list(table.rows())[2]]
    assert ["某区", "7月"] == [cell.text for cell in list(table.rows())[3]]


def test_row_of_heads_names_the_columns() -> None:
    (table,) = document_of("<table><tr><th>甲<th>乙</tr><tr><td>1<td>2</table>").tables()

    assert 1 == table.header_rows


def test_title_of_a_table() -> None:
    document = document_of(
        "<table><caption>重点任务分工表</caption><tr><td>任务<td>单位<tr><td>走访<td>某县</table>"
    )

    assert ["重点任务分工表"] == [table.caption for table in document.tables()]


def test_paragraphs_in_a_cell_are_lines() -> None:
    (table,) = document_of("<table><tr><td><p>甲</p><ol><li>乙</ol><td>丙</table>").tables()

    assert ["甲\n1.乙", "丙"] == [cell.text for cell in table.cells]


def test_table_in_a_table_hangs_on_its_cell() -> None:
    inner = "<table><tr><td>内<td>表</table>"

    outer, nested = document_of(f"<table><tr><td>一项较长的说明文字<td>{inner}</table>").tables()

    assert nested.parent is not None
    assert (0, 1, 2) == (nested.parent.block, nested.parent.row, nested.parent.column)
    assert ["内", "表"] == [cell.text for cell in nested.cells]
    assert 2 == len(outer.cells)


def test_table_that_only_arranges_the_page_is_running_text() -> None:
    inner = "<table><tr><td>任务<td>单位<tr><td>走访企业<td>某县</table>"

    document = document_of(f"<table><tr><td>导航<td><p>正文。</p>{inner}</table>")

    assert ["导航", "正文。"] == [block.text for block in document.blocks()]
    assert [4] == [len(table.cells) for table in document.tables()]
    assert ["一", "二"] == shown("<table><tr><td>一<tr><td>二</table>")


def test_words_between_cells_are_not_lost() -> None:
    document = document_of("<table>前<form><tr><td>甲</td>中<td>乙</td></tr></form></table>后")

    assert ["前", "中", "后"] == [block.text for block in document.blocks()]
    assert ["甲", "乙"] == [cell.text for table in document.tables() for cell in table.cells]


def test_notes_and_running_heads_of_word_stand_apart() -> None:
    body = (
        "<p>五好[1]</p><div style='mso-element:footnote-list'><div style='mso-element:footnote'>"
        "<p>[1]见通知</p></div></div><div style='mso-element:header'><p>某县工商联</p></div>"
    )

    document = document_of(body)

    assert [(Part.BODY, "五好[1]"), (Part.FOOTNOTE, "[1]见通知"), (Part.HEADER, "某县工商联")] == [
        (block.locator.part, block.text) for block in document.blocks()
    ]


def test_frame_is_never_fetched_but_told() -> None:
    extraction = read("<p>五好</p><iframe src='http://example.invalid/a.htm?x=1'>替代</iframe>")

    assert extraction.outcome is Outcome.PARTIAL
    assert {("frame", "a.htm", True)} == codes(extraction)


def test_page_that_is_a_picture_is_a_loss() -> None:
    extraction = read("<img src='http://example.invalid/a.png'>")

    assert (extraction.outcome, {("picture", "1", True)}) == (Outcome.PARTIAL, codes(extraction))


def test_blank_page_is_empty() -> None:
    assert Outcome.EMPTY is read("<p> &nbsp; </p>").outcome
    assert Outcome.EMPTY is extract(Source("a.htm", b"  "), Limits()).outcome


@pytest.mark.parametrize("name", ["div", "span", "table><tr><td", "ul><li", "b"])
def test_nesting_beyond_reason_ends_and_is_told(name: str) -> None:
    extraction = read(f"<p>五好</p>{f'<{name}>' * 5_000}深处")

    assert extraction.document is not None
    assert "五好" in extraction.document.visible_text()
    assert ("too_deep", "html", True) in codes(extraction)


def test_spans_beyond_reason_end() -> None:
    row = "<tr>" + "<td rowspan=65534 colspan=65534>甲" * 20

    assert 20 * 50 == sum(len(table.cells) for table in document_of(f"<table>{row * 50}</table>").tables())


def test_more_characters_than_allowed_are_too_big() -> None:
    data = page("<p>会员发展</p>" * 50)

    assert Outcome.TOO_BIG is extract(Source("a.htm", data), Limits(max_characters=50)).outcome
    assert Outcome.TOO_BIG is extract(Source("a.htm", data), Limits(max_xml_bytes=50)).outcome


_TAGS = (
    "<p> </p> <table> <tr> <td> </td> </table> <ol> <li> <br> <h2> </h2> <b> <div> </div> <pre> <th> "
    "<td\tcolspan=3> <td\trowspan=0> <select> <style> <!-- &#0; <del> <frameset> <textarea>"
)
_PIECE = st.sampled_from(_TAGS.split(" "))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_PIECE, st.sampled_from(["五好", "走访", "1."])), max_size=30))
def test_any_soup_of_tags_has_an_outcome_and_places_that_hold(pieces: list[str]) -> None:
    extraction = read("".join(pieces))

    assert isinstance(extraction.outcome, Outcome)
    for item in extraction.document.content if extraction.document else ():
        assert extraction.document is not None
        if isinstance(item, Block):
            assert item.text == extraction.document.text_at(item.locator)
        else:
            for cell in item.cells:
                assert cell.text == extraction.document.text_at(item.locate(cell, 0, len(cell.text)))
