"""Small mails with the one oddity under test, as Chinese mail programs and Outlook write them."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

Tree: TypeAlias = "Mapping[str, bytes | Tree]"

_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALL, _SECTOR = 64, 512


def encoded_word(text: str, charset: str = "gb2312") -> str:
    """Return a word of a mail's head in base64 (RFC 2047)."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def eml_of(
    *parts: bytes,
    heads: Iterable[str | bytes] = ("Subject: x", "From: a@b.cn"),
    boundary: bytes = b"=b",
) -> bytes:
    """Return a mail of several parts, each with its own head."""
    lines = [head.encode() if isinstance(head, str) else head for head in heads]
    lines += [b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="%s"' % boundary, b""]
    for part in parts:
        lines += [b"--" + boundary, part]
    return b"\r\n".join([*lines, b"--%s--" % boundary, b""])


def text_part(text: str, charset: str = "utf-8", kind: str = "plain") -> bytes:
    """Return the words of a mail."""
    head = f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head.encode() + text.encode({"gb2312": "gb18030"}.get(charset, charset))


def file_part(disposition: str | bytes, data: bytes, kind: str = "application/octet-stream") -> bytes:
    """Return an attachment; ``disposition`` is what stands after ``attachment``."""
    stated = disposition.encode() if isinstance(disposition, str) else disposition
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment"
    return head.encode() + stated + b"\r\n\r\n" + base64.encodebytes(data)


def msg_of(
    texts: Mapping[int, str | bytes],
    attachments: Iterable[Tree] = (),
    *,
    numbers: Mapping[int, int] | None = None,
    is_unicode: bool = True,
) -> dict[str, bytes | Tree]:
    """Return the streams of an Outlook message; ``compound`` makes a file of them."""
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(32) + _fixed(numbers or {})}
    for number, value in texts.items():
        if isinstance(value, bytes):
            tree[f"__substg1.0_{number:04X}0102"] = value
        elif is_unicode:
            tree[f"__substg1.0_{number:04X}001F"] = value.encode("utf-16-le")
        else:
            tree[f"__substg1.0_{number:04X}001E"] = value.encode("gb18030")
    for place, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{place:08X}"] = attachment
    return tree


def attachment_of(name: str, data: bytes | Tree) -> Tree:
    """Return what Outlook keeps of a file that hangs on a message, or of a message."""
    kind = "0102" if isinstance(data, bytes) else "000D"
    return {
        "__properties_version1.0": bytes(8),
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        f"__substg1.0_3701{kind}": data,
    }


def inside(message: Mapping[str, bytes | Tree]) -> Tree:
    """Return a message as it lies in another one: the head of its properties is shorter there."""
    properties = message["__properties_version1.0"]
    assert isinstance(properties, bytes)
    return {**message, "__properties_version1.0": properties[8:]}


def _fixed(numbers: Mapping[int, int]) -> bytes:
    return b"".join(struct.pack("<HHLQ", 3, number, 0, value) for number, value in numbers.items())


@dataclass
class _Laid:
    """The parts of a compound file as they grow."""

    small: bytearray = field(default_factory=bytearray)
    chains: list[int] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)


def compound(tree: Tree) -> bytes:
    """Return a compound file with folders; all its streams are kept as small ones ([MS-CFB])."""
    laid = _Laid(entries=[b""])
    child = _lay(tree, laid)
    small = bytes(laid.small).ljust(-(-len(laid.small) // _SECTOR) * _SECTOR, b"\0")
    chains = struct.pack(f"<{len(laid.chains)}L", *laid.chains)
    chains = chains.ljust(max(-(-len(chains) // _SECTOR), 1) * _SECTOR, b"\xff")
    laid.entries[0] = b""
    directory_size = -(-128 * len(laid.entries) // _SECTOR)
    small_at = 1 + directory_size + len(chains) // _SECTOR
    laid.entries[0] = _entry("Root Entry", 5, small_at, len(small), child=child)
    directory = b"".join(laid.entries).ljust(directory_size * _SECTOR, b"\0")
    table = [_TABLE, *_chain(1, directory_size), *_chain(1 + directory_size, len(chains) // _SECTOR)]
    table += _chain(small_at, len(small) // _SECTOR)
    assert len(table) <= _SECTOR // 4, "too large for one sector of the table"
    packed = struct.pack("<128L", *table, *[_FREE] * (128 - len(table)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16x5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<5L", 0, 1, 1, 0, 4096)
    header += struct.pack("<4L", 1 + directory_size, len(chains) // _SECTOR, _END, 0)
    return header + struct.pack("<109L", 0, *[_FREE] * 108) + packed + directory + chains + small


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END] if count else []


def _lay(tree: Tree, laid: _Laid) -> int:
    """Add the entries of a folder, each the right neighbour of the one before; return the first."""
    numbers = []
    for name, value in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        number = len(laid.entries)
        numbers.append(number)
        laid.entries.append(b"")
        if isinstance(value, bytes):
            start = len(laid.small) // _SMALL
            count = -(-len(value) // _SMALL)
            laid.small += value.ljust(count * _SMALL, b"\0")
            laid.chains += _chain(start, count)
            laid.entries[number] = _entry(name, 2, start if count else _END, len(value))
        else:
            laid.entries[number] = _entry(name, 1, 0, 0, child=_lay(value, laid))
    for number, following in pairwise(numbers):
        entry = laid.entries[number]
        laid.entries[number] = entry[:72] + struct.pack("<L", following) + entry[76:]
    return numbers[0] if numbers else _FREE


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le")
    head = struct.pack("<64sHBB3L", raw, len(raw) + 2, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<LQ", start, size)


def tnef_of(*attributes: tuple[int, bytes]) -> bytes:
    """Return a ``winmail.dat`` of attributes by number."""
    parts = (
        struct.pack("<BHHL", 2, number, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
        for number, value in attributes
    )
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(parts)
