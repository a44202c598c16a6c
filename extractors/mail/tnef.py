"""``winmail.dat``: what Exchange makes of attachments for those who have no Outlook ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.archive.crate import Crate
from extractors.document import Extraction, Limits, Outcome, Source
from extractors.mail.letter import Body, Letter, as_document
from extractors.mail.words import in_charset

__all__ = ["extract"]

_EXTRACTOR = "tnef/1"
_HEAD = 6  # signature and key
_CODE_PAGE, _SUBJECT, _BODY = 0x9007, 0x8004, 0x800C
_NEW_ATTACHMENT, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_LONG_FILE_NAME = 0x3707
_ASCII_TEXT, _UNICODE_TEXT = 0x1E, 0x1F
_FIXED = {0x2: 4, 0x3: 4, 0x4: 4, 0xA: 4, 0xB: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0x14: 8, 0x40: 8, 0x48: 16}
_COUNTED = {_ASCII_TEXT, _UNICODE_TEXT, 0x102, 0xD}


@dataclass(slots=True)
class _Attachment:
    """One attachment as its attributes come by."""

    title: str = ""
    long_name: str = ""
    data: bytes | None = None


def extract(source: Source, limits: Limits) -> Extraction:
    """Take out the attachments and the words, as far as they are there in plain form."""
    crate = Crate(source, limits)
    charset, subject, body = "gb18030", "", ""
    attachment: _Attachment | None = None
    for number, value in _attributes(source.data, crate):
        if number == _CODE_PAGE and len(value) >= 4:
            (page,) = struct.unpack_from("<I", value)
            charset = "gb18030" if page == 936 else f"cp{page}"
        elif number == _SUBJECT:
            subject = _text(value, charset)
        elif number == _BODY:
            body = _text(value, charset)
        elif number == _NEW_ATTACHMENT:
            _take(crate, attachment)
            attachment = _Attachment()
        elif attachment:
            _add(attachment, number, value, charset)
    _take(crate, attachment)
    letter = Letter(subject=subject, bodies=(Body(body),))
    return crate.concluded(as_document(letter, _EXTRACTOR, source.name, limits))


def _attributes(data: bytes, crate: Crate) -> Iterator[tuple[int, bytes]]:
    """Yield number and value of each attribute; notes where they break off."""
    place = _HEAD
    while place + 9 <= len(data):
        number, length = struct.unpack_from("<xH2xI", data, place)
        value = data[place + 9 : place + 9 + length]
        if len(value) < length:
            crate.refuse(Outcome.UNREADABLE, "mail_cut_off")
        yield number, value
        place += 9 + length + 2


def _add(attachment: _Attachment, number: int, value: bytes, charset: str) -> None:
    if number == _TITLE:
        attachment.title = _text(value, charset)
    elif number == _DATA:
        attachment.data = value
    elif number == _PROPERTIES:
        attachment.long_name = _long_name(value, charset)


def _take(crate: Crate, attachment: _Attachment | None) -> None:
    if attachment is None:
        return
    name = attachment.long_name or attachment.title or "附件"
    if attachment.data is None:
        crate.withhold(name, Outcome.UNSUPPORTED, "embedded_object")
    else:
        crate.take(name, (attachment.data,), len(attachment.data))


def _text(value: bytes, charset: str) -> str:
    return in_charset(value.split(b"\x00", 1)[0], charset)


def _long_name(data: bytes, charset: str) -> str:
    """Return the long file name among the properties of an attachment, empty if it is not found.

    Properties follow each other without an index; one of a kind not known ends the search.
    """
    place = 4
    try:
        while place < len(data):
            kind, number = struct.unpack_from("<HH", data, place)
            place += 4
            if number >= 0x8000:
                place = _past_name(data, place)
            if kind in _FIXED:
                place += _FIXED[kind]
                continue
            if kind not in _COUNTED:
                return ""
            count, length = struct.unpack_from("<II", data, place)
            value = data[place + 8 : place + 8 + length]
            if number == _LONG_FILE_NAME and count:
                is_unicode = kind == _UNICODE_TEXT
                return (
                    value.decode("utf-16-le", "replace").rstrip("\x00")
                    if is_unicode
                    else _text(value, charset)
                )
            place += 8 + length + -length % 4
    except struct.error:
        pass
    return ""


def _past_name(data: bytes, place: int) -> int:
    """Return the place after the name of a named property: a set, then a number or a text."""
    (is_text,) = struct.unpack_from("<I", data, place + 16)
    if not is_text:
        return place + 24
    (length,) = struct.unpack_from("<I", data, place + 20)
    return place + 24 + int(length) + -int(length) % 4
