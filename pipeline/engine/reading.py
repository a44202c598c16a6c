"""The work of the main job: open one file, extract it, hold it against the rubric."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from extractors.document import Notice, Outcome, Source
from pipeline.analyse import Analyst
from pipeline.engine.contract import failed
from pipeline.intake import Found, reason
from pipeline.model import Analysis
from pipeline.settings import Settings

__all__ = ["Reading"]


@dataclass(frozen=True)
class Reading:
    """Reads and judges files; sent to a child process once, then called for each file."""

    settings: Settings

    @cached_property
    def _analyst(self) -> Analyst:
        return Analyst(self.settings.rubric, self.settings.references)

    def __reduce__(self) -> tuple[type[Reading], tuple[Settings]]:
        # The analyst holds tables that each process builds faster than it can receive them.
        return Reading, (self.settings,)

    def __call__(self, found: Found) -> Analysis:
        """Read one file from its path and return everything the machine makes of it."""
        if found.error:
            return failed(found, Outcome.UNREADABLE, Notice("not_readable", found.error, is_loss=True))
        limits = self.settings.limits
        try:
            with found.path.open("rb") as file:
                data = file.read(limits.max_bytes + 1)
        except OSError as error:
            # Somebody may have it open just now.  Without a hash it counts as not read, so it is tried again.
            unread = replace(found, sha256="")
            return failed(unread, Outcome.UNREADABLE, Notice("not_readable", reason(error), is_loss=True))
        if len(data) > limits.max_bytes:
            return failed(found, Outcome.TOO_BIG, Notice("too_many_bytes", str(found.size), is_loss=True))
        return self._analyst.analyse(Source(found.name, data), limits)
