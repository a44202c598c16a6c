"""One paper in all formats reads the same: LibreOffice turns a Word paper into the old ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from extractors import registry
from extractors.document import Document, Extraction, Limits, Source
from extractors.office import convert, find_office
from extractors.rtf import extract as extract_rtf
from extractors.word.docx import extract as extract_docx
from extractors.word.legacy import extract as extract_doc
from tests.builders.docx_builder import (
    Part,
    abstract,
    cell,
    docx,
    field,
    level,
    new_text_box,
    number,
    numbered,
    paragraph,
    row,
    run,
    span,
    styled,
    table,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed"),
]

_EXTRACTORS: dict[str, Callable[[Source, Limits], Extraction]] = {"doc": extract_doc, "rtf": extract_rtf}
_NUMBERING = (
    abstract(
        level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>'),
        level(1, "chineseCountingThousand", "（%2）", '<w:suff w:val="nothing"/>'),
        level(2, "decimal", "%3.", '<w:suff w:val="nothing"/>'),
    )
    + number()
)
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)
_RESTART, _CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_BODY = "".join(
    (
        paragraph("关于印发“五好”县级工商联建设工作方案的通知"),
        styled("第一部分", "1"),
        numbered("总体要求", 0),
        numbered("指导思想", 1),
        paragraph(
            "以党的十八大精神为指导，", run("（内部掌握）", properties="<w:vanish/>"), "推进“五好”建设𠮷。"
        ),
        numbered("工作目标", 1),
        numbered("会员达到1200家", 2),
        numbered("商会达到15家", 2),
        numbered("组织领导", 0),
        numbered("成立领导小组", 1),
        paragraph(
            "联系人：张三",
            "<w:r><w:tab/></w:r>",
            "电话：0395",
            "<w:r><w:br/></w:r>",
            "邮箱见",
            field("REF a", "附件"),
        ),
        table(
            row(cell("任务", properties=span(2)), "责任人"),
            row(cell("班子", properties=_RESTART), "换届", "李四"),
            row(cell("", properties=_CONTINUE), "轮值", "王五"),
            row("会员", "发展", cell(paragraph("一是"), paragraph("二是"))),
        ),
        styled("第二部分", "1"),
        paragraph(run(new_text_box(paragraph("框里的话"))), "带框的段落"),
        paragraph("有脚注的话", run('<w:footnoteReference w:id="2"/>')),
    )
)
_FOOTNOTES = '<w:footnote w:id="2"><w:p><w:r><w:t>脚注一则</w:t></w:r></w:p></w:footnote>'


@cache
def original() -> bytes:
    notes = {"id_notes": Part("footnotes", _FOOTNOTES)}
    return docx(_BODY, numbering=_NUMBERING, styles=_STYLES, parts=notes)


@cache
def converted(suffix: str) -> bytes:
    found = convert(original(), "docx", suffix, 120.0)
    assert isinstance(found, bytes), found
    return found


def document_of(extraction: Extraction) -> Document:
    assert extraction.document is not None, extraction
    return extraction.document


@pytest.mark.parametrize("suffix", ["doc", "rtf"])
def test_no_character_is_lost(suffix: str) -> None:
    expected = document_of(extract_docx(Source("方案.docx", original()), Limits()))

    actual = document_of(_EXTRACTORS[suffix](Source(f"方案.{suffix}", converted(suffix)), Limits()))

    assert expected.visible_text() == actual.visible_text()


@pytest.mark.parametrize("suffix", ["doc", "rtf"])
def test_tables_and_headings_are_the_same(suffix: str) -> None:
    expected = document_of(extract_docx(Source("方案.docx", original()), Limits()))

    actual = document_of(registry.extract(Source(f"方案.{suffix}", converted(suffix))))

    assert [one.cells for one in expected.tables()] == [one.cells for one in actual.tables()]
    assert [one.heading_path for one in expected.blocks()] == [one.heading_path for one in actual.blocks()]


def test_open_document_comes_through_libreoffice() -> None:
    document = document_of(registry.extract(Source("方案.odt", converted("odt"))))

    assert document.extractor == "office+docx/1"
    assert "（一）指导思想" in document.visible_text()
