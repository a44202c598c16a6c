"""Writes a count as Word writes it: ``第十二条`` ``（三）`` ``④`` ``XIV`` (ECMA-376, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["numeral"]

_FULL_WIDTH = "０１２３４５６７８９"
_PLAIN = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def numeral(count: int, number_format: str) -> str | None:
    """Return a count in one of Word's number formats, None when the format is not known.

    A count beyond what the format has signs for is written in plain digits, as Word does.

    >>> numeral(12, "chineseCountingThousand")
    '十二'
    >>> numeral(21, "decimalEnclosedCircle")
    '21'
    """
    writer = _WRITERS.get(number_format)
    if writer is None:
        return None
    return writer(count) if count > 0 or number_format in _TAKE_ZERO else str(count)


@dataclass(frozen=True, slots=True)
class _Counting:
    """One way of counting in Han numerals with ten, hundred, thousand and ten thousand."""

    digits: str
    units: tuple[str, str, str, str]
    says_one_ten: bool = False
    says_one: bool = True
    says_zero: bool = True

    def __call__(self, count: int) -> str:
        if count >= 100_000_000:
            return str(count)
        above, below = divmod(count, 10_000)
        words = self._under_ten_thousand(above, is_first=True) + self.units[3] if above else ""
        if above and self.says_zero and 0 < below < 1_000:
            words += self.digits[0]
        return words + (self._under_ten_thousand(below, is_first=not above) if below else "")

    def _under_ten_thousand(self, count: int, *, is_first: bool) -> str:
        words = ""
        is_gap = False
        for power in (3, 2, 1, 0):
            digit = count // 10**power % 10
            if not digit:
                is_gap = bool(words)
                continue
            words += self.digits[0] if is_gap and self.says_zero else ""
            words += self._one_place(digit, power, is_leading=is_first and not words)
            is_gap = False
        return words

    def _one_place(self, digit: int, power: int, *, is_leading: bool) -> str:
        if power == 0:
            return self.digits[digit]
        # 十二, but 一百一十二; Japanese leaves the one out before ten, hundred and thousand alike.
        is_silent = digit == 1 and (
            not self.says_one or (power == 1 and is_leading and not self.says_one_ten)
        )
        return ("" if is_silent else self.digits[digit]) + self.units[power - 1]


def _in_digits(digits: str) -> Callable[[int], str]:
    return lambda count: "".join(digits[int(digit)] for digit in str(count))


def _padded(width: int) -> Callable[[int], str]:
    return lambda count: f"{count:0{width}d}"


def _up_to_99(zero: str) -> Callable[[int], str]:
    """Count with ten as a word up to 99, digit by digit from 100 on (chineseCounting)."""
    digits = zero + _PLAIN[1:]
    counting = _Counting(digits, ("十", "百", "千", "万"))
    by_digit = _in_digits(digits)
    return lambda count: counting(count) if count < 100 else by_digit(count)


def _signs(signs: str) -> Callable[[int], str]:
    return lambda count: signs[count - 1] if count <= len(signs) else str(count)


def _run(first: str, size: int) -> Callable[[int], str]:
    """Count with a run of ``size`` consecutive characters."""
    return _signs("".join(chr(ord(first) + step) for step in range(size)))


def _letters(first: str) -> Callable[[int], str]:
    # A … Z, AA, BB …; bounded, since a hostile start value would make a word of a million letters.
    return lambda count: chr(ord(first) + (count - 1) % 26) * min((count - 1) // 26 + 1, 30)


_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def _roman(count: int) -> str:
    if count > 32_767:
        return str(count)
    words = ""
    for amount, sign in _ROMAN:
        words += sign * (count // amount)
        count %= amount
    return words


def _ordinal(count: int) -> str:
    suffixes = {1: "st", 2: "nd", 3: "rd"}
    return f"{count}{'th' if count % 100 in (11, 12, 13) else suffixes.get(count % 10, 'th')}"


def _stem_and_branch(count: int) -> str:
    return _STEMS[(count - 1) % 10] + _BRANCHES[(count - 1) % 12]


_CHINESE = _Counting(_PLAIN, ("十", "百", "千", "万"))
_JAPANESE = _Counting(_PLAIN, ("十", "百", "千", "万"), says_one=False, says_zero=False)
_LEGAL_SIMPLE = _Counting("零壹贰叁肆伍陆柒捌玖", ("拾", "佰", "仟", "万"), says_one_ten=True)
_LEGAL_TRADITIONAL = _Counting("零壹貳參肆伍陸柒捌玖", ("拾", "佰", "仟", "萬"), says_one_ten=True)
_LEGAL_JAPANESE = _Counting(
    "〇壱弐参四伍六七八九", ("拾", "百", "阡", "萬"), says_one_ten=True, says_zero=False
)

_WRITERS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": _padded(2),
    # Not names of Word's: its custom formats ``001, 002, …`` go by these here.
    **{f"decimalZero{width}": _padded(width) for width in (2, 3, 4, 5)},
    "decimalFullWidth": _in_digits(_FULL_WIDTH),
    "decimalFullWidth2": _in_digits(_FULL_WIDTH),
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "ideographEnclosedCircle": _run("㊀", 10),
    "numberInDash": lambda count: f"- {count} -",
    "hex": lambda count: f"{count:X}",
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "ordinal": _ordinal,
    "chineseCounting": _up_to_99("〇"),
    "taiwaneseCounting": _up_to_99("○"),
    "chineseCountingThousand": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "japaneseCounting": _JAPANESE,
    "chineseLegalSimplified": _LEGAL_SIMPLE,
    "ideographLegalTraditional": _LEGAL_TRADITIONAL,
    "japaneseLegal": _LEGAL_JAPANESE,
    "ideographDigital": _in_digits(_PLAIN),
    "japaneseDigitalTenThousand": _in_digits(_PLAIN),
    "taiwaneseDigital": _in_digits("○" + _PLAIN[1:]),
    "ideographTraditional": _signs(_STEMS),
    "ideographZodiac": _signs(_BRANCHES),
    "ideographZodiacTraditional": _stem_and_branch,
}
_TAKE_ZERO = {"decimalZero", "decimalFullWidth", "decimalFullWidth2", "numberInDash"}
