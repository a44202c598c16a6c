"""Tables in plain text, whatever the encoding and whatever parts the columns."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Outcome, Source
from extractors.sheet.reader import extract_delimited

_TEXT = "序号,任务,责任人\n1,走访企业,张三\n2,组织培训,李四\n"
_SHOWN = "序号\t任务\t责任人\n1\t走访企业\t张三\n2\t组织培训\t李四"


def read(data: bytes | str, limits: Limits | None = None) -> Extraction:
    return extract_delimited(
        Source("台账.csv", data.encode() if isinstance(data, str) else data), limits or Limits()
    )


def words(extraction: Extraction) -> str:
    assert extraction.document is not None
    return extraction.document.visible_text()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    extraction = read(_TEXT.encode(encoding))

    assert (Outcome.OK, _SHOWN) == (extraction.outcome, words(extraction))
    assert extraction.document is not None
    assert [1] == [found.header_rows for found in extraction.document.tables()]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|", "，"])
def test_signs_that_part_columns(sign: str) -> None:
    assert _SHOWN == words(read(_TEXT.replace(",", sign)))


def test_sign_that_the_file_states() -> None:
    assert "甲\t乙,丙" == words(read("sep=;\n甲;乙,丙\n"))


def test_quoted_fields_may_hold_signs_and_lines() -> None:
    assert "任务\t要求\n走访\t每月一次,\n逐户登记" == words(read('任务,要求\n走访,"每月一次,\n逐户登记"\n'))


def test_quotation_mark_never_closed_swallows_nothing() -> None:
    found = words(read('任务,要求\n"走访,每月一次\n培训,每季一次\n'))

    assert ["任务\t要求", '"走访\t每月一次', "培训\t每季一次"] == found.split("\n")


def test_field_longer_than_the_reader_takes_is_read() -> None:
    long = "长" * 200_000

    assert f"任务\t要求\n走访\t{long}" == words(read(f"任务,要求\n走访,{long}\n"))


def test_title_above_is_a_paragraph() -> None:
    extraction = read("任务分工表,,\n" + _TEXT)

    assert extraction.document is not None
    assert ["任务分工表"] == [found.caption for found in extraction.document.tables()]


def test_no_words_are_empty() -> None:
    assert Outcome.EMPTY is read(",,\n,,\n").outcome


def test_no_text_in_any_encoding_is_told() -> None:
    extraction = read(codecs.BOM_UTF8 + b"\xff\xfe,\xfa\xfb\n" * 30)

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert ["garbled_text"] == [notice.code for notice in extraction.document.notices]


def test_more_than_allowed() -> None:
    assert Outcome.TOO_BIG is read("甲,乙\n" * 100, Limits(max_characters=50)).outcome


@given(st.text(alphabet='甲乙,;\t|"\n\r ，=sep', max_size=80))
def test_any_text_has_an_outcome(text: str) -> None:
    assert isinstance(read(text).outcome, Outcome)
