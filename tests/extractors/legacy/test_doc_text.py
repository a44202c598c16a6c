"""What Word shows of an old paper is what is read: text, breaks, fields, symbols, changes, notes, heads."""

from __future__ import annotations

import struct

import pytest

from extractors.document import Block, Extraction, Limits, Outcome, Part, Source
from extractors.word.binary.streams import Place
from extractors.word.legacy import extract
from tests.builders.doc_builder import DELETED, HIDDEN, Run, doc, fonts, paragraph, plc, styles


def read(data: bytes) -> Extraction:
    return extract(Source("方案.doc", data), Limits())


def lines(data: bytes, part: Part = Part.BODY) -> list[str]:
    document = read(data).document
    assert document is not None
    return [block.shown for block in document.blocks() if block.locator.part is part]


def codes(data: bytes) -> set[str]:
    return {notice.code for notice in read(data).notices}


def symbol(font: int, place: int) -> bytes:
    return struct.pack("<HHH", 0x6A09, font, place)


def test_reads_paragraphs_in_order() -> None:
    data = doc("关于五好建设的工作方案", "为深入推进五好建设，制定本方案。")

    assert ["关于五好建设的工作方案", "为深入推进五好建设，制定本方案。"] == lines(data)
    assert read(data).outcome is Outcome.OK


def test_wps_papers_are_the_same_inside() -> None:
    extraction = extract(Source("方案.wps", doc("组织领导")), Limits())

    assert extraction.outcome is Outcome.OK


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("一是\x0b二是", "一是\n二是"),
        ("前页\x0c后页", "前页\n后页"),
        ("项目\t金额", "项目\t金额"),
        ("0395\x1e123", "0395-123"),
        ("工\x1f商联", "工商联"),
        ("张\xa0三", "张\xa0三"),
        ("注\x02见后\x05", "注见后"),
        ("共\x13 NUMPAGES \x143\x15页", "共3页"),
        ('\x13 HYPERLINK "http://a" \x14市工商联\x15', "市工商联"),
        ("\x13 IF \x13 DATE \x142015\x15 = 1 \x14是\x15", "是"),
        (r"第\x13 EQ \o\ac(○,3) \x15项".replace(r"\x13", "\x13").replace(r"\x15", "\x15"), "第③项"),
        ("𠮷家商会", "𠮷家商会"),
    ],
)
def test_shows_what_word_shows(stored: str, shown: str) -> None:
    assert [shown] == lines(doc(stored, structures={Place.SECTIONS: plc([0, 99], [bytes(12)])}))


def test_section_break_ends_a_paragraph() -> None:
    data = doc(
        paragraph("第一节", mark="\x0c"),
        "第二节",
        structures={Place.SECTIONS: plc([0, 4, 8], [bytes(12), bytes(12)])},
    )

    assert ["第一节", "第二节"] == lines(data)


def test_hidden_text_is_left_out_and_noted() -> None:
    data = doc(paragraph("公开", Run("内部掌握", HIDDEN)))

    assert ["公开"] == lines(data)
    assert "hidden_text" in codes(data)


def test_deleted_text_is_left_out() -> None:
    assert ["新增会员35家"] == lines(doc(paragraph("新增会员", Run("30", DELETED), "35家")))


def test_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    data = doc(paragraph("前半", mark_properties=DELETED), "后半")

    assert ["前半后半"] == lines(data)


def test_symbols_show_as_they_look() -> None:
    data = doc(paragraph(Run("(", symbol(0, 0xF0FE)), "达标"), structures={Place.FONTS: fonts("Wingdings")})

    assert ["☑达标"] == lines(data)


def test_field_that_word_works_out_is_a_loss() -> None:
    extraction = read(doc("\x13 AUTONUM \x15总则"))

    assert extraction.outcome is Outcome.PARTIAL


def test_heading_levels_come_from_styles_and_outline_levels() -> None:
    sheet = styles((0, "Normal", b""), (1, "heading 1", b""), (0xFFE, "标题 2", b""))
    outlined = paragraph("三级", properties=struct.pack("<HB", 0x2640, 2))
    headings = [
        paragraph("一级", style=1),
        paragraph("二级", style=2),
        outlined,
        paragraph("又一级", style=1),
    ]
    document = read(doc(*headings, structures={Place.STYLES: sheet})).document

    assert document is not None
    paths = {block.text: block.heading_path for block in document.blocks()}
    assert {"一级": (), "二级": ("一级",), "三级": ("一级", "二级"), "又一级": ()} == paths


def test_parts_stand_apart() -> None:
    data = doc(
        "正文",
        footnotes=[[paragraph("\x02 脚注")]],
        endnotes=[[paragraph("\x02 尾注")]],
        comments=[[paragraph("\x05批注")]],
        headers=[*([[paragraph("")]] * 6), [], [paragraph("页眉")], [], [paragraph("— 1 —")], [], []],
    )
    document = read(data).document

    assert document is not None
    found = {(block.locator.part, block.text) for block in document.blocks()}
    assert {
        (Part.BODY, "正文"),
        (Part.FOOTNOTE, "脚注"),
        (Part.ENDNOTE, "尾注"),
        (Part.COMMENT, "批注"),
        (Part.HEADER, "页眉"),
        (Part.FOOTER, "— 1 —"),
    } == found


def test_text_box_stands_where_its_shape_is_anchored() -> None:
    anchor = struct.pack("<I22x", 7)
    data = doc(
        paragraph("前", Run("\x08")),
        "后",
        boxes=[[paragraph("框里的话")]],
        structures={
            Place.SHAPES: plc([1, 5], [anchor]),
            Place.TEXT_BOXES: plc([0, 5], [struct.pack("<14xI4x", 7)]),
        },
    )
    document = read(data).document

    assert document is not None
    found = [(item.locator.part, item.text) for item in document.content if isinstance(item, Block)]
    assert [(Part.BODY, "前"), (Part.TEXT_BOX, "框里的话"), (Part.BODY, "后")] == found


def test_text_box_without_an_anchor_is_not_lost() -> None:
    data = doc(
        "正文",
        boxes=[[paragraph("框里的话")]],
        structures={Place.TEXT_BOXES: plc([0, 5], [struct.pack("<14xI4x", 7)])},
    )

    assert ["框里的话"] == lines(data, Part.TEXT_BOX)


def test_quotes_are_found_again_from_their_locators() -> None:
    document = read(doc("成立领导小组，组长张三。")).document

    assert document is not None
    block = next(document.blocks())
    assert document.text_at(block.locate(0, 6)) == "成立领导小组"
