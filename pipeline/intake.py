"""Finds the files to read; nothing that lies in the folder is passed over in silence.

Every file becomes a ``Found``, also one that cannot be opened: its ``error`` says why, and it will be listed
as unreadable.  Contents are not looked at here, except to take a fingerprint.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import UsageError, reason

__all__ = ["Found", "Nest", "discover", "fingerprint"]


@dataclass(frozen=True, slots=True)
class Nest:
    """What a member came out of: the hashes of its containers, outermost first.

    ``members`` and their ``size`` in bytes are all that came out of the outermost one so far,
    ``level_members`` and ``level_size`` those as deep as this one; from them is reckoned how much may come
    out of it.
    """

    containers: tuple[str, ...]
    members: int = 0
    size: int = 0
    level_members: int = 1
    level_size: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One file in the folder given, or a member of one.

    ``name`` is relative to that folder, with ``/`` on every system; ``modified`` is in nanoseconds;
    ``sha256`` stays empty until somebody takes the fingerprint.  ``nest`` is None for a file in the folder.
    """

    name: str
    path: Path
    size: int = 0
    modified: int = 0
    sha256: str = ""
    error: str = ""
    nest: Nest | None = None


def discover(paths: Iterable[Path], *, skip: Collection[Path] = ()) -> Iterator[Found]:
    """Yield every file under some folders, in order of name, each once.

    Links are followed only to files inside the folder.  What is in ``skip`` (the output folder, the database)
    is left out.  With several folders, each name begins with its folder's.  Raises ``UsageError`` for a path
    that does not exist.
    """
    roots = list(dict.fromkeys(path.resolve() for path in paths))
    for root in roots:
        if not root.exists():
            raise UsageError(f"找不到 {shown(root)}。请检查路径是否写对、U盘或网络盘是否已连接。")
    skipped = {str(path.resolve()) for path in skip}
    # A root inside another one is found there.
    given = set(roots)
    outermost = [root for root in roots if given.isdisjoint(root.parents)]
    has_several = sum(root.is_dir() for root in outermost) > 1
    for root in outermost:
        base = root if root.is_dir() and not has_several else root.parent
        yield from _walk(root, base, skipped)


def _walk(root: Path, base: Path, skipped: Collection[str]) -> Iterator[Found]:
    """Yield the files below a folder that is no link itself, a folder's entries in order of name.

    Works on strings: building three ``Path`` values a file would take longer than asking the system.
    """
    cut = len(str(base).rstrip(os.sep)) + 1
    waiting = [(str(root), root.is_dir())]
    while waiting:
        path, is_folder = waiting.pop()
        if path in skipped:
            continue
        name = shown(path[cut:].replace(os.sep, "/") or root.name)
        if not is_folder:
            yield _found(name, path, root)
        elif os.path.realpath(path) != path:
            # A link to a folder, or a Windows junction: following it would leave the root or go in circles.
            yield Found(name, Path(path), error="这是指向别处文件夹的链接，没有跟进")
        else:
            try:
                with os.scandir(path) as entries:
                    below = sorted(((entry.path, _is_folder(entry)) for entry in entries), reverse=True)
            except OSError as error:
                yield Found(name, Path(path), error=reason(error))
            else:
                waiting.extend(below)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that points at itself
        return False


def _found(name: str, path: str, root: Path) -> Found:
    try:
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            if not Path(path).resolve(strict=True).is_relative_to(root):
                return Found(name, Path(path), error="这是指向文件夹之外的链接，没有跟进")
            status = Path(path).stat()
    except RuntimeError:  # links in a circle, before Python 3.13
        return Found(name, Path(path), error="这是绕圈的链接，没有跟进")
    except OSError as error:
        return Found(name, Path(path), error=reason(error))
    if not stat.S_ISREG(status.st_mode):
        return Found(name, Path(path), error="这不是普通文件（管道或设备）")
    return Found(name, Path(path), status.st_size, status.st_mtime_ns)


def fingerprint(found: Found) -> Found:
    """Return the file with its sha256, or with the reason why it cannot be read."""
    if found.error:
        return found
    try:
        with found.path.open("rb") as file:
            return replace(found, sha256=hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        return replace(found, error=reason(error))


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
