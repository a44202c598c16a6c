"""The seam for optical character recognition: who can read pictures of pages hands in such a function.

No engine lives here.  Without one a scanned page stays unread, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2

from extractors.document import Box
from extractors.pdf.lines import PrintedLine
from extractors.pdf.words import Frame

__all__ = ["PageImage", "Recognise", "RecognisedLine", "recognised_lines"]

#: Engines for Chinese print want about 200 dots an inch.
_DOTS_PER_POINT = 200 / 72
_MOST_PIXELS = 25_000_000


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as grey pixels, row by row from the top, one byte each."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """One line as an engine read it; the box counts pixels from the top left corner."""

    text: str
    box: Box


Recognise = Callable[[PageImage], Sequence[RecognisedLine]]


def recognised_lines(
    page: pypdfium2.PdfPage, number: int, frame: Frame, recognise: Recognise
) -> list[PrintedLine]:
    """Render a page, have it read, and return its lines with places in points."""
    area = max(frame.width * frame.height, 1.0)
    scale = min(_DOTS_PER_POINT, (_MOST_PIXELS / area) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        rows = memoryview(bitmap.buffer).cast("B")
        pixels = b"".join(
            rows[start : start + bitmap.width]
            for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
        )
        image = PageImage(bitmap.width, bitmap.height, pixels)
    finally:
        bitmap.close()
    return [_printed(line, number, frame, scale) for line in recognise(image)]


def _printed(line: RecognisedLine, number: int, frame: Frame, scale: float) -> PrintedLine:
    box = Box(line.box.left / scale, line.box.top / scale, line.box.right / scale, line.box.bottom / scale)
    size = max(box.bottom - box.top, 1.0)
    return PrintedLine(line.text, number, frame.clamp(box), size, size)
