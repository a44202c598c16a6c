"""Hands on the files that a PDF carries inside it, as sources of their own."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.document import Limits, Notice, Source

__all__ = ["AttachedFile", "as_sources", "embedded_files", "load_attachment"]


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One file inside a PDF; ``data`` is None when ``problem`` says why it could not be taken out."""

    name: str
    data: bytes | None = field(default=None, repr=False)
    problem: str = ""


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


def as_sources(
    files: Iterable[AttachedFile], outer: Source, limits: Limits
) -> tuple[tuple[Source, ...], tuple[Notice, ...]]:
    """Return the attached files, each named ``外层.pdf/附件.docx``, and a notice for every one.

    Files that are broken, too many or too big stay behind with a notice of loss.
    """
    sources: dict[str, Source] = {}
    notices: list[Notice] = []
    room = limits.max_bytes
    for number, file in enumerate(files, start=1):
        name = _free_name(_file_name(file.name, number), sources)
        if file.data is None or len(file.data) > room or len(sources) >= limits.max_members:
            notices.append(Notice(file.problem or "attachment_limit", name, is_loss=True))
            continue
        room -= len(file.data)
        sources[name] = Source(f"{outer.name}/{name}", file.data)
        notices.append(Notice("attachment", name))
    return tuple(sources.values()), tuple(notices)


def _file_name(stated: str, number: int) -> str:
    """Return the last part of the stated name; a hostile one may hold a path."""
    name = PurePosixPath(stated.replace("\\", "/")).name
    shown = "".join(char for char in name if char.isprintable()).strip(". ")
    return shown or f"附件{number}"


def _free_name(name: str, taken: Iterable[str]) -> str:
    path, number = PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = f"{path.stem}({number}){path.suffix}"
    return name
