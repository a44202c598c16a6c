"""The private folder of a run goes with it, and that of a killed run at the next one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from pipeline.engine.room import private_room, working_files_in


def test_goes_with_the_run(tmp_path: Path) -> None:
    with private_room(tmp_path / "output") as room:
        (room / "下" / "层").mkdir(parents=True)
        (room / "成员").write_bytes(b"x")
        inside = [path.name for path in (tmp_path / "output").iterdir()]

    assert ([room.name], []) == (inside, list((tmp_path / "output").iterdir()))


def test_goes_when_the_run_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), private_room(tmp_path):
        raise KeyboardInterrupt

    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [".reading-999999999-1", ".reading-1-1", ".reading-", ".reading-x-y"])
def test_what_a_killed_run_left_goes_at_the_next(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "成员").mkdir(parents=True)

    with private_room(tmp_path) as room:
        assert [room.name] == [path.name for path in tmp_path.iterdir()]


def test_room_of_a_run_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    with private_room(tmp_path) as room:
        other = tmp_path / "别的"
        other.mkdir()
        with pytest.raises(FileExistsError), private_room(tmp_path):
            raise AssertionError("one process has one room")

        assert {room, other} == set(tmp_path.iterdir())


def test_temporary_files_are_made_in_the_room(tmp_path: Path) -> None:
    before = tempfile.gettempdir()

    with working_files_in(tmp_path), tempfile.TemporaryDirectory() as made:
        assert tmp_path == Path(made).parent

    assert before == tempfile.gettempdir()
