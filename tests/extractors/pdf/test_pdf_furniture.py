"""Running heads and page numbers leave the body but are not lost."""

from __future__ import annotations

import pytest

from extractors.document import Document, Limits, Part, Source
from extractors.pdf.reader import extract
from tests.builders.pdf_builder import LEADING, LEFT, Paper, width_of

_SENTENCE = "各县区工商联要高度重视，加强领导，落实责任，确保创建活动取得实效。"
_HEAD, _FOOT = 50.0, 785.0


def _document(paper: Paper) -> Document:
    document = extract(Source("方案.pdf", paper.data()), Limits()).document
    assert document is not None
    return document


def _texts(document: Document, part: Part) -> list[str]:
    return [block.text for block in document.blocks() if block.locator.part is part]


def _pages(paper: Paper, count: int, *, head: str = "", foot: str = "{}") -> Paper:
    for number in range(1, count + 1):
        if head:
            paper.line(head, LEFT, _HEAD, 10)
        paper.paragraph(f"第{'一二三四五'[number - 1]}部分。" + _SENTENCE * 3)
        paper.line(foot.format(number), 298 - width_of(foot, 14) / 2, _FOOT, 14)
        if number < count:
            paper.next_page()
    return paper


@pytest.mark.parametrize(
    "foot", ["{}", "— {} —", "- {} -", "－{}－", "第{}页", "第 {} 页 共 3 页", "{}/3", "Page {} of 3"]
)
def test_page_numbers_leave_the_body(foot: str) -> None:
    document = _document(_pages(Paper(), 3, foot=foot))

    assert len(_texts(document, Part.BODY)) == 3
    assert len(_texts(document, Part.FOOTER)) == 3
    assert [block.locator.page for block in document.blocks()][3:] == [1, 2, 3]


def test_a_running_head_is_kept_once_with_all_its_pages() -> None:
    document = _document(_pages(Paper(), 3, head="某某县工商联自查报告"))

    (block,) = [block for block in document.blocks() if block.locator.part is Part.HEADER]

    assert block.text == "某某县工商联自查报告"
    assert [line.page for line in block.lines] == [1, 2, 3]
    assert len(_texts(document, Part.BODY)) == 3


def test_running_heads_come_after_the_body() -> None:
    document = _document(_pages(Paper(), 2, head="自查报告"))

    parts = [item.locator.part for item in document.content]

    assert parts == [Part.BODY, Part.BODY, Part.HEADER, Part.FOOTER, Part.FOOTER]
    assert "自查报告" not in document.visible_text()


def test_a_page_number_does_not_cut_a_sentence() -> None:
    paper = Paper()
    paper.paragraph("一、主要做法")
    paper.top = 740 - LEADING
    paper.line("— 1 —", 280, _FOOT, 14)
    paper.paragraph(_SENTENCE * 4)
    paper.line("— 2 —", 280, _FOOT, 14)

    assert _texts(_document(paper), Part.BODY) == ["一、主要做法", _SENTENCE * 4]


def test_annex_names_that_count_up_are_no_running_heads() -> None:
    paper = Paper()
    for number in (1, 2, 3):
        paper.line(f"附件{number}", LEFT, 80)
        paper.paragraph(_SENTENCE)
        if number < 3:
            paper.next_page()

    texts = _texts(_document(paper), Part.BODY)

    assert [text for text in texts if text.startswith("附件")] == ["附件1", "附件2", "附件3"]


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    paper = Paper()
    paper.paragraph(_SENTENCE)
    paper.line("2015", LEFT, 400)

    assert _texts(_document(paper), Part.BODY) == [_SENTENCE, "2015"]
