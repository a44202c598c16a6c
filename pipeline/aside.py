"""Puts the members of a container aside, so that each can be read by itself, by any process.

They lie in the run's private room under their hashes; a name from an archive never names a file.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from extractors.archive.names import free_name, listed
from extractors.document import Extraction, Limits, Notice, Outcome, Source, Withheld
from pipeline.intake import Found
from pipeline.model import Member

__all__ = ["narrowed", "put_aside"]


def narrowed(limits: Limits, found: Found) -> Limits:
    """Return the limits for a file, which leave a member a share of what its outermost container may hold.

    Half of what is left is shared out evenly on each level, half by size, so that containers inside
    containers cannot multiply.  The shares depend on nothing but what has come out so far.
    """
    nest = found.nest
    if nest is None:
        return limits
    even = 1 / max(nest.level_members, 1)
    by_size = found.size / nest.level_size if nest.level_size else even
    share = (even + by_size) / 2
    members = limits.max_members * limits.max_depth - nest.members
    return replace(
        limits,
        max_members=max(0, min(limits.max_members, int(members * share))),
        max_unpacked=max(0, int((limits.max_unpacked - nest.size) * share)),
    )


def put_aside(
    extraction: Extraction, found: Found, limits: Limits, room: Path
) -> tuple[Extraction, tuple[Member, ...]]:
    """Write the members of a source into the room and say which they are.

    Returns also the extraction, with what had to stay behind.  Raises ``OSError`` when there is no space.
    """
    containers = (*(found.nest.containers if found.nest else ()), found.sha256)
    taken = {member.name for member in extraction.withheld}
    members: list[Member] = []
    withheld: list[Withheld] = []
    spent = 0
    for source in extraction.members:
        name = free_name(_storable(source.name), taken)
        taken.add(name)
        spent += len(source.data)
        is_too_much = len(members) >= limits.max_members or spent > limits.max_unpacked
        if len(containers) > limits.max_depth or is_too_much:
            code = "member_too_big" if is_too_much else "nested_too_deep"
            notice = Notice(code, _short(name, found), is_loss=True)
            withheld.append(Withheld(name, Outcome.TOO_BIG, notice, len(source.data)))
            continue
        if source.sha256 not in containers:
            _write(source, room)
        members.append(Member(name, source.sha256, len(source.data)))
    recursive = [_short(member.name, found) for member in members if member.sha256 in containers]
    said = _with(extraction, withheld, recursive)
    if withheld and extraction.outcome is Outcome.OK:
        has_something = bool(members or extraction.document)
        said = replace(said, outcome=Outcome.PARTIAL if has_something else Outcome.TOO_BIG)
    return said, tuple(members)


def _with(extraction: Extraction, withheld: list[Withheld], recursive: list[str]) -> Extraction:
    """Return what was extracted with what is to be said of its members."""
    notices = list(extraction.notices)
    for code in dict.fromkeys(one.notice.code for one in withheld):
        names = [one.notice.detail for one in withheld if one.notice.code == code]
        notices.append(Notice(code, listed(names), is_loss=True))
    if recursive:
        notices.append(Notice("recursive", listed(recursive)))
    return replace(extraction, notices=tuple(notices), withheld=(*extraction.withheld, *withheld))


def _storable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _short(name: str, container: Found) -> str:
    return name.removeprefix(f"{container.name}/")


def _write(source: Source, room: Path) -> None:
    path = room / source.sha256
    if path.exists():
        return
    # Two processes may come upon the same bytes; neither may see half of them.
    unfinished = room / f"{source.sha256}.{os.getpid()}"
    unfinished.write_bytes(source.data)
    unfinished.replace(path)
