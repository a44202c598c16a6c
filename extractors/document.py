"""What every extractor returns: one document model for all file formats.

A ``Document`` is a flat, ordered run of ``Block`` and ``Table`` values.  A ``Locator`` names a place in
it: ``document.text_at(locator)`` gives back exactly the words that were quoted from there.  Everything is
frozen, made of plain values, and can be pickled between processes.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

__all__ = [
    "Block",
    "BlockKind",
    "Box",
    "Cell",
    "Document",
    "Extraction",
    "Grade",
    "Limits",
    "Line",
    "Locator",
    "Notice",
    "Outcome",
    "Part",
    "Quality",
    "Source",
    "Table",
    "Withheld",
]


class Outcome(enum.StrEnum):
    """How reading one file ended; never ``OK`` while something was lost."""

    OK = "ok"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    MISSING_TOOL = "missing_tool"
    IGNORED = "ignored"

    @property
    def has_text(self) -> bool:
        """Whether a document came out of it."""
        return self in (Outcome.OK, Outcome.PARTIAL)


class Quality(enum.IntEnum):
    """How far the text of a page may be trusted; ordered, so grades can be compared."""

    NONE = 0
    POOR = 1
    FAIR = 2
    GOOD = 3


class Part(enum.StrEnum):
    """Which part of a paper a block stands in."""

    BODY = "body"
    TEXT_BOX = "text_box"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"

    @property
    def is_content(self) -> bool:
        """Whether the words count as what the paper says (running heads and comments do not)."""
        return self not in (Part.HEADER, Part.FOOTER, Part.COMMENT)


_PART_NAMES = {
    Part.TEXT_BOX: "文本框",
    Part.HEADER: "页眉",
    Part.FOOTER: "页脚",
    Part.FOOTNOTE: "脚注",
    Part.ENDNOTE: "尾注",
    Part.COMMENT: "批注",
}


class BlockKind(enum.StrEnum):
    """What a block is in the paper's outline."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"box is inside out: {self}")

    def union(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Locator:
    """Where some words stand; one address type for every format.

    ``block`` is the index in ``Document.content``.  ``row`` and ``column`` are 1-based grid positions and
    are set only inside a table; ``start`` and ``end`` are character offsets in the block's or cell's text.
    ``number`` is what a person counts: the paragraph's or table's 1-based ordinal within its part.

    >>> str(Locator(block=7, number=2, row=4, column=3, page=3, label="责任人", start=0, end=2))
    '第3页 表2 第4行“责任人”'
    """

    block: int
    number: int = 0
    part: Part = Part.BODY
    row: int | None = None
    column: int | None = None
    start: int = 0
    end: int = 0
    page: int | None = None
    sheet: str = ""
    label: str = ""
    box: Box | None = None

    def __str__(self) -> str:
        words = [f"第{self.page}页"] if self.page else []
        if self.sheet:
            words.append(f"工作表“{self.sheet}”")
        if self.part in _PART_NAMES:
            words.append(_PART_NAMES[self.part])
        if self.row is None:
            words.append(f"第{self.number}段")
        else:
            column = f"“{self.label}”" if self.label else f"第{self.column}列"
            words.append(f"表{self.number}")
            words.append(f"第{self.row}行{column}")
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a block: ``text[start:end]`` stands on ``page`` inside ``box``."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or heading.

    ``label`` is the number the word processor shows but does not store in the text (``（一）``);
    ``heading_path`` lists the headings above it, outermost first, its own run-in heading last.
    """

    text: str
    locator: Locator
    kind: BlockKind = BlockKind.PARAGRAPH
    label: str = ""
    level: int = 0
    heading_path: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def shown(self) -> str:
        """The paragraph as the reader sees it, number included."""
        return self.label + self.text

    def locate(self, start: int, end: int) -> Locator:
        """Return the place of ``text[start:end]``, with page and box where lines are known."""
        touched = [line for line in self.lines if line.start < end and line.end > start]
        if not touched:
            return replace(self.locator, start=start, end=end)
        page = touched[0].page
        box = touched[0].box
        for line in touched[1:]:
            if line.page == page:
                box = box.union(line.box)
        return replace(self.locator, start=start, end=end, page=page, box=box)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a merged cell stands once, at its top left grid position (1-based)."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid without repeats; a nested table is a ``Table`` of its own after its parent.

    ``header_rows`` counts the rows at the top that name the columns (0 when none is recognised).
    """

    cells: tuple[Cell, ...]
    locator: Locator
    header_rows: int = 0
    heading_path: tuple[str, ...] = ()
    caption: str = ""
    parent: Locator | None = None

    @property
    def row_count(self) -> int:
        """Number of grid rows."""
        return max((cell.row + cell.row_span - 1 for cell in self.cells), default=0)

    @property
    def column_count(self) -> int:
        """Number of grid columns."""
        return max((cell.column + cell.column_span - 1 for cell in self.cells), default=0)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells that begin in each grid row, left to right."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in range(1, self.row_count + 1):
            yield tuple(sorted(by_row.get(row, ()), key=lambda cell: cell.column))

    def cell_at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a grid position, spans included."""
        for cell in self.cells:
            in_row = cell.row <= row < cell.row + cell.row_span
            if in_row and cell.column <= column < cell.column + cell.column_span:
                return cell
        return None

    def header_of(self, column: int) -> str:
        """Return what the header rows say above a column, several rows joined by a slash."""
        found = [self.cell_at(row, column) for row in range(1, self.header_rows + 1)]
        names = [cell.text.replace("\n", "") for cell in dict.fromkeys(found) if cell]
        return "/".join(name for name in names if name)

    def locate(self, cell: Cell, start: int, end: int) -> Locator:
        """Return the place of ``cell.text[start:end]``."""
        label = self.header_of(cell.column) if cell.row > self.header_rows else ""
        return replace(
            self.locator,
            row=cell.row,
            column=cell.column,
            start=start,
            end=end,
            page=cell.page or self.locator.page,
            box=cell.box or self.locator.box,
            label=label,
        )


@dataclass(frozen=True, slots=True)
class Grade:
    """How far one page may be trusted; ``page`` is None for formats without fixed pages."""

    quality: Quality
    page: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about how a file was read.

    ``code`` is a stable word (``unknown_construct``, ``scanned_page`` …), ``detail`` what it applies to
    (an XML name, a page number); ``is_loss`` says that words may be missing, so the outcome is not ``OK``.
    """

    code: str
    detail: str = ""
    is_loss: bool = False
    locator: Locator | None = None


@dataclass(frozen=True)
class Document:
    """The whole text of one paper, in reading order."""

    content: tuple[Block | Table, ...]
    grades: tuple[Grade, ...] = ()
    notices: tuple[Notice, ...] = ()
    page_count: int | None = None
    extractor: str = ""
    is_stamped: bool = False

    @cached_property
    def quality(self) -> Quality:
        """The worst grade of any page: it decides whether “未见” may be said at all."""
        return min((grade.quality for grade in self.grades), default=Quality.GOOD)

    def blocks(self) -> Iterator[Block]:
        """Yield paragraphs and headings, tables left out."""
        return (item for item in self.content if isinstance(item, Block))

    def tables(self) -> Iterator[Table]:
        """Yield the tables."""
        return (item for item in self.content if isinstance(item, Table))

    def text_at(self, locator: Locator) -> str:
        """Return the words a locator points at.

        Raises:
            LookupError: the locator does not belong to this document.

        """
        item = self.content[locator.block]
        if isinstance(item, Block):
            return item.text[locator.start : locator.end]
        cell = item.cell_at(locator.row or 0, locator.column or 0)
        if cell is None:
            raise LookupError(f"no cell at {locator}")
        return cell.text[locator.start : locator.end]

    def visible_text(self) -> str:
        """Return everything the paper says, one line a block, cells separated by tabs."""
        lines: list[str] = []
        for item in self.content:
            if not item.locator.part.is_content:
                continue
            if isinstance(item, Block):
                lines.append(item.shown)
            else:
                lines.extend("\t".join(cell.text for cell in row) for row in item.rows())
        return "\n".join(lines)


@dataclass(frozen=True)
class Source:
    """One file as received: its bytes and its name relative to the folder given to the tool.

    A member of an archive carries its container in the name: ``外层.zip/方案.docx``.
    """

    name: str
    data: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """The fingerprint by which the file is known ever after."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A member of a container that is known by its name only, and why its bytes were not taken out."""

    name: str
    outcome: Outcome
    notice: Notice
    size: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one file may cost; defaults suit an office PC.

    ``max_unpacked`` counts the bytes of everything that comes out of one file, nested containers included.
    """

    max_bytes: int = 200 * 1024 * 1024
    max_pages: int = 2_000
    max_characters: int = 5_000_000
    max_xml_bytes: int = 100 * 1024 * 1024
    seconds: float = 120.0
    memory_mb: int = 1_500
    max_depth: int = 5
    max_members: int = 2_000
    max_ratio: int = 200
    max_unpacked: int = 800 * 1024 * 1024


@dataclass(frozen=True)
class Extraction:
    """What came of reading one source: an outcome always, a document where there was text.

    ``members`` are the files that came out of it, ``withheld`` those that did not.
    """

    outcome: Outcome
    document: Document | None = None
    notices: tuple[Notice, ...] = ()
    members: tuple[Source, ...] = ()
    withheld: tuple[Withheld, ...] = ()
