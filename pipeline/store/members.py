"""Files that came out of others: linked to their containers, current as long as those are unchanged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pipeline.intake import Found, Nest
from pipeline.model import Member
from pipeline.store.connection import transaction

__all__ = ["chains", "follow", "found_member", "link_members"]

_UNLINK = "UPDATE sources SET container_sha256 = '', is_vanished = 1 WHERE parent = ?"
_LINK = """
INSERT INTO sources (name, size, modified, sha256, parent, root, depth, container_sha256, seen_run)
SELECT ?, ?, 0, ?, id, ifnull(root, id), depth + 1, ?, seen_run FROM sources WHERE id = ?
ON CONFLICT (name) DO UPDATE SET
    path = NULL, size = excluded.size, modified = 0, sha256 = excluded.sha256, error = '', is_vanished = 0,
    parent = excluded.parent, root = excluded.root, depth = excluded.depth,
    container_sha256 = excluded.container_sha256, seen_run = excluded.seen_run
"""
_INSIDE = """
WITH RECURSIVE inside (id, sha256) AS (
    SELECT id, sha256 FROM sources WHERE parent IS NULL AND NOT is_vanished
    UNION ALL
    SELECT sources.id, sources.sha256 FROM inside JOIN sources ON sources.parent = inside.id
    WHERE container_sha256 = inside.sha256 AND container_sha256 != ''
)
SELECT id FROM inside
"""
# The driver counts the rows of a statement only if it begins with its verb.
_GONE = f"""
UPDATE sources SET is_vanished = 1 WHERE parent IS NOT NULL AND NOT is_vanished AND id NOT IN ({_INSIDE})
"""
_BACK = f"""
UPDATE sources SET is_vanished = 0 WHERE parent IS NOT NULL AND is_vanished AND id IN ({_INSIDE})
"""
_SEEN = """
UPDATE sources SET seen_run = ?1 WHERE parent IS NOT NULL AND NOT is_vanished AND seen_run < ?1
AND root IN (SELECT id FROM sources WHERE seen_run = ?1 AND parent IS NULL)
"""


def link_members(
    connection: sqlite3.Connection, source: int, container_sha256: str, members: Iterable[Member]
) -> None:
    """Remember what came out of a source, in place of what came out of it before."""
    connection.execute(_UNLINK, (source,))
    connection.executemany(
        _LINK, ((one.name, one.size, one.sha256, container_sha256, source) for one in members)
    )


def follow(connection: sqlite3.Connection, run: int) -> int:
    """Let members be there or gone as their containers are; returns for how many that changed.

    A member is there while its container is, with the very bytes it came out of.
    """
    with transaction(connection):
        changed = sum(connection.execute(statement).rowcount for statement in (_GONE, _BACK))
        connection.execute(_SEEN, (run,))
    return changed


def found_member(connection: sqlite3.Connection, row: sqlite3.Row, room: Path) -> Found:
    """Return a member as a file to be read: it lies in the room under its hash."""
    count = "SELECT count(*), ifnull(sum(size), 0) FROM sources WHERE root = ? AND NOT is_vanished"
    place = row["root"], row["depth"]
    members, size = connection.execute(f"{count} AND depth <= ?", place).fetchone()
    level_members, level_size = connection.execute(f"{count} AND depth = ?", place).fetchone()
    nest = Nest(_containers(connection, row["parent"]), members, size, level_members, level_size)
    return Found(row["name"], room / row["sha256"], row["size"], 0, row["sha256"], nest=nest)


def _containers(connection: sqlite3.Connection, container: int | None) -> tuple[str, ...]:
    """Return the hashes of a source and of what it came out of, outermost first."""
    found: list[str] = []
    while container is not None:
        sha256, container = connection.execute(
            "SELECT sha256, parent FROM sources WHERE id = ?", (container,)
        ).fetchone()
        found.append(sha256)
    return tuple(reversed(found))


def chains(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Return, for every member, the names of the sources it came out of, outermost first."""
    rows = connection.execute(
        "SELECT member.id, container.id, container.name FROM sources AS member"
        " JOIN sources AS container ON container.id = member.parent ORDER BY member.depth"
    )
    found: dict[int, tuple[str, ...]] = {}
    for member, container, name in rows:
        found[member] = (*found.get(container, ()), name)
    return found
