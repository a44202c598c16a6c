"""Which files the campaign knows: links what was found to what is remembered, and says what is to be done.

A source is known by its path and, should the folder have been moved, by its name.  Whether it changed is
asked in rising order of cost: size and time first, then the hash.  Everything here is set arithmetic in SQL,
so that a run that was killed anywhere in between is simply taken up again.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple, dataclass, field
from pathlib import Path

from extractors.document import Outcome
from pipeline.intake import Found, fingerprint, shown
from pipeline.model import chain
from pipeline.store.connection import transaction
from pipeline.store.key import Key
from pipeline.store.members import chains, found_member

__all__ = [
    "Status",
    "Tally",
    "is_current",
    "link",
    "mark_vanished",
    "pair_duplicates",
    "pending",
    "pending_ids",
    "statuses",
    "tally",
]

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Status:
    """One source as the campaign knows it; ``outcome`` is None while it has not been read.

    ``containers`` are the names of the sources it came out of, outermost first.
    """

    name: str
    sha256: str
    size: int
    outcome: Outcome | None
    duplicate_of: str | None
    is_vanished: bool
    containers: tuple[str, ...] = ()

    @property
    def chain(self) -> str:
        """The way to it as a person would open it: ``邮件.eml › 附件.zip › 方案.doc``."""
        return chain(self.name, self.containers)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the files seen in one run ended; a duplicate is counted as such and not by its outcome."""

    outcomes: dict[Outcome, int] = field(default_factory=dict)
    duplicates: int = 0

    @property
    def files(self) -> int:
        """All files seen."""
        return sum(self.outcomes.values()) + self.duplicates


def link(connection: sqlite3.Connection, found: Iterable[Found], run: int) -> int:
    """Remember the files of a run; a file is opened only if its size or time is new.

    Returns the number of sources that are new or changed.
    """
    changed = 0
    remaining = iter(found)
    while batch := list(itertools.islice(remaining, _BATCH)):
        with transaction(connection):
            changed += sum(_link_one(connection, one, run) for one in batch)
    return changed


def _link_one(connection: sqlite3.Connection, found: Found, run: int) -> bool:
    """Link one file to what is known of it; whether it is new, changed or back again."""
    path = stored_path(found.path)
    known = connection.execute("SELECT * FROM sources WHERE path = ?", (path,)).fetchone()
    known = known or _moved(connection, found)
    if known and _is_unchanged(known, found):
        connection.execute(_SEEN_AGAIN, (path, run, known["id"]))
        return bool(known["is_vanished"])
    read = fingerprint(found)
    values = path, run, read.size, read.modified, read.sha256, read.error
    if known:
        connection.execute(_CHANGED, (*values, known["id"]))
        before = known["sha256"], known["error"], known["is_vanished"]
        return before != (read.sha256, read.error, 0)
    connection.execute(_NEW, (*values, _free_name(connection, found)))
    return True


_SEEN_AGAIN = "UPDATE sources SET path = ?, seen_run = ?, is_vanished = 0 WHERE id = ?"
_CHANGED = """
UPDATE sources SET path = ?, seen_run = ?, size = ?, modified = ?, sha256 = ?, error = ?, is_vanished = 0
WHERE id = ?
"""
_NEW = """
INSERT INTO sources (path, seen_run, size, modified, sha256, error, name) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


def _is_unchanged(known: sqlite3.Row, found: Found) -> bool:
    is_same = known["size"] == found.size and known["modified"] == found.modified
    return is_same and bool(known["sha256"]) and not found.error


def _moved(connection: sqlite3.Connection, found: Found) -> sqlite3.Row | None:
    """Return the source of this name and content that no longer lies where it did: its folder was moved."""
    known: sqlite3.Row | None = connection.execute(
        "SELECT * FROM sources WHERE name = ? AND parent IS NULL", (found.name,)
    ).fetchone()
    if known is None or known["size"] != found.size or os.path.lexists(known["path"] or ""):
        return None
    if _is_unchanged(known, found) or fingerprint(found).sha256 == known["sha256"]:
        return known
    return None


def _free_name(connection: sqlite3.Connection, found: Found) -> str:
    """Return the file's name, told apart from a file of the same name below another folder."""
    root = found.path.parents[found.name.count("/")].name
    candidates = itertools.chain(
        (found.name, f"{shown(root)}/{found.name}"),
        (f"{found.name}（{number}）" for number in itertools.count(2)),
    )
    taken = "SELECT 1 FROM sources WHERE name = ?"
    return next(name for name in candidates if not connection.execute(taken, (name,)).fetchone())


def mark_vanished(connection: sqlite3.Connection, roots: Collection[Path], run: int) -> int:
    """Mark the sources under these folders that the run did not meet; they are kept. Returns how many."""
    unseen = connection.execute(
        "SELECT id, path FROM sources WHERE seen_run < ? AND is_vanished = 0 AND path IS NOT NULL", (run,)
    )
    below = [root.resolve() for root in roots]
    gone = [(id_,) for id_, path in unseen if any(_path_of(path).is_relative_to(root) for root in below)]
    with transaction(connection):
        connection.executemany("UPDATE sources SET is_vanished = 1 WHERE id = ?", gone)
    return len(gone)


