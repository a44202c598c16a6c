"""Puts what stands on a page into reading order when it is printed in two columns.

A gutter is an upright strip near the middle that hardly any line crosses while full lines of text stand on
both sides of it.  Lines that do cross it (titles, wide tables) part the page into bands; within a band the
left column is read before the right one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Protocol, TypeVar

__all__ = ["Placed", "reading_regions"]

_NARROWEST, _WIDEST = 0.3, 0.7
_FEWEST_LINES = 5
_MOST_PLACES = 12
_MOST_CROSSING = 0.15
_LEAST_FILL = 0.7
#: A column narrower than this share of the page is a margin note or a table column.
_LEAST_WIDTH = 0.25


class Placed(Protocol):
    """Anything with edges on a page."""

    @property
    def left(self) -> float:
        """Left edge."""

    @property
    def right(self) -> float:
        """Right edge."""

    @property
    def top(self) -> float:
        """Top edge."""

    @property
    def bottom(self) -> float:
        """Bottom edge."""


PlacedT = TypeVar("PlacedT", bound=Placed)


def reading_regions(pieces: Sequence[PlacedT], page_width: float) -> list[list[PlacedT]]:
    """Return the pieces as columns in reading order; one region where the page has a single column."""
    gutter = _gutter(pieces, page_width)
    if gutter is None:
        return [list(pieces)] if pieces else []
    return [region for region in _bands(pieces, gutter) if region]


def _gutter(pieces: Sequence[PlacedT], page_width: float) -> float | None:
    """Return where the page divides into two columns, None for the usual page."""
    low, high = _NARROWEST * page_width, _WIDEST * page_width
    on_left = [piece for piece in pieces if piece.right < high and piece.left < low]
    on_right = [piece for piece in pieces if piece.left > low]
    if len(on_left) < _FEWEST_LINES or len(on_right) < _FEWEST_LINES:
        return None
    # Lines of a column begin at one place, so the commonest beginnings are enough to look at.
    starts = Counter(round(piece.left) for piece in on_right if piece.left < high)
    places = sorted(start - 1.0 for start, _ in starts.most_common(_MOST_PLACES))
    fitting = [place for place in places if _parts(pieces, place, page_width)]
    return min(fitting, key=lambda place: _crossings(pieces, place), default=None)


def _crossings(pieces: Sequence[PlacedT], place: float) -> int:
    return sum(piece.left < place < piece.right for piece in pieces)


def _parts(pieces: Sequence[PlacedT], place: float, page_width: float) -> bool:
    if _crossings(pieces, place) > _MOST_CROSSING * len(pieces):
        return False
    left = [piece for piece in pieces if piece.right <= place]
    right = [piece for piece in pieces if piece.left >= place]
    return _is_column(left, page_width) and _is_column(right, page_width) and _are_abreast(left, right)


def _is_column(pieces: Sequence[PlacedT], page_width: float) -> bool:
    """Whether most pieces fill the width, as running text does and table entries do not."""
    if len(pieces) < _FEWEST_LINES:
        return False
    width = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    fill = median(piece.right - piece.left for piece in pieces) / max(width, 1.0)
    return width >= _LEAST_WIDTH * page_width and fill >= _LEAST_FILL


def _are_abreast(left: Sequence[PlacedT], right: Sequence[PlacedT]) -> bool:
    """Whether the two columns share at least half of the shorter one's height."""
    tops = [min(piece.top for piece in side) for side in (left, right)]
    bottoms = [max(piece.bottom for piece in side) for side in (left, right)]
    shared = min(bottoms) - max(tops)
    shorter = min(bottom - top for top, bottom in zip(tops, bottoms, strict=True))
    return shared >= shorter / 2


def _bands(pieces: Sequence[PlacedT], gutter: float) -> Iterator[list[PlacedT]]:
    """Yield full-width runs and, between them, left and right columns."""
    left: list[PlacedT] = []
    right: list[PlacedT] = []
    across: list[PlacedT] = []
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if piece.left < gutter < piece.right:
            yield from (left, right)
            left, right = [], []
            across.append(piece)
            continue
        yield across
        across = []
        (left if piece.right <= gutter else right).append(piece)
    yield from (across, left, right)
