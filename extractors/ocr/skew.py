"""Sets a page upright: how its lines of print lean is measured, the picture turned, and places turned along.

The detected lines themselves tell the lean, each to a tenth of a degree, which a photograph's background
cannot disturb as it does projection profiles.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.pixels import Grey, Quads

__all__ = ["Pose", "pose_of", "upside_down"]

#: A line must be so many times longer than high before its ends tell an angle.
_LONG = 4.0
_STANDING = 1.5
_MOST_STANDING = 0.5
#: Below this no line leaves its row; turning would only blur it.
_LEAST_TILT = 0.1
_MOST_TILT = 15.0


@dataclass(frozen=True, slots=True)
class Pose:
    """How a page lies: ``turns`` quarter turns clockwise set it upright, then ``tilt`` degrees are left.

    ``width`` and ``height`` are those of the picture as it came; a tilt above 0 leans clockwise.
    """

    width: int
    height: int
    turns: int = 0
    tilt: float = 0.0

    @property
    def margin(self) -> tuple[int, int]:
        """How much wider and higher the upright picture is on each side, so that no corner is cut off."""
        width, height = self._turned_size
        lean = abs(np.sin(np.radians(self.tilt)))
        return int(np.ceil(height * lean / 2)), int(np.ceil(width * lean / 2))

    @property
    def _turned_size(self) -> tuple[int, int]:
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    def upright(self, grey: Grey) -> Grey:
        """Return the picture set upright, with white margins."""
        turned = np.ascontiguousarray(np.rot90(grey, -self.turns))
        if not self.tilt:
            return turned
        (width, height), (across, down) = self._turned_size, self.margin
        size = (width + 2 * across, height + 2 * down)
        level = cv2.warpAffine(turned, self._matrix(), size, flags=cv2.INTER_CUBIC, borderValue=(255,))
        return np.asarray(level, dtype=np.uint8)

    def _matrix(self) -> NDArray[np.float64]:
        (width, height), (across, down) = self._turned_size, self.margin
        matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), self.tilt, 1.0), np.float64)
        matrix[:, 2] += (across, down)
        return matrix

    def moved(self, quads: Quads) -> Quads:
        """Return where areas of the picture stand in the upright one, corners again from the top left."""
        points = quads.astype(np.float64)
        width, height = self.width, self.height
        for _ in range(self.turns % 4):
            # A quarter turn clockwise: the left edge becomes the top edge.
            points = np.stack([height - points[..., 1], points[..., 0]], axis=-1)
            width, height = height, width
        if self.tilt:
            matrix = self._matrix()
            points = points @ matrix[:, :2].T + matrix[:, 2]
        return np.roll(points, self.turns % 4, axis=1)


def pose_of(quads: Quads, width: int, height: int) -> Pose:
    """Return how a page lies, from the lines of print found on it.

    A page on its side is given one quarter turn; whether it then stands on its head only reading can tell.
    """
    if not len(quads):
        return Pose(width, height)
    across, down = _sides(quads)
    is_standing = down > _STANDING * across
    areas = across * down
    is_sideways = areas[is_standing].sum() > _MOST_STANDING * areas.sum()
    pose = Pose(width, height, turns=int(is_sideways))
    return Pose(width, height, pose.turns, _tilt(pose.moved(quads)))


def _sides(quads: Quads) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how long the upper and the left side of each area are."""
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return across, down


def _tilt(quads: Quads) -> float:
    """Return the lean of the middle one of the long lines in degrees, long ones counting more."""
    across, down = _sides(quads)
    is_long = across > _LONG * down
    if not is_long.any():
        return 0.0
    side = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3])[is_long]
    angles = np.degrees(np.arctan2(side[:, 1], side[:, 0]))
    order = np.argsort(angles)
    weight = np.cumsum(across[is_long][order])
    middle = float(angles[order][int(np.searchsorted(weight, weight[-1] / 2))])
    return middle if _LEAST_TILT <= abs(middle) <= _MOST_TILT else 0.0


def upside_down(pose: Pose) -> Pose:
    """Return the pose that stands the page on its head; the lean stays the same."""
    return Pose(pose.width, pose.height, (pose.turns + 2) % 4, pose.tilt)
