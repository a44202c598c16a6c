"""Old Excel and Kingsoft workbooks: what their records say, and damaged ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Outcome, Part, Source
from extractors.sheet.reader import extract_binary
from tests.builders.xls_builder import OldSheet, record, xls

_ROWS = [["序号", "重点任务", "完成率"], [1.0, "走访企业", 0.142], [2.0, "组织培训", 1.0]]
_FORMATS = {(1, 2): "0.0%", (2, 2): "0.0%"}


def read(data: bytes, limits: Limits | None = None) -> Extraction:
    return extract_binary(Source("台账.et", data), limits or Limits())


def words(extraction: Extraction) -> str:
    assert extraction.document is not None
    return extraction.document.visible_text()


def codes(extraction: Extraction) -> set[tuple[str, str, bool]]:
    notices = extraction.document.notices if extraction.document else extraction.notices
    return {(notice.code, notice.detail, notice.is_loss) for notice in notices}


def test_table_reads_as_shown() -> None:
    extraction = read(xls({"台账": OldSheet(_ROWS, formats=_FORMATS)}))

    assert (Outcome.OK, set()) == (extraction.outcome, codes(extraction))
    assert "序号\t重点任务\t完成率\n1\t走访企业\t14.2%\n2\t组织培训\t100.0%" == words(extraction)
    assert extraction.document is not None
    assert ["台账"] == [found.locator.sheet for found in extraction.document.tables()]


@pytest.mark.parametrize(
    ("code", "text"),
    [('yyyy"年"m"月"', "2015年6月"), ("yyyy/m/d h:mm", "2015/6/1 12:00"), ("0.0", "42156.5")],
)
def test_dates_read_as_shown(code: str, text: str) -> None:
    assert f"时间\n{text}" == words(read(xls({"a": OldSheet([["时间"], [42156.5]], formats={(1, 0): code})})))


def test_table_that_begins_further_down_keeps_its_formats() -> None:
    rows = [[], [], [None, "完成率"], [None, 0.142]]

    assert "完成率\n14.2%" == words(read(xls({"a": OldSheet(rows, formats={(3, 1): "0.0%"})})))


def test_merged_title_is_a_paragraph() -> None:
    sheet = OldSheet([["任务分工表"], *_ROWS], merged=[(0, 0, 0, 2)])

    extraction = read(xls({"a": sheet}))

    assert extraction.document is not None
    assert ["任务分工表"] == [found.caption for found in extraction.document.tables()]


def test_comment_and_running_head_stand_apart() -> None:
    extraction = read(xls({"a": OldSheet(_ROWS, comment="请核实", header="&C某县工商联")}))

    assert extraction.document is not None
    assert {(Part.COMMENT, "请核实"), (Part.HEADER, "某县工商联")} == {
        (block.locator.part, block.text) for block in extraction.document.blocks()
    }


def test_hidden_things_are_read_and_told() -> None:
    sheets = {
        "行": OldSheet(_ROWS, hidden_rows=[1]),
        "列": OldSheet(_ROWS, hidden_columns=[2]),
        "底稿": OldSheet([["内部数"]], state=1),
    }

    extraction = read(xls(sheets))

    assert "内部数" in words(extraction)
    expected = {("hidden_cells", "行", False), ("hidden_cells", "列", False), ("hidden_sheet", "底稿", False)}
    assert expected == codes(extraction)


def test_encrypted_workbook() -> None:
    assert Outcome.ENCRYPTED is read(xls({"a": OldSheet(_ROWS)}, before=record(0x2F, bytes(6)))).outcome


def test_bytes_that_are_no_compound_file() -> None:
    extraction = read(b"\xd0\xcf\x11\xe0 and nothing more")

    assert (Outcome.UNREADABLE, "damaged_file") == (extraction.outcome, next(iter(codes(extraction)))[0])


def test_far_off_cell_claims_no_memory_for_what_lies_between() -> None:
    rows: list[list[str | float | None]] = [["走访"], *([] for _ in range(65_000)), [None] * 255 + [1.0]]

    extraction = read(xls({"大": OldSheet(rows), "小": OldSheet(_ROWS)}))

    assert extraction.outcome is Outcome.PARTIAL
    assert {("too_many_cells", "大", True)} == codes(extraction)
    assert "走访企业" in words(extraction)


def test_more_characters_than_allowed_are_told() -> None:
    extraction = read(xls({"a": OldSheet(_ROWS * 20)}), Limits(max_characters=40))

    assert {("too_many_characters", "", True)} == codes(extraction)


_GOOD = xls({"台账": OldSheet(_ROWS, formats=_FORMATS, merged=[(0, 0, 0, 1)], comment="请核实")})


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(_GOOD) - 1), st.integers(0, 255)), max_size=4),
    st.integers(512, len(_GOOD)),
)
def test_damage_anywhere_has_an_outcome(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(_GOOD)
    for place, value in changes:
        data[place] = value

    assert isinstance(read(bytes(data)).outcome, Outcome)
    assert isinstance(read(bytes(data[:length])).outcome, Outcome)
