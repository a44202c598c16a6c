"""Reads the words of one PDF page with their places, in as few calls into the library as can be.

PDF counts upwards from a page's lower left corner and may turn the page when it is shown; everything after
this module counts downwards from the top left corner of the page as the reader sees it.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from math import cos, degrees, radians, sin
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.document import Box
from extractors.pdf.characters import DROPPED, is_em, wide_count

__all__ = ["Frame", "Word", "page_frame", "read_characters", "read_words", "upright_frame"]

# The library's own binding converts each argument; this one passes bare addresses, which halves the cost.
_loose_box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_BOX_BYTES = 16
_ANGLE_SAMPLES = 9

_TOKEN = re.compile("[^ \u3000]+")
#: A Latin letter is about half as wide as a Han character, whose width is most of the line's height.
_NARROW = 0.5
_HEIGHT_TO_SIZE = 0.85
_WIDE_BOUNDS = (0.5, 1.6)
_NARROW_BOUNDS = (0.25, 2.2)

_Place = tuple[float, float, float, float]
_Floats = Sequence[float]
_Edges = tuple[list[float], list[float], list[float], list[float]]


class Word(NamedTuple):
    """Characters printed without a blank between them, and their box in points; one Han line is one word.

    ``size`` is how wide a Han character is printed here, guessed from the height in a Latin word;
    ``is_spaced`` says that the PDF has a blank before the word, typed or made by stretching.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_spaced: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """How PDF coordinates become places on the page as shown: the visible box and quarter turns clockwise.

    ``tilt`` is how many degrees clockwise a scan leans on the page as shown; its layout is level.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0
    tilt: float = 0.0

    @property
    def width(self) -> float:
        """Width of the page as shown."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as shown."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def place(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom on the shown page of a rectangle in PDF coordinates."""
        lefts, tops, rights, bottoms = self.place_all((left,), (bottom,), (right,), (top,))
        return lefts[0], tops[0], rights[0], bottoms[0]

    def place_all(self, lefts: _Floats, bottoms: _Floats, rights: _Floats, tops: _Floats) -> _Edges:
        """Do the same for many rectangles given side by side; one pass an edge is what makes it fast."""
        across = self._along(lefts, rights, self.left, self.right, flip=self.turns >= 2)
        upward = self._along(bottoms, tops, self.bottom, self.top, flip=self.turns in (0, 3))
        (left, right), (top, bottom) = (upward, across) if self.turns % 2 else (across, upward)
        return left, top, right, bottom

    @staticmethod
    def _along(
        low: _Floats, high: _Floats, start: float, end: float, *, flip: bool
    ) -> tuple[list[float], list[float]]:
        if flip:
            return [end - value for value in high], [end - value for value in low]
        return [value - start for value in low], [value - start for value in high]

    def turned(self, turns: int) -> Frame:
        """Return the frame turned further clockwise."""
        return replace(self, turns=(self.turns + turns) % 4)

    def clamp(self, box: Box) -> Box:
        """Return the part of a box that lies on the page."""
        left, top = min(max(box.left, 0.0), self.width), min(max(box.top, 0.0), self.height)
        right, bottom = min(max(box.right, left), self.width), min(max(box.bottom, top), self.height)
        return Box(left, top, right, bottom)

    def shown(self, box: Box, layout: Frame) -> Box:
        """Return where a box of a differently turned or leaning layout stands on this page."""
        box = _leaning(box, layout)
        flat = Frame(0.0, 0.0, layout.width, layout.height, (self.turns - layout.turns) % 4)
        placed = flat.place(box.left, layout.height - box.bottom, box.right, layout.height - box.top)
        return self.clamp(Box(*placed))


def _leaning(box: Box, layout: Frame) -> Box:
    """Return the upright box around a level box that leans as its layout does."""
    if not layout.tilt:
        return box
    across, down = cos(radians(layout.tilt)), sin(radians(layout.tilt))
    x, y = (box.left + box.right - layout.width) / 2, (box.top + box.bottom - layout.height) / 2
    width, height = (box.right - box.left) / 2, (box.bottom - box.top) / 2
    half_width, half_height = width * across + height * abs(down), height * across + width * abs(down)
    x, y = layout.width / 2 + x * across - y * down, layout.height / 2 + x * down + y * across
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def page_frame(page: pypdfium2.PdfPage) -> Frame:
    """Return the frame of a page as a viewer shows it."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation() // 90 % 4)


def upright_frame(textpage: pypdfium2.PdfTextPage, frame: Frame, count: int) -> Frame:
    """Return the frame in which most text runs from left to right (a table may be printed sideways)."""
    step = max(1, count // _ANGLE_SAMPLES)
    angles = (pdfium.FPDFText_GetCharAngle(textpage, index) for index in range(0, count, step))
    quarters = Counter((round(degrees(angle) / 90) + frame.turns) % 4 for angle in angles if angle >= 0)
    if not quarters:
        return frame
    return frame.turned(-quarters.most_common(1)[0][0])


def read_characters(textpage: pypdfium2.PdfTextPage) -> str:
    """Return the page's characters exactly as stored, one for each index of the text page."""
    count = textpage.count_chars()
    if count == 0:
        return ""
    text: str = textpage.get_text_range(errors="replace")
    # The bulk text leaves some characters out and splits rare Han in two; then each one is asked for.
    if len(text) == count and pdfium.FPDFText_GetTextIndexFromCharIndex(textpage, count - 1) == count - 1:
        return text
    codes = (pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else DROPPED for code in codes)


def read_words(
    textpage: pypdfium2.PdfTextPage, text: str, frame: Frame, is_cut: Callable[[Word], bool]
) -> list[Word]:
    """Return the words that stand on the page, in the order in which they were drawn.

    ``text`` is the page's normalised text, ``is_cut`` tells words that a table's ruling line parts.  Only the
    first and last character of a word are asked for their places; all of them only where the word turns out
    not to be one straight piece.
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    edges = _places(textpage, [index for start, end in spans for index in (start, end - 1)], frame)
    words: list[Word] = []
    for (start, end), first, last in zip(spans, edges[0::2], edges[1::2], strict=True):
        token = text[start:end]
        word = _word(token, first, last)
        if end - start > 1 and (not _is_straight(token, word.size, first, last) or is_cut(word)):
            boxes = _places(textpage, range(start, end), frame)
            words.extend(
                _word(char, box, box)._replace(is_spaced=not position)
                for position, (char, box) in enumerate(zip(token, boxes, strict=True))
                if char != DROPPED
            )
        elif word.text:
            words.append(word)
    width, height = 2 * frame.width, 2 * frame.height
    return [
        word for word in words if 0.0 <= word[1] + word[3] <= width and 0.0 <= word[2] + word[4] <= height
    ]


def _places(textpage: pypdfium2.PdfTextPage, indices: Sequence[int], frame: Frame) -> list[_Place]:
    """Return left, top, right, bottom on the page of the characters with these indices."""
    buffer = (ctypes.c_float * (4 * len(indices)))()
    address = ctypes.addressof(buffer)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    slots = range(address, address + _BOX_BYTES * len(indices), _BOX_BYTES)
    deque(map(_loose_box, repeat(handle), indices, slots), maxlen=0)
    numbers = buffer[:]
    # The library's rectangle is left, top, right, bottom.
    edges = frame.place_all(numbers[0::4], numbers[3::4], numbers[2::4], numbers[1::4])
    return list(zip(*edges, strict=True))


def _word(token: str, first: _Place, last: _Place) -> Word:
    text = token.replace(DROPPED, "") if DROPPED in token else token
    left, top, right, bottom = first
    if last is not first:
        top, right, bottom = min(top, last[1]), max(right, last[2]), max(bottom, last[3])
    return Word(text, left, top, right, bottom, _size(token, first, last))


def _size(token: str, first: _Place, last: _Place) -> float:
    if is_em(token[0]):
        return first[2] - first[0]
    if is_em(token[-1]):
        return last[2] - last[0]
    if token.isascii():
        return (first[3] - first[1]) * _HEIGHT_TO_SIZE
    wide = wide_count(token)
    return max(last[2] - first[0], 0.0) / (wide + _NARROW * (len(token) - wide))


def _is_straight(token: str, size: float, first: _Place, last: _Place) -> bool:
    """Whether a word lies on one base line and is about as wide as its characters should be."""
    height = max(first[3] - first[1], last[3] - last[1], 0.1)
    if abs(first[1] + first[3] - last[1] - last[3]) > height * 0.5:
        return False
    wide = wide_count(token)
    # Some fonts give only the height of the ink, which says nothing of the line for 一 or a comma.
    if wide and height < size * 0.6:
        return False
    expected = size * (wide + _NARROW * (len(token) - wide))
    low, high = _WIDE_BOUNDS if wide * 2 > len(token) else _NARROW_BOUNDS
    return low * expected <= last[2] - first[0] <= high * expected + size
