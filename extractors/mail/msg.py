"""Messages as Outlook saves them (``.msg``): head, words and attachments, messages inside messages."""

from __future__ import annotations

import email.utils
import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from extractors.archive.crate import Crate
from extractors.document import Extraction, Limits, Outcome, Source
from extractors.mail.compressed import rich_text
from extractors.mail.letter import Body, Letter, as_document, spoken_date
from extractors.mail.outlook import Folder, Property
from extractors.mail.rebuilt import as_mail

__all__ = ["extract"]

_EXTRACTOR = "msg/1"
_MOST_RICH_TEXT = 32 * 1024 * 1024
# A directory that leads back into itself is walked until Python has had enough.
_FAULTS = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError),
    *(struct.error, OverflowError),
)


def extract(source: Source, limits: Limits) -> Extraction:
    """Read a message; its attachments come back as members."""
    crate = Crate(source, limits)
    letter = Letter()
    try:
        with olefile.OleFileIO(io.BytesIO(source.data)) as package:
            message = Folder(package)
            letter = _letter(message)
            for attachment in message.attachments():
                _attach(attachment, crate, limits)
    except _FAULTS:
        crate.refuse(Outcome.UNREADABLE, "mail_damaged")
    return crate.concluded(as_document(letter, _EXTRACTOR, source.name, limits))


def _letter(message: Folder) -> Letter:
    moment = message.moment(Property.SUBMITTED) or message.moment(Property.DELIVERED)
    text, page = message.text(Property.TEXT), message.page()
    packed = b"" if text.strip() or page.strip() else message.data(Property.RICH_TEXT)
    return Letter(
        subject=message.text(Property.SUBJECT),
        sender=_sender(message),
        date=spoken_date(moment) if moment else "",
        to=message.text(Property.TO),
        copy=message.text(Property.COPY),
        bodies=(Body(text, page, rich_text(packed, _MOST_RICH_TEXT)),),
    )


def _sender(message: Folder) -> str:
    name = message.text(Property.SENDER_NAME) or message.text(Property.SENT_FOR_NAME)
    address = message.text(Property.SENDER_MAIL) or message.text(Property.SENDER_ADDRESS)
    # Inside an organisation the address may be a path of its directory.
    return f"{name} <{address}>" if name and "@" in address and address != name else name or address


def _attach(attachment: Folder, crate: Crate, limits: Limits) -> None:
    name = _name(attachment)
    size = attachment.size(Property.DATA)
    inner = attachment.embedded()
    if inner:
        nested = _Nested(crate.room, limits.max_depth)
        data = nested.mail(inner, 0)
        crate.take(f"{_title(inner)}.eml", (data,), len(data))
        if nested.is_lossy:
            crate.note("mail_too_deep", is_loss=True)
    elif attachment.is_object:
        crate.withhold(name or "对象", Outcome.UNSUPPORTED, "embedded_object")
    elif size is None:
        crate.withhold(name or "附件", Outcome.UNREADABLE, "member_is_link")
    else:
        is_small = crate.has_room_for(size)
        crate.take(name or "附件", (attachment.data(Property.DATA),) if is_small else (), size)


def _name(attachment: Folder) -> str:
    numbers = (Property.LONG_FILE_NAME, Property.SHORT_FILE_NAME, Property.NAME)
    return next((name for number in numbers if (name := attachment.text(number))), "")


def _title(message: Folder) -> str:
    return message.text(Property.SUBJECT).replace("/", "／") or "转发的邮件"


@dataclass
class _Nested:
    """Writes messages inside messages as mails, within bounds."""

    room: int
    deepest: int
    is_lossy: bool = field(default=False)

    def mail(self, message: Folder, depth: int) -> bytes:
        """Return a message as a mail, with what hangs on it as far as there is room."""
        moment = message.moment(Property.SUBMITTED)
        stated = email.utils.format_datetime(moment) if moment else ""
        return as_mail(_letter(message), stated, self._attached(message, depth))

    def _attached(self, message: Folder, depth: int) -> Iterator[tuple[str, bytes]]:
        for attachment in message.attachments():
            inner = attachment.embedded()
            size = attachment.size(Property.DATA) or 0
            if size > self.room or depth >= self.deepest:
                self.is_lossy = True
            elif inner:
                yield f"{_title(inner)}.eml", self.mail(inner, depth + 1)
            elif not attachment.is_object:
                self.room -= size
                yield _name(attachment) or "附件", attachment.data(Property.DATA)
            else:
                self.is_lossy = True
