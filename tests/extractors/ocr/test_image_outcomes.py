"""Pictures are opened with or without an engine; without one they say so."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from extractors.document import Extraction, Limits, Notice, Outcome, Quality, Source
from extractors.image import extract
from extractors.ocr import available
from extractors.pdf.recognise import PageImage, RecognisedPage
from extractors.pdf.words import Word

WORD = Word("自查报告", 80.0, 100.0, 144.0, 116.0, 16.0)
READ = RecognisedPage(words=(WORD,), confidence=0.99)


def saved(*pages: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": list(pages[1:])} if len(pages) > 1 else {}
    pages[0].save(buffer, kind, **more, **options)
    return buffer.getvalue()


def sheet(width: int = 60, height: int = 85) -> Image.Image:
    return Image.new("RGB", (width, height), (250, 240, 230))


def seen_in(data: bytes, limits: Limits | None = None) -> tuple[list[PageImage], Extraction]:
    images: list[PageImage] = []

    def look(image: PageImage) -> RecognisedPage:
        images.append(image)
        return READ

    extraction = extract(Source("照片.jpg", data), limits or Limits(), look)
    return images, extraction


def test_without_the_extra_a_tool_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(available, "is_installed", lambda: False)

    extraction = extract(Source("照片.png", saved(sheet())), Limits())

    assert Outcome.MISSING_TOOL is extraction.outcome
    assert (Notice("needs_ocr"),) == extraction.notices
    assert extraction.document is not None
    assert Quality.NONE is extraction.document.quality


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP"])
def test_a_picture_is_one_page(kind: str) -> None:
    _, extraction = seen_in(saved(sheet(), kind=kind))

    assert Outcome.OK is extraction.outcome
    assert extraction.document is not None
    assert (1, "image", "自查报告") == (
        extraction.document.page_count,
        extraction.document.extractor,
        extraction.document.visible_text(),
    )


def test_every_page_of_a_tiff_is_read_up_to_the_limit() -> None:
    data = saved(sheet(), sheet(), sheet(), kind="TIFF")

    whole, _ = seen_in(data)
    some, cut = seen_in(data, Limits(max_pages=2))

    assert (3, 2) == (len(whole), len(some))
    assert Outcome.PARTIAL is cut.outcome
    assert cut.document is not None
    assert Notice("page_limit", "2", is_loss=True) in cut.document.notices


def test_a_film_is_one_page() -> None:
    other = Image.new("RGB", (60, 85), "black")

    images, _ = seen_in(saved(sheet(), other, kind="GIF"))

    assert 1 == len(images)


def test_a_telephone_held_upright_gives_an_upright_page() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6

    (image,), _ = seen_in(saved(sheet(800, 600), kind="JPEG", exif=turned))

    assert (600, 800) == (image.width, image.height)
    assert 595 == pytest.approx(image.width / image.dots_per_point)


def test_a_large_photograph_is_made_as_small_as_a_scan() -> None:
    (image,), _ = seen_in(saved(sheet(3000, 4000), kind="JPEG"))

    assert 1653 == image.width
    assert 200 / 72 == pytest.approx(image.dots_per_point, rel=0.01)


def test_the_scanner_knows_how_large_the_sheet_is() -> None:
    (image,), _ = seen_in(saved(sheet(300, 400), kind="TIFF", dpi=(100, 100)))

    assert 100 / 72 == pytest.approx(image.dots_per_point)


def test_what_is_transparent_is_paper() -> None:
    (image,), _ = seen_in(saved(Image.new("RGBA", (2, 2), (0, 0, 0, 0))))

    assert b"\xff" * 12 == image.pixels


def test_too_many_pixels_are_not_unpacked() -> None:
    images, extraction = seen_in(saved(Image.new("1", (12_000, 12_000))))

    assert (Outcome.TOO_BIG, []) == (extraction.outcome, images)
    assert (Notice("too_many_pixels", is_loss=True),) == extraction.notices


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0", b"GIF89a", b"II*\x00" + bytes(40), b"BM" + bytes(30)])
def test_a_picture_cut_off_at_its_head_is_damaged(data: bytes) -> None:
    _, extraction = seen_in(data)

    assert Outcome.UNREADABLE is extraction.outcome
    assert ["damaged_file"] == [notice.code for notice in extraction.notices]


def test_a_picture_cut_short_is_damaged() -> None:
    data = saved(Image.effect_noise((400, 400), 80), kind="JPEG")

    _, extraction = seen_in(data[: len(data) // 2])

    assert Outcome.UNREADABLE is extraction.outcome


def test_a_later_page_cut_off_is_told_and_the_first_is_kept() -> None:
    noise = [Image.effect_noise((200, 200), 80) for _ in range(3)]
    data = saved(*noise, kind="TIFF", compression="raw")

    images, extraction = seen_in(data[: len(data) * 9 // 10])

    assert (2, Outcome.PARTIAL) == (len(images), extraction.outcome)
    assert extraction.document is not None
    assert Notice("damaged_page", "3", is_loss=True) in extraction.document.notices


def test_a_telephone_s_heic_is_not_supported() -> None:
    _, extraction = seen_in(b"\0\0\0\x18ftypheic" + bytes(40))

    assert Outcome.UNSUPPORTED is extraction.outcome
