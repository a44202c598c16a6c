"""A private folder for one run: what comes out of containers, and the working files of the tools.

It lies in the output folder, on the disk that has to hold the results anyway.  It goes when the run ends;
what a killed run left behind goes at the next one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

__all__ = ["private_room", "working_files_in"]

_PREFIX = ".reading-"


@contextlib.contextmanager
def private_room(folder: Path) -> Iterator[Path]:
    """Make a room inside a folder; take away those of runs that are gone."""
    for left in folder.glob(f"{_PREFIX}*"):
        if not _is_in_use(left):
            shutil.rmtree(left, ignore_errors=True)
    # Absolute, because tools are started in folders of their own.
    room = folder.resolve() / f"{_PREFIX}{os.getpid()}-{_started(os.getpid())}"
    room.mkdir(mode=0o700, parents=True)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _is_in_use(room: Path) -> bool:
    """Whether the process that made a room still runs; another one may have got its number since."""
    number, _, started = room.name.removeprefix(_PREFIX).partition("-")
    return number.isdigit() and started == _started(int(number))


def _started(process: int) -> str:
    try:
        return str(int(psutil.Process(process).create_time() * 1000))
    except psutil.Error:
        return ""


@contextlib.contextmanager
def working_files_in(room: Path) -> Iterator[None]:
    """Let everything that needs a temporary file make it in the room."""
    before = tempfile.tempdir
    tempfile.tempdir = str(room)
    try:
        yield
    finally:
        tempfile.tempdir = before
