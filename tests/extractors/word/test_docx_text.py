"""The finer points of what a paragraph shows."""

from __future__ import annotations

import pytest

from extractors.document import Document, Limits, Notice, Outcome, Source
from extractors.word.docx import extract
from extractors.word.fields import result_of
from tests.builders.docx_builder import docx, field, paragraph, run, styled


def _document(body: str, styles: str = "") -> Document:
    document = extract(Source("方案.docx", docx(body, styles=styles)), Limits()).document
    assert document is not None
    return document


def _shown(body: str, styles: str = "") -> str:
    return _document(body, styles).visible_text()


def test_space_counts_only_where_it_is_said_to() -> None:
    bare = "<w:r><w:t> 甲 </w:t></w:r>"

    assert _shown(paragraph(bare, run(" 乙 "), "丙")) == "甲 乙 丙"


def test_invisible_characters_are_dropped() -> None:
    assert _shown(paragraph("工\u00ad商\u200b联\ufeff")) == "工商联"


def test_nested_fields_show_the_outer_result() -> None:
    marks = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = field(" REF 甲 ", "条件")
    outer = marks.format("begin") + run("<w:instrText> IF </w:instrText>") + inner
    outer += marks.format("separate") + run("结果") + marks.format("end")

    assert _shown(paragraph("前", outer, "后")) == "前结果后"


def test_field_may_span_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

    first = paragraph(begin, run("一、总则", "<w:tab/>", "1"))
    last = paragraph(run("二、附则", "<w:tab/>", "2"), end)
    shown = _shown(first + last + paragraph("正文"))

    assert shown == "一、总则\t1\n二、附则\t2\n正文"


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        (r" eq \o\ac(○,1)", "①"),
        (r" eq \o\ac(○,25)", "25"),
        (r" eq \o\ac(□,是)", "是"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(luò),漯)', "漯"),
        (r"EQ \f(1,2)", "1/2"),
        (r'SYMBOL 254 \f "Wingdings" \s 12', "☑"),
        ("MACROBUTTON NoMacro [点此填写]", "[点此填写]"),
        ("PAGE", ""),
        ("LISTNUM", None),
    ],
)
def test_fields_that_are_shown_without_a_result(instruction: str, expected: str | None) -> None:
    assert expected == result_of(instruction)


def test_field_word_works_out_itself_counts_as_lost() -> None:
    document = _document(paragraph("第", field(" LISTNUM ", None), "款"))

    assert document.notices == (Notice("field_without_result", "LISTNUM", is_loss=True),)


def test_hidden_text_is_left_out_and_told() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="段"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    hidden = run("样式隐", properties='<w:rStyle w:val="H"/>')
    shown_again = paragraph(
        run("又显", properties='<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="P"/>'
    )

    document = _document(paragraph("公开", hidden) + styled("整段隐", "P") + shown_again, styles)

    assert document.visible_text() == "公开\n又显"
    assert document.notices == (Notice("hidden_text"),)


def test_symbols_that_cannot_be_told_leave_a_notice() -> None:
    document = _document(paragraph("甲", run('<w:sym w:font="Wingdings" w:char="F021"/>')))

    assert document.visible_text() == "甲"
    assert document.notices == (Notice("unknown_symbol", "Wingdings F021"),)


def test_letters_in_a_symbol_font_are_signs() -> None:
    properties = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'

    assert _shown(paragraph(run("\uf0fe", properties=properties), "已建")) == "☑已建"
    assert _shown(paragraph(run("ü", properties=properties), "合格")) == "✔合格"


def test_formula_is_linear_text() -> None:
    def r(words: str) -> str:
        return f"<m:r><m:t>{words}</m:t></m:r>"

    power = f"<m:sSup><m:e>{r('x')}</m:e><m:sup>{r('2')}</m:sup></m:sSup>"
    root = f"<m:rad><m:e>{r('a+b')}</m:e></m:rad>"
    total = (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{r("i")}</m:sub><m:e>{r("y")}</m:e></m:nary>'
    )
    bracket = f"<m:d><m:e>{r('m+n')}</m:e></m:d>"

    shown = _shown(paragraph(f"<m:oMath>{power}{r('+')}{root}{r('+')}{total}{bracket}</m:oMath>"))

    assert shown == "x^2+√(a+b)+∑_iy(m+n)"


def test_unknown_construct_with_words_counts_as_lost() -> None:
    extraction = extract(
        Source("方案.docx", docx(paragraph("甲", '<w:novelty xmlns:x="urn:x">新词</w:novelty>'))), Limits()
    )

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.notices == (Notice("unknown_construct", "w:novelty", is_loss=True),)


def test_unknown_construct_without_words_is_only_told() -> None:
    document = _document(paragraph("甲") + '<x:mark xmlns:x="urn:x"/>')

    assert document.notices == (Notice("unknown_construct", "x:mark"),)


def test_heading_styles_and_outline_levels() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="小标题"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = styled("总体要求", "1") + styled("指导思想", "2") + paragraph("正文。") + styled("重点工作", "1")

    blocks = list(_document(body, styles).blocks())

    assert [(block.kind.value, block.level) for block in blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 1),
    ]
    assert blocks[2].heading_path == ("总体要求", "指导思想")
