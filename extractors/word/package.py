"""Opens the zip package of a Word paper and hands out its parts, within bounds and without the network.

Damage is met in steps: a part with a wrong check sum is unpacked as far as it goes, XML that breaks off is
read as far as it goes; both leave a notice.  Only a package without a main part cannot be read at all.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from lxml import etree

from extractors.document import Limits, Notice, Outcome
from extractors.word.names import Element

__all__ = ["Package", "Relation", "UnreadableError", "open_package"]

_DIRECTORY_ENTRY = b"PK\x01\x02"
_MOST_MEMBERS = 20_000
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = re.compile(rb"""(xmlns(?::[\w.-]+)?\s*=\s*["'])http://purl\.oclc\.org/ooxml/([a-z]+i?[A-Za-z]*)/""")
_TRANSITIONAL = rb"\1http://schemas.openxmlformats.org/\2/2006/"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_STYLE_END = b"</w:style>"
_TABLE_STYLE = re.compile(rb'\s*<w:style\s[^>]{0,200}w:type="table"')
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OSError),
    *(ValueError, OverflowError),  # places and sizes that cannot be
)
_LOCAL_HEADER = struct.Struct("<26xHH")


class UnreadableError(Exception):
    """The paper cannot be read: carries the outcome and the notice that says why."""

    def __init__(self, outcome: Outcome, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.outcome = outcome
        self.notice = Notice(code, detail, is_loss=True)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another; ``kind`` is the last word of its type (``footnotes``)."""

    kind: str
    target: str
    is_external: bool


@dataclass
class Package:
    """The parts of one paper by name; what is unpacked counts against the bounds.

    ``has_looks`` tells whether any part read so far hides text or uses a symbol font; in most papers none
    does, and the formatting of runs need not be looked at.
    """

    archive: zipfile.ZipFile
    data: bytes
    limits: Limits
    members: dict[str, zipfile.ZipInfo]
    notices: list[Notice] = field(default_factory=list)
    spent: int = 0
    has_looks: bool = False
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """How many bytes of parts may still be unpacked."""
        return max(self.limits.max_xml_bytes - self.spent, 0)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, None when there is no such part.

        Raises UnreadableError with ``TOO_BIG`` when the parts together exceed ``max_xml_bytes``.
        """
        member = self.members.get(_key(name))
        if member is None:
            return None
        if member.file_size > self.room:
            raise UnreadableError(Outcome.TOO_BIG, "xml_too_big", name)
        data = self._unpack(member, self.room)
        self.spent += len(data)
        if self.spent > self.limits.max_xml_bytes:
            raise UnreadableError(Outcome.TOO_BIG, "xml_too_big", name)
        return data

    def carried(self, name: str) -> bytes | None:
        """Return the bytes of a file carried inside, None when it is missing, damaged or too big."""
        member = self.members.get(_key(name))
        if member is None or not 0 < member.file_size <= self.limits.max_bytes:
            return None
        before = len(self.notices)
        data = self._unpack(member, member.file_size)
        return data if len(self.notices) == before else None

    def _unpack(self, member: zipfile.ZipInfo, room: int) -> bytes:
        if member.flag_bits & 1:
            raise UnreadableError(Outcome.ENCRYPTED, "encrypted", member.filename)
        try:
            with self.archive.open(member) as stream:
                # The size in the directory may lie, so never more than the room left is unpacked.
                return stream.read(room + 1)
        except _DAMAGE:
            self.notices.append(Notice("damaged_part", member.filename, is_loss=True))
            return _salvaged(self.data, member, room + 1)

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, None when it is missing or holds no XML at all."""
        data = self.read(name)
        if not data:
            return None
        if b"purl.oclc.org/ooxml" in data[:4096]:
            data = _STRICT.sub(_TRANSITIONAL, data)
        if _STYLE_END in data:
            data = _without_table_styles(data)
        try:
            root = etree.fromstring(data, _parser(recover=False))
        except etree.XMLSyntaxError:
            self.notices.append(Notice("damaged_xml", name, is_loss=True))
            root = _recovered(data)
        self.has_looks = self.has_looks or _may_have_looks(data)
        if b"<!DOCTYPE" in data[:1024]:
            self.notices.append(Notice("document_type", name, is_loss=True))
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the links of a part by their id; of the package itself for the empty name."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
            found = () if root is None else root.iter(_RELATION)
            self._relations[name] = {link.get("Id", ""): _relation(link, folder) for link in found}
        return self._relations[name]

    def related(self, name: str, kind: str) -> str | None:
        """Return the name of the part a part is linked to by a kind of link."""
        for relation in self.relations(name).values():
            if relation.kind == kind and not relation.is_external:
                return relation.target
        return None

    @property
    def main(self) -> str:
        """The name of the part that holds the body.

        Raises UnreadableError when the package has none.
        """
        linked = self.related("", "officeDocument")
        for name in (linked, "word/document.xml"):
            if name and _key(name) in self.members:
                return name
        for key in sorted(self.members):
            if re.fullmatch(r"word/document\d*\.xml", key):
                return key
        raise UnreadableError(Outcome.UNREADABLE, "no_main_part")


def open_package(data: bytes, limits: Limits) -> Package:
    """Open a Word package.

    Raises UnreadableError when the bytes are too many, no zip, or an encrypted package.
    """
    if len(data) > limits.max_bytes:
        raise UnreadableError(Outcome.TOO_BIG, "file_too_big")
    if data.startswith(_OLE_MAGIC):
        if _ENCRYPTED in data:
            raise UnreadableError(Outcome.ENCRYPTED, "encrypted")
        raise UnreadableError(Outcome.UNREADABLE, "not_a_package")
    if data.count(_DIRECTORY_ENTRY) > _MOST_MEMBERS:
        raise UnreadableError(Outcome.TOO_BIG, "file_too_big")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE:
        raise UnreadableError(Outcome.UNREADABLE, "not_a_package") from None
    members = {_key(member.filename): member for member in archive.infolist()}
    return Package(archive, data, limits, members)


def _may_have_looks(data: bytes) -> bool:
    if data.startswith(_UTF_16):
        return True
    lowered = data.lower()
    return any(word in lowered for word in (b"vanish", b"dings", b"symbol"))


def _without_table_styles(data: bytes) -> bytes:
    """Cut the styles of tables, which say nothing about text and can make up nine tenths of a paper."""
    first, *styles = data.split(_STYLE_END)
    return _STYLE_END.join((first, *(style for style in styles if not _TABLE_STYLE.match(style))))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relation(link: Element, folder: str) -> Relation:
    is_external = link.get("TargetMode", "").lower() == "external"
    target = link.get("Target", "")
    if not is_external:
        target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
    return Relation(link.get("Type", "").rsplit("/", 1)[-1], target, is_external)


@lru_cache(maxsize=2)
def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _recovered(data: bytes) -> Element | None:
    try:
        return etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _salvaged(data: bytes, member: zipfile.ZipInfo, most: int) -> bytes:
    """Unpack a damaged member as far as it goes."""
    header = data[max(member.header_offset, 0) :][: _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size:
        return b""
    start = member.header_offset + _LOCAL_HEADER.size + sum(_LOCAL_HEADER.unpack(header))
    packed = data[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return packed[:most]
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    found = bytearray()
    for place in range(0, len(packed), 256):
        try:
            found += unpacker.decompress(packed[place : place + 256], most - len(found) or 1)
        except zlib.error:
            break
        if len(found) >= most:
            break
    return bytes(found[:most])
