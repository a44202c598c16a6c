"""A sentence as features for the learned matcher: character n-grams with their place, and what stands around.

Training and judging call the same functions, so they can never drift apart.  What judging sums apart
(``*_parts``) is disjoint and together just what training sees: no feature is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import add

from pipeline.matching.fold import fold
from pipeline.matching.slots import backing
from pipeline.model import Assertion, Kind, Slot
from pipeline.text import Sentence, clauses

__all__ = [
    "WORD",
    "around_features",
    "around_parts",
    "clause_features",
    "clause_span",
    "kind_features",
    "sentence_features",
    "sentence_parts",
    "window_features",
    "window_parts",
    "word_features",
]


#: Marks a feature that is a whole word: the kind a reader understands.
WORD = "t:"


def _pairs(text: str) -> Iterator[str]:
    return map(add, text, text[1:])


def _grams(text: str) -> set[str]:
    """Return all single characters, pairs and triples of a text."""
    pairs = list(_pairs(text))
    found = set(text)
    found.update(pairs)
    found.update(map(add, pairs, text[2:]))
    return found


@lru_cache(maxsize=16)
def _own_grams(text: str) -> frozenset[str]:
    """Return a sentence's own n-grams: topic and stance both ask for them."""
    return frozenset(_grams(fold(text)))


@lru_cache(maxsize=256)
def _nearby(text: str, mark: str, *, triples: bool = False) -> frozenset[str]:
    """Return the n-grams of a heading or a table's context: the same for all sentences under it."""
    folded = fold(text)[:60]
    found = [mark + pair for pair in _pairs(folded)]
    if triples:
        found += [mark + triple for triple in map(add, _pairs(folded), folded[2:])]
    return frozenset(found)


@lru_cache(maxsize=1 << 14)
def _word_feature(word: str) -> str:
    return WORD + fold(word)


def word_features(words: Iterable[str]) -> frozenset[str]:
    """Return the features of a sentence's words."""
    return frozenset([_word_feature(word) for word in words if len(word) > 1])


def sentence_features(sentence: Sentence, kind: Kind, words: Iterable[str]) -> frozenset[str]:
    """Return what the learned matcher sees of a sentence: its own text, its headings, its neighbour.

    ``words`` is the sentence cut by the tokenizer that knows the rubric's words.
    """
    own, shared = sentence_parts(sentence, kind, words)
    return frozenset().union(*own, *shared)


#: Disjoint parts of a sentence's features: what is its own, and what it shares with its neighbours.
Parts = tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]


def sentence_parts(sentence: Sentence, kind: Kind, words: Iterable[str]) -> Parts:
    """Return ``sentence_features`` in disjoint parts."""
    grams = _own_grams(sentence.text)
    # A text with latin letters may hold ``l:0`` or ``t:1`` as a triple; longer marked features are no gram.
    further = (word_features(words) | kind_features(sentence, kind)) - grams
    before = frozenset(["b:" + pair for pair in _pairs(fold(sentence.before)[:60])])
    shared = [_nearby(sentence.heading, "h:", triples=True), _nearby(sentence.context, "c:")]
    if len(sentence.heading_path) > 1:
        shared.append(_nearby(sentence.heading_path[-2], "H:"))
    return (grams, further, before), tuple(shared)


def clause_features(text: str) -> frozenset[str]:
    """Return the features of a part of a sentence, to see which part speaks for a requirement."""
    return frozenset(_grams(fold(text)))


def around_features(sentence: Sentence, kind: Kind, filled: Sequence[Slot]) -> frozenset[str]:
    """Return what the voice and level models see of the whole sentence and its surroundings."""
    own, shared = around_parts(sentence, kind, filled)
    return frozenset().union(*own, *shared)


def around_parts(sentence: Sentence, kind: Kind, filled: Sequence[Slot]) -> Parts:
    """Return ``around_features`` in disjoint parts."""
    grams = _own_grams(sentence.text)
    further = {"s^" + fold(sentence.text)[:3]}
    names = {slot.name.value for slot in filled}
    further.update(f"slot:{name}" for name in names)
    further.update(f"slots:{count}" for count in range(1, 1 + len(names)))
    further.update(("proof",) if backing(sentence.text) else ())
    further |= kind_features(sentence, kind)
    before = frozenset(["b:" + pair for pair in _pairs(fold(sentence.before)[-30:])])
    return (grams, frozenset(further - grams), before), (_nearby(sentence.heading, "h:"),)


def clause_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the clauses that ``start:end`` touches, as one span."""
    around = [(a, b) for a, b in clauses(text) if a < end and b > start]
    return (around[0][0], around[-1][1]) if around else (0, len(text))


def window_features(sentence: Sentence, start: int, end: int, reading: Assertion) -> frozenset[str]:
    """Return what they see of the clauses around ``start:end``, marked as such.

    ``reading`` is what the assertion rules say: the model learns how far to trust them.
    """
    left, right = clause_span(sentence.text, start, end)
    return frozenset().union(*window_parts(sentence.text[left:right], reading))


def window_parts(clause: str, reading: Assertion) -> tuple[frozenset[str], frozenset[str]]:
    """Return ``window_features`` in disjoint parts: the clause's, and the reading's."""
    return _window_grams(clause), frozenset((f"rule:{reading.value}",))


@lru_cache(maxsize=16)
def _window_grams(text: str) -> frozenset[str]:
    clause = fold(text)
    found = {"w:" + gram for gram in _grams(clause)}
    found.update(("w^" + clause[:2], "w$" + clause[-3:]))
    return frozenset(found)


@lru_cache(maxsize=64)
def _kind_features(kind: str, shape: str, size: int) -> frozenset[str]:
    return frozenset((f"k:{kind}", f"s:{shape}", f"l:{size}", f"k:{kind}:{shape}"))


def kind_features(sentence: Sentence, kind: Kind) -> frozenset[str]:
    """Return features of the paper's kind and the sentence's shape."""
    shape = "row" if sentence.is_row else "head" if sentence.is_heading else "text"
    return _kind_features(kind.value, shape, min(len(sentence.text) // 20, 4))
