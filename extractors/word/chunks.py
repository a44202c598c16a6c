"""Foreign text linked into a paper (``w:altChunk``): web pages, saved mails and plain text.

Programs that build papers from web forms leave such chunks; Word turns them into paragraphs on opening.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extractors.document import Part
from extractors.tables import StatedCell, StatedRow, header_rows, lay_out
from extractors.word.items import Grid, Item, Paragraph
from extractors.word.names import Element, whole_number

__all__ = ["page_items", "text_items", "web_page_in"]

_BREAKING = frozenset(
    (
        *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "form"),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "html",
            "li",
            "ol",
            "p",
            "pre",
            "section",
            "td",
            "tr",
            "ul",
        ),
    )
)
_UNSHOWN = frozenset(("script", "style", "head", "title", "template", "noscript", "select", "input"))
_DEEPEST = 100


def web_page_in(data: bytes) -> bytes | None:
    """Return the page inside a saved mail or single-file web archive, None when it holds none."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(content, bytes):
                return f'<meta charset="{charset}">'.encode() + content if charset else content
    return None


def text_items(text: str, part: Part) -> Iterator[Item]:
    """Yield the lines of plain text as paragraphs."""
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(line.strip(), part=part)


def page_items(data: bytes, part: Part) -> Iterator[Item]:
    """Yield the paragraphs and tables of a web page; nothing it links to is fetched."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, recover=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is not None:
        page = _Page(part)
        page.read(root)
        page.close()
        yield from page.items


@dataclass
class _Page:
    """A web page while it is read: finished items, and the words of the paragraph that is open."""

    part: Part
    items: list[Item] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    label: str = ""
    counts: dict[Element, int] = field(default_factory=dict)

    def read(self, element: Element, depth: int = 0) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSHOWN or depth > _DEEPEST:
            return
        if tag == "table":
            self.close()
            self.items.append(_table(element, self.part, depth))
            return
        if tag in _BREAKING:
            self.close()
        if tag == "br":
            self.words.append("\n")
        if tag == "li":
            self.label = self._item_label(element)
        self._say(element.text)
        for child in element:
            self.read(child, depth + 1)
            self._say(child.tail)
        if tag in _BREAKING:
            self.close()

    def close(self) -> None:
        lines = ("".join(self.words)).split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        if text:
            self.items.append(Paragraph(text, self.label, part=self.part))
            self.label = ""
        self.words.clear()

    def _item_label(self, item: Element) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "•"
        self.counts[parent] = self.counts.get(parent, whole_number(parent.get("start"), 1) - 1) + 1
        return f"{self.counts[parent]}."

    def _say(self, text: str | None) -> None:
        if text:
            self.words.append(text.replace("\n", " "))


def _table(table: Element, part: Part, depth: int) -> Grid:
    rows = [
        StatedRow(tuple(_cell(cell, part, depth) for cell in row.iterchildren("td", "th")))
        for row in table.iter("tr")
        if next(row.iterancestors("table"), None) is table
    ]
    cells = tuple(placed.cell for placed in lay_out(rows))
    return Grid(cells, header_rows(cells), (), part)


def _cell(cell: Element, part: Part, depth: int) -> StatedCell:
    page = _Page(part)
    page.read(cell, depth + 1)
    page.close()
    words = [found for item in page.items for found in _said(item)]
    span, rows = whole_number(cell.get("colspan"), 1), whole_number(cell.get("rowspan"), 1)
    return StatedCell("\n".join(words), span, rows)


def _said(item: Item) -> Iterator[str]:
    """Yield the words of an item; a table inside a cell of a web page is laid flat."""
    if isinstance(item, Paragraph):
        yield item.shown
    else:
        yield from (cell.text for cell in item.cells if cell.text)
