"""Texts made alike that differ only in figures, width or spacing."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["fold"]

_DIGITS = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_HAN_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百千]{2,}")
_FULL_WIDTH = str.maketrans("（），：；％０１２３４５６７８９", "(),:;%0123456789")


@lru_cache(maxsize=64)  # a sentence is folded for itself, for the next one, for its echo in the notice
def fold(text: str) -> str:
    """Make texts that differ only in figures, width or spacing alike: ``12家`` and ``十二家`` are ``0家``."""
    text = "".join(text.translate(_FULL_WIDTH).split())
    return _HAN_NUMBER.sub("0", _DIGITS.sub("0", text))
