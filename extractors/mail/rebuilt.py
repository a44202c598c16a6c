"""Writes a message that lies inside another as a mail of its own, so that it can be read like any mail.

A compound file cannot be cut out of another one; what is written depends on nothing but the message.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from extractors.mail.letter import Body, Letter

__all__ = ["as_mail"]


def as_mail(letter: Letter, stated_date: str, attachments: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a letter with its attachments, named, in the form of RFC 5322."""
    heads = (
        ("Subject", letter.subject),
        ("From", letter.sender),
        ("To", letter.to),
        ("Cc", letter.copy),
    )
    parts = [part for body in letter.bodies for part in _bodies(body)]
    parts += [_part("application/octet-stream", data, name) for name, data in attachments]
    boundary = b"=_" + hashlib.sha256(b"".join(parts)).hexdigest().encode()
    lines = [f"{name}: {_encoded(value)}".encode() for name, value in heads if value or name == "Subject"]
    lines += [f"Date: {stated_date}".encode()] if stated_date else []
    lines += [b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="' + boundary + b'"', b""]
    lines += [b"--" + boundary + b"\r\n" + part for part in parts]
    return b"\r\n".join((*lines, b"--" + boundary + b"--", b""))


def _bodies(body: Body) -> list[bytes]:
    ways = (
        ("text/plain; charset=utf-8", body.text.encode("utf-8", "replace")),
        ("text/html; charset=utf-8", body.page),
    )
    return [_part(kind, data) for kind, data in ways if data][:1]


def _part(kind: str, data: bytes, name: str = "") -> bytes:
    held = f'\r\nContent-Disposition: attachment; filename="{_encoded(name)}"' if name else ""
    head = f"Content-Type: {kind}{held}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(data)


def _encoded(text: str) -> str:
    return f"=?utf-8?B?{base64.b64encode(text.encode('utf-8', 'replace')).decode()}?="
