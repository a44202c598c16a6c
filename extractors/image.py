"""Reads pictures of pages: photographs, screen shots, and the pages of a TIFF.

Opening a picture needs no engine, so a damaged one is told from one that nobody here can read.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.document import Document, Extraction, Grade, Limits, Notice, Outcome, Quality, Source
from extractors.ocr.available import recogniser
from extractors.outline import outline
from extractors.pdf.flow import assemble
from extractors.pdf.pages import PageContent, recognised_page, unread_page
from extractors.pdf.recognise import DOTS_PER_POINT, PageImage, Recognise
from extractors.pdf.words import Frame

__all__ = ["extract"]

_KINDS = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP", "MPO")
#: Two pages of A3 scanned at 600 dots an inch; a telephone takes 50 million.
_MOST_PIXELS = 140_000_000
_A4_SHORT, _A4_LONG = 595.0, 842.0
#: What cameras and screens write as their resolution says nothing of the paper.
_LEAST_DPI, _MOST_DPI = 97, 1_200
_SMALLEST_PAGE, _LARGEST_PAGE = 200.0, 1_800.0
_REDUCED = 1
_SUBFILE_TYPE = 254
# What Pillow raises for files cut short or put together badly.
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)


def extract(source: Source, limits: Limits, recognise: Recognise | None = None) -> Extraction:
    """Read one picture file; ``recognise`` is the engine, by default that of this machine if it has one."""
    recognise = recognise or recogniser(limits)
    try:
        with _opened(source.data) as picture:
            pages = list(_pages(picture, limits, recognise))
            page_count = _page_count(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return Extraction(Outcome.TOO_BIG, notices=(Notice("too_many_pixels", is_loss=True),))
    except UnidentifiedImageError:
        return Extraction(Outcome.UNSUPPORTED, notices=(Notice("unsupported_format", "image", is_loss=True),))
    except _DAMAGED as error:
        return Extraction(Outcome.UNREADABLE, notices=(Notice("damaged_file", str(error), is_loss=True),))
    return _ended(pages, page_count, limits)
