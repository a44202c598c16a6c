"""Locked, damaged, empty and oversized PDFs each end with their own outcome and never raise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Notice, Outcome, Source
from extractors.pdf.reader import extract
from tests.builders.pdf_builder import Paper

_SENTENCE = "县工商联走访会员企业三十五家，协调解决融资难题十二个。"


def _paper(pages: int = 1, password: str | None = None) -> Paper:
    paper = Paper(password=password)
    for number in range(pages):
        if number:
            paper.next_page()
        paper.paragraph(f"第{number + 1}页。{_SENTENCE}")
    return paper


def _extract(data: bytes, limits: Limits | None = None) -> Extraction:
    return extract(Source("方案.pdf", data), limits or Limits())


def test_a_locked_file_is_encrypted() -> None:
    assert _extract(_paper(password="wuhao").data()) == Extraction(Outcome.ENCRYPTED)


def test_a_file_only_locked_against_changes_is_read() -> None:
    extraction = _extract(_paper(password="").data())

    assert extraction.outcome is Outcome.OK
    assert extraction.document is not None
    assert extraction.document.visible_text() == "第1页。" + _SENTENCE


def test_garbage_is_unreadable() -> None:
    extraction = _extract(b"%PDF-1.7 \xb5\xed" * 20)

    assert extraction.outcome is Outcome.UNREADABLE
    assert [(notice.code, notice.is_loss) for notice in extraction.notices] == [("damaged_file", True)]


def test_blank_pages_are_empty() -> None:
    paper = Paper()
    paper.next_page()

    assert _extract(paper.data()).outcome is Outcome.EMPTY


def test_pages_past_the_limit_are_told() -> None:
    extraction = _extract(_paper(4).data(), Limits(max_pages=2))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert extraction.document.page_count == 4
    assert Notice("page_limit", "2/4", is_loss=True) in extraction.document.notices
    assert len(extraction.document.grades) == 2


def test_characters_past_the_limit_are_told() -> None:
    extraction = _extract(_paper(4).data(), Limits(max_characters=40))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert Notice("character_limit", "2/4", is_loss=True) in extraction.document.notices


def test_a_paper_with_a_page_that_will_not_open_is_partial() -> None:
    data = _paper(2).data()
    # The second page object is turned into something that is no page.
    first = data.index(b"/Type /Page\n")
    second = data.index(b"/Type /Page\n", first + 1)

    extraction = _extract(data[:second] + b"/Type /Pags\n" + data[second + len(b"/Type /Page\n") :])

    assert extraction.outcome in (Outcome.PARTIAL, Outcome.OK)
    assert extraction.document is not None
    assert extraction.document.page_count == 2
    assert "第1页" in extraction.document.visible_text()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_bytes_never_raise(data: st.DataObject) -> None:
    whole = bytearray(_paper(2).data())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    length = data.draw(st.integers(len(whole) // 3, len(whole)))

    extraction = _extract(bytes(whole[:length]))

    assert extraction.outcome.has_text == (
        extraction.document is not None and extraction.outcome in (Outcome.OK, Outcome.PARTIAL)
    )
