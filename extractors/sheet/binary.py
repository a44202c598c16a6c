"""Reads old ``.xls`` and Kingsoft ``.et`` workbooks: values from python-calamine, looks from the records."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

import olefile
import python_calamine as calamine

from extractors.attached import AttachedFile
from extractors.document import Outcome
from extractors.sheet.formats import shown, shown_text
from extractors.sheet.grid import Area, Sheet, Workbook
from extractors.sheet.objects import carried_files
from extractors.sheet.records import Looks, Marks, read_records
from extractors.sheet.workbook import plain
from extractors.word.package import UnreadableError

__all__ = ["read_binary"]

#: The library fills every place between two cells, so a far-off cell could claim all memory.
_MOST_PLACES = 4_000_000
_EPOCH = datetime(1899, 12, 30)
_DAY = timedelta(days=1)
_STREAMS = ("workbook", "book")

Value = int | float | str | bool | time | date | datetime | timedelta


def read_binary(data: bytes, book: Workbook) -> list[AttachedFile]:
    """Add the sheets of a workbook and return the files put into it as objects.

    Raises UnreadableError when it is encrypted, damaged or no workbook.
    """
    with _compound(data) as package:
        looks = read_records(_stream(package))
        files = list(carried_files(package, len(data), book))
    _read_sheets(data, looks, book)
    # Each object shows as a picture of its own.
    objects = len(files) + sum(notice.code == "embedded_object" for notice in book.notices)
    pictures = sum(marks.pictures for marks in looks.sheets) - objects
    if pictures > 0:
        book.note("picture", str(pictures))
    return files


def _read_sheets(data: bytes, looks: Looks, book: Workbook) -> None:
    with _faults_told():
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for index, (entry, marks) in enumerate(zip(workbook.sheets_metadata, looks.sheets, strict=False)):
            if entry.typ != calamine.SheetTypeEnum.WorkSheet:
                _note_foreign(entry, book)
            elif (marks.last_row + 1) * (marks.last_column + 1) > _MOST_PLACES:
                book.note("too_many_cells", entry.name, is_loss=True)
            else:
                book.sheets.append(_sheet(workbook, index, entry.name, looks, book))


def _note_foreign(entry: calamine.SheetMetadata, book: Workbook) -> None:
    if entry.typ == calamine.SheetTypeEnum.ChartSheet:
        book.note("chart")
    else:
        book.note("unknown_construct", entry.name, is_loss=True)


@contextmanager
def _compound(data: bytes) -> Iterator[olefile.OleFileIO]:
    """Open the compound file; what it raises on damaged bytes becomes our own error."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as package:
            yield package
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise UnreadableError(Outcome.UNREADABLE, "damaged_file", str(error)[:80]) from None


def _stream(package: olefile.OleFileIO) -> bytes:
    """Return the bytes of the workbook inside the compound file."""
    names = {entry[0].lower(): entry for entry in package.listdir() if len(entry) == 1}
    for name in _STREAMS:
        if name in names:
            stream: bytes = package.openstream(names[name]).read()
            return stream
    raise UnreadableError(Outcome.UNREADABLE, "no_main_part")


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turn what the library raises into our own error; its panics derive from BaseException."""
    try:
        yield
    except calamine.PasswordError:
        raise UnreadableError(Outcome.ENCRYPTED, "encrypted") from None
    except calamine.CalamineError as error:
        raise UnreadableError(Outcome.UNREADABLE, "damaged_file", str(error)[:80]) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError(Outcome.UNREADABLE, "damaged_file", str(error)[:80]) from None


def _sheet(workbook: calamine.CalamineWorkbook, index: int, name: str, looks: Looks, book: Workbook) -> Sheet:
    marks = looks.sheets[index]
    try:
        found = workbook.get_sheet_by_index(index)
    except calamine.CalamineError as error:
        book.note("damaged_part", f"{name}（{str(error)[:60]}）", is_loss=True)
        return Sheet(name, {})
    # Rows come from the top of the sheet, columns from the first one used.
    first_column = found.start[1] if found.start else 0
    cells: dict[tuple[int, int], str] = {}
    for row, values in enumerate(found.iter_rows()):
        for column, value in enumerate(values, first_column):
            text = _shown(value, looks.code(marks.styles.get((row, column))), is_1904=looks.is_1904)
            if text and book.take(text):
                cells[row + 1, column + 1] = text
    _note_hidden(marks, name, cells, book)
    remarks = tuple((part, words) for part, words in marks.remarks if book.take(words))
    return Sheet(name, cells, tuple(_merged(found)), remarks)


def _merged(found: calamine.CalamineSheet) -> Iterator[Area]:
    for (top, left), (bottom, right) in found.merged_cell_ranges or ():
        if top <= bottom and left <= right:
            yield Area(top + 1, left + 1, bottom + 1, right + 1)


def _shown(value: Value, code: str, *, is_1904: bool) -> str:
    if isinstance(value, str):
        return shown_text(plain(value), code)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return shown(value, code, is_1904=is_1904)
    # The library has already counted from the right year.
    return shown(_serial(value), code or "yyyy/m/d")


def _serial(value: time | date | datetime | timedelta) -> float:
    """Return a moment as a count of days, as cells store it."""
    if isinstance(value, timedelta):
        return value / _DAY
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / _DAY
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return (value.replace(tzinfo=None) - _EPOCH) / _DAY


def _note_hidden(marks: Marks, name: str, cells: dict[tuple[int, int], str], book: Workbook) -> None:
    is_row_hidden = any(row - 1 in marks.hidden_rows for row, _ in cells)
    columns = {column - 1 for _, column in cells}
    is_column_hidden = any(first <= at <= last for at in columns for first, last in marks.hidden_columns)
    if is_row_hidden or is_column_hidden:
        book.note("hidden_cells", name)
    if marks.is_hidden and cells:
        book.note("hidden_sheet", name)
    if marks.charts:
        book.note("chart")
