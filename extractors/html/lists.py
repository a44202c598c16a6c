"""Numbers the entries of lists as a browser shows them; the numbers are not in the page's text."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.html.looks import style_of
from extractors.html.page import Element, local_name
from extractors.word.numerals import numeral

__all__ = ["Numbering", "numbering_of"]

BULLET = "•"
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
#: Names of counter styles and what Word calls the same.
_FORMATS = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand",
    "cjk-decimal": "chineseCounting",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand",
    "simp-chinese-formal": "chineseLegalSimplified",
    "cjk-heavenly-stem": "ideographTraditional",
}
_HAN = ("chinese", "ideograph")
_LARGEST = 1_000_000


@dataclass(slots=True)
class Numbering:
    """One list while its entries go by; ``style`` is a counter style, a bullet's name or ``none``."""

    style: str
    is_ordered: bool
    count: int = 0
    step: int = 1

    def label(self, entry: Element) -> str:
        """Return the number or bullet shown before the next entry."""
        stated = _whole(entry.get("value"))
        self.count = self.count + self.step if stated is None else stated
        style = _style(entry) or self.style
        if style == "none":
            return ""
        written = _FORMATS.get(style, "decimal" if self.is_ordered else "")
        if not written:
            return BULLET
        shown = numeral(self.count, written) or str(self.count)
        return shown + ("、" if written.startswith(_HAN) else ".")


def numbering_of(element: Element) -> Numbering:
    """Return the numbering of a list that begins."""
    is_ordered = local_name(element) == "ol"
    style = _style(element) or ("decimal" if is_ordered else "disc")
    start = _whole(element.get("start"))
    if is_ordered and element.get("reversed") is not None:
        total = sum(local_name(child) == "li" for child in element)
        return Numbering(style, is_ordered, (total if start is None else start) + 1, -1)
    return Numbering(style, is_ordered, 0 if start is None else start - 1)


def _style(element: Element) -> str:
    named = style_of(element, "list-style-type") or style_of(element, "list-style")
    for word in named.split():
        if word in _FORMATS or word in ("none", "disc", "circle", "square"):
            return word
    kind = element.get("type", "")
    return _TYPES.get(kind, kind.lower() if kind.lower() in ("disc", "circle", "square") else "")


def _whole(text: str | None) -> int | None:
    """Return a whole number of a size lists have."""
    try:
        value = int(text or "")
    except ValueError:
        return None
    return value if abs(value) < _LARGEST else None
