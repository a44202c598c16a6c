"""Text boxes, notes, running heads, comments, drawings, objects and foreign chunks."""

from __future__ import annotations

import pytest

from extractors.document import Document, Extraction, Limits, Notice, Outcome, Part, Quality, Source, Table
from extractors.word.docx import extract
from tests.builders.docx_builder import (
    Part as File,
)
from tests.builders.docx_builder import (
    cell,
    docx,
    drawing,
    new_text_box,
    old_text_box,
    paragraph,
    picture,
    row,
    run,
    table,
)

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_LONG = (
    "全县工商联系统深入开展“五好”县级工商联建设，着力健全领导班子、壮大会员队伍、"
    "规范商会组织、发挥职能作用、强化工作保障，各项工作按照方案有序推进。"
)
_INK = drawing('<w14:contentPart r:id="x"/>', "urn:ink")


def _extraction(body: str, **parts: File) -> Extraction:
    return extract(Source("方案.docx", docx(body, parts=parts)), Limits())


def _document(body: str, **parts: File) -> Document:
    document = _extraction(body, **parts).document
    assert document is not None
    return document


def _shown(document: Document) -> list[tuple[str, str]]:
    return [(block.locator.part.value, block.shown) for block in document.blocks()]


def _alternatives(new: str, old: str, requires: str = "wps") -> str:
    choice = f'<mc:Choice Requires="{requires}">{new}</mc:Choice>'
    return f"<w:r><mc:AlternateContent>{choice}<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"


def test_text_box_stands_once_after_its_anchor() -> None:
    both = _alternatives(new_text_box(paragraph("框里的话")), old_text_box(paragraph("框里的话")))

    document = _document(paragraph("前", both, "后") + paragraph("下一段"))

    assert _shown(document) == [("body", "前后"), ("text_box", "框里的话"), ("body", "下一段")]
    assert [block.locator.number for block in document.blocks()] == [1, 1, 2]


def test_fallback_is_taken_where_the_choice_is_not_understood() -> None:
    unknown = '<w:r xmlns:zz="urn:zz"><w:t>新</w:t></w:r>'
    body = f'<w:p xmlns:zz="urn:zz">{_alternatives(unknown, old_text_box(paragraph("旧")), "zz")}</w:p>'

    assert _shown(_document(body)) == [("text_box", "旧")]


def test_text_box_may_hold_a_table() -> None:
    box = new_text_box(table(row("甲", "乙"), columns=2), paragraph())

    (found,) = _document(paragraph(f"<w:r>{box}</w:r>")).content

    assert isinstance(found, Table)
    assert found.locator.part is Part.TEXT_BOX


def test_word_art_is_text() -> None:
    art = '<w:pict><v:shape><v:textpath string="先进单位"/></v:shape></w:pict>'

    assert _shown(_document(paragraph("正文", f"<w:r>{art}</w:r>"))) == [
        ("body", "正文"),
        ("text_box", "先进单位"),
    ]


def test_notes_come_after_the_body_in_the_order_of_their_marks() -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(run("<w:footnoteRef/>"), words)}</w:footnote>'
        for number, words in ((0, "未引用"), (2, "注二"), (3, "注三"))
    )
    body = paragraph(
        "甲", run('<w:footnoteReference w:id="3"/>'), "乙", run('<w:footnoteReference w:id="2"/>')
    )

    document = _document(body, id_notes=File("footnotes", notes))

    assert _shown(document) == [("body", "甲乙"), ("footnote", "注三"), ("footnote", "注二")]


def test_missing_note_counts_as_lost() -> None:
    extraction = _extraction(paragraph("甲", run('<w:footnoteReference w:id="9"/>')))

    assert extraction.notices == (Notice("missing_note", "footnotes 9", is_loss=True),)


def test_running_heads_stand_once_after_the_body() -> None:
    references = '<w:headerReference w:type="default" r:id="{}"/><w:footerReference r:id="id_foot"/>'
    section = f"<w:sectPr>{references}</w:sectPr>"
    body = (
        paragraph("第一节", properties=section.format("id_one"))
        + paragraph("第二节")
        + section.format("id_two")
    )

    document = _document(
        body,
        id_one=File("header", paragraph("舞阳县工商联文件")),
        id_two=File("header", paragraph("舞阳县工商联文件")),
        id_foot=File("footer", paragraph("- 1 -")),
    )

    assert _shown(document) == [
        ("body", "第一节"),
        ("body", "第二节"),
        ("header", "舞阳县工商联文件"),
        ("footer", "- 1 -"),
    ]
    assert document.visible_text() == "第一节\n第二节"


@pytest.mark.parametrize(("switch", "expected"), [("", 1), ("<w:titlePg/>", 2)])
def test_header_of_the_first_page_only_where_it_is_switched_on(switch: str, expected: int) -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="id_first"/>'
        f'<w:headerReference w:type="default" r:id="id_other"/>{switch}</w:sectPr>'
    )

    document = _document(
        paragraph("正文") + section,
        id_first=File("header", paragraph("首页")),
        id_other=File("header", paragraph("各页")),
    )

    assert expected == sum(block.locator.part is Part.HEADER for block in document.blocks())


def test_comments_stay_apart() -> None:
    body = paragraph("发展会员60家", run('<w:commentReference w:id="0"/>'))

    document = _document(
        body, id_comments=File("comments", f'<w:comment w:id="0">{paragraph("请核实")}</w:comment>')
    )

    assert _shown(document) == [("body", "发展会员60家"), ("comment", "请核实")]
    assert document.visible_text() == "发展会员60家"


