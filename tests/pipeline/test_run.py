"""The main job from folder to report, run again, changed, stopped and killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extractors.document import Limits, Outcome
from pipeline.engine import Executor, Serial, Work, Workers
from pipeline.errors import ExitCode
from pipeline.intake import Found
from pipeline.model import Analysis
from pipeline.rubric import Rubric, built_in
from pipeline.run import Progress, RunReport, run
from pipeline.settings import Settings
from pipeline.store import Store, Tally

ROOT = Path(__file__).parents[2]
HERE = Serial()
NOON = dt.datetime(2015, 11, 2, 12, tzinfo=dt.UTC)
PLAN = """舞阳县工商联“五好”县级工商联建设工作方案
一、总体要求
认真学习贯彻上级精神。
二、具体措施
6月底前，由会员部组织会员企业负责人培训2期，培训100人。
舞阳县工商联
2015年5月28日
"""


@dataclass
class Office:
    """A folder of papers, a database and an output folder."""

    folder: Path

    @property
    def inbox(self) -> Path:
        return self.folder / "报送件"

    @property
    def database(self) -> Path:
        return self.folder / "output" / "wuhao.db"

    def put(self, name: str, content: str | bytes = PLAN) -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(
        self, executor: Executor = HERE, *, rubric: Rubric | None = None, progress: Any = lambda _: None
    ) -> RunReport:
        with Store.open(self.database) as store:
            return run(
                [self.inbox],
                Settings(rubric or built_in()),
                store,
                executor=executor,
                output=self.folder / "output",
                progress=progress,
                now=lambda: NOON,
            )

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Return all that is remembered, but for how often and how fast."""
        with closing(sqlite3.connect(self.database)) as connection:
            return {
                table: sorted(connection.execute(f"SELECT {columns} FROM {table}"), key=repr)
                for table, columns in tables(connection)
            }


