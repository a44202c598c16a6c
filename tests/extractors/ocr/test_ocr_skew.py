"""A page is set upright by its own lines, and every place can be followed there."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2")

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Box
from extractors.ocr.pixels import Quads
from extractors.ocr.skew import Pose, pose_of, upside_down
from extractors.pdf.words import Frame

WIDTH, HEIGHT = 600, 800


def lines(angle: float, count: int = 12) -> Quads:
    """Return lines of print that lean about the middle of the page."""
    turn = np.radians(angle)
    matrix = np.asarray([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    quads = [
        [(80, top), (520, top), (520, top + 20), (80, top + 20)] for top in range(100, 100 + 40 * count, 40)
    ]
    middle = np.asarray((WIDTH / 2, HEIGHT / 2))
    return (np.asarray(quads, dtype=np.float64) - middle) @ matrix + middle


@pytest.mark.parametrize("angle", [-5.0, -1.0, 0.3, 1.0, 4.5])
def test_the_lean_is_measured(angle: float) -> None:
    pose = pose_of(lines(angle), WIDTH, HEIGHT)

    assert (0, pytest.approx(angle, abs=0.05)) == (pose.turns, pose.tilt)


@pytest.mark.parametrize("angle", [0.05, 30.0])
def test_what_is_level_or_no_page_is_left_alone(angle: float) -> None:
    assert 0.0 == pose_of(lines(angle), WIDTH, HEIGHT).tilt


def test_a_few_odd_lines_do_not_matter() -> None:
    quads = np.concatenate([lines(1.0), lines(12.0, count=2)])

    assert 1.0 == pytest.approx(pose_of(quads, WIDTH, HEIGHT).tilt, abs=0.05)


def test_a_page_on_its_side_is_given_a_turn() -> None:
    sideways = lines(0.0)[..., ::-1]
    ordered = np.stack([sideways[:, 0], sideways[:, 3], sideways[:, 2], sideways[:, 1]], axis=1)

    assert Pose(HEIGHT, WIDTH, turns=1) == pose_of(ordered, HEIGHT, WIDTH)


def test_a_page_without_lines_lies_as_it_lies() -> None:
    assert Pose(WIDTH, HEIGHT) == pose_of(np.zeros((0, 4, 2)), WIDTH, HEIGHT)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("tilt", [0.0, 2.0, -4.0])
def test_ink_is_found_where_its_place_was_moved_to(turns: int, tilt: float) -> None:
    grey = np.full((80, 60), 255, dtype=np.uint8)
    grey[20:24, 10:30] = 0
    pose = Pose(60, 80, turns, tilt)

    moved = pose.moved(np.asarray([[(10, 20), (30, 20), (30, 24), (10, 24)]], dtype=np.float64))
    rows, columns = np.nonzero(pose.upright(grey) < 128)

    assert (rows.mean() + 0.5, columns.mean() + 0.5) == (
        pytest.approx(moved[0, :, 1].mean(), abs=1.0),
        pytest.approx(moved[0, :, 0].mean(), abs=1.0),
    )


@given(
    st.integers(0, 3),
    st.floats(-5, 5),
    st.floats(50, 550),
    st.floats(50, 750),
)
def test_the_page_puts_back_what_the_pose_moved(turns: int, tilt: float, x: float, y: float) -> None:
    pose = Pose(WIDTH, HEIGHT, turns, tilt)
    page = Frame(0.0, 0.0, WIDTH, HEIGHT)
    layout = Frame(0.0, 0.0, WIDTH, HEIGHT, turns, tilt)

    across, down = pose.moved(np.asarray([[(x, y)] * 4]))[0, 0] - pose.margin
    box = page.shown(Box(across, down, across, down), layout)

    assert (x, y) == (pytest.approx(box.left, abs=0.01), pytest.approx(box.top, abs=0.01))


def test_standing_on_its_head_is_two_turns_away() -> None:
    assert Pose(WIDTH, HEIGHT, 3, 1.0) == upside_down(Pose(WIDTH, HEIGHT, 1, 1.0))
