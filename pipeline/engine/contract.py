"""What an executor promises, so that one machine or a hundred can carry out the same work.

The work is one picklable call, ``Found -> Analysis``.  An executor gives each file to it once, hands back the
results as they finish and never loses a file: whatever happens to the process that reads it, exactly one
``Analysis`` comes back for every file that went in.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Protocol

from extractors.document import Limits, Notice, Outcome
from extractors.registry import last_line
from pipeline.intake import Found
from pipeline.model import Analysis

__all__ = ["Executor", "Work", "attempt", "failed"]


class Work(Protocol):
    """What is done with one file; picklable, and may load what it needs on the first call."""

    def __call__(self, found: Found) -> Analysis:
        """Read the file itself from its path and return what came of it."""


class Executor(Protocol):
    """Carries out the work on many files."""

    def map(
        self, work: Work, tasks: Iterable[Found | None], limits: Limits
    ) -> Generator[Analysis, None, None]:
        """Yield one analysis a task, in the order in which they finish.

        Tasks are drawn only as fast as they are carried out.  Among them ``None`` means that there is nothing
        to do just now, but that a result not yet handed back may bring more.  When the iterator is closed or
        an exception passes through it (Ctrl-C), everything it started is stopped before it returns.
        """


def failed(found: Found, outcome: Outcome, notice: Notice, seconds: float = 0.0) -> Analysis:
    """Return the analysis of a file from which nothing could be had."""
    return Analysis(found.name, found.sha256, found.size, outcome, (notice,), seconds=seconds)


def attempt(work: Work, found: Found) -> Analysis:
    """Carry out the work; a defect of ours in it becomes an outcome of this one file."""
    try:
        return work(found)
    except MemoryError:
        return failed(found, Outcome.TOO_BIG, Notice("too_much_memory", is_loss=True))
    except Exception as error:
        # The edge of the sandbox: the only place of this package where everything is caught.
        return failed(found, Outcome.CRASHED, Notice("crashed", last_line(error), is_loss=True))
