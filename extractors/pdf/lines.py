"""Puts characters together into printed lines, left to right, with the spaces a reader would see.

Chinese is printed without spaces, but justified lines are stretched and many producers write the stretch as
space characters; those are taken out.  A wide gap that somebody typed (``姓名　职务``) stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from extractors.document import Box
from extractors.pdf.characters import CLOSING, OPENING, is_wide
from extractors.pdf.glyphs import Frame, Glyph

__all__ = ["Fragment", "PrintedLine", "fragments", "printed_lines"]

_SPACES = " \u3000"
#: Characters on one line differ in height of centre by less than this share of their size.
_SAME_LINE = 0.35
#: A gap wider than this many character sizes parts two fragments.
_FRAGMENT_GAP = 1.5
_WORD_GAP = 0.15
#: Between Han characters a blank narrower than this is stretch, not a typed space.
_STRETCH = 0.2
_TYPED = 0.9
_MIXED_STRETCH = 0.6


class Fragment(NamedTuple):
    """Characters that stand side by side without a wide gap."""

    glyphs: Sequence[Glyph]
    left: float
    top: float
    right: float
    bottom: float
    size: float

    @property
    def centre(self) -> float:
        """Height of the middle of the characters."""
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


def fragments(glyphs: Iterable[Glyph]) -> Iterator[Fragment]:
    """Cut the stream of characters wherever the next one does not stand just right of the last."""
    run: list[Glyph] = []
    start = right = centre = size = 0.0
    for glyph in glyphs:
        char, left, top, new_right, bottom = glyph
        if char in _SPACES:
            if run:
                run.append(glyph)
            continue
        middle, gap = (top + bottom) / 2, left - right
        # One drawn shape may stand for two characters (——); they share a box.
        is_beside = -size < gap < _FRAGMENT_GAP * size or left == start
        if run and not (is_beside and abs(middle - centre) <= _SAME_LINE * size):
            yield _fragment(run)
            run = []
        # A comma may sit lower than the character before it; the line keeps the middle of its tallest one.
        if not run or bottom - top >= size:
            centre, size = middle, max(bottom - top, 1.0)
        run.append(glyph)
        start, right = left, new_right
    if run:
        yield _fragment(run)


def _fragment(run: list[Glyph]) -> Fragment:
    while run[-1].char in _SPACES:
        run.pop()
    visible = [glyph for glyph in run if glyph.char not in _SPACES]
    _, lefts, tops, rights, bottoms = zip(*visible, strict=True)
    return Fragment(run, min(lefts), min(tops), max(rights), max(bottoms), _size(visible))


def _size(glyphs: Sequence[Glyph]) -> float:
    """Return how wide a Han character is here; guessed from the height where there is none."""
    widths = sorted(glyph.right - glyph.left for glyph in glyphs if is_wide(glyph.char))
    if widths:
        return max(widths[len(widths) // 2], 1.0)
    heights = sorted(glyph.bottom - glyph.top for glyph in glyphs)
    return max(heights[len(heights) // 2] * 0.85, 1.0)


def printed_lines(pieces: Sequence[Fragment], page: int, frame: Frame) -> Iterator[PrintedLine]:
    """Yield the lines of one column from top to bottom."""
    for row in _rows(pieces):
        glyphs = _in_order(row)
        visible = [glyph for glyph in glyphs if glyph.char not in _SPACES]
        box = Box(
            min(piece.left for piece in row),
            min(piece.top for piece in row),
            max(piece.right for piece in row),
            max(piece.bottom for piece in row),
        )
        size = max(row, key=lambda piece: len(piece.glyphs)).size
        text = _spell(glyphs, size)
        yield PrintedLine(text, page, frame.clamp(box), size, _head_width(visible), _piece_count(row))


def _piece_count(row: Sequence[Fragment]) -> int:
    reaches = accumulate((piece.right for piece in row), max)
    pairs = zip(reaches, row[1:], strict=False)
    return 1 + sum(after.left - reach > _FRAGMENT_GAP * after.size for reach, after in pairs)


def _rows(pieces: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """Gather fragments that share a base line."""
    row: list[Fragment] = []
    for piece in sorted(pieces, key=lambda piece: piece.centre):
        if row:
            lead = max(row, key=lambda other: other.size)
            if abs(piece.centre - lead.centre) > _SAME_LINE * max(lead.size, piece.size):
                yield sorted(row, key=lambda other: other.left)
                row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda other: other.left)


def _in_order(row: Sequence[Fragment]) -> list[Glyph]:
    """Return the characters of one line left to right."""
    row = _struck_once(row)
    if len(row) == 1:
        return list(row[0].glyphs)
    if any(after.left < before.right - 0.5 * before.size for before, after in zip(row, row[1:], strict=False)):
        woven = _woven(row)
        if not _overlap(woven):
            return woven
    glyphs: list[Glyph] = []
    for piece in row:
        if glyphs:
            glyphs.append(Glyph(" ", glyphs[-1].right, piece.top, piece.left, piece.bottom))
        glyphs.extend(piece.glyphs)
    return glyphs


def _struck_once(row: Sequence[Fragment]) -> Sequence[Fragment]:
    """Drop fragments printed a second time almost in the same place (false bold, shadows)."""
    kept: list[Fragment] = []
    for piece in row:
        word = [glyph.char for glyph in piece.glyphs]
        if not any(
            abs(piece.left - other.left) < 0.5 * piece.size and word == [glyph.char for glyph in other.glyphs]
            for other in kept
        ):
            kept.append(piece)
    return kept


def _woven(row: Sequence[Fragment]) -> list[Glyph]:
    """Sort overprinted characters, less second strikes (false bold) and rules under filled-in words."""
    kept: dict[tuple[str, int], Glyph] = {}
    words = [piece for piece in row if any(glyph.char not in "_ " for glyph in piece.glyphs)]
    for glyph in (glyph for piece in row for glyph in piece.glyphs):
        place = round(glyph.left / 2)
        is_second_strike = any((glyph.char, near) in kept for near in (place - 1, place, place + 1))
        is_under_words = glyph.char == "_" and any(_stands_on(piece, glyph) for piece in words)
        if glyph.char not in _SPACES and not is_second_strike and not is_under_words:
            kept[glyph.char, place] = glyph
    return list(_respaced(sorted(kept.values(), key=lambda glyph: glyph.left)))


def _respaced(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Put blanks where the gaps are; those of the woven parts stood elsewhere."""
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and glyph.left - before.right > _WORD_GAP * (glyph.bottom - glyph.top):
            yield Glyph(" ", before.right, glyph.top, glyph.left, glyph.bottom)
        yield glyph
        before = glyph


