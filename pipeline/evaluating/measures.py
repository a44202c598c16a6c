"""Rates with their counts and intervals, F1 and weighted kappa; plain arithmetic."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Rate", "Scores", "kappa", "macro_f1", "scores"]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its counts; an empty denominator has no value."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, or None where there was nothing to count."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval."""
        if not self.total:
            return None
        z, n, p = 1.959964, self.total, self.hits / self.total
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if self.value is None or self.interval is None:
            return "—"
        low, high = self.interval
        return f"{self.value:.3f} ({self.hits}/{self.total}, 95%区间 {low:.3f}–{high:.3f})"


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision and recall of one class."""

    right: int
    said: int
    true: int

    @property
    def precision(self) -> Rate:
        """Of what was said, how much is right."""
        return Rate(self.right, self.said)

    @property
    def recall(self) -> Rate:
        """Of what is true, how much was said."""
        return Rate(self.right, self.true)

    @property
    def f1(self) -> float | None:
        """Harmonic mean; None where the class neither occurs nor was said."""
        return 2 * self.right / (self.said + self.true) if self.said + self.true else None


def scores(pairs: Iterable[tuple[bool, bool]]) -> Scores:
    """Count (true, said) pairs of one class."""
    right = said = true = 0
    for is_true, is_said in pairs:
        right += is_true and is_said
        said += is_said
        true += is_true
    return Scores(right, said, true)


def macro_f1(pairs: Sequence[tuple[str, str]], classes: Iterable[str]) -> float | None:
    """Return the mean F1 over the classes that occur in the truth; each weighs the same."""
    found = [scores((t == name, s == name) for t, s in pairs) for name in classes]
    values = [one.f1 for one in found if one.true and one.f1 is not None]
    return sum(values) / len(values) if values else None


def kappa(pairs: Sequence[tuple[int, int]], top: int = 4) -> float | None:
    """Return quadratic-weighted Cohen's kappa of two readers' levels ``0..top``."""
    if not pairs:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    levels = range(top + 1)
    expected = sum((a - b) ** 2 * first[a] * second[b] for a in levels for b in levels) / len(pairs) ** 2
    return 1 - observed / expected if expected else None
