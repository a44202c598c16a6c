"""Tells what a file is from its bytes; its name is only a hint.

Counties rename files freely: a ``.doc`` may be a zip package, a web page or an old binary file, and a
``.pdf`` may be nothing at all.  Only the first bytes and the lists of contents are looked at.
"""

from __future__ import annotations

import enum
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

import olefile

__all__ = ["Format", "sniff"]


class Format(enum.StrEnum):
    """What a file is, whatever its name says."""

    DOCX = "docx"
    DOC = "doc"
    WPS = "wps"
    WORD_XML = "word_xml"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    OFD = "ofd"
    XLSX = "xlsx"
    XLS = "xls"
    ET = "et"
    ODS = "ods"
    PPTX = "pptx"
    PPT = "ppt"
    HTML = "html"
    MHTML = "mhtml"
    TEXT = "text"
    CSV = "csv"
    IMAGE = "image"
    ZIP = "zip"
    RAR = "rar"
    SEVENZIP = "sevenzip"
    TAR = "tar"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    EML = "eml"
    MSG = "msg"
    TNEF = "tnef"
    OLE_ENCRYPTED = "ole_encrypted"
    LOCK_FILE = "lock_file"
    LITTER = "litter"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_MAGIC = (
    (b"{\\rtf", Format.RTF),
    (b"Rar!\x1a\x07", Format.RAR),
    (b"7z\xbc\xaf\x27\x1c", Format.SEVENZIP),
    (b"\x1f\x8b", Format.GZIP),
    *((b"BZh%d1AY&SY" % level, Format.BZIP2) for level in range(1, 10)),
    (b"\xfd7zXZ\x00", Format.XZ),
    (b"\x78\x9f\x3e\x22", Format.TNEF),  # winmail.dat
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"\x00\x05\x16\x07", Format.LITTER),  # AppleDouble: what a Mac leaves beside each file as ._name
)
_LITTER_NAMES = {"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db", "folder.htt"}
_LOCK_NAME = re.compile(r"^(~\$|\.~)")
# Word and WPS write an owner file of 162 bytes beside an open paper, Excel 165, LibreOffice about 100.
_LOCK_BYTES = 1024

_HEAD = 4096
# The end record of a zip with the longest comment; how much program may stand before an archive.
_LONGEST_END = 22 + 0xFFFF
_LONGEST_PROGRAM = 1024 * 1024
_MEMBERS = 20_000


def sniff(data: bytes, name: str) -> Format:
    """Tell what a file is from its content.

    Safe on hostile bytes: nothing is unpacked, at most the list of contents is read.  ``name`` is used only
    where the content cannot tell (``.wps`` and ``.doc`` are the same inside).

    >>> sniff("关于五好建设的工作方案".encode("gb18030"), "方案.docx")
    <Format.TEXT: 'text'>
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.name.lower() in _LITTER_NAMES:
        return Format.LITTER
    if not data[:_HEAD].strip(b"\x00"):
        # Only zeros is what a pulled-out USB stick leaves of a file.
        return Format.UNKNOWN if data.strip(b"\x00") else Format.EMPTY
    suffix = path.suffix.lower()
    found = _by_magic(data, suffix) or _by_text(data[:_HEAD], suffix)
    if found is Format.UNKNOWN and suffix in (".exe", ".zip"):
        found = _inside(data)
    if found in (Format.UNKNOWN, Format.TEXT) and len(data) <= _LOCK_BYTES and _LOCK_NAME.match(path.name):
        return Format.LOCK_FILE
    return found


def _by_magic(data: bytes, suffix: str) -> Format | None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")):
        return _zip_format(data, suffix)
    if data.startswith(olefile.MAGIC):
        return _ole_format(data, suffix)
    # Readers accept junk of up to 1,024 bytes before the header, and mail gateways add it.
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if data[257:262] == b"ustar":
        return Format.TAR
    return Format.IMAGE if _is_other_image(data) else None


def _inside(data: bytes) -> Format:
    """Tell what a program that unpacks itself carries; the last volume of a zip begins with anything too."""
    if b"PK\x05\x06" in data[-_LONGEST_END:]:
        return Format.ZIP
    marks = ((b"Rar!\x1a\x07", Format.RAR), (b"7z\xbc\xaf\x27\x1c", Format.SEVENZIP))
    return next((found for mark, found in marks if mark in data[:_LONGEST_PROGRAM]), Format.UNKNOWN)


def _is_other_image(data: bytes) -> bool:
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    is_heif = data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
    # "BM" alone is two letters of any text; a bitmap also states the place of its pixels.
    is_bitmap = data[:2] == b"BM" and data[6:10] == bytes(4)
    return is_webp or is_heif or is_bitmap


_OFFICE = (
    ("word", (".docx", ".docm", ".dotx", ".doc", ".wps"), Format.DOCX),
    ("xl", (".xlsx", ".xlsm", ".xls", ".et"), Format.XLSX),
    ("ppt", (".pptx", ".pptm", ".ppt", ".dps"), Format.PPTX),
)
_PACKAGE_PARTS = {"[content_types].xml", "mimetype", "meta-inf/manifest.xml", "meta-inf/manifest.mf"}
_OFFICE_FOLDERS = {folder for folder, _, _ in _OFFICE}


def _zip_format(data: bytes, suffix: str) -> Format:
    listed = _listed_names(data)
    names = {name.replace("\\", "/").lstrip("/").lower() for name in listed or _opening_names(data)}
    if "[content_types].xml" in names or listed is None:
        folders = {name.split("/", 1)[0] for name in names}
        for folder, suffixes, found in _OFFICE:
            # A download cut off early has lost its folders, an odd producer names them freely.
            if folder in folders or (folders.isdisjoint(_OFFICE_FOLDERS) and suffix in suffixes):
                return found
    if "ofd.xml" in names:
        return Format.OFD
    # An OpenDocument file begins with an uncompressed member that names its type.
    opening = data[30:120]
    if opening.startswith(b"mimetypeapplication/vnd.oasis.opendocument."):
        kinds = ((b"spreadsheet", Format.ODS), (b"text", Format.ODT))
        return next((found for word, found in kinds if word in opening), Format.UNKNOWN)
    # Books, drawings and programs are packages too; their parts are no files that anybody sent.
    return Format.UNKNOWN if suffix != ".zip" and names & _PACKAGE_PARTS else Format.ZIP


def _listed_names(data: bytes) -> list[str] | None:
    """Return the names in a zip's directory, or None when that is missing or damaged."""
    if data.count(b"PK\x01\x02") > _MEMBERS:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error):
        return None


