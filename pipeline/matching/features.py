"""A sentence as features for the learned matcher: character n-grams with their place, and what stands around.

Training and judging call the same function, so they can never drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pipeline.matching.fold import fold
from pipeline.matching.slots import backing
from pipeline.model import Assertion, Kind, Slot
from pipeline.text import Sentence, clauses

__all__ = [
    "WORD",
    "around_features",
    "clause_features",
    "kind_features",
    "sentence_features",
    "window_features",
]


#: Marks a feature that is a whole word: the kind a reader understands.
WORD = "t:"


def _grams(text: str, sizes: tuple[int, ...], mark: str = "") -> Iterator[str]:
    for size in sizes:
        for start in range(len(text) - size + 1):
            yield mark + text[start : start + size]


@lru_cache(maxsize=256)
def _nearby(text: str, sizes: tuple[int, ...], mark: str) -> frozenset[str]:
    """Return the n-grams of a heading or a table's context: the same for all sentences under it."""
    return frozenset(_grams(fold(text)[:60], sizes, mark))


def sentence_features(sentence: Sentence, kind: Kind, words: Iterable[str]) -> frozenset[str]:
    """Return what the learned matcher sees of a sentence: its own text, its headings, its neighbour.

    ``words`` is the sentence cut by the tokenizer that knows the rubric's words.
    """
    own = fold(sentence.text)
    found = set(_grams(own, (1, 2, 3)))
    found.update(f"{WORD}{fold(word)}" for word in words if len(word) > 1)
    found |= _nearby(sentence.heading, (2, 3), "h:")
    if len(sentence.heading_path) > 1:
        found |= _nearby(sentence.heading_path[-2], (2,), "H:")
    found.update(_grams(fold(sentence.before)[:60], (2,), "b:"))
    found |= _nearby(sentence.context, (2,), "c:")
    found.update(kind_features(sentence, kind))
    return frozenset(found)


def clause_features(text: str) -> frozenset[str]:
    """Return the features of a part of a sentence, to see which part speaks for a requirement."""
    return frozenset(_grams(fold(text), (1, 2, 3)))


def around_features(sentence: Sentence, kind: Kind, filled: Sequence[Slot]) -> frozenset[str]:
    """Return what the voice and level models see of the whole sentence and its surroundings."""
    own = fold(sentence.text)
    found = set(_grams(own, (1, 2, 3)))
    found |= _nearby(sentence.heading, (2,), "h:")
    found.update(_grams(fold(sentence.before)[-30:], (2,), "b:"))
    found.add("s^" + own[:3])
    names = {slot.name.value for slot in filled}
    found.update(f"slot:{name}" for name in names)
    found.update(f"slots:{count}" for count in range(1, 1 + len(names)))
    found.update(("proof",) if backing(sentence.text) else ())
    found.update(kind_features(sentence, kind))
    return frozenset(found)


def window_features(sentence: Sentence, start: int, end: int, reading: Assertion) -> frozenset[str]:
    """Return what they see of the clauses around ``start:end``; disjoint from ``around_features``.

    ``reading`` is what the assertion rules say: the model learns how far to trust them.
    """
    text = sentence.text
    around = [(a, b) for a, b in clauses(text) if a < end and b > start] or [(0, len(text))]
    clause = fold(text[around[0][0] : around[-1][1]])
    found = set(_grams(clause, (1, 2, 3), "w:"))
    found.update(("w^" + clause[:2], "w$" + clause[-3:], f"rule:{reading.value}"))
    return frozenset(found)


def kind_features(sentence: Sentence, kind: Kind) -> frozenset[str]:
    """Return features of the paper's kind and the sentence's shape."""
    shape = "row" if sentence.is_row else "head" if sentence.is_heading else "text"
    size = min(len(sentence.text) // 20, 4)
    return frozenset((f"k:{kind.value}", f"s:{shape}", f"l:{size}", f"k:{kind.value}:{shape}"))
