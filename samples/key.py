"""The reader's notes on the sample papers, checked and gathered into one answer key.

A notes file stands beside each judged text.  One requirement a line: id, state and, unless it is absent,
assertion, level and the words of the paper that decide it.  ``like wuyang/plan`` on the first line starts
from the notes on another version of the same paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from samples.markup import Paper, parse

__all__ = ["Entry", "Note", "entries", "notes_on", "paper_of", "render", "requirements_for"]

_HERE = Path(__file__).parent
_TEXTS = _HERE / "texts"
_ELEMENTS = {"C1.": 7, "C2.": 6, "C3.": 9, "C4.": 6, "C5.": 7, "P": 15, "Z": 9}
_OTHER_GROUP = {"work_plan": "Z", "self_check": "P"}


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader found for one requirement in one paper."""

    state: str
    assertion: str = ""
    level: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the campaign: its name as received, its source text and what it is."""

    file: str
    text: str
    unit: str | None
    kind: str
    date: str

    @property
    def is_judged(self) -> bool:
        """Whether the paper is held against the requirements."""
        return self.kind in _OTHER_GROUP


def entries() -> tuple[Entry, ...]:
    """Return the files of the campaign in the order they came in."""
    listed = _campaign()["files"]
    return tuple(Entry(**{**file, "date": file["date"].isoformat()}) for file in listed)


def paper_of(text: str) -> Paper:
    """Return the source text named like ``wuyang/plan``."""
    return parse((_TEXTS / f"{text}.txt").read_text(encoding="utf-8"))


def notes_on(text: str) -> dict[str, Note]:
    """Return the reader's notes on the text named like ``wuyang/plan``, by requirement id."""
    notes: dict[str, Note] = {}
    for line in (_TEXTS / f"{text}.key").read_text(encoding="utf-8").splitlines():
        if line.startswith("like "):
            notes.update(notes_on(line.removeprefix("like ")))
            continue
        requirement, state, *found = line.split(" ", 4)
        notes[requirement] = Note(state, found[0], int(found[1]), found[2]) if found else Note(state)
    return notes


def requirements_for(kind: str) -> tuple[str, ...]:
    """Return every requirement id that a paper of this kind is held against."""
    groups = {name: count for name, count in _ELEMENTS.items() if name != _OTHER_GROUP[kind]}
    return tuple(f"{name}{number}" for name, count in groups.items() for number in range(1, count + 1))


def render() -> str:
    """Return the answer key as JSON text."""
    campaign = _campaign()
    key = {
        "campaign": campaign["campaign"],
        "files": list(map(_described, entries())),
        "cross": campaign["cross"],
    }
    return json.dumps(key, ensure_ascii=False, indent=1) + "\n"


def _campaign() -> dict:  # type: ignore[type-arg]
    return yaml.safe_load((_HERE / "campaign.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _described(entry: Entry) -> dict[str, object]:
    described: dict[str, object] = {
        "file": entry.file,
        "unit": entry.unit,
        "kind": entry.kind,
        "date": entry.date,
        "outcome": "ok",
    }
    if entry.is_judged:
        described["requirements"] = dict(_judged(entry))
    return described


def _judged(entry: Entry) -> Iterator[tuple[str, dict[str, object]]]:
    notes = notes_on(entry.text)
    for requirement in requirements_for(entry.kind):
        note = notes[requirement]
        if not note.quote:
            yield requirement, {"state": note.state}
            continue
        yield (
            requirement,
            {"state": note.state, "assertion": note.assertion, "level": note.level, "quote": note.quote},
        )
