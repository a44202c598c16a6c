"""Shadows go, print stays; long screen shots are cut between lines."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

pytest.importorskip("cv2")

import numpy as np

from extractors.ocr.bands import bands
from extractors.ocr.lighting import evenly_lit, has_ink, with_dark_print
from extractors.ocr.pixels import Grey, grey_of
from tests.builders.scan_builder import in_the_shade


def ruled(width: int, height: int, step: int = 50) -> Image.Image:
    """Return a page with bars for lines of print."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for top in range(20, height - 20, step):
        draw.rectangle([width // 10, top, width * 9 // 10, top + 12], "black")
    return image


def test_a_clean_scan_comes_back_as_it_is() -> None:
    picture = np.asarray(ruled(600, 400))

    assert evenly_lit(picture) is picture


def test_paper_in_the_shade_becomes_white_and_print_stays_dark() -> None:
    shaded = np.asarray(in_the_shade(ruled(600, 400)))

    grey = grey_of(evenly_lit(shaded))

    assert grey_of(shaded)[60, 580] < 150
    assert grey[60, 580] > 225
    assert grey[26, 300] < 80


def test_pale_print_becomes_dark() -> None:
    pale = np.full((200, 200), 250, dtype=np.uint8)
    pale[50:60, 20:180] = 170

    assert with_dark_print(pale)[55, 100] < 30
    assert with_dark_print(pale)[150, 100] > 230


def test_a_blank_sheet_stays_blank() -> None:
    blank = np.full((800, 600), 236, dtype=np.uint8)
    blank[7:9, 5:8] = 40

    assert not has_ink(with_dark_print(blank))


def test_a_page_is_one_band() -> None:
    assert [(0, 800)] == list(bands(np.full((800, 600), 255, dtype=np.uint8)))


def test_a_long_screen_shot_is_cut_between_its_lines() -> None:
    grey: Grey = grey_of(np.asarray(ruled(200, 1500)))

    parts = list(bands(grey))

    assert 0 == parts[0][0] and 1500 == parts[-1][1]
    assert [bottom for _, bottom in parts[:-1]] == [top for top, _ in parts[1:]]
    assert all(bottom - top <= 2.2 * 200 for top, bottom in parts)
    assert all(grey[top].min() == 255 for top, _ in parts)
