"""LibreOffice works in a closed room: bounded in time, without macros, and nothing of it stays behind."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from extractors import office
from extractors.document import Limits, Outcome, Source
from extractors.office import Failure, convert, extract

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses shell scripts in place of LibreOffice")


def pretend(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Put a shell script in place of LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: program)


def has_ended(number: int) -> bool:
    """Whether a process ends soon; one that only waits to be buried counts as ended."""
    for _ in range(100):
        try:
            process = psutil.Process(number)
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
            psutil.wait_procs([process], timeout=0.05)
        except psutil.NoSuchProcess:
            return True
    return False


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where temporary files go, to see that none stays."""
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    return room


def test_missing_program_is_told() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "find_office", lambda: None)
        extraction = extract(Source("方案.odt", b"PK"), Limits())

    assert extraction.outcome is Outcome.MISSING_TOOL
    assert ["needs_office"] == [notice.code for notice in extraction.notices]


def test_program_that_hangs_is_stopped_with_its_children(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, room: Path
) -> None:
    pretend(monkeypatch, tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait")

    found = convert(b"x", "doc", "docx", 1.0)

    assert found is Failure.TIMEOUT
    assert [] == list(room.iterdir())
    assert has_ended(int((tmp_path / "child").read_text()))


def test_child_that_outlives_the_program_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, room: Path
) -> None:
    pretend(monkeypatch, tmp_path, f"sleep 600 & echo $! > {tmp_path}/child")

    found = convert(b"x", "doc", "docx", 20.0)

    assert found is Failure.FAILED
    assert has_ended(int((tmp_path / "child").read_text()))


def test_failure_is_tried_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, room: Path) -> None:
    pretend(monkeypatch, tmp_path, f"echo once >> {tmp_path}/tries; exit 1")

    found = convert(b"x", "doc", "docx", 20.0)

    assert found is Failure.FAILED
    assert 2 == len((tmp_path / "tries").read_text().splitlines())
    assert [] == list(room.iterdir())


def test_each_run_has_a_profile_that_runs_no_macros(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, room: Path
) -> None:
    pretend(
        monkeypatch,
        tmp_path,
        f"cat profile/user/registrymodifications.xcu > {tmp_path}/settings\n"
        f'mkdir out; cp paper.doc out/paper.docx; echo "$@" >> {tmp_path}/arguments',
    )

    found = [convert(b"paper", "doc", "docx", 20.0) for _ in range(2)]

    assert [b"paper", b"paper"] == found
    settings = (tmp_path / "settings").read_text()
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
    assert '"Link" oor:op="fuse"><value>2<' in settings
    profiles = {line.split()[0] for line in (tmp_path / "arguments").read_text().splitlines()}
    assert 2 == len(profiles)


def test_program_that_cannot_be_started_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("")
    monkeypatch.setattr(office, "find_office", lambda: program)

    assert Failure.FAILED is convert(b"x", "doc", "docx", 20.0)


def test_finds_the_program_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))

    assert program == office.find_office()
