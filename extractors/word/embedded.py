"""Files carried inside a paper: what “插入对象” puts there, taken out as sources of their own."""

from __future__ import annotations

import io
import posixpath
import struct

import olefile

__all__ = ["carried_file"]

_WHOLE = (
    ("worddocument", ".doc"),
    ("workbook", ".xls"),
    ("book", ".xls"),
    ("powerpoint document", ".ppt"),
)
_NATIVE = "\x01ole10native"
_FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error, OverflowError)


def carried_file(data: bytes, part: str) -> tuple[str, bytes] | None:
    """Return the name and bytes of the file an embedded object carries; None for formulas and drawings.

    The file is named after the part where the object itself does not say how it is called.
    """
    base = posixpath.basename(part)
    if data.startswith((b"PK\x03\x04", b"%PDF-")):
        return base, data
    if not data.startswith(olefile.MAGIC):
        return None
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as package:
            return _carried(package, data, posixpath.splitext(base)[0])
    except _FAULTS:
        return None


def _carried(package: olefile.OleFileIO, data: bytes, stem: str) -> tuple[str, bytes] | None:
    # Stream names differ in case: Word writes Package, WPS writes package.
    streams = {entry[0].lower(): entry[0] for entry in package.listdir() if len(entry) == 1}
    for stream, suffix in _WHOLE:
        if stream in streams:
            return stem + suffix, data
    if "package" in streams:
        content = package.openstream(streams["package"]).read()
        return stem + _suffix_of(content), content
    if "contents" in streams:
        content = package.openstream(streams["contents"]).read()
        return (stem + ".pdf", content) if content.startswith(b"%PDF-") else None
    return _native(package.openstream(streams[_NATIVE]).read()) if _NATIVE in streams else None


def _suffix_of(content: bytes) -> str:
    """Return how a zip package is called, by the folder its parts lie in."""
    folders = ((b"word/", ".docx"), (b"xl/", ".xlsx"), (b"ppt/", ".pptx"))
    return next((suffix for folder, suffix in folders if folder in content), ".zip")


def _native(stream: bytes) -> tuple[str, bytes] | None:
    """Read a dragged-in file: sizes, label, name, two paths, then the bytes ([MS-OLEDS] 2.3.6)."""
    place = 6
    label_end = stream.index(b"\x00", place)
    name_end = stream.index(b"\x00", label_end + 1)
    (path_length,) = struct.unpack_from("<I", stream, name_end + 5)
    start = name_end + 9 + path_length
    (size,) = struct.unpack_from("<I", stream, start)
    label = _decoded(stream[place:label_end])
    name = posixpath.basename(label.replace("\\", "/"))
    content = stream[start + 4 : start + 4 + size]
    return (name, content) if name and content else None


def _decoded(name: bytes) -> str:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")
