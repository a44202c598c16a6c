"""Shows a stored number as its cell shows it: ``0.142`` under ``0.0%`` is 14.2%, ``42156`` may be a date.

Format codes follow ECMA-376, 18.8.30 and 18.8.31; numbers without a code of their own mean what they mean in
Chinese editions of Excel and WPS.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.sheet.figures import general, numeral
from extractors.sheet.moments import is_moment, moment

__all__ = ["BUILT_IN", "shown", "shown_text"]

_CODES = (
    ("0", (1,)),
    ("0.00", (2,)),
    ("#,##0", (3, 41)),
    ("#,##0.00", (4, 43)),
    ("¥#,##0;¥-#,##0", (5, 6, 42)),
    ("¥#,##0.00;¥-#,##0.00", (7, 8, 44)),
    ("0%", (9,)),
    ("0.00%", (10,)),
    ("0.00E+00", (11, 48)),
    ("yyyy/m/d", (14,)),
    ("d-mmm-yy", (15,)),
    ("d-mmm", (16,)),
    ("mmm-yy", (17,)),
    ("h:mm AM/PM", (18,)),
    ("h:mm:ss AM/PM", (19,)),
    ("h:mm", (20,)),
    ("h:mm:ss", (21,)),
    ("yyyy/m/d h:mm", (22,)),
    ('yyyy"年"m"月"', (27, 36, 50, 52, 57)),
    ('m"月"d"日"', (28, 29, 51, 53, 54, 58)),
    ("m-d-yy", (30,)),
    ('yyyy"年"m"月"d"日"', (31,)),
    ('h"时"mm"分"', (32,)),
    ('h"时"mm"分"ss"秒"', (33,)),
    ('上午/下午h"时"mm"分"', (34, 55)),
    ('上午/下午h"时"mm"分"ss"秒"', (35, 56)),
    ("#,##0;-#,##0", (37, 38)),
    ("#,##0.00;-#,##0.00", (39, 40)),
    ("mm:ss", (45,)),
    ("[h]:mm:ss", (46,)),
    ("mm:ss.0", (47,)),
    ("@", (49,)),
)
#: Codes that files leave out, by their number; those not listed are General.
BUILT_IN = {number: code for code, numbers in _CODES for number in numbers}

_LONGEST_CODE = 255
_BRACKET = re.compile(r"\[([^\]]*)\]")
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"[hms]+", re.I)
_CURRENCY = re.compile(r"\$([^-\]]*)")
# Quoted words, escaped characters, fillers and blanks as wide as a character; what is left has a meaning.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_COMPARE = {
    "<": lambda value, bound: value < bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    ">=": lambda value, bound: value >= bound,
    "=": lambda value, bound: value == bound,
    "<>": lambda value, bound: value != bound,
}


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts of a code that semicolons separate.

    ``tokens`` are literal words (marked True) and meaningful text; ``condition`` is an operator and a bound.
    """

    tokens: tuple[tuple[str, bool], ...]
    condition: tuple[str, float] | None = None
    is_han: bool = False

    @property
    def code(self) -> str:
        """The meaningful text alone."""
        return "".join(text for text, is_literal in self.tokens if not is_literal)


def shown(value: float, code: str, *, is_1904: bool = False) -> str:
    """Return what a cell with this number and format code shows.

    >>> shown(0.142, "0.0%"), shown(42156, 'yyyy"年"m"月"')
    ('14.2%', '2015年6月')
    """
    is_general = not code or code.lower() == "general" or len(code) > _LONGEST_CODE
    if is_general or not math.isfinite(value):
        return general(value)
    sections = _sections(code)
    section, is_signed = _chosen(sections, value)
    meaning = section.code
    if is_moment(meaning):
        return moment(value, section.tokens, is_1904=is_1904, is_han=section.is_han) or general(value)
    # A second section says itself how it marks what is below zero.
    return numeral(value if is_signed else abs(value), section.tokens)


def shown_text(text: str, code: str) -> str:
    """Return what a cell with these words shows; a fourth section may add words of its own."""
    if '"' not in code or "@" not in code:
        return text
    last = _sections(code)[-1]
    if "@" not in last.code:
        return text
    return "".join(
        word if is_literal else word.replace("@", text) if "@" in word else ""
        for word, is_literal in last.tokens
    )


def _chosen(sections: tuple[Section, ...], value: float) -> tuple[Section, bool]:
    """Return the section for a number, and whether the number keeps its sign."""
    numeric = [section for section in sections if "@" not in section.code] or [sections[0]]
    for section in numeric:
        if section.condition:
            operator, bound = section.condition
            if _COMPARE[operator](value, bound):
                return section, True
    if any(section.condition for section in numeric):
        return numeric[-1], True
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], True
    return numeric[0], True


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[Section, ...]:
    parts: list[list[tuple[str, bool]]] = [[]]
    place = 0
    for match in _LITERAL.finditer(code):
        _add_plain(parts, code[place : match.start()])
        parts[-1].append((match[1] or match[2] or "", True))
        place = match.end()
    _add_plain(parts, code[place:])
    return tuple(_section(tokens) for tokens in parts)


def _add_plain(parts: list[list[tuple[str, bool]]], text: str) -> None:
    first, *others = text.split(";")
    parts[-1].append((first, False))
    parts.extend([(other, False)] for other in others)


def _section(tokens: list[tuple[str, bool]]) -> Section:
    condition: tuple[str, float] | None = None
    is_han = False
    kept: list[tuple[str, bool]] = []
    for text, is_literal in tokens:
        if is_literal:
            kept.append((text, True))
            continue
        place = 0
        for match in _BRACKET.finditer(text):
            kept.append((text[place : match.start()], False))
            place = match.end()
            is_han = is_han or match[1].lower().startswith("dbnum")
            if found := _CONDITION.fullmatch(match[1]):
                condition = (found[1], float(found[2]))
            kept.append(_bracketed(match[1]))
        kept.append((text[place:], False))
    return Section(tuple(token for token in kept if token[0]), condition, is_han)


def _bracketed(inside: str) -> tuple[str, bool]:
    """Return what square brackets mean: elapsed time, a currency sign, or nothing that shows (a colour)."""
    if _ELAPSED.fullmatch(inside):
        return f"[{inside}]", False
    currency = _CURRENCY.match(inside)
    return (currency[1], True) if currency else ("", True)
