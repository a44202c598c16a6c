"""Reads the characters of one paragraph of an old Word paper: text, special characters, fields, symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from extractors.word.binary.fields import Closed, Fields
from extractors.word.binary.looks import CharacterLook
from extractors.word.binary.pieces import joined
from extractors.word.items import Item, Ledger
from extractors.word.symbols import is_symbol_font, shown_in, symbol

__all__ = ["Carrier", "Line", "LineReader"]

_CONTROL = re.compile(r"([\x00-\x08\x0a-\x1f])")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FORM = re.compile("FORM(?:CHECKBOX|DROPDOWN)", re.IGNORECASE)
_PICTURE, _DRAWN = "\x01", "\x08"
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
# Line, page and column breaks; the hyphen that does not break; the other control characters show nothing.
_WRITTEN = {"\x0a": "\n", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}


class Carrier(Protocol):
    """Gives what lies beside the text: shapes, pictures, embedded files, form data."""

    def shape(self, position: int) -> Iterator[Item]:
        """Yield what the shape anchored at a character says."""

    def picture(self, place: int) -> Iterator[Item]:
        """Yield what a picture in the text says, and count it."""

    def carry(self, place: int, program: str) -> None:
        """Hand on an embedded file."""

    def form_result(self, place: int) -> str:
        """Return what a form field shows."""


@dataclass(slots=True)
class Line:
    """One paragraph while it is read: its words so far and what hangs on it."""

    words: list[str] = field(default_factory=list)
    hanging: list[Item] = field(default_factory=list)

    @property
    def is_begun(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.words or self.hanging)

    @property
    def text(self) -> str:
        """The words as they are shown, without space around them and without invisible characters."""
        return _INVISIBLE.sub("", joined("".join(self.words))).strip()


@dataclass
class LineReader:
    """Reads the characters of one story; fields may begin in one paragraph and end in another."""

    ledger: Ledger
    carrier: Carrier
    fields: Fields = field(default_factory=Fields)

    def read(self, spans: Iterable[tuple[int, str, CharacterLook]], line: Line) -> None:
        """Add stretches of equal look, each with the position of its first character, to a line."""
        for position, text, look in spans:
            if not _CONTROL.search(text):
                self._write(text, line, look)
                continue
            for part in _CONTROL.split(text):
                self._part(part, position, line, look)
                position += len(part)

    def _part(self, part: str, position: int, line: Line, look: CharacterLook) -> None:
        if not part:
            return
        if part in _WRITTEN:
            self._write(_WRITTEN[part], line, look)
        elif part in (_BEGIN, _SEPARATE, _END):
            self._field_mark(part, line, look)
        elif part in (_PICTURE, _DRAWN):
            self._hang(part, position, line, look)
        elif part >= " " or part == "\t":
            self._write(part, line, look)

    def _write(self, text: str, line: Line, look: CharacterLook) -> None:
        if self.fields.fields and self.fields.is_in_instruction:
            self.fields.instruct(text)
        elif look.is_plain:
            if _PRIVATE.search(text):
                self.ledger.note("private_character", _codes(_PRIVATE.findall(text)))
            line.words.append(text)
        elif look.is_hidden:
            if text.strip() and not look.is_deleted:
                self.ledger.note("hidden_text")
        elif not look.is_deleted:
            line.words.append(self._drawn(text, look))

    def _drawn(self, text: str, look: CharacterLook) -> str:
        """Return text in a symbol font as it looks."""
        if look.symbol is None:
            shown, unknown = shown_in(look.font, text)
            if unknown:
                self.ledger.note("unknown_symbol", f"{look.font} {_codes(unknown)}")
            return shown
        font, code = look.symbol
        sign = symbol(font, code)
        if sign is None and code >= 0x20 and not is_symbol_font(font) and not 0xD800 <= code <= 0xF8FF:
            sign = chr(code)
        if sign is None:
            self.ledger.note("unknown_symbol", f"{font} {code:04X}")
        return (sign or "") * len(text)

    def _field_mark(self, mark: str, line: Line, look: CharacterLook) -> None:
        if mark == _BEGIN:
            self.fields.begin()
        elif mark == _SEPARATE:
            if look.is_object and look.data is not None and not look.is_deleted:
                self.fields.mark_object()
                self.carrier.carry(look.data, self._program())
            self.fields.separate()
        elif closed := self.fields.end():
            self._show_result(closed, line, look)

    @property
    def _is_stand_in(self) -> bool:
        """Whether a picture met here only stands for an embedded object or a shape drawn in the line."""
        return self.fields.is_in_object or self.fields.innermost.upper().startswith("SHAPE")

    def _program(self) -> str:
        words = self.fields.innermost.split()
        return words[1] if len(words) > 1 else ""

    def _show_result(self, closed: Closed, line: Line, look: CharacterLook) -> None:
        shown = self.carrier.form_result(closed.data) if closed.data is not None else ""
        shown = shown or closed.shown or ""
        if closed.shown is None and not shown:
            self.ledger.lose("field_without_result", closed.instruction[:40])
        elif shown:
            self._write(shown, line, look)

    def _hang(self, mark: str, position: int, line: Line, look: CharacterLook) -> None:
        if look.is_deleted:
            return
        if look.is_form and look.data is not None:
            # Hyperlinks keep data of their own kind in the same way.
            if _FORM.match(self.fields.innermost):
                self.fields.keep(look.data)
        elif look.is_hidden:
            self.ledger.note("hidden_text")
        elif self.fields.fields and self.fields.is_in_instruction:
            return
        elif mark == _DRAWN:
            line.hanging.extend(self.carrier.shape(position))
        elif look.data is not None and not self._is_stand_in:
            line.hanging.extend(self.carrier.picture(look.data))


def _codes(characters: Iterable[str]) -> str:
    return " ".join(f"{ord(character):04X}" for character in characters)
