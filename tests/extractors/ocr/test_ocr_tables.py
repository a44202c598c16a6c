"""Ruling lines in pixels make tables; cells are not read as one, none is overlooked."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

pytest.importorskip("cv2")

import numpy as np

from extractors.ocr.areas import cut_at_rules, ink_in, overlooked, stacked
from extractors.ocr.pixels import Grey, Quads
from extractors.ocr.rulings import find_rulings

SCALE = 200 / 72
#: Three columns and two rows in points.
COLUMNS, ROWS = (50.0, 90.0, 190.0, 290.0), (60.0, 90.0, 120.0)


def drawn(columns: tuple[float, ...] = COLUMNS, rows: tuple[float, ...] = ROWS) -> Image.Image:
    image = Image.new("L", (950, 560), 255)
    draw = ImageDraw.Draw(image)
    for top in rows:
        draw.line([columns[0] * SCALE, top * SCALE, columns[-1] * SCALE, top * SCALE], 0, 2)
    for left in columns:
        draw.line([left * SCALE, rows[0] * SCALE, left * SCALE, rows[-1] * SCALE], 0, 2)
    return image


def grey(image: Image.Image) -> Grey:
    return np.asarray(image)


def area(left: float, top: float, right: float, bottom: float) -> Quads:
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return np.asarray(corners, dtype=np.float64) * SCALE


def test_a_grid_is_found_with_its_cells() -> None:
    rulings = find_rulings(grey(drawn()), SCALE)

    assert 6 == len(rulings.cells)
    uprights = sorted(rule.place for rule in rulings.rules if rule.is_upright)
    assert list(COLUMNS) == pytest.approx(uprights, abs=1.0)


def test_lines_under_words_are_print() -> None:
    image = Image.new("L", (950, 560), 255)
    draw = ImageDraw.Draw(image)
    for top in (200, 300):
        draw.line([100, top, 600, top], 0, 3)

    rulings = find_rulings(grey(image), SCALE)

    assert () == rulings.rules
    assert rulings.without(grey(image)) is not None
    assert 0 == rulings.without(grey(image))[200, 300]


def test_the_lines_of_a_table_are_painted_over() -> None:
    page = grey(drawn())

    assert find_rulings(page, SCALE).without(page).min() > 190
    assert page.min() == 0


def test_an_area_over_three_cells_is_cut_in_three() -> None:
    rulings = find_rulings(grey(drawn()), SCALE)

    pieces = cut_at_rules(area(60, 65, 280, 85)[None], rulings, SCALE)

    assert 3 == len(pieces)
    assert [60, 90, 190] == pytest.approx(list(pieces[:, 0, 0] / SCALE), abs=1.0)
    assert [90, 190, 280] == pytest.approx(list(pieces[:, 1, 0] / SCALE), abs=1.0)


def test_an_area_beside_or_inside_a_cell_is_left_whole() -> None:
    rulings = find_rulings(grey(drawn()), SCALE)
    outside, inside, just_over = area(60, 130, 280, 150), area(95, 65, 185, 85), area(87, 65, 185, 85)

    pieces = cut_at_rules(np.stack([outside, inside, just_over]), rulings, SCALE)

    assert np.array_equal(pieces, np.stack([outside, inside, just_over]))


def test_a_lone_figure_in_a_cell_is_not_overlooked() -> None:
    image = drawn()
    draw = ImageDraw.Draw(image)
    draw.rectangle([65 * SCALE, 68 * SCALE, 67 * SCALE, 80 * SCALE], 0)
    draw.rectangle([100 * SCALE, 68 * SCALE, 180 * SCALE, 80 * SCALE], 0)
    page = grey(image)
    rulings = find_rulings(page, SCALE)

    missed = overlooked(rulings.without(page), area(98, 66, 182, 82)[None], rulings.cells, SCALE)

    assert 1 == len(missed)
    assert (66, 74) == (
        pytest.approx(missed[0, :, 0].mean() / SCALE, abs=0.5),
        pytest.approx(missed[0, :, 1].mean() / SCALE, abs=0.5),
    )


def test_dust_in_a_cell_is_no_print() -> None:
    image = drawn()
    ImageDraw.Draw(image).rectangle([65 * SCALE, 70 * SCALE, 65 * SCALE + 3, 70 * SCALE + 3], 0)
    page = grey(image)
    rulings = find_rulings(page, SCALE)

    assert 0 == len(overlooked(rulings.without(page), np.zeros((0, 4, 2)), rulings.cells, SCALE))


def test_an_upright_area_may_be_characters_one_below_the_other() -> None:
    pieces = stacked(area(60, 60, 76, 110))

    assert [60, 76.7, 93.3] == pytest.approx(list(pieces[:, 0, 1] / SCALE), abs=0.1)
    assert 0 == len(stacked(area(60, 60, 110, 76)))


def test_a_blank_area_has_no_ink() -> None:
    page = grey(Image.new("L", (100, 100), 255))

    assert ink_in(page, area(0, 0, 30, 30)) is None
