"""Reads what stands on a page without being part of its text: filled form fields, notes, attached files.

A filled field reads as if its words had been printed in its rectangle, so it falls into the right line or
table cell by itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import sqrt

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.attached import AttachedFile
from extractors.document import Box, Limits, Part
from extractors.pdf.attachments import load_attachment
from extractors.pdf.characters import DROPPED, is_wide, normalise
from extractors.pdf.words import Frame, Word

__all__ = ["Annotations", "Remark", "read_annotations"]

_MOST = 5_000
_LONGEST = 200_000
_LARGEST_TYPE = 12.0
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_TEXT_FIELDS = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
_TICKS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_COMMENTS = (
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_CARET,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Words laid over a page: a typewriter text box or a reviewer's comment."""

    text: str
    part: Part
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that one page's annotations say; ``has_unread_fields`` when a field would not give its value."""

    field_words: tuple[Word, ...] = ()
    remarks: tuple[Remark, ...] = ()
    attachments: tuple[AttachedFile, ...] = ()
    is_stamped: bool = False
    has_unread_fields: bool = False


def read_annotations(
    pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int, frame: Frame, limits: Limits
) -> Annotations:
    """Return what the annotations of one page say."""
    count = pdfium.FPDFPage_GetAnnotCount(page)
    if count <= 0:
        return Annotations()
    words: list[Word] = []
    remarks: list[Remark] = []
    attachments: list[AttachedFile] = []
    is_stamped = has_unread = False
    for annotation in _annotations(page, count):
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            has_unread |= pdf.formenv is None
            words.extend(_field_words(pdf, annotation, frame))
        elif kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            if raw := pdfium.FPDFAnnot_GetFileAttachment(annotation):
                attachments.append(load_attachment(pypdfium2.PdfAttachment(raw, pdf), limits))
        elif kind == pdfium.FPDF_ANNOT_STAMP:
            is_stamped = True
        else:
            remarks.extend(_remark(annotation, kind, number, frame))
    return Annotations(tuple(words), tuple(remarks), tuple(attachments), is_stamped, has_unread)


def _annotations(page: pypdfium2.PdfPage, count: int) -> Iterator[ctypes.c_void_p]:
    """Yield the annotations a reader sees."""
    for index in range(min(count, _MOST)):
        with _opened(page, index) as annotation:
            if annotation and not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                yield annotation


@contextmanager
def _opened(page: pypdfium2.PdfPage, index: int) -> Iterator[ctypes.c_void_p]:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    try:
        yield annotation
    finally:
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _rectangle(annotation: ctypes.c_void_p, frame: Frame) -> Box:
    raw = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, raw)
    xs, ys = sorted((raw.left, raw.right)), sorted((raw.bottom, raw.top))
    return frame.clamp(Box(*frame.place(xs[0], ys[0], xs[1], ys[1])))


def _remark(annotation: ctypes.c_void_p, kind: int, number: int, frame: Frame) -> Iterator[Remark]:
    if kind != pdfium.FPDF_ANNOT_FREETEXT and kind not in _COMMENTS:
        return
    size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = (pdfium.FPDF_WCHAR * (min(size, _LONGEST) // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, ctypes.sizeof(buffer))
    if text := _decoded(buffer).strip():
        part = Part.TEXT_BOX if kind == pdfium.FPDF_ANNOT_FREETEXT else Part.COMMENT
        yield Remark(text, part, number, _rectangle(annotation, frame))


def _decoded(buffer: ctypes.Array[ctypes.c_ushort]) -> str:
    text = bytes(buffer).decode("utf-16-le", errors="replace").split("\0", 1)[0]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(normalise(line.replace("\t", " ")).replace(DROPPED, "") for line in lines)


def _field_words(pdf: pypdfium2.PdfDocument, annotation: ctypes.c_void_p, frame: Frame) -> Iterator[Word]:
    if pdf.formenv is None:
        return
    kind = pdfium.FPDFAnnot_GetFormFieldType(pdf.formenv, annotation)
    if kind in _TEXT_FIELDS:
        yield from _typeset(_field_value(pdf, annotation), _rectangle(annotation, frame))
    elif kind in _TICKS and pdfium.FPDFAnnot_IsChecked(pdf.formenv, annotation):
        yield from _typeset("☑", _rectangle(annotation, frame))


def _field_value(pdf: pypdfium2.PdfDocument, annotation: ctypes.c_void_p) -> str:
    size = pdfium.FPDFAnnot_GetFormFieldValue(pdf.formenv, annotation, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (min(size, _LONGEST) // 2 + 1))()
    pdfium.FPDFAnnot_GetFormFieldValue(pdf.formenv, annotation, buffer, ctypes.sizeof(buffer))
    return _decoded(buffer)


def _typeset(text: str, box: Box) -> Iterator[Word]:
    """Yield a field's value as if printed in its rectangle, in lines that fill it."""
    lines = text.split("\n")
    width, height = max(box.right - box.left, 1.0), max(box.bottom - box.top, 1.0)
    ems = max(sum(map(_width, text)), 1.0)
    size = min(_LARGEST_TYPE, height / len(lines), sqrt(width * height / (ems * len(lines))))
    rows = [row for line in lines for row in _wrapped(line, width / size)]
    pitch = min(height / max(len(rows), 1), 1.4 * size)
    for number, row in enumerate(rows):
        top = box.top + number * pitch
        right = box.left + sum(map(_width, row)) * size
        yield Word(row, box.left, top, right, top + min(size, pitch), size)


def _width(char: str) -> float:
    return 1.0 if is_wide(char) else 0.5


def _wrapped(line: str, width: float) -> Iterator[str]:
    """Yield the rows of a line that is broken after so many ems."""
    row, used = "", 0.0
    for char in line:
        if row.strip() and used + _width(char) > width:
            yield row.strip()
            row, used = "", 0.0
        row += char
        used += _width(char)
    if row.strip():
        yield row.strip()
