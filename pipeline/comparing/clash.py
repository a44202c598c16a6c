"""Two figures that contradict each other, before they are told to a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from pipeline.comparing.model import Conflict, ConflictKind, PaperId, Passage
from pipeline.comparing.numbers import shown

__all__ = ["Clash", "conflicts_of", "percent"]

_MOST = 500  # contradictions told of one paper; more would be no paper


@dataclass(frozen=True, slots=True)
class Clash:
    """What is stated and what it should be; several pairs where one total row is wrong in several columns."""

    kind: ConflictKind
    why: str
    pairs: tuple[tuple[Fraction, Fraction], ...]
    passages: tuple[Passage, ...]
    is_ratio: bool = False

    def shows_same(self, other: Clash) -> bool:
        """Whether both speak of the same wrong figure, in another place of the paper."""
        return self.kind is other.kind and not set(self.pairs).isdisjoint(other.pairs)

    @property
    def block(self) -> int:
        """The paragraph or table it was found in."""
        return self.passages[0].locator.block


def conflicts_of(paper: PaperId, clashes: Iterable[Clash]) -> tuple[Conflict, ...]:
    """Return one conflict for each wrong figure, however often the paper repeats it."""
    groups: list[list[Clash]] = []
    for clash in islice(clashes, _MOST):
        group = next((group for group in groups if group[0].shows_same(clash)), None)
        if group is None:
            groups.append([clash])
        elif clash.block not in {known.block for known in group}:
            group.append(clash)
    return tuple(_conflict(paper, group) for group in groups)


def _conflict(paper: PaperId, group: Sequence[Clash]) -> Conflict:
    first = group[0]
    stated, computed = first.pairs[0]
    tell = percent if first.is_ratio else shown
    return Conflict(
        paper=paper,
        kind=first.kind,
        why="；".join(dict.fromkeys(clash.why for clash in group)) + "。",
        stated=tell(stated),
        computed=tell(computed),
        passages=tuple(dict.fromkeys(passage for clash in group for passage in clash.passages)),
    )


def percent(ratio: Fraction) -> str:
    """Write a ratio as a percentage with one decimal.

    >>> percent(Fraction(61, 543))
    '11.2%'
    """
    return shown(ratio * 100, places=1) + "%"
