"""Web pages, alone or packed as Word packs them into one file."""

from __future__ import annotations

import base64
from collections.abc import Mapping


def page(body: str, *, head: str = "", encoding: str = "utf-8", declared: str | None = None) -> bytes:
    """Return a page; ``declared`` is the encoding it claims, none at all for an empty one."""
    name = encoding if declared is None else declared
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={name}">' if name else ""
    return f"<html><head>{meta}{head}</head><body>{body}</body></html>".encode(encoding)


def mhtml(pages: Mapping[str, bytes], *, charset: str = "", start: str = "") -> bytes:
    """Return a “single file web page”; each page goes by its address."""
    opening = f'; start="<{start}>"' if start else ""
    lines = [
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; boundary="BOUND"{opening}',
        "",
        "此文档是“单个文件网页”。",
    ]
    stated = f'; charset="{charset}"' if charset else ""
    for location, content in pages.items():
        lines += [
            "--BOUND",
            f"Content-Location: {location}",
            f"Content-ID: <{location}>",
            "Content-Transfer-Encoding: base64",
            f"Content-Type: text/html{stated}",
            "",
            base64.encodebytes(content).decode(),
        ]
    return "\r\n".join([*lines, "--BOUND--", ""]).encode()
