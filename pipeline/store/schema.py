"""The tables, and how a database of an older version becomes one of today.

Migrations are append-only: once released, one is never edited.  Each runs in a transaction together with its
own record.  ``user_version`` repeats how many were applied, so that an ordinary start asks one question only.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["APPLICATION_ID", "COLUMNS", "LOCATOR_COLUMNS", "VERSION", "upgrade"]

APPLICATION_ID = 0x77756861  # "wuha": tells our files from any other SQLite database

LOCATOR_COLUMNS = (
    *("block", "number", "part", "grid_row", "grid_column", "start_offset", "end_offset"),
    *("page", "sheet", "column_label", "box"),
)

# What one paper's rows are made of, parents before children.
COLUMNS = {
    "papers": (
        *("source", "outcome", "size", "seconds"),
        *("input_sha256", "code_version", "rubric_hash", "references_hash", "means_hash"),
        *("unit", "kind", "date", "title", "reasons", "doubts"),
        *("has_document", "page_count", "extractor", "is_stamped"),
    ),
    "notices": ("source", "scope", "position", "code", "detail", "is_loss", *LOCATOR_COLUMNS),
    "grades": ("source", "position", "quality", "page", "reason"),
    "blocks": (
        *("source", "position", "kind", "label", "level", "text", "heading_path", "lines"),
        *("header_rows", "parent", *LOCATOR_COLUMNS),
    ),
    "cells": (
        *("source", "block", "position", "grid_row", "grid_column", "row_span", "column_span"),
        *("text", "page", "box"),
    ),
    "findings": (*("source", "position", "requirement", "state", "level", "assertion", "confidence", "why"),),
    "evidence": (
        *("source", "finding", "rank", "requirement", "quote", "assertion", "level", "confidence"),
        *("cue", "why", "slots", "heading_path", *LOCATOR_COLUMNS),
    ),
    "near_misses": ("source", "finding", "rank", "quote", "why", *LOCATOR_COLUMNS),
}

_LOCATOR = """
    block INTEGER, number INTEGER, part TEXT, grid_row INTEGER, grid_column INTEGER,
    start_offset INTEGER, end_offset INTEGER, page INTEGER, sheet TEXT, column_label TEXT, box TEXT
"""

_FIRST = f"""
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    tool_version TEXT NOT NULL,
    package_version TEXT NOT NULL,
    code_version TEXT NOT NULL,
    rubric_hash TEXT NOT NULL,
    references_hash TEXT NOT NULL,
    means_hash TEXT NOT NULL,
    output TEXT,
    reports TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    path ANY UNIQUE,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    duplicate_of INTEGER REFERENCES sources(id),
    seen_run INTEGER REFERENCES runs(id),
    is_vanished INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX sources_sha256 ON sources(sha256);
CREATE INDEX sources_duplicate_of ON sources(duplicate_of);

CREATE TABLE papers (
    source INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
    outcome TEXT NOT NULL,
    size INTEGER NOT NULL,
    seconds REAL NOT NULL,
    input_sha256 TEXT NOT NULL,
    code_version TEXT NOT NULL,
    rubric_hash TEXT NOT NULL,
    references_hash TEXT NOT NULL,
    means_hash TEXT NOT NULL,
    unit TEXT,
    kind TEXT NOT NULL,
    date TEXT,
    title TEXT NOT NULL,
    reasons TEXT NOT NULL,
    doubts TEXT NOT NULL,
    has_document INTEGER NOT NULL,
    page_count INTEGER,
    extractor TEXT,
    is_stamped INTEGER
) STRICT;
CREATE INDEX papers_input ON papers(input_sha256);

