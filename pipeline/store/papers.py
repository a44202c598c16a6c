"""Saves what was made of one source, and brings it back."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from itertools import chain

from extractors.document import Block, Document, Locator, Notice, Outcome, Table
from pipeline.model import Analysis, Finding, Identity, Kind, Member
from pipeline.store import rows, verdicts
from pipeline.store.connection import transaction
from pipeline.store.key import Key
from pipeline.store.members import chains, link_members
from pipeline.store.rows import Row, packed, unpacked
from pipeline.store.schema import COLUMNS

__all__ = ["analyses", "document", "item_at", "save"]

_INSERT = {
    table: f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    for table, names in COLUMNS.items()
}
_SURROGATES = re.compile("[\ud800-\udfff]")


def save(connection: sqlite3.Connection, analysis: Analysis, key: Key) -> None:
    """Replace everything derived from a source, all at once."""
    try:
        _save(connection, analysis, key, is_clean=True)
    except UnicodeEncodeError:
        # Broken PDF fonts yield half characters that cannot be stored; each is replaced by one “�”, so that
        # every offset stays what it was.
        _save(connection, analysis, key, is_clean=False)
    except (OverflowError, sqlite3.DataError, sqlite3.IntegrityError) as error:
        notice = Notice("not_storable", str(error), is_loss=True)
        failure = Analysis(analysis.name, analysis.sha256, analysis.size, Outcome.CRASHED, (notice,))
        _save(connection, replace(failure, members=analysis.members), key, is_clean=True)


def _save(connection: sqlite3.Connection, analysis: Analysis, key: Key, *, is_clean: bool) -> None:
    with transaction(connection):
        source = _source_of(connection, analysis)
        _replace(connection, source, analysis, key, is_clean=is_clean)
        unread = (Member(one.name, one.sha256, one.size) for one in analysis.withheld)
        link_members(connection, source, analysis.sha256, (*analysis.members, *unread))
        for one in analysis.withheld:
            _replace(connection, _source_of(connection, one), one, key, is_clean=is_clean)


def _replace(
    connection: sqlite3.Connection, source: int, analysis: Analysis, key: Key, *, is_clean: bool
) -> None:
    connection.execute("DELETE FROM papers WHERE source = ?", (source,))
    for table, found in _rows_of(source, analysis, key):
        connection.executemany(_INSERT[table], found if is_clean else map(_storable, found))


def _source_of(connection: sqlite3.Connection, analysis: Analysis) -> int:
    """Return the source's number; one that nobody found in a folder is made known here."""
    known = connection.execute("SELECT id FROM sources WHERE name = ?", (analysis.name,)).fetchone()
    if known:
        return int(known["id"])
    values = analysis.name, analysis.size, analysis.sha256
    (source,) = connection.execute(
        "INSERT INTO sources (name, size, modified, sha256) VALUES (?, ?, 0, ?) RETURNING id", values
    ).fetchone()
    return int(source)


def _rows_of(source: int, analysis: Analysis, key: Key) -> Iterator[tuple[str, Iterable[Row]]]:
    document = analysis.document
    notices = rows.notice_rows(source, "analysis", analysis.notices)
    yield "papers", [_paper_row(source, analysis, key)]
    if document:
        notices = chain(notices, rows.notice_rows(source, "document", document.notices))
        yield "grades", rows.grade_rows(source, document.grades)
        yield "blocks", rows.block_rows(source, document.content)
        yield "cells", rows.cell_rows(source, document.content)
    yield "notices", notices
    yield "findings", verdicts.finding_rows(source, analysis.findings)
    yield "evidence", verdicts.evidence_rows(source, analysis.findings)
    yield "near_misses", verdicts.near_miss_rows(source, analysis.findings)


def _paper_row(source: int, analysis: Analysis, key: Key) -> Row:
    identity = analysis.identity
    document = analysis.document
    date = identity.date.isoformat() if identity.date else None
    read = (document.page_count, document.extractor, int(document.is_stamped)) if document else (None,) * 3
    return (
        *(source, analysis.outcome, analysis.size, analysis.seconds),
        *(analysis.sha256, *astuple(key)),
        *(identity.unit, identity.kind, date, identity.title),
        *(packed(identity.reasons), packed(identity.doubts)),
        *(int(document is not None), *read),
    )


