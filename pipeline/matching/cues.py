"""The rubric's cues, compiled once and found in one scan of a sentence.

A cue is one or more parts that must stand near each other in any order; a part is a choice of words; a
part with ``!`` must not occur.  All words of all cues go into one Aho-Corasick automaton, so the cost of a
sentence does not grow with the number of cues.  Words are found by plain scan (word-boundary rules do not
work in Chinese); the caller may then ask jieba whether a short word stands on word bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from pipeline.rubric import Rubric

__all__ = ["Cue", "CueBook", "CueHit", "Scan", "parse_cue"]

_REPEATS = 16  # times one word is looked at in one sentence: the hundredth says nothing new
REACH = 40  # characters that the parts of one cue may spread over


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a requirement's cues: all ``parts`` present, none of ``forbidden``."""

    requirement: str
    text: str
    parts: tuple[tuple[str, ...], ...]
    forbidden: frozenset[str] = frozenset()

    @property
    def is_short_word(self) -> bool:
        """A single word of up to three characters needs its bounds checked."""
        return len(self.parts) == 1 and all(len(word) <= 3 for word in self.parts[0])


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found at ``start:end`` of a text; ``words`` are the words that stood for its parts."""

    cue: Cue
    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """The cue words of a text with the places where each ends, and the bits of all parts they can be."""

    length: int
    ends: Mapping[str, Sequence[int]]
    bits: int


class _Spot(NamedTuple):
    start: int
    end: int
    word: str


def parse_cue(requirement: str, text: str, classes: dict[str, tuple[str, ...]]) -> Cue:
    """Read one cue as a clerk writes it: ``@副主席 + 坐班|值班 + !商会``."""
    parts: list[tuple[str, ...]] = []
    forbidden: list[str] = []
    for part in text.split("+"):
        part = part.strip()
        words = tuple(_words(part.lstrip("!"), classes))
        if part.startswith("!"):
            forbidden.extend(words)
        else:
            parts.append(words)
    return Cue(requirement, text, tuple(parts), frozenset(forbidden))


def _words(part: str, classes: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for word in part.split("|"):
        word = word.strip()
        if word.startswith("@"):
            yield from classes[word[1:]]
        elif word:
            yield word


class CueBook:
    """All cues of one rubric, ready to scan.

    Each part of each cue is a bit of one long number, a cue's bits side by side with a spare bit above.  A
    word has the bits of all parts it can stand for.  These are joined over the words of a sentence; then one
    is added at every cue's lowest bit, and the carry reaches the spare bit of just those cues that have all
    their parts.  Only they are looked at closely.
    """

    def __init__(self, rubric: Rubric) -> None:
        self.cues = tuple(
            parse_cue(need.id, text, rubric.classes) for need in rubric.requirements for text in need.cues
        )
        self.counter = {need.id: need.counter for need in rubric.requirements}
        self._bits: dict[str, int] = defaultdict(int)
        self._lowest = self._spare = 0
        self._by_spare: dict[int, tuple[Cue, int]] = {}
        self._lay_out()
        self._automaton = ahocorasick.Automaton()
        words = set(self._bits)
        words.update(word for cue in self.cues for word in cue.forbidden)
        words.update(word for many in self.counter.values() for word in many)
        for word in words:
            self._automaton.add_word(word, word)
        if words:
            self._automaton.make_automaton()

    def _lay_out(self) -> None:
        """Give every part of every cue its bit, in the order of the cues."""
        low = 0
        for cue in self.cues:
            if not cue.parts:
                continue  # only forbids: nothing to find
            for bit, part in enumerate(cue.parts, start=low):
                for word in part:
                    self._bits[word] |= 1 << bit
            spare = low + len(cue.parts)
            self._by_spare[spare] = cue, (1 << spare) - (1 << low)
            self._lowest |= 1 << low
            self._spare |= 1 << spare
            low = spare + 1

    @property
    def words(self) -> frozenset[str]:
        """Every word of every cue: the tokenizer must keep them whole."""
        return frozenset(self._bits)

    def scan(self, text: str) -> Scan:
        """Look for all words of all cues at once."""
        ends: dict[str, list[int]] = {}
        for last, word in self._automaton.iter(text) if self.cues else ():
            if word in ends:
                ends[word].append(last + 1)
            else:
                ends[word] = [last + 1]
        bits = 0
        for word in ends:
            bits |= self._bits.get(word, 0)
        return Scan(len(text), ends, bits)

    def find(self, text: str) -> tuple[CueHit, ...]:
        """Return every cue whose parts stand in the text within reach of each other."""
        scan = self.scan(text)
        hits = (self.hit(cue, scan) for cue in self.complete(scan))
        return tuple(hit for hit in hits if hit)

    def complete(self, scan: Scan, above: Scan | None = None) -> Iterator[Cue]:
        """Yield the cues that have a word for every part, near or not, in the rubric's order.

        With a heading ``above`` only those that have a word there.
        """
        bits = scan.bits | above.bits if above else scan.bits
        full = (bits + self._lowest) & self._spare
        while full:
            lowest = full & -full
            full ^= lowest
            cue, parts = self._by_spare[lowest.bit_length() - 1]
            if above is None or above.bits & parts:
                yield cue

    def hit(self, cue: Cue, scan: Scan) -> CueHit | None:
        """Return where a cue stands in a text, if its parts are within reach and nothing forbids it."""
        return _hit(cue, ((scan, 0),))

    def hit_below(self, cue: Cue, scan: Scan, above: Scan) -> CueHit | None:
        """Return where a cue stands that needs words of the heading ``above`` a text; offsets are the text's.

        What stands in the heading has negative offsets, ``-1`` being the end of the heading.
        """
        hit = _hit(cue, ((above, -above.length - 1), (scan, 0)))
        return hit if hit and hit.start < 0 else None

    def counters(self, requirement: str, text: str) -> tuple[str, ...]:
        """Return the requirement's counter-cues that occur in the text."""
        return tuple([word for word in self.counter[requirement] if word in text])


