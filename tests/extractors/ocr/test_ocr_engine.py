"""The engine reads print from its own models, without a network, and what it reads becomes a paper."""

from __future__ import annotations

import pytest

pytest.importorskip("rapidocr")
pytest.importorskip("onnxruntime")

import cv2

from extractors.document import Limits, Outcome, Quality, Source
from extractors.image import extract as extract_image
from extractors.ocr import reading
from extractors.ocr.available import recogniser
from extractors.ocr.engine import engine
from extractors.ocr.scans import extract as extract_pdf
from extractors.pdf.recognise import PageImage, RecognisedPage
from extractors.registry import extract as extract_any
from tests.builders.scan_builder import Sheet, as_file, as_pdf, has_font

pytestmark = pytest.mark.skipif(not has_font(), reason="no Chinese font to print with")


def small_sheet() -> Sheet:
    sheet = Sheet(width=300.0, height=110.0)
    sheet.line("县工商联自查报告", 40.0, 15.0, 16.0)
    sheet.line("走访会员企业35家。", 72.0, 60.0, 16.0)
    return sheet


def test_a_scanned_pdf_is_read() -> None:
    extraction = extract_pdf(Source("扫描件.pdf", as_pdf([small_sheet().image])), Limits())

    assert Outcome.OK is extraction.outcome
    assert extraction.document is not None
    assert "县工商联自查报告\n走访会员企业35家。" == extraction.document.visible_text()
    assert Quality.FAIR is extraction.document.quality
    box = next(extraction.document.blocks()).lines[0].box
    assert (40, 15) == (pytest.approx(box.left, abs=3), pytest.approx(box.top, abs=5))


def test_a_picture_on_its_head_is_read() -> None:
    picture = as_file(small_sheet().image.rotate(180), "PNG", dpi=(200, 200))

    extraction = extract_image(Source("照片.png", picture), Limits())

    assert extraction.document is not None
    assert "县工商联自查报告\n走访会员企业35家。" == extraction.document.visible_text()


def test_the_registry_knows_pictures() -> None:
    sheet = Sheet(width=300.0, height=110.0)

    extraction = extract_any(Source("空白.png", sheet.png()))

    assert Outcome.EMPTY is extraction.outcome


def test_there_is_one_engine_in_a_process() -> None:
    assert engine() is engine()


def test_a_page_beyond_the_engine_is_left_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(image: PageImage) -> RecognisedPage:
        raise cv2.error("Insufficient memory")

    monkeypatch.setattr(reading, "_read_picture", give_up)
    recognise = recogniser(Limits())

    assert recognise is not None
    assert recognise(PageImage(1, 1, b"\xff\xff\xff", 1.0)) is None
