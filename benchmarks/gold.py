"""The gold set: papers by independent writers, every unit labelled by readers (benchmarks/gold/README.md).

``papers/<writer>_<n>.txt`` is a paper, ``labels/<paper>.txt`` what the readers agreed on: first a line per
labelled unit (``17 C1.4:d3 C1.6:p2``), after ``=`` a line per requirement (``C1.4 covered d3 17``).
A unit is a sentence or a table row, numbered from 1.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from extractors.document import Document
from extractors.plain import document_of
from pipeline.model import Assertion, Kind, State
from pipeline.text import Sentence, sentences

HERE = Path(__file__).parent / "gold"

#: Split by writer, never by sentence.  Sealed writers are run by ``make accuracy`` only.
TUNE = frozenset({"w6"})
SEALED = frozenset({"w7", "w8"})

VOICES = {
    "d": Assertion.DONE,
    "p": Assertion.PLANNED,
    "l": Assertion.LACKING,
    "i": Assertion.INSTRUCTED,
    "o": Assertion.OTHER_BODY,
}
_LABEL = re.compile(r"([CPZ]\d+(?:\.\d)?):([dplio])(\d)")
_VERDICT = re.compile(r"([CPZ]\d+(?:\.\d)?) (\w+)(?: ([dplio])(\d))?(?: (\d+))?")


@dataclass(frozen=True, slots=True)
class Label:
    """One unit speaks of one requirement in one voice at one level."""

    requirement: str
    voice: Assertion
    level: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What readers said of one requirement in a whole paper."""

    requirement: str
    state: State
    voice: Assertion | None
    level: int
    unit: int | None


@dataclass(frozen=True)
class GoldPaper:
    """One paper with its labels."""

    id: str
    unit: str
    kind: Kind
    date: str
    text: str
    labels: dict[int, tuple[Label, ...]]
    verdicts: tuple[Verdict, ...]

    @property
    def writer(self) -> str:
        """Who wrote it."""
        return self.id.split("_")[0]

    @cached_property
    def document(self) -> Document:
        """The paper as the extractor reads it."""
        return document_of(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its units; number ``n`` of the labels is ``sentences[n - 1]``."""
        return sentences(self.document)


def papers() -> Iterator[GoldPaper]:
    """Yield every labelled paper in the order of their names."""
    manifest = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))
    for paper_id, facts in sorted(manifest.items()):
        labelled = HERE / "labels" / f"{paper_id}.txt"
        if not labelled.exists():
            continue
        labels, verdicts = read_labels(labelled.read_text(encoding="utf-8"))
        text = (HERE / "papers" / f"{paper_id}.txt").read_text(encoding="utf-8")
        yield GoldPaper(
            paper_id, facts["unit"], Kind(facts["kind"]), facts["date"], text, labels, tuple(verdicts)
        )


def read_labels(text: str) -> tuple[dict[int, tuple[Label, ...]], list[Verdict]]:
    """Return the labels by unit and the verdicts of one label file."""
    units, _, paper = text.partition("\n=")
    labels: dict[int, tuple[Label, ...]] = {}
    for line in units.splitlines():
        number, _, rest = line.strip().partition(" ")
        if number.isdigit():
            found = tuple(Label(r, VOICES[v], int(level)) for r, v, level in _LABEL.findall(rest))
            labels[int(number)] = labels.get(int(number), ()) + found
    verdicts = [
        Verdict(
            match[1],
            State(match[2]),
            VOICES[match[3]] if match[3] else None,
            int(match[4] or 0),
            int(match[5]) if match[5] else None,
        )
        for match in map(_VERDICT.match, paper.splitlines())
        if match
    ]
    return labels, verdicts


def ordered_units() -> Iterator[tuple[str, Kind, Sentence, tuple[Label, ...]]]:
    """Yield the units written to order (``units/*.tsv``): writer, kind, sentence, labels."""
    for path in sorted((HERE / "units").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            letter, heading, text, labels = line.split("\t")
            kind = Kind.WORK_PLAN if letter == "w" else Kind.SELF_CHECK
            first = next(iter(sentences(document_of(text))))
            sentence = replace(first, heading_path=(heading,) if heading else ())
            found = tuple(Label(r, VOICES[v], int(level)) for r, v, level in _LABEL.findall(labels))
            yield path.stem.split("_")[0], kind, sentence, found


def fingerprint(used: list[GoldPaper]) -> str:
    """Return the hash of what a model was trained on."""
    digest = hashlib.sha256()
    for paper in used:
        digest.update(paper.text.encode())
        digest.update((HERE / "labels" / f"{paper.id}.txt").read_bytes())
    return digest.hexdigest()
