"""The campaign's memory, one method a question; nobody outside this package writes SQL.

One process writes.  Each result is saved in one transaction, so a program that is killed has either all rows
of a paper or none, and the next run does the rest.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Self

from extractors.document import Block, Document, Locator
from pipeline.intake import Found
from pipeline.model import Analysis
from pipeline.store import members, papers, sources
from pipeline.store.connection import connect, spoken, transaction
from pipeline.store.key import Key, package_version
from pipeline.store.search import Hit, search
from pipeline.store.sources import Status, Tally

__all__ = ["Store"]


class Store:
    """One open database; every method raises ``StoreError`` when the file cannot be used."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, *, busy_seconds: float = 10.0) -> Store:
        """Open a database, or make it."""
        connection = connect(path, busy_seconds)
        connection.row_factory = sqlite3.Row
        return cls(connection, path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def files(self) -> tuple[Path, ...]:
        """The database and what SQLite keeps beside it while it is open."""
        return (
            self.path,
            *(self.path.with_name(self.path.name + end) for end in ("-wal", "-shm", "-journal")),
        )

    # A run

    def begin(self, key: Key, now: dt.datetime) -> int:
        """Note that a run begins, and return its number."""
        with spoken(self.path):
            (run,) = self._connection.execute(
                "INSERT INTO runs (started_at, tool_version, package_version, code_version, rubric_hash,"
                " references_hash, means_hash) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
                (now.isoformat(), _tool_version(), package_version(), *astuple(key)),
            ).fetchone()
        return int(run)

    def link(self, found: Iterable[Found], run: int, roots: Collection[Path]) -> bool:
        """Remember what lies in the folders and what no longer does; whether anything changed."""
        with spoken(self.path):
            changed = sources.link(self._connection, found, run)
            changed += sources.mark_vanished(self._connection, roots, run)
        return bool(changed + self.settle(run))

    def settle(self, run: int) -> int:
        """Let members follow their containers and link equal files; returns how much that changed."""
        with spoken(self.path):
            changed = members.follow(self._connection, run)
            return changed + sources.pair_duplicates(self._connection)

    def pending(self, key: Key, run: int, depth: int = 0, room: Path = Path()) -> Iterator[Found]:
        """Yield the files of a run that must be read, because they or what judges them changed.

        ``depth`` is 0 for files in folders; members, so many containers deep, are looked for in the room.
        """
        with spoken(self.path):
            yield from sources.pending(self._connection, key, run, depth, room)

    def count_pending(self, key: Key, run: int, depth: int = 0) -> int:
        """Return how many files of a run, so many containers deep, must be read."""
        with spoken(self.path):
            return len(sources.pending_ids(self._connection, key, run, depth))

    def finish(self, run: int, now: dt.datetime, output: Path | None, reports: Iterable[Path]) -> None:
        """Note that a run is complete, with the reports it wrote."""
        written = json.dumps([str(path) for path in reports])
        values = now.isoformat(), output and str(output), written, run
        with spoken(self.path), transaction(self._connection):
            self._connection.execute(
                "UPDATE runs SET finished_at = ?, output = ?, reports = ? WHERE id = ?", values
            )

    def reports_before(self, run: int, output: Path) -> tuple[Path, ...]:
        """Return the reports of the run before, if this very program wrote them there with this key."""
        with spoken(self.path):
            row = self._connection.execute(
                "SELECT last.reports FROM runs AS last JOIN runs AS this ON this.id = ?"
                " WHERE last.id = this.id - 1 AND last.finished_at IS NOT NULL AND last.output = ?"
                " AND (last.package_version, last.rubric_hash) = (this.package_version, this.rubric_hash)"
                " AND (last.references_hash, last.means_hash) = (this.references_hash, this.means_hash)",
                (run, str(output)),
            ).fetchone()
        return tuple(map(Path, json.loads(row["reports"]))) if row else ()

    # Results

    def save(self, analysis: Analysis, key: Key) -> None:
        """Keep everything made of one source, in place of what was there; all of it or nothing."""
        with spoken(self.path):
            papers.save(self._connection, analysis, key)

    def is_current(self, found: Found, key: Key) -> bool:
        """Whether this very file, or the one it is a copy of, has a result that still holds."""
        with spoken(self.path):
            return sources.is_current(self._connection, found, key)

    def analyses(self) -> tuple[Analysis, ...]:
        """Return what was made of each paper that is still there, without its text, in order of name."""
        with spoken(self.path):
            return tuple(papers.analyses(self._connection))

    def tally(self, run: int) -> Tally:
        """Count how the files of a run ended."""
        with spoken(self.path):
            return sources.tally(self._connection, run)

    def statuses(self) -> tuple[Status, ...]:
        """Return every source ever seen, duplicates and vanished ones too, in order of name."""
        with spoken(self.path):
            return tuple(sources.statuses(self._connection))

    # Text

    def document(self, sha256: str) -> Document:
        """Return the text of a file exactly as it was extracted; raises ``LookupError`` if there is none."""
        with spoken(self.path):
            return papers.document(self._connection, sha256)

    def text_at(self, sha256: str, locator: Locator) -> str:
        """Return the words at a place; raises ``LookupError`` if there is no such place."""
        with spoken(self.path):
            item = papers.item_at(self._connection, sha256, locator)
        if isinstance(item, Block):
            return item.text[locator.start : locator.end]
        cell = item.cell_at(locator.row or 0, locator.column or 0)
        if cell is None:
            raise LookupError(f"no cell at {locator}")
        return cell.text[locator.start : locator.end]

    def search(self, word: str) -> Iterator[Hit]:
        """Yield every place where a word stands, paper by paper, in reading order."""
        with spoken(self.path):
            yield from search(self._connection, word)


def _tool_version() -> str:
    try:
        return metadata.version("wuhao")
    except metadata.PackageNotFoundError:
        return "0"
