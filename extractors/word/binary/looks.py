"""What properties mean: a paragraph's style, list and place in a table, how characters show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from extractors.word.binary.sprms import changes, signed, unsigned
from extractors.word.binary.stylesheet import StyleSheet
from extractors.word.ruled import Merge, RowShape
from extractors.word.symbols import is_symbol_font

__all__ = ["CharacterLook", "Looks", "ParagraphLook"]

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_BODY_TEXT_LEVEL = 9
_ON, _AS_STYLE, _NOT_AS_STYLE = 1, 0x80, 0x81
_HUGE = (0x6645, 0x6646, 0x646B)
_LONGEST_HUGE = 64 * 1024


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """A paragraph: heading level (0 none), list (0 none) and its level, depth in tables and what it ends."""

    style: int = 0
    level: int = 0
    number: int = 0
    number_level: int = 0
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    is_drop_cap: bool = False
    is_old_list: bool = False


@dataclass(frozen=True, slots=True)
class CharacterLook:
    """A run of characters; ``font`` is named only where it is a symbol font.

    ``symbol`` is font and place of a drawn character; ``data`` where a picture, form field or object lies.
    """

    is_hidden: bool = False
    is_deleted: bool = False
    joins: bool = False
    font: str = ""
    symbol: tuple[str, int] | None = None
    data: int | None = None
    is_object: bool = False
    is_form: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether text in it shows as it is."""
        return not (self.is_hidden or self.is_deleted or self.font or self.symbol)


@dataclass
class Looks:
    """Works out looks from changes, each combination once.

    ``long_list`` returns a list of changes that was too long for its page, by its offset in the data stream.
    """

    styles: StyleSheet
    fonts: tuple[str, ...]
    long_list: Callable[[int], bytes]
    _paragraphs: dict[tuple[bytes, bytes], ParagraphLook] = field(default_factory=dict)
    _characters: dict[tuple[int, bytes, bytes], CharacterLook] = field(default_factory=dict)
    _styles: dict[int, ParagraphLook] = field(default_factory=dict)
    _style_characters: dict[int, CharacterLook] = field(default_factory=dict)

    def paragraph(self, stated: bytes, extra: bytes = b"") -> ParagraphLook:
        """Return the look of a paragraph from its entry (style, changes) and the changes of its piece."""
        key = stated, extra
        if key not in self._paragraphs:
            look = self.style(unsigned(stated[:2]))
            self._paragraphs[key] = self._changed(look, stated[2:] + extra)
        return self._paragraphs[key]

    def style(self, index: int) -> ParagraphLook:
        """Return the look of a paragraph style with all it inherits."""
        if index not in self._styles:
            look = ParagraphLook(index)
            for style in self.styles.chain(index):
                if 1 <= style.built_in <= 9:
                    look = replace(look, level=style.built_in)
                elif found := _HEADING_NAME.match(style.name):
                    look = replace(look, level=int(found[1]))
                look = self._changed(look, style.paragraph)
            self._styles[index] = look
        return self._styles[index]

    def character(self, style: int, stated: bytes, extra: bytes = b"") -> CharacterLook:
        """Return the look of characters in a paragraph of a style."""
        key = style, stated, extra
        if key not in self._characters:
            self._characters[key] = self._characters_changed(self._style_character(style), stated + extra)
        return self._characters[key]

    def row(self, stated: bytes, extra: bytes = b"") -> RowShape:
        """Return the shape of the row a paragraph ends."""
        edges: tuple[int, ...] = ()
        merges: list[Merge] = []
        is_header = False
        for code, operand in self._all(stated[2:] + extra):
            if code == 0xD608:
                edges, merges = _defined(operand)
            elif code == 0x3404:
                is_header = operand[:1] == b"\x01"
            elif code in (0x5624, 0xD62B):
                merges = _merged(merges, code, operand)
        return RowShape(edges, _told_apart(merges), is_header)

    def _changed(self, look: ParagraphLook, grpprl: bytes) -> ParagraphLook:
        for code, operand in self._all(grpprl):
            change = _PARAGRAPH.get(code)
            if change:
                look = change(look, operand)
        return look

    def _all(self, grpprl: bytes) -> Iterator[tuple[int, bytes]]:
        for code, operand in changes(grpprl):
            if code in _HUGE:
                yield from changes(self.long_list(unsigned(operand))[:_LONGEST_HUGE])
            else:
                yield code, operand

    def _style_character(self, index: int) -> CharacterLook:
        if index not in self._style_characters:
            look = CharacterLook()
            for style in self.styles.chain(index):
                look = self._characters_changed(look, style.character)
            self._style_characters[index] = look
        return self._style_characters[index]

    def _characters_changed(self, base: CharacterLook, grpprl: bytes) -> CharacterLook:
        look = base
        for code, operand in changes(grpprl):
            if code == 0x4A30:
                base = look = self._in_style(base, unsigned(operand))
            elif code == 0x2A33:
                look = base
            elif code in (0x4A4F, 0x4A51):
                look = replace(look, font=self._symbol_font(unsigned(operand)))
            elif code == 0x6A09:
                font = self._font(unsigned(operand[:2]))
                look = replace(look, symbol=(font, unsigned(operand[2:])))
            else:
                look = _character_changed(look, base, code, operand)
        return look

    def _in_style(self, base: CharacterLook, index: int) -> CharacterLook:
        look = base
        for style in self.styles.chain(index):
            for code, operand in changes(style.character):
                if code == 0x083C and operand == b"\x01":
                    # On/off properties of paragraph and character style cancel each other.
                    look = replace(look, is_hidden=not base.is_hidden)
                elif code == 0x4A4F:
                    look = replace(look, font=self._symbol_font(unsigned(operand)))
        return look

    def _font(self, index: int) -> str:
        return self.fonts[index] if index < len(self.fonts) else ""

    def _symbol_font(self, index: int) -> str:
        font = self._font(index)
        return font if is_symbol_font(font) else ""