def _hit(cue: Cue, layers: Sequence[tuple[Scan, int]]) -> CueHit | None:
    """Return the tightest group of a cue's parts; a layer is a scanned text and where it begins."""
    if cue.forbidden and not all(cue.forbidden.isdisjoint(scan.ends) for scan, _ in layers):
        return None
    best = _closest([_spots(part, layers) for part in cue.parts])
    if best is None:
        return None
    return CueHit(
        cue,
        min([spot.start for spot in best]),
        max([spot.end for spot in best]),
        tuple([spot.word for spot in best]),
    )


def _spots(part: tuple[str, ...], layers: Sequence[tuple[Scan, int]]) -> list[_Spot]:
    """Return every place of a part's words in reading order."""
    return sorted(
        [
            _Spot(end + begin - len(word), end + begin, word)
            for scan, begin in layers
            for word in part
            if word in scan.ends
            for end in scan.ends[word][:_REPEATS]
        ]
    )


def _closest(choices: Sequence[Sequence[_Spot]]) -> tuple[_Spot, ...] | None:
    """Return one spot for each part, the tightest group within reach that does not overlap itself."""
    if len(choices) == 1:
        return (min(choices[0], key=lambda spot: spot.end - spot.start),)
    best: tuple[_Spot, ...] | None = None
    width = REACH + 1
    for first in choices[0]:
        group = [first]
        for others in choices[1:]:
            free = [spot for spot in others if _is_free(spot, group)]
            if not free:
                break
            group.append(min(free, key=lambda spot: (_gap(first, spot), spot.start)) if free[1:] else free[0])
        else:
            spread = max([spot.end for spot in group]) - min([spot.start for spot in group])
            if spread < width:
                best, width = tuple(group), spread
    return best


def _is_free(spot: _Spot, group: Sequence[_Spot]) -> bool:
    """Whether a spot overlaps none of those taken."""
    start, end, _ = spot
    return all([end <= taken.start or taken.end <= start for taken in group])


def _gap(one: _Spot, other: _Spot) -> int:
    return max(other.start - one.end, one.start - other.end)
