"""Puts words together into printed lines, left to right, with the spaces a reader would see.

Chinese is printed without spaces, but justified lines are stretched and many producers write the stretch as
space characters; those are taken out.  A wide gap that somebody typed (``姓名　职务``) stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise, takewhile
from typing import NamedTuple

from extractors.document import Box
from extractors.pdf.characters import CLOSING, OPENING, em_count, is_wide, wide_count
from extractors.pdf.words import Frame, Word

__all__ = ["Fragment", "PrintedLine", "fragments", "has_overprint", "printed_lines"]

#: Words on one line differ in height of centre by less than this share of their size.
_SAME_LINE = 0.35
#: A gap wider than this many character sizes parts two fragments.
_FRAGMENT_GAP = 1.5
_WORD_GAP = 0.15
#: Between Han characters a blank narrower than this is stretch, not a typed space.
_STRETCH = 0.2
_TYPED = 0.9
_MIXED_STRETCH = 0.6
#: From left to right, only the last few equal words can be the same word struck again.
_LATEST = 3


class Fragment(NamedTuple):
    """Words that stand side by side without a wide gap."""

    words: Sequence[Word]
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def centre(self) -> float:
        """Height of the middle of the words."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of print.

    ``size`` is the width of a Han character, ``head`` that of the first unbreakable piece; ``pieces`` counts
    the parts that wide gaps leave, as in a table without ruling lines.
    """

    text: str
    page: int
    box: Box
    size: float
    head: float
    pieces: int = 1

    @property
    def centre(self) -> float:
        """Height of the middle of the line."""
        return (self.box.top + self.box.bottom) / 2


def fragments(words: Iterable[Word]) -> Iterator[Fragment]:
    """Cut the stream of words wherever the next one does not stand just right of the last."""
    run: list[Word] = []
    start = right = centre = size = 0.0
    for word in words:
        _, left, top, new_right, bottom, _, _ = word
        middle, gap = (top + bottom) / 2, left - right
        # One drawn shape may stand for two characters (——); they share a box.
        is_beside = -size < gap < _FRAGMENT_GAP * size or left == start
        if run and not (is_beside and abs(middle - centre) <= _SAME_LINE * size):
            yield _fragment(run)
            run = []
        # A comma may sit lower than the character before it; the line keeps the middle of its tallest one.
        if not run or bottom - top >= size:
            centre, size = middle, max(bottom - top, 1.0)
        run.append(word)
        start, right = left, new_right
    if run:
        yield _fragment(run)


def _fragment(run: Sequence[Word]) -> Fragment:
    _, lefts, tops, rights, bottoms, _, _ = zip(*run, strict=True)
    return Fragment(run, min(lefts), min(tops), max(rights), max(bottoms), _size(run))


def _size(words: Sequence[Word]) -> float:
    """Return how wide a Han character is here; Latin words only count where there is none."""
    sizes = sorted(word.size for word in words if not word.text.isascii())
    sizes = sizes or sorted(word.size for word in words)
    return max(sizes[len(sizes) // 2], 1.0)


def has_overprint(pieces: Sequence[Fragment]) -> bool:
    """Whether words are printed over each other, so that each character's own place must be known."""
    return any(_is_overprinted(row) for row in _rows(pieces) if len(row) > 1)


def _is_overprinted(row: Sequence[Fragment]) -> bool:
    return any(after.left < before.right - 0.5 * before.size for before, after in pairwise(row))


def printed_lines(pieces: Sequence[Fragment], page: int, frame: Frame) -> Iterator[PrintedLine]:
    """Yield the lines of one column from top to bottom."""
    for row in _rows(pieces):
        words = _in_order(row)
        box = Box(
            min(piece.left for piece in row),
            min(piece.top for piece in row),
            max(piece.right for piece in row),
            max(piece.bottom for piece in row),
        )
        size = max(row, key=lambda piece: piece.right - piece.left).size
        text = _spell(words, size)
        yield PrintedLine(text, page, frame.clamp(box), size, _head_width(words), _piece_count(row))


