"""Findings with their evidence and near misses as rows, and back again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from pipeline.model import Assertion, Evidence, Finding, Level, NearMiss, Slot, SlotName, State
from pipeline.store.rows import Row, locator_of, locator_values, packed, unpacked

__all__ = [
    "evidence_of",
    "evidence_rows",
    "finding_of",
    "finding_rows",
    "near_miss_of",
    "near_miss_rows",
]


def finding_rows(source: int, findings: Iterable[Finding]) -> Iterator[Row]:
    """Yield rows of ``findings``."""
    for position, finding in enumerate(findings):
        verdict = finding.requirement, finding.state, int(finding.level), finding.assertion
        yield source, position, *verdict, finding.confidence, finding.why


def finding_of(row: sqlite3.Row, evidence: Iterable[Evidence], near_misses: Iterable[NearMiss]) -> Finding:
    """Return the finding a row stands for, given what hangs on it."""
    return Finding(
        requirement=row["requirement"],
        state=State(row["state"]),
        level=Level(row["level"]),
        why=row["why"],
        assertion=None if row["assertion"] is None else Assertion(row["assertion"]),
        confidence=row["confidence"],
        evidence=tuple(evidence),
        near_misses=tuple(near_misses),
    )


def evidence_rows(source: int, findings: Iterable[Finding]) -> Iterator[Row]:
    """Yield rows of ``evidence``, the deciding piece of each finding at rank 0."""
    for position, finding in enumerate(findings):
        for rank, piece in enumerate(finding.evidence):
            verdict = piece.assertion, int(piece.level), piece.confidence, piece.cue, piece.why
            extra = _slots_value(piece.slots), packed(piece.heading_path)
            place = locator_values(piece.locator)
            yield source, position, rank, piece.requirement, piece.quote, *verdict, *extra, *place


def evidence_of(row: sqlite3.Row) -> Evidence:
    """Return the evidence a row stands for."""
    return Evidence(
        requirement=row["requirement"],
        quote=row["quote"],
        locator=locator_of(row),
        assertion=Assertion(row["assertion"]),
        level=Level(row["level"]),
        confidence=row["confidence"],
        cue=row["cue"],
        why=row["why"],
        slots=tuple(Slot(SlotName(name), *rest) for name, *rest in json.loads(row["slots"])),
        heading_path=unpacked(row["heading_path"]),
    )


def _slots_value(slots: tuple[Slot, ...]) -> str:
    if not slots:
        return "[]"
    return json.dumps([(s.name, s.text, s.start, s.end) for s in slots], ensure_ascii=False)


def near_miss_rows(source: int, findings: Iterable[Finding]) -> Iterator[Row]:
    """Yield rows of ``near_misses``, the nearest at rank 0."""
    for position, finding in enumerate(findings):
        for rank, miss in enumerate(finding.near_misses):
            yield source, position, rank, miss.quote, miss.why, *locator_values(miss.locator)


def near_miss_of(row: sqlite3.Row) -> NearMiss:
    """Return the near miss a row stands for."""
    return NearMiss(row["quote"], locator_of(row), row["why"])
