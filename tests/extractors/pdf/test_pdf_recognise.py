"""An optical reader that is handed in gets the pictures of scanned pages and no others."""

from __future__ import annotations

from extractors.document import Extraction, Limits, Outcome, Quality, Source
from extractors.pdf.reader import extract
from extractors.pdf.recognise import PageImage, Recognise, RecognisedPage
from extractors.pdf.words import Word
from tests.builders.pdf_builder import Paper

_SENTENCE = "县工商联走访会员企业三十五家，协调解决融资难题十二个，取得明显成效。"


def _extract(paper: Paper, recognise: Recognise) -> Extraction:
    return extract(Source("扫描件.pdf", paper.data()), Limits(), recognise)


def _scan() -> Paper:
    paper = Paper()
    paper.picture(0, 0, 595, 842)
    return paper


def test_the_words_it_reads_become_the_page() -> None:
    read = RecognisedPage((Word("自查报告", 80, 100, 144, 116, 16),), confidence=0.99)

    extraction = _extract(_scan(), lambda _: read)

    assert extraction.outcome is Outcome.OK
    assert extraction.document is not None
    (block,) = extraction.document.blocks()
    assert block.text == "自查报告"
    assert [round(value) for value in (block.lines[0].box.left, block.lines[0].box.top)] == [80, 100]
    assert extraction.document.quality is Quality.FAIR


def test_it_sees_only_the_pages_that_have_no_text() -> None:
    seen: list[PageImage] = []
    paper = _scan()
    paper.next_page()
    paper.paragraph(_SENTENCE)

    _extract(paper, lambda image: seen.append(image))

    assert len(seen) == 1


def test_a_page_it_cannot_look_at_stays_unread() -> None:
    extraction = _extract(_scan(), lambda _: None)

    assert extraction.outcome is Outcome.MISSING_TOOL
