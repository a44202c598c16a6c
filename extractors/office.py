"""Formats that only LibreOffice reads: converted to ``.docx`` in a closed room, then read as Word papers.

Each conversion has a profile of its own, runs no macros, follows no links, and is ended with all its
processes when its time is over; nothing of it stays behind.
"""

from __future__ import annotations

import contextlib
import enum
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from extractors.document import Extraction, Limits, Notice, Outcome, Source
from extractors.sniff import Format, sniff
from extractors.word import docx

__all__ = ["Failure", "convert", "extract", "extract_as", "find_office"]

_EXTRACTOR = "office+docx/1"
_SUFFIXES = {
    Format.ODT: "odt",
    Format.WORD_XML: "xml",
    Format.DOC: "doc",
    Format.WPS: "wps",
    Format.RTF: "rtf",
}
_FILTERS = {"docx": "docx:MS Word 2007 XML"}
_TRIES = 2
_SHARE_OF_TIME = 0.8
_MAC_OFFICE = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Java/VirtualMachine", "Enable", "false"),
    ("Recovery/RecoveryInfo", "Enabled", "false"),
    ("Recovery/AutoSave", "Enabled", "false"),
)


class Failure(enum.StrEnum):
    """Why a conversion gave nothing."""

    MISSING = "needs_office"
    TIMEOUT = "office_timeout"
    FAILED = "office_failed"


_OUTCOMES = {
    Failure.MISSING: Outcome.MISSING_TOOL,
    Failure.TIMEOUT: Outcome.TIMEOUT,
    Failure.FAILED: Outcome.UNREADABLE,
}


def extract(source: Source, limits: Limits) -> Extraction:
    """Read a paper of a format that is converted whole (``.odt``, Word 2003 XML)."""
    return extract_as(_SUFFIXES.get(sniff(source.data, source.name), "doc"), source, limits)


def extract_as(suffix: str, source: Source, limits: Limits) -> Extraction:
    """Convert a paper and read what came of it; ``suffix`` tells LibreOffice what to expect."""
    converted = convert(source.data, suffix, "docx", limits.seconds * _SHARE_OF_TIME)
    if isinstance(converted, Failure):
        return Extraction(_OUTCOMES[converted], notices=(Notice(converted.value, suffix, is_loss=True),))
    found = docx.extract(Source(source.name, converted), limits)
    if found.document is None:
        return found
    return replace(found, document=replace(found.document, extractor=_EXTRACTOR))


def find_office() -> Path | None:
    """Return the LibreOffice program of this machine, None when there is none."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    roots = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)")]
    # Of the two on Windows only soffice.com waits until the work is done.
    installed = [Path(root, "LibreOffice", "program", "soffice.com") for root in roots if root]
    return next((path for path in (*installed, _MAC_OFFICE) if path.is_file()), None)


def convert(data: bytes, suffix: str, target: str = "docx", seconds: float = 60.0) -> bytes | Failure:
    """Return a paper in another format, or why that could not be done; tried twice within the time given."""
    office = find_office()
    if office is None:
        return Failure.MISSING
    deadline = time.monotonic() + seconds
    for _ in range(_TRIES):
        found = _convert_once(office, data, suffix, target, deadline - time.monotonic())
        if found is not Failure.FAILED or time.monotonic() >= deadline:
            return found
    return Failure.FAILED


def _convert_once(office: Path, data: bytes, suffix: str, target: str, seconds: float) -> bytes | Failure:
    with tempfile.TemporaryDirectory(prefix="wuhao-office-", ignore_cleanup_errors=True) as name:
        room = Path(name)
        paper = room / f"paper.{suffix}"
        paper.write_bytes(data)
        _write_settings(room / "profile" / "user")
        arguments = (
            str(office),
            f"-env:UserInstallation={(room / 'profile').as_uri()}",
            *("--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck"),
            *("--convert-to", _FILTERS.get(target, target), "--outdir", str(room / "out"), str(paper)),
        )
        if not _run(arguments, room, seconds):
            return Failure.TIMEOUT
        written = room / "out" / f"paper.{target}"
        return written.read_bytes() if written.is_file() else Failure.FAILED


def _write_settings(folder: Path) -> None:
    """Write the profile in which no macro runs, no link is followed and nothing is recovered."""
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(arguments: tuple[str, ...], room: Path, seconds: float) -> bool:
    """Run LibreOffice to its end and say so, or stop it with all it has started when time is over."""
    windows_flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=room,
            env={**os.environ, "TMPDIR": str(room), "TEMP": str(room), "TMP": str(room), "HOME": str(room)},
            start_new_session=True,
            creationflags=windows_flags,
        )
    except OSError:
        return True
    try:
        process.wait(max(seconds, 0.0))
    except subprocess.TimeoutExpired:
        return False
    finally:
        _stop(process)
    return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and everything it has started; harmless when all have ended."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ("taskkill", "/F", "/T", "/PID", str(process.pid)), capture_output=True, check=False
            )
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
