"""Writes dates and times by a format code; spreadsheets store them as days since the year 1900 or 1904."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.word.numerals import numeral as counted

__all__ = ["is_moment", "moment"]

_DAY = 86_400
_LAST_DAY = 2_958_465
#: The serial of the day that Excel believes in and no calendar has: 29 February 1900.
_PHANTOM = 60
_PART = re.compile(
    r"\[h+\]|\[m+\]|\[s+\]|y+|e+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|am/pm|a/p|上午/下午|general|.", re.I | re.S
)
_LETTER = re.compile(r"[ymdhse]|a{3,4}", re.I)
_WEEK = "一二三四五六日"
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Tokens = Sequence[tuple[str, bool]]


def is_moment(meaning: str) -> bool:
    """Whether a format section shows a date or a time; ``meaning`` is without its quoted words."""
    bare = re.sub(r"general|e[+-]|\[[^hms\]]*\]", "", meaning, flags=re.I)
    return _LETTER.search(bare) is not None and not re.search(r"[#?]", bare)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day, the seconds since its midnight and since the count of days began."""

    day: date
    second: float
    elapsed: float
    is_han: bool
    has_half_days: bool


def moment(value: float, tokens: Tokens, *, is_1904: bool, is_han: bool) -> str | None:
    """Return a date or time as its cell shows it; None when the number is no moment.

    ``is_han`` asks for Han numerals, as in 二〇一五年六月.
    """
    meaning = "".join(text for text, is_literal in tokens if not is_literal)
    if not 0 <= value <= _LAST_DAY + 1:
        return None
    has_fractions = re.search(r"s\.0|\]\.0", meaning, re.I) is not None
    elapsed = value * _DAY if has_fractions else float(round(value * _DAY))
    if elapsed >= (_LAST_DAY + 1) * _DAY:
        return None
    days, second = divmod(elapsed, _DAY)
    has_half_days = re.search(r"am/pm|a/p|上午/下午", meaning, re.I) is not None
    found = _Moment(_date(int(days), is_1904=is_1904), second, elapsed, is_han, has_half_days)
    return "".join(_parts(found, tokens)).strip()


def _date(days: int, *, is_1904: bool) -> date:
    if is_1904:
        return date(1904, 1, 1) + timedelta(min(days, _LAST_DAY - 1462))
    return date(1899, 12, 30 if days > _PHANTOM else 31) + timedelta(days)


def _parts(found: _Moment, tokens: Tokens) -> list[str]:
    pieces: list[tuple[str, bool]] = []
    for text, is_literal in tokens:
        if is_literal:
            pieces.append((text, True))
        else:
            pieces.extend((piece, False) for piece in _PART.findall(text))
    meant = [piece.lower() for piece, is_literal in pieces if not is_literal and _is_clock(piece)]
    said: list[str] = []
    place = 0
    for piece, is_literal in pieces:
        if is_literal or not _is_clock(piece):
            said.append(piece)
            continue
        around = (meant[place - 1] if place else "", meant[place + 1] if place + 1 < len(meant) else "")
        said.append(_said(found, piece.lower(), around))
        place += 1
    return said


def _is_clock(piece: str) -> bool:
    is_bracketed = len(piece) > 2 and (piece[0] == "[" or "/" in piece)
    return is_bracketed or piece[0].lower() in "yemdhs" or piece[:3].lower() == "aaa"


def _said(found: _Moment, part: str, around: tuple[str, str]) -> str:
    """Return one part of a moment; ``m`` between hours and seconds is minutes, else the month."""
    if part[0] == "[":
        return _elapsed(found, part)
    if part[0] == "m" and (around[0].strip("[")[:1] == "h" or around[1].strip("[")[:1] == "s"):
        return _two(int(found.second // 60 % 60), part)
    writer = _WRITERS[part[0] if part[0] != "a" or part.startswith("aaa") else "/"]
    return writer(found, part)


def _elapsed(found: _Moment, part: str) -> str:
    unit = {"h": 3600, "m": 60, "s": 1}[part[1]]
    return str(int(found.elapsed // unit)).zfill(len(part) - 2)


def _two(number: int, part: str) -> str:
    return f"{number:02d}" if len(part) > 1 else str(number)


def _year(found: _Moment, part: str) -> str:
    year = str(found.day.year)
    if part[0] == "y" and len(part) < 3:
        year = year[-2:]
    return year.translate(_DIGITS) if found.is_han else year


def _month(found: _Moment, part: str) -> str:
    if len(part) >= 3:
        return _MONTHS[found.day.month - 1][: 1 if len(part) == 5 else 3]
    return _number(found, found.day.month, part)


def _day(found: _Moment, part: str) -> str:
    if len(part) >= 3:
        return _WEEKDAYS[found.day.weekday()][: 3 if len(part) == 3 else None]
    return _number(found, found.day.day, part)


def _number(found: _Moment, number: int, part: str) -> str:
    if found.is_han:
        return counted(number, "chineseCountingThousand") or str(number)
    return _two(number, part)


def _hour(found: _Moment, part: str) -> str:
    hour = int(found.second // 3600)
    return _two((hour + 11) % 12 + 1 if found.has_half_days else hour, part)


def _second(found: _Moment, part: str) -> str:
    whole, _, decimals = part.partition(".")
    if not decimals:
        return _two(int(found.second % 60), whole)
    width = len(decimals) + (3 if len(whole) > 1 else 0)
    return f"{found.second % 60:0{width}.{len(decimals)}f}"


def _weekday(found: _Moment, part: str) -> str:
    return ("星期" if len(part) == 4 else "") + _WEEK[found.day.weekday()]


def _half_day(found: _Moment, part: str) -> str:
    is_morning = found.second < _DAY / 2
    first, second = {"am/pm": ("AM", "PM"), "a/p": ("A", "P")}.get(part, ("上午", "下午"))
    return first if is_morning else second


_WRITERS = {
    "y": _year,
    "e": _year,
    "m": _month,
    "d": _day,
    "h": _hour,
    "s": _second,
    "a": _weekday,
    "/": _half_day,
    "上": _half_day,
}