def pair_duplicates(connection: sqlite3.Connection) -> int:
    """Link every source to the first one with the same bytes; returns how many links changed.

    Files come before members, then the name decides.
    """
    with transaction(connection):
        changed = connection.execute(
            """
            UPDATE sources SET duplicate_of = links.original
            FROM (
                SELECT sources.id, nullif(present.first, sources.id) AS original
                FROM sources LEFT JOIN (
                    SELECT id, first_value(id) OVER (PARTITION BY sha256 ORDER BY depth, name) AS first
                    FROM sources
                    WHERE is_vanished = 0 AND sha256 != '' AND size > 0
                ) AS present ON present.id = sources.id
            ) AS links
            WHERE links.id = sources.id AND links.original IS NOT sources.duplicate_of
            """
        ).rowcount
        connection.execute(
            "DELETE FROM papers WHERE source IN (SELECT id FROM sources WHERE duplicate_of IS NOT NULL)"
        )
    return changed


def pending_ids(connection: sqlite3.Connection, key: Key, run: int, depth: int = 0) -> tuple[int, ...]:
    """Return the files of a run that have no result that still holds, in order of name.

    ``depth`` counts the containers a member lies in.  A container is opened again for what is inside.
    """
    found = connection.execute(
        """
        WITH RECURSIVE needed (id) AS (
            SELECT id FROM sources LEFT JOIN papers ON papers.source = sources.id
            WHERE seen_run = ? AND duplicate_of IS NULL AND NOT is_vanished AND (
                papers.source IS NULL
                OR (input_sha256, code_version, rubric_hash, references_hash) != (sha256, ?, ?, ?)
                OR (means_hash != ? AND outcome != ?)
            )
            UNION
            SELECT parent FROM needed JOIN sources USING (id) WHERE parent IS NOT NULL
        )
        SELECT id FROM needed JOIN sources USING (id) WHERE depth = ? ORDER BY name
        """,
        (run, *astuple(key), Outcome.OK, depth),
    )
    return tuple(id_ for (id_,) in found)


def pending(
    connection: sqlite3.Connection, key: Key, run: int, depth: int = 0, room: Path = Path()
) -> Iterator[Found]:
    """Yield the files to be read; results may be saved in between.  Members lie in the room."""
    for source in pending_ids(connection, key, run, depth):
        row = connection.execute("SELECT * FROM sources WHERE id = ?", (source,)).fetchone()
        if row["parent"] is not None:
            yield found_member(connection, row, room)
            continue
        path = _path_of(row["path"])
        yield Found(row["name"], path, row["size"], row["modified"], row["sha256"], row["error"])


def is_current(connection: sqlite3.Connection, found: Found, key: Key) -> bool:
    """Whether this very file, or the one it is a copy of, has a result from this code and rubric."""
    row = connection.execute(
        """
        SELECT 1 FROM sources JOIN papers ON papers.source = ifnull(duplicate_of, id)
        WHERE path = ? AND sources.size = ? AND modified = ?
        AND (input_sha256, code_version, rubric_hash, references_hash) = (sha256, ?, ?, ?)
        AND (means_hash = ? OR outcome = ?)
        """,
        (stored_path(found.path), found.size, found.modified, *astuple(key), Outcome.OK),
    ).fetchone()
    return row is not None


def tally(connection: sqlite3.Connection, run: int) -> Tally:
    """Count the files of a run."""
    outcomes = connection.execute(
        "SELECT outcome, count(*) FROM sources JOIN papers ON papers.source = sources.id"
        " WHERE seen_run = ? AND duplicate_of IS NULL AND NOT is_vanished GROUP BY outcome",
        (run,),
    )
    (duplicates,) = connection.execute(
        "SELECT count(*) FROM sources WHERE seen_run = ? AND duplicate_of IS NOT NULL AND NOT is_vanished",
        (run,),
    ).fetchone()
    return Tally({Outcome(outcome): count for outcome, count in outcomes}, duplicates)


def statuses(connection: sqlite3.Connection) -> Iterator[Status]:
    """Yield every source ever seen, in order of name."""
    rows = connection.execute(
        """
        SELECT sources.id, sources.name, sources.sha256, sources.size, outcome, originals.name,
               sources.is_vanished
        FROM sources
        LEFT JOIN papers ON papers.source = sources.id
        LEFT JOIN sources AS originals ON originals.id = sources.duplicate_of
        ORDER BY sources.name
        """
    )
    containers = chains(connection)
    for id_, name, sha256, size, outcome, original, is_vanished in rows:
        read = outcome and Outcome(outcome)
        yield Status(name, sha256, size, read, original, bool(is_vanished), containers.get(id_, ()))


def stored_path(path: Path) -> str | bytes:
    """Return a path as it is kept: as text, or as raw bytes where the name is no valid text."""
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return text


def _path_of(value: str | bytes) -> Path:
    return Path(os.fsdecode(value))
