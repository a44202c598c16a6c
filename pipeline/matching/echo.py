"""Sentences that only repeat a reference paper: the notice said again is no act."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.matching.fold import fold

__all__ = ["Echo"]

_SHINGLE = 6  # characters; names and figures swapped in break few of them
_NOT_WORDS = re.compile(r"[^一-鿿a-zA-Z0]")


class Echo:
    """Knows the words of the reference papers."""

    def __init__(self, references: Iterable[str]) -> None:
        self._known = frozenset(gram for text in references for gram in _shingles(text))

    def share(self, text: str) -> float:
        """Return which share of a sentence stands word for word in a reference paper (0 for a short one)."""
        if not self._known:
            return 0.0
        grams = list(_shingles(text))
        return sum(map(self._known.__contains__, grams)) / len(grams) if len(grams) > 3 else 0.0


def _shingles(text: str) -> Iterable[str]:
    words = _NOT_WORDS.sub("", fold(text))
    return (words[start : start + _SHINGLE] for start in range(len(words) - _SHINGLE + 1))
