"""What can go wrong, as part of the interface.

A bad *file* is never an exception: it is an ``Outcome`` (see ``extractors.document``).  These are for the
person at the keyboard; each message is Chinese, says what happened, to what, and what to do next.

    WuhaoError
      UsageError         wrong arguments, a rubric with a mistake          exit 1
        RubricError
        AnswerKeyError
      MissingToolError   something is not installed                        exit 3
      StoreError         the database is damaged, locked, of another version  exit 4
"""

from __future__ import annotations

import enum

__all__ = [
    "AnswerKeyError",
    "ExitCode",
    "MissingToolError",
    "RubricError",
    "StoreError",
    "UsageError",
    "WuhaoError",
    "reason",
]


class ExitCode(enum.IntEnum):
    """Stable exit codes of the command (docs/reference.md)."""

    OK = 0
    USAGE = 1
    NEEDS_PERSON = 2
    MISSING_TOOL = 3
    STORE = 4
    GAPS = 5
    INTERNAL = 70
    STOPPED = 130


class WuhaoError(Exception):
    """Base of all errors meant for the user; ``str(error)`` is the whole Chinese message."""

    exit_code: ExitCode = ExitCode.INTERNAL


class UsageError(WuhaoError):
    """The command was given something it cannot work with."""

    exit_code = ExitCode.USAGE


class RubricError(UsageError):
    """A rubric file has a mistake; the message names file, line and what to do."""


class AnswerKeyError(UsageError):
    """An answer key cannot be used; the message says where."""


class MissingToolError(WuhaoError):
    """An optional part is needed but not installed."""

    exit_code = ExitCode.MISSING_TOOL


class StoreError(WuhaoError):
    """The database cannot be opened, written or understood."""

    exit_code = ExitCode.STORE


_REASONS = {
    FileNotFoundError: "找不到，或在读取前被移走、删除",
    PermissionError: "没有权限，或正被别的程序占用",
    IsADirectoryError: "这是文件夹，不是文件",
    NotADirectoryError: "路径中有一段不是文件夹",
}


def reason(error: OSError) -> str:
    """Say in Chinese why the system would not open or write a file."""
    return _REASONS.get(type(error), f"系统报告：{error.strerror or error}")
