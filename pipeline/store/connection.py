"""Opens the database file and turns what SQLite complains of into words for the person at the keyboard."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import StoreError, reason
from pipeline.intake import shown
from pipeline.store.schema import APPLICATION_ID, VERSION, upgrade

__all__ = ["connect", "spoken", "transaction"]


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open a database, made or brought up to this version where needed; raises ``StoreError``.

    Another program's write is waited for ``busy_seconds``.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"建不了数据库所在的文件夹 {shown(path.parent)}：{reason(error)}。请换一个可写的文件夹。"
        ) from error
    with spoken(path):
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != APPLICATION_ID:
        raise StoreError(f"{shown(path)} 是别的程序的数据库。请用 --db 指定另一个文件名。")
    if version > VERSION:
        raise StoreError(
            f"{shown(path)} 由更新版本的 wuhao 建立（数据库第 {version} 版，本程序只认到第 {VERSION} 版）。"
            "请升级 wuhao，或用 --db 指定另一个文件名。"
        )
    connection.execute("PRAGMA journal_mode = WAL")
    # With WAL every commit outlives a crash of the program; a power cut may undo the last ones.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < VERSION:
        upgrade(connection)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of the block or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


_ADVICE = {
    "SQLITE_NOTADB": "不是数据库文件，或已损坏。请用 --db 指定另一个文件名，或从备份恢复。",
    "SQLITE_CORRUPT": "已损坏。请从备份恢复；没有备份时把它改名后重新运行，会重读全部文件。",
    "SQLITE_BUSY": "正被另一个程序占用。请等它结束，或关掉打开这个文件的程序后重试。",
    "SQLITE_LOCKED": "正被另一个程序占用。请等它结束，或关掉打开这个文件的程序后重试。",
    "SQLITE_READONLY": "是只读的。请去掉只读属性，或用 --db 指定可写的位置。",
    "SQLITE_CANTOPEN": "打不开。请检查路径是否写对、文件夹是否可写。",
    "SQLITE_PERM": "没有访问权限。请检查文件夹的权限，或用 --db 指定可写的位置。",
    "SQLITE_FULL": "写不下了：磁盘已满。请清出空间后再运行一次，已完成的不会重做。",
    "SQLITE_IOERR": "读写出错。请检查磁盘、U盘或网络盘是否正常，再运行一次。",
    "SQLITE_TOOBIG": "放不下这么大的文字。请拆分后重新报送。",
}


@contextlib.contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into a ``StoreError`` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        # Extended codes begin with the plain one: SQLITE_READONLY_DIRECTORY, SQLITE_IOERR_WRITE.
        name = getattr(error, "sqlite_errorname", "")
        advice = next((text for code, text in _ADVICE.items() if name.startswith(code)), None)
        if advice is None:
            raise
        raise StoreError(f"数据库 {shown(path)} {advice}") from error
