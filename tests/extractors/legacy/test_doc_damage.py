"""Damaged, foreign and hostile old papers end in an outcome and lose nothing unsaid."""

from __future__ import annotations

import struct

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import office
from extractors.document import Extraction, Limits, Outcome, Source
from extractors.word.binary.compound import compound_file
from extractors.word.binary.streams import Place
from extractors.word.legacy import extract
from tests.builders.doc_builder import cell, doc, doc_streams, in_list, level, lists, paragraph, row_end


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)


def read(data: bytes, limits: Limits | None = None) -> Extraction:
    return extract(Source("方案.doc", data), limits or Limits())


def paper() -> bytes:
    return doc(
        "关于五好建设的工作方案",
        paragraph("动员部署", properties=in_list(1)),
        cell("任务"),
        cell("责任人"),
        row_end((0, 2000, 4000)),
        footnotes=[[paragraph("\x02 注")]],
        structures=lists([level(39, "（%1）")]),
    )


def piece(offset: int, *, count: int = 4) -> dict[Place, bytes]:
    table = struct.pack("<IIHIH", 0, count, 0, offset, 0)
    return {Place.PIECES: b"\x02" + struct.pack("<I", len(table)) + table}


def test_password_is_told() -> None:
    assert read(doc("密", flags=0x0100)).outcome is Outcome.ENCRYPTED


@pytest.mark.parametrize("size", [0, 11, 40, 200, 800, 1500])
def test_header_cut_off_is_never_taken_for_an_empty_paper(size: int) -> None:
    streams = doc_streams("正文")
    streams["WordDocument"] = streams["WordDocument"][:size]

    extraction = read(compound_file(streams))

    assert extraction.outcome in (Outcome.UNREADABLE, Outcome.MISSING_TOOL, Outcome.PARTIAL)
    assert extraction.notices[0].is_loss


def test_piece_outside_of_the_file_is_a_loss() -> None:
    extraction = read(doc("正文内容", structures=piece(0x3000_0000)))

    assert "damaged_piece" in {notice.code for notice in extraction.notices}
    assert extraction.outcome is Outcome.PARTIAL


def test_piece_that_is_half_there_keeps_its_half() -> None:
    streams = doc_streams("正文内容", structures=piece(2048, count=20_000))

    extraction = read(compound_file(streams))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert extraction.document.visible_text().startswith("正文内容")


def test_no_pieces_is_unreadable() -> None:
    assert read(doc("正文", structures={Place.PIECES: b""})).outcome is Outcome.UNREADABLE


def test_more_characters_than_allowed_is_too_big() -> None:
    assert read(doc("正文" * 100), Limits(max_characters=100)).outcome is Outcome.TOO_BIG
    assert read(doc("正文", structures=piece(2048, count=2**31 - 1))).outcome is Outcome.TOO_BIG


def test_compressed_pieces_are_western() -> None:
    streams = doc_streams("x" * 20, structures=piece(0x40000000 | 4096, count=9))
    word = streams["WordDocument"][:2048].ljust(2048, b"\0") + "“GB” 9704\r".encode("cp1252")
    streams["WordDocument"] = word

    extraction = read(compound_file(streams))

    assert extraction.document is not None
    assert "“GB” 9704" == extraction.document.visible_text()


def test_table_marks_without_their_properties_are_a_loss() -> None:
    extraction = read(doc(paragraph("甲", mark="\x07"), paragraph("乙", mark="\x07")))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert "甲\n乙" == extraction.document.visible_text()


def test_tables_in_tables_without_end_are_bounded() -> None:
    deep = struct.pack("<HBHi", 0x2416, 1, 0x6649, 2**31 - 1)

    extraction = read(doc(paragraph("深", properties=deep)))

    assert "too_deep" in {notice.code for notice in extraction.notices}


def test_word_6_gives_its_bare_text_without_libreoffice() -> None:
    head = struct.pack("<6H12xII", 0xA5DC, 101, 0, 0x0804, 0, 0, 64, 64 + 18)
    word = head.ljust(64, b"\0") + "五好方案\r组织领导".encode("gb18030")

    extraction = read(compound_file({"WordDocument": word}))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert "五好方案\n组织领导" == extraction.document.visible_text().rstrip("\0")
    assert {"needs_office", "layout_not_read"} == {notice.code for notice in extraction.notices}


def test_microsoft_works_needs_libreoffice() -> None:
    extraction = extract(Source("方案.wps", compound_file({"CONTENTS": b"CHNKWKS"})), Limits())

    assert extraction.outcome is Outcome.MISSING_TOOL
    assert ["needs_office"] == [notice.code for notice in extraction.notices]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_ends_in_an_outcome(data: st.DataObject) -> None:
    found = bytearray(paper())
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(found) - 5))
        found[place : place + 4] = data.draw(st.sampled_from((b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f")))

    extraction = read(bytes(found[: data.draw(st.integers(0, len(found)))]))

    assert extraction.outcome.has_text is (extraction.document is not None)
