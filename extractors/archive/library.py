"""Opens rar and 7z archives in memory with libarchive, where it is installed."""

from __future__ import annotations

import contextlib
import importlib
import locale
from collections.abc import Iterator
from types import ModuleType
from typing import Protocol

from extractors.archive.crate import Crate, DamagedError, LockedError
from extractors.document import Outcome

__all__ = ["is_there", "take_all"]

_PIECE = 64 * 1024
# What all its messages about passwords have in common.
_ENCRYPTED = "encrypt"


class _Entry(Protocol):
    pathname: str | bytes | None
    size: int | None
    isdir: bool
    isreg: bool

    def get_blocks(self, block_size: int) -> Iterator[bytes]: ...


def is_there() -> bool:
    """Whether libarchive can be used."""
    return _libarchive() is not None


def _libarchive() -> ModuleType | None:
    try:
        return importlib.import_module("libarchive")
    except (ImportError, OSError, TypeError, AttributeError):
        # The Python part may be there without the library itself, or with one that is too old.
        return None


def take_all(crate: Crate, data: bytes, kind: str, seconds: float) -> None:
    """Take out what an archive holds; the time is watched by whoever started this process."""
    libarchive = _libarchive()
    if libarchive is None:
        crate.refuse(Outcome.MISSING_TOOL, "needs_unarchiver", kind)
        return
    try:
        with _names_in_unicode(), libarchive.memory_reader(data, filter_name="none") as archive:
            for entry in archive:
                _take(crate, entry, libarchive.ArchiveError)
    except libarchive.ArchiveError as error:
        if _ENCRYPTED in str(error):
            crate.refuse(Outcome.ENCRYPTED, "encrypted")
        else:
            crate.refuse(Outcome.UNREADABLE, "archive_damaged")


def _take(crate: Crate, entry: _Entry, fault: type[Exception]) -> None:
    if entry.isdir:
        return
    name = entry.pathname or ""
    name = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    if entry.isreg:
        crate.take(name, _pieces(entry, fault), entry.size or 0)
    else:
        crate.withhold(name, Outcome.UNREADABLE, "member_is_link")


def _pieces(entry: _Entry, fault: type[Exception]) -> Iterator[bytes]:
    try:
        yield from entry.get_blocks(_PIECE)
    except fault as error:
        raise (LockedError if _ENCRYPTED in str(error) else DamagedError) from error


@contextlib.contextmanager
def _names_in_unicode() -> Iterator[None]:
    """Let the library spell names in any script: it asks the locale, which may know ASCII only."""
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "en_US.UTF-8", ".UTF-8"):
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, name)
            break
    try:
        yield
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
