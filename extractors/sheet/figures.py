"""Writes plain numbers by a format code: digits, groups of three, percent, exponents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

__all__ = ["general", "numeral"]

_PLACEHOLDERS = re.compile(r"[0#?][0#?,.]*(?:E[+-]?[0#?]+)?|\.[0#?]+", re.I)
_FRACTION = re.compile(r"[#0?]\s*/\s*[\d#?]")
_SPECIAL = re.compile("general", re.I)
# Whole numbers up to here are stored exactly.
_EXACT = 2**53
_MOST_DECIMALS = 30
# Room for the largest number there is, written in full.
_WIDE = Context(prec=1_000, rounding=ROUND_HALF_UP)

Tokens = Sequence[tuple[str, bool]]


def general(value: float) -> str:
    """Return a number as a cell without a format shows it, long whole numbers in full.

    >>> general(35.0), general(0.1 + 0.2), general(13800000000.0)
    ('35', '0.3', '13800000000')
    """
    if abs(value) < _EXACT and value == int(value):
        return str(int(value))
    return f"{value:.11g}".replace("e", "E")


def numeral(value: float, tokens: Tokens) -> str:
    """Return a number with the digits, signs and words that a format section asks for.

    A section without any placeholder shows only its words; fractions are shown as decimals.
    """
    meaning = "".join(text for text, is_literal in tokens if not is_literal)
    if _FRACTION.search(meaning):
        return general(value)
    found = _PLACEHOLDERS.search(meaning)
    if found is None:
        return _words(value, tokens)
    digits = _digits(value, found[0], meaning.count("%"))
    return _sign(value, digits) + _filled(tokens, digits)


def _words(value: float, tokens: Tokens) -> str:
    said = "".join(
        text if is_literal else _SPECIAL.sub(general(value), text).replace("@", general(value))
        for text, is_literal in tokens
    )
    return said.strip()


def _sign(value: float, digits: str) -> str:
    # What rounds to nothing has no sign.
    return "-" if value < 0 and re.search("[1-9]", digits) else ""


def _filled(tokens: Tokens, digits: str) -> str:
    """Return the section's words with the digits where the first placeholders stand."""
    said: list[str] = []
    waiting = [digits]
    for text, is_literal in tokens:
        said.append(
            text if is_literal else _PLACEHOLDERS.sub(lambda _: waiting.pop() if waiting else "", text)
        )
    return "".join(said).strip()


def _digits(value: float, pattern: str, percent: int) -> str:
    mantissa, _, exponent = pattern.upper().partition("E")
    places = min(len(mantissa.partition(".")[2].rstrip(",")), _MOST_DECIMALS)
    if exponent:
        return _scientific(abs(value), places)
    # A comma behind the last digit counts in thousands, one among the digits sets off groups.
    scale = len(mantissa) - len(mantissa.rstrip(","))
    whole, _, decimals = mantissa.rstrip(",").partition(".")
    head, _, tail = _rounded(value, 2 * percent - 3 * scale, places).partition(".")
    least = decimals.count("0")
    tail = tail[:least] + tail[least:].rstrip("0")
    head = f"{int(head):,}" if "," in whole else _padded(head, whole)
    return f"{head}.{tail}" if tail else head


def _padded(head: str, whole: str) -> str:
    zeros = whole.count("0")
    return "" if not zeros and head == "0" else head.zfill(zeros)


def _rounded(value: float, shift: int, places: int) -> str:
    """Return a number, its point moved, rounded half up as spreadsheets do, not to the even neighbour."""
    exact = Decimal(repr(abs(value))).scaleb(shift, _WIDE)
    return f"{exact.quantize(Decimal(1).scaleb(-places), context=_WIDE):f}"


def _scientific(value: float, places: int) -> str:
    mantissa, _, exponent = f"{value:.{places}E}".partition("E")
    return f"{mantissa}E{int(exponent):+03d}"
