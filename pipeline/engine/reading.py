"""The work of the main job: open one file, extract it, hold it against the rubric."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from extractors import extract
from extractors.document import Notice, Outcome, Source
from pipeline.analyse import Analyst
from pipeline.aside import narrowed, put_aside
from pipeline.engine.contract import failed
from pipeline.engine.room import working_files_in
from pipeline.errors import reason
from pipeline.intake import Found
from pipeline.model import Analysis
from pipeline.settings import Settings

__all__ = ["Reading"]


@dataclass(frozen=True)
class Reading:
    """Reads and judges files; sent to a child process once, then called for each file.

    What comes out of containers is put into the ``room``, to be read as files of their own.
    """

    settings: Settings
    room: Path

    @cached_property
    def _analyst(self) -> Analyst:
        return Analyst(self.settings.rubric, self.settings.references)

    def __reduce__(self) -> tuple[type[Reading], tuple[Settings, Path]]:
        # The analyst holds tables that each process builds faster than it can receive them.
        return Reading, (self.settings, self.room)

    def __call__(self, found: Found) -> Analysis:
        """Read one file from its path and return everything the machine makes of it."""
        if found.error:
            return failed(found, Outcome.UNREADABLE, Notice("not_readable", found.error, is_loss=True))
        most = self.settings.limits.max_bytes
        try:
            with found.path.open("rb") as file:
                data = file.read(most + 1)
        except OSError as error:
            # Somebody may have it open just now.  Without a hash it counts as not read, so it is tried again.
            unread = replace(found, sha256="")
            return failed(unread, Outcome.UNREADABLE, Notice("not_readable", reason(error), is_loss=True))
        if len(data) > most:
            return failed(found, Outcome.TOO_BIG, Notice("too_many_bytes", str(found.size), is_loss=True))
        return self._read(Source(found.name, data), found)

    def _read(self, source: Source, found: Found) -> Analysis:
        started = time.perf_counter()
        limits = narrowed(self.settings.limits, found)
        with working_files_in(self.room):
            extraction = extract(source, limits)
        try:
            extraction, members = put_aside(extraction, found, limits, self.room)
        except OSError as error:
            unread = replace(found, sha256="")
            return failed(unread, Outcome.UNREADABLE, Notice("no_room_aside", reason(error), is_loss=True))
        analysis = self._analyst.conclude(source, extraction)
        return replace(analysis, members=members, seconds=time.perf_counter() - started)
