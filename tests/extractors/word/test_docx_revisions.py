"""Tracked changes: the paper as it stands by default, the paper before on request."""

from __future__ import annotations

from extractors.document import Limits, Source
from extractors.word.docx import View, extract
from tests.builders.docx_builder import (
    abstract,
    docx,
    in_list,
    level,
    number,
    numbered,
    paragraph,
    row,
    run,
    table,
)


def _shown(data: bytes, view: View = View.FINAL) -> str:
    document = extract(Source("方案.docx", data), Limits(), view=view).document
    return document.visible_text() if document else ""


def _inserted(words: str) -> str:
    return f'<w:ins w:id="1" w:author="甲">{run(words)}</w:ins>'


def _deleted(words: str) -> str:
    return f'<w:del w:id="2" w:author="甲"><w:r><w:delText>{words}</w:delText></w:r></w:del>'


def test_insertion_and_deletion_in_both_views() -> None:
    data = docx(paragraph("成立", _inserted("领导小组"), _deleted("筹备组"), "。"))

    assert _shown(data) == "成立领导小组。"
    assert _shown(data, View.ORIGINAL) == "成立筹备组。"


def test_move_in_both_views() -> None:
    data = docx(
        paragraph("甲", f'<w:moveFrom w:id="1" w:author="甲">{run("一段")}</w:moveFrom>')
        + paragraph("乙", f'<w:moveTo w:id="2" w:author="甲">{run("一段")}</w:moveTo>')
    )

    assert _shown(data) == "甲\n乙一段"
    assert _shown(data, View.ORIGINAL) == "甲一段\n乙"


def test_inserted_paragraph_mark_divides_only_the_final_view() -> None:
    mark = '<w:rPr><w:ins w:id="1" w:author="甲"/></w:rPr>'
    data = docx(paragraph("前半", properties=mark) + paragraph("后半"))

    assert _shown(data) == "前半\n后半"
    assert _shown(data, View.ORIGINAL) == "前半后半"


def test_deleted_numbered_paragraph_does_not_count() -> None:
    gone = in_list() + '<w:rPr><w:del w:id="1" w:author="甲"/></w:rPr>'
    data = docx(
        numbered("甲") + paragraph(_deleted("作废"), properties=gone) + numbered("乙"),
        numbering=abstract(level(0, "decimal", "%1、")) + number(),
    )

    assert _shown(data) == "1、甲\n2、乙"


def test_rows_and_cells_in_both_views() -> None:
    data = docx(
        table(
            row("甲", "乙"),
            row("新行", "丙", properties='<w:ins w:id="1" w:author="甲"/>'),
            row("旧行", "丁", properties='<w:del w:id="2" w:author="甲"/>'),
            columns=2,
        )
        + paragraph()
    )

    assert _shown(data) == "甲\t乙\n新行\t丙"
    assert _shown(data, View.ORIGINAL) == "甲\t乙\n旧行\t丁"


def test_original_view_takes_the_properties_before_the_change() -> None:
    change = f'<w:pPrChange w:id="1" w:author="甲"><w:pPr>{in_list()}</w:pPr></w:pPrChange>'
    data = docx(
        paragraph("甲", properties=change), numbering=abstract(level(0, "decimal", "%1、")) + number()
    )

    assert _shown(data) == "甲"
    assert _shown(data, View.ORIGINAL) == "1、甲"


def test_field_inside_a_deletion_does_not_swallow_what_follows() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText> REF x </w:delInstrText></w:r>'
    data = docx(paragraph(f'<w:del w:id="1" w:author="甲">{begin}</w:del>', "后文"))

    assert _shown(data) == "后文"
