"""Names in the XML of Word papers, spelled once (ECMA-376, transitional namespaces).

Papers in the strict variant are brought to these namespaces when a part is read (``package``).
"""

from __future__ import annotations

from lxml import etree

__all__ = [
    "Element",
    "all_of",
    "display_name",
    "is_on",
    "m",
    "mc",
    "r",
    "v",
    "value",
    "w",
    "w14",
    "whole_number",
]

Element = etree._Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
VML = "urn:schemas-microsoft-com:vml"
OFFICE = "urn:schemas-microsoft-com:office:office"

_PREFIXES = {
    WORD: "w",
    MATH: "m",
    DRAWING: "a",
    CHART: "c",
    DIAGRAM: "dgm",
    PICTURE: "pic",
    COMPATIBILITY: "mc",
    WORD_2010: "w14",
    VML: "v",
    OFFICE: "o",
}
_OFF = {"0", "false", "off", "none"}


def w(name: str) -> str:
    """Return the full name of something in the main Word namespace."""
    return f"{{{WORD}}}{name}"


def r(name: str) -> str:
    """Return the full name of a relationship attribute."""
    return f"{{{RELATION}}}{name}"


def m(name: str) -> str:
    """Return the full name of something in a formula."""
    return f"{{{MATH}}}{name}"


def mc(name: str) -> str:
    """Return the full name of a compatibility wrapper."""
    return f"{{{COMPATIBILITY}}}{name}"


def v(name: str) -> str:
    """Return the full name of something in an old (VML) drawing."""
    return f"{{{VML}}}{name}"


def w14(name: str) -> str:
    """Return the full name of something Word 2010 added."""
    return f"{{{WORD_2010}}}{name}"


def all_of(names: str) -> frozenset[str]:
    """Return the full Word names of a space-separated list."""
    return frozenset(w(name) for name in names.split())


_VAL = w("val")


def value(parent: Element | None, name: str) -> str | None:
    """Return the ``w:val`` of a child, None when the child or its value is not there."""
    if parent is None:
        return None
    child = parent.find(name)
    return None if child is None else child.get(_VAL)


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether an on/off property is set: True, False, or None when nothing is said."""
    if parent is None:
        return None
    child = parent.find(name)
    if child is None:
        return None
    return child.get(_VAL, "1") not in _OFF


def display_name(element: Element) -> str:
    """Return a name a person can look up: ``w:altChunk``."""
    # Not etree.QName: it refuses the odd names that damaged XML is full of.
    space, _, name = element.tag.rpartition("}")
    prefix = _PREFIXES.get(space.lstrip("{")) or element.prefix
    return f"{prefix}:{name}" if prefix else name


def whole_number(text: str | None, default: int = 0, *, least: int = 0, most: int = 1_000_000) -> int:
    """Return a number from an attribute, the default when it is none, kept within bounds."""
    try:
        number = int(text) if text else default
    except ValueError:
        number = default
    return min(max(number, least), most)
