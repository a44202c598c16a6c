"""Which bytes of rich text stand for which characters: code page of the paper, character set of the font."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

__all__ = ["SYMBOL_SET", "Font", "codec_of_page", "decoded"]

SYMBOL_SET = 2
_WESTERN = "cp1252"
_DOUBLE_BYTE = {"gb18030", "cp932", "cp949", "cp950", "johab"}
_PAGES = {
    936: "gb18030",
    54936: "gb18030",
    10000: "mac_roman",
    10008: "gb2312",
    65001: "utf-8",
    1361: "johab",
}
_SETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the paper: its name, and the encoding its character set stands for (none: the paper's)."""

    name: str = ""
    codec: str = ""
    is_symbol: bool = False

    @classmethod
    def of(cls, name: str, character_set: int, page: int) -> Font:
        """Return a font as the font table states it."""
        codec = _SETS.get(character_set, "") or (codec_of_page(page) if page else "")
        return cls(name, codec, character_set == SYMBOL_SET)


def codec_of_page(page: int) -> str:
    """Return the encoding of a code page, that of Western Windows for an unknown one."""
    if page in _PAGES:
        return _PAGES[page]
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return _WESTERN


def decoded(raw: bytes, font: Font, default: str) -> tuple[str, bool]:
    """Return bytes as text and whether all of them made sense.

    A font that claims Western characters may still hold Chinese ones where the paper is Chinese.

    >>> decoded(bytes.fromhex("d6d0"), Font("宋体", "gb18030"), "cp1252")
    ('中', True)
    """
    if raw.isascii():
        return raw.decode("ascii"), True
    if font.is_symbol:
        return raw.decode("latin-1"), True
    # One byte alone is no Chinese or Japanese character but a dash or quote of a Western font.
    tries = (font.codec,) if font.codec and len(raw) > 1 else (font.codec or default, _WESTERN)
    for codec in tries:
        try:
            return raw.decode(codec), True
        except UnicodeDecodeError:
            continue
    text = raw.decode(tries[-1], "replace")
    # The five bytes Windows leaves undefined are control characters and say nothing.
    if tries[-1] not in _DOUBLE_BYTE:
        return text.replace("\ufffd", ""), True
    return text, False
