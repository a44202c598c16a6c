"""A tally drawn as one stacked bar: widths in whole steps that add up exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from pipeline.messages import state_name
from pipeline.model import State
from pipeline.report.tally import SHOWN_ORDER, Tally

__all__ = ["BAR_WIDTH", "Segment", "bar"]

BAR_WIDTH = 240


@dataclass(frozen=True, slots=True)
class Segment:
    """One state's part of the bar."""

    x: int
    width: int
    state: State
    title: str


def bar(tally: Tally) -> tuple[Segment, ...]:
    """Return the segments of a bar, left to right; nothing is drawn for an empty tally."""
    segments: list[Segment] = []
    before = 0
    for state in SHOWN_ORDER[:-1]:
        count = tally.count(state)
        if count:
            left, right = (round(Fraction(BAR_WIDTH * n, tally.asked)) for n in (before, before + count))
            segments.append(Segment(left, right - left, state, f"{state_name(state)}{count}"))
        before += count
    return tuple(segments)
