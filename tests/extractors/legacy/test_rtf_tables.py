"""Tables of rich text come as grids."""

from __future__ import annotations

from extractors.document import Document, Limits, Source, Table
from extractors.rtf import extract
from tests.builders.rtf_builder import row, rtf


def document_of(body: str) -> Document:
    document = extract(Source("方案.rtf", rtf(body)), Limits()).document
    assert document is not None
    return document


def grid(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(one.text, one.row, one.column, one.row_span, one.column_span) for one in table.cells]


def test_reads_rows() -> None:
    body = row("任务", "责任人", ends=(2000, 4000)) + row("建商会", "张三", ends=(2000, 4000))

    assert [
        ("任务", 1, 1, 1, 1),
        ("责任人", 1, 2, 1, 1),
        ("建商会", 2, 1, 1, 1),
        ("张三", 2, 2, 1, 1),
    ] == grid(next(document_of(body).tables()))


def test_wide_cells_span_the_columns_of_other_rows() -> None:
    body = row("五好", ends=(4000,)) + row("班子", "会员", ends=(2000, 4000))

    assert [("五好", 1, 1, 1, 2), ("班子", 2, 1, 1, 1), ("会员", 2, 2, 1, 1)] == grid(
        next(document_of(body).tables())
    )


def test_merged_cells_stand_once() -> None:
    body = row("班子", "换届", "张三", flags=(r"\clvmgf", r"\clmgf", r"\clmrg"))
    body += row("", "轮值", "李四", flags=(r"\clvmrg",))

    assert [
        ("班子", 1, 1, 2, 1),
        ("换届\n张三", 1, 2, 1, 2),
        ("轮值", 2, 2, 1, 1),
        ("李四", 2, 3, 1, 1),
    ] == grid(next(document_of(body).tables()))


def test_row_shape_may_follow_its_cells() -> None:
    body = r"\pard\intbl 甲\cell 乙\cell\trowd\cellx2000\cellx4000\row\pard 正文"
    document = document_of(body)

    assert "甲\t乙\n正文" == document.visible_text()


def test_nested_table_leaves_the_row_around_it_alone() -> None:
    inner = (
        r"\pard\intbl\itap2 内一\nestcell 内二\nestcell"
        r"{\*\nesttableprops\trowd\cellx100\cellx200\nestrow}{\nonesttables\par}"
    )
    body = r"\trowd\cellx2000\cellx6000\pard\intbl 外\cell " + inner + r"\pard\intbl 后\cell\row\pard"
    outer, nested = document_of(body).tables()

    assert [("外", 1, 1, 1, 1), ("后", 1, 2, 1, 1)] == grid(outer)
    assert [("内一", 1, 1, 1, 1), ("内二", 1, 2, 1, 1)] == grid(nested)
    assert nested.parent is not None
    assert (1, 2) == (nested.parent.row, nested.parent.column)


def test_header_rows_are_taken_from_the_file() -> None:
    body = r"\trowd\trhdr\cellx2000\cellx4000\pard\intbl 1\cell 2\cell\row\pard " + row(
        "a", "b", ends=(2000, 4000)
    )

    assert 1 == next(document_of(body).tables()).header_rows
