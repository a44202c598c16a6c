"""Which of many texts share wording at all: cost grows with the text, not with the number of pairs.

A text is known by the hashes of its eight-character shingles; one hash in four is kept, the same ones in
every text, so two texts that share much share about a quarter of it here.  Wording that very many texts
share says little about any two of them: each holder is then paired with the earliest one only, which is
where it came from if anyone copied it.
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

__all__ = ["SHINGLE", "WALL", "Likeness", "likenesses"]

SHINGLE = 8  # characters
WALL = "\0"  # stands for text that must not be compared
_KEPT = 4  # one hash in so many
_CROWD = 16  # holders of the same wording beyond which only the earliest is paired
_FEWEST = 6  # kept hashes in common below which two texts are not looked at
_ENOUGH = 20  # kept hashes in common (about 90 characters) that are always looked at
_SHARE = 0.2  # else the share of the shorter text's kept hashes


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts, by their index, with how many kept hashes they share and how many the shorter one has."""

    first: int
    second: int
    shared: int
    shorter: int

    @property
    def share(self) -> float:
        """Estimate of how much of the shorter text stands in the other."""
        return self.shared / self.shorter


def likenesses(texts: Sequence[str]) -> Iterator[Likeness]:
    """Yield the pairs of texts that share enough wording to be compared word for word.

    Texts come earliest first.  ``first`` < ``second`` in every pair; pairs are in order.
    """
    sizes, holdings = _holdings(texts)
    for first, partners in enumerate(_partners(holdings, len(texts))):
        for second, shared in sorted(Counter(partners).items()):
            shorter = min(sizes[first], sizes[second])
            if shared >= _ENOUGH or shared >= max(_FEWEST, _SHARE * shorter):
                yield Likeness(first, second, shared, shorter)


def _holdings(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return how many hashes each text keeps, and hash and holder packed into numbers, sorted."""
    sizes: list[int] = []
    holdings: list[int] = []
    for number, text in enumerate(texts):
        kept = _hashes(text)
        sizes.append(len(kept))
        holdings += (value * len(texts) + number for value in kept)
    holdings.sort()
    return sizes, holdings


def _partners(holdings: list[int], count: int) -> list[array[int]]:
    """Return for each text the later texts it shares a hash with, once for every shared hash."""
    partners = [array("I") for _ in range(count)]
    for _, group in groupby(holdings, key=lambda holding: holding // count):
        holders = array("I", (holding % count for holding in group))
        reach = 1 if len(holders) > _CROWD else len(holders)
        for place in range(reach):
            partners[holders[place]].extend(holders[place + 1 :])
    return partners


def _hashes(text: str) -> set[int]:
    kept: set[int] = set()
    for stretch in text.split(WALL):
        data = stretch.encode("utf-32-le")
        for start in range(0, len(data) - 4 * SHINGLE + 1, 4):
            value = zlib.crc32(data[start : start + 4 * SHINGLE])
            if not value % _KEPT:
                kept.add(value)
    return kept
