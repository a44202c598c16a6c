"""Hands out the function that reads pictures of pages, if there is an engine; loads nothing itself."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from functools import cache

from extractors.document import Limits
from extractors.pdf.recognise import PageImage, Recognise, RecognisedPage

__all__ = ["EngineError", "is_installed", "recogniser"]

_NEEDED = ("numpy", "cv2", "onnxruntime", "rapidocr")
#: No further page is begun after this share of a file's time: what was read so far must still be judged.
_SHARE_OF_TIME = 0.6


class EngineError(Exception):
    """The engine gave up on a page; the other pages may still be read."""


@cache
def is_installed() -> bool:
    """Whether the extra ``ocr`` is there; looks for the packages without importing them."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def recogniser(limits: Limits, clock: Callable[[], float] = time.monotonic) -> Recognise | None:
    """Return what reads the scanned pages of one file, None without an engine.

    The function it returns answers None for pages that come too late or are beyond the engine, and for all of
    them when the engine does not start; each such page stays marked as scanned and unread.
    """
    if not is_installed():
        return None
    last_start = clock() + _SHARE_OF_TIME * limits.seconds

    def recognise(image: PageImage) -> RecognisedPage | None:
        if clock() > last_start:
            return None
        try:
            # Takes seconds, so it waits for the first scan.
            from extractors.ocr.reading import read_picture

            return read_picture(image)
        except (ImportError, EngineError):
            return None

    return recognise
