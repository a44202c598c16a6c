"""What holds for every Word paper: words are found again at their place, and cells never overlap."""

from __future__ import annotations

import io

import docx as python_docx
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Block, Document, Limits, Source, Table
from extractors.word.docx import extract
from tests.builders.docx_builder import (
    abstract,
    cell,
    docx,
    level,
    new_text_box,
    number,
    numbered,
    paragraph,
    row,
    run,
    span,
    table,
)

_WORDS = st.text(alphabet="工商联建设会员走访一二（）。，1a ", min_size=1, max_size=12)
_NUMBERING = abstract(level(0, "chineseCounting", "（%1）"), level(1, "decimal", "%2.")) + number()


@st.composite
def _tables(draw: st.DrawFn, depth: int = 0) -> str:
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        cells = []
        for _ in range(draw(st.integers(1, 4))):
            properties = draw(
                st.sampled_from(["", span(2), span(3), '<w:vMerge w:val="restart"/>', "<w:vMerge/>"])
            )
            properties += draw(st.sampled_from(["", "", "<w:vMerge/>"])) if "vMerge" not in properties else ""
            inner = draw(_tables(depth + 1)) if depth < 2 and draw(st.booleans()) else ""
            cells.append(
                cell(paragraph(draw(_WORDS)), *([inner, paragraph()] if inner else []), properties=properties)
            )
        before = draw(st.sampled_from(["", '<w:gridBefore w:val="1"/>']))
        rows.append(row(*cells, properties=before))
    return table(*rows)


_BLOCKS = st.one_of(
    st.builds(paragraph, _WORDS),
    st.builds(numbered, _WORDS, st.integers(0, 1)),
    st.builds(
        lambda words, inner: paragraph(words, run(new_text_box(inner))), _WORDS, st.builds(paragraph, _WORDS)
    ),
    _tables(),
)


def _document(data: bytes) -> Document | None:
    return extract(Source("方案.docx", data), Limits()).document


@settings(max_examples=80, deadline=None)
@given(st.lists(_BLOCKS, min_size=1, max_size=6))
def test_every_locator_finds_its_words(blocks: list[str]) -> None:
    document = _document(docx("".join(blocks), numbering=_NUMBERING))

    for index, item in enumerate(document.content if document else ()):
        assert index == item.locator.block
        if isinstance(item, Block):
            assert document.text_at(item.locate(0, len(item.text))) == item.text
        else:
            assert all(document.text_at(item.locate(one, 0, len(one.text))) == one.text for one in item.cells)


@settings(max_examples=80, deadline=None)
@given(_tables())
def test_cells_never_overlap_and_parents_hold_their_tables(body: str) -> None:
    document = _document(docx(body + paragraph("末")))
    assert document is not None

    for found in document.tables():
        places = [
            (row_number, column)
            for one in found.cells
            for row_number in range(one.row, one.row + one.row_span)
            for column in range(one.column, one.column + one.column_span)
        ]
        assert len(places) == len(set(places))
        if found.parent:
            parent = document.content[found.parent.block]
            assert isinstance(parent, Table)
            assert parent.cell_at(found.parent.row or 0, found.parent.column or 0) is not None


@settings(max_examples=40, deadline=None)
@given(st.lists(_WORDS.map(str.strip).filter(bool), min_size=1, max_size=5), _WORDS)
def test_agrees_with_python_docx_on_plain_papers(words: list[str], in_cell: str) -> None:
    paper = python_docx.Document()
    for line in words:
        paper.add_paragraph(line)
    grid = paper.add_table(rows=2, cols=2)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = in_cell
    buffer = io.BytesIO()
    paper.save(buffer)

    document = _document(buffer.getvalue())

    reopened = python_docx.Document(io.BytesIO(buffer.getvalue()))
    assert document is not None
    assert [block.text for block in document.blocks()] == [line.text.strip() for line in reopened.paragraphs]
    (found,) = document.tables()
    assert found.cells[0].text == reopened.tables[0].cell(0, 0).text.strip()
    assert found.cells[0].column_span == 2


def test_table_and_text_keep_their_order() -> None:
    document = _document(docx(paragraph("前") + table(row("甲")) + paragraph("后")))

    assert document is not None
    assert [type(item) for item in document.content] == [Block, Table, Block]
