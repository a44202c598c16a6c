"""Puts the text of a recognised line right where engines are known to be careless: blanks and widths."""

from __future__ import annotations

import re

from extractors.pdf.characters import DROPPED, is_wide, normalise, wide_count

__all__ = ["ems", "respelled"]

_BLANKS = re.compile(r"[ \u3000]+")
_HAN = "\u3400-\u9fff"
_MIXED = (
    (re.compile(r"\(([^()（）]{1,60})）"), r"（\1）"),
    (re.compile(r"（([^()（）]{1,60})\)"), r"（\1）"),
)
#: Between Han characters these are full-width in print; engines mix them up, for they look alike.
_FULL_WIDTH = str.maketrans(",;:?!", "，；：？！")
_NARROW_STOP = re.compile(f"(?<=[{_HAN}”》）])[,;:?!](?=[{_HAN}“《（\\d]|$)")
_NARROW = 0.5


def respelled(text: str) -> str:
    """Return a recognised line without blanks beside Han characters and with one width of punctuation.

    >>> respelled("（一)县 工商 联 走访会员,35 家 API Key")
    '（一）县工商联走访会员，35家 API Key'
    """
    text = normalise(text).replace(DROPPED, "").strip(" \u3000")
    for mixed, full in _MIXED:
        text = mixed.sub(full, text)
    text = _BLANKS.sub(_blank, text)
    return _NARROW_STOP.sub(lambda stop: stop[0].translate(_FULL_WIDTH), text)


def _blank(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    if is_wide(before) and is_wide(after):
        return ""
    is_beside_number = before.isdigit() or after.isdigit()
    return "" if (is_wide(before) or is_wide(after)) and is_beside_number else " "


def ems(text: str) -> float:
    """Return how wide a text is printed, in widths of a Han character."""
    wide = wide_count(text)
    return wide + _NARROW * (len(text) - wide)
