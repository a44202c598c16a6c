"""Hands on the files that a paper carries inside it, as sources of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from extractors.document import Limits, Notice, Source

__all__ = ["AttachedFile", "as_sources"]


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One file inside another; ``data`` is None when ``problem`` says why it could not be taken out."""

    name: str
    data: bytes | None = field(default=None, repr=False)
    problem: str = ""


def as_sources(
    files: Iterable[AttachedFile], outer: Source, limits: Limits
) -> tuple[tuple[Source, ...], tuple[Notice, ...]]:
    """Return the attached files, each named ``外层.pdf/附件.docx``, and a notice for every one.

    Files that are broken, too many or too big stay behind with a notice of loss.
    """
    sources: dict[str, Source] = {}
    notices: list[Notice] = []
    room = limits.max_bytes
    for number, file in enumerate(files, start=1):
        name = _free_name(_file_name(file.name, number), sources)
        if file.data is None or len(file.data) > room or len(sources) >= limits.max_members:
            notices.append(Notice(file.problem or "attachment_limit", name, is_loss=True))
            continue
        room -= len(file.data)
        sources[name] = Source(f"{outer.name}/{name}", file.data)
        notices.append(Notice("attachment", name))
    return tuple(sources.values()), tuple(notices)


def _file_name(stated: str, number: int) -> str:
    """Return the last part of the stated name; a hostile one may hold a path."""
    name = PurePosixPath(stated.replace("\\", "/")).name
    shown = "".join(char for char in name if char.isprintable()).strip(". ")
    return shown or f"附件{number}"


def _free_name(name: str, taken: Iterable[str]) -> str:
    path, number = PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = f"{path.stem}({number}){path.suffix}"
    return name
