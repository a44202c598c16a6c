"""A paper's text made comparable: punctuation gone, names of places and units and figures masked.

Two papers that differ only in who and how many become equal; every masked character remembers which
characters of the paper it stands for, so that equal stretches can be quoted exactly.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import ahocorasick

from extractors.document import Document
from pipeline.comparing.gazetteer import Gazetteer
from pipeline.comparing.model import Passage
from pipeline.comparing.pieces import Piece, pieces
from pipeline.rubric import Rubric

__all__ = ["FIGURE", "NAME", "Masked", "Masks"]

NAME, FIGURE = "◇", "○"
_TOKEN = re.compile(
    r"[0-9０-９]{1,20}(?:[.．][0-9０-９]{1,6})?|[〇零一二两三四五六七八九十百千万亿]{2,20}"
    r"|(?P<few>[一二两三四五六七八九十](?=[个名家间次场期件条人户位项份篇年月日天万千百亿元分届组批所]))|[^\W_]"
)
_KIND_OF_PLACE = str.maketrans("市区", "县县")  # 全市, 全区 and 全县 are the same words about another place


@dataclass(frozen=True)
class Masked:
    """The masked text of one paper.

    ``text[i]`` stands for ``lengths[i]`` characters from ``starts[i]`` on in the piece it belongs to;
    ``borders[n]`` is where piece ``n`` begins in ``text``.
    """

    text: str
    starts: array[int]
    lengths: array[int]
    borders: tuple[int, ...]
    pieces: tuple[Piece, ...]

    @cached_property
    def characters(self) -> int:
        """Number of characters the text stands for, punctuation left out."""
        return sum(self.lengths)

    def weight(self, start: int, end: int) -> int:
        """Return how many characters ``text[start:end]`` stands for."""
        return sum(self.lengths[start:end])

    def piece_at(self, index: int) -> int:
        """Return the number of the piece that ``text[index]`` belongs to."""
        return bisect_right(self.borders, index) - 1

    def piece_span(self, number: int) -> tuple[int, int]:
        """Return where a piece begins and ends in ``text``."""
        end = self.borders[number + 1] if number + 1 < len(self.borders) else len(self.text)
        return self.borders[number], end

    def original(self, index: int) -> str:
        """Return the words that one masked character stands for."""
        piece = self.pieces[self.piece_at(index)]
        start = self.starts[index]
        return piece.text[start : start + self.lengths[index]]

    def passage(self, start: int, end: int) -> Passage:
        """Return the paper's own words behind ``text[start:end]``, which must lie in one piece."""
        piece = self.pieces[self.piece_at(start)]
        return piece.passage(self.starts[start], self.starts[end - 1] + self.lengths[end - 1])


class Masks:
    """Knows which words to mask: the units of the rubric and the places of the gazetteer."""

    def __init__(self, rubric: Rubric, gazetteer: Gazetteer) -> None:
        self._names = ahocorasick.Automaton()
        for name in _names(rubric, gazetteer):
            self._names.add_word(name, len(name))
        self._names.make_automaton()

    def mask(self, document: Document) -> Masked:
        """Return the masked text of what a paper says (no running heads, no comments)."""
        characters: list[str] = []
        starts, lengths, borders = array("I"), array("B"), list[int]()
        found = tuple(pieces(document))
        for piece in found:
            borders.append(len(characters))
            for word, start, end in self._tokens(piece.text):
                characters.append(word)
                starts.append(start)
                lengths.append(end - start)
        return Masked("".join(characters), starts, lengths, tuple(borders), found)

    def _tokens(self, text: str) -> Iterator[tuple[str, int, int]]:
        position = 0
        for start, end in self._spans(text):
            yield from _words(text, position, start)
            yield NAME, start, end
            position = end
        yield from _words(text, position, len(text))

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the names in a text, longest first where they overlap, left to right."""
        found = sorted(
            ((last + 1 - length, last + 1) for last, length in self._names.iter(text)),
            key=lambda span: (span[0], -span[1]),
        )
        reached = 0
        for start, end in found:
            if start >= reached:
                yield start, end
                reached = end


def _names(rubric: Rubric, gazetteer: Gazetteer) -> Iterable[str]:
    for unit in rubric.units:
        yield from (name for name in unit.names if len(name) > 2)
        if unit.code in gazetteer.by_code:
            yield gazetteer.by_code[unit.code].bare
    for place in gazetteer.places:
        yield place.name
        if place.is_distinct or (len(place.bare) > 2 and not place.is_ambiguous):
            yield place.bare


def _words(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        is_figure = len(word) > 1 or word.isdigit() or match["few"]
        yield (FIGURE if is_figure else word.translate(_KIND_OF_PLACE)), match.start(), match.end()
