"""What hangs in drawings, old (VML) and new (DrawingML): text boxes, word art, pictures, charts, objects.

A drawing is often stored twice, once for new and once for old versions of Word; one of the two is taken.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.word.names import CHART, DIAGRAM, DRAWING, OFFICE, PICTURE, Element, mc, r, v, w

__all__ = ["Hanging", "HangingKind", "alternative", "chart_lines", "diagram_lines", "hanging_in"]

_ALTERNATE, _CHOICE, _FALLBACK = mc("AlternateContent"), mc("Choice"), mc("Fallback")
_TEXT_BOX, _OBJECT, _CONTROL = w("txbxContent"), w("object"), w("control")
_IMAGE, _TEXT_PATH, _OLE = v("imagedata"), v("textpath"), f"{{{OFFICE}}}OLEObject"
_PICTURE = f"{{{PICTURE}}}pic"
_DIAGRAM = f"{{{DIAGRAM}}}relIds"
_TEXT, _TEXT_PARAGRAPH = f"{{{DRAWING}}}t", f"{{{DRAWING}}}p"
_DATA, _ID = r("dm"), r("id")
_UNDERSTOOD = (
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.microsoft.com/office/drawing/2010/",
    "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "http://schemas.openxmlformats.org/",
)


class HangingKind(enum.Enum):
    """What hangs in a drawing."""

    TEXT_BOX = "text_box"
    WORDS = "words"
    PICTURE = "picture"
    CHART = "chart"
    DIAGRAM = "diagram"
    OBJECT = "embedded_object"
    INK = "ink"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Hanging:
    """One thing in a drawing.

    ``text`` is what it says (word art), the id of the part it points to (chart, diagram, object), or
    nothing; ``program`` is what made an embedded object (``Excel.Sheet.12``).
    """

    kind: HangingKind
    element: Element
    text: str = ""
    program: str = ""


def alternative(element: Element) -> Element | None:
    """Return the one version of an ``mc:AlternateContent`` that is shown.

    That is the first choice made of things understood here, else the fallback, else any choice.
    """
    choices = element.findall(_CHOICE)
    for choice in choices:
        spaces = [choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split()]
        if all(space.startswith(_UNDERSTOOD) for space in spaces):
            return choice
    fallback = element.find(_FALLBACK)
    return fallback if fallback is not None or not choices else choices[0]


def hanging_in(root: Element) -> Iterator[Hanging]:
    """Yield what hangs in one drawing, in the order it is stored; text boxes are not looked into."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        found = _recognised(element)
        if found:
            yield found
        elif element.tag == _ALTERNATE:
            chosen = alternative(element)
            waiting.extend(() if chosen is None else reversed(chosen))
        elif isinstance(element.tag, str):
            waiting.extend(reversed(element))


def _recognised(element: Element) -> Hanging | None:
    tag = element.tag
    if tag == _TEXT_BOX:
        return Hanging(HangingKind.TEXT_BOX, element)
    if tag in (_PICTURE, _IMAGE):
        return Hanging(HangingKind.PICTURE, element)
    if tag == _TEXT_PATH:
        return Hanging(HangingKind.WORDS, element, element.get("string", ""))
    if tag == _TEXT_PARAGRAPH:
        return Hanging(HangingKind.WORDS, element, _words(element))
    return _linked(element)


def _linked(element: Element) -> Hanging | None:
    tag = element.tag
    if tag == _OBJECT:
        # The picture beside an embedded object is only its preview.
        embedded = element.find(_OLE)
        return None if embedded is None else _linked(embedded)
    if tag == _OLE:
        return Hanging(HangingKind.OBJECT, element, element.get(_ID, ""), element.get("ProgID", ""))
    if tag == _DIAGRAM:
        return Hanging(HangingKind.DIAGRAM, element, element.get(_DATA, ""))
    if tag == _CONTROL:
        return Hanging(HangingKind.CONTROL, element, element.get(_ID, ""))
    if isinstance(tag, str) and tag.endswith("}chart") and element.get(_ID):
        return Hanging(HangingKind.CHART, element, element.get(_ID, ""))
    if isinstance(tag, str) and tag.endswith("}contentPart"):
        return Hanging(HangingKind.INK, element, element.get(_ID, ""))
    return None


def diagram_lines(data: Element) -> Iterator[str]:
    """Yield the texts of a SmartArt diagram, one a line."""
    for paragraph in data.iter(_TEXT_PARAGRAPH):
        if words := _words(paragraph):
            yield words


def chart_lines(chart: Element) -> Iterator[str]:
    """Yield what a chart says: its titles, then each series with its categories and values."""
    for paragraph in chart.iter(_TEXT_PARAGRAPH):
        if words := _words(paragraph):
            yield words
    for series in chart.iter(f"{{{CHART}}}ser"):
        name = " ".join(_cached(series, "tx"))
        categories = [*_cached(series, "cat"), *_cached(series, "xVal")]
        values = [*_cached(series, "val"), *_cached(series, "yVal")]
        # Either list may be shorter, or missing.
        width = max(len(categories), len(values))
        pairs = zip(_filled(categories, width), _filled(values, width), strict=True)
        words = "，".join(f"{category} {amount}".strip() for category, amount in pairs)
        if name or words:
            yield f"{name}：{words}" if name else words


def _cached(series: Element, name: str) -> list[str]:
    part = series.find(f"{{{CHART}}}{name}")
    return [] if part is None else [found.text or "" for found in part.iter(f"{{{CHART}}}v")]


def _filled(words: list[str], width: int) -> list[str]:
    return words + [""] * (width - len(words))


def _words(paragraph: Element) -> str:
    return "".join(found.text or "" for found in paragraph.iter(_TEXT)).strip()
