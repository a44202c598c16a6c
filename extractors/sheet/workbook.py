"""Reads the workbook of an ``.xlsx`` package: which sheets there are, and the words and formats they share.

The XML is read directly: only there is told how numbers are shown, what is hidden and which formulas were
never calculated, and a few far-off cells cannot make it claim memory for everything in between, as the
dense ranges of python-calamine do.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.document import Notice, Outcome
from extractors.sheet.formats import BUILT_IN
from extractors.word.package import Package, UnreadableError

__all__ = [
    "Element",
    "SheetPart",
    "Styles",
    "events",
    "main_part",
    "plain",
    "shared_strings",
    "sheet_parts",
    "styles_of",
    "words_in",
]

Element = etree._Element

_MAIN = "xl/workbook.xml"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_MOST_STYLES = 70_000


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it; ``kind`` is worksheet, chartsheet, dialogsheet or the like."""

    name: str
    part: str
    kind: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Styles:
    """The number format code of each cell style."""

    codes: tuple[str, ...] = ()
    is_1904: bool = False

    def code(self, style: str | None) -> str:
        """Return the format code of a style by its number as written, "" when there is none."""
        index = int(style) if style and style.isdecimal() and len(style) < 7 else 0
        return self.codes[index] if index < len(self.codes) else ""


def main_part(package: Package) -> str:
    """Return the name of the workbook's part.

    Raises UnreadableError when there is none, or when it is the binary kind that is not read.
    """
    name = package.related("", "officeDocument") or _MAIN
    if name.lower().endswith(".bin"):
        raise UnreadableError(Outcome.UNSUPPORTED, "unsupported_format", "xlsb")
    return name


def sheet_parts(package: Package, main: str) -> list[SheetPart]:
    """Return the sheets in the order of their tabs.

    Raises UnreadableError when the workbook cannot be read at all.
    """
    root = package.xml(main)
    if root is None:
        raise UnreadableError(Outcome.UNREADABLE, "no_main_part")
    relations = package.relations(main)
    found: list[SheetPart] = []
    for element in root.iterfind("{*}sheets/{*}sheet"):
        identifier = next((value for name, value in element.items() if str(name).endswith("}id")), "")
        relation = relations.get(str(identifier))
        name = element.get("name", "")
        if relation is None or relation.is_external:
            package.notices.append(Notice("missing_part", name, is_loss=True))
            continue
        is_hidden = element.get("state", "visible").lower() != "visible"
        found.append(SheetPart(name, relation.target, relation.kind, is_hidden))
    return found


def styles_of(package: Package, main: str) -> Styles:
    """Return how the cell styles of a workbook show numbers."""
    workbook = package.xml(main)
    properties = None if workbook is None else workbook.find("{*}workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "").lower() in ("1", "true")
    part = package.related(main, "styles")
    root = package.xml(part) if part else None
    if root is None:
        return Styles(is_1904=is_1904)
    own = {
        element.get("numFmtId", ""): element.get("formatCode", "")
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    numbers = [element.get("numFmtId", "0") for element in root.iterfind("{*}cellXfs/{*}xf")]
    return Styles(tuple(_code(number, own) for number in numbers[:_MOST_STYLES]), is_1904)


def _code(number: str, own: dict[str, str]) -> str:
    if number in own:
        return plain(own[number])
    return BUILT_IN.get(int(number), "") if number.isdecimal() and len(number) < 7 else ""


def shared_strings(package: Package, main: str) -> list[str]:
    """Return the words that cells refer to by number."""
    part = package.related(main, "sharedStrings")
    if not part:
        return []
    return [words_in(element) for element in events(package, part, ("{*}si",))]


def events(package: Package, part: str, tags: tuple[str, ...]) -> Iterator[Element]:
    """Yield the elements of some kinds as the part is read, each emptied afterwards.

    Broken XML is read as far as it goes, with a notice; nothing outside the part is ever opened.
    """
    data = package.read(part)
    if not data:
        package.notices.append(Notice("missing_part", part, is_loss=True))
        return
    context = etree.iterparse(
        io.BytesIO(data),
        tag=tags,
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in context:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    if len(context.error_log.filter_from_errors()):
        package.notices.append(Notice("damaged_xml", part, is_loss=True))
    if b"<!DOCTYPE" in data[:1024]:
        package.notices.append(Notice("document_type", part, is_loss=True))


def words_in(element: Element) -> str:
    """Return the words of a string whose parts may be set differently, readings of names left out."""
    texts: list[str] = []
    for child in element:
        name = _local(child)
        if name == "t":
            texts.append(child.text or "")
        elif name == "r":
            texts.extend(text.text or "" for text in child.iterfind("{*}t"))
    return plain("".join(texts))


def plain(text: str) -> str:
    r"""Return stored words as they show: escaped characters resolved, control characters dropped.

    >>> plain("第一行_x000D_\n第二行")
    '第一行\n第二行'
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # An escape may name half of a character.
    return _UNPRINTABLE.sub("", text).strip()


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
