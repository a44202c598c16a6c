"""Zip archives, also with GBK names, without a directory, cut off, or made to do harm.

The directory at the end says what is there; where it is missing, as in a download cut off early, the members
are found by the headers that stand before each of them.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extractors.archive.crate import Crate
from extractors.archive.names import decoded
from extractors.archive.packing import METHODS, Packed, unpacked
from extractors.document import Extraction, Limits, Outcome, Source

__all__ = ["extract"]

_ENTRY = b"PK\x01\x02"
_HEADER = b"PK\x03\x04"
_END = b"PK\x05\x06"
_DESCRIPTOR = b"PK\x07\x08"
# Places in the record at the end; numbers too large for it stand in another record.
_DISK, _COUNT, _ELSEWHERE = 4, 10, 0xFFFF
# More entries than this are not even listed: each costs memory before any bound can hold.
_MOST_ENTRIES = 100_000
_LOCAL = struct.Struct("<4s2xHHxxxxLLLHH")
_ENCRYPTED, _DEFERRED_SIZES, _UTF_8, _HIDDEN_NAMES = 0x1, 0x8, 0x800, 0x2000
_UNICODE_PATH = 0x7075
_FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    OverflowError,
    struct.error,
    EOFError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One member as the archive describes it; ``packed`` is None when its bytes are not in this file."""

    raw_name: bytes
    flags: int
    packed: Packed | None = field(repr=False)
    stated_name: str = ""
    size: int = 0
    is_folder: bool = False
    is_link: bool = False
    is_overlapping: bool = False


def extract(source: Source, limits: Limits) -> Extraction:
    """Take out what a zip archive holds."""
    crate = Crate(source, limits)
    count = source.data.count(_ENTRY)
    if count > _MOST_ENTRIES:
        crate.note("too_many_members", str(count), is_loss=True)
        return crate.concluded()
    entries = _entries(source.data, crate)
    is_volume = _end_record(source.data, _DISK) not in (0, _ELSEWHERE)
    if is_volume:
        crate.note("missing_volume", is_loss=True)
    for entry, name in zip(entries, _names(entries), strict=True):
        if not entry.is_folder:
            _take(crate, entry, name, lacks_volume=is_volume)
    return crate.concluded()


def _take(crate: Crate, entry: _Entry, name: str, *, lacks_volume: bool) -> None:
    if entry.flags & (_ENCRYPTED | _HIDDEN_NAMES):
        crate.withhold(name, Outcome.ENCRYPTED, "member_encrypted", entry.size)
    elif entry.is_link:
        crate.withhold(name, Outcome.UNREADABLE, "member_is_link")
    elif entry.is_overlapping:
        crate.withhold(name, Outcome.UNREADABLE, "member_overlaps", entry.size)
    elif entry.packed is None:
        code = "member_in_other_volume" if lacks_volume else "member_damaged"
        crate.withhold(name, Outcome.UNREADABLE, code, entry.size)
    elif entry.packed.method not in METHODS:
        crate.withhold(name, Outcome.UNSUPPORTED, "member_packed_unknown", entry.size)
    else:
        crate.take(name, unpacked(entry.packed), entry.packed.likely_size)


def _end_record(data: bytes, place: int) -> int:
    """Return a number of the record at the end of the archive, 0 when there is no such record."""
    start = data.rfind(_END)
    return int.from_bytes(data[start + place : start + place + 2], "little") if start >= 0 else 0