CREATE TABLE notices (
    source INTEGER NOT NULL REFERENCES papers(source) ON DELETE CASCADE,
    scope TEXT NOT NULL CHECK (scope IN ('analysis', 'document')),
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    is_loss INTEGER NOT NULL,
    {_LOCATOR},
    PRIMARY KEY (source, scope, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE grades (
    source INTEGER NOT NULL REFERENCES papers(source) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    quality INTEGER NOT NULL,
    page INTEGER,
    reason TEXT NOT NULL,
    PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
    source INTEGER NOT NULL REFERENCES papers(source) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('heading', 'paragraph', 'table')),
    label TEXT NOT NULL,
    level INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading_path TEXT NOT NULL,
    lines TEXT NOT NULL,
    header_rows INTEGER,
    parent TEXT,
    {_LOCATOR},
    PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE cells (
    source INTEGER NOT NULL,
    block INTEGER NOT NULL,
    position INTEGER NOT NULL,
    grid_row INTEGER NOT NULL,
    grid_column INTEGER NOT NULL,
    row_span INTEGER NOT NULL,
    column_span INTEGER NOT NULL,
    text TEXT NOT NULL,
    page INTEGER,
    box TEXT,
    PRIMARY KEY (source, block, position),
    FOREIGN KEY (source, block) REFERENCES blocks(source, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
    source INTEGER NOT NULL REFERENCES papers(source) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    requirement TEXT NOT NULL,
    state TEXT NOT NULL,
    level INTEGER NOT NULL,
    assertion TEXT,
    confidence REAL NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_requirement ON findings(requirement, state);

CREATE TABLE evidence (
    source INTEGER NOT NULL,
    finding INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    requirement TEXT NOT NULL,
    quote TEXT NOT NULL,
    assertion TEXT NOT NULL,
    level INTEGER NOT NULL,
    confidence REAL NOT NULL,
    cue TEXT NOT NULL,
    why TEXT NOT NULL,
    slots TEXT NOT NULL,
    heading_path TEXT NOT NULL,
    {_LOCATOR},
    PRIMARY KEY (source, finding, rank),
    FOREIGN KEY (source, finding) REFERENCES findings(source, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE near_misses (
    source INTEGER NOT NULL,
    finding INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    quote TEXT NOT NULL,
    why TEXT NOT NULL,
    {_LOCATOR},
    PRIMARY KEY (source, finding, rank),
    FOREIGN KEY (source, finding) REFERENCES findings(source, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE VIEW overview AS
SELECT sources.name, papers.outcome, papers.unit, papers.kind, papers.date, papers.title,
       originals.name AS duplicate_of, sources.is_vanished, sources.error, papers.seconds
FROM sources
LEFT JOIN papers ON papers.source = sources.id
LEFT JOIN sources AS originals ON originals.id = sources.duplicate_of
ORDER BY sources.name;
"""


_MEMBERS = """
ALTER TABLE sources ADD COLUMN parent INTEGER REFERENCES sources(id);
ALTER TABLE sources ADD COLUMN root INTEGER REFERENCES sources(id);
ALTER TABLE sources ADD COLUMN depth INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN container_sha256 TEXT NOT NULL DEFAULT '';
CREATE INDEX sources_parent ON sources(parent);
CREATE INDEX sources_root ON sources(root);
DROP VIEW overview;
CREATE VIEW overview AS
SELECT sources.name, papers.outcome, papers.unit, papers.kind, papers.date, papers.title,
       containers.name AS container, originals.name AS duplicate_of, sources.is_vanished, sources.error,
       papers.seconds
FROM sources
LEFT JOIN papers ON papers.source = sources.id
LEFT JOIN sources AS originals ON originals.id = sources.duplicate_of
LEFT JOIN sources AS containers ON containers.id = sources.parent
ORDER BY sources.name;
"""

#: Name and statements of each migration, oldest first.
_MIGRATIONS = (("m001_first", _FIRST), ("m002_members", _MEMBERS))
VERSION = len(_MIGRATIONS)


def upgrade(connection: sqlite3.Connection, version: int = VERSION) -> None:
    """Bring the tables of a new or older database up to a version, by default today's."""
    # Here, because an ordinary start needs no migration and should not wait for the library.
    from sqlite_utils import Database, Migrations

    # First of all: should we be killed half-way, the file is known to be ours.
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations = Migrations("wuhao")
    for number, (name, script) in enumerate(_MIGRATIONS[:version], start=1):

        @migrations(name=name)
        def apply(database: Database, script: str = script, version: int = number) -> None:
            _apply(database, script, version)

    migrations.apply(Database(connection, strict=True, execute_plugins=False))


def _apply(database: Database, script: str, version: int) -> None:
    """Run a migration's statements; ``executescript`` would commit the transaction it stands in."""
    for statement in script.split(";\n"):
        database.conn.execute(statement)
    database.conn.execute(f"PRAGMA user_version = {version}")
