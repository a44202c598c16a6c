"""Finds the files to read; nothing that lies in the folder is passed over in silence.

Every file becomes a ``Found``, also one that cannot be opened: its ``error`` says why and it will be listed as
unreadable.  Contents are not looked at here, except to take a fingerprint.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import UsageError

__all__ = ["Found", "discover", "fingerprint"]


@dataclass(frozen=True, slots=True)
class Found:
    """One file in the folder given.

    ``name`` is relative to that folder, with ``/`` on every system; ``modified`` is in nanoseconds;
    ``sha256`` stays empty until somebody takes the fingerprint.
    """

    name: str
    path: Path
    size: int = 0
    modified: int = 0
    sha256: str = ""
    error: str = ""


def discover(paths: Iterable[Path], *, skip: Collection[Path] = ()) -> Iterator[Found]:
    """Yield every file under some folders, in order of name, each once.

    Links are followed only to files inside the folder.  What is in ``skip`` (the output folder, the database)
    is left out.  With several folders, each name begins with its folder's.  Raises ``UsageError`` for a path
    that does not exist.
    """
    roots = list(dict.fromkeys(Path(os.path.abspath(path)) for path in paths))
    for root in roots:
        if not root.exists():
            raise UsageError(f"找不到 {shown(root)}。请检查路径是否写对、U盘或网络盘是否已连接。")
    outer = set(roots)
    skipped = {os.path.realpath(path) for path in skip}
    has_several = sum(root.is_dir() for root in roots) > 1
    for root in roots:
        if not outer.isdisjoint(root.parents):
            continue  # it lies inside another folder given and is found there
        if not root.is_dir():
            yield _found(root, shown(root.name))
            continue
        prefix = f"{shown(root.name)}/" if has_several else ""
        for path in _walk(root, skipped):
            name = shown(path.path.relative_to(root).as_posix())
            yield replace(path, name=prefix + name)


def _walk(root: Path, skipped: Collection[str]) -> Iterator[Found]:
    """Yield the files below a folder, a folder's entries in order of name."""
    real_root = os.path.realpath(root)
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if os.path.realpath(path) in skipped:
            continue
        if not path.is_dir():
            yield _found(path, "", real_root)
        elif path != root and _is_elsewhere(path):
            # A link to a folder, or a Windows junction: following it would leave the root or go in circles.
            yield Found("", path, error="这是指向别处文件夹的链接，没有跟进")
        else:
            try:
                entries = sorted(os.listdir(path), reverse=True)
            except OSError as error:
                yield Found("", path, error=reason(error))
                continue
            waiting.extend(path / entry for entry in entries)


def _is_elsewhere(folder: Path) -> bool:
    """Whether a folder is a link or a junction: its real place is not where it hangs in the tree."""
    return os.path.realpath(folder) != os.path.join(os.path.realpath(folder.parent), folder.name)


def _found(path: Path, name: str, root: str = "") -> Found:
    try:
        status = path.stat()
    except OSError as error:
        return Found(name, path, error=reason(error))
    if not stat.S_ISREG(status.st_mode):
        return Found(name, path, error="这不是普通文件（管道或设备）")
    if root and path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
        return Found(name, path, error="这是指向文件夹之外的链接，没有跟进")
    return Found(name, path, status.st_size, status.st_mtime_ns)


def fingerprint(found: Found) -> Found:
    """Return the file with its sha256, or with the reason why it cannot be read."""
    if found.error:
        return found
    try:
        with found.path.open("rb") as file:
            return replace(found, sha256=hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        return replace(found, error=reason(error))


_REASONS = {
    FileNotFoundError: "文件在读取前被移走或删除",
    PermissionError: "没有读取权限，或正被别的程序占用",
    IsADirectoryError: "这是文件夹，不是文件",
}


def reason(error: OSError) -> str:
    """Say in Chinese why the system would not open a file."""
    return _REASONS.get(type(error), f"系统报告：{error.strerror or error}")


def shown(path: Path | str) -> str:
    """Return a path as text that can be stored and printed.

    Names from old Chinese zip tools are GBK bytes, which Python carries as lone surrogates.
    """
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(text).decode("gb18030", "replace")
    return text
