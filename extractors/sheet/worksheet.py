"""Reads the cells of one sheet of an ``.xlsx`` package: what they show, which are merged or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.sheet.formats import shown, shown_text
from extractors.sheet.grid import Area, Sheet, Workbook, column_letters
from extractors.sheet.workbook import Element, SheetPart, Styles, events, plain, words_in
from extractors.word.package import Package

__all__ = ["header_words", "read_sheet"]

_TAGS = ("{*}row", "{*}mergeCell", "{*}col", "{*}headerFooter")
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_MERGED = 200_000
_MOST_COLUMNS_HIDDEN = 16_384
_HEADS = {
    "oddHeader": Part.HEADER,
    "evenHeader": Part.HEADER,
    "firstHeader": Part.HEADER,
    "oddFooter": Part.FOOTER,
    "evenFooter": Part.FOOTER,
    "firstFooter": Part.FOOTER,
}
#: &P is the page number and so on, &"宋体,加粗" a font, &K04 a colour, && the sign itself.
_HEAD_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+-]{2,6}|\d+|.)', re.S)


@dataclass(slots=True)
class _Reading:
    """A sheet while its rows go by."""

    name: str
    styles: Styles
    strings: Sequence[str]
    book: Workbook
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    remarks: list[tuple[Part, str]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    never_calculated: list[str] = field(default_factory=list)
    has_hidden: bool = False
    last_row: int = 0

    def meet(self, element: Element) -> bool:
        """Take in one element; False when nothing more may be read."""
        kind = str(element.tag).rpartition("}")[2]
        if kind == "row":
            return self._row(element)
        if kind == "mergeCell" and len(self.merged) < _MOST_MERGED:
            self.merged.extend(_area(element.get("ref", "")))
        elif kind == "col" and element.get("hidden") in ("1", "true"):
            first, last = _number(element.get("min")), _number(element.get("max"))
            self.hidden_columns.append((first, min(last, _MOST_COLUMNS_HIDDEN)))
        elif kind == "headerFooter":
            self.remarks.extend(_heads(element))
        return True

    def _row(self, element: Element) -> bool:
        row = _number(element.get("r")) or self.last_row + 1
        self.last_row = row
        column = 0
        count = len(self.cells)
        for cell in element.iterchildren("{*}c"):
            reference = cell.get("r", "")
            if reference and not len(cell):
                # Most cells only carry a look.
                continue
            place = _place(reference)
            column = place[1] if place else column + 1
            at = place[0] if place else row
            if not (0 < at <= _LAST_ROW and 0 < column <= _LAST_COLUMN):
                continue
            text = self._shown(cell, at, column)
            if text and not self.book.take(text):
                return False
            if text:
                self.cells[at, column] = text
        if element.get("hidden") in ("1", "true") and len(self.cells) > count:
            self.has_hidden = True
        return True

    def _shown(self, cell: Element, row: int, column: int) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return "" if inline is None else words_in(inline)
        stored = cell.findtext("{*}v")
        if not stored:
            if cell.find("{*}f") is not None and kind != "str":
                self.never_calculated.append(f"{column_letters(column)}{row}")
            return ""
        return self._value(kind, stored, self.styles.code(cell.get("s")))

    def _value(self, kind: str, stored: str, code: str) -> str:
        if kind == "s":
            index = _number(stored)
            found = self.strings[index] if stored.strip().isdecimal() and index < len(self.strings) else None
            if found is None:
                self.book.note("damaged_part", self.name, is_loss=True)
            return shown_text(found or "", code)
        if kind == "b":
            return "TRUE" if stored.strip() == "1" else "FALSE"
        if kind in ("str", "e", "d"):
            return shown_text(plain(stored), code)
        return self._figure(stored, code)

    def _figure(self, stored: str, code: str) -> str:
        try:
            value = float(stored)
        except ValueError:
            return plain(stored)
        text = shown(value, code, is_1904=self.styles.is_1904)
        if not text and value:
            # The format ;;; hides every number.
            self.has_hidden = True
        return text

    def finished(self) -> Sheet:
        """Return the sheet and leave notices of what a reader of the cells would not see."""
        if self.has_hidden or self._has_hidden_columns():
            self.book.note("hidden_cells", self.name)
        if self.never_calculated:
            count = len(self.never_calculated)
            place = f"{self.name}!{self.never_calculated[0]}" + (f"等{count}处" if count > 1 else "")
            self.book.note("formula_without_value", place, is_loss=True)
        return Sheet(self.name, self.cells, tuple(self.merged), tuple(self.remarks))

    def _has_hidden_columns(self) -> bool:
        columns = {column for _, column in self.cells} if self.hidden_columns else set()
        return any(first <= column <= last for column in columns for first, last in self.hidden_columns)


def read_sheet(
    package: Package, part: SheetPart, styles: Styles, strings: Sequence[str], book: Workbook
) -> Sheet:
    """Return what a sheet shows; what is hidden or missing becomes a notice of the workbook."""
    reading = _Reading(part.name, styles, strings, book)
    for element in events(package, part.part, _TAGS):
        if not reading.meet(element):
            break
    return reading.finished()


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column of a reference such as ``AB12``."""
    found = _CELL.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _area(reference: str) -> Iterator[Area]:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last or first)
    if start and end and start <= end and start[1] <= end[1]:
        yield Area(start[0], start[1], end[0], end[1])


def _heads(element: Element) -> Iterator[tuple[Part, str]]:
    for child in element:
        part = _HEADS.get(str(child.tag).rpartition("}")[2])
        words = header_words(child.text or "")
        if part and words:
            yield part, words


def header_words(code: str) -> str:
    """Return the words of a running head without its codes for place, font and page number.

    >>> header_words('&L&"宋体,常规"某县工商联&C第&P页')
    '某县工商联　第页'
    """
    parted = re.sub("&[LCR]", "　", code, flags=re.I)
    words = _HEAD_CODE.sub(lambda match: "&" if match[0] == "&&" else "", parted)
    return plain(re.sub("　+", "　", words)).strip("　")
