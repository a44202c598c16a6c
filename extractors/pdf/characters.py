"""What kind of character a PDF hands over, and what the reader sees instead of it.

PDF producers store some Han characters as radicals or compatibility forms that look the same (``⻓`` for
``长``); a search for the ordinary character would not find them.  Every replacement is one character for
one, so offsets never move.  Full-width punctuation stays as it was printed.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "CLOSING",
    "DROPPED",
    "NEVER_FIRST",
    "OPENING",
    "TERMINAL",
    "em_count",
    "is_em",
    "is_wide",
    "joint",
    "normalise",
    "opens_with_number",
    "wide_count",
]

#: Stands for a character that shows nothing on the page.
DROPPED = "\0"
#: Punctuation that may not begin a line, so the printer pulls a character down with it (GB/T 15834).
CLOSING = frozenset("，。、；：？！）》〉」』】〕”’,.;:?!)]}%％…—·～")
#: Those of them that no paragraph can begin with either; a dash or a dot may be a bullet.
NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”%％")
#: Punctuation that may not end a line.
OPENING = frozenset("（《〈「『【〔“‘([{")
#: Punctuation that ends a sentence or announces a list.
TERMINAL = frozenset("。！？；：!?;:…")

_COMPATIBILITY_RANGES = (
    range(0x2E80, 0x2FE0),
    range(0xF900, 0xFB00),
    range(0x2F800, 0x2FA20),
)

# Radicals with the shape of a whole simplified character, which NFKC leaves alone
# (Unicode Character Database, EquivalentUnifiedIdeograph.txt).
_RADICAL_FORMS = dict(
    zip(
        "⺁⺄⺈⺊⺌⺎⺕⺙⺝⺟⺠⺢⺣⺧⺩⺪⺫⺬⺭⺮⺶⺸⺼⺾⻀⻁⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙刀卜小兀彐攵月母民氺灬牛王疋目示礻竹羊羋肉艹艹虎覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·]")
_EM = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff5e\U00020000-\U0003ffff]")
_NUMBER = re.compile(
    r"(?:[（(][一二三四五六七八九十百\d]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,3}[、．.]"
    r"|第[一二三四五六七八九十百零\d]{1,5}[章节条款编]"
    r"|\d{1,3}(?:[、．）)]|\.(?!\d)|(?:\.\d{1,2}){1,3}(?=\s|[^\W\d万亿千百元倍个家名人次件]))"
    r"|[①-⑳⑴-⑽㈠-㈩●■◆▲□☑☐◎★])"
)


def _replacements() -> dict[int, str]:
    table = {code: DROPPED for code in (*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0xFEFF)}
    table |= {ord(blank): " " for blank in "\t\n\r\x0b\x0c"}
    # pdfium reports a hyphen at a line's end as U+0002 or U+FFFE.
    table |= {0x2: "-", 0xFFFE: "-", 0xA0: " "}
    for codes in _COMPATIBILITY_RANGES:
        for code in codes:
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                table[code] = plain
    return table | {ord(radical): plain for radical, plain in _RADICAL_FORMS.items()}


_REPLACEMENTS = _replacements()
# Wider than the table, but one look at it is quick.
_SUSPECT = re.compile(
    "[\0-\x1f\x7f-\xa0\xad\u200b\u2e80-\u2fdf\uf900-\ufaff\ufeff\ufffe\U0002f800-\U0002fa1f]"
)


def normalise(text: str) -> str:
    """Return the ordinary form of printed characters, one for one; ``DROPPED`` where nothing shows.

    >>> normalise("⼯⻓（")
    '工长（'
    """
    # Looking first is many times faster than translating; most text needs no change but its line ends.
    text = text.replace("\r", " ").replace("\n", " ")
    return text.translate(_REPLACEMENTS) if _SUSPECT.search(text) else text


def is_wide(char: str) -> bool:
    """Whether a character is printed one em wide: Han, kana, full-width punctuation."""
    return char > "\x7f" and _WIDE.match(char) is not None


def is_em(char: str) -> bool:
    """Whether a character is one em wide in every font; “” and … are narrow in Latin ones."""
    return char >= "\u2e80" and _EM.match(char) is not None


def em_count(text: str) -> int:
    """Return how many characters of a text are one em wide in every font."""
    return 0 if text.isascii() else len(_EM.findall(text))


def wide_count(text: str) -> int:
    """Return how many characters of a text are one em wide."""
    return 0 if text.isascii() else len(_WIDE.findall(text))


def joint(before: str, after: str) -> str:
    """Return what stands between two printed lines of one sentence: nothing in Chinese, a space in Latin.

    >>> joint("县级", "工商联"), joint("member", "service")
    ('', ' ')
    """
    if not before or not after or before.endswith("-"):
        return ""
    return "" if is_wide(before[-1]) or is_wide(after[0]) else " "


def opens_with_number(text: str) -> bool:
    """Whether a line begins with an item number or bullet such as ``（一）``, ``2.`` or ``第三条``."""
    return _NUMBER.match(text) is not None
