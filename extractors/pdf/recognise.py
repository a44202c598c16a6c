"""The seam for optical character recognition: who can read pictures of pages hands in such a function.

No engine lives here.  Without one a scanned page stays unread, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2

from extractors.document import Grade, Notice, Quality
from extractors.pdf.drawings import Rule
from extractors.pdf.words import Frame, Word

__all__ = [
    "DOTS_PER_POINT",
    "PageImage",
    "Recognise",
    "RecognisedPage",
    "grade_of",
    "notices_of",
    "page_image",
]

#: Engines for Chinese print want about 200 dots an inch.
DOTS_PER_POINT = 200 / 72
_MOST_PIXELS = 25_000_000
_MOST_TOLD = 5
_LONGEST_TOLD = 40
# Official print reads at .99; below .90 every tenth character may be another one.
_FAIR, _POOR = 0.90, 0.75


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels, row by row from the top, three bytes each: red, green, blue."""

    width: int
    height: int
    pixels: bytes
    dots_per_point: float


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """What an engine read on a page; places are points of the page set upright.

    It is set upright by ``turns`` quarter turns clockwise, and then by taking back a lean of ``tilt`` degrees
    clockwise about its middle.  ``confidence`` is the mean over all characters, ``doubtful`` the lines a
    person should look at, ``unread_count`` how many areas of print could not be read at all.
    """

    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    confidence: float = 0.0
    turns: int = 0
    tilt: float = 0.0
    is_blank: bool = False
    is_stamped: bool = False
    doubtful: tuple[str, ...] = ()
    unread_count: int = 0


#: Answers None for a page it cannot look at.
Recognise = Callable[[PageImage], RecognisedPage | None]


def page_image(page: pypdfium2.PdfPage, frame: Frame) -> PageImage:
    """Render a page as a viewer shows it, seals and notes included."""
    area = max(frame.width * frame.height, 1.0)
    scale = min(DOTS_PER_POINT, (_MOST_PIXELS / area) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        rows = memoryview(bitmap.buffer).cast("B")
        pixels = b"".join(
            rows[start : start + 3 * bitmap.width]
            for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
        )
        return PageImage(bitmap.width, bitmap.height, pixels, scale)
    finally:
        bitmap.close()


def grade_of(read: RecognisedPage, number: int) -> Grade:
    """Return how far a recognised page may be trusted: fair at best, for nobody has proofread it."""
    if read.is_blank:
        return Grade(Quality.FAIR, number, "blank")
    if not read.words:
        return Grade(Quality.NONE, number, "nothing_recognised")
    if read.confidence >= _FAIR:
        return Grade(Quality.FAIR, number, "recognised")
    return Grade(Quality.POOR if read.confidence >= _POOR else Quality.NONE, number, "badly_recognised")


def notices_of(read: RecognisedPage, number: int) -> Iterator[Notice]:
    """Yield what a person should know about a recognised page."""
    if read.is_stamped:
        yield Notice("stamp", str(number))
    if not read.words and not read.is_blank:
        yield Notice("nothing_recognised", str(number), is_loss=True)
    elif read.unread_count or grade_of(read, number).quality is Quality.NONE:
        yield Notice("badly_recognised", str(number), is_loss=True)
    for text in read.doubtful[:_MOST_TOLD]:
        yield Notice("doubtful_words", f"第{number}页“{text[:_LONGEST_TOLD]}”")
    if len(read.doubtful) > _MOST_TOLD:
        yield Notice("doubtful_words", f"第{number}页另有{len(read.doubtful) - _MOST_TOLD}处")
