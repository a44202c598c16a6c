"""Reads what lies beside the cells of an ``.xlsx`` sheet: comments, text boxes, pictures, files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from extractors.attached import AttachedFile
from extractors.document import Part
from extractors.sheet.grid import Workbook
from extractors.sheet.workbook import Element, SheetPart, events, plain, words_in
from extractors.word.embedded import carried_file
from extractors.word.package import Package

__all__ = ["embedded_files", "remarks_beside"]

_CHART = "/chart"
_CARRIED = ("oleObject", "package")


def remarks_beside(package: Package, part: SheetPart, book: Workbook) -> list[tuple[Part, str]]:
    """Return the text boxes and comments of a sheet; pictures and charts become notices."""
    found: list[tuple[Part, str]] = []
    for relation in package.relations(part.part).values():
        if relation.is_external:
            continue
        if relation.kind == "drawing":
            found.extend((Part.TEXT_BOX, words) for words in _drawn_words(package, relation.target, book))
        elif relation.kind == "comments":
            found.extend((Part.COMMENT, words) for words in _comments(package, relation.target))
    return [(kind, words) for kind, words in found if book.take(words)]


def _comments(package: Package, part: str) -> Iterator[str]:
    for element in events(package, part, ("{*}comment",)):
        text = element.find("{*}text")
        words = "" if text is None else words_in(text)
        if words:
            yield words


def _drawn_words(package: Package, part: str, book: Workbook) -> Iterator[str]:
    """Yield the words in the shapes of a drawing."""
    pictures = charts = 0
    for element in events(package, part, ("{*}sp", "{*}pic", "{*}graphicData")):
        kind = str(element.tag).rpartition("}")[2]
        if kind == "sp":
            words = "\n".join(filter(None, map(_line, element.iter("{*}p"))))
            if words:
                yield words
        elif kind == "pic":
            pictures += 1
        elif element.get("uri", "").endswith(_CHART):
            charts += 1
    if pictures:
        book.note("picture", str(pictures))
    if charts:
        book.note("chart")


def _line(paragraph: Element) -> str:
    return plain("".join(text.text or "" for text in paragraph.iter("{*}t")))


def embedded_files(package: Package, part: SheetPart) -> Iterator[AttachedFile]:
    """Yield the files put into a sheet as objects."""
    for relation in package.relations(part.part).values():
        if relation.kind not in _CARRIED or relation.is_external:
            continue
        data = package.carried(relation.target)
        found = carried_file(data, relation.target) if data else None
        if found:
            yield AttachedFile(*found)
        else:
            yield AttachedFile(posixpath.basename(relation.target), problem="attachment_unreadable")
