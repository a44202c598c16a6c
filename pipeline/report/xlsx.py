"""汇总表.xlsx: the same view objects as sheets that an inspector can filter, print and write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipeline.messages import state_name
from pipeline.model import State
from pipeline.report.cells import line_count
from pipeline.report.printable import formula_safe, shortened
from pipeline.report.sheets import Column, Sheet, Value, sheets
from pipeline.report.view import CampaignView

__all__ = ["save"]

#: Excel holds 32,767 characters a cell; the rest is for the words that say what was left out.
_CELL_LIMIT = 32_700
_A4 = 9
#: Points; Excel allows no row above 409.
_LINE_HEIGHT = 14.5
_TALLEST = 409.0
#: A column's unit is a digit of the 11 point default font; our 10 point text is a little narrower.
_CELLS_A_UNIT = 1.05
_FONT = "微软雅黑"
_LINE = Side(style="thin", color="C9CED4")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True)
class _Look:
    """How a cell is set."""

    font: Font
    alignment: Alignment
    fill: PatternFill | None = None
    border: Border | None = _GRID


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


_BOLD = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
_PLAIN = Font(name=_FONT, size=10)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TEXT = _Look(_PLAIN, Alignment(vertical="top", wrap_text=True))
_NUMBER = _Look(_PLAIN, Alignment(vertical="top", horizontal="center"))
_HEAD = _Look(_BOLD, _CENTRED, _fill("34566E"))
_HEAD_BY_HAND = _Look(_BOLD, _CENTRED, _fill("8A6D1F"))
_NOTE = _Look(Font(name=_FONT, size=10, color="8F1D3F"), Alignment(vertical="top"), border=None)
_STATES = {
    state: _Look(_PLAIN, Alignment(vertical="top", horizontal="center"), _fill(colour))
    for state, colour in (
        (State.COVERED, "D3E5F1"),
        (State.HOLLOW, "F9E9B4"),
        (State.LACKING, "F4C7A6"),
        (State.ABSENT, "E3B4C2"),
        (State.UNCLEAR, "E3E6E9"),
        (State.NOT_APPLICABLE, "FFFFFF"),
    )
}


def save(view: CampaignView, path: Path) -> None:
    """Write the workbook; rows are streamed, so memory does not grow with the campaign."""
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "wuhao"
    workbook.properties.title = formula_safe(f"{view.title} 报送材料缺项汇总表")
    for sheet in sheets(view):
        worksheet = workbook.create_sheet(sheet.title)
        _set_up(worksheet, sheet.columns)
        _set_up_print(worksheet, sheet, view)
        _fill_in(worksheet, sheet, _Painter(worksheet))
    workbook.save(path)


class _Painter:
    """Makes cells of one sheet; each look is worked out once, which makes writing twice as fast."""

    def __init__(self, worksheet: WriteOnlyWorksheet) -> None:
        self._worksheet = worksheet
        self._models: dict[int, WriteOnlyCell] = {}

    def heading(self, column: Column) -> WriteOnlyCell:
        """Return a column's heading."""
        return self.cell(column.title, _HEAD_BY_HAND if column.is_by_hand else _HEAD)

    def body(self, value: Value) -> WriteOnlyCell:
        """Return a cell of the table; no text of a submission can become a formula."""
        if isinstance(value, State):
            return self.cell(state_name(value), _STATES[value])
        if isinstance(value, int):
            return self.cell(value, _NUMBER)
        return self.cell(formula_safe(shortened(value, _CELL_LIMIT)), _TEXT)

    def cell(self, value: str | int, look: _Look) -> WriteOnlyCell:
        """Return a cell with a look."""
        cell = WriteOnlyCell(self._worksheet, value=value)
        model = self._models.get(id(look)) or self._models.setdefault(id(look), self._model(look))
        cell._style = model._style
        return cell

    def _model(self, look: _Look) -> WriteOnlyCell:
        cell = WriteOnlyCell(self._worksheet)
        cell.font = look.font
        cell.alignment = look.alignment
        if look.fill:
            cell.fill = look.fill
        if look.border:
            cell.border = look.border
        return cell


def _fill_in(worksheet: WriteOnlyWorksheet, sheet: Sheet, painter: _Painter) -> None:
    worksheet.append([painter.heading(column) for column in sheet.columns])
    last = 1
    for row in sheet.rows:
        last += 1
        worksheet.row_dimensions[last].height = _height(row, sheet.columns)
        worksheet.append([painter.body(value) for value in row])
        # Already streamed to disk; keeping every row's height would let memory grow.
        del worksheet.row_dimensions[last]
    worksheet.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    if sheet.notes:
        worksheet.append([])
    for note in sheet.notes:
        worksheet.append([painter.cell(formula_safe(note), _NOTE)])


def _set_up(worksheet: WriteOnlyWorksheet, columns: Sequence[Column]) -> None:
    worksheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        worksheet.column_dimensions[get_column_letter(number)].width = column.width


def _set_up_print(worksheet: WriteOnlyWorksheet, sheet: Sheet, view: CampaignView) -> None:
    """A4 across, as wide as the page, headings on every page."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_title_rows = "1:1"
    margins = worksheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.65, 0.55, 0.3, 0.25
    # In headers an ampersand starts a code (&P is the page number); doubled it is itself.
    title = formula_safe(view.title).replace("&", "&&")
    worksheet.oddHeader.left.text = f"{title}　{sheet.title}"[:200]
    worksheet.oddHeader.right.text = "机器初稿，由人认定"
    worksheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _height(row: Sequence[Value], columns: Sequence[Column]) -> float:
    """Return a row's height in points; LibreOffice and old WPS do not grow wrapped rows by themselves."""
    lines = (
        line_count(value, int(column.width * _CELLS_A_UNIT))
        for value, column in zip(row, columns, strict=True)
        if isinstance(value, str)
    )
    return min(_TALLEST, _LINE_HEIGHT * max(lines, default=1) + 4)
