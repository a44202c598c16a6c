"""Counting states, once: whoever prints a figure takes it from here and never divides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pipeline.messages import state_name
from pipeline.model import State

__all__ = ["SHOWN_ORDER", "Share", "Tally"]

#: The order in which states are shown everywhere.
SHOWN_ORDER = (
    State.COVERED,
    State.HOLLOW,
    State.LACKING,
    State.ABSENT,
    State.UNCLEAR,
    State.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, printed with both counts so that a rate can be checked.

    >>> str(Share(31, 46)), str(Share(0, 0))
    ('31/46（67%）', '不适用')
    """

    part: int
    whole: int

    @property
    def fraction(self) -> Fraction | None:
        """The exact rate, or None where there is nothing to divide by."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def percent(self) -> int | None:
        """Whole per cent; 0 and 100 only when they are exactly true."""
        rate = self.fraction
        if rate is None:
            return None
        if rate in (0, 1):
            return int(rate * 100)
        return min(99, max(1, int(rate * 100 + Fraction(1, 2))))

    def __str__(self) -> str:
        return "不适用" if self.percent is None else f"{self.part}/{self.whole}（{self.percent}%）"


@dataclass(frozen=True, slots=True)
class Tally:
    """How one paper, one unit or one campaign stands: the number of requirements in each state.

    >>> str(Tally(covered=31, hollow=6, lacking=4, absent=9))
    '具备31 空泛6 自述缺失4 未见9 待核0'
    """

    covered: int = 0
    hollow: int = 0
    lacking: int = 0
    absent: int = 0
    unclear: int = 0
    not_applicable: int = 0

    @classmethod
    def of(cls, states: Iterable[State]) -> Tally:
        """Count states."""
        counts = Counter(states)
        return cls(**{state.value: counts[state] for state in State})

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{state.value: self.count(state) + other.count(state) for state in State})

    def count(self, state: State) -> int:
        """Return how many requirements are in one state."""
        return int(getattr(self, state.value))

    @property
    def gaps(self) -> int:
        """Requirements an inspector has to ask more about."""
        return sum(self.count(state) for state in State if state.is_gap)

    @property
    def judged(self) -> int:
        """Requirements with a verdict; what could not be read is not among them (domain.md 5.9)."""
        return self.covered + self.gaps

    @property
    def asked(self) -> int:
        """Requirements the paper was held against, verdict or not."""
        return self.judged + self.unclear

    @property
    def share(self) -> Share:
        """Covered requirements among those with a verdict."""
        return Share(self.covered, self.judged)

    @property
    def words(self) -> tuple[str, ...]:
        """The counts as short words; ``不适用`` only where there are any."""
        shown = [state for state in SHOWN_ORDER if state is not State.NOT_APPLICABLE or self.not_applicable]
        return tuple(f"{state_name(state)}{self.count(state)}" for state in shown)

    def __str__(self) -> str:
        return " ".join(self.words)
