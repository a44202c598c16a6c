"""Dates as official papers write them: 2015年6月12日, 二〇一五年六月十二日, 2015.6.12."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Dated", "dates", "han_number"]

_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "两": 2,
}
_HAN = "〇○零ＯO一二三四五六七八九十"
_FULL_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_PATTERNS = (
    re.compile(
        rf"(?P<y>[0-9０-９{_HAN}]{{4}})\s*年\s*(?P<m>[0-9０-９{_HAN}]{{1,3}})\s*月\s*(?P<d>[0-9０-９{_HAN}]{{1,3}})\s*[日号]"
    ),
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d{2})\s?[.．/\-－—]\s?(?P<m>\d{1,2})\s?[.．/\-－—]\s?(?P<d>\d{1,2})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it stands in the text."""

    date: dt.date
    start: int
    end: int


def han_number(text: str) -> int | None:
    """Return the value of a small number in any spelling, or None.

    >>> [han_number(t) for t in ("十二", "二十", "三十一", "９", "二〇一五", "一百零三")]
    [12, 20, 31, 9, 2015, 103]
    """
    text = text.translate(_FULL_DIGITS).strip()
    if text.isascii() and text.isdigit():
        return int(text)
    if all(c in _HAN_DIGITS for c in text) and text:
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    total = current = 0
    for c in text:
        if c in _HAN_DIGITS:
            current = _HAN_DIGITS[c]
        elif c in "十百千":
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[c]
            current = 0
        else:
            return None
    return total + current if text else None


def dates(text: str) -> Iterator[Dated]:
    """Yield every full date of a text in order; what is no calendar day is left out.

    >>> [str(d.date) for d in dates("二○一五年十月二十日，改自2015.9.31、2015-09-30")]
    ['2015-10-20', '2015-09-30']
    """
    found = [dated for pattern in _PATTERNS for dated in _valid(pattern, text)]
    yield from sorted(found, key=lambda dated: dated.start)


def _valid(pattern: re.Pattern[str], text: str) -> Iterator[Dated]:
    for match in pattern.finditer(text):
        year, month, day = (han_number(match[part]) for part in "ymd")
        if year is None or month is None or day is None or not 1900 < year < 2100:
            continue
        try:
            yield Dated(dt.date(year, month, day), match.start(), match.end())
        except ValueError:
            continue
