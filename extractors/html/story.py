"""Walks a page from top to bottom and hands out its paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.html.grids import TableReader, is_layout
from extractors.html.lists import Numbering, numbering_of
from extractors.html.looks import Hiding, style_of
from extractors.html.page import Element, all_text, local_name
from extractors.pdf.characters import is_wide
from extractors.word.items import Item, Ledger, Paragraph

__all__ = ["Story"]

_SILENT = {
    "head",
    "script",
    "style",
    "template",
    "noscript",
    "noframes",
    "rt",
    "rp",
    "colgroup",
    "area",
    "param",
}
_BLOCKS = {
    *(
        "html",
        "body",
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "address",
    ),
    *("blockquote", "center", "form", "fieldset", "legend", "dl", "dt", "dd", "details", "summary", "figure"),
    *("figcaption", "hr", "tr", "td", "th", "caption", "thead", "tbody", "tfoot", "dir", "menu", "hgroup"),
}
_DELETED = {"del"}
_FRAMES = {"iframe", "frame", "object", "embed"}
_BLANK = re.compile(r"[ \t\r\n\f\xa0]+")
#: Which part of a paper Word marks with ``mso-element`` and LibreOffice with ``title``.
_PARTS = {
    "footnote-list": Part.FOOTNOTE,
    "endnote-list": Part.ENDNOTE,
    "comment-list": Part.COMMENT,
    "header": Part.HEADER,
    "footer": Part.FOOTER,
}


@dataclass(slots=True)
class Story:
    """The items of a page, or of one table cell, in the order in which they are shown.

    ``frames`` lists what the page would show from elsewhere.
    """

    ledger: Ledger
    hiding: Hiding
    items: list[Item] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _lists: list[Numbering] = field(default_factory=list)
    _label: str = ""
    _level: int = 0
    _part: Part = Part.BODY
    _is_set_as_typed: bool = False

    def read(self, element: Element) -> list[Item]:
        """Return everything inside an element."""
        self._inside(element)
        self._end()
        return self.items

    def _inside(self, element: Element) -> None:
        self._say(element.text)
        for child in element:
            self._meet(child)
            self._say(child.tail)

    def _meet(self, element: Element) -> None:
        name = local_name(element)
        if not name or name in _SILENT:
            return
        if not self._is_shown(element):
            return
        handler = _HANDLERS.get(name)
        if handler:
            handler(self, element)
        elif name in _BLOCKS:
            self._block(element)
        else:
            self._inside(element)

    def _is_shown(self, element: Element) -> bool:
        """Whether an element shows; words that do not are told."""
        if local_name(element) not in _DELETED and not self.hiding.hides(element):
            return True
        if all_text(element).strip():
            self.ledger.note("hidden_text")
        return False

    def _say(self, text: str | None) -> None:
        if text:
            self._words.append(text)

    def _end(self) -> None:
        """Close the paragraph that is being gathered."""
        text = "".join(self._words)
        self._words = []
        lines = text.split("\n") if self._is_set_as_typed else [text]
        for line in lines:
            words = _joined(line)
            if words:
                self.ledger.spend(len(words))
                self.items.append(Paragraph(words, self._label, self._level, self._part))
                self._label = ""

    def _block(self, element: Element) -> None:
        self._end()
        before = self._part
        self._part = _PARTS.get(style_of(element, "mso-element") or element.get("title", ""), before)
        self._inside(element)
        self._end()
        self._part = before

    def _break(self, element: Element) -> None:
        if self._level:
            self._words.append("\n")
        else:
            self._end()

    def _heading(self, element: Element) -> None:
        self._end()
        self._level = int(local_name(element)[1])
        self._inside(element)
        self._end()
        self._level = 0

    def _typed(self, element: Element) -> None:
        self._end()
        self._is_set_as_typed = True
        self._inside(element)
        self._end()
        self._is_set_as_typed = False

    def _list(self, element: Element) -> None:
        self._end()
        self._lists.append(numbering_of(element))
        self._inside(element)
        self._end()
        self._lists.pop()

    def _entry(self, element: Element) -> None:
        self._end()
        self._label = self._lists[-1].label(element) if self._lists else ""
        self._inside(element)
        self._end()
        self._label = ""

    def _table(self, element: Element) -> None:
        self._end()
        rows, outside = TableReader(self._cell_items, self._is_shown).rows(element)
        for words in outside:
            self._say(words)
            self._end()
        found = rows.grid(self._part)
        if is_layout(element, rows):
            self.items.extend(rows.items())
        elif found.cells:
            self.items.append(found)

    def _cell_items(self, element: Element) -> list[Item]:
        inner = Story(self.ledger, self.hiding, frames=self.frames)
        inner._part = self._part
        return inner.read(element)

    def _picture(self, element: Element) -> None:
        self.ledger.pictures += 1

    def _frame(self, element: Element) -> None:
        # What stands inside a frame is shown only by readers that have no frames.
        self.frames.append(element.get("src") or element.get("data") or local_name(element))

    def _input(self, element: Element) -> None:
        kind = element.get("type", "text").lower()
        if kind in ("checkbox", "radio"):
            self._say("☑" if element.get("checked") is not None else "☐")
        elif kind not in ("hidden", "submit", "button", "reset", "image", "password"):
            self._say(element.get("value"))

    def _choice(self, element: Element) -> None:
        options = list(element.iter("option", "{*}option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        self._say(" ".join(all_text(option).strip() for option in chosen))

    def _quotation(self, element: Element) -> None:
        self._say("“")
        self._inside(element)
        self._say("”")


_HANDLERS: dict[str, Callable[[Story, Element], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Story._heading),
    **dict.fromkeys(("pre", "textarea", "listing", "xmp"), Story._typed),
    **dict.fromkeys(("ul", "ol"), Story._list),
    **dict.fromkeys(_FRAMES, Story._frame),
    **dict.fromkeys(("img", "imagedata"), Story._picture),
    "br": Story._break,
    "li": Story._entry,
    "table": Story._table,
    "input": Story._input,
    "select": Story._choice,
    "q": Story._quotation,
}


def _joined(text: str) -> str:
    """Return words with blanks as they show; a line break between two Han characters shows nothing."""

    def blank(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        is_break = "\n" in match[0] and "\xa0" not in match[0]
        return "" if is_break and before and after and is_wide(before) and is_wide(after) else " "

    return _BLANK.sub(blank, text).strip()