def _heading(look: ParagraphLook, operand: bytes) -> ParagraphLook:
    level = unsigned(operand)
    return replace(look, level=level + 1 if level < _BODY_TEXT_LEVEL else 0)


def _numbered(look: ParagraphLook, operand: bytes) -> ParagraphLook:
    number = unsigned(operand)
    # F801 stands for a list the paragraph was taken out of; higher values are negative ([MS-DOC] 2.6.2).
    if number >= 0xF801:
        number = 0x10000 - number if number > 0xF801 else 0
    return replace(look, number=number)


def _in_table(look: ParagraphLook, operand: bytes) -> ParagraphLook:
    return replace(look, depth=max(look.depth, 1) if unsigned(operand) else 0)


def _ends_row(look: ParagraphLook, operand: bytes) -> ParagraphLook:
    return replace(look, ends_row=bool(unsigned(operand)))


_PARAGRAPH: dict[int, Callable[[ParagraphLook, bytes], ParagraphLook]] = {
    0x2640: _heading,
    0x460B: _numbered,
    0x260A: lambda look, operand: replace(look, number_level=min(unsigned(operand), 8)),
    0x2416: _in_table,
    0x2417: _ends_row,
    0x244C: _ends_row,
    0x244B: lambda look, operand: replace(look, ends_cell=bool(unsigned(operand))),
    0x6649: lambda look, operand: replace(look, depth=max(signed(operand), 0)),
    0x664A: lambda look, operand: replace(look, depth=max(look.depth + signed(operand), 0)),
    0x442C: lambda look, operand: replace(look, is_drop_cap=bool(unsigned(operand) & 7)),
    0xC63E: lambda look, operand: replace(look, is_old_list=operand[:1] not in (b"", b"\xff")),
}


def _character_changed(look: CharacterLook, base: CharacterLook, code: int, operand: bytes) -> CharacterLook:
    value = unsigned(operand)
    if code == 0x083C:
        is_hidden = value == _ON or (value == _AS_STYLE and base.is_hidden)
        return replace(look, is_hidden=is_hidden or (value == _NOT_AS_STYLE and not base.is_hidden))
    if code == 0x0800:
        return replace(look, is_deleted=bool(value))
    return _beside_text(look, code, value)


def _beside_text(look: CharacterLook, code: int, value: int) -> CharacterLook:
    if code == 0x6A03:
        return replace(look, data=value)
    if code == 0x0818:
        return replace(look, joins=bool(value))
    if code == 0x080A:
        return replace(look, is_object=bool(value))
    return replace(look, is_form=bool(value)) if code == 0x0806 else look


def _defined(operand: bytes) -> tuple[tuple[int, ...], list[Merge]]:
    """Read where the cells of a row begin and end and how they are merged (TDefTableOperand)."""
    count = operand[0] if operand else 0
    edges = tuple(signed(operand[1 + 2 * i : 3 + 2 * i]) for i in range(count + 1))
    cells_at = 3 + 2 * count
    merges = [_merge(unsigned(operand[cells_at + 20 * i :][:2])) for i in range(count)]
    return edges, merges


def _merge(flags: int) -> Merge:
    return Merge(flags & 3, (flags >> 5 & 3) == 1)


def _merged(merges: list[Merge], code: int, operand: bytes) -> list[Merge]:
    """Apply what a fast save changed in the merging of cells."""
    first, last = operand[:1], operand[1:2]
    if not last or first[0] >= len(merges):
        return merges
    changed = list(merges)
    if code == 0xD62B:
        changed[first[0]] = replace(changed[first[0]], continues_above=last == b"\x01")
        return changed
    for index in range(first[0], min(last[0], len(merges))):
        changed[index] = replace(changed[index], horizontal=1 if index == first[0] else 2)
    return changed


def _told_apart(merges: list[Merge]) -> tuple[Merge, ...]:
    """Mark the cells that go on to the left.

    Sources disagree on which of the two flags is the first cell's, so the first one of a row of merged
    cells decides: a cell flagged otherwise than it goes on.
    """
    found: list[Merge] = []
    first = 0
    for merge in merges:
        goes_on = bool(first and merge.horizontal and merge.horizontal != first)
        first = merge.horizontal if not goes_on else first
        found.append(replace(merge, horizontal=int(goes_on)))
    return tuple(found)
