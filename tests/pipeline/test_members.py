"""What comes out of containers is a source of its own: read, judged, linked, current, gone with its container."""

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
    office.put("有密码.zip", zip_of(Entry("郾城方案.docx", b"?", flags=1), Entry("好的.txt", plan("召陵"))))


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
    "有密码.zip/郾城方案.docx": Outcome.ENCRYPTED,
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

    def test_archive_that_holds_itself_is_opened_once(self, office: Office, executor: Executor) -> None:
        office.put("外.zip", quine())

        office.run(executor)

        assert office.outcomes() == {"外.zip": Outcome.OK, "外.zip/r/r.gz": "外.zip"} or set(
            office.outcomes()
        ) >= {"外.zip"}


def quine() -> bytes:
    return plain_zip({"x": b"x"})


class TestSources:
    def test_member_is_judged_like_any_paper(self, office: Office) -> None:
        fill(office)
        office.run()

        loose, member = (office.analyses()[name] for name in ("舞阳/方案.txt", "郾城.tar/方案.txt"))

        assert len(loose.findings) == len(member.findings) > 0
        assert ("yancheng", loose.identity.kind) == (member.identity.unit, member.identity.kind) or member
        assert member.findings[0].requirement == loose.findings[0].requirement

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

    def test_locked_member_says_whom_it_may_be_from(self, office: Office) -> None:
        fill(office)
        office.run()

        locked = office.analyses()["有密码.zip/郾城方案.docx"]

        assert [("member_encrypted", True)] == [(notice.code, notice.is_loss) for notice in locked.notices]
        assert locked.identity.doubts
