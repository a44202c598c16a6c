"""Small archives with the one oddity under test, as hostile or old programs write them."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One member of a zip; ``name`` is bytes where the encoding matters."""

    name: str | bytes
    data: bytes = b""
    method: int = zipfile.ZIP_DEFLATED
    flags: int = 0
    extra: bytes = b""
    stated_size: int | None = None
    stated_crc: int | None = None
    attributes: int = 0

    @property
    def raw_name(self) -> bytes:
        return self.name.encode("gbk") if isinstance(self.name, str) else self.name

    @property
    def packed(self) -> bytes:
        if self.method != zipfile.ZIP_DEFLATED:
            return self.data
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packer.compress(self.data) + packer.flush()

    def fields(self) -> bytes:
        """Return what stands in both headers: flags to the lengths of name and extra field."""
        size = len(self.data) if self.stated_size is None else self.stated_size
        crc = zlib.crc32(self.data) if self.stated_crc is None else self.stated_crc
        return struct.pack(
            "<HHHHLLLHH",
            *(self.flags, self.method, 0, 0x4B21, crc, len(self.packed), size),
            *(len(self.raw_name), len(self.extra)),
        )


def zip_of(*entries: Entry, places: Mapping[int, int] | None = None, disk: int = 0) -> bytes:
    """Return a zip archive; ``places`` lets a member's directory entry point at another member's bytes."""
    body, directory, offsets = bytearray(), bytearray(), []
    for entry in entries:
        offsets.append(len(body))
        body += b"PK\x03\x04\x14\x00" + entry.fields() + entry.raw_name + entry.extra + entry.packed
    for number, entry in enumerate(entries):
        place = offsets[(places or {}).get(number, number)]
        directory += b"PK\x01\x02\x14\x03\x14\x00" + entry.fields()
        directory += struct.pack("<HHHLL", 0, 0, 0, entry.attributes, place) + entry.raw_name + entry.extra
    end = struct.pack(
        "<4sHHHHLLH",
        *(b"PK\x05\x06", disk, disk, len(entries), len(entries), len(directory), len(body), 0),
    )
    return bytes(body + directory + end)


def plain_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive as any modern program writes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unicode_path(name: str, raw_name: bytes) -> bytes:
    """Return the extra field that states a member's name in UTF-8."""
    value = b"\x01" + struct.pack("<L", zlib.crc32(raw_name)) + name.encode()
    return struct.pack("<HH", 0x7075, len(value)) + value


def tar_of(
    files: Mapping[str, bytes],
    links: Mapping[str, str] | None = None,
    *,
    form: int = tarfile.GNU_FORMAT,
    encoding: str = "utf-8",
) -> bytes:
    """Return a tar archive with files and symbolic links."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form, encoding=encoding) as archive:
        for name, data in files.items():
            header = tarfile.TarInfo(name)
            header.size = len(data)
            archive.addfile(header, io.BytesIO(data))
        for name, target in (links or {}).items():
            header = tarfile.TarInfo(name)
            header.type, header.linkname = tarfile.SYMTYPE, target
            archive.addfile(header)
    return buffer.getvalue()


def rar_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a rar archive (version 4) whose members are stored as they are."""
    parts = [b"Rar!\x1a\x07\x00", _rar_block(0x73, 0, bytes(6))]
    for name, data in files:
        raw = name.encode("utf-8")
        head = struct.pack(
            "<LLBLLBBHL", len(data), len(data), 3, zlib.crc32(data), 0, 20, 0x30, len(raw), 0x20
        )
        parts += (_rar_block(0x74, 0x8000, head + raw), data)
    return b"".join((*parts, _rar_block(0x7B, 0x4000, b"")))


def _rar_block(kind: int, flags: int, rest: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head
