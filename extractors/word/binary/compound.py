"""Packs streams as a compound file of its own ([MS-CFB]): an embedded paper becomes a file again."""

from __future__ import annotations

import struct
from collections.abc import Mapping

__all__ = ["compound_file"]

_SECTOR = 512
_IN_TABLE = _SECTOR // 4
_END, _FREE, _TABLE_SECTOR, _NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
# Shorter streams would have to go into a stream of small streams; they are filled up with zeros instead.
_LEAST = 4096
_IN_HEADER = 109
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAM, _ROOT = 2, 5


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file that holds the given streams side by side.

    Raises ValueError when they are more than its simple table can name (about 7 MB).
    """
    ordered = sorted(streams.items(), key=lambda item: (len(item[0]), item[0].upper()))
    contents = [_whole(content.ljust(_LEAST, b"\0")) for _, content in ordered]
    directory_size = _sectors(128 * (len(ordered) + 1))
    used = directory_size + sum(len(content) // _SECTOR for content in contents)
    tables = 1
    while tables * _IN_TABLE < used + tables:
        tables += 1
    if tables > _IN_HEADER:
        raise ValueError("too large for a simple compound file")
    table = [_TABLE_SECTOR] * tables
    directory_at = _chain(table, directory_size)
    starts = [_chain(table, len(content) // _SECTOR) for content in contents]
    table += [_FREE] * (tables * _IN_TABLE - len(table))
    sizes = [max(len(content), _LEAST) for _, content in ordered]
    directory = _directory([name for name, _ in ordered], starts, sizes)
    packed = struct.pack(f"<{len(table)}I", *table)
    return _header(tables, directory_at) + packed + _whole(directory) + b"".join(contents)


def _sectors(size: int) -> int:
    return -(-size // _SECTOR)


def _whole(content: bytes) -> bytes:
    return content.ljust(_sectors(len(content)) * _SECTOR, b"\0")


def _chain(table: list[int], count: int) -> int:
    """Add a chain of sectors to the table; return its first."""
    first = len(table)
    table.extend(range(first + 1, first + count))
    table.append(_END)
    return first


def _directory(names: list[str], starts: list[int], sizes: list[int]) -> bytes:
    """Write the root and the streams, each the right neighbour of the one before."""
    entries = [_entry("Root Entry", _ROOT, _END, 0, child=1 if names else _NOBODY)]
    for index, (name, start, size) in enumerate(zip(names, starts, sizes, strict=True), 1):
        right = index + 1 if index < len(names) else _NOBODY
        entries.append(_entry(name, _STREAM, start, size, right=right))
    return b"".join(entries)


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = _NOBODY, child: int = _NOBODY
) -> bytes:
    encoded = name[:31].encode("utf-16-le")
    head = struct.pack("<64sHBB3I", encoded, len(encoded) + 2, kind, 1, _NOBODY, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def _header(tables: int, directory_at: int) -> bytes:
    named = [*range(tables), *([_FREE] * (_IN_HEADER - tables))]
    fixed = struct.pack("<16x5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<5I", 0, tables, directory_at, 0, _LEAST)
    rest = struct.pack("<4I", _END, 0, _END, 0)
    return _MAGIC + fixed + places + rest + struct.pack(f"<{_IN_HEADER}I", *named)
