"""Numbers with their unit as official papers write them, exact or as a range.

``1126名`` is exact; ``三百余家`` is at least 300, ``近80%`` at most 80 %, ``约6.9万元`` a little either way,
``4至8户`` a range.  Values are ``Fraction``; money is in yuan, a percentage is a part of one.  Dates,
ordinals, document numbers and clock times are no quantities.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from fractions import Fraction

from pipeline.dates import han_number

__all__ = ["Family", "Quantity", "figure", "quantities", "shown", "told"]


class Family(enum.StrEnum):
    """Units that can be parts of one sum."""

    COUNT = "count"
    PIECE = "piece"
    MONEY = "money"
    RATIO = "ratio"
    SCORE = "score"
    OTHER = "other"


_FAMILIES = {
    Family.COUNT: "家 户 个 名 人 位 所",
    Family.PIECE: "人次 家次 户次 场 期 次 回 趟 件 条 项 份 篇 则 册 张 笔 宗 起 类 套 台 间 辆 眼 页 对",
    Family.MONEY: "元 块钱",
    Family.SCORE: "分",
    Family.OTHER: "平方米 平方公里 公里 亩 吨 斤 毫米 天 周 小时 分钟 课时 学时 倍 岁",
}
_FAMILY = {unit: family for family, units in _FAMILIES.items() for unit in units.split()}
_UNITS = "|".join(sorted(_FAMILY, key=lambda unit: (-len(unit), unit)))
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％＋－−", "0123456789.%+--")
_SCALES = {"百": 100, "千": 1_000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_SCALE = "万亿|百万|千万|[万亿百千]"
_ARABIC = r"[0-9０-９]{1,15}(?:,[0-9]{3})*(?:[.．][0-9０-９]{1,6})?"
_VALUE = rf"(?:{_ARABIC}|[零一二两三四五六七八九十百千]{{1,9}})"
_QUANTITY = re.compile(
    r"(?P<before>不少于|不低于|不超过|不高于|至少|最多|至多|大约|超过|(?<![预节公合条契])约|将近|(?<![最附邻])近|不足|不到)?"
    rf"(?P<value>{_VALUE})(?:(?:[-—–~～至])(?P<to>{_VALUE}))?"
    rf"(?P<more>[余多来几])?(?P<scale>{_SCALE})?(?P<more2>[余多来])?"
    r"(?:(?P<percent>[%％]|成(?![立为果员功效长绩就本熟套品年]))(?P<tenth>[一二三四五六七八九半])?"
    rf"|(?P<unit>{_UNITS})|(?<=[万亿余多来])(?=[，。；、）)]|$))"
    r"(?P<after>以上|以下|左右|上下|以内|以外|余|多)?"
)
_FIGURE = re.compile(
    rf"(?P<sign>[+-])?(?P<value>{_ARABIC})(?P<scale>{_SCALE})?(?:(?P<percent>%)|(?P<unit>{_UNITS})?)"
)
#: What must not stand before a number: an ordinal, a session, a document number, a part of a word.
_NOT_BEFORE = re.compile(r"(?:[第届〔\[号:：/A-Za-z]|[0-9０-９][.．、,-]?)$")
_WORD_WITH_ONE = re.compile(r"[统唯每同逐不之另某这那哪任专单万进]$")
_NOT_AFTER = re.compile(
    r"(?<=个)(?:月|百分|钟头|小时|工作日|星期|季度|方面)|(?<=分)[之钟]|(?<=周)[年岁]|(?<=次)会"
)
_AT_LEAST = ("不少于", "不低于", "至少", "超过")
_AT_MOST = ("不超过", "不高于", "最多", "至多", "近", "将近", "不足", "不到")
_ROUGHLY = ("约", "大约", "左右", "上下")
_ROUGH = Fraction(1, 10)  # how far 约 and 左右 may reach either way


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at ``start:end`` of a text.

    ``low`` and ``high`` bound it (None: open); ``step`` is what its last written digit is worth: 1.3万 is
    written to the nearest thousand.
    """

    start: int
    end: int
    low: Fraction | None
    high: Fraction | None
    unit: str
    family: Family
    step: Fraction

    @property
    def is_exact(self) -> bool:
        """Whether one value is meant and no range."""
        return self.low is not None and self.low == self.high

    @property
    def value(self) -> Fraction:
        """The value of an exact quantity, else the bound that is given."""
        return self.low if self.low is not None else self.high or Fraction(0)

    def can_add_to(self, total: Quantity) -> bool:
        """Whether the two count things that can be part and whole."""
        if self.family is not total.family or self.family is Family.RATIO:
            return False
        return self.family in (Family.COUNT, Family.MONEY, Family.SCORE) or self.unit == total.unit


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return every quantity of a text in order.

    >>> [(str(q.low), str(q.high), q.unit) for q in quantities("会员1126名，三百余家，占51.9%")]
    [('1126', '1126', '名'), ('300', '400', '家'), ('519/1000', '519/1000', '%')]
    """
    return tuple(_quantity(match) for match in _QUANTITY.finditer(text) if _is_quantity(text, match))


def figure(text: str) -> Quantity | None:
    """Return the number a table cell consists of, or None.

    >>> [str(figure(cell).value) for cell in ("+25", "98.1%", "480个", "8000万元")]
    ['25', '981/1000', '480', '80000000']
    """
    match = _FIGURE.fullmatch("".join(text.split()).translate(_FULL_WIDTH))
    if not match:
        return None
    value, step = _value(match["value"])
    scale = Fraction(_SCALES.get(match["scale"] or "", 1))
    if match["percent"]:
        scale /= 100
    unit = "%" if match["percent"] else match["unit"] or ""
    value, step = value * scale, step * scale
    value = -value if match["sign"] == "-" else value
    family = Family.RATIO if match["percent"] else _FAMILY.get(unit, Family.OTHER)
    return Quantity(0, len(text), value, value, unit, family, step)


def shown(value: Fraction, *, places: int = 4) -> str:
    """Write an exact value the short way.

    >>> shown(Fraction(1111)), shown(Fraction(177, 2)), shown(Fraction(44, 3), places=1)
    ('1111', '88.5', '14.7')
    """
    rounded = round(value, places)
    if rounded.denominator == 1:
        return str(rounded.numerator)
    return f"{float(rounded):.{places}f}".rstrip("0").rstrip(".")


def told(value: Fraction, family: Family) -> str:
    """Write an exact value as a paper would: money of ten thousand yuan and more in 万元.

    >>> told(Fraction(286_000), Family.MONEY), told(Fraction(1126), Family.COUNT)
    ('28.6万元', '1126')
    """
    if family is not Family.MONEY:
        return shown(value)
    return shown(value / 10_000) + "万元" if value >= 10_000 else shown(value) + "元"


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()][-2:]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(text, match.end()):
        return False
    return not (match["value"].startswith("一") and _WORD_WITH_ONE.search(before))


def _quantity(match: re.Match[str]) -> Quantity:
    value, step = _value(match["value"])
    scale = Fraction(_SCALES.get(match["scale"] or "", 1))
    unit = match["unit"] or "元"
    family = _FAMILY[unit]
    if match["percent"]:
        unit, family = "%", Family.RATIO
        if match["percent"] == "成":
            value += Fraction(_tenth(match["tenth"]), 10)
            scale, step = Fraction(1, 10), Fraction(1, 10) if match["tenth"] else Fraction(1)
        else:
            scale = Fraction(1, 100)
    low, high = _bounds(match, value, step)
    return Quantity(
        match.start(),
        match.end(),
        None if low is None else low * scale,
        None if high is None else high * scale,
        unit,
        family,
        step * scale,
    )


def _bounds(match: re.Match[str], value: Fraction, step: Fraction) -> tuple[Fraction | None, Fraction | None]:
    before, after = match["before"] or "", match["after"] or ""
    if match["to"]:
        other = _value(match["to"])[0]
        return min(value, other), max(value, other)
    if match["more"] or match["more2"] or after in ("余", "多"):
        return value, value + _magnitude(value, step)
    if before in _ROUGHLY or after in _ROUGHLY:
        return value * (1 - _ROUGH), value * (1 + _ROUGH)
    if before in _AT_LEAST or after in ("以上", "以外"):
        return value, None
    if before in _AT_MOST or after in ("以下", "以内"):
        return None, value
    return value, value


def _magnitude(value: Fraction, step: Fraction) -> Fraction:
    """Return what the last digit that is not zero is worth: 余 and 多 reach no further than that."""
    while value and not value % (step * 10):
        step *= 10
    return step


def _value(written: str) -> tuple[Fraction, Fraction]:
    """Return a number and what its last written digit is worth."""
    digits = written.translate(_FULL_WIDTH).replace(",", "")
    if digits[0].isascii():
        decimals = len(digits.partition(".")[2])
        return Fraction(digits), Fraction(1, 10**decimals)
    return Fraction(han_number(digits) or 0), Fraction(1)


def _tenth(written: str | None) -> Fraction:
    if written == "半":
        return Fraction(5)
    return Fraction(han_number(written) or 0) if written else Fraction(0)
