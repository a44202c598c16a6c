"""Whatever lies in the folder is found once, under a name that can be stored, or said to be out of reach."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.intake import Found, discover, fingerprint


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return folder


def names(*paths: Path, skip: tuple[Path, ...] = ()) -> list[str]:
    return [found.name for found in discover(paths, skip=skip)]


def errors(*paths: Path) -> dict[str, str]:
    return {found.name: found.error for found in discover(paths) if found.error}


class TestNames:
    def test_are_relative_to_the_folder_in_order(self, tmp_path: Path) -> None:
        put(tmp_path, "b.docx", "a/2.docx", "a/1/x.pdf", "c.txt")

        assert names(tmp_path) == ["a/1/x.pdf", "a/2.docx", "b.docx", "c.txt"]

    def test_begin_with_the_folder_when_there_are_several(self, tmp_path: Path) -> None:
        put(tmp_path, "舞阳/方案.docx", "临颍/方案.docx")

        assert names(tmp_path / "舞阳", tmp_path / "临颍") == ["舞阳/方案.docx", "临颍/方案.docx"]

    def test_of_a_single_file_is_its_own(self, tmp_path: Path) -> None:
        put(tmp_path, "舞阳/方案.docx")

        assert names(tmp_path / "舞阳/方案.docx") == ["方案.docx"]

    def test_each_file_comes_once_however_often_it_is_given(self, tmp_path: Path) -> None:
        put(tmp_path, "区/甲.docx")

        assert names(tmp_path, tmp_path / "区", tmp_path / "区/甲.docx", tmp_path) == ["区/甲.docx"]

    def test_relative_path_is_as_good_as_an_absolute_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path, "区/甲.docx")
        monkeypatch.chdir(tmp_path / "区")

        assert names(tmp_path) == names(Path(".."))

    @pytest.mark.skipif(os.name == "nt", reason="Windows 文件名总是 Unicode")
    def test_in_gbk_bytes_are_read_as_chinese(self, tmp_path: Path) -> None:
        (tmp_path / os.fsdecode("方案.docx".encode("gb18030"))).write_text("话")

        assert names(tmp_path) == ["方案.docx"]

    def test_deep_folders_are_no_obstacle(self, tmp_path: Path) -> None:
        deep = "/".join(["层"] * 400)
        put(tmp_path, f"{deep}/甲.docx")

        assert [f"{deep}/甲.docx"] == names(tmp_path)


class TestWhatIsFound:
    def test_size_and_time_are_noted(self, tmp_path: Path) -> None:
        put(tmp_path, "甲.docx")
        status = (tmp_path / "甲.docx").stat()

        assert [Found("甲.docx", tmp_path / "甲.docx", 8, status.st_mtime_ns)] == list(discover([tmp_path]))

    def test_lock_files_and_hidden_files_too(self, tmp_path: Path) -> None:
        put(tmp_path, ".DS_Store", "~$方案.docx", "Thumbs.db")

        assert names(tmp_path) == [".DS_Store", "Thumbs.db", "~$方案.docx"]

    def test_not_the_output_nor_the_database(self, tmp_path: Path) -> None:
        put(tmp_path, "甲.docx", "output/报告.html", "wuhao.db", "区/output/乙.docx")

        found = names(tmp_path, skip=(tmp_path / "output", tmp_path / "wuhao.db", tmp_path / "没有"))

        assert found == ["区/output/乙.docx", "甲.docx"]

    def test_nothing_in_an_empty_folder(self, tmp_path: Path) -> None:
        assert names(tmp_path) == []

    def test_path_that_is_not_there_is_said_at_once(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"找不到 .*没有.*请检查路径"):
            names(tmp_path, tmp_path / "没有")


@pytest.mark.skipif(os.name == "nt", reason="建链接要管理员权限")
class TestOutOfReach:
    def test_link_to_a_file_outside(self, tmp_path: Path) -> None:
        put(tmp_path, "外面.docx", "里面/甲.docx")
        (tmp_path / "里面/链接.docx").symlink_to(tmp_path / "外面.docx")

        assert errors(tmp_path / "里面") == {"链接.docx": "这是指向文件夹之外的链接，没有跟进"}

    def test_link_to_a_file_inside_is_followed(self, tmp_path: Path) -> None:
        put(tmp_path, "甲.docx")
        (tmp_path / "链接.docx").symlink_to(tmp_path / "甲.docx")

        assert (errors(tmp_path), names(tmp_path)) == ({}, ["甲.docx", "链接.docx"])

    def test_links_in_a_circle(self, tmp_path: Path) -> None:
        put(tmp_path, "区/甲.docx")
        (tmp_path / "区/回来").symlink_to(tmp_path)
        (tmp_path / "自己").symlink_to(tmp_path / "自己")

        found = errors(tmp_path)

        assert {"区/回来", "自己"} == found.keys()
        assert names(tmp_path) == ["区/回来", "区/甲.docx", "自己"]

    def test_link_to_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "断了.docx").symlink_to(tmp_path / "没有")

        assert errors(tmp_path) == {"断了.docx": "找不到，或在读取前被移走、删除"}

    def test_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "管道")

        assert errors(tmp_path) == {"管道": "这不是普通文件（管道或设备）"}

    def test_folder_that_may_not_be_listed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        put(tmp_path, "区/甲.docx", "乙.docx")
        scan = os.scandir

        def guarded(path: str) -> object:
            if path.endswith("区"):
                raise PermissionError(13, "Permission denied")
            return scan(path)

        monkeypatch.setattr(os, "scandir", guarded)

        assert errors(tmp_path) == {"区": "没有权限，或正被别的程序占用"}
        assert names(tmp_path) == ["乙.docx", "区"]


class TestFingerprint:
    def test_is_the_hash_of_the_bytes(self, tmp_path: Path) -> None:
        put(tmp_path, "甲.docx")
        (found,) = discover([tmp_path])

        assert hashlib.sha256("甲.docx".encode()).hexdigest() == fingerprint(found).sha256

    def test_of_a_file_that_has_gone_is_the_reason(self, tmp_path: Path) -> None:
        found = Found("甲.docx", tmp_path / "甲.docx")

        assert replace(found, error="找不到，或在读取前被移走、删除") == fingerprint(found)

    def test_leaves_what_is_out_of_reach_alone(self, tmp_path: Path) -> None:
        found = Found("区", tmp_path, error="这是指向别处文件夹的链接，没有跟进")

        assert found == fingerprint(found)