def test_pictures_beside_text_are_only_told() -> None:
    extraction = _extraction(paragraph(_LONG, f"<w:r>{picture()}</w:r>", f"<w:r>{picture()}</w:r>"))

    assert extraction.outcome is Outcome.OK
    assert extraction.notices == (Notice("picture", "2"),)


def test_paper_of_pictures_is_no_empty_paper() -> None:
    extraction = _extraction(paragraph(f"<w:r>{picture()}</w:r>"))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.notices == (Notice("picture", "1", is_loss=True),)
    assert extraction.document is not None
    assert extraction.document.quality is Quality.POOR


def test_smart_art_is_read_from_its_data() -> None:
    graphic = drawing('<dgm:relIds r:dm="id_data"/>', f"{_MAIN}/diagram")
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for words in ("动员", "落实")
    )
    data = f'<dgm:dataModel xmlns:dgm="{_MAIN}/diagram" xmlns:a="{_MAIN}/main">{points}</dgm:dataModel>'

    document = _document(paragraph(f"<w:r>{graphic}</w:r>"), id_data=File("diagramData", data.encode()))

    assert _shown(document) == [("text_box", "动员"), ("text_box", "落实")]


def test_chart_is_read_with_its_figures() -> None:
    graphic = drawing('<c:chart r:id="id_chart"/>', f"{_MAIN}/chart")
    series = (
        "<c:ser><c:tx><c:strRef><c:strCache><c:pt><c:v>会员数</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        "<c:cat><c:strRef><c:strCache><c:pt><c:v>2014年</c:v></c:pt><c:pt><c:v>2015年</c:v></c:pt></c:strCache>"
        "</c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt><c:v>386</c:v></c:pt><c:pt><c:v>446</c:v></c:pt>"
        "</c:numCache></c:numRef></c:val></c:ser>"
    )
    chart = f'<c:chartSpace xmlns:c="{_MAIN}/chart">{series}</c:chartSpace>'

    document = _document(paragraph(f"<w:r>{graphic}</w:r>"), id_chart=File("chart", chart.encode()))

    assert _shown(document) == [("text_box", "会员数：2014年 386，2015年 446")]


def test_drawing_whose_part_is_missing_counts_as_lost() -> None:
    graphic = drawing('<c:chart r:id="id_gone"/>', f"{_MAIN}/chart")

    assert _extraction(paragraph(_LONG, f"<w:r>{graphic}</w:r>")).notices == (Notice("chart", is_loss=True),)


def _object(program: str) -> str:
    return f'<w:r><w:object><o:OLEObject Type="Embed" ProgID="{program}" r:id="id_object"/></w:object></w:r>'


def test_file_carried_inside_is_handed_on() -> None:
    inner = docx(paragraph("附表"))

    extraction = _extraction(
        paragraph("见附件", _object("Word.Document.12")), id_object=File("package", inner, "docx")
    )

    assert extraction.outcome is Outcome.OK
    assert extraction.members == (Source("方案.docx/id_object.docx", inner),)


def test_object_that_carries_no_file_counts_as_lost() -> None:
    extraction = _extraction(
        paragraph("见公式", _object("Equation.3")), id_object=File("oleObject", b"MathType", "bin")
    )

    assert extraction.notices == (Notice("embedded_object", "Equation.3", is_loss=True),)


def test_linked_object_is_never_followed() -> None:
    extraction = _extraction(paragraph("见", _object("Excel.Sheet.12")))

    assert extraction.members == ()
    assert extraction.outcome is Outcome.PARTIAL


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<w:r><w:object><w:control r:id="x"/></w:object></w:r>', "control"),
        (f"<w:r>{_INK}</w:r>", "ink"),
        ('<w:subDoc r:id="x"/>', "subdocument"),
    ],
)
def test_what_cannot_be_read_is_told(element: str, expected: str) -> None:
    extraction = _extraction(paragraph("甲", element))

    assert extraction.outcome is Outcome.PARTIAL
    assert expected == extraction.notices[0].code


def test_web_page_chunk_is_read_in_place() -> None:
    page = "<html><body><p>网页<b>段落</b></p><ol><li>走访</li></ol><script>x</script>"
    page += "<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table></body></html>"
    body = paragraph("前") + '<w:altChunk r:id="id_chunk"/>' + paragraph("后")

    document = _document(body, id_chunk=File("aFChunk", f'<meta charset="utf-8">{page}'.encode(), "html"))

    assert document.visible_text() == "前\n网页段落\n1.走访\n甲\t乙\n丙\n后"


def test_word_chunk_is_read_in_place() -> None:
    chunk = docx(paragraph("块里的话") + table(row(cell("甲"))))

    document = _document(
        '<w:altChunk r:id="id_chunk"/>' + paragraph("后"), id_chunk=File("aFChunk", chunk, "docx")
    )

    assert document.visible_text() == "块里的话\n甲\n后"


def test_chunk_of_a_foreign_kind_counts_as_lost() -> None:
    extraction = _extraction(
        paragraph("前") + '<w:altChunk r:id="id_chunk"/>', id_chunk=File("aFChunk", b"{\\rtf1}", "rtf")
    )

    assert extraction.notices == (Notice("alternative_chunk", "word/id_chunk.rtf", is_loss=True),)


def test_chunk_that_holds_itself_ends() -> None:
    data = docx(paragraph("底"))
    for _ in range(6):
        data = docx(
            paragraph("层") + '<w:altChunk r:id="id_chunk"/>',
            parts={"id_chunk": File("aFChunk", data, "docx")},
        )

    extraction = extract(Source("方案.docx", data), Limits())

    assert extraction.outcome is Outcome.PARTIAL
    assert [notice.code for notice in extraction.notices] == ["alternative_chunk"]
