"""jieba behind one door: a tokenizer of our own that knows the rubric's words, loaded on first use."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import Any

__all__ = ["Tokenizer", "bounds"]


class Tokenizer:
    """Cuts sentences into words; another rubric's words never leak in (jieba's global state is not used)."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(sorted(words))

    @cached_property
    def _jieba(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba 0.42.1 warns about its own escapes (#815, #1050)
            import jieba  # takes most of a second, and many papers need no cut at all

        jieba.setLogLevel("ERROR")
        tokenizer = jieba.Tokenizer()
        for word in self._words:
            tokenizer.add_word(word)
        return tokenizer

    def cut(self, text: str) -> list[str]:
        """Return the words of a sentence in order; joined together they are the sentence."""
        return list(self._jieba.lcut(text, HMM=False))


def bounds(words: Iterable[str]) -> frozenset[int]:
    """Return where words begin and end, as offsets in the sentence they make up.

    >>> sorted(bounds(["党组织", "建设"]))
    [0, 3, 5]
    """
    return frozenset(accumulate((len(word) for word in words), initial=0))
