"""One file after the other in this very process: for tests, for debugging, for the smallest jobs."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from extractors.document import Limits
from pipeline.engine.contract import Work, attempt
from pipeline.intake import Found
from pipeline.model import Analysis

__all__ = ["Serial"]


@dataclass(frozen=True, slots=True)
class Serial:
    """Does the work here and now; has no deadline and no protection against a file that kills the process."""

    def map(
        self, work: Work, tasks: Iterable[Found | None], limits: Limits
    ) -> Generator[Analysis, None, None]:
        """Yield one analysis a task, in the order of the tasks."""
        return (attempt(work, task) for task in tasks if task is not None)
