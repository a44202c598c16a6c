"""Finds the round red stamps of an office and lifts them off the print beneath.

In the red channel red ink is as light as paper while black print stays dark, so nothing under a stamp is
cut away.  Only stamps are lifted: a red letterhead says words of its own and must stay dark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.ocr.pixels import Grey, Mask, Picture, grey_of, shrunk

__all__ = ["Stamp", "find_stamps", "lift_stamps", "red_ink"]

#: How much redder than green or blue ink is; print in black or blue never is, whatever the scanner's cast.
_REDDER = 40
#: Stamps of offices and associations are 38 to 45 mm across; photographs give a rough scale only.
_SMALLEST_RADIUS, _LARGEST_RADIUS = 13, 27
_RING_SHARE = 0.62
_MOST_INSIDE = 0.7
_MOST_OUTSIDE = 0.3
_MOST_STAMPS = 12
_RIM = 1.12
_INK_TO_PAPER = 0.92


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
    picture with one pixel a millimetre.  A red disc, a banner or a line of red print has no such ring.
    """
    factor = max(round(dots_per_mm), 1)
    scale = dots_per_mm / factor
    red = shrunk(red_ink(picture), factor)
    if not np.any(red > 32):
        return []
    # A millimetre of slack makes up for ovals, for the grid and for a page not lying flat.
    ink = np.asarray(red > 32, dtype=np.float32)
    wide = np.asarray(cv2.dilate(ink, np.ones((3, 3), np.uint8)), dtype=np.float32)
    rings = np.stack([_ring_share(wide, radius * scale) for radius in _radii()])
    found = (
        Stamp((x + 0.5) * factor, (y + 0.5) * factor, radius * dots_per_mm)
        for radius, y, x in _peaks(rings)
        if _is_hollow(ink, x, y, radius * scale)
    )
    return _apart(found)


def _radii() -> range:
    return range(_SMALLEST_RADIUS, _LARGEST_RADIUS + 1)


def _ring_share(ink: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    """Return for each place the share of the circle around it that is inked."""
    kernel = _disc(radius + 0.5) - _disc(radius - 0.5, within=radius + 0.5)
    share = cv2.filter2D(ink, cv2.CV_32F, kernel / kernel.sum(), borderType=cv2.BORDER_CONSTANT)
    return np.asarray(share, dtype=np.float32)


def _disc(radius: float, within: float | None = None) -> NDArray[np.float32]:
    reach = int(np.ceil(radius if within is None else within))
    place = np.arange(-reach, reach + 1)
    return np.asarray(np.hypot(place[:, None], place[None, :]) <= radius, dtype=np.float32)


def _peaks(rings: NDArray[np.float32]) -> Iterator[tuple[int, int, int]]:
    """Yield radius, row and column of places with a ring around them, the fullest ring first."""
    places = np.argwhere(rings >= _RING_SHARE)
    order = np.argsort(-rings[tuple(places.T)], kind="stable")
    for index, y, x in places[order][: _MOST_STAMPS * 200]:
        yield int(index) + _SMALLEST_RADIUS, int(y), int(x)


def _is_hollow(ink: NDArray[np.float32], x: int, y: int, radius: float) -> bool:
    """Whether the inside is not filled with red and the outside clear of it."""
    rows, columns = np.ogrid[: ink.shape[0], : ink.shape[1]]
    distance = np.hypot(rows - y, columns - x)
    inside = ink[distance < 0.8 * radius]
    outside = ink[(distance > 1.2 * radius) & (distance < 1.35 * radius)]
    return _mean(inside) <= _MOST_INSIDE and _mean(outside) <= _MOST_OUTSIDE


def _mean(values: NDArray[np.float32]) -> float:
    return float(values.mean()) if values.size else 0.0


def _apart(stamps: Iterator[Stamp]) -> list[Stamp]:
    """Keep the best of each bundle of circles around nearly the same place."""
    kept: list[Stamp] = []
    for stamp in stamps:
        if all(np.hypot(stamp.x - other.x, stamp.y - other.y) > 0.5 * other.radius for other in kept):
            kept.append(stamp)
        if len(kept) == _MOST_STAMPS:
            break
    return kept


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
