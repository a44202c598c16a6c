"""A database that cannot be used is a Chinese sentence with the next step, never a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import ExitCode, StoreError
from pipeline.store import Store
from pipeline.store.connection import spoken
from pipeline.store.schema import VERSION, upgrade
from tests.pipeline.store_papers import KEY, an_analysis


def schema_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


class TestOpening:
    def test_makes_the_folder_and_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "output" / "新" / "wuhao.db"

        with Store.open(path) as store:
            assert store.analyses() == ()

        assert path.exists()

    def test_finds_what_was_kept(self, tmp_path: Path) -> None:
        with Store.open(tmp_path / "wuhao.db") as store:
            store.save(an_analysis(), KEY)

        with Store.open(tmp_path / "wuhao.db") as store:
            assert [analysis.name for analysis in store.analyses()] == ["源汇区/方案.docx"]

    def test_every_table_of_ours_is_strict(self, tmp_path: Path) -> None:
        Store.open(tmp_path / "wuhao.db").close()

        tables = [
            sql for _, sql in schema_of(tmp_path / "wuhao.db") if sql and sql.startswith("CREATE TABLE")
        ]

        assert [sql for sql in tables if "STRICT" not in sql.rpartition(")")[2]] == []

    @pytest.mark.parametrize("version", range(VERSION))
    def test_older_database_becomes_one_of_today(self, tmp_path: Path, version: int) -> None:
        old, new = tmp_path / "old.db", tmp_path / "new.db"
        with closing(sqlite3.connect(old)) as connection:
            upgrade(connection, version)
        Store.open(new).close()

        Store.open(old).close()

        assert schema_of(new) == schema_of(old)


class TestRefusal:
    def test_file_that_is_no_database(self, tmp_path: Path) -> None:
        path = tmp_path / "报告.docx"
        path.write_bytes(b"PK\x03\x04" * 500)

        with pytest.raises(StoreError, match=r"不是数据库文件.*--db") as caught:
            Store.open(path)

        assert caught.value.exit_code == ExitCode.STORE
        assert path.read_bytes() == b"PK\x03\x04" * 500

    def test_database_of_another_program(self, tmp_path: Path) -> None:
        path = tmp_path / "账.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE 账 (数 INTEGER)")

        with pytest.raises(StoreError, match=r"别的程序的数据库.*--db"):
            Store.open(path)

        assert schema_of(path) == [("账", "CREATE TABLE 账 (数 INTEGER)")]

    def test_database_of_a_newer_version(self, tmp_path: Path) -> None:
        path = tmp_path / "wuhao.db"
        Store.open(path).close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {VERSION + 1}")

        with pytest.raises(StoreError, match=rf"第 {VERSION + 1} 版.*请升级"):
            Store.open(path)

    def test_folder_in_place_of_a_file(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="打不开。请检查路径"):
            Store.open(tmp_path)

    def test_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "文件").write_text("")

        with pytest.raises(StoreError, match=r"建不了.*请换一个可写的文件夹"):
            Store.open(tmp_path / "文件" / "wuhao.db")

    def test_database_that_another_program_writes(self, tmp_path: Path) -> None:
        path = tmp_path / "wuhao.db"
        with Store.open(path, busy_seconds=0) as store, closing(sqlite3.connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")

            with pytest.raises(StoreError, match="正被另一个程序占用"):
                store.save(an_analysis(), KEY)

            other.rollback()
            store.save(an_analysis(), KEY)
            assert len(store.analyses()) == 1

    def test_database_that_is_read_only(self, tmp_path: Path) -> None:
        path = tmp_path / "wuhao.db"
        Store.open(path).close()

        with (
            closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection,
            pytest.raises(StoreError, match=r"只读.*--db"),
            spoken(path),
        ):
            connection.execute("DELETE FROM sources")

    def test_database_that_is_damaged(self, tmp_path: Path) -> None:
        path = tmp_path / "wuhao.db"
        with Store.open(path) as store:
            store.save(an_analysis(), KEY)
        size = path.stat().st_size
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (size - 4096))

        with pytest.raises(StoreError, match="已损坏"), Store.open(path) as store:
            store.analyses()

    def test_our_own_mistake_is_not_dressed_up(self, tmp_path: Path) -> None:
        with (
            closing(sqlite3.connect(tmp_path / "a.db")) as connection,
            pytest.raises(sqlite3.OperationalError),
            spoken(tmp_path),
        ):
            connection.execute("SELECT 没有的列")
