"""Text from strangers made safe to print: what no page or sheet can show is taken out or made visible."""

from __future__ import annotations

import re

__all__ = ["formula_safe", "printable", "shortened"]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
#: Lone surrogates (file names in broken encodings) cannot be written as UTF-8; direction overrides can
#: make ``fdp.exe`` read as ``exe.pdf``.  Both become a visible mark.
_DECEPTIVE = re.compile("[\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def printable(text: str) -> str:
    r"""Return text without control characters; tabs and line ends stay.

    >>> printable("方案\x07\u202excod.docx")
    '方案�xcod.docx'
    """
    return _DECEPTIVE.sub("\ufffd", _CONTROL.sub("", text))


def formula_safe(text: str) -> str:
    r"""Return text that no spreadsheet takes for a formula: an apostrophe goes before a risky start.

    Full-width signs count too, because Chinese Excel reads ``＝1+1`` as a formula.

    >>> formula_safe('=HYPERLINK("…")'), formula_safe("7月底前")
    ('\'=HYPERLINK("…")', '7月底前')
    """
    clean = printable(text)
    is_risky = clean.startswith(_FORMULA) or clean.lstrip().startswith(_FORMULA)
    return "'" + clean if is_risky else clean


def shortened(text: str, limit: int) -> str:
    """Return at most ``limit`` characters, saying how many were left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}……（下略{len(text) - limit}字，见原文）"
