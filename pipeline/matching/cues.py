"""The rubric's cues, compiled once and found in one scan of a sentence.

A cue is one or more parts that must stand near each other in any order; a part is a choice of words; a
part with ``!`` must not occur.  All words of all cues go into one Aho-Corasick automaton, so the cost of a
sentence does not grow with the number of cues.  Words are found by plain scan (word-boundary rules do not
work in Chinese); the caller may then ask jieba whether a short word stands on word bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import ahocorasick

from pipeline.rubric import Rubric

__all__ = ["Cue", "CueBook", "CueHit", "parse_cue"]

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
class _Spot:
    word: str
    start: int
    end: int


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
    """All cues of one rubric, ready to scan."""

    def __init__(self, rubric: Rubric) -> None:
        self.cues = tuple(
            parse_cue(need.id, text, rubric.classes) for need in rubric.requirements for text in need.cues
        )
        self.counter = {need.id: need.counter for need in rubric.requirements}
        # Which parts of which cues a word can stand for, a part as a bit: a cue is looked at
        # closely only where the bits of all its parts have come together.
        self._uses: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, cue in enumerate(self.cues):
            for bit, part in enumerate(cue.parts):
                for word in set(part):
                    self._uses[word].append((number, 1 << bit))
        self._complete = tuple((1 << len(cue.parts)) - 1 for cue in self.cues)
        self._automaton = ahocorasick.Automaton()
        words = set(self._uses)
        words.update(word for cue in self.cues for word in cue.forbidden)
        words.update(word for many in self.counter.values() for word in many)
        for word in words:
            self._automaton.add_word(word, word)
        if words:
            self._automaton.make_automaton()

    @property
    def words(self) -> frozenset[str]:
        """Every word of every cue: the tokenizer must keep them whole."""
        return frozenset(self._uses)

    def find(self, text: str) -> tuple[CueHit, ...]:
        """Return every cue whose parts stand in the text within reach of each other."""
        return self._hits(self._spots(text))

    def find_below(self, lead: str, text: str) -> tuple[CueHit, ...]:
        """Return the cues that need words of the heading ``lead`` above a text; offsets are the text's.

        What stands in the heading has negative offsets, ``-1`` being the end of the heading.
        """
        below = self._spots(text)
        above = {
            word: [_Spot(word, spot.start - len(lead) - 1, spot.end - len(lead) - 1) for spot in spots]
            for word, spots in self._spots(lead).items()
        }
        if not above:
            return ()
        both = {word: [*above.get(word, ()), *below.get(word, ())] for word in {**above, **below}}
        return tuple(hit for hit in self._hits(both) if hit.start < 0)

    def _spots(self, text: str) -> dict[str, list[_Spot]]:
        spots: dict[str, list[_Spot]] = defaultdict(list)
        for last, word in self._automaton.iter(text) if self.cues else ():
            spots[word].append(_Spot(word, last + 1 - len(word), last + 1))
        return spots

    def _hits(self, spots: dict[str, list[_Spot]]) -> tuple[CueHit, ...]:
        seen: dict[int, int] = {}
        for word in spots:
            for number, bit in self._uses.get(word, ()):
                seen[number] = seen.get(number, 0) | bit
        complete = {number for number, bits in seen.items() if bits == self._complete[number]}
        if not complete:
            return ()
        choices: dict[int, dict[int, list[_Spot]]] = {number: {} for number in sorted(complete)}
        for word, found in spots.items():
            for number, bit in self._uses.get(word, ()):
                if number in complete:
                    choices[number].setdefault(bit, []).extend(found)
        hits = (self._hit(self.cues[number], parts, spots) for number, parts in choices.items())
        return tuple(hit for hit in hits if hit)

    def counters(self, requirement: str, text: str) -> tuple[str, ...]:
        """Return the requirement's counter-cues that occur in the text."""
        return tuple(word for word in self.counter[requirement] if word in text)

    def _hit(self, cue: Cue, parts: dict[int, list[_Spot]], spots: Collection[str]) -> CueHit | None:
        if not cue.forbidden.isdisjoint(spots):
            return None
        choices = [sorted(parts[bit], key=lambda spot: (spot.start, spot.end)) for bit in sorted(parts)]
        best = _closest(choices)
        if best is None:
            return None
        return CueHit(
            cue,
            min(spot.start for spot in best),
            max(spot.end for spot in best),
            tuple(spot.word for spot in best),
        )


def _closest(choices: Sequence[Sequence[_Spot]]) -> tuple[_Spot, ...] | None:
    """Return one spot for each part, the tightest group within reach that does not overlap itself."""
    best: tuple[_Spot, ...] | None = None
    width = REACH + 1
    for first in choices[0]:
        group = [first]
        for others in choices[1:]:
            free = [spot for spot in others if all(_apart(spot, taken) for taken in group)]
            if not free:
                break
            group.append(min(free, key=lambda spot: (_gap(first, spot), spot.start)))
        else:
            spread = max(spot.end for spot in group) - min(spot.start for spot in group)
            if spread < width or (len(choices) == 1 and best is None):
                best, width = tuple(group), spread
    return best


def _apart(one: _Spot, other: _Spot) -> bool:
    return one.end <= other.start or other.end <= one.start


def _gap(one: _Spot, other: _Spot) -> int:
    return max(other.start - one.end, one.start - other.end)
