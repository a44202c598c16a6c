"""Finds the round red stamps of an office and lifts them off the print beneath.

In the red channel red ink is as light as paper while black print stays dark, so nothing under a stamp is
cut away.  Only stamps are lifted: a red letterhead says words of its own and must stay dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.pixels import Grey, Mask, Picture, grey_of, shrunk

__all__ = ["Stamp", "find_stamps", "lift_stamps", "red_ink"]

#: How much redder than green or blue ink is; print in black or blue never is, whatever the scanner's cast.
_REDDER = 40
#: Stamps of offices and associations are 38 to 45 mm across; photographs give a rough scale only.
_SMALLEST_RADIUS, _LARGEST_RADIUS = 15, 27
#: So much of the ring must be printed, and so much more than three millimetres beside it.
_LEAST_RING, _LEAST_CONTRAST, _BESIDE = 0.6, 0.5, 3.0
_WIPED = 2.5
#: A pixel of a millimetre counts as inked when an eighth of it is; a ring has more than 60 of them.
_INKED, _LEAST_INK = 32, 40
_MOST_STAMPS = 12
_RIM = 1.12
_INK_TO_PAPER = 0.92

_Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A round stamp: its centre and radius in pixels."""

    x: float
    y: float
    radius: float

    def touches(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether an upright rectangle reaches into the stamp."""
        across = self.x - min(max(self.x, left), right)
        down = self.y - min(max(self.y, top), bottom)
        return across * across + down * down < self.radius * self.radius


def red_ink(picture: Picture) -> Mask:
    """Return where the picture is red."""
    red, green, blue = cv2.split(picture)
    redness = cv2.subtract(red, cv2.max(green, blue))
    return np.asarray(redness > _REDDER, dtype=np.uint8) * np.uint8(255)


def find_stamps(picture: Picture, dots_per_mm: float) -> list[Stamp]:
    """Return the round stamps, the plainest first.

    Every place is asked how much of a red ring stands around it, for each radius a stamp may have, on a
    picture with one pixel a millimetre.  Just inside and outside of a ring there must be less red: discs,
    banners and lines of red print have no ring.  A stamp found is wiped out before the next is looked for.
    """
    factor = max(round(dots_per_mm), 1)
    ink = np.asarray(shrunk(red_ink(picture), factor) > _INKED, dtype=np.float32)
    found: list[Stamp] = []
    while len(found) < _MOST_STAMPS and np.count_nonzero(ink) > _LEAST_INK:
        ring = _plainest_ring(ink, dots_per_mm / factor)
        if ring is None:
            break
        x, y, radius = ring
        found.append(Stamp((x + 0.5) * factor, (y + 0.5) * factor, radius * factor))
        rows, columns = np.ogrid[: ink.shape[0], : ink.shape[1]]
        ink[np.abs(np.hypot(rows - y, columns - x) - radius) < _WIPED] = 0.0
    return found


def _plainest_ring(ink: _Plane, scale: float) -> tuple[int, int, float] | None:
    """Return column, row and radius of the ring that stands out most, in pixels, None if none does."""
    # A millimetre of slack makes up for ovals, for the grid and for a page not lying flat.
    wide = np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), dtype=np.float32)
    radii = [radius * scale for radius in range(_SMALLEST_RADIUS, _LARGEST_RADIUS + 1)]
    shares = np.stack([_ring_share(wide, radius) for radius in radii])
    beside = np.stack(
        [
            np.maximum(_ring_share(ink, radius - _BESIDE), _ring_share(wide, radius + _BESIDE))
            for radius in radii
        ]
    )
    standing_out = np.where(shares >= _LEAST_RING, shares - beside, 0.0)
    index, y, x = np.unravel_index(int(np.argmax(standing_out)), standing_out.shape)
    if standing_out[index, y, x] < _LEAST_CONTRAST:
        return None
    return int(x), int(y), radii[int(index)]


def _ring_share(ink: _Plane, radius: float) -> _Plane:
    """Return for each place the share of the circle around it that is inked."""
    reach = int(np.ceil(radius + 0.5))
    place = np.arange(-reach, reach + 1)
    is_on_ring = np.abs(np.hypot(place[:, None], place[None, :]) - radius) <= 0.5
    kernel = np.asarray(is_on_ring / np.count_nonzero(is_on_ring), dtype=np.float32)
    return np.asarray(cv2.filter2D(ink, cv2.CV_32F, kernel, borderType=cv2.BORDER_CONSTANT), np.float32)


def lift_stamps(picture: Picture, stamps: Sequence[Stamp]) -> Grey:
    """Return the page in grey, with what is printed under the stamps but without the stamps."""
    grey = grey_of(picture)
    for stamp in stamps:
        _lift(picture, grey, stamp)
    return grey


def _lift(picture: Picture, grey: Grey, stamp: Stamp) -> None:
    """Take one stamp out of the grey page, in place."""
    reach = int(stamp.radius * _RIM) + 1
    top, left = max(int(stamp.y) - reach, 0), max(int(stamp.x) - reach, 0)
    part = picture[top : int(stamp.y) + reach, left : int(stamp.x) + reach]
    ink = red_ink(part) > 0
    red = part[:, :, 0].astype(np.float32)
    # Dark ink is not quite as light as paper in the red channel; what is as light as the ink becomes paper.
    paper = float(np.median(red[ink])) * _INK_TO_PAPER if ink.any() else 255.0
    lifted = np.clip(red * (255.0 / max(paper, 1.0)), 0, 255)
    rows, columns = np.ogrid[: part.shape[0], : part.shape[1]]
    is_near = np.hypot(rows + top - stamp.y, columns + left - stamp.x) <= reach
    area = grey[top : top + part.shape[0], left : left + part.shape[1]]
    area[is_near] = lifted[is_near].astype(np.uint8)
