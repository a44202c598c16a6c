"""Rar and 7z archives are opened by whatever the machine has, and by nothing if it has nothing."""

from __future__ import annotations

import locale
import subprocess
from pathlib import Path

import pytest

from extractors.archive import foreign, library, sevenzip
from extractors.document import Extraction, Limits, Notice, Outcome, Source
from extractors.registry import extract
from tests.builders.archive_builder import rar_of

PLAN = "舞阳县工商联工作方案\n".encode() * 50
FILES = {"区/方案.txt": PLAN, "区/空.txt": b"", "区/大.bin": bytes(300_000)}
LIMITS = Limits(seconds=30)

needs_library = pytest.mark.skipif(not library.is_there(), reason="没有 libarchive")
needs_program = pytest.mark.skipif(not sevenzip.is_there(), reason="没有 7-Zip")
WAYS = [
    pytest.param(sevenzip, id="7-Zip", marks=needs_program),
    pytest.param(library, id="libarchive", marks=needs_library),
]


def sevenzip_of(folder: Path, *options: str, files: dict[str, bytes] = FILES) -> bytes:
    """Return a 7z archive that the program itself has made."""
    for name, data in files.items():
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    names = [option for option in options if not option.startswith("-")] or ["."]
    switches = [option for option in options if option.startswith("-")]
    command = (str(sevenzip.find_sevenzip()), "a", "-y", "-bd", *switches, str(folder / "a.7z"), *names)
    subprocess.run(command, cwd=folder / "in", check=True, capture_output=True)
    return (folder / "a.7z").read_bytes()


def opened(data: bytes, name: str = "材料.7z", limits: Limits = LIMITS) -> Extraction:
    return foreign.extract(Source(name, data), limits)


def contents(extraction: Extraction) -> dict[str, bytes]:
    return {member.name.partition("/")[2]: member.data for member in extraction.members}


def only(monkeypatch: pytest.MonkeyPatch, way: object) -> None:
    """Let a machine have only one of the ways, or none."""
    for one in (library, sevenzip):
        if one is not way:
            monkeypatch.setattr(one, "is_there", lambda: False)


@pytest.mark.parametrize("way", WAYS)
@needs_program
class TestSevenZip:
    def test_every_file_comes_out(self, way: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        data = sevenzip_of(tmp_path)
        only(monkeypatch, way)

        extraction = opened(data)

        assert (Outcome.OK, FILES) == (extraction.outcome, contents(extraction))

    def test_password_is_asked_of_nobody(
        self, way: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = sevenzip_of(tmp_path, "-p密码", files={"方案.txt": PLAN})
        only(monkeypatch, way)

        extraction = opened(data)

        assert (Outcome.ENCRYPTED, "member_encrypted", ["材料.7z/方案.txt"]) == (
            extraction.outcome,
            extraction.notices[0].code,
            [one.name for one in extraction.withheld],
        )

    def test_names_may_be_locked_away_too(
        self, way: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = sevenzip_of(tmp_path, "-p密码", "-mhe=on")
        only(monkeypatch, way)

        assert (Outcome.ENCRYPTED, ()) == ((found := opened(data)).outcome, found.members)

    def test_what_is_too_big_stays_behind_and_the_rest_comes(
        self, way: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = sevenzip_of(tmp_path)
        only(monkeypatch, way)

        extraction = opened(data, limits=Limits(max_bytes=100_000))

        assert {"区/方案.txt": PLAN, "区/空.txt": b""} == contents(extraction)
        assert [("材料.7z/区/大.bin", Outcome.TOO_BIG)] == [(w.name, w.outcome) for w in extraction.withheld]

    def test_damage_is_a_loss_and_no_failure(
        self, way: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = bytearray(sevenzip_of(tmp_path, "-ms=off"))
        data[40] ^= 0xFF
        only(monkeypatch, way)

        extraction = opened(bytes(data))

        assert extraction.outcome in (Outcome.PARTIAL, Outcome.UNREADABLE)
        assert any(notice.is_loss for notice in extraction.notices)

    def test_cut_off_archive_is_unreadable(
        self, way: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = sevenzip_of(tmp_path)
        only(monkeypatch, way)

        assert Outcome.UNREADABLE is opened(data[:-40]).outcome


@needs_program
def test_program_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sevenzip_of(tmp_path)
    only(monkeypatch, sevenzip)
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))

    opened(data)

    assert [] == list(room.iterdir())


@needs_program
def test_each_is_asked_for_alone_beside_locked_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among them names that the program would take for a list, a switch or a pattern."""
    files = {"@名单": b"1", "-x!方案": b"2", "方[案].txt": b"3", "方案*.txt": PLAN}
    sevenzip_of(tmp_path, files=files)
    data = sevenzip_of(tmp_path, "-p密码", "名册.xls", files={"名册.xls": b"4"})
    only(monkeypatch, sevenzip)

    extraction = opened(data)

    assert (files, ["材料.7z/名册.xls"]) == (
        contents(extraction),
        [one.name for one in extraction.withheld if one.outcome is Outcome.ENCRYPTED],
    )


@needs_library
class TestRar:
    FILES = (("区/方案.txt", PLAN), ("报告.txt", b"x" * 1000))

    def test_every_file_comes_out(self) -> None:
        extraction = opened(rar_of(self.FILES), "材料.rar")

        assert (Outcome.OK, dict(self.FILES)) == (extraction.outcome, contents(extraction))

    def test_program_that_unpacks_itself_is_opened_and_not_run(self) -> None:
        program = b"MZ\x90\x00" + bytes(range(256)) * 100

        extraction = extract(Source("材料.exe", program + rar_of(self.FILES)))

        assert (Outcome.OK, dict(self.FILES)) == (extraction.outcome, contents(extraction))

    def test_names_come_out_whatever_the_locale(self) -> None:
        before = locale.setlocale(locale.LC_CTYPE, "C")
        try:
            assert dict(self.FILES) == contents(opened(rar_of(self.FILES), "材料.rar"))
            assert "C" == locale.setlocale(locale.LC_CTYPE)
        finally:
            locale.setlocale(locale.LC_CTYPE, before)

    @pytest.mark.parametrize("end", [20, 60, 900, 1500])
    def test_cut_off_archive_is_a_loss(self, end: int) -> None:
        extraction = opened(rar_of(self.FILES)[:end], "材料.rar")

        assert any(notice.is_loss for notice in extraction.notices)
        for member in extraction.members:
            assert dict(self.FILES)[member.name.removeprefix("材料.rar/")].startswith(member.data)


@pytest.mark.parametrize(("data", "kind"), [(b"Rar!\x1a\x07\x00", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z")])
def test_machine_without_either_says_what_to_install(
    data: bytes, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, None)

    extraction = opened(data, f"材料.{kind}")

    assert (Outcome.MISSING_TOOL, (Notice("needs_unarchiver", kind, is_loss=True),)) == (
        extraction.outcome,
        extraction.notices,
    )
