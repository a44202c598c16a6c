"""Tables, templates, annotations, seals, attachments and pictures of an OFD paper."""

from __future__ import annotations

import pytest

from extractors.document import Document, Extraction, Limits, Outcome, Part, Quality, Source
from extractors.ofd.reader import extract
from tests.builders.ofd_builder import SPACE, ofd, outlined, page, picture, table, text

_SENTENCE = "县工商联走访会员企业三十五家，协调解决融资难题十二个。"
_ROWS = (("序号", "任务", "责任人"), ("1", "走访企业", "张三"), ("2", "组织培训", "李四"))
_NOTES = "<ofd:Annotations>Annots.xml</ofd:Annotations>"


def read(data: bytes) -> Extraction:
    return extract(Source("方案.ofd", data), Limits())


def document_of(data: bytes) -> Document:
    document = read(data).document
    assert document is not None
    return document


def codes(extraction: Extraction) -> set[tuple[str, str, bool]]:
    notices = extraction.document.notices if extraction.document else extraction.notices
    return {(notice.code, notice.detail, notice.is_loss) for notice in notices}


def annotated(annotation: str, *, body: str = text(_SENTENCE)) -> bytes:
    index = (
        f'<ofd:Annotations {SPACE}><ofd:Page PageID="100"><ofd:FileLoc>A/Note.xml</ofd:FileLoc></ofd:Page>'
    )
    return ofd(
        page(body),
        after_pages=_NOTES,
        parts={
            "Doc_0/Annots.xml": f"{index}</ofd:Annotations>",
            "Doc_0/A/Note.xml": f"<ofd:PageAnnot {SPACE}>{annotation}</ofd:PageAnnot>",
        },
    )


def annotation(kind: str, appearance: str, *, remark: str = "", **stated: str) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in stated.items())
    words = f"<ofd:Remark>{remark}</ofd:Remark>" if remark else ""
    shown = f'<ofd:Appearance Boundary="20 200 80 10">{appearance}</ofd:Appearance>'
    return f'<ofd:Annot ID="5" Type="{kind}"{attributes}>{words}{shown}</ofd:Annot>'


def test_ruled_table_is_a_grid() -> None:
    (found,) = document_of(ofd(page(table(_ROWS, (20, 60, 40), top=60)))).tables()

    assert _ROWS == tuple(tuple(cell.text for cell in row) for row in found.rows())
    assert (1, 1, "责任人") == (found.header_rows, found.locator.page, found.header_of(3))


def test_title_above_a_table_is_its_caption() -> None:
    title = text("重点任务分工表", left=80, top=40)

    (found,) = document_of(ofd(page(title + table(_ROWS, (20, 60, 40), top=60)))).tables()

    assert found.caption == "重点任务分工表"


def test_table_over_two_pages_is_one() -> None:
    more = (_ROWS[0], ("3", "座谈调研", "王五"))

    document = document_of(
        ofd(page(table(_ROWS, (20, 60, 40), top=240)), page(table(more, (20, 60, 40), top=30)))
    )

    (found,) = document.tables()
    assert ["", "1", "2", "3"] == [row[0].text.replace("序号", "") for row in found.rows()]


def test_words_written_across_a_ruling_line_go_to_both_cells() -> None:
    rows = (("任务", "时限"), ("走访", ""))
    across = text("座谈会六月底前", left=26 + 20 - 3.7 * 3, top=63 + 20, size=3.7)

    (found,) = document_of(ofd(page(table((*rows, ("", "")), (20, 60), top=60) + across))).tables()

    assert ["座谈会", "六月底前"] == [cell.text for cell in list(found.rows())[2]]


def test_template_of_a_form_supplies_its_field_names() -> None:
    form = page(table(_ROWS[:1], (20, 60, 40), top=60))
    data = ofd(
        page(text("姓名：", top=40) + text("", top=50), template="7"),
        common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/Form.xml"/>',
        parts={"Doc_0/Tpls/Form.xml": form},
    )

    assert "姓名：\n序号\t任务\t责任人" == document_of(data).visible_text()


def test_head_of_a_template_is_no_body_text() -> None:
    data = ofd(
        *(page(text(f"（{n}）{_SENTENCE}"), template="7") for n in "一二三"),
        common='<ofd:TemplatePage ID="7" BaseLoc="Tpls/Head.xml"/>',
        parts={"Doc_0/Tpls/Head.xml": page(text("五好县级工商联建设资料", top=15))},
    )

    document = document_of(data)

    assert "五好" not in document.visible_text()
    (head,) = (block for block in document.blocks() if block.locator.part is Part.HEADER)
    assert ("五好县级工商联建设资料", 3) == (head.text, len(head.lines))


