"""What Word shows of a rich text paper is what is read."""

from __future__ import annotations

import pytest

from extractors.document import Block, Extraction, Limits, Outcome, Part, Source
from extractors.rtf import extract
from tests.builders.rtf_builder import encoded, numbered, rtf


def read(data: bytes) -> Extraction:
    return extract(Source("方案.rtf", data), Limits())


def parts(data: bytes) -> list[tuple[Part, str]]:
    document = read(data).document
    assert document is not None
    return [(item.locator.part, item.shown) for item in document.content if isinstance(item, Block)]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("五好建设", ["五好建设"]),
        (numbered("五好𠮷"), ["五好𠮷"]),
        (r"\uc2\u20116\'ce\'e5\u22909\'ba\'c3", ["五好"]),
        (r"\u20116\par next", ["五", "next"]),
        (r"{\f1 GB/T 9704\'962012}", ["GB/T 9704–2012"]),
        (r"{\f1 \'d6\'d0}", ["中"]),
        (r"{\f2 \'fe}达标", ["☑达标"]),
        (r"{\f2 \u-3842?}达标", ["☑达标"]),
        (r"一是\line 二是", ["一是\n二是"]),
        (r"项目\tab 金额", ["项目\t金额"]),
        (r"0395\_123\~电话", ["0395-123\xa0电话"]),
        (r"\ldblquote 五好\rdblquote\emdash 方案", ["“五好”—方案"]),
        ("前\\\n后", ["前", "后"]),
        ("断\n行", ["断行"]),
        (r"公开{\v 内部}", ["公开"]),
        (r"公开{\v 内部\par }续", ["公开续"]),
        (r"35{\deleted 30}家", ["35家"]),
        (r"{\*\unknown 不显示}显示", ["显示"]),
        (r"{\b\*\cs7 显示}", ["显示"]),
        (r"{\upr{old}{\*\ud{新}}}", ["新"]),
        (r"\{花括号\}\\", ["{花括号}\\"]),
        (r"{\field{\*\fldinst HYPERLINK a}{\fldrslt 工商联}}", ["工商联"]),
        (r"{\field{\*\fldinst EQ \\o\\ac(○,3)}{\fldrslt }}项", ["③项"]),
        (
            r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt }}达标",
            ["☒达标"],
        ),
        (
            r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl 一}{\*\ffl 二}}}}"
            r"{\fldrslt }}",
            ["二"],
        ),
        (r"{\listtext\pard\plain （一）\tab}\ls1 动员部署", ["（一）动员部署"]),
        (r"{\pntext\f2\'d8\tab}\pard 走访", ["➢走访"]),
        (r"{\*\shppict{\pict\pngblip 89504e47}}" + "五好建设工作方案正文" * 7, ["五好建设工作方案正文" * 7]),
    ],
)
def test_shows_what_word_shows(stored: str, shown: list[str]) -> None:
    assert shown == [text for _, text in parts(rtf(stored))]


def test_labels_stay_apart_from_the_text() -> None:
    document = read(rtf(r"{\listtext\pard\plain （一）\tab}\pard\ls1 动员部署\par")).document

    assert document is not None
    block = next(document.blocks())
    assert ("（一）", "动员部署") == (block.label, block.text)


def test_number_that_was_not_stored_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.office.find_office", lambda: None)

    extraction = read(rtf(r"\pard\ls3 动员部署\par"))

    assert extraction.outcome is Outcome.PARTIAL
    assert ["numbering_not_read"] == [notice.code for notice in extraction.notices]


def test_headings_come_from_styles() -> None:
    body = r"\pard\s1 一级\par\pard\s2 二级\par\pard\s0 正文\par\pard\s1 又一级\par"
    document = read(rtf(body)).document

    assert document is not None
    assert {"一级": (), "二级": ("一级",), "正文": ("一级", "二级"), "又一级": ()} == {
        block.text: block.heading_path for block in document.blocks()
    }


def test_parts_stand_apart() -> None:
    body = (
        r"{\header 页眉\par}{\footer 1\par}正文{\footnote 脚注}{\footnote\ftnalt 尾注}"
        r"{\*\annotation 批注}{\shp{\*\shpinst{\shptxt 框里的话\par}}{\shprslt 旧框}}\par"
    )

    assert [
        (Part.BODY, "正文"),
        (Part.TEXT_BOX, "框里的话"),
        (Part.FOOTNOTE, "脚注"),
        (Part.ENDNOTE, "尾注"),
        (Part.HEADER, "页眉"),
        (Part.FOOTER, "1"),
        (Part.COMMENT, "批注"),
    ] == parts(rtf(body))


def test_word_art_is_read() -> None:
    body = r"正文{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv 市工商联文件}}}}"

    assert (Part.TEXT_BOX, "市工商联文件") in parts(rtf(body))


def test_bytes_that_are_no_characters_are_a_loss() -> None:
    assert read(rtf(r"中\'ff\'ff文")).outcome is Outcome.PARTIAL


def test_code_page_can_be_stated_by_the_font_alone() -> None:
    body = r"{\rtf1\ansi{\fonttbl{\f5\fcharset134 SimSun;}}\f5 " + encoded("五好") + "}"

    assert [(Part.BODY, "五好")] == parts(body.encode())
