"""Mails as they travel (``.eml``, RFC 5322): head, words and attachments, forwarded mails inside."""

from __future__ import annotations

import email.errors
import email.utils
import mimetypes
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser

from extractors.archive.crate import Crate, DamagedError
from extractors.document import Extraction, Limits, Outcome, Source
from extractors.mail.letter import Body, Letter, as_document, as_page, spoken_date
from extractors.mail.words import RAW, in_charset, spoken

__all__ = ["extract"]

_EXTRACTOR = "eml/1"
_DEEPEST = 30
_CUT_OFF = (email.errors.CloseBoundaryNotFoundDefect, email.errors.StartBoundaryNotFoundDefect)
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_PAGES = {"text/html", "application/xhtml+xml"}
_FAULTS = (ValueError, TypeError, LookupError, AttributeError, email.errors.MessageError)
_SOFT_BREAK = re.compile(r"(?<!^--) \r?\n", re.M)


def extract(source: Source, limits: Limits) -> Extraction:
    """Read a mail; its attachments come back as members."""
    crate = Crate(source, limits)
    try:
        message = BytesParser(policy=RAW).parsebytes(source.data)
    except (RecursionError, *_FAULTS):
        crate.refuse(Outcome.UNREADABLE, "mail_damaged")
        return crate.concluded()
    letter = _letter(message, tuple(_sorted_out(message, crate, 0)))
    return crate.concluded(as_document(letter, _EXTRACTOR, source.name, limits))


def _letter(message: Message, bodies: tuple[Body, ...]) -> Letter:
    heads = {name.lower(): spoken(value) for name, value in reversed(list(message.raw_items()))}
    return Letter(
        subject=heads.get("subject", ""),
        sender=heads.get("from", ""),
        date=_date(heads.get("date", "")),
        to=heads.get("to", ""),
        copy=heads.get("cc", ""),
        bodies=bodies,
    )


def _date(stated: str) -> str:
    """Return the date in the sender's own time, as stated where it is no valid date."""
    try:
        return spoken_date(email.utils.parsedate_to_datetime(stated))
    except (*_FAULTS, OverflowError):
        return stated


def _sorted_out(part: Message, crate: Crate, depth: int) -> Iterator[Body]:
    """Yield the words of a part and of those inside it; what hangs on the mail goes into the crate."""
    if any(isinstance(defect, _CUT_OFF) for defect in part.defects):
        crate.note("mail_cut_off", is_loss=True)
    kind = part.get_content_type()
    inner = part.get_payload()
    if kind == "multipart/encrypted":
        crate.note("encrypted_part", is_loss=True)
    if part.get_content_maintype() == "multipart" and isinstance(inner, list):
        if depth >= _DEEPEST:
            crate.note("mail_too_deep", is_loss=True)
            return
        children = (child for child in inner if isinstance(child, Message))
        bodies = [body for child in children for body in _sorted_out(child, crate, depth + 1)]
        yield from [_joined(bodies)] if kind == "multipart/alternative" and bodies else bodies
    elif _is_attachment(part, kind):
        _attach(part, kind, crate)
    else:
        yield _body(part, kind)


def _joined(bodies: list[Body]) -> Body:
    """Return the same words in several ways as one."""
    return Body("\n".join(body.text for body in bodies), b"\n".join(body.page for body in bodies))


def _is_attachment(part: Message, kind: str) -> bool:
    is_text = kind == "text/plain" or kind in _PAGES or part.get_content_maintype() == "multipart"
    return not is_text or part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _body(part: Message, kind: str) -> Body:
    text = in_charset(_bytes_of(part), part.get_content_charset() or "")
    if kind in _PAGES:
        return Body(page=as_page(text))
    is_flowed = str(part.get_param("format", "")).lower() == "flowed"
    return Body(_SOFT_BREAK.sub(" ", text) if is_flowed else text)


def _attach(part: Message, kind: str, crate: Crate) -> None:
    name = _file_name(part)
    if kind == "message/external-body":
        crate.withhold(name or "附件", Outcome.UNREADABLE, "member_is_link")
    elif kind in _SEALED and part.get_param("smime-type") != "signed-data":
        crate.withhold(name or "smime.p7m", Outcome.ENCRYPTED, "member_encrypted")
    elif part.is_multipart():
        # A forwarded mail, or a report of several small heads.
        data = b"\n".join(_written(inner) for inner in part.get_payload() if isinstance(inner, Message))
        suffix = ".eml" if kind == "message/rfc822" else ".txt"
        crate.take(name or _subject(part) + suffix, (data,), len(data))
    else:
        data = _bytes_of(part)
        is_broken = any(isinstance(one, email.errors.InvalidBase64LengthDefect) for one in part.defects)
        name = name or "附件" + (mimetypes.guess_extension(kind) or ".bin")
        crate.take(name, _checked(data, is_broken=is_broken), len(data))


def _checked(data: bytes, *, is_broken: bool) -> Iterator[bytes]:
    yield data
    if is_broken:
        raise DamagedError


def _written(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (RecursionError, OSError, *_FAULTS):
        return message.as_string().encode("utf-8", "surrogateescape")


def _subject(part: Message) -> str:
    """Return what a forwarded mail is about, as a name."""
    inner = part.get_payload()
    mails = (mail for mail in inner if isinstance(mail, Message)) if isinstance(inner, list) else iter(())
    subject = next((str(mail.get("subject", "")) for mail in mails), "")
    return spoken(subject).replace("/", "／") or "转发的邮件"


def _bytes_of(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except _FAULTS:
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return data if isinstance(data, bytes) else b""


def _file_name(part: Message) -> str:
    """Return the name of the file a part carries, spelled after RFC 2231, RFC 2047 or no rule at all."""
    for parameter, header in (("filename", "content-disposition"), ("name", "content-type")):
        try:
            value = part.get_param(parameter, header=header)
        except _FAULTS:
            continue
        if isinstance(value, tuple):
            charset, _, text = value
            return in_charset(text.encode("latin-1", "replace"), charset or "utf-8")
        if value:
            return spoken(str(value))
    return ""
