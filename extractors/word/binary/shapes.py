"""Drawn shapes of an old Word paper ([MS-ODRAW]): which are pictures, which say something as word art."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Shape", "read_shapes", "shapes_of", "words_in"]

_GROUP, _SHAPE = 0xF003, 0xF004
_SHAPE_HEAD, _SHAPE_PROPERTIES = 0xF00A, 0xF00B
_DRAWING = 0xF002
_WORD_ART_TEXT = 0x00C0
_PICTURE_FRAME = 75
_DEEPEST = 20
_MOST_SHAPES = 20_000


@dataclass(frozen=True, slots=True)
class Shape:
    """One drawn shape; ``words`` is what it says as word art, ``parts`` are those of a group."""

    identifier: int = 0
    is_picture: bool = False
    words: str = ""
    parts: tuple[Shape, ...] = ()

    def all(self) -> Iterator[Shape]:
        """Yield the shape and all its parts."""
        yield self
        for part in self.parts:
            yield from part.all()


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    instance: int
    is_container: bool
    content: bytes


def read_shapes(drawings: bytes) -> dict[int, Shape]:
    """Return the shapes of all drawings of a paper by their identifier, groups with their parts."""
    head = int.from_bytes(drawings[4:8], "little") + 8
    found: dict[int, Shape] = {}
    place = head
    while place + 9 <= len(drawings):
        # Each drawing is led by one byte that says whether it belongs to the body or the headers.
        size = int.from_bytes(drawings[place + 5 : place + 9], "little")
        for shape in shapes_of(drawings[place + 1 : place + 9 + size]):
            found[shape.identifier] = shape
            if len(found) > _MOST_SHAPES:
                return found
        place += 9 + size
    return found


def shapes_of(data: bytes, depth: int = 0) -> Iterator[Shape]:
    """Yield the outermost shapes of a drawing."""
    for record in _records(data):
        if record.kind == _SHAPE:
            yield _shape(record.content)
        elif record.kind == _GROUP and depth < _DEEPEST:
            yield from _group(record.content, depth)
        elif record.is_container and record.kind == _DRAWING and depth < _DEEPEST:
            yield from shapes_of(record.content, depth + 1)


def words_in(shape: Shape) -> Iterator[str]:
    """Yield what a shape and its parts say as word art."""
    return (part.words for part in shape.all() if part.words)


def _group(content: bytes, depth: int) -> Iterator[Shape]:
    """Yield a group as one shape; the outermost group of a drawing is the drawing itself."""
    shapes = list(shapes_of(content, depth + 1))
    if depth <= 1:
        yield from shapes[1:]
    elif shapes:
        yield Shape(shapes[0].identifier, parts=tuple(shapes[1:]))


def _records(data: bytes) -> Iterator[_Record]:
    place = 0
    while place + 8 <= len(data):
        head, kind, size = struct.unpack_from("<HHI", data, place)
        yield _Record(kind, head >> 4, head & 0xF == 0xF, data[place + 8 : place + 8 + size])
        place += 8 + size


def _shape(content: bytes) -> Shape:
    identifier = kind = 0
    words = ""
    for record in _records(content):
        if record.kind == _SHAPE_HEAD and len(record.content) >= 4:
            (identifier,) = struct.unpack_from("<I", record.content)
            kind = record.instance
        elif record.kind == _SHAPE_PROPERTIES:
            words = words or _word_art(record)
    return Shape(identifier, kind == _PICTURE_FRAME, words)


def _word_art(properties: _Record) -> str:
    """Return the text of a word art shape: long properties follow the table of all properties."""
    place = 6 * properties.instance
    for index in range(properties.instance):
        entry = properties.content[6 * index : 6 * index + 6]
        if len(entry) < 6:
            break
        code, value = struct.unpack("<HI", entry)
        if not code & 0x8000:
            continue
        if code & 0x3FFF == _WORD_ART_TEXT:
            return _text(properties.content[place : place + value])
        place += value
    return ""


def _text(raw: bytes) -> str:
    text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")
    return text.rstrip("\0").replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
