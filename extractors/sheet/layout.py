"""Finds the papers on a sheet: titles above, one or more tables, notes below.

People use one sheet for several things.  Empty rows or columns part what is clearly separate; a title typed
over a table becomes a paragraph; words in a single column are read as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.document import Block, Cell, Locator, Table
from extractors.sheet.grid import Area, Sheet
from extractors.tables import caption_above, header_rows

__all__ = ["covered_texts", "lay_out"]

_LONG = 20
#: Blank places are kept so that a table has its shape, unless it is nearly all blanks.
_MOST_BLANKS = 50_000
_LEAST_FILL = 0.05
_MOST_MERGED = 2_000_000
_MOST_EMPTY_ROWS = 3
#: No header has more rows, nor names more columns.
_DEEPEST_HEADER = 8
_WIDEST_HEADER = 256
_TITLE_WIDTH = 0.6
_NOTE = re.compile(
    r"[（(]?(?:备?注|说明|填表|填报|制表|审核|联系|附|单位(?:负责人)?)\s*(?:[一-龥]{0,6}[:：)）]|[:：])"
)
_LABELLED = re.compile(r".{1,12}[:：]")


class _Entry(NamedTuple):
    """A cell that shows something, with the places it takes up."""

    text: str
    area: Area


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows without an empty one between them; ``rows`` holds their entries, left to right."""

    rows: tuple[tuple[_Entry, ...], ...]

    @property
    def area(self) -> Area:
        """The block of cells that the entries take up."""
        areas = [entry.area for row in self.rows for entry in row]
        return Area(
            min(area.top for area in areas),
            min(area.left for area in areas),
            max(area.bottom for area in areas),
            max(area.right for area in areas),
        )


def lay_out(sheet: Sheet, first_block: int) -> list[Block | Table]:
    """Return the paragraphs and tables of a sheet, numbered within it; blocks count from ``first_block``."""
    content: list[Block | Table] = []
    paragraphs = tables = 0
    for piece in _pieces(sheet):
        block = first_block + len(content)
        if isinstance(piece, str):
            paragraphs += 1
            content.append(Block(piece, Locator(block, paragraphs, sheet=sheet.name, end=len(piece))))
        else:
            tables += 1
            cells = tuple(sorted(_cells(piece), key=lambda cell: (cell.row, cell.column)))
            headers = header_rows([cell for cell in cells if cell.row <= _DEEPEST_HEADER])
            place = Locator(block, tables, sheet=sheet.name)
            content.append(Table(cells, place, headers, caption=caption_above(content)))
    return content


def _pieces(sheet: Sheet) -> Iterator[str | _Band]:
    """Yield paragraphs and tables from the top down."""
    gathered: list[_Band] = []
    for band in _bands(_entries(sheet)):
        above, body, below = _parted(band)
        if above or body is None or not (gathered and _goes_on(gathered, body)):
            yield from _abreast(gathered)
            gathered = []
        yield from above
        if body is not None:
            gathered.append(body)
        if below:
            yield from _abreast(gathered)
            gathered = []
        yield from below
    yield from _abreast(gathered)


def _entries(sheet: Sheet) -> dict[int, list[_Entry]]:
    """Return what each row shows; a merged cell stands once, at its top left corner."""
    taken = _merged_places(sheet)
    rows: dict[int, list[_Entry]] = {}
    for (row, column), text in sorted(sheet.cells.items()):
        area = taken.get((row, column), Area(row, column, row, column))
        if (area.top, area.left) == (row, column):
            rows.setdefault(row, []).append(_Entry(text, area))
    return rows


def covered_texts(sheet: Sheet) -> list[str]:
    """Return the words of cells that a merged cell covers, so that nobody sees them."""
    taken = _merged_places(sheet)
    places = ((place, area) for place, area in taken.items() if place != (area.top, area.left))
    return [sheet.cells[place] for place, _ in places if place in sheet.cells]


def _merged_places(sheet: Sheet) -> dict[tuple[int, int], Area]:
    """Return which merged cell each covered place belongs to; the first of overlapping ones wins."""
    last_row = max((row for row, _ in sheet.cells), default=0)
    last_column = max((column for _, column in sheet.cells), default=0)
    taken: dict[tuple[int, int], Area] = {}
    for area in sheet.merged:
        top, left = area.top, area.left
        if (top, left) not in sheet.cells:
            continue
        area = Area(top, left, min(area.bottom, last_row), min(area.right, last_column))
        size = (area.bottom - top + 1) * (area.right - left + 1)
        if len(taken) + size > _MOST_MERGED:
            break
        places = [
            (row, column) for row in range(top, area.bottom + 1) for column in range(left, area.right + 1)
        ]
        if places and not any(place in taken for place in places):
            taken.update(dict.fromkeys(places, area))
    return taken


