"""The words of the product as small frozen values; nothing here reads a file or holds a rule.

Reading order: a ``Paper`` is one source with its text and what it is (``Identity``); matching finds
``Evidence`` in it; judging turns evidence into one ``Finding`` per requirement; all of it together is an
``Analysis``, the unit of work that any process can carry out and hand back.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.document import Document, Locator, Notice, Outcome

__all__ = [
    "Analysis",
    "Assertion",
    "Evidence",
    "Finding",
    "Identity",
    "Kind",
    "Level",
    "Member",
    "NearMiss",
    "Slot",
    "SlotName",
    "State",
    "Tier",
    "chain",
]


class Kind(enum.StrEnum):
    """What a paper is (报送件类别)."""

    WORK_PLAN = "work_plan"
    SELF_CHECK = "self_check"
    CHAMBER_PLAN = "chamber_plan"
    APPLICATION = "application"
    EVIDENCE = "evidence"
    TRANSMITTAL = "transmittal"
    OTHER = "other"

    @property
    def is_judged(self) -> bool:
        """Whether papers of this kind are held against the requirements."""
        return self in (Kind.WORK_PLAN, Kind.SELF_CHECK)


class Tier(enum.StrEnum):
    """How firmly the notice asks for a plan element (domain.md 1.3)."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"


class State(enum.StrEnum):
    """What a paper shows for one requirement."""

    COVERED = "covered"
    HOLLOW = "hollow"
    LACKING = "lacking"
    ABSENT = "absent"
    UNCLEAR = "unclear"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_gap(self) -> bool:
        """Whether an inspector has to ask for more."""
        return self in (State.HOLLOW, State.LACKING, State.ABSENT)


class Level(enum.IntEnum):
    """How substantial the evidence is; cumulative, 2 and up is ``covered``."""

    NOTHING = 0
    SLOGAN = 1
    ACT = 2
    SPECIFIC = 3
    BACKED = 4


class Assertion(enum.StrEnum):
    """Who says what about it: the ConText idea of cue, scope and terminator."""

    DONE = "done"
    PLANNED = "planned"
    LACKING = "lacking"
    INSTRUCTED = "instructed"
    OTHER_BODY = "other_body"

    @property
    def is_own(self) -> bool:
        """Whether the unit speaks of its own doing (or failing)."""
        return self in (Assertion.DONE, Assertion.PLANNED, Assertion.LACKING)


class SlotName(enum.StrEnum):
    """What makes a measure checkable."""

    WHO = "who"
    WHEN = "when"
    HOW_MUCH = "how_much"
    HOW = "how"


@dataclass(frozen=True, slots=True)
class Slot:
    """One filled slot: ``text`` stands at ``start:end`` of the quote."""

    name: SlotName
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a paper that speak of one requirement.

    ``quote`` is an exact substring of the stored text at ``locator``.  ``cue`` is what proposed it (a
    rubric cue or the learned matcher's strongest features), ``why`` a Chinese sentence for the reader,
    ``confidence`` between 0 and 1.
    """

    requirement: str
    quote: str
    locator: Locator
    assertion: Assertion
    level: Level
    confidence: float
    cue: str
    why: str
    slots: tuple[Slot, ...] = ()
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A passage that came close but does not count, and why not."""

    quote: str
    locator: Locator
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The machine's draft verdict on one requirement in one paper; a person decides.

    ``evidence`` is ordered, the deciding piece first.
    """

    requirement: str
    state: State
    level: Level
    why: str
    assertion: Assertion | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Which unit a paper is from, what it is and its date, each with reasons.

    ``doubts`` are questions for a person, in Chinese; a field in doubt holds the likeliest value or None.
    """

    unit: str | None = None
    kind: Kind = Kind.OTHER
    date: dt.date | None = None
    title: str = ""
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file that came out of another one and is to be read by itself; its name begins with the other's."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything the machine made of one source; picklable, so any process can produce it.

    ``members`` came out of it and are read by themselves; ``withheld`` are those that did not come out, each
    with the reason.  ``containers`` are the names of the files it came out of itself, outermost first; only
    the store knows them.
    """

    name: str
    sha256: str
    size: int
    outcome: Outcome
    notices: tuple[Notice, ...] = ()
    document: Document | None = None
    identity: Identity = Identity()
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    members: tuple[Member, ...] = ()
    withheld: tuple[Analysis, ...] = ()
    containers: tuple[str, ...] = ()

    @property
    def chain(self) -> str:
        """The way to it as a person would open it: ``邮件.eml › 附件.zip › 方案.doc``."""
        return chain(self.name, self.containers)


def chain(name: str, containers: Sequence[str]) -> str:
    """Return a source's name with the files it came out of told apart from folders.

    >>> chain("邮件.eml/附件.zip/区/方案.doc", ("邮件.eml", "邮件.eml/附件.zip"))
    '邮件.eml › 附件.zip › 区/方案.doc'
    """
    steps = [*containers, name]
    return " › ".join((*steps[:1], *(inner[len(outer) + 1 :] for outer, inner in pairwise(steps))))
