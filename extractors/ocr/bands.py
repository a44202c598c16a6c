"""Cuts a long screen shot into pieces of a page's shape, between its lines of print."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extractors.ocr.pixels import Grey

__all__ = ["bands"]

#: A picture taller than this (in widths) is no page; made small as a whole, its print could not be found.
_TALLEST = 2.2
_SHORTEST_BAND, _LONGEST_BAND = 1.0, 1.6
_INK = 160
_MOST_BANDS = 60


def bands(grey: Grey) -> Iterator[tuple[int, int]]:
    """Yield first row and row after the last of each piece, from top to bottom; a page is one piece.

    A cut falls into the middle of the longest stretch of rows with the least ink.
    """
    height, width = grey.shape
    if height <= _TALLEST * width:
        yield 0, height
        return
    ink = np.count_nonzero(grey < _INK, axis=1)
    top = 0
    for _ in range(_MOST_BANDS):
        if height - top <= _TALLEST * width:
            break
        low, high = top + int(_SHORTEST_BAND * width), top + int(_LONGEST_BAND * width)
        cut = low + _emptiest(ink[low:high])
        yield top, cut
        top = cut
    yield top, height


def _emptiest(ink: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    """Return the middle of the longest run of rows that hold the least ink."""
    is_empty = np.concatenate([[False], ink == ink.min(), [False]])
    turns = np.flatnonzero(is_empty[1:] != is_empty[:-1])
    starts, ends = turns[0::2], turns[1::2]
    longest = int(np.argmax(ends - starts))
    return int(starts[longest] + ends[longest]) // 2
