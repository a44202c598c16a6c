"""Whatever is typeset comes back word for word, and every printed line lies on its page."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Document, Limits, Source
from extractors.pdf.reader import extract
from tests.builders.pdf_builder import LEFT, SIZE, Paper

_HAN = st.sampled_from("县工商联坚持走访会员企业服务发展建立健全制度组织培训座谈调研落实责任明确时限")
_CLAUSE = st.builds(
    lambda words, figure, end: "".join(words) + figure + end,
    st.lists(_HAN, min_size=2, max_size=30),
    st.sampled_from(["", "35家", "2015年", "（含3家）", "“双培双带”", "8.6%", "A级"]),
    st.sampled_from(["，", "，", "、", "；"]),
)
_SENTENCE = st.lists(_CLAUSE, min_size=1, max_size=14).map(lambda clauses: "".join(clauses)[:-1] + "。")


def _document(paper: Paper) -> Document:
    document = extract(Source("方案.pdf", paper.data()), Limits()).document
    assert document is not None
    return document


def _typeset(paragraphs: list[str]) -> Paper:
    paper = Paper()
    for number, text in enumerate(paragraphs):
        # A short heading before each makes the paragraphs' borders certain.
        paper.paragraph(f"（{'一二三四五六七八'[number]}）主要做法")
        paper.paragraph(text)
    return paper


@settings(max_examples=40, deadline=None)
@given(st.lists(_SENTENCE, min_size=1, max_size=8))
def test_typeset_paragraphs_come_back_exactly(paragraphs: list[str]) -> None:
    document = _document(_typeset(paragraphs))

    bodies = ["".join(block.text.split()) for block in document.blocks()][1::2]

    assert bodies == paragraphs


@settings(max_examples=25, deadline=None)
@given(st.lists(_SENTENCE, min_size=1, max_size=8))
def test_every_line_lies_on_its_page_and_every_quote_is_found_again(paragraphs: list[str]) -> None:
    document = _document(_typeset(paragraphs))

    for block in document.blocks():
        assert "".join(block.text[line.start : line.end] for line in block.lines) == block.text.replace(
            " ", ""
        )
        for line in block.lines:
            assert 1 <= line.page <= (document.page_count or 0)
            assert 0 <= line.box.left < line.box.right <= 595
            assert 0 <= line.box.top < line.box.bottom <= 842
            place = block.locate(line.start, line.end)
            assert document.text_at(place) == block.text[line.start : line.end]
            assert (place.page, place.box) == (line.page, line.box)


@settings(max_examples=40, deadline=None)
@given(text=st.lists(_HAN, min_size=2, max_size=20).map("".join), spacing=st.floats(0, 7))
def test_stretching_never_adds_a_space(text: str, spacing: float) -> None:
    paper = Paper()
    paper.line(text, LEFT, 200, SIZE, spacing=spacing)

    (block,) = _document(paper).blocks()

    assert block.text == text