def test_missing_template_is_told() -> None:
    extraction = read(ofd(page(text(_SENTENCE), template="7")))

    assert extraction.outcome is Outcome.PARTIAL
    assert ("missing_part", "Template 7", True) in codes(extraction)


def test_blocks_within_blocks_are_opened() -> None:
    nested = f"<ofd:PageBlock><ofd:PageBlock>{text('五好')}</ofd:PageBlock></ofd:PageBlock>"

    assert "五好" == document_of(ofd(page(nested))).visible_text()


def test_shared_drawing_shows_its_words_where_it_is_used() -> None:
    words = f"<ofd:Content>{text('同意', 0, 0)}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="6">{words}</ofd:CompositeGraphicUnit>'
    used = '<ofd:CompositeObject ID="5" ResourceID="6" Boundary="100 200 30 10"/>'
    data = ofd(
        page(used),
        common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        parts={
            "Doc_0/Res.xml": f"<ofd:Res {SPACE}><ofd:CompositeGraphicUnits>{unit}"
            "</ofd:CompositeGraphicUnits></ofd:Res>"
        },
    )

    (block,) = document_of(data).blocks()

    assert block.text == "同意"
    assert block.lines[0].box.left == pytest.approx(100 * 72 / 25.4)


def test_unknown_object_may_hold_words() -> None:
    extraction = read(ofd(page(text(_SENTENCE) + '<ofd:VideoObject ID="4"/>')))

    assert extraction.outcome is Outcome.PARTIAL
    assert ("unknown_construct", "VideoObject", True) in codes(extraction)


@pytest.mark.parametrize("stated", [{"Visible": "false"}, {"Alpha": "0"}, {"Fill": "false"}])
def test_text_nobody_sees_is_left_out_and_told(stated: dict[str, str]) -> None:
    extraction = read(ofd(page(text(_SENTENCE) + text("占位文字", top=100, **stated))))

    assert extraction.document is not None
    assert _SENTENCE == extraction.document.visible_text()
    assert {("hidden_text", "1", False)} == codes(extraction)


def test_hidden_words_over_a_scan_are_what_text_recognition_left() -> None:
    document = document_of(ofd(page(picture() + text(_SENTENCE, Alpha="0"))))

    assert _SENTENCE == document.visible_text()
    assert [(Quality.FAIR, "ocr_layer")] == [(grade.quality, grade.reason) for grade in document.grades]


def test_page_that_is_one_picture_is_not_read() -> None:
    extraction = read(ofd(page(text(_SENTENCE)), page(picture())))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert extraction.document.quality is Quality.NONE
    assert ("scanned_page", "2", True) in codes(extraction)


def test_paper_of_pictures_only_is_unreadable() -> None:
    assert read(ofd(page(picture()))).outcome is Outcome.UNREADABLE


def test_words_drawn_as_outlines_are_told() -> None:
    extraction = read(ofd(page(outlined(200) + text("第1页", top=280))))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert ("outlined_text", "1", True) in codes(extraction)
    assert [(Quality.NONE, "outlined_text")] == [(g.quality, g.reason) for g in extraction.document.grades]


def test_drawn_emblem_beside_text_is_no_loss() -> None:
    extraction = read(ofd(page(outlined(30) + text(_SENTENCE))))

    assert (extraction.outcome, set()) == (Outcome.OK, codes(extraction))


@pytest.mark.parametrize("code", ["", "¤¤¤¤", "\ue001\ue002\ue003\ue004"])
def test_glyphs_without_characters_are_told(code: str) -> None:
    glyphs = (
        '<ofd:TextObject ID="1" Size="5" Boundary="20 40 150 5">'
        '<ofd:CGTransform CodePosition="0" CodeCount="4" GlyphCount="4"><ofd:Glyphs>7 8 9 10</ofd:Glyphs>'
        f'</ofd:CGTransform><ofd:TextCode X="0" Y="4" DeltaX="5 5 5">{code}</ofd:TextCode></ofd:TextObject>'
    )

    extraction = read(ofd(page(glyphs * 30)))

    assert ("garbled_page", "1", True) in codes(extraction)
    assert extraction.document is not None
    assert extraction.document.quality is Quality.NONE


def test_glyphs_beside_their_characters_are_no_loss() -> None:
    glyphs = (
        '<ofd:TextObject ID="1" Size="5" Boundary="20 40 150 5">'
        '<ofd:CGTransform CodePosition="0"><ofd:Glyphs>7 8</ofd:Glyphs></ofd:CGTransform>'
        '<ofd:TextCode X="0" Y="4" DeltaX="5">五好</ofd:TextCode></ofd:TextObject>'
    )

    extraction = read(ofd(page(glyphs)))

    assert (extraction.outcome, set()) == (Outcome.OK, codes(extraction))


