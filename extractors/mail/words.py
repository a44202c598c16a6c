"""The words in the head of a mail, whatever encoding they are in, stated or not.

Chinese mail programs cut encoded words in the middle of a character, write GBK bytes without saying so and
call GB18030 gb2312; the library's own reading then loses characters.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from email._policybase import Compat32

from extractors.archive.names import sensible_han
from extractors.plain import decode

__all__ = ["RAW", "in_charset", "spoken"]

_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(=\?)")
_WIDER = dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"), "gb18030")


class _Raw(Compat32):
    """Hands out headers as they are: bytes beyond ASCII as lone surrogates, nothing decoded."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


#: How mails are parsed.
RAW = _Raw()


def spoken(raw: str) -> str:
    """Return a header as a person reads it.

    >>> spoken("=?gb2312?B?zujR9A==?= =?gb2312?B?z9g=?=")
    '舞阳县'
    """
    unfolded = re.sub(r"\r?\n[ \t]*", " ", raw)
    text = _BETWEEN_WORDS.sub(r"\1\2", unfolded)
    pieces: list[str] = []
    place, charset, waiting = 0, "", b""
    for word in _WORD.finditer(text):
        between = text[place : word.start()]
        if between or word[1].lower() != charset:
            pieces += (in_charset(waiting, charset), _as_written(between))
            charset, waiting = word[1].lower(), b""
        # Bytes of neighbours are joined before they are decoded: a character may be cut in two.
        waiting += _word_bytes(word[2], word[3])
        place = word.end()
    pieces += (in_charset(waiting, charset), _as_written(text[place:]))
    return " ".join("".join(pieces).split())


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding in "qQ":
        return binascii.a2b_qp(text.encode("ascii", "replace"), header=True)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return text.encode("ascii", "replace")


def _as_written(text: str) -> str:
    """Return text that was put into a header without encoding it."""
    data = text.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return sensible_han(data) or decode(data)[0]


def in_charset(data: bytes, charset: str) -> str:
    """Return bytes as text in the encoding stated, or in the likeliest one where that does not fit."""
    name = charset.lower().partition("*")[0].strip("\"' ")
    try:
        return data.decode(codecs.lookup(_WIDER.get(name, name)).name) if data else ""
    except (LookupError, UnicodeError, ValueError):
        return decode(data)[0]
