"""Several child processes, each reading one file at a time under a deadline and a memory cap.

A parser of foreign formats may loop, eat all memory or crash the interpreter.  So this process never parses:
it hands a file to a child, watches the clock and the child's memory, and kills and replaces the child where
needed.  A file whose child died is tried once more when no other is being read; then its outcome is final.
Children are spawned, not forked, and no signals are needed, so it works alike on Windows.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection

import psutil

from extractors.document import Limits, Notice, Outcome
from pipeline.engine.contract import Work, failed
from pipeline.engine.worker import serve
from pipeline.errors import WuhaoError
from pipeline.intake import Found
from pipeline.model import Analysis

__all__ = ["Workers", "cores"]

# How often clocks and memory are looked at while nothing arrives, and how long a child may take to come up.
_PULSE = 0.1
_STARTUP = 60.0
# How long a killed process may take to go.
_FAREWELL = 5.0
_SIGKILL = 9
# Windows waits for at most 63 pipes at a time.
_MOST_JOBS = 60
_NO_CHILDREN = (
    "读取文件的子进程启动不了。请关掉一些程序后重试；仍不行请运行 wuhao doctor 检查安装，"
    "或看看杀毒软件是否拦截了 Python。"
)


def cores() -> int:
    """Number of processor cores that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Workers:
    """Child processes as an executor.

    ``files_per_child`` bounds what leaks in the parsers may add up to (pdfplumber #1339, #1390).
    """

    jobs: int = field(default_factory=cores)
    files_per_child: int = 1_000

    def map(
        self, work: Work, tasks: Iterable[Found | None], limits: Limits
    ) -> Generator[Analysis, None, None]:
        """Yield one analysis a task as they finish; children start when there is a file for them."""
        crew = _Crew(work, limits, self.files_per_child)
        remaining = iter(tasks)
        try:
            is_done = False
            while not is_done:
                suspects: list[_Fall] = []
                for result in crew.carry_out(remaining, min(self.jobs, _MOST_JOBS)):
                    if isinstance(result, _Fall):
                        suspects.append(result)
                    else:
                        yield result
                for suspect in suspects:
                    for result in crew.carry_out(iter([suspect.task]), 1):
                        yield result.analysis() if isinstance(result, _Fall) else result
                # A second try may have brought new tasks.
                is_done = not suspects
        finally:
            crew.dismiss()


@dataclass(frozen=True, slots=True)
class _Fall:
    """A file whose child had to be killed or died by itself."""

    task: Found
    outcome: Outcome
    notice: Notice
    seconds: float

    def analysis(self) -> Analysis:
        return failed(self.task, self.outcome, self.notice, self.seconds)


class _Child:
    """One child process and the file it is reading, or was the last to read."""

    def __init__(self, work: Work, limits: Limits, task: Found) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self.pipe: Connection[Found, Analysis | None] = ours
        self.process = context.Process(target=serve, args=(theirs, work, limits), daemon=True)
        self.process.start()
        theirs.close()
        self.is_up = False
        self.files = 0
        self.give(task)

    def give(self, task: Found) -> None:
        """Hand over the next file; the clock starts, or when the process is up."""
        self.task = task
        self.is_busy = True
        self.since = time.monotonic()
        # Should it have died between two files, reading from its pipe will say so.
        with contextlib.suppress(OSError):
            self.pipe.send(task)

    def seconds(self) -> float:
        """How long it has been at it."""
        return time.monotonic() - self.since

    def resident(self) -> int:
        """Bytes of memory the process holds; 0 when it is gone."""
        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def end(self) -> None:
        """Kill the process with everything it started."""
        below: list[psutil.Process] = []
        with contextlib.suppress(psutil.Error):
            below = psutil.Process(self.process.pid).children(recursive=True)
        for process in below:
            with contextlib.suppress(psutil.Error):
                process.kill()
        self.process.kill()
        # A process stuck in a dead network drive cannot be killed; it must not hold up the others.
        self.process.join(_FAREWELL)
        self.pipe.close()


class _Crew:
    """The children at work; keeps as many as there are files to read at a time."""

    def __init__(self, work: Work, limits: Limits, files_per_child: int) -> None:
        self._work = work
        self._limits = limits
        self._files_per_child = files_per_child
        self._cap = limits.memory_mb * 1024 * 1024
        self._children: list[_Child] = []

    def carry_out(self, tasks: Iterator[Found | None], jobs: int) -> Iterator[Analysis | _Fall]:
        """Yield what comes of each task; a child gets its next file before its last result is passed on."""
        self._hand_out(tasks, jobs)
        while busy := [child for child in self._children if child.is_busy]:
            results = [*self._collect(busy)]
            self._hand_out(tasks, jobs)
            yield from results
            if results:
                # What was just passed on may have brought new tasks.
                self._hand_out(tasks, jobs)

    def dismiss(self) -> None:
        """End all children."""
        while self._children:
            self._children.pop().end()

    def _hand_out(self, tasks: Iterator[Found | None], jobs: int) -> None:
        idle = [child for child in self._children if not child.is_busy]
        for _ in range(jobs - len(self._children) + len(idle)):
            task = next(tasks, None)
            if task is None:
                return
            if idle:
                idle.pop().give(task)
            else:
                self._children.append(_Child(self._work, self._limits, task))

    def _collect(self, busy: list[_Child]) -> Iterator[Analysis | _Fall]:
        ready = connection.wait([child.pipe for child in busy], timeout=_PULSE)
        for child in busy:
            result = self._receive(child) if child.pipe in ready else self._overrun(child)
            if result is not None:
                yield result

    def _receive(self, child: _Child) -> Analysis | _Fall | None:
        try:
            analysis = child.pipe.recv()
        except (EOFError, OSError):
            return self._death(child)
        if analysis is None:
            child.is_up = True
            child.since = time.monotonic()
            return None
        child.is_busy = False
        child.files += 1
        if child.files >= self._files_per_child or child.resident() > self._cap // 2:
            self._replace(child)
        return analysis

    def _overrun(self, child: _Child) -> _Fall | None:
        """Kill a child that has gone past its deadline or its memory cap."""
        if not child.is_up:
            if child.seconds() > _STARTUP:
                raise WuhaoError(_NO_CHILDREN)
        elif child.seconds() > self._limits.seconds:
            return self._fall(
                child, Outcome.TIMEOUT, Notice("too_slow", f"{self._limits.seconds:g}", is_loss=True)
            )
        elif child.resident() > self._cap:
            return self._fall(child, Outcome.TOO_BIG, Notice("too_much_memory", is_loss=True))
        return None

    def _death(self, child: _Child) -> _Fall:
        if not child.is_up:
            raise WuhaoError(_NO_CHILDREN)
        child.process.join(_FAREWELL)
        code = child.process.exitcode
        # Nobody here killed it: then the system did, because memory ran out.
        if code == -_SIGKILL:
            return self._fall(child, Outcome.TOO_BIG, Notice("too_much_memory", is_loss=True))
        return self._fall(child, Outcome.CRASHED, Notice("process_died", str(code), is_loss=True))

    def _fall(self, child: _Child, outcome: Outcome, notice: Notice) -> _Fall:
        self._replace(child)
        return _Fall(child.task, outcome, notice, child.seconds())

    def _replace(self, child: _Child) -> None:
        """End a child; another is started when there is a file for it."""
        self._children.remove(child)
        child.end()
