"""Reads pictures of pages: photographs, screen shots, and the pages of a TIFF.

Opening a picture needs no engine, so a damaged one is told from one that nobody here can read.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.document import Document, Extraction, Grade, Limits, Notice, Outcome, Quality, Source
from extractors.ocr.available import recogniser
from extractors.outline import outline
from extractors.pdf.flow import assemble
from extractors.pdf.pages import PageContent, recognised_page, unread_page
from extractors.pdf.quality import notices_for
from extractors.pdf.recognise import DOTS_PER_POINT, PageImage, Recognise, RecognisedPage
from extractors.pdf.words import Frame

__all__ = ["extract"]

_KINDS = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP")
#: An A3 page scanned at 600 dots an inch has 70 million.
_MOST_PIXELS = 89_000_000
_A4_SHORT, _A4_LONG = 595.0, 842.0
#: What cameras and screens give as their resolution (72, 96) says nothing of the paper.
_LEAST_DPI, _MOST_DPI = 97, 1_200
_SMALLEST_SIDE, _LARGEST_SIDE = 200.0, 1_300.0
_SUBFILE_TYPE = 254
_THUMBNAIL = 1
# What Pillow raises for files cut short or put together badly.
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)


class _TooManyPixelsError(Exception):
    """The picture would fill the memory when unpacked."""


def extract(source: Source, limits: Limits, recognise: Recognise | None = None) -> Extraction:
    """Read one picture file; ``recognise`` is the engine, by default that of this machine if it has one."""
    if source.data[4:8] == b"ftyp":
        return _refused(Outcome.UNSUPPORTED, Notice("unsupported_format", "heic", is_loss=True))
    recognise = recognise or recogniser(limits)
    try:
        with _opened(source.data) as picture:
            pages = list(_pages(picture, limits, recognise))
            has_more = _has_more(picture, limits)
    except (_TooManyPixelsError, Image.DecompressionBombWarning, Image.DecompressionBombError):
        return _refused(Outcome.TOO_BIG, Notice("too_many_pixels", is_loss=True))
    except UnidentifiedImageError:
        return _refused(Outcome.UNREADABLE, Notice("damaged_file", is_loss=True))
    except _DAMAGED as error:
        return _refused(Outcome.UNREADABLE, Notice("damaged_file", str(error), is_loss=True))
    limit = [Notice("page_limit", str(len(pages)), is_loss=True)] if has_more else []
    return _ended(pages, limit)


def _refused(outcome: Outcome, notice: Notice) -> Extraction:
    return Extraction(outcome, notices=(notice,))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        # Oddities in a camera's notes are no loss; a picture of a billion pixels is a trap.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=_KINDS) as picture:
            yield picture


def _pages(picture: Image.Image, limits: Limits, recognise: Recognise | None) -> Iterator[PageContent]:
    """Yield the pages of a TIFF, the one page of anything else: its other frames are a film or a preview."""
    most = limits.max_pages if picture.format == "TIFF" else 1
    for number in range(1, most + 1):
        try:
            picture.seek(number - 1)
        except EOFError:
            return
        except _DAMAGED:
            # Where one page does not tell the place of the next, none can be found any more.
            yield unread_page(number)
            return
        if _is_thumbnail(picture):
            continue
        try:
            frame, image = _rendered(picture)
        except _DAMAGED:
            if most == 1:
                raise
            yield unread_page(number)
            continue
        yield _page(number, frame, recognise(image) if recognise else None)


def _has_more(picture: Image.Image, limits: Limits) -> bool:
    """Whether there are more pages than may be read."""
    try:
        picture.seek(limits.max_pages)
    except _DAMAGED:
        return False
    return picture.format == "TIFF"


def _is_thumbnail(picture: Image.Image) -> bool:
    tags = getattr(picture, "tag_v2", None)
    return bool(tags and tags.get(_SUBFILE_TYPE, 0) == _THUMBNAIL)


def _rendered(picture: Image.Image) -> tuple[Frame, PageImage]:
    """Return the page a picture shows, the right way up as a viewer turns it, and its pixels."""
    if picture.width * picture.height > _MOST_PIXELS:
        raise _TooManyPixelsError
    shown = _on_white(ImageOps.exif_transpose(picture))
    width, height = _page_size(shown.size, picture.info.get("dpi", (0, 0))[0])
    largest = max(round(width * DOTS_PER_POINT), 1), max(round(height * DOTS_PER_POINT), 1)
    shown.thumbnail(largest, Image.Resampling.LANCZOS)
    image = PageImage(shown.width, shown.height, shown.tobytes(), shown.width / width)
    return Frame(0.0, 0.0, width, height), image


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture in red, green and blue, on paper where it is transparent."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")


def _page_size(pixels: tuple[int, int], resolution: float) -> tuple[float, float]:
    """Return width and height in points: as scanned, else as if it showed a sheet of A4."""
    if _LEAST_DPI <= resolution <= _MOST_DPI:
        width, height = (72 * side / float(resolution) for side in pixels)
        if _SMALLEST_SIDE <= min(width, height) <= _LARGEST_SIDE:
            return width, height
    across = _A4_LONG if pixels[0] > pixels[1] else _A4_SHORT
    return across, across * pixels[1] / max(pixels[0], 1)


def _page(number: int, frame: Frame, read: RecognisedPage | None) -> PageContent:
    grade = Grade(Quality.NONE, number, "scanned")
    content = PageContent(number, frame, frame, (), grade, notices_for(grade))
    return content if read is None else recognised_page(content, read)


def _ended(pages: Sequence[PageContent], limit: Sequence[Notice]) -> Extraction:
    """Put the pages together and say how the reading ended."""
    flow = assemble(pages)
    notices = (*limit, *(notice for page in pages for notice in page.notices), *flow.notices)
    document = Document(
        content=outline(flow.content),
        grades=tuple(page.grade for page in pages),
        notices=notices,
        page_count=len(pages),
        extractor="image",
        is_stamped=any(page.annotations.is_stamped for page in pages),
    )
    is_whole = not any(notice.is_loss for notice in notices)
    if document.content:
        return Extraction(Outcome.OK if is_whole else Outcome.PARTIAL, document)
    if any(page.grade.reason == "scanned" for page in pages):
        return Extraction(Outcome.MISSING_TOOL, document, (Notice("needs_ocr"),))
    return Extraction(Outcome.EMPTY if is_whole else Outcome.UNREADABLE, document)