def tables(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'")
    for (table,) in names.fetchall():
        if table not in ("runs", "_sqlite_migrations"):
            columns = connection.execute(f"SELECT name FROM pragma_table_info('{table}')")
            kept = [name for (name,) in columns if name not in ("seen_run", "seconds", "path", "modified")]
            yield table, ", ".join(kept)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def fill(office: Office) -> None:
    office.put("舞阳/方案.txt")
    office.put("舞阳/方案（副本）.txt")
    office.put("临颍/方案.txt", PLAN.replace("舞阳", "临颍"))
    office.put("临颍/空.docx", "")
    office.put("临颍/坏.pdf", b"\x01\x02 no paper")
    office.put("~$方案.docx", b"\x05admin")


class TestRun:
    def test_reads_judges_remembers_and_reports(self, office: Office) -> None:
        fill(office)

        report = office.run()

        expected = {Outcome.OK: 2, Outcome.UNREADABLE: 1, Outcome.EMPTY: 1, Outcome.IGNORED: 1}
        assert (Tally(expected, 1), 5, 0) == (report.tally, report.read, report.skipped)
        with Store.open(office.database) as store:
            kinds = {analysis.name: len(analysis.findings) for analysis in store.analyses()}
        assert kinds["舞阳/方案.txt"] == kinds["临颍/方案.txt"] > 0
        assert report.reports and all(path.exists() for path in report.reports)

    def test_quotes_are_found_again_in_the_database(self, office: Office) -> None:
        office.put("方案.txt")
        office.run()

        with Store.open(office.database) as store:
            (analysis,) = store.analyses()
            pieces = [piece for finding in analysis.findings for piece in finding.evidence]
            assert pieces
            assert [piece.quote for piece in pieces] == [
                store.text_at(analysis.sha256, piece.locator) for piece in pieces
            ]

    def test_does_not_read_its_own_output(self, office: Office) -> None:
        office.put("方案.txt")
        first = office.run()
        with Store.open(office.database) as store:
            settings = Settings(built_in())
            again = run([office.folder], settings, store, executor=HERE, output=office.folder / "output")

        assert (first.tally.files, again.tally.files) == (1, 1)

    def test_tells_how_far_it_is(self, office: Office) -> None:
        fill(office)
        told: list[Progress] = []

        office.run(progress=told.append)

        assert [(number, 5) for number in range(1, 6)] == [(one.done, one.total) for one in told]
        assert Progress(5, 5, "舞阳/方案.txt", Outcome.OK) == told[-1]

    def test_gives_the_same_rows_with_child_processes(self, office: Office, tmp_path: Path) -> None:
        other = Office(tmp_path / "另一处")
        fill(office)
        fill(other)

        office.run()
        other.run(Workers(jobs=2))

        assert office.rows() == other.rows()


class TestSecondRun:
    def test_reads_nothing_and_writes_nothing(self, office: Office) -> None:
        fill(office)
        first = office.run()
        rows = office.rows()
        times = [path.stat().st_mtime_ns for path in first.reports]

        second = office.run(Forbidden())

        assert (0, 5, first.tally) == (second.read, second.skipped, second.tally)
        assert (rows, times) == (office.rows(), [path.stat().st_mtime_ns for path in second.reports])

    def test_writes_reports_that_were_deleted(self, office: Office) -> None:
        fill(office)
        office.run().reports[0].unlink()

        second = office.run(Forbidden())

        assert all(path.exists() for path in second.reports)

    def test_reads_only_what_is_new(self, office: Office) -> None:
        fill(office)
        office.run()
        office.put("舞阳/补报.txt", PLAN + "补充说明。")

        assert (lambda report: (report.read, report.skipped))(office.run()) == (1, 5)

    def test_changed_rubric_judges_everything_anew(self, office: Office) -> None:
        fill(office)
        office.run()

        assert office.run(rubric=built_in().model_copy(update={"hash": "2"})).read == 5

    def test_report_forgets_a_file_that_vanished(self, office: Office) -> None:
        path = office.put("方案.txt")
        office.run()
        path.unlink()

        report = office.run()

        with Store.open(office.database) as store:
            assert (store.analyses(), [status.is_vanished for status in store.statuses()]) == ((), [True])
        assert report.tally.files == 0


class Forbidden:
    """An executor that must not be given anything to do."""

    def map(self, work: Work, tasks: Iterable[Found], limits: Limits) -> Generator[Analysis, None, None]:
        for task in tasks:
            raise AssertionError(f"{task.name} is read again")
        yield from ()


class TestStopping:
    def test_ctrl_c_keeps_what_is_done_and_goes_on_later(self, office: Office, tmp_path: Path) -> None:
        undisturbed = Office(tmp_path / "另一处")
        for one in (office, undisturbed):
            fill(one)
        undisturbed.run()

        def stop(progress: Progress) -> None:
            if progress.done == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            office.run(progress=stop)

        assert office.run().read == 3
        assert undisturbed.rows() == office.rows()

    @pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
    @pytest.mark.parametrize(
        "point", ["before any result", "inside a result", "between results", "before report"]
    )
    def test_kill_at_any_point_leaves_the_same_rows(self, office: Office, tmp_path: Path, point: str) -> None:
        undisturbed = Office(tmp_path / "另一处")
        for one in (office, undisturbed):
            fill(one)
        undisturbed.run()
        script = (
            "import tests.pipeline.test_run as t\n"
            f"t.Office(t.Path({str(office.folder)!r})).run(t.Killer({point!r}))"
        )

        killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
        office.run()

        assert killed.returncode == -signal.SIGKILL
        assert undisturbed.rows() == office.rows()


@dataclass(frozen=True)
class Killer:
    """An executor whose process is killed at a point of the run."""

    point: str

    def map(self, work: Work, tasks: Iterable[Found], limits: Limits) -> Generator[Analysis, None, None]:
        if self.point == "before any result":
            kill()
        for number, analysis in enumerate(Serial().map(work, tasks, limits), start=1):
            if self.point == "inside a result" and number == 3:
                object.__setattr__(analysis, "findings", Trap())
            yield analysis
            if self.point == "between results" and number == 3:
                kill()
        if self.point == "before report":
            kill()


class Trap(tuple[Any, ...]):
    """Findings that kill whoever stores them, after text and notices were written."""

    def __iter__(self) -> Iterator[Any]:
        kill()
        return super().__iter__()


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class TestRunReport:
    def test_says_what_happened_in_one_sentence(self) -> None:
        tally = Tally({Outcome.OK: 15, Outcome.PARTIAL: 1, Outcome.ENCRYPTED: 1}, duplicates=1)

        said = str(RunReport(tally, read=17, seconds=2.04))

        assert said == "已处理 18 个文件：15 正常，1 部分可读，1 加密，1 重复。用时 2.0 秒。"

    def test_says_what_was_known_already(self) -> None:
        said = str(RunReport(Tally({Outcome.OK: 18}), read=1, seconds=0.25))

        assert said == "已处理 18 个文件（其中 17 个没有变化，未重读）：18 正常。用时 0.2 秒。"

    def test_says_that_nothing_was_found(self) -> None:
        assert str(RunReport()) == "没有找到文件。请检查给出的文件夹是否正确。"

    @pytest.mark.parametrize(
        ("outcomes", "code"),
        [
            ((), ExitCode.USAGE),
            ((Outcome.OK, Outcome.IGNORED), ExitCode.OK),
            ((Outcome.OK, Outcome.PARTIAL), ExitCode.NEEDS_PERSON),
            ((Outcome.OK, Outcome.MISSING_TOOL), ExitCode.MISSING_TOOL),
            ((Outcome.EMPTY, Outcome.MISSING_TOOL), ExitCode.NEEDS_PERSON),
        ],
    )
    def test_code_says_whether_a_person_is_needed(
        self, outcomes: tuple[Outcome, ...], code: ExitCode
    ) -> None:
        assert code is RunReport(Tally(dict.fromkeys(outcomes, 1))).exit_code
