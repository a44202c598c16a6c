"""Documents as rows of plain values, and back again without any difference.

Pure: no connection is known here.  Rows go out as tuples in the order of ``schema.COLUMNS`` and are read back
by name.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from extractors.document import (
    Block,
    BlockKind,
    Box,
    Cell,
    Grade,
    Line,
    Locator,
    Notice,
    Part,
    Quality,
    Table,
)
from pipeline.store.schema import LOCATOR_COLUMNS

__all__ = [
    "Row",
    "Value",
    "block_of",
    "block_rows",
    "cell_of",
    "cell_rows",
    "grade_of",
    "grade_rows",
    "locator_of",
    "locator_values",
    "notice_of",
    "notice_rows",
    "packed",
    "table_of",
    "unpacked",
]

Value = str | int | float | None
Row = tuple[Value, ...]


def packed(values: Iterable[str]) -> str:
    """Return several texts as one JSON list."""
    listed = list(values)
    return json.dumps(listed, ensure_ascii=False) if listed else "[]"


def unpacked(text: str) -> tuple[str, ...]:
    """Return the texts of a JSON list."""
    return tuple(json.loads(text)) if text != "[]" else ()


def _box_value(box: Box | None) -> str | None:
    return None if box is None else json.dumps((box.left, box.top, box.right, box.bottom))


def _box_of(text: str | None) -> Box | None:
    return None if text is None else Box(*json.loads(text))


def locator_values(locator: Locator | None) -> Row:
    """Return a place as the values of ``LOCATOR_COLUMNS``."""
    if locator is None:
        return (None,) * len(LOCATOR_COLUMNS)
    return (
        locator.block,
        locator.number,
        locator.part,
        locator.row,
        locator.column,
        locator.start,
        locator.end,
        locator.page,
        locator.sheet,
        locator.label,
        _box_value(locator.box),
    )


def locator_of(row: sqlite3.Row | dict[str, Any]) -> Locator:
    """Return the place a row stands for, or a JSON object of the same names."""
    return Locator(
        block=row["block"],
        number=row["number"],
        part=Part(row["part"]),
        row=row["grid_row"],
        column=row["grid_column"],
        start=row["start_offset"],
        end=row["end_offset"],
        page=row["page"],
        sheet=row["sheet"],
        label=row["column_label"],
        box=_box_of(row["box"]),
    )


def notice_rows(source: int, scope: str, notices: Iterable[Notice]) -> Iterator[Row]:
    """Yield rows of ``notices``."""
    for position, notice in enumerate(notices):
        place = locator_values(notice.locator)
        yield source, scope, position, notice.code, notice.detail, int(notice.is_loss), *place


def notice_of(row: sqlite3.Row) -> Notice:
    """Return the notice a row stands for."""
    locator = None if row["block"] is None else locator_of(row)
    return Notice(row["code"], row["detail"], bool(row["is_loss"]), locator)


def grade_rows(source: int, grades: Iterable[Grade]) -> Iterator[Row]:
    """Yield rows of ``grades``."""
    for position, grade in enumerate(grades):
        yield source, position, int(grade.quality), grade.page, grade.reason


def grade_of(row: sqlite3.Row) -> Grade:
    """Return the grade a row stands for."""
    return Grade(Quality(row["quality"]), row["page"], row["reason"])


def block_rows(source: int, content: Iterable[Block | Table]) -> Iterator[Row]:
    """Yield rows of ``blocks``, one for each paragraph, heading or table; a table's text is its caption."""
    for position, item in enumerate(content):
        head = source, position
        path = packed(item.heading_path)
        place = locator_values(item.locator)
        if isinstance(item, Block):
            lines = _lines_value(item.lines)
            yield *head, item.kind, item.label, item.level, item.text, path, lines, None, None, *place
        else:
            parent = _parent_value(item.parent)
            yield *head, "table", "", 0, item.caption, path, "[]", item.header_rows, parent, *place


def block_of(row: sqlite3.Row) -> Block:
    """Return the paragraph or heading a row stands for."""
    return Block(
        text=row["text"],
        locator=locator_of(row),
        kind=BlockKind(row["kind"]),
        label=row["label"],
        level=row["level"],
        heading_path=unpacked(row["heading_path"]),
        lines=_lines_of(row["lines"]),
    )


def table_of(row: sqlite3.Row, cells: Iterable[Cell]) -> Table:
    """Return the table a row stands for, given its cells."""
    return Table(
        cells=tuple(cells),
        locator=locator_of(row),
        header_rows=row["header_rows"],
        heading_path=unpacked(row["heading_path"]),
        caption=row["text"],
        parent=None if row["parent"] is None else locator_of(json.loads(row["parent"])),
    )


def _parent_value(parent: Locator | None) -> str | None:
    if parent is None:
        return None
    return json.dumps(dict(zip(LOCATOR_COLUMNS, locator_values(parent), strict=True)), ensure_ascii=False)


def _lines_value(lines: tuple[Line, ...]) -> str:
    if not lines:
        return "[]"
    return json.dumps(
        [
            (line.start, line.end, line.page, line.box.left, line.box.top, line.box.right, line.box.bottom)
            for line in lines
        ]
    )


def _lines_of(text: str) -> tuple[Line, ...]:
    if text == "[]":
        return ()
    return tuple(Line(start, end, page, Box(*box)) for start, end, page, *box in json.loads(text))


def cell_rows(source: int, content: Iterable[Block | Table]) -> Iterator[Row]:
    """Yield rows of ``cells`` for all tables."""
    for block, item in enumerate(content):
        if isinstance(item, Block):
            continue
        for position, cell in enumerate(item.cells):
            grid = cell.row, cell.column, cell.row_span, cell.column_span
            yield source, block, position, *grid, cell.text, cell.page, _box_value(cell.box)


def cell_of(row: sqlite3.Row) -> Cell:
    """Return the cell a row stands for."""
    return Cell(
        text=row["text"],
        row=row["grid_row"],
        column=row["grid_column"],
        row_span=row["row_span"],
        column_span=row["column_span"],
        page=row["page"],
        box=_box_of(row["box"]),
    )
