"""Quoted words as a report shows them: cut at their slots, with headings and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.messages import assertion_name, level_name, slot_name
from pipeline.model import Evidence, Level, NearMiss, Slot, SlotName
from pipeline.report.printable import shortened

__all__ = ["Passage", "Piece", "of_evidence", "of_near_miss"]

_MOST_SHOWN = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a quote; ``slot`` says what it makes checkable (谁、何时、多少、怎么做), or nothing."""

    text: str
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Exact words of a paper, where they stand, and what they count as.

    ``quote`` is whole; the ``pieces`` that are printed stop after some hundred characters and say so.
    ``unfilled`` names the slots an act leaves open.
    """

    quote: str
    pieces: tuple[Piece, ...]
    place: str
    why: str
    headings: tuple[str, ...] = ()
    level: str = ""
    assertion: str = ""
    unfilled: tuple[str, ...] = ()


def of_evidence(evidence: Evidence) -> Passage:
    """Return a piece of evidence as it is shown."""
    filled = {slot.name for slot in evidence.slots}
    is_measure = evidence.assertion.is_own and evidence.level in (Level.SLOGAN, Level.ACT)
    return Passage(
        quote=evidence.quote,
        pieces=tuple(_pieces(evidence.quote, evidence.slots)),
        place=str(evidence.locator),
        why=evidence.why,
        headings=evidence.heading_path,
        level=level_name(evidence.level) if evidence.level else "",
        assertion=assertion_name(evidence.assertion),
        unfilled=tuple(slot_name(name) for name in SlotName if is_measure and name not in filled),
    )


def of_near_miss(miss: NearMiss) -> Passage:
    """Return words that came close, with the reason why they do not count."""
    shown = Piece(shortened(miss.quote, _MOST_SHOWN))
    return Passage(quote=miss.quote, pieces=(shown,), place=str(miss.locator), why=miss.why)


def _pieces(quote: str, slots: Iterable[Slot]) -> Iterator[Piece]:
    """Cut a quote at its slots; of overlapping slots the first wins, misplaced ones are passed over."""
    shown = quote[:_MOST_SHOWN]
    done = 0
    for slot in sorted(slots, key=lambda one: (one.start, -one.end)):
        if not done <= slot.start < slot.end <= len(shown):
            continue
        if done < slot.start:
            yield Piece(shown[done : slot.start])
        yield Piece(shown[slot.start : slot.end], slot_name(slot.name))
        done = slot.end
    rest = shortened(quote, _MOST_SHOWN)[done:]
    if rest:
        yield Piece(rest)
