"""Takes the pages out of a “single file web page”, which is built like a mail (RFC 2557)."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from itertools import islice

from extractors.document import Limits, Outcome
from extractors.word.package import UnreadableError

__all__ = ["PagePart", "page_parts"]

_MULTIPART = b"multipart/"
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class PagePart:
    """One page: its bytes, the encoding its part states, and the address it was saved from."""

    data: bytes = field(repr=False)
    charset: str = ""
    location: str = ""


def page_parts(data: bytes, limits: Limits) -> list[PagePart]:
    """Return the pages, the one that opens first.

    Raises UnreadableError when there is none, or when the parts are nested beyond reason.
    """
    if data.lower().count(_MULTIPART) > _DEEPEST:
        raise UnreadableError(Outcome.UNREADABLE, "too_deep", "multipart")
    message = email.message_from_bytes(data)
    opening = str(message.get_param("start", "")).strip("<> ")
    found = list(islice(_pages(message, opening), limits.max_members))
    if not found:
        raise UnreadableError(Outcome.UNREADABLE, "no_body")
    return [part for _, part in sorted(found, key=lambda pair: not pair[0])]


def _pages(message: Message, opening: str) -> Iterator[tuple[bool, PagePart]]:
    """Yield the pages of a message and whether each is the one named as its opening."""
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            identifier = str(part.get("Content-ID", "")).strip("<> ")
            page = PagePart(payload, _text(part.get_param("charset")), str(part.get("Content-Location", "")))
            yield bool(opening) and identifier == opening, page


def _text(stated: object) -> str:
    return stated if isinstance(stated, str) else ""
