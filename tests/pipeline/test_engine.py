"""Every executor hands back one analysis a file, whatever the file does to the process that reads it."""

from __future__ import annotations

import mmap
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from extractors.document import Limits, Outcome
from pipeline.engine import Executor, Reading, Serial, Workers
from pipeline.errors import WuhaoError
from pipeline.intake import Found
from pipeline.model import Analysis
from pipeline.rubric import built_in
from pipeline.settings import Settings
from tests.pipeline.store_papers import an_analysis

ROOT = Path(__file__).parents[2]
MEGABYTE = 1024 * 1024
LIMITS = Limits(seconds=20.0, memory_mb=400)
IMPATIENT = replace(LIMITS, seconds=1.0)

EVERY = [pytest.param(Serial(), id="serial"), pytest.param(Workers(jobs=2), id="workers")]
#: Executors that outlive whatever happens to the process that reads a file.
PROTECTED = [pytest.param(Workers(jobs=2), id="workers")]


@dataclass(frozen=True)
class Deeds:
    """Does what the file's name says, instead of reading it."""

    trace: Path | None = None

    def __call__(self, found: Found) -> Analysis:
        deed = found.name.partition(" ")[0]
        if self.trace:
            with self.trace.open("a", encoding="utf-8") as file:
                file.write(f"{deed} {os.getpid()}\n")
        DEEDS[deed]()
        return Analysis(found.name, found.sha256, found.size, Outcome.OK)


def hang() -> None:
    while True:
        time.sleep(60)


def hang_without_python() -> None:
    # A loop inside C holds the lock of the interpreter: no thread of the child can end it.
    (1 << 400_000_000) % 3 ** (1 << 24)


def eat_memory() -> None:
    hoard = [bytearray(16 * MEGABYTE) for _ in range(1_000)]
    raise AssertionError(f"held {len(hoard)} pieces")


def eat_shared_memory() -> None:
    # Shared pages are outside the limit the system sets for the child; only the parent's watch sees them.
    hoard = mmap.mmap(-1, 700 * MEGABYTE)
    for place in range(0, len(hoard), mmap.PAGESIZE):
        hoard[place] = 1
    hang()


def die() -> None:
    os._exit(3)


def fail() -> None:
    raise KeyError("附件三")


def exceed() -> None:
    raise MemoryError


DEEDS: dict[str, Callable[[], None]] = {
    "正常": lambda: None,
    "挂起": hang,
    "死循环": hang_without_python,
    "吃内存": eat_memory,
    "吃共享内存": eat_shared_memory,
    "退出": die,
    "抛错": fail,
    "超限": exceed,
}


def files(*names: str) -> Iterator[Found]:
    return (Found(name, Path(name), size=7, sha256=f"hash of {name}") for name in names)


def outcomes(
    executor: Executor, *names: str, limits: Limits = LIMITS, work: Deeds = Deeds()
) -> dict[str, Outcome]:
    done = list(executor.map(work, files(*names), limits))
    assert sorted(names) == sorted(analysis.name for analysis in done)
    return {analysis.name: analysis.outcome for analysis in done}