def test_typed_annotation_is_a_text_box() -> None:
    document = document_of(annotated(annotation("Stamp", text("同意。王五", 0, 0), Subtype="FreeText")))

    (box,) = (block for block in document.blocks() if block.locator.part is Part.TEXT_BOX)
    assert ("同意。王五", 1, False) == (box.text, box.locator.page, document.is_stamped)
    assert box.lines[0].box.top == pytest.approx(200 * 72 / 25.4, abs=0.1)


def test_remark_is_a_comment() -> None:
    document = document_of(annotated(annotation("Highlight", "", remark="数字请核实")))

    assert _SENTENCE == document.visible_text()
    assert ["数字请核实"] == [block.text for block in document.blocks() if block.locator.part is Part.COMMENT]


def test_watermark_is_kept_once_and_apart() -> None:
    marks = "".join(text("内部资料", 0, top) for top in (0, 50, 100))

    document = document_of(annotated(annotation("Watermark", marks)))

    assert _SENTENCE == document.visible_text()
    assert ["内部资料"] == [block.text for block in document.blocks() if block.locator.part is Part.HEADER]


def test_hidden_annotation_says_nothing() -> None:
    document = document_of(annotated(annotation("Stamp", text("作废", 0, 0), Visible="false")))

    assert [_SENTENCE] == [block.text for block in document.blocks()]


def test_seal_put_on_as_an_annotation_stamps_the_paper() -> None:
    extraction = read(annotated(annotation("Stamp", picture("0 0 40 40"))))

    assert extraction.document is not None
    assert extraction.document.is_stamped
    assert {("stamp", "1", False)} == codes(extraction)


def test_electronic_seal_stamps_the_paper_and_names_its_page() -> None:
    signature = '<ofd:SignedInfo><ofd:StampAnnot ID="1" PageRef="101" Boundary="1 1 3 3"/></ofd:SignedInfo>'
    entry = '<ofd:Signature ID="1" BaseLoc="S/Signature.xml"/>'
    data = ofd(
        page(text(_SENTENCE)),
        page(text("二〇一五年六月")),
        in_body="<ofd:Signatures>Signs/Signatures.xml</ofd:Signatures>",
        parts={
            "Signs/Signatures.xml": f"<ofd:Signatures {SPACE}>{entry}</ofd:Signatures>",
            "Signs/S/Signature.xml": f"<ofd:Signature {SPACE}>{signature}</ofd:Signature>",
        },
    )

    extraction = read(data)

    assert extraction.document is not None
    assert extraction.document.is_stamped
    assert {("stamp", "2", False)} == codes(extraction)


def test_list_of_no_signatures_stamps_nothing() -> None:
    data = ofd(
        page(text(_SENTENCE)),
        in_body="<ofd:Signatures>S.xml</ofd:Signatures>",
        parts={"S.xml": f"<ofd:Signatures {SPACE}><ofd:MaxSignId>0</ofd:MaxSignId></ofd:Signatures>"},
    )

    assert not document_of(data).is_stamped


def with_attachment(location: str, **members: bytes) -> bytes:
    entry = f'<ofd:Attachment ID="1" Name="任务台账"><ofd:FileLoc>{location}</ofd:FileLoc></ofd:Attachment>'
    files = {f"Doc_0/Attachs/{name}.xlsx": content for name, content in members.items()}
    return ofd(
        page(text(_SENTENCE)),
        after_pages="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
        parts={
            "Doc_0/Attachs/Attachments.xml": f"<ofd:Attachments {SPACE}>{entry}</ofd:Attachments>",
            **files,
        },
    )


@pytest.mark.parametrize("location", ["a1.xlsx", "/Doc_0/Attachs/a1.xlsx", "Attachs\\a1.xlsx"])
def test_attached_file_becomes_a_source_of_its_own(location: str) -> None:
    extraction = read(with_attachment(location, a1=b"PK table"))

    assert [Source("方案.ofd/任务台账.xlsx", b"PK table")] == list(extraction.members)
    assert {("attachment", "任务台账.xlsx", False)} == codes(extraction)


def test_attached_file_that_is_missing_is_a_loss() -> None:
    extraction = read(with_attachment("a2.xlsx", a1=b"PK table"))

    assert (extraction.outcome, ()) == (Outcome.PARTIAL, extraction.members)
    assert {("attachment_unreadable", "任务台账", True)} == codes(extraction)
