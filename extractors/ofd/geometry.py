"""Numbers of OFD pages: millimetres, matrices, rows of offsets with repeats (GB/T 33190-2016, 7.5 and 11.3).

Whatever a file states, what comes back is finite and within bounds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain, islice, repeat

from extractors.matrix import IDENTITY, Matrix

__all__ = ["POINTS", "box_of", "matrix_of", "number", "offsets"]

#: Points in one millimetre.
POINTS = 72 / 25.4
# A page of a hundred metres is no page.
_LARGEST = 100_000.0


def number(text: str) -> float | None:
    """Return a number that is finite and of a size pages have, else None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= _LARGEST else None


def _numbers(text: str | None, most: int) -> tuple[float, ...]:
    """Return the numbers in a string that are parted by blanks or commas, at most so many."""
    words = (text or "").replace(",", " ").split(maxsplit=most)[:most]
    return tuple(value for word in words if (value := number(word)) is not None)


def box_of(text: str | None) -> tuple[float, float, float, float] | None:
    """Return x, y, width and height, None when they are not all stated."""
    found = _numbers(text, 4)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def matrix_of(text: str | None) -> Matrix:
    """Return a transformation, the identity when none is stated in full."""
    found = _numbers(text, 6)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else IDENTITY


def offsets(text: str | None, most: int) -> list[float]:
    """Return the offsets from each character to the next, at most so many; ``g 3 2.5`` says 2.5 three times.

    >>> offsets("5 g 3 2.5", 10)
    [5.0, 2.5, 2.5, 2.5]
    """
    return list(islice(chain.from_iterable(_runs(text or "", most)), most))


def _runs(text: str, most: int) -> Iterator[Iterator[float]]:
    # Every character has one offset, and a repeat takes three words.
    words = iter(text.replace(",", " ").split(maxsplit=3 * most + 3)[: 3 * most + 3])
    for word in words:
        if word.lower() == "g":
            count, value = next(words, ""), number(next(words, ""))
            if count.isdecimal() and value is not None:
                # Any longer count is more than there are characters.
                yield repeat(value, int(count[:9]))
        elif (value := number(word)) is not None:
            yield repeat(value, 1)
