"""Walks one story of an old Word paper (the body, a note, a header) and yields its paragraphs and tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.word.binary.lines import Carrier, Line, LineReader
from extractors.word.binary.looks import CharacterLook, Looks, ParagraphLook
from extractors.word.binary.pieces import PieceTable
from extractors.word.binary.sprms import Runs
from extractors.word.flow import Flowing, flow
from extractors.word.items import Item, Ledger, Paragraph
from extractors.word.numbering import Counter, Definitions, with_gap

__all__ = ["Setting", "Story"]

_MARK = re.compile(r"[\r\x07\x0c]")
_CELL, _PAGE_BREAK = "\x07", "\x0c"


@dataclass(frozen=True)
class Setting:
    """What all stories of one paper share.

    ``spans`` are the positions from which on each stretch of character changes holds; ``section_ends`` tells
    the page breaks that end a paragraph from those within one.
    """

    pieces: PieceTable
    paragraphs: Runs
    spans: tuple[tuple[int, ...], tuple[bytes, ...]]
    looks: Looks
    definitions: Definitions
    section_ends: frozenset[int]
    ledger: Ledger


@dataclass
class Story:
    """One story: numbers are counted and fields are closed within it."""

    setting: Setting
    part: Part
    carrier: Carrier
    reader: LineReader = field(init=False)
    counter: Counter = field(init=False)

    def __post_init__(self) -> None:
        self.reader = LineReader(self.setting.ledger, self.carrier)
        self.counter = Counter(self.setting.definitions, self.setting.ledger)

    def items(self, start: int, end: int) -> Iterator[Item]:
        """Yield the paragraphs and tables between two positions of the text."""
        yield from flow(self._flowing(start, end), self.part, self.setting.ledger)

    def _flowing(self, start: int, end: int) -> Iterator[Flowing]:
        line = Line()
        before = ParagraphLook()
        for first, mark in self._bounds(start, end):
            stated, extra = self._stated(min(mark, end - 1))
            look = self.setting.looks.paragraph(stated, extra)
            if line.is_begun and look.depth != before.depth:
                yield self._finished(line, before, ends_cell=False)
                line = Line()
            before = look
            mark_look = self._look_at(mark, look) if mark < end else CharacterLook()
            if look.depth and look.ends_row:
                shape = None if mark_look.is_deleted else self.setting.looks.row(stated, extra)
                yield Flowing(Paragraph("", part=self.part), look.depth, ends_row=True, shape=shape)
                continue
            self.reader.read(self._stretches(first, mark, look), line)
            is_cell_mark = self.setting.pieces.text[mark : mark + 1] == _CELL
            ends_cell = look.depth > 0 and (look.ends_cell or is_cell_mark)
            if is_cell_mark and not look.depth:
                # The marks of a table are there, but not what says so: its words come as plain lines.
                self.setting.ledger.lose("layout_not_read", "table")
            if not ends_cell and mark < end and _joins_next(look, mark_look):
                continue
            yield self._finished(line, look, ends_cell=ends_cell)
            line = Line()
        if line.is_begun:
            yield self._finished(line, before, ends_cell=False)

    def _bounds(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the first position of each paragraph and that of its mark (``end`` where it has none)."""
        first = start
        for found in _MARK.finditer(self.setting.pieces.text, start, end):
            mark = found.start()
            if found[0] == _PAGE_BREAK and mark + 1 not in self.setting.section_ends:
                continue
            yield first, mark
            first = mark + 1
        if first < end:
            yield first, end

    def _stated(self, position: int) -> tuple[bytes, bytes]:
        """Return what is stated for the paragraph that ends at a position: its entry, its piece's changes."""
        piece = self.setting.pieces.piece_at(position)
        if piece is None:
            return b"\0\0", b""
        offset = piece.offset + (position - piece.start) * piece.width
        return self.setting.paragraphs.at(offset) or b"\0\0", piece.properties

    def _look_at(self, position: int, paragraph: ParagraphLook) -> CharacterLook:
        return next(look for _, _, look in self._stretches(position, position + 1, paragraph))

    def _stretches(
        self, start: int, end: int, paragraph: ParagraphLook
    ) -> Iterator[tuple[int, str, CharacterLook]]:
        """Yield the text between two positions in stretches of equal look."""
        starts, values = self.setting.spans
        index = max(bisect_right(starts, start) - 1, 0)
        pieces = self.setting.pieces
        while start < end:
            stop = min(starts[index + 1], end) if index + 1 < len(starts) else end
            piece = pieces.piece_at(start)
            extra = piece.properties if piece else b""
            value = values[index] if index < len(values) else b""
            yield start, pieces.text[start:stop], self.setting.looks.character(paragraph.style, value, extra)
            start = stop
            index += 1

    def _finished(self, line: Line, look: ParagraphLook, *, ends_cell: bool) -> Flowing:
        text = line.text
        label = self._label(look, text)
        self.setting.ledger.spend(len(text) + len(label))
        paragraph = Paragraph(text, label, 0 if look.depth else look.level, self.part)
        return Flowing(paragraph, look.depth, ends_cell, hanging=tuple(line.hanging))

    def _label(self, look: ParagraphLook, text: str) -> str:
        if not look.number:
            if look.is_old_list:
                self.setting.ledger.lose("numbering_not_read", "anld")
            return ""
        if self.setting.definitions.list_of(str(look.number)) is None:
            self.setting.ledger.lose("numbering_not_read", str(look.number))
            return ""
        label, has_gap = self.counter.label(str(look.number), look.number_level)
        return with_gap(label, text) if has_gap else label


def _joins_next(look: ParagraphLook, mark: CharacterLook) -> bool:
    """Whether the next paragraph goes on where this one ends.

    A mark taken out or hidden joins the two; a dropped capital is stored as a paragraph of its own.
    """
    return look.is_drop_cap or mark.is_deleted or mark.is_hidden or mark.joins
