"""The properties of an Outlook message, as a compound file keeps them ([MS-OXMSG])."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from extractors.mail.letter import as_page
from extractors.mail.words import in_charset

__all__ = ["Folder", "Property"]

_BEIJING = dt.timezone(dt.timedelta(hours=8))
_FILETIME_BEGINS = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_"
_EMBEDDED = "__substg1.0_3701000D"
_MOST_TEXT = 64 * 1024 * 1024
_CODE_PAGES = {
    **dict.fromkeys((936, 20936, 54936), "gb18030"),
    65001: "utf-8",
    20127: "ascii",
    28591: "cp1252",
}
#: What the text of a message is in, by the language its writer worked in.
_LANGUAGES = {0x0804: 936, 0x1004: 936, 0x0404: 950, 0x0C04: 950}


class Property:
    """Numbers of the properties that are read ([MS-OXPROPS])."""

    SUBJECT = 0x0037
    SUBMITTED = 0x0039
    SENT_FOR_NAME = 0x0042
    HEADERS = 0x007D
    SENDER_NAME = 0x0C1A
    SENDER_ADDRESS = 0x0C1F
    COPY = 0x0E03
    TO = 0x0E04
    DELIVERED = 0x0E06
    TEXT = 0x1000
    RICH_TEXT = 0x1009
    PAGE = 0x1013
    NAME = 0x3001
    DATA = 0x3701
    SHORT_FILE_NAME = 0x3704
    METHOD = 0x3705
    LONG_FILE_NAME = 0x3707
    PAGE_CODE = 0x3FDE
    LANGUAGE = 0x3FF1
    CODE = 0x3FFD
    SENDER_MAIL = 0x5D01


@dataclass(frozen=True)
class Folder:
    """A message or an attachment: a storage whose streams are its properties."""

    package: olefile.OleFileIO
    path: tuple[str, ...] = ()

    def text(self, number: int) -> str:
        """Return a property as text, empty when there is none."""
        data = self._stream(f"__substg1.0_{number:04X}001F")
        if data is not None:
            return data.decode("utf-16-le", "replace").rstrip("\x00")
        data = self._stream(f"__substg1.0_{number:04X}001E") or b""
        return in_charset(data.rstrip(b"\x00"), _charset(self._code_page()))

    def data(self, number: int) -> bytes:
        """Return a property as bytes, empty when there is none."""
        return self._stream(f"__substg1.0_{number:04X}0102") or b""

    def size(self, number: int) -> int | None:
        """Return how many bytes a property has, None when there is none."""
        path = [*self.path, f"__substg1.0_{number:04X}0102"]
        return int(self.package.get_size(path)) if self.package.exists(path) else None

    def page(self) -> bytes:
        """Return the message as a web page in UTF-8, empty when it carries none."""
        data = self.data(Property.PAGE)
        page = self.number(Property.PAGE_CODE)
        text = in_charset(data, _charset(page)) if data else self.text(Property.PAGE)
        return as_page(text)

    def moment(self, number: int) -> dt.datetime | None:
        """Return a time, as Beijing reads it: messages keep it in UTC."""
        value = self._fixed(number)
        if not value:
            return None
        try:
            return (_FILETIME_BEGINS + dt.timedelta(microseconds=value // 10)).astimezone(_BEIJING)
        except OverflowError:
            return None

    def number(self, number: int) -> int:
        """Return a property that is a small number, 0 when there is none."""
        return self._fixed(number) & 0xFFFFFFFF

    def attachments(self) -> Iterator[Folder]:
        """Yield what hangs on a message, in order."""
        depth = len(self.path)
        listed = self.package.listdir(streams=False, storages=True)
        names = {
            tuple(path[: depth + 1])
            for path in listed
            if len(path) == depth + 1
            and tuple(path[:depth]) == self.path
            and path[depth].lower().startswith(_ATTACHMENT)
        }
        return (Folder(self.package, path) for path in sorted(names))

    def embedded(self) -> Folder | None:
        """Return the message an attachment consists of, None if it is something else."""
        path = (*self.path, _EMBEDDED)
        return Folder(self.package, path) if self.package.exists([*path, _PROPERTIES]) else None

    @property
    def is_object(self) -> bool:
        """Whether an attachment is an object of another program and no file."""
        return bool(self.package.exists([*self.path, _EMBEDDED]))

    def _code_page(self) -> int:
        language = _LANGUAGES.get(self.number(Property.LANGUAGE), 0)
        return self.number(Property.CODE) or language or self.number(Property.PAGE_CODE)

    def _stream(self, name: str) -> bytes | None:
        path = [*self.path, name]
        if not self.package.exists(path) or self.package.get_size(path) > _MOST_TEXT:
            return None
        return bytes(self.package.openstream(path).read())

    def _fixed(self, number: int) -> int:
        """Return a property of fixed length: entries of 16 bytes after a head whose length differs."""
        entries = self._stream(_PROPERTIES) or b""
        head = 8 if self.path and self.path[-1].lower().startswith(_ATTACHMENT) else 24 if self.path else 32
        for place in range(head, len(entries) - 15, 16):
            _, found, value = struct.unpack_from("<HH4xQ", entries, place)
            if found == number:
                return int(value)
        return 0


def _charset(page: int) -> str:
    return _CODE_PAGES.get(page, f"cp{page}" if page else "")