def _stands_on(piece: Fragment, rule: Glyph) -> bool:
    middle = (rule.left + rule.right) / 2
    return any(glyph.char != "_" and glyph.left < middle < glyph.right for glyph in piece.glyphs)


def _overlap(glyphs: Sequence[Glyph]) -> bool:
    """Whether two different words are printed over each other, so that sorting would mix their letters."""
    visible = [glyph for glyph in glyphs if glyph.char not in _SPACES]
    pairs = zip(visible, visible[1:], strict=False)
    return any(after.left < before.right - 0.5 * (before.right - before.left) for before, after in pairs)


def _head_width(glyphs: Sequence[Glyph]) -> float:
    """Return the width of the first piece that a printer would not break.

    A word or number, or one Han character, with the punctuation that must stay before and after it.
    """
    end = 0
    while end < len(glyphs) - 1 and glyphs[end].char in OPENING:
        end += 1
    if not is_wide(glyphs[end].char):
        while end < len(glyphs) - 1 and _sticks(glyphs[end], glyphs[end + 1]):
            end += 1
    while end < len(glyphs) - 1 and glyphs[end + 1].char in CLOSING:
        end += 1
    return max(glyphs[end].right - glyphs[0].left, 0.0)


def _sticks(before: Glyph, after: Glyph) -> bool:
    return not is_wide(after.char) and after.left - before.right < _WORD_GAP * (before.bottom - before.top)


def _spell(glyphs: Sequence[Glyph], size: float) -> str:
    """Return the text of a line, blanks resolved into one space or none."""
    if not any(glyph.char in _SPACES for glyph in glyphs):
        return "".join(glyph.char for glyph in glyphs)
    stretched = _is_stretched(glyphs)
    letters: list[str] = []
    before: Glyph | None = None
    blank = False
    for glyph in glyphs:
        if glyph.char in _SPACES:
            blank = True
            continue
        if blank and before is not None and _is_typed(before, glyph, size, stretched=stretched):
            letters.append(" ")
        letters.append(glyph.char)
        before, blank = glyph, False
    return "".join(letters)


def _is_stretched(glyphs: Sequence[Glyph]) -> bool:
    """Whether blanks stand after a good part of the line's Han characters, as stretching leaves them."""
    pairs = list(zip(glyphs, glyphs[1:], strict=False))
    followed = sum(after.char in _SPACES for before, after in pairs if is_wide(before.char))
    wide = sum(is_wide(glyph.char) for glyph in glyphs)
    return followed * 3 > wide


def _is_typed(before: Glyph, after: Glyph, size: float, *, stretched: bool) -> bool:
    gap = (after.left - before.right) / size
    wide = is_wide(before.char) + is_wide(after.char)
    if wide == 0:
        return True
    if wide == 1:
        return gap >= _MIXED_STRETCH
    return gap >= _TYPED or (gap >= _STRETCH and not stretched)
