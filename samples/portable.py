"""Prints a sample paper as a text PDF, the way an office printer driver lays out a 公文.

A4, 22 lines of 28 characters spread to the full width, a running head, page numbers ``— 1 —``, ruled
tables that run over pages.  The font is the Adobe CID font STSong-Light, which is named but not embedded.
The same paper gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from samples.markup import Grid, GridCell, Paper, Paragraph, Role

__all__ = ["wrap", "write"]

_FONT = "STSong-Light"
_PAGE_WIDTH, _PAGE_HEIGHT = A4
_LEFT, _TOP = 79.4, 104.9  # 28 mm and 37 mm
_SIZE = 16.0
_LEADING = 28.5
_WIDTH = 28 * _SIZE
_BOTTOM = _TOP + 22 * _LEADING
_TABLE_SIZE = 12.0
_TABLE_LEADING = 17.0
_PADDING = 4.0
_WIDEST_COLUMN = 16  # characters a column asks for at most, before the width is shared out

_TOKEN = re.compile(r"[0-9A-Za-z.％%]+|.", re.DOTALL)
_NEVER_FIRST = "，。；：、！？）”》％%"
_NEVER_LAST = "（“《〔"

pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


@dataclass(slots=True)
class _Sheet:
    """The page being printed; ``down`` is the distance from its top edge to the next line."""

    canvas: Canvas
    header: str
    down: float = _TOP
    number: int = field(default=0)

    def turn(self) -> None:
        """Finish the page and begin the next."""
        if self.number:
            self.canvas.showPage()
        self.number += 1
        self.down = _TOP
        self.canvas.setFont(_FONT, 10.5)
        self.canvas.drawString(_LEFT, _PAGE_HEIGHT - 62, self.header)
        self.canvas.drawCentredString(_PAGE_WIDTH / 2, _PAGE_HEIGHT - _BOTTOM - 38, f"— {self.number} —")

    def make_room(self, height: float) -> None:
        """Begin the next page when this one is too full."""
        if self.down + height > _BOTTOM:
            self.turn()

    def print_line(self, text: str, left: float, size: float, spacing: float = 0.0) -> None:
        """Print one line, ``spacing`` points more between two characters, and move down."""
        self.make_room(_LEADING)
        self.canvas.setFont(_FONT, size)
        self.canvas.drawString(left, _PAGE_HEIGHT - self.down - size, text, charSpace=spacing)
        self.down += _LEADING


def write(paper: Paper) -> bytes:
    """Return the paper as the bytes of a PDF; ValueError for a footnote or a text box, which Word has."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(paper.title)
    canvas.setAuthor("办公室")
    sheet = _Sheet(canvas, paper.header)
    sheet.turn()
    for item in paper.items:
        if isinstance(item, Grid):
            _print_table(sheet, item)
        else:
            _print_paragraph(sheet, item)
    canvas.save()
    return buffer.getvalue()


def wrap(text: str, width: float, size: float, indent: float = 0.0) -> Iterator[str]:
    """Yield the printed lines of a text; numbers stay whole.

    A closing mark hangs over the edge, as Word lets it; ``width``, ``size`` and ``indent`` (of the first
    line) are in points.
    """
    line = ""
    room = width - indent
    for token in _TOKEN.findall(text):
        is_full = _width(line + token, size) > room + 0.01
        if is_full and line and token not in _NEVER_FIRST:
            kept = line.rstrip(_NEVER_LAST) or line
            yield kept
            line, room = line[len(kept) :], width
        line += token
    if line:
        yield line


def _width(text: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, _FONT, size))


def _print_paragraph(sheet: _Sheet, paragraph: Paragraph) -> None:
    if paragraph.role is Role.BOX or paragraph.footnotes:
        raise ValueError(f"only a Word paper can hold this: {paragraph.text}")
    text = paragraph.label + paragraph.text
    size = 22.0 if paragraph.role is Role.TITLE else _SIZE
    if paragraph.role in (Role.TITLE, Role.NUMBER, Role.CAPTION):
        for line in wrap(text, _WIDTH, size):
            sheet.print_line(line, _LEFT + (_WIDTH - _width(line, size)) / 2, size)
    elif paragraph.role is Role.SIGNATURE:
        sheet.print_line(text, _LEFT + _WIDTH - 2 * size - _width(text, size), size)
    else:
        indent = 0.0 if paragraph.role is Role.RECIPIENT else 2 * size
        _print_spread(sheet, tuple(wrap(text, _WIDTH, size, indent)), indent)


