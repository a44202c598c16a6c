"""The numbers in front of paragraphs: ``第一章`` ``一、`` ``（一）`` ``1.`` ``（1）`` ``①`` ``第一条``.

A number is either typed, and then must be told from figures that only look like one (``1.5万元``,
``3、4月份``, ``一、二季度``), or it is the label the word processor shows, and then there is no doubt.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Family", "Mark", "automatic_mark", "leading_number", "typed_mark"]


class Family(enum.IntEnum):
    """Kinds of numbers, outermost first as official papers use them (GB/T 9704-2012, 7.3.3)."""

    PART = 11
    CHAPTER = 12
    SECTION = 13
    ARTICLE = 14
    ROMAN = 15
    HAN = 16
    HAN_PAREN = 17
    DIGIT = 18
    DECIMAL_2 = 19
    DECIMAL_3 = 20
    DECIMAL_4 = 21
    DIGIT_PAREN = 22
    DIGIT_HALF = 23
    CIRCLED = 24
    LETTER = 25
    STEM = 26

    @property
    def is_division(self) -> bool:
        """Whether it divides the paper as a whole, so that it heads something even without a title."""
        return self in (Family.PART, Family.CHAPTER, Family.SECTION)


@dataclass(frozen=True, slots=True)
class Mark:
    """One number: as written, where the words after it begin, what kind and how much.

    ``parents`` are the numbers before the last point of ``2.3.1``: ``(2, 3)``.
    """

    text: str
    end: int
    family: Family
    value: int
    parents: tuple[int, ...] = ()


_HAN = "一二三四五六七八九"
_NUMERAL = f"[{_HAN}十百零〇○]{{1,5}}"
_ANY = rf"{_NUMERAL}|\d{{1,3}}"
_DIVISIONS = {
    "部分": Family.PART,
    "篇": Family.PART,
    "编": Family.PART,
    "章": Family.CHAPTER,
    "节": Family.SECTION,
    "条": Family.ARTICLE,
}
_DIVISION = re.compile(rf"第\s*({_ANY})\s*(部分|篇|编|章|节|条)(\s*[：:、．.]\s*|\s+|$)?")
_PAREN = re.compile(rf"[（(]\s*({_ANY})\s*[）)]\s*[、．.：:]?\s*")
_HALF_PAREN = re.compile(rf"({_NUMERAL}|\d{{1,2}})\s*[）)]\s*")
_HAN_POINT = re.compile(rf"({_NUMERAL})\s*[、．.]\s*")
_DIGIT_POINT = re.compile(r"(\d{1,3})\s*([、．.])(\s*)")
_DECIMAL = re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?![\d.．]*\d)[.．、]?(\s*)")
_LETTER = re.compile(r"([A-Za-z])\s*[、．.）)](?!\s*[A-Za-z.])\s*")
_ROMAN = re.compile(r"([Ⅰ-Ⅻⅰ-ⅻ])\s*[、．.]?\s*")
_ENCLOSED = re.compile(r"([①-⒛㈠-㈩㊀-㊉❶-❿])\s*[、．.]?\s*")

# 一、二季度 · 二、三产业 · 三、四线城市: the second numeral counts something, so the first does too.
_COUNTED = re.compile(r"[季月产级期批号等类年届次轮标楼组所、]|线|把手")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年")
_NUMBER = re.compile(r"\d+")
_MEASURE = re.compile(r"[万亿千百元倍米公吨度折月日年号岁时分秒个家名人次户场件项条亩股期]|[%％]|\d")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_TEN = {"十": 10, "百": 100}


def typed_mark(text: str) -> Mark | None:
    """Tell the number a paragraph begins with, or None where it begins with words or a mere figure.

    >>> typed_mark("（一）动员部署。").family.name
    'HAN_PAREN'
    >>> typed_mark("1.5万元已经到位") is None
    True
    """
    start = len(text) - len(text.lstrip())
    words = text[start:]
    if not words:
        return None
    for reader in _READERS:
        mark = reader(words)
        if mark and mark.value > 0:
            return Mark(mark.text, mark.end + start, mark.family, mark.value, mark.parents)
    return None


def automatic_mark(label: str) -> Mark | None:
    """Tell the kind of a number that the word processor shows; None for bullets and unknown shapes."""
    label = label.strip()
    if not label:
        return None
    bare = label.rstrip("、．.：: ")
    for pattern, family in _BARE:
        if found := pattern.fullmatch(bare):
            return Mark(label, 0, family, _amount(found[1]))
    # An ideographic space stands for the gap after the number: no figure can be meant.
    for reader in _READERS:
        mark = reader(label + "　")
        if mark and mark.end >= len(label):
            return Mark(label, 0, mark.family, mark.value, mark.parents)
    return None


def leading_number(text: str) -> tuple[str, int]:
    """Split off the number typed at the start of a paragraph.

    Gives back the number as typed, without the space around it, and the offset in ``text`` at which the
    words begin; ``("", 0)`` when the paragraph does not begin with a number.

    >>> leading_number("（一）动员部署")
    ('（一）', 3)
    >>> leading_number("一、二季度完成投资3亿元。")
    ('', 0)
    """
    mark = typed_mark(text)
    return (mark.text, mark.end) if mark else ("", 0)


def _division(text: str) -> Mark | None:
    found = _DIVISION.match(text)
    if not found:
        return None
    family = _DIVISIONS[found[2]]
    is_apart = found[3] is not None
    # 第一部分企业 and 第一条战线 are ordinary words; a title without a gap is short and has no sentence.
    is_title = family is not Family.ARTICLE and len(text) <= 30 and not re.search("[，。；]", text)
    if not (is_apart or is_title or family is Family.CHAPTER):
        return None
    return _mark(found, family, text)


def _paren(text: str) -> Mark | None:
    found = _PAREN.match(text)
    if not found:
        return None
    return _mark(found, Family.DIGIT_PAREN if found[1][0].isdigit() else Family.HAN_PAREN, text)


def _half_paren(text: str) -> Mark | None:
    found = _HALF_PAREN.match(text)
    if not found:
        return None
    return _mark(found, Family.DIGIT_HALF if found[1][0].isdigit() else Family.HAN_PAREN, text)


def _han_point(text: str) -> Mark | None:
    found = _HAN_POINT.match(text)
    if not found:
        return None
    following = re.match(_NUMERAL, text[found.end() :])
    is_next = following is not None and _amount(following[0]) == _amount(found[1]) + 1
    if following and is_next and _COUNTED.match(text, found.end() + following.end()):
        return None
    return _mark(found, Family.HAN, text)


def _digit_point(text: str) -> Mark | None:
    found = _DIGIT_POINT.match(text)
    if not found:
        return None
    following = _NUMBER.match(text, found.end())
    if following and not _YEAR.match(text, found.end()):
        is_decimal = found[2] != "、" and not found[3]
        is_series = found[2] == "、" and int(following[0]) == int(found[1]) + 1
        if is_decimal or is_series:
            return None
    return _mark(found, Family.DIGIT, text)


def _decimal(text: str) -> Mark | None:
    found = _DECIMAL.match(text)
    if not found or _YEAR.match(text, found.start()):
        return None
    numbers = [int(number) for number in re.split("[.．]", found[1])]
    rest = text[found.end() :]
    # 15.5.20 and 5.20 are dates, 1.5万元 a sum: a section number is small and followed by a title.
    is_date = len(numbers) > 2 and numbers[0] > 9
    is_figure = not found[2] and _MEASURE.match(rest) is not None
    if not rest.strip() and found[2] != "　":
        return None
    if is_date or is_figure or max(numbers[1:]) > 30 or 0 in numbers:
        return None
    family = Family(Family.DECIMAL_2 + len(numbers) - 2)
    return Mark(text[: found.end()].strip(), found.end(), family, numbers[-1], tuple(numbers[:-1]))


def _enclosed(text: str) -> Mark | None:
    found = _ENCLOSED.match(text)
    if not found:
        return None
    sign = found[1]
    family = Family.CIRCLED
    if "⑴" <= sign <= "⒇":
        family = Family.DIGIT_PAREN
    elif "⒈" <= sign <= "⒛":
        family = Family.DIGIT
    elif "㈠" <= sign <= "㈩":
        family = Family.HAN_PAREN
    return _mark(found, family, text)


def _roman(text: str) -> Mark | None:
    found = _ROMAN.match(text)
    return _mark(found, Family.ROMAN, text) if found else None


def _letter(text: str) -> Mark | None:
    found = _LETTER.match(text)
    return _mark(found, Family.LETTER, text) if found else None


def _mark(found: re.Match[str], family: Family, text: str) -> Mark:
    return Mark(text[: found.end()].strip(), found.end(), family, _amount(found[1]))


_READERS = (_division, _paren, _half_paren, _han_point, _decimal, _digit_point, _enclosed, _roman, _letter)
_BARE = (
    (re.compile(rf"({_NUMERAL})"), Family.HAN),
    (re.compile(r"(\d{1,3})"), Family.DIGIT),
    (re.compile(r"([IVXivx]+)"), Family.ROMAN),
    (re.compile(r"([A-Za-z]{1,2})"), Family.LETTER),
    (re.compile(f"([{_STEMS}{_BRANCHES}])"), Family.STEM),
)


def _amount(numeral: str) -> int:
    """Return what a numeral of any script amounts to; 0 where it is none."""
    if numeral.isdecimal():
        return int(numeral)
    if all(sign in _HAN + "十百零〇○" for sign in numeral):
        return _han_amount(numeral)
    for row in (_STEMS, _BRANCHES):
        if numeral in row:
            return row.index(numeral) + 1
    if not numeral.isascii():
        return int(unicodedata.numeric(numeral[0], 0))
    return sum(_letters(numeral))


def _han_amount(numeral: str) -> int:
    if not any(sign in _TEN for sign in numeral):
        return int("".join(str(_HAN.find(sign) + 1) for sign in numeral))
    total = pending = 0
    for sign in numeral:
        if sign in _TEN:
            total += (pending or 1) * _TEN[sign]
            pending = 0
        else:
            pending = _HAN.find(sign) + 1
    return total + pending


def _letters(numeral: str) -> Iterator[int]:
    """Yield what to add up for roman digits; a single other letter counts by its place in the alphabet."""
    digits = {"i": 1, "v": 5, "x": 10}
    values = [digits.get(sign, 0) for sign in numeral.lower()]
    if 0 in values:
        yield ord(numeral[0].lower()) - ord("a") + 1
        return
    for value, following in zip(values, [*values[1:], 0], strict=True):
        yield -value if value < following else value
