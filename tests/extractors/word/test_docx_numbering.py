"""Automatic numbers come back as the label Word shows, kept apart from the text."""

from __future__ import annotations

import pytest

from extractors.document import Document, Limits, Notice, Part, Source, Table
from extractors.word.docx import View, extract
from tests.builders.docx_builder import (
    abstract,
    cell,
    docx,
    in_list,
    level,
    new_text_box,
    number,
    numbered,
    paragraph,
    row,
    table,
)


def _read(data: bytes, view: View = View.FINAL) -> Document:
    document = extract(Source("方案.docx", data), Limits(), view=view).document
    assert document is not None
    return document


def _labels(data: bytes) -> list[str]:
    return [block.label for block in _read(data).blocks()]


def test_label_stands_apart_from_the_text() -> None:
    data = docx(
        numbered("领导班子建设"), numbering=abstract(level(0, "chineseCounting", "（%1）")) + number()
    )

    (block,) = _read(data).blocks()

    assert (block.label, block.text) == ("（一）", "领导班子建设")
    assert _read(data).text_at(block.locator) == "领导班子建设"


@pytest.mark.parametrize(
    ("suffix", "label"),
    [("tab", "1.1 "), ("space", "1.1 "), ("nothing", "1.1")],
)
def test_gap_is_kept_only_where_number_and_figure_would_merge(suffix: str, label: str) -> None:
    levels = level(0, "decimal", "%1.1", f'<w:suff w:val="{suffix}"/>')

    labels = _labels(docx(numbered("2015年目标") + numbered("目标"), numbering=abstract(levels) + number()))

    assert [label, "2.1"] == labels


def test_unknown_number_format_falls_back_to_digits_and_is_told() -> None:
    data = docx(numbered("甲"), numbering=abstract(level(0, "thaiLetters", "%1)")) + number())

    document = _read(data)

    assert [block.shown for block in document.blocks()] == ["1)甲"]
    assert (Notice("unknown_number_format", "thaiLetters"),) == document.notices


def test_level_used_without_the_one_above_starts_it() -> None:
    levels = abstract(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
    data = docx(numbered("甲", 1) + numbered("乙", 1) + numbered("丙"), numbering=levels + number())

    assert _labels(data) == ["1.1", "1.2", "2."]


def test_bullet_level_gives_no_number_to_the_levels_below() -> None:
    levels = abstract(level(0, "decimal", "%1."), level(1, "bullet", "—"), level(2, "decimal", "%1.%2%3."))

    assert _labels(docx(numbered("甲") + numbered("乙", 2), numbering=levels + number())) == ["1.", "1.1."]


def test_restart_after_a_named_level_only() -> None:
    restart = '<w:lvlRestart w:val="1"/>'
    levels = abstract(
        level(0, "decimal", "%1."), level(1, "decimal", "(%2)"), level(2, "decimal", "[%3]", restart)
    )
    steps = (0, 1, 2, 1, 2, 0, 2)
    data = docx("".join(numbered("段", step) for step in steps), numbering=levels + number())

    assert _labels(data) == ["1.", "(1)", "[1]", "(2)", "[2]", "2.", "[1]"]


def test_custom_format_with_leading_zeros() -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1号"/></w:lvl>'
    )

    assert _labels(docx(numbered("甲"), numbering=abstract(levels) + number())) == ["007号"]


def test_hidden_number_is_not_shown_but_counted() -> None:
    hidden = level(0, "decimal", "%1.", after="<w:rPr><w:vanish/></w:rPr>")
    data = docx(
        numbered("甲") + numbered("乙", 1),
        numbering=abstract(hidden, level(1, "decimal", "%1.%2")) + number(),
    )

    assert _labels(data) == ["", "1.1"]


def test_text_boxes_count_for_themselves() -> None:
    data = docx(
        numbered("甲")
        + paragraph("锚", f"<w:r>{new_text_box(numbered('框甲'), numbered('框乙'))}</w:r>")
        + numbered("乙"),
        numbering=abstract(level(0, "decimal", "%1.")) + number(),
    )

    shown = [(block.locator.part, block.shown) for block in _read(data).blocks()]

    assert shown == [
        (Part.BODY, "1.甲"),
        (Part.BODY, "锚"),
        (Part.TEXT_BOX, "1.框甲"),
        (Part.TEXT_BOX, "2.框乙"),
        (Part.BODY, "2.乙"),
    ]


def test_number_in_a_cell_is_part_of_the_cell() -> None:
    numbering = abstract(level(0, "decimal", "%1、")) + number()
    numbered_cell = cell(paragraph("走访", properties=in_list()), paragraph("座谈", properties=in_list()))

    (found,) = _read(
        docx(table(row(numbered_cell, "乙"), columns=2) + paragraph(), numbering=numbering)
    ).content

    assert isinstance(found, Table)
    assert found.cells[0].text == "1、走访\n2、座谈"


def test_number_of_a_list_that_is_not_defined_is_left_out() -> None:
    assert _labels(docx(numbered("甲", number=7))) == [""]


def test_paragraph_with_only_a_number_is_shown() -> None:
    body = paragraph("正文") + paragraph(properties=in_list())
    data = docx(body, numbering=abstract(level(0, "decimal", "%1.")) + number())

    assert [block.shown for block in _read(data).blocks()] == ["正文", "1."]