def _rows(pieces: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """Gather fragments that share a base line."""
    row: list[Fragment] = []
    lead: Fragment | None = None
    for piece in sorted(pieces, key=lambda piece: piece.centre):
        if lead and abs(piece.centre - lead.centre) > _SAME_LINE * max(lead.size, piece.size):
            yield sorted(row, key=lambda other: other.left)
            row, lead = [], None
        row.append(piece)
        lead = piece if lead is None or piece.size > lead.size else lead
    if row:
        yield sorted(row, key=lambda other: other.left)


def _piece_count(row: Sequence[Fragment]) -> int:
    reaches = accumulate((piece.right for piece in row), max)
    pairs = zip(reaches, row[1:], strict=False)
    return 1 + sum(after.left - reach > _FRAGMENT_GAP * after.size for reach, after in pairs)


def _in_order(row: Sequence[Fragment]) -> Sequence[Word]:
    """Return the words of one line left to right."""
    if len(row) == 1:
        return row[0].words
    row = _struck_once(row)
    if _is_overprinted(row):
        woven = _woven(row)
        if not _overlap(woven):
            return woven
    words: list[Word] = []
    for piece in row:
        words.append(piece.words[0]._replace(is_spaced=True))
        words.extend(piece.words[1:])
    return words


def _struck_once(row: Sequence[Fragment]) -> Sequence[Fragment]:
    """Drop fragments printed a second time almost in the same place (false bold, shadows)."""
    kept: list[Fragment] = []
    places: dict[str, list[float]] = {}
    for piece in row:
        struck = places.setdefault(" ".join(word.text for word in piece.words), [])
        if not any(abs(piece.left - left) < 0.5 * piece.size for left in struck[-_LATEST:]):
            struck.append(piece.left)
            kept.append(piece)
    return kept


def _woven(row: Sequence[Fragment]) -> list[Word]:
    """Sort overprinted characters, less second strikes (false bold) and rules under filled-in words."""
    kept: dict[tuple[str, int], Word] = {}
    written = [piece for piece in row if any(word.text.strip("_") for word in piece.words)]
    for word in (word for piece in row for word in piece.words):
        width = max(word.right - word.left, 0.1)
        place = int(word.left / width)
        near = (kept.get((word.text, place + step)) for step in (-1, 0, 1))
        is_second_strike = any(other and abs(word.left - other.left) < 0.3 * width for other in near)
        is_under_words = word.text == "_" and any(_stands_on(piece, word) for piece in written)
        if not is_second_strike and not is_under_words:
            kept[word.text, place] = word
    ordered = sorted(kept.values(), key=lambda word: word.left)
    # The blanks of the woven parts stood elsewhere; the gaps tell where they are now.
    gaps = [
        after.left - before.right > _WORD_GAP * (after.bottom - after.top)
        for before, after in pairwise(ordered)
    ]
    return [word._replace(is_spaced=gap) for word, gap in zip(ordered, [True, *gaps], strict=True)]


def _stands_on(piece: Fragment, rule: Word) -> bool:
    middle = (rule.left + rule.right) / 2
    return any(word.text != "_" and word.left < middle < word.right for word in piece.words)


def _overlap(words: Sequence[Word]) -> bool:
    """Whether two different words are printed over each other, so that sorting would mix their letters."""
    return any(
        after.left < before.right - 0.5 * (before.right - before.left) for before, after in pairwise(words)
    )


def _head_width(words: Sequence[Word]) -> float:
    """Return the width of the first piece that a printer would not break.

    A word or number, or one Han character, with the punctuation that must stay before and after it.
    """
    piece = [words[0], *takewhile(lambda word: not word.is_spaced, islice(words, 1, None))]
    length = _head_length("".join(word.text for word in piece))
    for word in piece:
        if length <= len(word.text):
            return word.left + _advance(word, length) - words[0].left
        length -= len(word.text)
    return piece[-1].right - piece[0].left


def _advance(word: Word, length: int) -> float:
    """Return how far the first characters of a word reach; what is not Han shares the rest evenly."""
    ems, first_ems = em_count(word.text), em_count(word.text[:length])
    others = len(word.text) - ems
    if not others:
        return (word.right - word.left) * length / ems
    narrow = max(word.right - word.left - ems * word.size, 0.0) / others
    return first_ems * word.size + (length - first_ems) * narrow


def _head_length(text: str) -> int:
    last = len(text) - 1
    end = 0
    while end < last and text[end] in OPENING:
        end += 1
    if not is_wide(text[end]):
        while end < last and not is_wide(text[end + 1]):
            end += 1
    while end < last and text[end + 1] in CLOSING:
        end += 1
    return end + 1


def _spell(words: Sequence[Word], size: float) -> str:
    """Return the text of a line, blanks resolved into one space or none."""
    if len(words) == 1:
        return words[0].text
    stretched = _is_stretched(words)
    parts = [words[0].text]
    for before, word in pairwise(words):
        if word.is_spaced and _is_typed(before, word, size, stretched=stretched):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def _is_stretched(words: Sequence[Word]) -> bool:
    """Whether blanks stand after a good part of the line's Han characters, as stretching leaves them."""
    followed = sum(after.is_spaced and is_wide(before.text[-1]) for before, after in pairwise(words))
    return followed * 3 > sum(wide_count(word.text) for word in words)


def _is_typed(before: Word, after: Word, size: float, *, stretched: bool) -> bool:
    gap = (after.left - before.right) / size
    wide = is_wide(before.text[-1]) + is_wide(after.text[0])
    if wide == 0:
        return True
    if wide == 1:
        return gap >= _MIXED_STRETCH
    return gap >= _TYPED or (gap >= _STRETCH and not stretched)