def _storable(row: Row) -> Row:
    return tuple(_SURROGATES.sub("\ufffd", value) if isinstance(value, str) else value for value in row)


def analyses(connection: sqlite3.Connection) -> Iterator[Analysis]:
    """Yield what was made of each source that is still there, without the text, in order of name.

    A file with the same bytes as another has its own line, with what was made of the first.
    """
    papers = connection.execute(
        "SELECT papers.*, sources.id, name"
        " FROM sources JOIN papers ON papers.source = ifnull(duplicate_of, id)"
        " WHERE NOT is_vanished ORDER BY name"
    )
    containers = chains(connection)
    for row in papers:
        source = row["source"]
        date = row["date"] and dt.date.fromisoformat(row["date"])
        reasons, doubts = unpacked(row["reasons"]), unpacked(row["doubts"])
        yield Analysis(
            name=row["name"],
            sha256=row["input_sha256"],
            size=row["size"],
            outcome=Outcome(row["outcome"]),
            notices=_notices(connection, source, "analysis"),
            identity=Identity(row["unit"], Kind(row["kind"]), date, row["title"], reasons, doubts),
            findings=_findings(connection, source),
            seconds=row["seconds"],
            containers=containers.get(row["id"], ()),
        )


def _notices(connection: sqlite3.Connection, source: int, scope: str) -> tuple[Notice, ...]:
    found = connection.execute(
        "SELECT * FROM notices WHERE source = ? AND scope = ? ORDER BY position", (source, scope)
    )
    return tuple(map(rows.notice_of, found))


def _findings(connection: sqlite3.Connection, source: int) -> tuple[Finding, ...]:
    evidence: dict[int, list[sqlite3.Row]] = {}
    misses: dict[int, list[sqlite3.Row]] = {}
    for table, by_finding in (("evidence", evidence), ("near_misses", misses)):
        ordered = f"SELECT * FROM {table} WHERE source = ? ORDER BY finding, rank"
        for row in connection.execute(ordered, (source,)):
            by_finding.setdefault(row["finding"], []).append(row)
    found = connection.execute("SELECT * FROM findings WHERE source = ? ORDER BY position", (source,))
    return tuple(
        verdicts.finding_of(
            row,
            map(verdicts.evidence_of, evidence.get(row["position"], ())),
            map(verdicts.near_miss_of, misses.get(row["position"], ())),
        )
        for row in found
    )


def document(connection: sqlite3.Connection, sha256: str) -> Document:
    """Return the text of a file exactly as it was extracted; raises ``LookupError`` if there is none."""
    row = _paper(connection, sha256)
    source = row["source"]
    blocks = connection.execute("SELECT * FROM blocks WHERE source = ? ORDER BY position", (source,))
    grades = connection.execute("SELECT * FROM grades WHERE source = ? ORDER BY position", (source,))
    return Document(
        content=tuple(_item(connection, block) for block in blocks),
        grades=tuple(map(rows.grade_of, grades)),
        notices=_notices(connection, source, "document"),
        page_count=row["page_count"],
        extractor=row["extractor"],
        is_stamped=bool(row["is_stamped"]),
    )


def item_at(connection: sqlite3.Connection, sha256: str, locator: Locator) -> Block | Table:
    """Return the paragraph or table a place lies in; raises ``LookupError`` if there is none."""
    source = _paper(connection, sha256)["source"]
    row = connection.execute(
        "SELECT * FROM blocks WHERE source = ? AND position = ?", (source, locator.block)
    ).fetchone()
    if row is None:
        raise LookupError(f"no block {locator.block} in {sha256}")
    return _item(connection, row)


def _paper(connection: sqlite3.Connection, sha256: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM papers WHERE input_sha256 = ? AND has_document ORDER BY source LIMIT 1", (sha256,)
    ).fetchone()
    if row is None:
        raise LookupError(f"no document {sha256}")
    return row


def _item(connection: sqlite3.Connection, block: sqlite3.Row) -> Block | Table:
    if block["kind"] != "table":
        return rows.block_of(block)
    cells = connection.execute(
        "SELECT * FROM cells WHERE source = ? AND block = ? ORDER BY position",
        (block["source"], block["position"]),
    )
    return rows.table_of(block, map(rows.cell_of, cells))
