"""Numbers with their unit as official papers write them, exact or as a range.

``1126名`` is exact; ``三百余家`` is at least 300, ``近80%`` at most 80 %, ``约6.9万元`` a little either way,
``4至8户`` a range.  Values are ``Fraction``; money is in yuan, ratios are parts of one.  Dates, ordinals,
document numbers and clock times are no quantities.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pipeline.dates import han_number

__all__ = ["Family", "Quantity", "number", "quantities", "shown"]


class Family(enum.StrEnum):
    """Units that can be added up or compared with each other."""

    COUNT = "count"
    EVENT = "event"
    PIECE = "piece"
    MONEY = "money"
    RATIO = "ratio"
    SCORE = "score"
    OTHER = "other"


_FAMILIES = {
    Family.COUNT: "人次 家次 户次 家 户 个 名 人 位 所 处 对",
    Family.EVENT: "场 期 次 届 回 趟 班",
    Family.PIECE: "件 条 项 份 篇 则 册 张 笔 宗 起 类 部 本 套 台 间 辆 眼 座 字 页 支 块 枚",
    Family.MONEY: "元 块钱",
    Family.SCORE: "分",
    Family.OTHER: "平方米 平方公里 公里 亩 吨 斤 米 毫米 度 天 周 小时 分钟 课时 学时 倍 岁",
}
_FAMILY = {unit: family for family, units in _FAMILIES.items() for unit in units.split()}
_UNITS = "|".join(sorted(_FAMILY, key=lambda unit: (-len(unit), unit)))
_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
_SCALE = {"": 1, "百": 100, "千": 1_000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_ARABIC = r"[0-9０-９]+(?:,[0-9]{3})*(?:[.．][0-9０-９]+)?"
_HAN = r"[零一二两三四五六七八九十百千]+"
_VALUE = rf"(?:{_ARABIC}|{_HAN})"
_QUANTITY = re.compile(
    rf"(?P<before>不少于|不低于|不超过|不高于|至少|最多|至多|大约|超过|超|约|近|将近|不足|不到|达到)?"
    rf"(?P<value>{_VALUE})(?:(?:[-—–~～至到]|—{{2}})(?P<to>{_VALUE}))?"
    rf"(?P<more>[余多来]|几)?(?P<scale>万亿|百万|千万|万|亿|百|千)?(?P<more2>[余多来])?"
    rf"(?:(?P<percent>[%％]|个百分点|成(?![立为果员功效长绩就本熟套品年]))(?P<tenth>[一二三四五六七八九半])?"
    rf"|(?P<unit>{_UNITS})(?P<unit_of_money>)?)"
    rf"(?P<after>以上|以下|左右|上下|以内|之多|余|多)?"
)
_HUNDREDTH = re.compile(rf"百分之(?P<value>{_VALUE}(?:点{_HAN})?)")
_NOT_BEFORE = re.compile(r"(?:第|[〔\[【(（]|号|[0-9０-９.．/:：]|[A-Za-z])$")
_NOT_AFTER = re.compile(r"(?:方面|三步|季度|工[^作]?明确)")
_SCORE_WORDS = re.compile(r"分[钟别三析为头步到发管成散之解担工片]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at ``start:end`` of a text.

    ``low`` and ``high`` bound it (None: open); ``step`` is its last written digit, to allow for rounding:
    1.3万 is written to the nearest thousand.
    """

    text: str
    start: int
    end: int
    low: Fraction | None
    high: Fraction | None
    unit: str
    family: Family
    step: Fraction = Fraction(1)

    @property
    def is_exact(self) -> bool:
        """Whether one value is meant and no range."""
        return self.low is not None and self.low == self.high

    @property
    def value(self) -> Fraction:
        """The value of an exact quantity, else the bound that is given."""
        value = self.low if self.low is not None else self.high
        assert value is not None
        return value

    def allows(self, value: Fraction) -> bool:
        """Whether the quantity may stand for a value, rounding to its last digit aside."""
        slack = self.step / 2 if self.is_exact and self.step != 1 else Fraction(0)
        is_above = self.low is None or value >= self.low - slack
        return is_above and (self.high is None or value <= self.high + slack)

    def can_add_to(self, other: Quantity) -> bool:
        """Whether the two count things that can be parts of one sum."""
        if self.family is not other.family or self.family is Family.RATIO:
            return False
        return self.family in (Family.COUNT, Family.MONEY, Family.SCORE) or self.unit == other.unit
