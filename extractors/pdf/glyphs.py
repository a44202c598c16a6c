"""Reads the characters of one PDF page with their places, in as few calls into the library as can be.

PDF counts upwards from a page's lower left corner and may turn the page when it is shown; everything after
this module counts downwards from the top left corner of the page as the reader sees it.
"""

from __future__ import annotations

import ctypes
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from math import degrees
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.document import Box
from extractors.pdf.characters import DROPPED, normalise

__all__ = ["Frame", "Glyph", "page_frame", "read_characters", "read_glyphs", "upright_frame"]

# The library's own binding converts each argument; this one passes bare addresses, which halves the cost.
_loose_box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_BOX_BYTES = 16
_ANGLE_SAMPLES = 9

Floats = Sequence[float]
Places = tuple[list[float], list[float], list[float], list[float]]


class Glyph(NamedTuple):
    """One printed character and its box in points; a space has a char but no box to rely on."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """How PDF coordinates become places on the page as shown: the visible box and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        """Width of the page as shown."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as shown."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def place(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom on the shown page of a rectangle in PDF coordinates."""
        lefts, tops, rights, bottoms = self.place_all((left,), (bottom,), (right,), (top,))
        return lefts[0], tops[0], rights[0], bottoms[0]

    def place_all(self, lefts: Floats, bottoms: Floats, rights: Floats, tops: Floats) -> Places:
        """Do the same for many rectangles given side by side; one pass an edge is what makes it fast."""
        across = self._along(lefts, rights, self.left, self.right, flip=self.turns >= 2)
        upward = self._along(bottoms, tops, self.bottom, self.top, flip=self.turns in (0, 3))
        (left, right), (top, bottom) = (upward, across) if self.turns % 2 else (across, upward)
        return left, top, right, bottom

    @staticmethod
    def _along(low: Floats, high: Floats, start: float, end: float, *, flip: bool) -> tuple[list[float], list[float]]:
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
        """Return where a box of a differently turned layout stands on this page."""
        flat = Frame(0.0, 0.0, layout.width, layout.height, (self.turns - layout.turns) % 4)
        placed = flat.place(box.left, layout.height - box.bottom, box.right, layout.height - box.top)
        return self.clamp(Box(*placed))


def page_frame(page: pypdfium2.PdfPage) -> Frame:
    """Return the frame of a page as a viewer shows it."""
    return Frame(*page.get_bbox(), turns=page.get_rotation() // 90 % 4)


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


def read_glyphs(textpage: pypdfium2.PdfTextPage, characters: str, frame: Frame) -> list[Glyph]:
    """Return the characters that stand on the page, in the order in which they were drawn."""
    count = len(characters)
    buffer = (ctypes.c_float * (4 * count))()
    address = ctypes.addressof(buffer)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    places = range(address, address + _BOX_BYTES * count, _BOX_BYTES)
    deque(map(_loose_box, repeat(handle), range(count), places), maxlen=0)
    numbers = buffer[:]
    # The library's rectangle is left, top, right, bottom.
    edges = frame.place_all(numbers[0::4], numbers[3::4], numbers[2::4], numbers[1::4])
    width, height = 2 * frame.width, 2 * frame.height
    glyphs = map(Glyph, normalise(characters), *edges)
    return [
        glyph
        for glyph in glyphs
        if glyph[0] != DROPPED and 0.0 <= glyph[1] + glyph[3] <= width and 0.0 <= glyph[2] + glyph[4] <= height
    ]
