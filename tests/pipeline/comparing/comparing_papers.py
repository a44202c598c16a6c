"""Papers for the tests of comparing, from plain text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from extractors.plain import document_of
from pipeline.comparing import Paper
from pipeline.model import Kind

CASES = Path(__file__).parent / "cases"


def a_paper(
    text: str,
    *,
    unit: str | None = "jkq",
    name: str = "",
    kind: Kind = Kind.WORK_PLAN,
    date: dt.date | None = dt.date(2015, 6, 10),
) -> Paper:
    """A paper with this text; its name is the unit unless one is given."""
    return Paper(name or f"{unit}.docx", f"sha {name or unit}", unit, kind, date, document_of(text))


def cases(name: str) -> list[list[str]]:
    """The lines of a case file; the last part keeps its bars, for it may be a table."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    parts = lines_of(lines)
    return [[*head, text.replace("⏎", "\n")] for *head, text in parts]


def lines_of(lines: list[str]) -> list[list[str]]:
    """Each case split at its bars, as often as the first line of the file says."""
    bars = lines[0].count(" | ")
    return [[part.strip() for part in line.split(" | ", bars)] for line in lines if line and line[0] != "#"]
