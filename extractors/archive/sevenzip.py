"""Opens rar and 7z archives with the 7-Zip program, where it is installed.

The program writes members to its output only, one after the other, so that no file is ever made under a name
from an archive.  Where one ends and the next begins is known from the list of sizes, and proved by the check
sums; after a mismatch each of the rest is asked for by itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from extractors.archive.crate import Crate, DamagedError
from extractors.document import Outcome

__all__ = ["find_sevenzip", "is_there", "take_all"]

_PROGRAMS = ("7zz", "7z", "7za")
_MOST_LISTED = 64 * 1024 * 1024
# An empty password, so that nobody is asked for one; names are taken literally, and spelled in UTF-8.
_OPTIONS = ("-p", "-y", "-bd", "-spd", "-sccUTF-8")


def find_sevenzip() -> Path | None:
    """Return the 7-Zip program of this machine, None when there is none."""
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return Path(found)
    roots = (os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
    installed = (Path(root, "7-Zip", "7z.exe") for root in roots if root)
    return next((path for path in installed if path.is_file()), None)


def is_there() -> bool:
    """Whether 7-Zip can be used."""
    return find_sevenzip() is not None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the list of contents; ``crc`` is None where the archive states none."""

    name: str
    size: int
    crc: int | None
    is_folder: bool
    is_encrypted: bool

    def is_good(self, data: bytes) -> bool:
        """Whether these are the member's bytes."""
        return len(data) == self.size and self.crc in (None, zlib.crc32(data))

    def checked(self, data: bytes) -> Iterator[bytes]:
        """Yield the bytes; raises DamagedError after them if they are not the member's."""
        yield data
        if not self.is_good(data):
            raise DamagedError


@dataclass(frozen=True, slots=True)
class _Archive:
    """An archive in a file of ours, and until when there is time for it."""

    program: Path
    path: Path
    deadline: float

    @property
    def seconds(self) -> float:
        """How much time is left."""
        return max(self.deadline - time.monotonic(), 0.0)

    @contextlib.contextmanager
    def output(self, command: str, *options: str) -> Iterator[IO[bytes]]:
        """Run the program and give its output, which ends early when time is over."""
        arguments = (str(self.program), command, *_OPTIONS, *options, "--", str(self.path))
        with (
            self.complaints.open("wb") as complaints,
            subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            ) as process,
        ):
            end = threading.Timer(self.seconds, process.kill)
            end.start()
            try:
                assert process.stdout
                yield process.stdout
            finally:
                end.cancel()
                process.kill()

    @property
    def complaints(self) -> Path:
        """The file that holds what the program said of errors."""
        return self.path.with_suffix(".err")

    def complains_of(self, words: bytes) -> bool:
        """Whether the program's last run said these words."""
        return words in self.complaints.read_bytes()


def take_all(crate: Crate, data: bytes, kind: str, seconds: float) -> None:
    """Take out what an archive holds."""
    program = find_sevenzip()
    if program is None:
        crate.refuse(Outcome.MISSING_TOOL, "needs_unarchiver", kind)
        return
    with tempfile.TemporaryDirectory(prefix="wuhao-7z-", ignore_cleanup_errors=True) as room:
        archive = _Archive(program, Path(room, f"archive.{kind}"), time.monotonic() + seconds)
        archive.path.write_bytes(data)
        with archive.output("l", "-slt", "-ba") as stream:
            text = stream.read(_MOST_LISTED).decode("utf-8", "replace")
        entries = [entry for entry in _listed(text) if not entry.is_folder]
        _remark(crate, archive, has_entries=bool(entries))
        _take_entries(crate, archive, entries)


def _remark(crate: Crate, archive: _Archive, *, has_entries: bool) -> None:
    """Say what kept the list of contents from being complete."""
    if archive.complains_of(b"Wrong password"):
        crate.refuse(Outcome.ENCRYPTED, "encrypted")
    elif archive.complains_of(b"Missing volume"):
        crate.refuse(Outcome.UNREADABLE, "missing_volume")
    elif not has_entries or archive.complains_of(b"ERROR"):
        crate.refuse(Outcome.UNREADABLE, "archive_damaged")


def _listed(text: str) -> Iterator[_Entry]:
    for block in text.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.partition(" = ")[::2] for line in block.split("\n"))
        if "Path" not in fields:
            continue
        size, crc = fields.get("Size", ""), fields.get("CRC", "")
        yield _Entry(
            name=fields["Path"],
            size=int(size) if size.isdigit() else 0,
            crc=int(crc, 16) if crc.strip() else None,
            is_folder=fields.get("Folder") == "+" or fields.get("Attributes", "").startswith("D"),
            is_encrypted=fields.get("Encrypted") == "+",
        )


def _take_entries(crate: Crate, archive: _Archive, entries: list[_Entry]) -> None:
    with contextlib.ExitStack() as stack:
        # What comes out of encrypted members is of no known length.
        is_plain = not any(entry.is_encrypted for entry in entries)
        stream = stack.enter_context(archive.output("x", "-so")) if is_plain else None
        for entry in entries:
            data = b""
            if stream and crate.has_room_for(entry.size):
                data = stream.read(entry.size)
            if stream and not entry.is_good(data):
                stack.close()
                stream = None
            _take_one(crate, archive, entry, data)


def _take_one(crate: Crate, archive: _Archive, entry: _Entry, data: bytes) -> None:
    if entry.is_encrypted:
        crate.withhold(entry.name, Outcome.ENCRYPTED, "member_encrypted", entry.size)
    elif not crate.has_room_for(entry.size):
        crate.take(entry.name, (), entry.size)
    elif entry.is_good(data):
        crate.take(entry.name, (data,), entry.size)
    elif not archive.seconds:
        crate.withhold(entry.name, Outcome.TIMEOUT, "member_too_slow", entry.size)
    else:
        with archive.output("x", "-so", f"-i!{entry.name}") as stream:
            alone = stream.read(entry.size)
        if archive.complains_of(b"Unsupported Method"):
            crate.withhold(entry.name, Outcome.MISSING_TOOL, "member_needs_tool", entry.size)
        else:
            crate.take(entry.name, entry.checked(alone), entry.size)
