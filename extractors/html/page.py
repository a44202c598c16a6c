"""Makes a tree of a web page: finds its encoding, whatever it declares, and parses it; nothing is fetched."""

from __future__ import annotations

import codecs
import re

import lxml.html
from lxml import etree

from extractors.document import Quality
from extractors.plain import decode
from extractors.word.items import Ledger

__all__ = ["Element", "all_text", "decoded_page", "local_name", "parsed"]

Element = etree._Element

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 4096
_MOST_REPLACED = 0.02
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 100_000
_WESTERN = ("iso8859", "cp125", "ascii", "mac-", "latin")
# Accents stand alone between Latin letters; Chinese words are runs of high bytes.
_CHINESE_RUN = 3.0


def decoded_page(data: bytes, stated: str = "") -> tuple[str, Quality]:
    """Return the text of a page and how far its encoding can be trusted.

    Valid UTF-8 is taken as such and Chinese bytes as GB18030, for pages declare either wrongly; any other
    declaration (``stated`` by a mail part, else in the page) is believed where it fits the bytes.
    """
    name = _codec(stated) or _declared(data)
    if _is_believable(name, data):
        try:
            return data.decode(name), Quality.GOOD
        except (UnicodeDecodeError, LookupError):
            pass
    text, quality = decode(data)
    if b"<" not in data or "<" in text:
        return text, quality
    # No page is written in an encoding that takes its tags for something else.
    text = data.decode("gb18030", "replace")
    return text, Quality.POOR if text.count("\ufffd") > _MOST_REPLACED * len(text) else Quality.FAIR


def _is_believable(name: str, data: bytes) -> bool:
    """Whether a declared encoding should be tried before the usual ones."""
    if not name or name.startswith(("gb", "utf", "hz")) or data.startswith(_BOMS) or _is_utf8(data):
        return False
    return not (name.startswith(_WESTERN) and _is_chinese(data))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return _codec(found[1].decode("ascii", "replace")) if found else ""


def _codec(name: str) -> str:
    """Return Python's name for an encoding of text, "" when it knows none."""
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    # rot13 and the like are no encodings of text.
    return found.name if getattr(found, "_is_text_encoding", True) else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_chinese(data: bytes) -> bool:
    runs = _HIGH_RUN.findall(data[:_SAMPLE])
    return bool(runs) and sum(map(len, runs)) / len(runs) >= _CHINESE_RUN


def parsed(text: str, ledger: Ledger) -> Element | None:
    """Return the tree of a page, None when it holds nothing; nesting past the parser's bound is told."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
        recover=True,
    )
    try:
        root: Element = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        ledger.lose("too_deep", "html")
    return root


def local_name(element: Element) -> str:
    """Return an element's name in small letters; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def all_text(element: Element) -> str:
    """Return all words inside an element, shown or not."""
    return "".join(str(piece) for piece in element.itertext())
