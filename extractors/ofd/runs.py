"""Turns text objects into the words they print, each with its place.

A text object states one place and then the offset from each character to the next, so stretched, wrapped
and upright setting all come out as places; blanks between words are judged from the offsets.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from extractors.matrix import Matrix, moved
from extractors.ofd.geometry import number, offsets
from extractors.ofd.objects import Drawn
from extractors.ofd.structure import Element
from extractors.pdf.characters import DROPPED, is_wide, normalise
from extractors.pdf.words import Frame, Word

__all__ = ["Run", "page_words", "runs", "unknown_glyphs"]

#: Share of a character's height above the base line.
_ASCENT = 0.88
_MOST_CHARACTERS = 100_000
_WIDTHS = {
    **dict.fromkeys("mwMW@%&", 0.9),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ", 0.68),
    **dict.fromkeys("ijltfrI.,:;|!'()[]{}/", 0.33),
}
_NARROW = 0.52
#: A gap this much wider than the usual one of its line parts two words; in ems.
_WIDE_GAP, _NARROW_GAP = 0.5, 0.35
_TOUCHING = 0.15
_OFF_AXIS = 5.0
#: Producers put this sign where a glyph has no character.
_PLACEHOLDER = "¤"
_BLANK = " \u3000"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters printed side by side without a blank; ``places`` are their left edges on the base line.

    Coordinates are the text object's own; ``matrix`` takes them to points on the page.
    """

    text: str
    places: tuple[tuple[float, float], ...]
    width: float
    size: float
    height: float
    matrix: Matrix
    is_hidden: bool
    is_spaced: bool
    is_first: bool

    @property
    def angle(self) -> float:
        """Direction of the base line in degrees, clockwise."""
        return math.degrees(math.atan2(self.matrix[1], self.matrix[0]))

    @property
    def is_slanted(self) -> bool:
        """Whether the base line is neither level nor upright, as in a watermark across the page."""
        return abs(self.angle - 90 * round(self.angle / 90)) > _OFF_AXIS

    def word(self, frame: Frame) -> Word:
        """Return the run as one word of a page in this frame."""
        return self._word(self.text, self.places, frame, is_spaced=self.is_spaced)

    def characters(self, frame: Frame) -> Iterator[Word]:
        """Yield the characters one by one."""
        for index, (char, place) in enumerate(zip(self.text, self.places, strict=True)):
            yield self._word(char, (place,), frame, is_spaced=self.is_spaced and not index)

    def _word(
        self, text: str, places: tuple[tuple[float, float], ...], frame: Frame, *, is_spaced: bool
    ) -> Word:
        (x0, y0), (x1, y1) = places[0], places[-1]
        x1 += self.width if places[-1] == self.places[-1] else _width(text[-1]) * self.size
        top, bottom = min(y0, y1) - _ASCENT * self.height, max(y0, y1) + (1 - _ASCENT) * self.height
        corners = [moved(x, y, self.matrix) for x in (x0, x1) for y in (top, bottom)]
        xs, ys = [x for x, _ in corners], [frame.top - y for _, y in corners]
        left, upper, right, lower = frame.place(min(xs), min(ys), max(xs), max(ys))
        return Word(text, left, upper, right, lower, self.size * _scale(self.matrix), is_spaced)


def runs(drawn: Drawn) -> Iterator[Run]:
    """Yield the runs of one text object."""
    element = drawn.element
    height = number(element.get("Size", "")) or 3.5
    stretch = number(element.get("HScale", "")) or 1.0
    setting = _Setting(drawn, abs(height * stretch), abs(height), element.get("ReadDirection", "0"))
    x = y = 0.0
    for code in element.iterfind("{*}TextCode"):
        # A code without a place of its own begins where the one before it began.
        x = _stated(code, "X", x)
        y = _stated(code, "Y", y)
        yield from setting.runs(code, x, y)


def unknown_glyphs(drawn: Drawn) -> int:
    """Return how many glyphs of a text object stand for no character that the file tells."""
    transforms = list(drawn.element.iterfind("{*}CGTransform"))
    if not transforms:
        return 0
    text = "".join(_text_of(code) for code in drawn.element.iterfind("{*}TextCode"))
    if text.replace(_PLACEHOLDER, "").strip():
        return text.count(_PLACEHOLDER)
    return sum(len((transform.findtext("{*}Glyphs") or "").split()) for transform in transforms)