def _entries(data: bytes, crate: Crate) -> list[_Entry]:
    """Return the members, by the directory or, where that is missing or not whole, by what stands there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = _found_again(_listed(archive.infolist(), data), data)
    except _FAULTS:
        crate.note("archive_damaged", is_loss=True)
        return list(_scanned(data))
    if _end_record(data, _COUNT) in (len(listed) % 0x10000, _ELSEWHERE):
        return listed
    crate.note("archive_damaged", is_loss=True)
    known = {entry.raw_name for entry in listed}
    return [*listed, *(entry for entry in _scanned(data) if entry.raw_name not in known)]


def _listed(infos: Iterable[zipfile.ZipInfo], data: bytes) -> list[_Entry]:
    """Return the members named in the directory; those whose bytes were another's already are marked."""
    entries: dict[int, _Entry] = {}
    end = 0
    # By place in the file: a bomb lets many members share the same packed bytes.
    for number, info in sorted(enumerate(infos), key=lambda numbered: numbered[1].header_offset):
        is_folder = info.filename.endswith(("/", "\\")) and not info.file_size
        start, stop = _span(info, data)
        entries[number] = _Entry(
            raw_name=_raw_name(info),
            flags=info.flag_bits,
            packed=None
            if start < 0
            else Packed(memoryview(data)[start:stop], info.compress_type, info.file_size, info.CRC),
            stated_name=_unicode_path(info),
            size=info.file_size,
            is_folder=is_folder,
            is_link=stat.S_ISLNK(info.external_attr >> 16) and info.create_system == 3,
            is_overlapping=not is_folder and 0 <= start and info.header_offset < end,
        )
        if not is_folder:
            end = max(end, stop)
    return [entries[number] for number in sorted(entries)]


def _found_again(entries: list[_Entry], data: bytes) -> list[_Entry]:
    """Return the members, those that are not at their place taken from where their name stands."""
    if all(entry.packed or entry.is_folder for entry in entries):
        return entries
    scanned = {entry.raw_name: entry.packed for entry in _scanned(data)}
    return [
        entry if entry.packed else replace(entry, packed=scanned.get(entry.raw_name)) for entry in entries
    ]


def _span(info: zipfile.ZipInfo, data: bytes) -> tuple[int, int]:
    """Return where the packed bytes begin and end, both -1 if there is no such member at its place."""
    place = info.header_offset
    if place < 0 or data[place : place + 4] != _HEADER or place + _LOCAL.size > len(data):
        return -1, -1
    name_length, extra_length = _LOCAL.unpack_from(data, place)[-2:]
    start = place + _LOCAL.size + name_length + extra_length
    return start, start + info.compress_size


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF_8 else "cp437", "replace")


def _unicode_path(info: zipfile.ZipInfo) -> str:
    """Return the name the flag or the Unicode path field states, empty when there is neither."""
    if info.flag_bits & _UTF_8:
        return info.orig_filename
    extra, place = info.extra, 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        value = extra[place + 4 : place + 4 + length]
        # It holds only as long as it goes with the plain name: version, check sum of that name, name.
        if kind == _UNICODE_PATH and value[1:5] == struct.pack("<L", zlib.crc32(_raw_name(info))):
            return value[5:].decode("utf-8", "replace")
        place += 4 + length
    return ""


def _names(entries: list[_Entry]) -> Iterator[str]:
    """Yield what the members are called; names without a stated encoding are read together."""
    unstated = iter(decoded([entry.raw_name for entry in entries if not entry.stated_name]))
    return (entry.stated_name or next(unstated) for entry in entries)


def _scanned(data: bytes) -> Iterator[_Entry]:
    """Yield the members by the headers that stand before them."""
    place = data.find(_HEADER)
    for _ in range(_MOST_ENTRIES):
        if place < 0 or place + _LOCAL.size > len(data):
            return
        _, flags, method, crc, packed_size, size, name_length, extra_length = _LOCAL.unpack_from(data, place)
        name_end = place + _LOCAL.size + name_length
        start = name_end + extra_length
        raw_name = data[place + _LOCAL.size : name_end]
        stop = start + packed_size
        if flags & _DEFERRED_SIZES:
            # They stand after the bytes, where they cannot be found before the bytes are unpacked.
            stop, size, crc = _next_mark(data, start), -1, -1
        packed = Packed(memoryview(data)[start:stop], method, size, crc)
        is_folder = raw_name.endswith((b"/", b"\\")) and not packed_size
        stated = raw_name.decode("utf-8", "replace") if flags & _UTF_8 else ""
        if raw_name or packed.data:
            yield _Entry(raw_name, flags, packed, stated, max(size, 0), is_folder)
        place = data.find(_HEADER, stop)


def _next_mark(data: bytes, start: int) -> int:
    """Return where the next member or the directory begins at the latest."""
    marks = (data.find(mark, start) for mark in (_DESCRIPTOR, _HEADER, _ENTRY, _END))
    return min((place for place in marks if place >= 0), default=len(data))
