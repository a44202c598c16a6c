"""Walks the records of an old Excel workbook for what python-calamine does not tell.

That is: how numbers are shown, which rows, columns and sheets are hidden, where the farthest cells are, and
the words of comments, text boxes and running heads ([MS-XLS] 2.4; BIFF5 of Excel 95 where it differs).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.document import Outcome, Part
from extractors.sheet.formats import BUILT_IN
from extractors.sheet.workbook import plain
from extractors.sheet.worksheet import header_words
from extractors.word.package import UnreadableError

__all__ = ["Looks", "Marks", "read_records"]

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_BOUND_SHEET, _FILE_PASS, _FORMAT, _XF, _DATE_MODE = 0x0085, 0x002F, 0x041E, 0x00E0, 0x0022
_ROW, _COLUMN_INFO = 0x0208, 0x007D
_OBJECT, _TEXT_OBJECT, _HEADER, _FOOTER = 0x005D, 0x01B6, 0x0014, 0x0015
_NUMBER, _RK, _FORMULA, _MULTIPLE_RK = 0x0203, 0x027E, 0x0006, 0x00BD
#: Cells with words, truth values or errors, which have no number format.
_OTHER_CELLS = (0x00FD, 0x0204, 0x00D6, 0x0205)
_BIFF8 = 0x0600
_COMMENT, _CHART, _PICTURE = 0x19, 0x05, 0x08
_HIDDEN_ROW = 0x20
_MOST_RECORDS = 5_000_000


@dataclass(slots=True)
class Marks:
    """What the records of one sheet say; rows and columns count from 0, ``styles`` are by cell."""

    is_hidden: bool = False
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    remarks: list[tuple[Part, str]] = field(default_factory=list)
    charts: int = 0
    pictures: int = 0
    last_row: int = -1
    last_column: int = -1

    def meet(self, row: int, column: int) -> None:
        """Note how far the cells of the sheet reach."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)


@dataclass(slots=True)
class Looks:
    """What the records of a workbook say."""

    is_1904: bool = False
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    sheets: list[Marks] = field(default_factory=list)

    def code(self, style: int | None) -> str:
        """Return the number format code of a cell style."""
        if style is None or style >= len(self.styles):
            return ""
        number = self.styles[style]
        return self.formats.get(number) or BUILT_IN.get(number, "")


@dataclass(slots=True)
class _Walk:
    """One walk over the stream of records."""

    stream: bytes
    version: int = _BIFF8
    codec: str = "gb18030"
    count: int = 0

    def records(self, place: int) -> Iterator[tuple[int, bytes]]:
        """Yield kind and content of each record up to the end of the substream that begins here."""
        depth = 0
        while place + 4 <= len(self.stream) and self.count < _MOST_RECORDS:
            kind, length = struct.unpack_from("<HH", self.stream, place)
            content = self.stream[place + 4 : place + 4 + length]
            place += 4 + length
            self.count += 1
            depth += (kind == _BOF) - (kind == _EOF)
            if depth <= 1:
                yield kind, content
            elif kind == _BOF:
                # A chart lies inside the sheet as a substream of its own.
                yield _CHART_BEGIN, b""
            if depth <= 0 and kind == _EOF:
                return

    def short_words(self, content: bytes, width: int) -> str:
        """Return a string whose length stands before it in so many bytes."""
        if len(content) < width + 1:
            return ""
        length = int.from_bytes(content[:width], "little")
        if self.version < _BIFF8:
            return content[width : width + length].decode(self.codec, "replace")
        return _words(content[width:], length)


_CHART_BEGIN = -1


def _words(content: bytes, length: int) -> str:
    """Return characters behind the byte that tells whether they are wide."""
    if content[:1] and content[0] & 1:
        return content[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return content[1 : 1 + length].decode("latin-1")


def read_records(stream: bytes) -> Looks:
    """Return what the records tell.

    Raises UnreadableError when the workbook is encrypted or is none at all.
    """
    if len(stream) < 8 or struct.unpack_from("<H", stream)[0] != _BOF:
        raise UnreadableError(Outcome.UNREADABLE, "no_main_part")
    walk = _Walk(stream, version=struct.unpack_from("<H", stream, 4)[0])
    looks = Looks()
    places: list[int] = []
    for kind, content in walk.records(0):
        if kind == _FILE_PASS:
            raise UnreadableError(Outcome.ENCRYPTED, "encrypted")
        if kind == _BOUND_SHEET and len(content) >= 6:
            places.append(struct.unpack_from("<I", content)[0])
            looks.sheets.append(Marks(is_hidden=bool(content[4] & 3)))
        else:
            _global(walk, looks, kind, content)
    for place, marks in zip(places, looks.sheets, strict=True):
        _read_sheet(walk, place, marks)
    return looks


def _global(walk: _Walk, looks: Looks, kind: int, content: bytes) -> None:
    if kind == _FORMAT and len(content) > 3:
        number = struct.unpack_from("<H", content)[0]
        looks.formats[number] = plain(walk.short_words(content[2:], 2 if walk.version >= _BIFF8 else 1))
    elif kind == _XF and len(content) >= 4:
        looks.styles.append(struct.unpack_from("<H", content, 2)[0])
    elif kind == _DATE_MODE:
        looks.is_1904 = content[:1] == b"\x01"


def _read_sheet(walk: _Walk, place: int, marks: Marks) -> None:
    kind_of_object = 0
    is_text_next = 0
    for kind, content in walk.records(place):
        if kind == _CONTINUE and is_text_next:
            _add_remark(marks, kind_of_object, _words(content, is_text_next))
        is_text_next = 0
        if kind == _TEXT_OBJECT and len(content) >= 12:
            is_text_next = struct.unpack_from("<H", content, 10)[0]
        elif kind == _OBJECT and len(content) >= 6:
            kind_of_object = struct.unpack_from("<H", content, 4)[0]
            marks.pictures += kind_of_object == _PICTURE
        elif kind == _CHART_BEGIN:
            marks.charts += 1
        elif kind in (_HEADER, _FOOTER):
            words = header_words(walk.short_words(content, 2 if walk.version >= _BIFF8 else 1))
            if words:
                marks.remarks.append((Part.HEADER if kind == _HEADER else Part.FOOTER, words))
        else:
            _cell(marks, kind, content)


def _add_remark(marks: Marks, kind_of_object: int, words: str) -> None:
    words = plain(words)
    if words:
        marks.remarks.append((Part.COMMENT if kind_of_object == _COMMENT else Part.TEXT_BOX, words))


def _cell(marks: Marks, kind: int, content: bytes) -> None:
    if len(content) < 6:
        return
    row, column, style = struct.unpack_from("<HHH", content)
    if kind in (_NUMBER, _RK, _FORMULA):
        marks.meet(row, column)
        marks.styles[row, column] = style
    elif kind == _MULTIPLE_RK:
        for step in range((len(content) - 6) // 6):
            marks.meet(row, column + step)
            marks.styles[row, column + step] = struct.unpack_from("<H", content, 4 + 6 * step)[0]
    elif kind in _OTHER_CELLS:
        marks.meet(row, column)
    elif kind == _ROW and len(content) >= 14 and content[12] & _HIDDEN_ROW:
        marks.hidden_rows.add(row)
    elif kind == _COLUMN_INFO and len(content) >= 10 and content[8] & 1:
        marks.hidden_columns.append((row, column))