def _print_spread(sheet: _Sheet, lines: tuple[str, ...], indent: float) -> None:
    for number, line in enumerate(lines):
        start = 0.0 if number else indent
        is_last = number == len(lines) - 1
        spacing = 0.0 if is_last else _spacing(line, _WIDTH - start)
        sheet.print_line(line, _LEFT + start, _SIZE, spacing)


def _spacing(line: str, room: float) -> float:
    within = line.rstrip(_NEVER_FIRST) if _width(line, _SIZE) > room + 0.01 else line
    return (room - _width(within, _SIZE)) / max(1, len(within) - 1)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a table's lines run: left edges of columns, heights of rows, wrapped text of cells."""

    edges: tuple[float, ...]
    heights: tuple[float, ...]
    lines: dict[GridCell, tuple[str, ...]]


def _print_table(sheet: _Sheet, grid: Grid) -> None:
    layout = _lay_out(grid)
    first = 0
    while first < grid.row_count:
        sheet.make_room(layout.heights[first])
        last = _last_row_that_fits(layout, first, _BOTTOM - sheet.down)
        _print_rows(sheet, grid, layout, range(first, last + 1))
        sheet.down += sum(layout.heights[first : last + 1])
        first = last + 1
    sheet.down += _LEADING / 3


def _lay_out(grid: Grid) -> _Layout:
    wishes = [
        max(
            (min(len(cell.text), _WIDEST_COLUMN) for cell in grid.cells if _is_alone_in(cell, column)),
            default=1,
        )
        + 1
        for column in range(grid.column_count)
    ]
    edges = [_LEFT]
    for wish in wishes:
        edges.append(edges[-1] + _WIDTH * wish / sum(wishes))
    lines = {cell: tuple(wrap(cell.text, _room_in(cell, edges), _TABLE_SIZE)) for cell in grid.cells}
    heights = tuple(
        max(len(lines[cell]) for cell in grid.cells if cell.row == row) * _TABLE_LEADING + 2 * _PADDING
        for row in range(grid.row_count)
    )
    return _Layout(tuple(edges), heights, lines)


def _room_in(cell: GridCell, edges: list[float]) -> float:
    # One character is left free for a closing mark, so that it hangs inside the ruled lines.
    return edges[cell.column + cell.column_span] - edges[cell.column] - 2 * _PADDING - _TABLE_SIZE


def _is_alone_in(cell: GridCell, column: int) -> bool:
    return cell.column == column and cell.column_span == 1


def _last_row_that_fits(layout: _Layout, first: int, room: float) -> int:
    last = first
    used = layout.heights[first]
    while last + 1 < len(layout.heights) and used + layout.heights[last + 1] <= room:
        last += 1
        used += layout.heights[last]
    return last


def _print_rows(sheet: _Sheet, grid: Grid, layout: _Layout, rows: range) -> None:
    for cell in grid.cells:
        begin = max(cell.row, rows.start)
        end = min(cell.row + cell.row_span, rows.stop)
        if begin >= end:
            continue
        top = sheet.down + sum(layout.heights[rows.start : begin])
        left, right = layout.edges[cell.column], layout.edges[cell.column + cell.column_span]
        height = sum(layout.heights[begin:end])
        sheet.canvas.rect(left, _PAGE_HEIGHT - top - height, right - left, height)
        if cell.row in rows:
            _print_cell(sheet.canvas, layout.lines[cell], left, top)


def _print_cell(canvas: Canvas, lines: tuple[str, ...], left: float, top: float) -> None:
    canvas.setFont(_FONT, _TABLE_SIZE)
    for number, line in enumerate(lines):
        baseline = top + _PADDING + number * _TABLE_LEADING + _TABLE_SIZE
        canvas.drawString(left + _PADDING, _PAGE_HEIGHT - baseline, line)
