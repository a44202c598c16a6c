"""Equal stretches of two masked texts, word for word: the exact check after the quick look.

Seeds are eight equal characters; each is extended as far as the texts agree.  Stretches are cut where a
paragraph ends on either side, so each can be quoted from one place, and joined over short differences so
that a reader sees whole sentences side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from pipeline.comparing.masking import FIGURE, NAME, Masked
from pipeline.comparing.model import Aligned, ParagraphShare, Swap
from pipeline.comparing.shingles import SHINGLE, WALL

__all__ = ["Alignment", "Grams", "Run", "walled"]

_MASKS = 3  # masked characters in a seed beyond which it is a pattern of figures, not wording
_PLACES = 8  # places of one seed that are tried
_BRIDGE = 12  # masked characters of difference over which two stretches are shown as one
_MENDED = 24  # characters between two stretches that are looked through for shorter equal ones …
_SHORT = 3  # … of at least so many characters
_SWAP = 6  # characters of difference that are still a name exchanged for another
_SWAPS = 40  # exchanged names listed


@dataclass(frozen=True, slots=True)
class Run:
    """``length`` characters equal from ``here`` and from ``there`` on."""

    here: int
    there: int
    length: int


class Grams:
    """Where each shingle stands in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: dict[str, list[int]] = {}
        for start in range(len(text) - SHINGLE + 1):
            self._places.setdefault(text[start : start + SHINGLE], []).append(start)

    def runs(self, text: str) -> Iterator[Run]:
        """Yield the equal runs from left to right; those in ``text`` do not overlap.

        Each has eight characters at least, but shorter ones between two that stand close together count
        too: there a name was exchanged.
        """
        before: Run | None = None
        for run in self._long_runs(text):
            if before:
                yield from self._mended(text, before, run)
            yield run
            before = run

    def _long_runs(self, text: str) -> Iterator[Run]:
        here = 0
        while here <= len(text) - SHINGLE:
            seed = text[here : here + SHINGLE]
            places = self._places.get(seed)
            if places is None or not _is_wording(seed):
                here += 1
                continue
            length, there = max((self._reach(text, here, place), -place) for place in places[:_PLACES])
            yield Run(here, -there, length)
            here += length

    def _mended(self, text: str, before: Run, after: Run) -> Iterator[Run]:
        here, there = before.here + before.length, before.there + before.length
        if not (0 < after.here - here <= _MENDED and 0 < after.there - there <= _MENDED):
            return
        matcher = SequenceMatcher(
            None, text[here : after.here], self.text[there : after.there], autojunk=False
        )
        for block in matcher.get_matching_blocks():
            is_open = WALL not in text[here + block.a : here + block.a + block.size]
            if block.size >= _SHORT and is_open:
                yield Run(here + block.a, there + block.b, block.size)

    def _reach(self, text: str, here: int, there: int) -> int:
        most = min(len(text) - here, len(self.text) - there)
        length = SHINGLE
        while length < most and text[here + length] == self.text[there + length] != WALL:
            length += 1
        return length


def _is_wording(seed: str) -> bool:
    return WALL not in seed and seed.count(NAME) + seed.count(FIGURE) <= _MASKS


def walled(masked: Masked, covered: Sequence[Run]) -> str:
    """Return a text in which runs already accounted for cannot match anything."""
    characters = list(masked.text)
    for run in covered:
        characters[run.here : run.here + run.length] = WALL * run.length
    return "".join(characters)


@dataclass(frozen=True)
class Alignment:
    """Two papers laid side by side."""

    here: Masked
    there: Masked
    runs: tuple[Run, ...]

    @property
    def copied(self) -> int:
        """Characters of the first paper that stand in the second, names and figures aside."""
        return sum(self.here.weight(run.here, run.here + run.length) for run in self.runs)

    @property
    def literal(self) -> int:
        """Characters in runs of eight or more that are equal to the letter."""
        return sum(length for run in self.runs for length in self._equal(run) if length >= SHINGLE)

    def _equal(self, run: Run) -> Iterator[int]:
        length = 0
        for offset in range(run.length):
            word = self.here.original(run.here + offset)
            if word == self.there.original(run.there + offset):
                length += len(word)
                continue
            yield length
            length = 0
        yield length

    def paragraphs(self) -> Iterator[ParagraphShare]:
        """Yield the paragraphs of the first paper that hold copied text."""
        copied: dict[int, int] = {}
        for run in self._pieces():
            number = self.here.piece_at(run.here)
            copied[number] = copied.get(number, 0) + self.here.weight(run.here, run.here + run.length)
        for number, count in copied.items():
            start, end = self.here.piece_span(number)
            piece = self.here.pieces[number]
            yield ParagraphShare(piece.passage(0, len(piece.text)), count, self.here.weight(start, end))

    def passages(self) -> Iterator[Aligned]:
        """Yield what to show side by side, in the order of the first paper."""
        joined: list[tuple[Run, Run]] = []
        for run in self._pieces():
            if joined and self._is_near(joined[-1][1], run):
                joined[-1] = (joined[-1][0], run)
            else:
                joined.append((run, run))
        for first, last in joined:
            yield Aligned(
                self.here.passage(first.here, last.here + last.length),
                self.there.passage(first.there, last.there + last.length),
            )

    def swaps(self) -> tuple[Swap, ...]:
        """Return the names and figures that differ inside text otherwise kept, each once."""
        found: dict[Swap, None] = {}
        for run in self.runs:
            found.update(dict.fromkeys(self._masked_swaps(run)))
        pieces = list(self._pieces())
        for before, after in pairwise(pieces):
            found.update(dict.fromkeys(self._swap_between(before, after)))
        return tuple(found)[:_SWAPS]

    def _masked_swaps(self, run: Run) -> Iterator[Swap]:
        for offset in range(run.length):
            if self.here.text[run.here + offset] not in (NAME, FIGURE):
                continue
            swap = Swap(self.here.original(run.here + offset), self.there.original(run.there + offset))
            if swap.here != swap.there:
                yield swap

    def _swap_between(self, before: Run, after: Run) -> Iterator[Swap]:
        here, there = before.here + before.length, before.there + before.length
        if not self._is_near(before, after):
            return
        if 0 < after.here - here <= _SWAP and 0 < after.there - there <= _SWAP:
            yield Swap(
                self.here.passage(here, after.here).quote, self.there.passage(there, after.there).quote
            )

    def _is_near(self, before: Run, after: Run) -> bool:
        here = after.here - before.here - before.length
        there = after.there - before.there - before.length
        return (
            0 <= here <= _BRIDGE
            and 0 <= there <= _BRIDGE
            and self.here.piece_at(before.here) == self.here.piece_at(after.here)
            and self.there.piece_at(before.there) == self.there.piece_at(after.there)
        )

    def _pieces(self) -> Iterator[Run]:
        """Yield the runs cut where a paragraph ends on either side."""
        for run in self.runs:
            done = 0
            while done < run.length:
                here, there = run.here + done, run.there + done
                length = min(
                    run.length - done,
                    self.here.piece_span(self.here.piece_at(here))[1] - here,
                    self.there.piece_span(self.there.piece_at(there))[1] - there,
                )
                yield Run(here, there, length)
                done += length