def _opening_names(data: bytes) -> Iterator[str]:
    """Yield the names that stand before the first members: they tell what a cut-off download was."""
    place = 0
    for _ in range(64):
        place = data.find(b"PK\x03\x04", place)
        if place < 0 or place + 30 > len(data):
            return
        (length,) = struct.unpack_from("<H", data, place + 26)
        yield data[place + 30 : place + 30 + length].decode("utf-8", "replace")
        place += 30 + length


_STREAMS = (
    ("encryptedpackage", Format.OLE_ENCRYPTED),
    ("worddocument", Format.DOC),
    ("workbook", Format.XLS),
    ("book", Format.XLS),
    ("powerpoint document", Format.PPT),
    ("__properties_version1.0", Format.MSG),
)
_KINGSOFT = {(Format.DOC, ".wps"): Format.WPS, (Format.XLS, ".et"): Format.ET}


def _ole_format(data: bytes, suffix: str) -> Format:
    names = _root_streams(data)
    for stream, found in _STREAMS:
        if stream in names:
            return _KINGSOFT.get((found, suffix), found)
    # Microsoft Works kept its text under names of its own; LibreOffice reads them.
    return Format.WPS if suffix == ".wps" else Format.UNKNOWN


# A directory that leads back into itself is walked until Python has had enough.
_OLE_FAULTS = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError),
    *(struct.error, OverflowError),
)


def _root_streams(data: bytes) -> set[str]:
    """Return the lower-case names at the top of a compound file; empty when its directory is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as package:
            return {entry[0].lower() for entry in package.listdir() if len(entry) == 1}
    except _OLE_FAULTS:
        return set()


_PAGE = re.compile(r"<!doctype html|<html|<head|<meta|<body", re.I)
_WORD_XML = re.compile(r"progid=\"word\.document\"|<w:worddocument|<pkg:package", re.I)
_MAIL_START = re.compile(r"(from \S+ |[a-z][a-z-]+:[ \t])", re.I)
# Word's “single file web page” states no more than its version and its type.
_MAIL_LINE = re.compile(
    r"^(received|return-path|from|to|subject|date|message-id|mime-version|content-type):", re.I | re.M
)


def _by_text(head: bytes, suffix: str) -> Format:
    decoded = _decoded(head)
    if decoded is None:
        return Format.UNKNOWN
    text = decoded.lstrip("\ufeff \t\r\n")
    if _MAIL_START.match(text) and len({line.lower() for line in _MAIL_LINE.findall(text)}) >= 2:
        # Word's “single file web page” has the head of a mail but no receiver.
        is_page = "multipart/related" in text and suffix != ".eml"
        return Format.MHTML if is_page else Format.EML
    if _WORD_XML.search(text):
        return Format.WORD_XML
    if _PAGE.search(text[:1024]):
        return Format.HTML
    return Format.CSV if suffix in (".csv", ".tsv") else Format.TEXT


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _decoded(head: bytes) -> str | None:
    """Return the opening as text, or None when it is not text in any encoding a Chinese office uses."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = _decode_cut(head, encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def _decode_cut(head: bytes, encoding: str) -> str:
    """Decode the opening of a file, whose last character may have been cut in two."""
    try:
        return head.decode(encoding)
    except UnicodeDecodeError as error:
        if len(head) < _HEAD or error.start < len(head) - 3:
            raise
        return head[: error.start].decode(encoding)
