"""Walks one story of a paper (the body, a text box, a note) and yields its paragraphs and tables in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.tables import Placed, StatedCell, StatedRow, header_rows, lay_out
from extractors.word.drawings import Hanging, alternative
from extractors.word.items import Anchored, Grid, Item, Ledger, Paragraph
from extractors.word.lines import SILENT, Line, LineReader, report_unknown
from extractors.word.names import Element, all_of, display_name, is_on, m, mc, r, value, w, whole_number
from extractors.word.numbering import Counter, Definitions, with_gap
from extractors.word.package import Package
from extractors.word.revisions import View
from extractors.word.styles import ParagraphStyle, Styles

__all__ = ["Setting", "Story"]

_PARAGRAPH, _TABLE, _ROW, _CELL = w("p"), w("tbl"), w("tr"), w("tc")
_PPR, _PSTYLE, _NUMBERING, _OUTLINE = w("pPr"), w("pStyle"), w("numPr"), w("outlineLvl")
_ROW_PROPERTIES, _CELL_PROPERTIES = w("trPr"), w("tcPr")
_SPAN, _BEFORE, _HEADER = w("gridSpan"), w("gridBefore"), w("tblHeader")
_VERTICAL, _HORIZONTAL, _VAL = w("vMerge"), w("hMerge"), w("val")
_CONTENT, _CHUNK, _ID = w("sdtContent"), w("altChunk"), r("id")
_ALTERNATE = mc("AlternateContent")
_THROUGH = all_of("customXml ins del moveTo moveFrom sdtContent")
_INLINE = frozenset((w("r"), w("hyperlink"), m("oMath"), m("oMathPara"), w("fldSimple"), w("subDoc")))
_CONTROL = w("sdt")
_BLOCKS = frozenset((_PARAGRAPH, _TABLE))
_BODY_TEXT_LEVEL = 9
_DEEPEST = 40

Hang = Callable[[Hanging, "Story"], Iterator[Item]]
Insert = Callable[[str, "Story"], Iterator[Item]]


@dataclass(frozen=True)
class Setting:
    """What all stories of one paper share.

    ``hang`` reads what hangs in a drawing and ``insert`` what is linked in as an alternative-format chunk;
    both are handed the story they occur in.
    """

    package: Package
    styles: Styles
    definitions: Definitions
    ledger: Ledger
    view: View
    hang: Hang
    insert: Insert


@dataclass
class Story:
    """One story: numbers are counted and fields are closed within it; text boxes in it are one more."""

    setting: Setting
    part: Part
    relations_of: str
    depth: int = 0
    reader: LineReader = field(init=False)
    counter: Counter = field(init=False)
    _boxes: Story | None = None

    def __post_init__(self) -> None:
        setting = self.setting
        self.reader = LineReader(setting.styles, setting.ledger, setting.view, setting.package.has_looks)
        self.counter = Counter(setting.definitions, setting.ledger)

    @property
    def boxes(self) -> Story:
        """The story of the text boxes that hang in this one."""
        if self._boxes is None:
            part = Part.TEXT_BOX if self.part is Part.BODY else self.part
            self._boxes = Story(self.setting, part, self.relations_of, self.depth + 1)
        return self._boxes

    def items(self, container: Element) -> Iterator[Item]:
        """Yield the paragraphs and tables of a body, cell, text box or note."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.setting.ledger.lose("too_deep", display_name(container))
        else:
            yield from self._items(container)
        self.depth -= 1

    def _items(self, container: Element) -> Iterator[Item]:
        line = Line()
        properties: Element | None = None
        for element in self._unwrapped(container):
            tag = element.tag
            if tag == _PARAGRAPH:
                properties = element.find(_PPR)
                self._read(element, properties, line)
                if not self.setting.view.ends_paragraph(properties):
                    continue
                yield from self._finished(line, properties)
                line = Line()
            elif tag in _INLINE:
                self.reader.read_one(element, line)
                yield from self._finished(line, None)
                line = Line()
            else:
                yield from self._block(element)
        if line.text or line.hanging:
            yield from self._finished(line, properties)

    def _unwrapped(self, container: Element, depth: int = 0) -> Iterator[Element]:
        """Yield what stands in a container, seeing through content controls and other wrappers."""
        for child in container:
            tag = child.tag
            if tag in _BLOCKS:
                yield child
            elif tag in SILENT or tag in self.setting.view.left_out:
                continue
            elif depth > _DEEPEST:
                self.setting.ledger.lose("too_deep", display_name(child))
            elif tag in _THROUGH or tag == _CONTROL:
                content = child.find(_CONTENT) if tag == _CONTROL else child
                yield from () if content is None else self._unwrapped(content, depth + 1)
            elif tag == _ALTERNATE:
                chosen = alternative(child)
                yield from () if chosen is None else self._unwrapped(chosen, depth + 1)
            else:
                yield child

    def _block(self, element: Element) -> Iterator[Item]:
        if element.tag == _TABLE:
            grid = self._table(element)
            if grid.cells:
                yield grid
        elif element.tag == _CHUNK:
            yield from self.setting.insert(element.get(_ID, ""), self)
        else:
            report_unknown(element, self.setting.ledger)

    def _read(self, paragraph: Element, properties: Element | None, line: Line) -> None:
        line.is_hidden = self._style(properties).is_hidden
        self.reader.read(paragraph, line)

    def _style(self, properties: Element | None) -> ParagraphStyle:
        return self.setting.styles.paragraph(value(properties, _PSTYLE))

    def _finished(self, line: Line, properties: Element | None) -> Iterator[Item]:
        text = line.text
        properties = self.setting.view.properties(properties)
        style = self._style(properties)
        label = self._label(properties, style, text)
        if text or label:
            self.setting.ledger.spend(len(text) + len(label))
            yield Paragraph(text, label, _heading_level(properties, style), self.part)
        for hanging in line.hanging:
            yield from self.setting.hang(hanging, self)

    def _label(self, properties: Element | None, style: ParagraphStyle, text: str) -> str:
        direct = None if properties is None else properties.find(_NUMBERING)
        if direct is None and style.number_id is None:
            return ""
        place = self.setting.definitions.place(direct, style)
        if place is None:
            return ""
        label, has_gap = self.counter.label(*place)
        return with_gap(label, text) if has_gap else label

    def _table(self, table: Element) -> Grid:
        rows: list[StatedRow] = []
        anchored: dict[tuple[int, int], list[Item]] = {}
        headers = 0
        for row in self._parts(table, _ROW):
            if not self.setting.view.shows_row(row):
                continue
            properties = row.find(_ROW_PROPERTIES)
            # Only header rows at the top are repeated; one further down is an ordinary row.
            headers += headers == len(rows) and bool(is_on(properties, _HEADER))
            before = whole_number(value(properties, _BEFORE))
            rows.append(StatedRow(tuple(self._cells(row, len(rows), anchored)), before))
        placed = lay_out(rows)
        self._note_covered(rows, placed)
        cells = tuple(one.cell for one in placed)
        return Grid(cells, headers or header_rows(cells), tuple(_anchored(placed, anchored)), self.part)

    def _cells(
        self, row: Element, number: int, anchored: dict[tuple[int, int], list[Item]]
    ) -> list[StatedCell]:
        """Read the cells of one row; what hangs on one is put down under its row and position."""
        cells: list[StatedCell] = []
        for cell in self._parts(row, _CELL):
            if not self.setting.view.shows_cell(cell):
                continue
            properties = cell.find(_CELL_PROPERTIES)
            span = whole_number(value(properties, _SPAN), 1, least=1)
            text = self._cell_text(cell, anchored.setdefault((number, len(cells)), []))
            if cells and _continues(properties, _HORIZONTAL):
                last = cells.pop()
                words = "\n".join(filter(None, (last.text, text)))
                cells.append(StatedCell(words, last.column_span + span, 1, last.continues_above))
            else:
                cells.append(StatedCell(text, span, 1, _continues(properties, _VERTICAL)))
        return cells

    def _cell_text(self, cell: Element, anchored: list[Item]) -> str:
        words: list[str] = []
        for item in self.items(cell):
            if isinstance(item, Paragraph) and item.part is self.part:
                words.append(item.shown)
            else:
                anchored.append(item)
        return "\n".join(words)

    def _parts(self, parent: Element, wanted: str) -> Iterator[Element]:
        """Yield the rows of a table or the cells of a row."""
        for child in self._unwrapped(parent):
            if child.tag == wanted:
                yield child
            else:
                report_unknown(child, self.setting.ledger)

    def _note_covered(self, rows: list[StatedRow], placed: list[Placed]) -> None:
        """Note words in cells that a merged cell covers: Word does not show them."""
        seen = {one.source for one in placed}
        for number, row in enumerate(rows):
            for position, cell in enumerate(row.cells):
                if cell.text and (number, position) not in seen:
                    self.setting.ledger.note("covered_cell", cell.text[:40])


def _continues(properties: Element | None, name: str) -> bool:
    """Whether a cell carries on a merged one: the element is there and does not say restart."""
    merge = None if properties is None else properties.find(name)
    return merge is not None and merge.get(_VAL, "continue") != "restart"


def _heading_level(properties: Element | None, style: ParagraphStyle) -> int:
    stated = value(properties, _OUTLINE)
    if stated is None:
        return style.heading_level
    level = whole_number(stated, _BODY_TEXT_LEVEL)
    return level + 1 if level < _BODY_TEXT_LEVEL else 0


def _anchored(placed: list[Placed], anchored: dict[tuple[int, int], list[Item]]) -> Iterator[Anchored]:
    for one in placed:
        for item in anchored.get(one.source, ()):
            yield Anchored(item, one.row, one.column)
