"""Excel workbooks from the XML under test, so that a reader sees the construct and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)

Value = str | float | None


@dataclass(frozen=True)
class Part:
    """A part beside a sheet: the kind of its link and its content."""

    kind: str
    content: str | bytes
    suffix: str = "xml"


@dataclass(frozen=True)
class Sheet:
    """A sheet; ``rows`` begins in A1, ``formats`` gives cells codes, ``formulas`` cells without a value.

    ``xml`` replaces the rows by sheet data of your own; ``after`` goes behind them.
    """

    rows: Sequence[Sequence[Value]] = ()
    merged: Sequence[str] = ()
    formats: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    state: str = ""
    kind: str = "worksheet"
    xml: str = ""
    after: str = ""
    parts: Sequence[Part] = ()


def xlsx(
    sheets: Mapping[str, Sheet], *, is_1904: bool = False, parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """Return a workbook; ``parts`` are further members or, under the same name, replace one."""
    codes = sorted({code for sheet in sheets.values() for code in sheet.formats.values()})
    members: dict[str, str | bytes] = {
        "_rels/.rels": _links([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets, is_1904=is_1904),
        "xl/styles.xml": _styles(codes),
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    }
    links = [(sheet.kind, f"sheets/sheet{number}.xml") for number, sheet in enumerate(sheets.values(), 1)]
    members["xl/_rels/workbook.xml.rels"] = _links([*links, ("styles", "styles.xml")])
    for number, sheet in enumerate(sheets.values(), 1):
        members[f"xl/sheets/sheet{number}.xml"] = _sheet(sheet, codes)
        beside = [(part.kind, f"s{number}p{index}.{part.suffix}") for index, part in enumerate(sheet.parts)]
        if beside:
            members[f"xl/sheets/_rels/sheet{number}.xml.rels"] = _links(beside)
        for (_, name), part in zip(beside, sheet.parts, strict=True):
            members[f"xl/sheets/{name}"] = part.content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (members | dict(parts or {})).items():
            package.writestr(name, content)
    return buffer.getvalue()


def table(*rows: Sequence[Value], **stated: object) -> bytes:
    """Return a workbook of one sheet."""
    return xlsx({"Sheet1": Sheet(rows, **stated)})  # type: ignore[arg-type]


def _links(links: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _workbook(sheets: Mapping[str, Sheet], *, is_1904: bool) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"'
        + (f' state="{sheet.state}"/>' if sheet.state else "/>")
        for number, (name, sheet) in enumerate(sheets.items(), 1)
    )
    properties = '<workbookPr date1904="1"/>' if is_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}<sheets>{listed}</sheets></workbook>'


def _styles(codes: Sequence[str]) -> str:
    formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>'
        for number, code in enumerate(codes, 164)
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in range(164, 164 + len(codes)))
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )


def _sheet(sheet: Sheet, codes: Sequence[str]) -> str:
    data = sheet.xml or "".join(
        _row(sheet, codes, number, row) for number, row in enumerate(sheet.rows, 1) if row
    )
    columns = "".join(f'<col min="{at}" max="{at}" hidden="1"/>' for at in sheet.hidden_columns)
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    return (
        f'<worksheet xmlns="{_MAIN}">{f"<cols>{columns}</cols>" if columns else ""}'
        f"<sheetData>{data}</sheetData><mergeCells>{merged}</mergeCells>{sheet.after}</worksheet>"
    )


def _row(sheet: Sheet, codes: Sequence[str], number: int, row: Sequence[Value]) -> str:
    hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
    cells = "".join(
        _cell(sheet, codes, f"{chr(ord('A') + column)}{number}", value) for column, value in enumerate(row)
    )
    return f'<row r="{number}"{hidden}>{cells}</row>'


def _cell(sheet: Sheet, codes: Sequence[str], place: str, value: Value) -> str:
    style = f' s="{codes.index(sheet.formats[place]) + 1}"' if place in sheet.formats else ""
    if place in sheet.formulas:
        return f'<c r="{place}"{style}><f>{escape(sheet.formulas[place])}</f></c>'
    if value is None:
        return f'<c r="{place}"{style}/>'
    if isinstance(value, str):
        return f'<c r="{place}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"{style}><v>{value!r}</v></c>'
