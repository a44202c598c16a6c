"""Every page says how far its text may be trusted, so that nobody reads “未见” off a scan."""

from __future__ import annotations

import pytest

from extractors.document import Extraction, Grade, Limits, Notice, Outcome, Quality, Source
from extractors.pdf.drawings import Drawings
from extractors.pdf.quality import Legibility, grade_page
from extractors.pdf.reader import extract
from tests.builders.pdf_builder import LEFT, TOP, Paper, mapped_pdf

_SENTENCE = "县工商联走访会员企业三十五家，协调解决融资难题十二个，取得明显成效。"


def _extract(data: bytes) -> Extraction:
    return extract(Source("扫描件.pdf", data), Limits())


def _grades(extraction: Extraction) -> list[tuple[Quality, str]]:
    assert extraction.document is not None
    return [(grade.quality, grade.reason) for grade in extraction.document.grades]


def test_a_text_page_is_good() -> None:
    paper = Paper()
    paper.paragraph(_SENTENCE)

    assert _grades(_extract(paper.data())) == [(Quality.GOOD, "ok")]


def test_a_wholly_scanned_paper_needs_a_tool() -> None:
    paper = Paper()
    for _ in range(2):
        paper.picture(0, 0, 595, 842)
        paper.next_page()
    paper.picture(0, 0, 595, 842)

    extraction = _extract(paper.data())

    assert extraction.outcome is Outcome.MISSING_TOOL
    assert Notice("needs_ocr") in extraction.notices
    assert _grades(extraction) == [(Quality.NONE, "scanned")] * 3


def test_one_scanned_page_makes_the_reading_partial() -> None:
    paper = Paper()
    paper.paragraph(_SENTENCE)
    paper.next_page()
    paper.picture(20, 20, 575, 822)

    extraction = _extract(paper.data())

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert Notice("scanned_page", "2", is_loss=True) in extraction.document.notices
    assert extraction.document.quality is Quality.NONE


def test_a_blank_page_is_no_loss() -> None:
    paper = Paper()
    paper.paragraph(_SENTENCE)
    paper.next_page()

    extraction = _extract(paper.data())

    assert extraction.outcome is Outcome.OK
    assert _grades(extraction) == [(Quality.GOOD, "ok"), (Quality.GOOD, "blank")]


def test_text_hidden_over_a_scan_is_used_but_only_fair() -> None:
    paper = Paper()
    paper.picture(0, 0, 595, 842)
    paper.hidden_line(_SENTENCE[:24], LEFT, TOP)

    extraction = _extract(paper.data())

    assert _grades(extraction) == [(Quality.FAIR, "ocr_layer")]
    assert extraction.document is not None
    assert extraction.document.visible_text() == _SENTENCE[:24]


def test_letters_that_mean_private_characters_are_garbage() -> None:
    shown = "ABCDEFGHIJKLMNOPQRSTUVWX"
    extraction = _extract(mapped_pdf(shown, "".join(chr(0xE000 + number) for number in range(24))))

    assert extraction.outcome is Outcome.PARTIAL
    assert _grades(extraction) == [(Quality.NONE, "private_use")]
    assert extraction.document is not None
    assert Notice("garbled_page", "1", is_loss=True) in extraction.document.notices


def test_letters_with_a_map_to_han_are_good() -> None:
    extraction = _extract(mapped_pdf("ABCD", "县工商联"))

    assert extraction.document is not None
    assert extraction.document.visible_text() == "县工商联"
    assert _grades(extraction) == [(Quality.GOOD, "ok")]


@pytest.mark.parametrize(
    ("legibility", "drawings", "expected"),
    [
        (Legibility(500), Drawings(), (Quality.GOOD, "ok")),
        (Legibility(0), Drawings(), (Quality.GOOD, "blank")),
        (Legibility(0), Drawings(image_cover=0.9), (Quality.NONE, "scanned")),
        (Legibility(5), Drawings(image_cover=0.9), (Quality.NONE, "scanned")),
        (Legibility(0), Drawings(image_cover=0.2), (Quality.FAIR, "few_characters")),
        (Legibility(0), Drawings(path_count=900), (Quality.NONE, "scanned")),
        (Legibility(500, private_use=0.2), Drawings(), (Quality.POOR, "private_use")),
        (Legibility(500, private_use=0.9), Drawings(), (Quality.NONE, "private_use")),
        (Legibility(500, replaced=0.2), Drawings(), (Quality.POOR, "replacement_characters")),
        (Legibility(500, unmapped=0.4), Drawings(), (Quality.POOR, "garbled_fonts")),
        (Legibility(500, western=0.8), Drawings(), (Quality.NONE, "garbled_fonts")),
        (Legibility(500, private_use=0.01), Drawings(), (Quality.GOOD, "ok")),
        (Legibility(500, invisible=1.0), Drawings(image_cover=0.95), (Quality.FAIR, "ocr_layer")),
        (Legibility(500), Drawings(image_cover=0.95), (Quality.FAIR, "image_cover")),
        (Legibility(500), Drawings(image_cover=0.4), (Quality.GOOD, "ok")),
    ],
)
def test_the_worst_sign_decides(
    legibility: Legibility, drawings: Drawings, expected: tuple[Quality, str]
) -> None:
    assert Grade(expected[0], 7, expected[1]) == grade_page(7, legibility, drawings)
