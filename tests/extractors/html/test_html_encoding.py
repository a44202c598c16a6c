"""A page is read in the encoding it has, not in the one it claims; single file web pages likewise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Outcome, Source
from extractors.html.reader import extract, extract_mhtml
from extractors.registry import extract as read_any
from tests.builders.html_builder import mhtml, page

_BODY = "<p>县工商联走访会员企业三十五家</p>"
_TEXT = "县工商联走访会员企业三十五家"


def words(extraction: Extraction) -> str:
    assert extraction.document is not None
    return extraction.document.visible_text()


def codes(extraction: Extraction) -> set[str]:
    return {notice.code for notice in extraction.notices}


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", ""),
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("gb18030", ""),
        ("gb18030", "utf-8"),
        ("gb18030", "iso-8859-1"),
        ("gb18030", "windows-1252"),
        ("gb18030", "nonsense-9"),
        ("gb18030", "rot13"),
        ("utf-8", "gb2312"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", ""),
        ("utf-16", "unicode"),
        ("utf-16", "utf-8"),
    ],
)
def test_encodings_declared_rightly_or_wrongly(encoding: str, declared: str) -> None:
    data = page(_BODY, encoding=encoding, declared=declared)

    extraction = extract(Source("a.htm", data), Limits())

    assert (Outcome.OK, _TEXT) == (extraction.outcome, words(extraction))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("縣工商聯走訪會員企業", "big5"), ("Résumé à jour", "windows-1252"), ("商工会の計画", "shift_jis")],
)
def test_other_encodings_are_believed_where_they_fit(text: str, encoding: str) -> None:
    extraction = extract(Source("a.htm", page(f"<p>{text}</p>", encoding=encoding)), Limits())

    assert text == words(extraction)


def test_bytes_that_are_no_text_are_told() -> None:
    data = page("", declared="") + b"\xff\xfe\x81\xff" * 50

    extraction = extract(Source("a.htm", data), Limits())

    assert "garbled_text" in codes(extraction)


@pytest.mark.parametrize("charset", ["", "gb2312", "utf-8"])
def test_single_file_web_page(charset: str) -> None:
    data = mhtml({"file:///C:/a.htm": page(_BODY, encoding="gb18030", declared="gb2312")}, charset=charset)

    extraction = extract_mhtml(Source("方案.doc", data), Limits())

    assert (Outcome.OK, _TEXT) == (extraction.outcome, words(extraction))


def test_opening_page_comes_first_and_its_frames_are_inside() -> None:
    frames = page("<p>总览</p>") + b"<iframe src='sheet1.htm'></iframe>"
    pages = {"sheet1.htm": page("<table><tr><td>任务<td>单位</table>"), "book.htm": frames}

    extraction = extract_mhtml(Source("台账.mht", mhtml(pages, start="book.htm")), Limits())

    assert "总览\n任务\t单位" == words(extraction)
    assert (Outcome.OK, set()) == (extraction.outcome, codes(extraction))


def test_frame_that_was_not_saved_is_told() -> None:
    pages = {"book.htm": page(_BODY + "<iframe src='sheet9.htm'></iframe>")}

    extraction = extract_mhtml(Source("台账.mht", mhtml(pages)), Limits())

    assert (Outcome.PARTIAL, {"frame"}) == (extraction.outcome, codes(extraction))


def test_mail_without_a_page() -> None:
    extraction = extract_mhtml(Source("a.mht", mhtml({})), Limits())

    assert (Outcome.UNREADABLE, {"no_body"}) == (extraction.outcome, codes(extraction))


def test_parts_nested_beyond_reason() -> None:
    data = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(2_000)
    )

    extraction = extract_mhtml(Source("a.mht", data), Limits())

    assert (Outcome.UNREADABLE, {"too_deep"}) == (extraction.outcome, codes(extraction))


def test_too_many_bytes() -> None:
    assert (
        Outcome.TOO_BIG
        is extract_mhtml(Source("a.mht", mhtml({"a": page(_BODY)})), Limits(max_bytes=9)).outcome
    )


_GOOD = mhtml({"a.htm": page(_BODY), "b.htm": page(_BODY)}, charset="utf-8")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(_GOOD) - 1), st.binary(max_size=6), st.integers(0, len(_GOOD)))
def test_damage_anywhere_has_an_outcome(place: int, inserted: bytes, length: int) -> None:
    data = _GOOD[:place] + inserted + _GOOD[place:]

    assert isinstance(extract_mhtml(Source("a.mht", data[:length]), Limits()).outcome, Outcome)
    assert isinstance(extract(Source("a.htm", data[:length]), Limits()).outcome, Outcome)


def test_single_file_web_page_goes_by_its_content_whatever_its_name() -> None:
    data = mhtml({"a.htm": page(_BODY, encoding="gb18030")})

    assert _TEXT == words(read_any(Source("方案.doc", data)))
    assert _TEXT == words(read_any(Source("导出.xls", page(_BODY, encoding="gb18030", declared="gb2312"))))
