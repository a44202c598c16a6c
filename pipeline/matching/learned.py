"""The learned matcher: linear models over features, shipped as plain numbers.

The file (``pipeline/matching/models/<rubric id>.json``) is made by ``benchmarks/train.py`` from the gold set and
names the hash of what it was trained on.  Nothing here learns; a score is a sum that can be shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["Linear", "LearnedModel", "load_model", "sigmoid"]


@dataclass(frozen=True)
class Linear:
    """One set of linear heads: a bias per label and, per feature, the labels it speaks for or against.

    A feature's share of a sentence is its rarity (inverse document frequency) over the length of the vector
    of all known features of the sentence, so that long sentences do not shout down short ones.
    """

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[tuple[int, float], ...]]
    rarity: Mapping[str, float]

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return the log-odds of each label, in the order of ``labels``."""
        rarity, weights = self.rarity, self.weights
        known = [feature for feature in features if feature in rarity]
        total = [0.0] * len(self.bias)
        length = 0.0
        for feature in known:
            share = rarity[feature]
            length += share * share
            for label, weight in weights.get(feature, ()):
                total[label] += weight * share
        scale = 1 / math.sqrt(length) if length else 0.0
        return [bias + score * scale for bias, score in zip(self.bias, total, strict=True)]

    def speaks(self, feature: str, label: int) -> float:
        """Return how much one feature speaks for a label, before the sentence's length is divided out."""
        pairs = self.weights.get(feature, ())
        return next((weight for other, weight in pairs if other == label), 0.0) * self.rarity.get(feature, 0.0)

    def strongest(self, features: Iterable[str], label: str, count: int = 5) -> tuple[str, ...]:
        """Return the features that speak most for a label, for the reader who asks why."""
        number = self.labels.index(label)
        ranked = sorted((-self.speaks(feature, number), feature) for feature in features)
        return tuple(feature for weight, feature in ranked[:count] if weight < 0)


@dataclass(frozen=True)
class LearnedModel:
    """What was learned for one rubric: which requirement a sentence speaks of, how it is meant, how concretely."""

    trained_on: str
    topic: Linear
    voice: Linear
    level: Linear


def sigmoid(score: float) -> float:
    """Return the probability that belongs to log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load_model(rubric_id: str) -> LearnedModel | None:
    """Return the model that ships for a rubric, or None: then the rubric's cues answer alone."""
    resource = resources.files("pipeline.matching") / "models" / f"{rubric_id}.json"
    if not resource.is_file():
        return None
    content = json.loads(resource.read_text(encoding="utf-8"))
    return LearnedModel(
        content["trained_on"],
        *(_linear(content[part]) for part in ("topic", "voice", "level")),
    )


def _linear(content: Mapping[str, object]) -> Linear:
    labels, bias, rows = content["labels"], content["bias"], content["weights"]
    assert isinstance(labels, list) and isinstance(bias, list) and isinstance(rows, list)
    weights = {row[0]: tuple(zip(row[2::2], row[3::2], strict=True)) for row in rows if len(row) > 2}
    return Linear(tuple(labels), tuple(bias), weights, {row[0]: row[1] for row in rows})
