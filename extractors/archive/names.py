"""What the members of an archive are called: made readable, harmless and different from one another.

A name in an archive is whatever somebody wrote there.  It is only ever shown and remembered; no file is
written under it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from pathlib import PurePosixPath

__all__ = ["cleaned", "decoded", "free_name", "is_unsafe", "listed", "sensible_han"]

_DRIVE = re.compile(r"^[A-Za-z]:")
_UNSAFE = re.compile(r"^[A-Za-z]:|^/|(^|/)\.\.(/|$)")
# Control characters, half characters, and the marks that turn the direction of writing around.
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
_LONGEST_STEP = 120
_LONGEST_SUFFIX = 12
_MOST_STEPS = 20
_SHARE_IN_USE = 0.8


def decoded(names: Sequence[bytes]) -> list[str]:
    """Return the names of one archive as text, in the encoding that suits them.

    Names from Chinese Windows are GBK and say nothing of it; names from other systems are UTF-8.

    >>> decoded(["方案.docx".encode("gbk"), b"a.txt"])
    ['方案.docx', 'a.txt']
    """
    try:
        return b"\x00".join(names).decode("utf-8").split("\x00") if names else []
    except UnicodeDecodeError:
        return [sensible_han(name) or name.decode("cp437") for name in names]


def sensible_han(name: bytes) -> str:
    """Return a name read as GBK if that gives characters in everyday use, else nothing."""
    try:
        text = name.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    foreign = [char for char in text if not char.isascii()]
    in_use = sum(map(_is_in_use, foreign))
    return text if in_use >= _SHARE_IN_USE * len(foreign) else ""


def _is_in_use(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def is_unsafe(name: str) -> bool:
    """Whether a name would lead out of the folder it is unpacked to."""
    return bool(_UNSAFE.search(name.replace("\\", "/")))


def cleaned(name: str) -> str:
    r"""Return a name as a short relative path that is safe to show; empty if nothing is left of it.

    >>> cleaned("C:\\报送\\..\\..\\方案.docx")
    '报送/方案.docx'
    """
    visible = "".join(char for char in name if unicodedata.category(char) not in _HIDDEN)
    steps = (step.strip() for step in _DRIVE.sub("", visible.replace("\\", "/")).split("/"))
    kept = [_shortened(step) for step in steps if step not in ("", ".", "..")]
    return "/".join(kept[-_MOST_STEPS:])


def _shortened(step: str) -> str:
    if len(step) <= _LONGEST_STEP:
        return step
    suffix = PurePosixPath(step).suffix[-_LONGEST_SUFFIX:]
    return f"{step[: _LONGEST_STEP - len(suffix) - 1]}…{suffix}"


def free_name(name: str, taken: Container[str]) -> str:
    """Return a name that no other member has.

    >>> free_name("区/方案.docx", {"区/方案.docx"})
    '区/方案(2).docx'
    """
    path, number, free = PurePosixPath(name), 1, name
    while free in taken:
        number += 1
        free = str(path.with_name(f"{path.stem}({number}){path.suffix}"))
    return free


def listed(names: Sequence[str]) -> str:
    """Return the first of some names and how many they are.

    >>> listed(["甲.docx", "乙.docx", "丙.docx"])
    '甲.docx 等 3 个'
    """
    return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 个"
