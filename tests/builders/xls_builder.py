"""Old Excel workbooks (BIFF8, [MS-XLS]) record by record: no office PC needed to make one."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.word.binary.compound import compound_file

Value = str | float | None


@dataclass(frozen=True)
class OldSheet:
    """A sheet; ``formats`` maps (row, column) from 0 to a number format code, ``state`` 1 hides it."""

    rows: Sequence[Sequence[Value]] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    comment: str = ""
    header: str = ""
    state: int = 0


def xls(
    sheets: Mapping[str, OldSheet], *, before: bytes = b"", objects: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a workbook; ``before`` are records that come first, ``objects`` further streams."""
    return compound_file({"Workbook": _workbook(sheets, before), **(objects or {})})


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _workbook(sheets: Mapping[str, OldSheet], before: bytes) -> bytes:
    codes = sorted({code for sheet in sheets.values() for code in sheet.formats.values()})
    formats = b"".join(
        record(0x041E, struct.pack("<H", number) + _wide(code, 2)) for number, code in enumerate(codes, 164)
    )
    styles = b"".join(
        record(0x00E0, struct.pack("<HH", 0, number) + bytes(16))
        for number in (0, *range(164, 164 + len(codes)))
    )
    bodies = [_sheet(sheet, codes) for sheet in sheets.values()]
    globals_ = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + before + formats + styles
    length = len(globals_) + sum(8 + 4 + 2 * len(name) for name in sheets) + 4
    places: list[int] = []
    for body in bodies:
        places.append(length)
        length += len(body)
    listed = b"".join(
        record(0x0085, struct.pack("<IBB", place, sheet.state, 0) + _wide(name, 1))
        for place, (name, sheet) in zip(places, sheets.items(), strict=True)
    )
    return globals_ + listed + record(0x000A) + b"".join(bodies)


def _sheet(sheet: OldSheet, codes: Sequence[str]) -> bytes:
    parts = [record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))]
    parts += [record(0x0014, _wide(sheet.header, 2))] if sheet.header else []
    parts += [
        record(0x007D, struct.pack("<HHHHHH", column, column, 0, 0, 1, 0)) for column in sheet.hidden_columns
    ]
    parts += [
        record(0x0208, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x20)) for row in sheet.hidden_rows
    ]
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            code = sheet.formats.get((row, column))
            style = codes.index(code) + 1 if code is not None else 0
            parts.append(_cell(row, column, style, value))
    if sheet.merged:
        areas = b"".join(struct.pack("<4H", *area) for area in sheet.merged)
        parts.append(record(0x00E5, struct.pack("<H", len(sheet.merged)) + areas))
    if sheet.comment:
        parts.append(record(0x005D, struct.pack("<HHHH", 0x15, 0x12, 0x19, 1) + bytes(14)))
        parts.append(record(0x01B6, bytes(10) + struct.pack("<HHI", len(sheet.comment), 16, 0)))
        parts.append(record(0x003C, b"\x01" + sheet.comment.encode("utf-16-le")))
    return b"".join(parts) + record(0x000A)


def _cell(row: int, column: int, style: int, value: Value) -> bytes:
    place = struct.pack("<HHH", row, column, style)
    if value is None:
        return record(0x0201, place)
    if isinstance(value, str):
        return record(0x0204, place + _wide(value, 2))
    return record(0x0203, place + struct.pack("<d", value))


def _wide(text: str, width: int) -> bytes:
    return len(text).to_bytes(width, "little") + b"\x01" + text.encode("utf-16-le")