def _bands(rows: dict[int, list[_Entry]]) -> Iterator[_Band]:
    """Yield runs of rows; an empty row parts them unless a merged cell reaches across."""
    run: list[tuple[_Entry, ...]] = []
    bottom = 0
    for row, entries in rows.items():
        if run and row > bottom + 1:
            yield _Band(tuple(run))
            run, bottom = [], 0
        run.append(tuple(entries))
        bottom = max(bottom, row, *(entry.area.bottom for entry in entries))
    if run:
        yield _Band(tuple(run))


def _parted(band: _Band) -> tuple[list[str], _Band | None, list[str]]:
    """Return the titles above the table in a band, the table, and the notes below it."""
    rows, area = band.rows, band.area
    widest = max(map(len, rows))
    start = next((at for at, row in enumerate(rows) if not _is_title(row, area, widest)), len(rows))
    end = len(rows)
    while end > start and _is_note(rows[end - 1], area):
        end -= 1
    above, body, below = rows[:start], rows[start:end], rows[end:]
    is_text = all(len(row) == 1 for row in body) and len({row[0].area.left for row in body}) == 1
    if is_text:
        return [_line(row) for row in rows], None, []
    return [_line(row) for row in above], _Band(body) if body else None, [_line(row) for row in below]


def _line(row: Sequence[_Entry]) -> str:
    return "　".join(entry.text for entry in row)


def _is_title(row: Sequence[_Entry], area: Area, widest: int) -> bool:
    """Whether a first row stands above the table: a line across it, or labelled words (填报单位：某县)."""
    if len(row) > 1:
        return len(row) * 2 <= widest and all(_LABELLED.match(entry.text) for entry in row)
    (entry,) = row
    width = entry.area.right - entry.area.left + 1
    is_wide = width >= _TITLE_WIDTH * (area.right - area.left + 1)
    is_flat = entry.area.bottom == entry.area.top
    return is_flat and (is_wide or entry.area.left == area.left or len(entry.text) > _LONG // 2)


def _is_note(row: Sequence[_Entry], area: Area) -> bool:
    """Whether the last row stands below the table: a remark, or who filled it in."""
    if len(row) > 1:
        return len(row) < (area.right - area.left + 1) / 2 and all(_NOTE.match(entry.text) for entry in row)
    (entry,) = row
    if entry.area.bottom > entry.area.top:
        return False
    is_across = not entry.area.is_single and (entry.area.left, entry.area.right) == (area.left, area.right)
    return is_across or len(entry.text) > _LONG or _NOTE.match(entry.text) is not None


def _goes_on(table: Sequence[_Band], body: _Band) -> bool:
    """Whether rows after a few empty ones still belong to a table: no new columns, no header of their own."""
    first, last, new = table[0].area, table[-1].area, body.area
    is_near = new.top - last.bottom <= _MOST_EMPTY_ROWS + 1
    return is_near and first.left <= new.left and new.right <= first.right and not _has_header(body)


def _has_header(band: _Band) -> bool:
    if band.area.right - band.area.left > _WIDEST_HEADER:
        return False
    return header_rows(tuple(_cells(_Band(band.rows[:_DEEPEST_HEADER])))) > 0


def _abreast(bands: Sequence[_Band]) -> Iterator[_Band]:
    """Yield the table that some bands make, or the tables that stand side by side, each with a header."""
    if not bands:
        return
    whole = _Band(tuple(row for band in bands for row in band.rows))
    parts = list(_columns_parted(whole))
    if len(parts) > 1 and all(map(_has_header, parts)):
        yield from parts
    else:
        yield whole


def _columns_parted(band: _Band) -> Iterator[_Band]:
    used: set[int] = set()
    for row in band.rows:
        for entry in row:
            used.update(range(entry.area.left, entry.area.right + 1))
    starts = [column for column in sorted(used) if column - 1 not in used]
    for start, end in zip(starts, [*starts[1:], band.area.right + 1], strict=True):
        rows = (tuple(entry for entry in row if start <= entry.area.left < end) for row in band.rows)
        yield _Band(tuple(row for row in rows if row))


def _cells(band: _Band) -> Iterator[Cell]:
    """Yield the cells of a table, counted from its own corner, blank ones too unless nearly all are blank."""
    area = band.area
    entries = [entry for row in band.rows for entry in row]
    taken: set[tuple[int, int]] = set()
    for entry in entries:
        top, left, bottom, right = entry.area
        yield Cell(entry.text, top - area.top + 1, left - area.left + 1, bottom - top + 1, right - left + 1)
        if entry.area.is_single:
            taken.add((top, left))
        else:
            taken.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
    if size > _MOST_BLANKS and len(taken) < _LEAST_FILL * size:
        return
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            if (row, column) not in taken:
                yield Cell("", row - area.top + 1, column - area.left + 1)
