"""Stamps are found and lifted; red words and black print stay."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

pytest.importorskip("cv2")

import numpy as np

from extractors.ocr.pixels import Picture, grey_of
from extractors.ocr.stamp import find_stamps, lift_stamps
from tests.builders.scan_builder import RED, leaning, noisy, stamped

DOTS_PER_MM = 200 / 25.4


def page(width: int = 900, height: int = 900) -> Image.Image:
    return Image.new("RGB", (width, height), "white")


def pixels(image: Image.Image) -> Picture:
    return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize("millimetres", [38.0, 42.0, 45.0])
def test_round_stamp_is_found_where_it_is(millimetres: float) -> None:
    image = stamped(page(), 480, 400, "", millimetres)

    (stamp,) = find_stamps(pixels(image), DOTS_PER_MM)

    assert (480, 400) == (pytest.approx(stamp.x, abs=10), pytest.approx(stamp.y, abs=10))
    assert millimetres / 2 * DOTS_PER_MM == pytest.approx(stamp.radius, rel=0.1)


def test_stamp_is_found_on_a_leaning_grainy_page() -> None:
    image = noisy(leaning(stamped(page(), 480, 400, ""), 3.0))

    assert 1 == len(find_stamps(pixels(image), DOTS_PER_MM))


def test_two_stamps_over_each_other_are_two() -> None:
    image = stamped(stamped(page(), 350, 400, ""), 580, 430, "")

    assert 2 == len(find_stamps(pixels(image), DOTS_PER_MM))


def test_a_white_page_has_no_stamp() -> None:
    assert [] == find_stamps(pixels(page()), DOTS_PER_MM)


def test_red_disc_banner_and_letterhead_are_no_stamps() -> None:
    image = page()
    draw = ImageDraw.Draw(image)
    draw.ellipse([60, 60, 380, 380], fill=RED)
    draw.rectangle([0, 500, 900, 620], fill=RED)
    for left in range(60, 800, 90):
        # Strokes of red characters 15 mm high.
        draw.rectangle([left, 700, left + 60, 800], outline=RED, width=8)
        draw.line([left, 750, left + 60, 750], fill=RED, width=8)

    assert [] == find_stamps(pixels(image), DOTS_PER_MM)


def test_print_under_the_stamp_stays_and_the_stamp_goes() -> None:
    image = page()
    ImageDraw.Draw(image).rectangle([200, 395, 760, 405], fill="black")
    picture = pixels(stamped(image, 480, 400, ""))

    grey = lift_stamps(picture, find_stamps(picture, DOTS_PER_MM))

    assert grey[400, 200:760].max() < 100
    is_print = np.zeros_like(grey, dtype=bool)
    is_print[390:411, 195:766] = True
    assert grey[~is_print].min() > 200


def test_red_words_outside_a_stamp_stay_dark() -> None:
    image = stamped(page(), 480, 600, "")
    ImageDraw.Draw(image).rectangle([100, 100, 800, 130], fill=RED)
    picture = pixels(image)

    grey = lift_stamps(picture, find_stamps(picture, DOTS_PER_MM))

    assert grey[115, 400] == grey_of(picture)[115, 400] < 130