def _stated(code: Element, name: str, default: float) -> float:
    value = number(code.get(name, ""))
    return default if value is None else value


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the characters of one text object are set; ``size`` is the width of a Han character."""

    drawn: Drawn
    size: float
    height: float
    direction: str

    def runs(self, code: Element, x: float, y: float) -> Iterator[Run]:
        text = normalise(_text_of(code)[:_MOST_CHARACTERS])
        places = list(self._places(code, text, x, y))
        cuts = self._cuts(text, places)
        start, is_spaced = 0, True
        for end in range(1, len(text) + 1):
            if end < len(text) and end not in cuts:
                continue
            piece = text[start:end]
            if piece.strip(_BLANK + DROPPED):
                yield self._run(piece, places[start:end], is_spaced=is_spaced, is_first=start == 0)
            is_spaced = cuts.get(end, True)
            start = end

    def _places(self, code: Element, text: str, x: float, y: float) -> Iterator[tuple[float, float]]:
        stated_x, stated_y = code.get("DeltaX"), code.get("DeltaY")
        across, down = offsets(stated_x, len(text)), offsets(stated_y, len(text))
        is_upright = self.direction in ("90", "270") if not across and not down else not across
        for index, char in enumerate(text):
            yield x, y
            natural = _width(char) * self.size
            # Where the offsets run out, characters follow each other at their own width.
            x += across[index] if index < len(across) else 0.0 if is_upright else natural
            y += down[index] if index < len(down) else natural if is_upright else 0.0

    def _cuts(self, text: str, places: list[tuple[float, float]]) -> dict[int, bool]:
        """Return where words end, and whether a blank parts them from the next."""
        gaps = [
            x1 - x0 - _width(char) * self.size
            for char, (x0, y0), (x1, y1) in zip(text, places, places[1:], strict=False)
            if abs(y1 - y0) < _TOUCHING * self.height and x1 > x0
        ]
        usual = max(median(gaps), 0.0) if len(gaps) > 2 else 0.0
        found = (
            (end, self._parted(text[end - 1 : end + 1], places[end - 1], places[end], usual))
            for end in range(1, len(text))
        )
        return {end: is_spaced for end, is_spaced in found if is_spaced is not None}

    def _parted(
        self, pair: str, before: tuple[float, float], after: tuple[float, float], usual: float
    ) -> bool | None:
        """Return whether a blank parts two characters; None when they stand side by side."""
        if pair[0] in _BLANK or pair[1] in _BLANK:
            return True
        (x0, y0), (x1, y1) = before, after
        if x1 <= x0 or abs(y1 - y0) >= _TOUCHING * self.height:
            return False
        least = _WIDE_GAP if is_wide(pair[0]) or is_wide(pair[1]) else _NARROW_GAP
        return True if x1 - x0 - usual > (_width(pair[0]) + least) * self.size else None

    def _run(self, piece: str, places: list[tuple[float, float]], *, is_spaced: bool, is_first: bool) -> Run:
        kept = [(char, place) for char, place in zip(piece, places, strict=True) if char != DROPPED]
        text = "".join(char for char, _ in kept)
        return Run(
            text,
            tuple(place for _, place in kept),
            _width(text[-1]) * self.size,
            self.size,
            self.height,
            self.drawn.matrix,
            self.drawn.is_hidden,
            is_spaced,
            is_first,
        )


def _text_of(code: Element) -> str:
    text = code.text or ""
    # Line breaks come from pretty-printed XML and stand for no character.
    return text.strip() if "\n" in text else text


def _width(char: str) -> float:
    return 1.0 if is_wide(char) else _WIDTHS.get(char, _NARROW)


def _scale(matrix: Matrix) -> float:
    return math.hypot(matrix[0], matrix[1])


def page_words(found: Iterable[Run], frame: Frame, is_cut: Callable[[Word], bool]) -> list[Word]:
    """Return the words that runs print, cut into characters where ``is_cut`` says so.

    Words whose box lies off the page are left out.
    """
    words: list[Word] = []
    for run in found:
        word = run.word(frame)
        if run.is_first and words and _is_touching(words[-1], word):
            word = word._replace(is_spaced=False)
        if is_cut(word):
            first, *others = run.characters(frame)
            words.extend((first._replace(is_spaced=word.is_spaced), *others))
        else:
            words.append(word)
    width, height = 2 * frame.width, 2 * frame.height
    return [
        word for word in words if 0.0 <= word[1] + word[3] <= width and 0.0 <= word[2] + word[4] <= height
    ]


def _is_touching(before: Word, after: Word) -> bool:
    """Whether a word goes on right where the one before it ended."""
    is_level = abs(before.top + before.bottom - after.top - after.bottom) < before.size
    return is_level and -0.5 * before.size < after.left - before.right < _TOUCHING * before.size
