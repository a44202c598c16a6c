"""The style sheet of an old Word paper (STSH, [MS-DOC] 2.9.271): what a style changes, and its base."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Style", "StyleSheet", "read_styles"]

_NO_STYLE = 0xFFF
_PARAGRAPH, _CHARACTER, _TABLE, _NUMBERING = 1, 2, 3, 4
_MOST_STYLES = 4095
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """One style: ``built_in`` is its number among Word's own (1–9: headings); changes as grpprl."""

    name: str
    built_in: int
    base: int
    paragraph: bytes = b""
    character: bytes = b""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """All styles by their index."""

    styles: tuple[Style | None, ...] = ()

    def chain(self, index: int) -> list[Style]:
        """Return a style and those it is based on, itself last; a circle is cut."""
        found: list[Style] = []
        while len(found) < _LONGEST_CHAIN and 0 <= index < len(self.styles):
            style = self.styles[index]
            if style is None:
                break
            found.append(style)
            index = style.base
        return found[::-1]


def read_styles(structure: bytes) -> StyleSheet:
    """Read the style sheet as far as it goes."""
    if len(structure) < 6:
        return StyleSheet()
    head, count, base_size = struct.unpack_from("<3H", structure)
    return StyleSheet(tuple(_styles(structure[2 + head :], min(count, _MOST_STYLES), base_size)))


def _styles(data: bytes, count: int, base_size: int) -> Iterator[Style | None]:
    place = 0
    for _ in range(count):
        if place + 2 > len(data):
            return
        size = int.from_bytes(data[place : place + 2], "little")
        definition = data[place + 2 : place + 2 + size]
        # Definitions begin at even offsets.
        place += 2 + size + (size & 1)
        yield _style(definition, base_size) if len(definition) > base_size + 2 else None


def _style(definition: bytes, base_size: int) -> Style:
    first, second, third = struct.unpack_from("<3H", definition)
    kind, base = second & 0xF, second >> 4
    length = int.from_bytes(definition[base_size : base_size + 2], "little")
    name_at = base_size + 2
    name = definition[name_at : name_at + 2 * length].decode("utf-16-le", "replace")
    parts = list(_parts(definition, name_at + 2 * length + 2, third & 0xF))
    paragraph = character = b""
    if kind == _PARAGRAPH:
        paragraph, character = _nth(parts, 0)[2:], _nth(parts, 1)
    elif kind == _CHARACTER:
        character = _nth(parts, 0)
    elif kind == _TABLE:
        paragraph, character = _nth(parts, 1)[2:], _nth(parts, 2)
    elif kind == _NUMBERING:
        paragraph = _nth(parts, 0)[2:]
    return Style(name, first & 0xFFF, base if base != _NO_STYLE else -1, paragraph, character)


def _parts(definition: bytes, place: int, count: int) -> Iterator[bytes]:
    for _ in range(count):
        place += place & 1
        size = int.from_bytes(definition[place : place + 2], "little")
        yield definition[place + 2 : place + 2 + size]
        place += 2 + size


def _nth(parts: list[bytes], index: int) -> bytes:
    return parts[index] if index < len(parts) else b""