@pytest.mark.parametrize("executor", EVERY)
class TestEveryExecutor:
    def test_returns_one_analysis_a_file(self, executor: Executor) -> None:
        names = [f"正常 {number}" for number in range(5)]

        assert dict.fromkeys(names, Outcome.OK) == outcomes(executor, *names)

    def test_starts_nothing_without_files(self, executor: Executor) -> None:
        before = psutil.Process().children()

        assert outcomes(executor) == {}
        assert before == psutil.Process().children()

    def test_turns_a_defect_into_an_outcome_of_that_file(self, executor: Executor) -> None:
        expected = {"正常 甲": Outcome.OK, "抛错": Outcome.CRASHED, "正常 乙": Outcome.OK}

        assert expected == outcomes(executor, *expected)

    def test_keeps_the_last_line_of_the_traceback(self, executor: Executor) -> None:
        (analysis,) = executor.map(Deeds(), files("抛错"), LIMITS)

        (notice,) = analysis.notices
        assert notice.code == "crashed"
        assert notice.is_loss
        assert notice.detail.startswith("KeyError: '附件三' (test_engine.py:")
        assert (analysis.sha256, analysis.size) == ("hash of 抛错", 7)

    def test_calls_a_file_that_runs_out_of_memory_too_big(self, executor: Executor) -> None:
        assert outcomes(executor, "超限") == {"超限": Outcome.TOO_BIG}

    def test_draws_files_only_as_it_needs_them(self, executor: Executor) -> None:
        drawn: list[str] = []

        def watched() -> Iterator[Found]:
            for found in files(*(f"正常 {number}" for number in range(20))):
                drawn.append(found.name)
                yield found

        results = executor.map(Deeds(), watched(), LIMITS)
        next(results)

        assert len(drawn) <= 5
        results.close()

    def test_carries_out_tasks_that_come_of_results(self, executor: Executor) -> None:
        growing = Growing(4)

        for analysis in executor.map(Deeds(), growing, LIMITS):
            growing.done.append(analysis.name)

        assert ["正常 0", "正常 1", "正常 2", "正常 3"] == growing.done

    def test_leaves_no_process_when_it_is_stopped_halfway(self, executor: Executor) -> None:
        results = executor.map(Deeds(), files(*(f"正常 {number}" for number in range(20))), LIMITS)
        next(results)

        results.close()

        assert readers() == []

    def test_leaves_no_process_when_ctrl_c_arrives_between_files(self, executor: Executor) -> None:
        def interrupted() -> Iterator[Found]:
            yield from files("正常 甲", "正常 乙", "正常 丙")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            list(executor.map(Deeds(), interrupted(), LIMITS))

        assert readers() == []


class Growing:
    """Tasks of which each becomes known only when the one before it is done."""

    def __init__(self, count: int, first: str = "正常 0") -> None:
        self.count = count
        self.first = first
        self.done: list[str] = []

    def __iter__(self) -> Iterator[Found | None]:
        yield from files(self.first)
        for number in range(1, self.count):
            while len(self.done) < number:
                yield None
            yield from files(f"正常 {number}")


def readers() -> list[str]:
    """Return the children that read files; the tracker that Python itself keeps is not one."""
    commands = [" ".join(child.cmdline()) for child in psutil.Process().children(recursive=True)]
    return [command for command in commands if "spawn_main" in command]


@pytest.mark.parametrize("executor", PROTECTED)
class TestProtectedExecutor:
    @pytest.mark.parametrize(
        ("deed", "outcome", "code"),
        [
            ("退出", Outcome.CRASHED, "process_died"),
            ("吃内存", Outcome.TOO_BIG, "too_much_memory"),
            ("吃共享内存", Outcome.TOO_BIG, "too_much_memory"),
        ],
    )
    def test_names_what_killed_the_reader(
        self, executor: Executor, deed: str, outcome: Outcome, code: str
    ) -> None:
        analyses = {one.name: one for one in executor.map(Deeds(), files(deed, "正常 甲", "正常 乙"), LIMITS)}

        assert (outcome, code) == (analyses[deed].outcome, analyses[deed].notices[0].code)
        assert "hash of " + deed == analyses[deed].sha256
        assert {Outcome.OK} == {analyses["正常 甲"].outcome, analyses["正常 乙"].outcome}

    @pytest.mark.parametrize("deed", ["挂起", "死循环"])
    def test_kills_what_takes_too_long(self, executor: Executor, deed: str) -> None:
        expected = {deed: Outcome.TIMEOUT, "正常": Outcome.OK}

        assert expected == outcomes(executor, *expected, limits=IMPATIENT)

    def test_tries_a_file_that_killed_its_reader_once_more_alone(
        self, executor: Executor, tmp_path: Path
    ) -> None:
        trace = tmp_path / "trace"

        outcomes(executor, "退出", "正常 甲", "正常 乙", "正常 丙", work=Deeds(trace))

        deeds = [line.split()[0] for line in trace.read_text(encoding="utf-8").splitlines()]
        assert deeds[-1] == "退出"
        assert {deed: deeds.count(deed) for deed in deeds} == {"退出": 2, "正常": 3}


