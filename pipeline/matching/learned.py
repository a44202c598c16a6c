"""The learned matcher: linear models over features, shipped as plain numbers.

The file (``pipeline/matching/models/<rubric id>.json``) is made by ``benchmarks/train.py`` from the
gold set and names the hash of what it was trained on.  Nothing here learns; a score is a sum that can
be shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

__all__ = ["RUNGS", "LearnedModel", "Linear", "Sums", "load_model", "parse_linear", "parse_model", "sigmoid"]


#: A feature's squared rarity, and label and weight (times rarity) for each label it speaks for or against;
#: whole numbers in ``_UNIT``, so that a sum is the same in whatever order a set hands out its features.
Term = tuple[int, tuple[tuple[int, int], ...]]
_UNIT = 10_000
#: Up to so many labels nearly every feature speaks of all, and summing whole columns is faster.
_FEW_LABELS = 12
#: Totals per label and the sum of squares, from which scores are made.
Sums = tuple[list[int], int]


#: The rungs of the level ladder above a slogan, as labels of ``LearnedModel.stance``.
RUNGS = ("act", "specific", "backed")


@dataclass(frozen=True)
class Linear:
    """One set of linear heads: a bias per label and, per feature, the labels it speaks for or against.

    A feature counts by its rarity (inverse document frequency), and the sum is divided by the length of the
    vector of all known features, so that long sentences do not shout down short ones.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    terms: Mapping[str, Term]

    @cached_property
    def _columns(self) -> dict[str, tuple[int, ...]]:
        """The terms as full rows, squared rarity first."""
        rows: dict[str, tuple[int, ...]] = {}
        for feature, (square, pairs) in self.terms.items():
            weights = dict(pairs)
            rows[feature] = (square, *(weights.get(label, 0) for label in range(len(self.labels))))
        return rows

    def sums(self, features: Iterable[str]) -> Sums:
        """Return what some features say; features of one sentence may be summed apart and joined."""
        if len(self.labels) <= _FEW_LABELS:
            known = self._columns
            rows = [known[feature] for feature in features if feature in known]
            squares, *totals = map(sum, zip(*rows, strict=True)) if rows else [0] * (len(self.labels) + 1)
            return totals, squares
        terms = self.terms
        totals = [0] * len(self.labels)
        squares = 0
        for feature in features:
            if feature in terms:
                square, pairs = terms[feature]
                squares += square
                for label, weight in pairs:
                    totals[label] += weight
        return totals, squares

    def scores(self, *parts: Sums) -> list[float]:
        """Return the log-odds of each label, in the order of ``labels``."""
        length = math.sqrt(sum(squares for _, squares in parts) / _UNIT) * _UNIT
        scale = 1 / length if length else 0.0
        columns = zip(*(totals for totals, _ in parts), strict=True)
        return [bias + sum(column) * scale for bias, column in zip(self.bias, columns, strict=True)]

    def speaks(self, features: Iterable[str], label: int) -> int:
        """Return how much some features speak for a label, before the sentence's length is divided out."""
        found = (self.terms[feature][1] for feature in features if feature in self.terms)
        return sum(weight for pairs in found for other, weight in pairs if other == label)

    def strongest(self, features: Iterable[str], label: str, count: int) -> tuple[str, ...]:
        """Return the features that speak most for a label, for the reader who asks why."""
        number = self.labels.index(label)
        ranked = sorted((-self.speaks((feature,), number), feature) for feature in features)
        return tuple(feature for weight, feature in ranked[:count] if weight < 0)


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
    terms = {
        feature: (
            round(rarity * rarity * _UNIT),
            tuple(
                (label, round(weight * rarity * _UNIT))
                for label, weight in zip(flat[::2], flat[1::2], strict=True)
            ),
        )
        for feature, rarity, *flat in rows
    }
    return Linear(tuple(labels), tuple(bias), terms)
