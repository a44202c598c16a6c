"""Minimal old Word papers (``.doc``) from their text and the properties under test, byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.word.binary.compound import compound_file
from extractors.word.binary.streams import Place

HIDDEN = struct.pack("<HB", 0x083C, 1)
DELETED = struct.pack("<HB", 0x0800, 1)
IN_TABLE = struct.pack("<HB", 0x2416, 1)

_TEXT_AT = 2048
_PAGE = 512
_PLACES = 93
_LENGTHS = {"body": 3, "footnotes": 4, "headers": 5, "comments": 7, "endnotes": 8, "boxes": 9}
_RANGES = {
    "footnotes": Place.FOOTNOTE_TEXTS,
    "headers": Place.HEADERS,
    "comments": Place.COMMENT_TEXTS,
    "endnotes": Place.ENDNOTE_TEXTS,
}


@dataclass(frozen=True)
class Run:
    """Characters and their changes (grpprl)."""

    text: str
    properties: bytes = b""


@dataclass(frozen=True)
class Paragraph:
    """Runs, the mark that ends them, and the changes of the paragraph and of its mark."""

    runs: tuple[Run, ...]
    mark: str = "\r"
    properties: bytes = b""
    mark_properties: bytes = b""
    style: int = 0

    @property
    def all_runs(self) -> tuple[Run, ...]:
        return (*self.runs, Run(self.mark, self.mark_properties))


def paragraph(*runs: str | Run, mark: str = "\r", properties: bytes = b"", **more: object) -> Paragraph:
    """Return a paragraph; plain strings become runs without properties."""
    found = tuple(run if isinstance(run, Run) else Run(run) for run in runs)
    return Paragraph(found, mark, properties, **more)  # type: ignore[arg-type]


def cell(*runs: str | Run, properties: bytes = b"") -> Paragraph:
    """Return the last paragraph of a table cell."""
    return paragraph(*runs, mark="\x07", properties=IN_TABLE + properties)


def row_end(edges: Sequence[int], merges: Sequence[int] = (), *, is_header: bool = False) -> Paragraph:
    """Return the mark that ends a row: where its cells lie and the merge flags of each."""
    count = len(edges) - 1
    flags = [*merges, *([0] * (count - len(merges)))]
    operand = struct.pack(f"<B{count + 1}h", count, *edges)
    operand += b"".join(struct.pack("<H18x", flag) for flag in flags)
    properties = IN_TABLE + struct.pack("<HB", 0x2417, 1)
    properties += struct.pack("<HH", 0xD608, len(operand) + 1) + operand
    properties += struct.pack("<HB", 0x3404, 1) if is_header else b""
    return Paragraph((), "\x07", properties)


def in_list(number: int, level: int = 0) -> bytes:
    """Return the changes that put a paragraph into a list."""
    return struct.pack("<HHHB", 0x460B, number, 0x260A, level)


def level(code: int, text: str, *, start: int = 1, follow: int = 2, flags: int = 0, limit: int = 0) -> bytes:
    """Return a list level (LVL); ``%1`` in the text stands for the number of the first level."""
    shown, places = "", []
    while text:
        if text[0] == "%" and text[1:2].isdigit():
            places.append(len(shown) + 1)
            shown, text = shown + chr(int(text[1]) - 1), text[2:]
        else:
            shown, text = shown + text[0], text[1:]
    places += [0] * (9 - len(places))
    fixed = struct.pack("<iBB9BB8x4B", start, code, flags, *places, follow, 0, 0, limit, 0)
    return fixed + struct.pack("<H", len(shown)) + shown.encode("utf-16-le")


def lists(*levels: Sequence[bytes], uses: Sequence[tuple[int, int | None]] = ()) -> dict[Place, bytes]:
    """Return list tables; ``uses`` names for each number the list (from 0) and its own first value."""
    uses = uses or [(index, None) for index in range(len(levels))]
    table = struct.pack("<H", len(levels))
    for index, found in enumerate(levels):
        table += struct.pack("<ii18xBB", index + 1, 0, len(found) == 1, 0)
    overrides = struct.pack("<I", len(uses))
    for index, start in uses:
        overrides += struct.pack("<iIIBBH", index + 1, 0, 0, start is not None, 0, 0)
    for _, start in uses:
        overrides += b"\xff\xff\xff\xff"
        overrides += b"" if start is None else struct.pack("<iI", start, 0x10)
    return {
        Place.LISTS: table + b"".join(b"".join(found) for found in levels),
        Place.LIST_OVERRIDES: overrides,
    }


def styles(*names: tuple[int, str, bytes]) -> bytes:
    """Return a style sheet of paragraph styles: built-in number, name, changes."""
    sheet = struct.pack("<HHH14x", 18, len(names), 10)
    for built_in, name, changes in names:
        definition = struct.pack("<5H", built_in, 0xFFF1, 0x0002, 0, 0)
        definition += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        definition += struct.pack("<HH", len(changes) + 2, 0) + changes
        definition += b"\0" * (len(definition) & 1) + struct.pack("<H", 0)
        sheet += struct.pack("<H", len(definition)) + definition
    return sheet


def fonts(*names: str) -> bytes:
    """Return the table of fonts."""
    entries = b""
    for name in names:
        entry = bytes(39) + name.encode("utf-16-le") + b"\0\0"
        entries += bytes([len(entry)]) + entry
    return struct.pack("<HH", len(names), 0) + entries


def plc(bounds: Sequence[int], items: Sequence[bytes] = ()) -> bytes:
    """Return positions and the data between them."""
    return struct.pack(f"<{len(bounds)}I", *bounds) + b"".join(items)


@dataclass(frozen=True)
class _Laid:
    """Runs and paragraphs with the offsets at which they end in the main stream."""

    text: str
    paragraphs: tuple[tuple[int, bytes], ...]
    runs: tuple[tuple[int, bytes], ...]


def doc(
    *body: Paragraph | str,
    structures: Mapping[Place, bytes] | None = None,
    flags: int = 0,
    version: int = 193,
    **stories: Sequence[Sequence[Paragraph]],
) -> bytes:
    """Return an old Word paper; other stories are given by name (``footnotes=[[paragraph("…")]]``)."""
    return compound_file(doc_streams(*body, structures=structures, flags=flags, version=version, **stories))


def doc_streams(
    *body: Paragraph | str,
    structures: Mapping[Place, bytes] | None = None,
    flags: int = 0,
    version: int = 193,
    **stories: Sequence[Sequence[Paragraph]],
) -> dict[str, bytes]:
    """Return the streams of an old Word paper, to damage them."""
    paragraphs = [paragraph(one) if isinstance(one, str) else one for one in body]
    lengths = {"body": _length(paragraphs)}
    stated = dict(structures or {})
    for name in list(_LENGTHS)[1:]:
        parts = stories.get(name, ())
        bounds = [0]
        for part in parts:
            bounds.append(bounds[-1] + _length(part))
            paragraphs += part
        lengths[name] = bounds[-1]
        if parts and name in _RANGES:
            stated[_RANGES[name]] = plc(bounds)
    laid = _lay(paragraphs)
    encoded = laid.text.encode("utf-16-le")
    first_page = -(-(_TEXT_AT + len(encoded)) // _PAGE)
    pages = [*_pages(laid.paragraphs, _paragraph_entry, 13), *_pages(laid.runs, _character_entry, 1)]
    counts = len(list(_chunks(laid.paragraphs)))
    numbers = [struct.pack("<I", first_page + index) for index in range(len(pages))]
    stated[Place.PARAGRAPH_PAGES] = plc(range(counts + 1), numbers[:counts])
    stated[Place.CHARACTER_PAGES] = plc(range(len(pages) - counts + 1), numbers[counts:])
    piece = struct.pack("<HIH", 0, _TEXT_AT, 0)
    table = plc([0, len(laid.text)], [piece])
    stated.setdefault(Place.PIECES, b"\x02" + struct.pack("<I", len(table)) + table)
    tables, places = _packed(stated)
    head = _header(lengths, places, flags, version)
    word = head.ljust(_TEXT_AT, b"\0") + encoded
    return {"WordDocument": word.ljust(first_page * _PAGE, b"\0") + b"".join(pages), "1Table": tables}


def _length(paragraphs: Sequence[Paragraph]) -> int:
    return sum(len(run.text) for one in paragraphs for run in one.all_runs)


def _lay(paragraphs: Sequence[Paragraph]) -> _Laid:
    text, ends, runs = "", [], []
    for one in paragraphs:
        for run in one.all_runs:
            text += run.text
            runs.append((_TEXT_AT + 2 * len(text), run.properties))
        ends.append((_TEXT_AT + 2 * len(text), struct.pack("<H", one.style) + one.properties))
    return _Laid(text, tuple(ends), tuple(runs))


def _chunks(entries: Sequence[tuple[int, bytes]]) -> list[Sequence[tuple[int, bytes]]]:
    # A row of a table takes about a hundred bytes, so three entries always fit on a page.
    return [entries[index : index + 3] for index in range(0, len(entries), 3)]


def _pages(entries: Sequence[tuple[int, bytes]], entry: object, size: int) -> list[bytes]:
    pages, start = [], _TEXT_AT
    for chunk in _chunks(entries):
        offsets = [start, *(end for end, _ in chunk)]
        start = offsets[-1]
        pages.append(_page(offsets, [entry(value) for _, value in chunk], size))  # type: ignore[operator]
    return pages


def _page(offsets: Sequence[int], entries: Sequence[bytes], size: int) -> bytes:
    page = bytearray(_PAGE)
    struct.pack_into(f"<{len(offsets)}I", page, 0, *offsets)
    end = _PAGE - 2
    for index, content in enumerate(entries):
        if not content:
            continue
        end = (end - len(content)) // 2 * 2
        page[end : end + len(content)] = content
        page[4 * len(offsets) + size * index] = end // 2
    assert end > 4 * len(offsets) + size * len(entries)
    page[-1] = len(entries)
    return bytes(page)


def _paragraph_entry(value: bytes) -> bytes:
    if len(value) % 2:
        return bytes([(len(value) + 1) // 2]) + value
    return bytes([0, len(value) // 2]) + value


def _character_entry(value: bytes) -> bytes:
    return bytes([len(value)]) + value if value else b""


def _packed(structures: Mapping[Place, bytes]) -> tuple[bytes, dict[int, tuple[int, int]]]:
    table, places = bytearray(), {}
    for place, content in structures.items():
        places[int(place)] = (len(table), len(content))
        table += content
    return bytes(table), places


def _header(
    lengths: Mapping[str, int], places: Mapping[int, tuple[int, int]], flags: int, version: int
) -> bytes:
    fixed = struct.pack("<6H", 0xA5EC, version, 0, 0x0804, 0, 0x0200 | flags).ljust(32, b"\0")
    counts = [0] * 22
    for name, index in _LENGTHS.items():
        counts[index] = lengths.get(name, 0)
    pairs = [part for index in range(_PLACES) for part in places.get(index, (0, 0))]
    head = fixed + struct.pack("<H28xH22iH", 14, 22, *counts, _PLACES)
    return head + struct.pack(f"<{2 * _PLACES}I", *pairs) + b"\0\0"
