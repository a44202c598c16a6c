"""The learned matcher: linear models over features, shipped as plain numbers.

The file (``pipeline/matching/models/<rubric id>.json``) is made by ``benchmarks/train.py`` from the
gold set and names the hash of what it was trained on.  Nothing here learns; a score is a sum that can
be shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from struct import Struct

__all__ = [
    "RUNGS",
    "LearnedModel",
    "Linear",
    "Sums",
    "load_model",
    "parse_linear",
    "parse_model",
    "shared_sums",
    "sigmoid",
]


#: What a feature, or many together, say of all labels, as one long number: a lane of 64 bits for the squared
#: rarities and one for each label's weights (times rarity), in whole ``_UNIT`` parts.  Adding two such
#: numbers adds all lanes at once and exactly, in whatever order a set hands out its features; a negative lane
#: borrows from the next, which reading undoes.  All of a model's features together do not overflow a lane.
Sums = int
_LANE = 64
_UNIT = 10_000


#: The rungs of the level ladder above a slogan, as labels of ``LearnedModel.stance``.
RUNGS = ("act", "specific", "backed")


@dataclass(frozen=True, eq=False)
class Linear:
    """One set of linear heads: a bias per label and, per feature, what it says of all labels.

    A feature counts by its rarity (inverse document frequency), and the sum is divided by the length of the
    vector of all known features, so that long sentences do not shout down short ones.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    terms: Mapping[str, Sums]

    @cached_property
    def _lanes(self) -> Struct:
        return Struct(f"<{len(self.labels) + 1}q")

    @cached_property
    def _signs(self) -> int:
        """The sign bit of every lane."""
        return sum(1 << (_LANE * lane + _LANE - 1) for lane in range(len(self.labels) + 1))

    def sums(self, features: Iterable[str]) -> Sums:
        """Return what some features say; features of one sentence may be summed apart and added."""
        return sum(filter(None, map(self.terms.get, features)))

    def scores(self, sums: Sums) -> list[float]:
        """Return the log-odds of each label, in the order of ``labels``."""
        signed = (sums + self._signs) ^ self._signs
        squares, *totals = self._lanes.unpack(signed.to_bytes(self._lanes.size, "little"))
        length = math.sqrt(squares / _UNIT) * _UNIT
        scale = 1 / length if length else 0.0
        return [bias + total * scale for bias, total in zip(self.bias, totals, strict=True)]

    def speaks(self, sums: Sums, label: int) -> int:
        """Return how much sums speak for a label, before the sentence's length is divided out."""
        lane = ((sums + self._signs) >> (_LANE * (label + 1))) & ((1 << _LANE) - 1)
        return lane - (1 << (_LANE - 1))

    def strongest(self, features: Iterable[str], label: str, count: int) -> tuple[str, ...]:
        """Return the features that speak most for a label, for the reader who asks why."""
        number = self.labels.index(label)
        terms = self.terms
        ranked = sorted(
            [(-self.speaks(terms[feature], number), feature) for feature in features if feature in terms]
        )
        return tuple([feature for weight, feature in ranked[:count] if weight < 0])


@lru_cache(maxsize=512)
def shared_sums(linear: Linear, features: frozenset[str]) -> Sums:
    """Return ``linear.sums``, remembered: many sentences stand under one heading."""
    return linear.sums(features)


@dataclass(frozen=True)
class LearnedModel:
    """What was learned for one rubric.

    ``topic`` says which requirement a sentence speaks of; ``stance`` how it is meant (the five assertions)
    and how concretely (``RUNGS``: an act at all, specific, backed).
    """

    trained_on: str
    topic: Linear
    stance: Linear


def sigmoid(score: float) -> float:
    """Return the probability that belongs to log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load_model(rubric_id: str) -> LearnedModel | None:
    """Return the model that ships for a rubric, or None: then the rubric's cues answer alone."""
    resource = resources.files("pipeline.matching") / "models" / f"{rubric_id}.json"
    if not resource.is_file():
        return None
    return parse_model(resource.read_text(encoding="utf-8"))


def parse_model(text: str) -> LearnedModel:
    """Return the model of a model file's text."""
    content = json.loads(text)
    parts = (parse_linear(content[part]) for part in ("topic", "stance"))
    return LearnedModel(content["trained_on"], *parts)


def parse_linear(content: Mapping[str, object]) -> Linear:
    """Return one set of heads from its part of a model file."""
    labels, bias, rows = content["labels"], content["bias"], content["weights"]
    assert isinstance(labels, list) and isinstance(bias, list) and isinstance(rows, list)
    terms = {feature: _packed(rarity, flat) for feature, rarity, *flat in rows}
    return Linear(tuple(labels), tuple(bias), terms)


def _packed(rarity: float, flat: Sequence[float]) -> Sums:
    """Return one line of a model file, labels and weights by turns, as the sums it stands for."""
    sums = round(rarity * rarity * _UNIT)
    for label, weight in zip(flat[::2], flat[1::2], strict=True):
        sums += round(weight * rarity * _UNIT) << (_LANE * (int(label) + 1))
    return sums