class TestWorkers:
    def test_carries_out_what_comes_of_a_second_try(self) -> None:
        growing = Growing(3, first="退出")

        for analysis in Workers(jobs=2).map(Deeds(), growing, LIMITS):
            growing.done.append(analysis.name)

        assert ["退出", "正常 1", "正常 2"] == growing.done

    def test_replaces_a_child_after_so_many_files(self, tmp_path: Path) -> None:
        trace = tmp_path / "trace"
        names = [f"正常 {number}" for number in range(5)]

        outcomes(Workers(jobs=1, files_per_child=2), *names, work=Deeds(trace))

        children = [line.split()[1] for line in trace.read_text(encoding="utf-8").splitlines()]
        assert [children.count(child) for child in dict.fromkeys(children)] == [2, 2, 1]

    def test_uses_no_more_children_than_files(self, tmp_path: Path) -> None:
        trace = tmp_path / "trace"

        outcomes(Workers(jobs=8), "正常", work=Deeds(trace))

        assert len(trace.read_text(encoding="utf-8").splitlines()) == 1

    def test_says_so_when_children_cannot_start(self) -> None:
        with pytest.raises(WuhaoError, match="子进程启动不了"):
            list(Workers(jobs=1).map(Unwelcome(), files("正常"), LIMITS))

        assert readers() == []


@pytest.mark.parametrize("deed", ["挂起", "死循环"])
def test_children_do_not_outlive_a_parent_that_is_killed(deed: str) -> None:
    script = (
        "import tests.pipeline.test_engine as t\n"
        f"list(t.Workers(jobs=1).map(t.Telling(), t.files('{deed}'), t.IMPATIENT))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))

        parent.kill()

        gone, alive = psutil.wait_procs([child], timeout=20)
        assert ([child], []) == (gone, alive)


class Telling(Deeds):
    """Says which process it is in before it does anything."""

    def __call__(self, found: Found) -> Analysis:
        sys.stdout.write(f"{os.getpid()}\n")
        sys.stdout.flush()
        return super().__call__(found)


@dataclass(frozen=True)
class Writing:
    """Hands back a paper with one of every construct."""

    def __call__(self, found: Found) -> Analysis:
        return an_analysis(found.name)


def test_paper_comes_back_from_a_child_without_any_difference() -> None:
    assert list(Workers(jobs=1).map(Writing(), files("方案.docx"), LIMITS)) == [an_analysis("方案.docx")]


class Unwelcome:
    """Work that kills every process it arrives in."""

    def __call__(self, found: Found) -> Analysis:
        raise AssertionError("never called")

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return die, ()


class TestReading:
    def reading(self, tmp_path: Path, **limits: int) -> Reading:
        return Reading(Settings(built_in(), limits=Limits(**limits)), tmp_path)

    def test_reads_the_file_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "空.txt"
        path.write_bytes(b"")

        assert self.reading(tmp_path)(Found("空.txt", path)).outcome == Outcome.EMPTY

    def test_leaves_a_file_that_cannot_be_opened_now_for_the_next_run(self, tmp_path: Path) -> None:
        analysis = self.reading(tmp_path)(Found("走了.docx", tmp_path / "走了.docx", sha256="ab"))

        assert (analysis.outcome, analysis.sha256) == (Outcome.UNREADABLE, "")
        assert [notice.code for notice in analysis.notices] == ["not_readable"]

    def test_does_not_open_what_intake_could_not(self, tmp_path: Path) -> None:
        found = Found("管道", tmp_path / "没有", error="这不是普通文件（管道或设备）")

        analysis = self.reading(tmp_path)(found)

        assert [(analysis.outcome, notice.detail) for notice in analysis.notices] == [
            (Outcome.UNREADABLE, "这不是普通文件（管道或设备）")
        ]

    def test_reads_no_further_than_the_limit(self, tmp_path: Path) -> None:
        path = tmp_path / "大.txt"
        path.write_bytes(b"x" * 101)

        analysis = self.reading(tmp_path, max_bytes=100)(Found("大.txt", path, size=101, sha256="ab"))

        assert (analysis.outcome, analysis.sha256, analysis.size) == (Outcome.TOO_BIG, "ab", 101)

    def test_can_be_sent_to_another_process(self, tmp_path: Path) -> None:
        reading = self.reading(tmp_path, max_bytes=100)

        assert reading == pickle.loads(pickle.dumps(reading))
