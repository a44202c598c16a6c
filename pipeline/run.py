"""The main job, told in one function: find, link, read and judge, remember, report."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from extractors.document import Outcome
from pipeline.engine import Executor, Reading, private_room
from pipeline.errors import ExitCode
from pipeline.intake import discover
from pipeline.messages import outcome_name
from pipeline.report import write
from pipeline.settings import Settings
from pipeline.store import Key, Rounds, Store, Tally

__all__ = ["Progress", "RunReport", "run"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One more file is done: the ``done``-th of the ``total`` that had to be read, as far as known by now."""

    done: int
    total: int
    name: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended; ``str`` is the closing sentence, ``exit_code`` what the command returns."""

    tally: Tally = field(default_factory=Tally)
    read: int = 0
    seconds: float = 0.0
    reports: tuple[Path, ...] = ()

    @property
    def skipped(self) -> int:
        """Files that were known already and not opened again."""
        return self.tally.files - self.tally.duplicates - self.read

    @property
    def exit_code(self) -> ExitCode:
        """Say whether some file needs a person, or a tool that is not installed."""
        if not self.tally.files:
            return ExitCode.USAGE
        outcomes = self.tally.outcomes.keys() - {Outcome.OK, Outcome.IGNORED}
        if not outcomes:
            return ExitCode.OK
        return ExitCode.MISSING_TOOL if outcomes == {Outcome.MISSING_TOOL} else ExitCode.NEEDS_PERSON

    def __str__(self) -> str:
        if not self.tally.files:
            return "没有找到文件。请检查给出的文件夹是否正确。"
        counts = [f"{self.tally.outcomes[o]} {outcome_name(o)}" for o in Outcome if o in self.tally.outcomes]
        if self.tally.duplicates:
            counts.append(f"{self.tally.duplicates} 重复")
        known = f"（其中 {self.skipped} 个没有变化，未重读）" if self.skipped else ""
        return f"已处理 {self.tally.files} 个文件{known}：{'，'.join(counts)}。用时 {self.seconds:.1f} 秒。"


def _silent(progress: Progress) -> None:
    """Show nothing."""


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


def run(
    paths: Sequence[Path],
    settings: Settings,
    store: Store,
    *,
    executor: Executor,
    output: Path,
    progress: Callable[[Progress], None] = _silent,
    now: Callable[[], dt.datetime] = _now,
) -> RunReport:
    """Read every new or changed file once, hold it against the rubric, remember the outcome, report.

    May be stopped or killed at any point; run again, it does what is left.
    """
    started = time.perf_counter()
    key = Key.of(settings)
    number = store.begin(key, now())
    is_changed = store.link(discover(paths, skip=(output, *store.files)), number, paths)
    with private_room(output) as room:
        rounds = Rounds(store, key, number, room)
        with closing(executor.map(Reading(settings, room), rounds, settings.limits)) as analyses:
            for analysis in analyses:
                rounds.save(analysis)
                progress(Progress(rounds.done, rounds.total, analysis.name, analysis.outcome))
    reports = () if is_changed or rounds.done else store.reports_before(number, output)
    if not reports or not all(report.exists() for report in reports):
        reports = write(store.analyses(), settings.rubric, output, generated=now())
    store.finish(number, now(), output, reports)
    return RunReport(store.tally(number), rounds.read, time.perf_counter() - started, reports)
