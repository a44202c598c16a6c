"""What comes out of containers is a source of its own: read, judged, linked, and gone with its container."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors.document import Limits, Outcome
from pipeline.engine import Executor, Serial, Work, Workers
from pipeline.intake import Found
from pipeline.model import Analysis
from pipeline.rubric import built_in
from pipeline.run import Progress, RunReport, run
from pipeline.settings import Settings
from pipeline.store import Status, Store
from tests.builders.archive_builder import Entry, plain_zip, tar_of, zip_of
from tests.builders.mail_builder import eml_of, file_part, text_part

ROOT = Path(__file__).parents[2]
NOON = dt.datetime(2015, 11, 2, 12, tzinfo=dt.UTC)
LIMITS = Limits(seconds=60)
MEGABYTE = 1024 * 1024
EVERY = [pytest.param(Serial(), id="serial"), pytest.param(Workers(jobs=2), id="workers")]
HERE = Serial()
PLAN = """舞阳县工商联“五好”县级工商联建设工作方案
一、具体措施
6月底前，由会员部组织会员企业负责人培训2期，培训100人。
舞阳县工商联
2015年5月28日
"""
LETTER = "现将舞阳县工商联“五好”建设工作方案报上，请审阅。"


def plan(unit: str) -> bytes:
    return PLAN.replace("舞阳", unit).encode()


def mail(*files: tuple[str, bytes]) -> bytes:
    parts = (file_part(f'; filename="{name}"'.encode(), data) for name, data in files)
    return eml_of(text_part(LETTER), *parts, heads=("Subject: 工作方案".encode(), b"From: wy@b.cn"))


@dataclass
class Office:
    """A folder of papers, a database and an output folder."""

    folder: Path

    @property
    def inbox(self) -> Path:
        return self.folder / "报送件"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def put(self, name: str, content: bytes) -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def run(
        self, executor: Executor = HERE, limits: Limits = LIMITS, told: list[Progress] | None = None
    ) -> RunReport:
        with Store.open(self.output / "wuhao.db") as store:
            return run(
                [self.inbox],
                Settings(built_in(), limits=limits),
                store,
                executor=executor,
                output=self.output,
                progress=lambda progress: None if told is None else told.append(progress),
                now=lambda: NOON,
            )

    def statuses(self) -> dict[str, Status]:
        with Store.open(self.output / "wuhao.db") as store:
            return {status.name: status for status in store.statuses()}

    def outcomes(self) -> dict[str, Outcome | str | None]:
        """Return how each source that is there ended, or which one it repeats."""
        present = {name: status for name, status in self.statuses().items() if not status.is_vanished}
        return {name: status.duplicate_of or status.outcome for name, status in present.items()}

    def analyses(self) -> dict[str, Analysis]:
        with Store.open(self.output / "wuhao.db") as store:
            return {analysis.name: analysis for analysis in store.analyses()}

    def rows(self) -> set[tuple[object, ...]]:
        """Return what is remembered of each source, by names instead of numbers."""
        with closing(sqlite3.connect(self.output / "wuhao.db")) as connection:
            sources = connection.execute(
                "SELECT s.name, s.sha256, s.size, s.depth, s.container_sha256, s.is_vanished, c.name, r.name,"
                " o.name, outcome, unit, kind, title, (SELECT count(*) FROM blocks WHERE source = s.id)"
                " FROM sources s LEFT JOIN papers ON source = s.id LEFT JOIN sources c ON c.id = s.parent"
                " LEFT JOIN sources r ON r.id = s.root LEFT JOIN sources o ON o.id = s.duplicate_of"
            )
            return set(sources)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def fill(office: Office) -> None:
    inner = plain_zip({"区/方案.txt": plan("临颍"), "重复.txt": plan("舞阳")})
    office.put("舞阳/邮件.eml", mail(("附件.zip", inner), ("说明.txt", b"x" * 30)))
    office.put("舞阳/方案.txt", plan("舞阳"))
    office.put("郾城.tar", tar_of({"方案.txt": plan("郾城"), "再一份.txt": plan("临颍")}))
    office.put("有密码.zip", zip_of(Entry("郾城区方案.docx", b"?", flags=1), Entry("好的.txt", plan("召陵"))))


ALL = {
    "舞阳/邮件.eml": Outcome.OK,
    "舞阳/邮件.eml/附件.zip": Outcome.OK,
    "舞阳/邮件.eml/附件.zip/区/方案.txt": "郾城.tar/再一份.txt",
    "舞阳/邮件.eml/附件.zip/重复.txt": "舞阳/方案.txt",
    "舞阳/邮件.eml/说明.txt": Outcome.OK,
    "舞阳/方案.txt": Outcome.OK,
    "郾城.tar": Outcome.OK,
    "郾城.tar/方案.txt": Outcome.OK,
    "郾城.tar/再一份.txt": Outcome.OK,
    "有密码.zip": Outcome.PARTIAL,
    "有密码.zip/郾城区方案.docx": Outcome.ENCRYPTED,
    "有密码.zip/好的.txt": Outcome.OK,
}


@pytest.mark.parametrize("executor", EVERY)
class TestEveryExecutor:
    def test_every_file_and_member_has_an_outcome(self, office: Office, executor: Executor) -> None:
        fill(office)

        report = office.run(executor)

        assert office.outcomes() == ALL
        assert (len(ALL), 2, 0) == (report.tally.files, report.tally.duplicates, report.skipped)

    def test_nothing_is_left_behind(self, office: Office, executor: Executor) -> None:
        fill(office)

        office.run(executor)

        assert [] == [path.name for path in office.output.iterdir() if path.name.startswith(".")]
        assert {"舞阳", "郾城.tar", "有密码.zip"} == {path.name for path in office.inbox.iterdir()}

    def test_bad_member_does_not_touch_its_siblings(self, office: Office, executor: Executor) -> None:
        office.put("材料.zip", plain_zip({"坏.pdf": b"%PDF-1.4 x", "方案.txt": plan("舞阳"), "空.txt": b""}))

        office.run(executor)

        assert office.outcomes() == {
            "材料.zip": Outcome.OK,
            "材料.zip/坏.pdf": Outcome.UNREADABLE,
            "材料.zip/方案.txt": Outcome.OK,
            "材料.zip/空.txt": Outcome.EMPTY,
        }

    def test_archives_in_archives_end_at_the_bound(self, office: Office, executor: Executor) -> None:
        data = plain_zip({"方案.txt": plan("舞阳")})
        for level in range(4, 0, -1):
            data = plain_zip({f"{level}.zip": data})
        office.put("0.zip", data)

        office.run(executor, Limits(max_depth=2))

        assert office.outcomes() == {
            "0.zip": Outcome.OK,
            "0.zip/1.zip": Outcome.OK,
            "0.zip/1.zip/2.zip": Outcome.TOO_BIG,
            "0.zip/1.zip/2.zip/3.zip": Outcome.TOO_BIG,
        }

    def test_containers_cannot_multiply(self, office: Office, executor: Executor) -> None:
        bomb = plain_zip({f"{number}.bin": bytes([number]) * MEGABYTE for number in range(6)})
        office.put("雷.zip", plain_zip({f"{number}.zip": bomb + bytes([number]) for number in range(6)}))

        office.run(executor, Limits(max_unpacked=8 * MEGABYTE))

        taken = [status.size for status in office.statuses().values() if status.sha256]
        assert 6 * MEGABYTE <= sum(taken) <= 8 * MEGABYTE + 100_000
        assert Outcome.TOO_BIG in office.outcomes().values()


@dataclass(frozen=True)
class Deadly:
    """Reads like any work, but dies of some files."""

    reading: Work

    def __call__(self, found: Found) -> Analysis:
        if found.name.endswith("杀手.txt"):
            os._exit(3)
        return self.reading(found)


class Poisoned(Workers):
    """Child processes that some members kill."""

    def map(
        self, work: Work, tasks: Iterable[Found | None], limits: Limits
    ) -> Generator[Analysis, None, None]:
        return super().map(Deadly(work), tasks, limits)


def test_member_that_kills_its_reader_takes_nobody_along(office: Office) -> None:
    inner = plain_zip({"杀手.txt": b"1", "方案.txt": plan("舞阳")})
    office.put("材料.zip", plain_zip({"0杀手.txt": b"2", "内.zip": inner, "方案.txt": plan("临颍")}))

    office.run(Poisoned(jobs=2))

    assert office.outcomes() == {
        "材料.zip": Outcome.OK,
        "材料.zip/0杀手.txt": Outcome.CRASHED,
        "材料.zip/内.zip": Outcome.OK,
        "材料.zip/内.zip/杀手.txt": Outcome.CRASHED,
        "材料.zip/内.zip/方案.txt": Outcome.OK,
        "材料.zip/方案.txt": Outcome.OK,
    }


def test_same_rows_whatever_carries_them_out(office: Office, tmp_path: Path) -> None:
    other = Office(tmp_path / "另一处")
    fill(office)
    fill(other)

    office.run()
    other.run(Workers(jobs=2))

    assert office.rows() == other.rows()


class TestSources:
    def test_member_is_judged_like_any_paper(self, office: Office) -> None:
        fill(office)
        office.run()

        member = office.analyses()["郾城.tar/再一份.txt"]

        assert ("linying", "work_plan") == (member.identity.unit, member.identity.kind)
        assert any(finding.evidence for finding in member.findings)

    def test_mail_of_few_words_with_files_is_a_covering_letter(self, office: Office) -> None:
        fill(office)
        office.run()

        letter = office.analyses()["舞阳/邮件.eml"]

        assert ("wuyang", "transmittal", ()) == (
            letter.identity.unit,
            letter.identity.kind,
            letter.findings,
        )

    def test_chain_tells_containers_from_folders(self, office: Office) -> None:
        fill(office)
        office.run()

        status = office.statuses()["舞阳/邮件.eml/附件.zip/区/方案.txt"]

        assert "舞阳/邮件.eml › 附件.zip › 区/方案.txt" == status.chain
        assert ("舞阳/邮件.eml", "舞阳/邮件.eml/附件.zip") == status.containers
        assert "郾城.tar › 方案.txt" == office.analyses()["郾城.tar/方案.txt"].chain

    def test_progress_grows_as_members_come(self, office: Office) -> None:
        fill(office)
        told: list[Progress] = []

        office.run(told=told)

        assert [(1, 4), (9, 9)] == [(one.done, one.total) for one in (told[0], told[-1])]
        assert list(range(1, 10)) == [one.done for one in told]

    def test_locked_member_is_known_by_its_name(self, office: Office) -> None:
        fill(office)
        office.run()

        locked = office.analyses()["有密码.zip/郾城区方案.docx"]

        assert [("member_encrypted", True)] == [(notice.code, notice.is_loss) for notice in locked.notices]
        assert "yancheng" == locked.identity.unit

    def test_file_in_a_folder_called_like_a_former_archive(self, office: Office) -> None:
        archive = office.put("舞阳.zip", plain_zip({"方案.txt": plan("舞阳")}))
        office.run()
        archive.unlink()

        office.put("舞阳.zip/方案.txt", plan("舞阳"))
        office.run()

        assert {"报送件/舞阳.zip/方案.txt": Outcome.OK} == office.outcomes()


class Forbidden:
    """An executor that must not be given anything to do."""

    def map(
        self, work: Work, tasks: Iterable[Found | None], limits: Limits
    ) -> Generator[Analysis, None, None]:
        for task in tasks:
            raise AssertionError(f"{task} is read again")
        yield from ()


@dataclass(frozen=True)
class Recording:
    """Carries everything out here and remembers what."""

    names: list[str]

    def map(
        self, work: Work, tasks: Iterable[Found | None], limits: Limits
    ) -> Generator[Analysis, None, None]:
        for analysis in Serial().map(work, tasks, limits):
            self.names.append(analysis.name)
            yield analysis


def read_again(office: Office, limits: Limits = LIMITS) -> list[str]:
    """Run once more and return which files were opened."""
    names: list[str] = []
    office.run(Recording(names), limits)
    return names


class TestSecondRun:
    def test_reads_nothing_and_changes_nothing(self, office: Office) -> None:
        fill(office)
        first = office.run()
        rows = office.rows()

        second = office.run(Forbidden())

        assert (first.tally, 0, rows) == (second.tally, second.read, office.rows())

    def test_opens_a_container_only_for_a_member_that_is_needed(self, office: Office) -> None:
        fill(office)
        office.run()

        (office.inbox / "舞阳/方案.txt").unlink()

        opened = ["舞阳/邮件.eml", "舞阳/邮件.eml/附件.zip", "舞阳/邮件.eml/附件.zip/重复.txt"]
        assert opened == read_again(office)
        assert Outcome.OK is office.outcomes()["舞阳/邮件.eml/附件.zip/重复.txt"]
        assert [] == read_again(office)

    def test_reads_in_a_changed_container_only_what_is_new(self, office: Office) -> None:
        files = {"甲.txt": plan("舞阳"), "乙.txt": plan("临颍"), "丙.txt": plan("郾城")}
        office.put("材料.zip", plain_zip(files))
        office.run()

        del files["丙.txt"]
        office.put("材料.zip", plain_zip(files | {"乙.txt": plan("召陵"), "丁.txt": plan("源汇")}))

        assert ["材料.zip", "材料.zip/丁.txt", "材料.zip/乙.txt"] == read_again(office)
        assert {"材料.zip", "材料.zip/甲.txt", "材料.zip/乙.txt", "材料.zip/丁.txt"} == set(office.outcomes())
        assert office.statuses()["材料.zip/丙.txt"].is_vanished

    def test_members_go_and_come_back_with_their_container(self, office: Office) -> None:
        fill(office)
        office.run()
        path = office.inbox / "舞阳/邮件.eml"
        path.rename(office.folder / "邮件.eml")

        office.run(Forbidden())
        gone = [name for name, status in office.statuses().items() if status.is_vanished]
        (office.folder / "邮件.eml").rename(path)
        office.run(Forbidden())

        assert [name for name in ALL if name.startswith("舞阳/邮件.eml")] == sorted(gone, key=list(ALL).index)
        assert ALL == office.outcomes()

    def test_damaged_container_loses_its_members(self, office: Office) -> None:
        office.put("材料.zip", plain_zip({"方案.txt": plan("舞阳")}))
        office.run()

        office.put("材料.zip", b"PK\x03\x04" + bytes(40))
        office.run()

        assert {"材料.zip": Outcome.UNREADABLE} == office.outcomes()

    def test_folder_that_was_moved_is_not_read_again(self, office: Office) -> None:
        fill(office)
        office.run()

        office.inbox.rename(office.folder / "改名")
        (office.folder / "改名").rename(office.inbox)

        assert [] == read_again(office)

    def test_tries_again_what_was_not_whole_when_the_limits_changed(self, office: Office) -> None:
        fill(office)
        office.run()

        assert ["有密码.zip"] == read_again(office, Limits(seconds=61))
        assert ALL == office.outcomes()

    def test_container_without_space_to_unpack_is_tried_again(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office.put("材料.zip", plain_zip({"方案.txt": plan("舞阳")}))
        with monkeypatch.context() as full:
            full.setattr(Path, "write_bytes", no_space)
            office.run()
        before = office.analyses()["材料.zip"]

        office.run()

        assert (Outcome.UNREADABLE, "no_room_aside") == (before.outcome, before.notices[0].code)
        assert {"材料.zip": Outcome.OK, "材料.zip/方案.txt": Outcome.OK} == office.outcomes()


def no_space(path: Path, data: bytes) -> int:
    """Write as ever, but nothing into the room."""
    if ".reading-" in str(path):
        raise OSError(28, "No space left on device")
    with path.open("wb") as file:
        return file.write(data)


class TestStopping:
    @pytest.mark.parametrize("done", [1, 3, 4, 7])
    def test_run_that_was_stopped_goes_on_where_it_was(
        self, office: Office, tmp_path: Path, done: int
    ) -> None:
        undisturbed = Office(tmp_path / "另一处")
        for one in (office, undisturbed):
            fill(one)
        undisturbed.run()

        with pytest.raises(KeyboardInterrupt):
            office.run(Stopping(done))
        office.run()

        assert undisturbed.rows() == office.rows()
        assert [] == read_again(office)

    @pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
    def test_room_of_a_killed_run_is_cleared_away(self, office: Office) -> None:
        fill(office)
        script = (
            "import tests.pipeline.test_members as t\n"
            f"t.Office(t.Path({str(office.folder)!r})).run(t.Killed(6))"
        )

        killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
        left = [path.name for path in office.output.glob(".*")]
        office.run()

        assert (-signal.SIGKILL, 1) == (killed.returncode, len(left))
        assert ALL == office.outcomes()
        assert [] == list(office.output.glob(".*"))


@dataclass(frozen=True)
class Stopping:
    """An executor under which Ctrl-C is pressed after so many results."""

    after: int

    def map(
        self, work: Work, tasks: Iterable[Found | None], limits: Limits
    ) -> Generator[Analysis, None, None]:
        for number, analysis in enumerate(Serial().map(work, tasks, limits), start=1):
            yield analysis
            if number == self.after:
                self.stop()

    def stop(self) -> None:
        raise KeyboardInterrupt


class Killed(Stopping):
    """An executor whose process is killed after so many results."""

    def stop(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)
