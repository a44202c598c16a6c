"""Reads spreadsheets: ``.xlsx``, ``.xls``, ``.et`` and tables in plain text, each sheet a run of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.attached import AttachedFile, as_sources
from extractors.document import (
    Block,
    Document,
    Extraction,
    Grade,
    Limits,
    Locator,
    Notice,
    Outcome,
    Part,
    Quality,
    Source,
    Table,
)
from extractors.outline import outline
from extractors.sheet.binary import read_binary
from extractors.sheet.delimited import read_delimited
from extractors.sheet.grid import Sheet, Workbook
from extractors.sheet.layout import covered_texts, lay_out
from extractors.sheet.surroundings import embedded_files, remarks_beside
from extractors.sheet.workbook import SheetPart, main_part, shared_strings, sheet_parts, styles_of
from extractors.sheet.worksheet import read_sheet
from extractors.word.package import Package, UnreadableError, open_package

__all__ = ["extract", "extract_binary", "extract_delimited"]

_EXTRACTOR = "sheet/1"
# A sheet with pictures and less text than a letterhead and a date holds its words in the pictures.
_NEARLY_NO_TEXT = 60


def extract(source: Source, limits: Limits) -> Extraction:
    """Read an ``.xlsx`` workbook (also what WPS writes as a new ``.et``)."""
    book = Workbook(limits.max_characters)
    try:
        package = open_package(source.data, limits)
        files = _read_package(package, book)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))
    members, file_notices = as_sources(files, source, limits)
    return _concluded(book, (*package.notices, *file_notices), members, is_damaged=bool(package.notices))


def extract_binary(source: Source, limits: Limits) -> Extraction:
    """Read an old ``.xls`` workbook or a Kingsoft ``.et``."""
    book = Workbook(limits.max_characters)
    try:
        files = read_binary(source.data, book)
    except UnreadableError as error:
        return Extraction(error.outcome, notices=(error.notice,))
    members, file_notices = as_sources(files, source, limits)
    return _concluded(book, file_notices, members)


def extract_delimited(source: Source, limits: Limits) -> Extraction:
    """Read a table in plain text, its columns parted by commas, tabs or semicolons."""
    if len(source.data) > limits.max_characters * 4:
        return Extraction(Outcome.TOO_BIG, notices=(Notice("too_many_characters", is_loss=True),))
    book = Workbook(limits.max_characters)
    quality = read_delimited(source.data, book)
    return _concluded(book, quality=quality)


def _read_package(package: Package, book: Workbook) -> list[AttachedFile]:
    main = main_part(package)
    parts = sheet_parts(package, main)
    styles = styles_of(package, main)
    strings = shared_strings(package, main)
    files: list[AttachedFile] = []
    for part in parts:
        if part.kind != "worksheet":
            _note_foreign(part, book)
            continue
        sheet = read_sheet(package, part, styles, strings, book)
        remarks = (*remarks_beside(package, part, book), *sheet.remarks)
        if part.is_hidden and sheet.cells:
            book.note("hidden_sheet", part.name)
        book.sheets.append(Sheet(sheet.name, sheet.cells, sheet.merged, remarks))
        files.extend(embedded_files(package, part))
    return files


def _note_foreign(part: SheetPart, book: Workbook) -> None:
    if part.kind == "chartsheet":
        book.note("chart")
    else:
        book.note("unknown_construct", f"{part.kind} {part.name}", is_loss=True)


def _concluded(
    book: Workbook,
    notices: Sequence[Notice] = (),
    members: tuple[Source, ...] = (),
    *,
    quality: Quality = Quality.GOOD,
    is_damaged: bool = False,
) -> Extraction:
    """Lay out the sheets and say how the reading ended."""
    content = tuple(_content(book))
    is_picture = any(notice.code == "picture" for notice in book.notices) and _size(content) < _NEARLY_NO_TEXT
    notices = (*(_weighed(notice, is_picture=is_picture) for notice in book.notices), *notices)
    is_lossy = any(notice.is_loss for notice in notices)
    if not content and not members:
        return Extraction(Outcome.UNREADABLE if is_lossy else Outcome.EMPTY, notices=notices)
    grade = Grade(quality)
    if is_picture or is_damaged:
        grade = Grade(Quality.POOR, reason="picture_only" if is_picture else "damaged")
    document = Document(content, (grade,), notices, extractor=_EXTRACTOR)
    return Extraction(Outcome.PARTIAL if is_lossy else Outcome.OK, document, members=members)


def _size(content: Sequence[Block | Table]) -> int:
    texts = (
        (item.text,) if isinstance(item, Block) else (cell.text for cell in item.cells) for item in content
    )
    return sum(len(text) for of_item in texts for text in of_item)


def _weighed(notice: Notice, *, is_picture: bool) -> Notice:
    """Return a notice; pictures are a loss where there is next to nothing else to read."""
    return replace(notice, is_loss=True) if is_picture and notice.code == "picture" else notice


def _content(book: Workbook) -> Iterator[Block | Table]:
    """Yield the content of all sheets in order of their tabs, then what stands beside the cells."""
    count = 0
    for sheet in book.sheets:
        body = lay_out(sheet, count)
        for text in covered_texts(sheet):
            book.note("covered_cell", text[:20])
        count += len(body)
        # Each sheet has an outline of its own.
        yield from outline(body)
    numbers: Counter[tuple[str, Part]] = Counter()
    for sheet in book.sheets:
        for part, text in sheet.remarks:
            numbers[sheet.name, part] += 1
            place = Locator(count, numbers[sheet.name, part], part, sheet=sheet.name, end=len(text))
            yield Block(text, place)
            count += 1
