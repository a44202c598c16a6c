"""How many terminal or sheet cells a text takes: a Chinese character is two wide."""

from __future__ import annotations

import unicodedata

__all__ = ["line_count", "padded", "width_of"]


def width_of(text: str) -> int:
    """Count the cells of one line.

    >>> width_of("具备31")
    6
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, width: int) -> str:
    """Return text with spaces behind it up to a width in cells."""
    return text + " " * (width - width_of(text))


def line_count(text: str, width: int) -> int:
    """Estimate how many lines a text takes when wrapped to a width in cells.

    >>> line_count("请补报轮值办法和轮值安排表", 10)
    3
    """
    return sum(max(1, -(-width_of(line) // width)) for line in text.split("\n"))
