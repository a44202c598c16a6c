"""Tables of old papers come as grids: merged cells once, nested tables on their own."""

from __future__ import annotations

import struct

from extractors.document import Document, Limits, Source, Table
from extractors.word.legacy import extract
from tests.builders.doc_builder import IN_TABLE, Paragraph, cell, doc, paragraph, row_end

_RESTART, _CONTINUE = 0x60, 0x20


def document_of(*body: Paragraph | str) -> Document:
    document = extract(Source("方案.doc", doc(*body)), Limits()).document
    assert document is not None
    return document


def grid(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(one.text, one.row, one.column, one.row_span, one.column_span) for one in table.cells]


def inner(*texts: str) -> list[Paragraph]:
    """A row of a table inside a cell: two levels deep, each cell ended by its own kind of mark."""
    deep = IN_TABLE + struct.pack("<Hi", 0x6649, 2)
    ends_cell = struct.pack("<HB", 0x244B, 1)
    ends_row = struct.pack("<HBHB", 0x244B, 1, 0x244C, 1)
    cells = [paragraph(text, properties=deep + ends_cell) for text in texts]
    return [*cells, paragraph("", properties=deep + ends_row)]


def test_reads_rows_and_header() -> None:
    edges = (0, 2000, 4000)
    document = document_of(
        "重点任务分工表",
        cell("任务"),
        cell("责任人"),
        row_end(edges, is_header=True),
        cell("建商会"),
        cell("张三"),
        row_end(edges),
        "附后",
    )
    table = next(document.tables())

    assert [
        ("任务", 1, 1, 1, 1),
        ("责任人", 1, 2, 1, 1),
        ("建商会", 2, 1, 1, 1),
        ("张三", 2, 2, 1, 1),
    ] == grid(table)
    assert (1, "重点任务分工表") == (table.header_rows, table.caption)


def test_wide_cells_span_the_columns_of_other_rows() -> None:
    document = document_of(
        cell("五好"), row_end((0, 4000)), cell("班子"), cell("会员"), row_end((0, 2000, 4010))
    )

    assert [("五好", 1, 1, 1, 2), ("班子", 2, 1, 1, 1), ("会员", 2, 2, 1, 1)] == grid(next(document.tables()))


def test_cells_merged_downwards_stand_once() -> None:
    edges = (0, 2000, 4000)
    document = document_of(
        *(cell("班子"), cell("换届"), row_end(edges, (_RESTART,))),
        *(cell(), cell("轮值"), row_end(edges, (_CONTINUE,))),
    )

    assert [("班子", 1, 1, 2, 1), ("换届", 1, 2, 1, 1), ("轮值", 2, 2, 1, 1)] == grid(next(document.tables()))


def test_cells_merged_sideways_stand_once_however_the_flags_are_meant() -> None:
    edges = (0, 1000, 2000, 3000)
    found = [
        grid(next(document_of(cell("甲"), cell(), cell("乙"), row_end(edges, flags)).tables()))
        for flags in ((1, 2, 0), (2, 1, 0))
    ]

    assert [[("甲", 1, 1, 1, 2), ("乙", 1, 3, 1, 1)]] * 2 == found


def test_several_paragraphs_of_a_cell_become_its_lines() -> None:
    document = document_of(paragraph("一是", properties=IN_TABLE), cell("二是"), row_end((0, 2000)))

    assert [("一是\n二是", 1, 1, 1, 1)] == grid(next(document.tables()))


def test_nested_table_follows_its_parent() -> None:
    document = document_of(cell("外"), *inner("内一", "内二"), cell("后"), row_end((0, 2000, 6000)))
    outer, nested = document.tables()

    assert [("外", 1, 1, 1, 1), ("后", 1, 2, 1, 1)] == grid(outer)
    assert [("内一", 1, 1, 1, 1), ("内二", 1, 2, 1, 1)] == grid(nested)
    assert nested.parent is not None
    assert (1, 2) == (nested.parent.row, nested.parent.column)


def test_row_that_is_not_ended_keeps_its_words() -> None:
    document = document_of(cell("甲"), cell("乙"), "正文")

    assert "甲\t乙\n正文" == document.visible_text()
