"""Ticks, boxes and bullets of the symbol fonts, as the Unicode characters that look like them.

A symbol font draws pictures in the places of ordinary letters; Word stores them either as ``w:sym`` or as
characters of the private use area (U+F000–U+F0FF).
"""

from __future__ import annotations

import string

__all__ = ["BULLET", "is_symbol_font", "shown_in", "symbol"]

BULLET = "•"


def _chart(places: str) -> dict[int, str]:
    """Read pairs of place (two hexadecimal digits) and look: ``FE☑``."""
    return {int(pair[:2], 16): pair[2:] for pair in places.split()}


def _row(first: int, signs: str) -> dict[int, str]:
    return {first + step: sign for step, sign in enumerate(signs)}


# Places follow the published charts of the fonts; what no plain character resembles is left out.
_COUNTS = "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"
_WINGDINGS = _row(0x80, _COUNTS) | _chart(
    "22✂ 28☎ 29✆ 2A✉ 36⌛ 3F✍ 41✌ 45☜ 46☞ 47☝ 48☟ 4A☺ 4C☹ 52☼ 54❄ 58✠ 5B☯ 6C● 6D❍ 6E■ 6F□ 70□ 71❑ 72❒ 73◆ "
    "74◆ 75◆ 76❖ 77◆ 78☒ 7B❀ 7D❝ 7E❞ 9E· 9F• A0▪ A1○ A2○ A4◉ A5◎ A6○ A7▪ A8☐ AA✦ AB★ AC✶ AD✴ AE✹ D8➢ DC➲ "
    "DF← E0→ E1↑ E2↓ E3↖ E4↗ E5↙ E6↘ E7← E8➔ E9↑ EA↓ EF⇦ F0⇨ F1⇧ F2⇩ FB✗ FC✔ FD☒ FE☑ "
)
_WINGDINGS_2 = _row(0x69, _COUNTS) | _chart(
    "4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 55⊗ 56⊗ 97● 98● 99○ 9F■ A0■ A2■ A3☐ A4☐ "
)
_WINGDINGS_3 = _chart("70▲ 71▼ 74◀ 75▶ 7D▶ 84◀")
_WEBDINGS = _chart("34▶ 35▲ 36▼ 61✓ 63☐ 67■ 6E● 72✗")
_SYMBOL = (
    {ord(sign): sign for sign in string.digits + "!#%&()+,./:;<=>?[]{|}_ "}
    | _row(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")
    | _row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ")
    | _chart(
        "2D− A3≤ A5∞ A7♣ A8♦ A9♥ AA♠ AB↔ AC← AD↑ AE→ AF↓ B0° B1± B2″ B3≥ B4× B7• B8÷ B9≠ BA≡ BB≈ BC… C6∅ "
        "C7∩ C8∪ CE∈ D0∠ D2® D3© D4™ D5∏ D6√ D7⋅ DB⇔ DE⇒ E5∑ F2∫ "
    )
)
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}


def is_symbol_font(font: str) -> bool:
    """Whether a font draws pictures where other fonts have letters."""
    return font.lower() in _FONTS


def symbol(font: str, code: int) -> str | None:
    """Return what a place in a symbol font looks like, None when that is not known.

    >>> symbol("Wingdings", 0xF0FE)
    '☑'
    """
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return _FONTS.get(font.lower(), {}).get(place)


def shown_in(font: str, text: str) -> tuple[str, str]:
    """Return text typed in a symbol font as it looks, and the characters that could not be told.

    In the ``Symbol`` font a character beyond its places (a Han character typed by mistake) is drawn by
    another font, so it is what it is.
    """
    shown: list[str] = []
    unknown: list[str] = []
    for character in text:
        code = ord(character)
        is_place = code < 0x100 or 0xF000 <= code <= 0xF0FF
        found = symbol(font, code) if is_place and not character.isspace() else character
        shown.append(found or "")
        if found is None:
            unknown.append(character)
    return "".join(shown), "".join(unknown)
