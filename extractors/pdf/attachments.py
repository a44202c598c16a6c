"""Takes out the files that a PDF carries inside it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.attached import AttachedFile
from extractors.document import Limits

__all__ = ["embedded_files", "load_attachment"]


def embedded_files(pdf: pypdfium2.PdfDocument, limits: Limits) -> Iterator[AttachedFile]:
    """Yield the files attached to the document as a whole."""
    # One more than allowed, so that it shows when there are too many.
    for index in range(min(pdf.count_attachments(), limits.max_members + 1)):
        try:
            yield load_attachment(pdf.get_attachment(index), limits)
        except pypdfium2.PdfiumError:
            yield AttachedFile("", problem="attachment_unreadable")


def load_attachment(attachment: pypdfium2.PdfAttachment, limits: Limits) -> AttachedFile:
    """Take one file out of the PDF."""
    try:
        name = attachment.get_name()
    except pypdfium2.PdfiumError:
        name = ""
    size = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment, None, 0, size)
    if size.value > limits.max_bytes:
        return AttachedFile(name, problem="attachment_limit")
    try:
        return AttachedFile(name, bytes(attachment.get_data()))
    except pypdfium2.PdfiumError:
        return AttachedFile(name, problem="attachment_unreadable")
