"""What comparing works on and what it returns: papers in, copies, foreign places and conflicts out.

Every finding carries the words it rests on: a ``Passage`` is an exact substring of its paper, so
``document.text_at(passage.locator) == passage.quote``.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from extractors.document import Block, Document, Locator
from pipeline.model import Kind

__all__ = [
    "Aligned",
    "Conflict",
    "ConflictKind",
    "Copy",
    "Copying",
    "Direction",
    "ForeignName",
    "ForeignNameKind",
    "Origin",
    "Paper",
    "PaperId",
    "ParagraphShare",
    "Passage",
    "Swap",
    "reference",
]


@dataclass(frozen=True, slots=True, order=True)
class PaperId:
    """Which file a finding is about; papers sort by it."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Paper:
    """One paper as comparing needs it; ``unit`` is None where it could not be told."""

    name: str
    sha256: str
    unit: str | None
    kind: Kind
    date: dt.date | None
    document: Document

    @property
    def id(self) -> PaperId:
        """The name under which findings speak of this paper."""
        return PaperId(self.name, self.sha256)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a paper and where they stand."""

    quote: str
    locator: Locator


class Origin(enum.StrEnum):
    """Where copied text comes from."""

    REFERENCE = "notice"
    OTHER_UNIT = "other_unit"
    LAST_YEAR = "last_year"


class Direction(enum.StrEnum):
    """Whether the dates tell who copied from whom."""

    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Aligned:
    """The same text in two papers, side by side."""

    here: Passage
    there: Passage


@dataclass(frozen=True, slots=True)
class Swap:
    """A name or figure that was exchanged inside text otherwise kept."""

    here: str
    there: str


@dataclass(frozen=True, slots=True)
class ParagraphShare:
    """How much of one paragraph or table cell is copied; both counts are characters without punctuation."""

    passage: Passage
    copied: int
    characters: int

    @property
    def share(self) -> float:
        """Copied characters over all characters of the paragraph."""
        return self.copied / self.characters


@dataclass(frozen=True, slots=True)
class Copy:
    """Text of ``paper`` that also stands in ``source``.

    All counts are characters without punctuation and spaces.  ``literal`` counts those in runs of eight or
    more equal characters, ``copied`` also counts runs that differ only in names of units and places and in
    figures.  ``own`` is what is left of the paper when text of the reference papers is subtracted (all of it
    where the source is a reference).  With direction UNKNOWN the two papers may stand the other way round.
    ``also`` lists other carriers and versions of either paper, which show the same.
    """

    paper: PaperId
    source: PaperId
    origin: Origin
    direction: Direction
    literal: int
    copied: int
    own: int
    characters: int
    source_characters: int
    paragraphs: tuple[ParagraphShare, ...]
    aligned: tuple[Aligned, ...]
    swaps: tuple[Swap, ...] = ()
    also: tuple[PaperId, ...] = ()
    is_flagged: bool = False

    @property
    def share(self) -> float:
        """Share of the whole paper that stands word for word in the source."""
        return self.literal / self.characters

    @property
    def own_share(self) -> float:
        """Share of the paper's own text, names and figures aside, that stands in the source."""
        return self.copied / self.own


@dataclass(frozen=True, slots=True)
class Copying:
    """Everything found about copied text; ``left_out`` are papers whose unit nobody could tell."""

    copies: tuple[Copy, ...]
    left_out: tuple[PaperId, ...] = ()


class ForeignNameKind(enum.StrEnum):
    """What sort of name does not belong in a unit's own paper."""

    UNIT = "unit"
    COUNTY = "county"
    TOWN = "town"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class ForeignName:
    """Another place's or body's name that stands in a paper as if it were the unit's own.

    ``name`` is its full name, ``owner`` the Chinese words for whose it is (``许昌市``, ``源汇区``).
    """

    paper: PaperId
    kind: ForeignNameKind
    name: str
    owner: str
    why: str
    passages: tuple[Passage, ...]


class ConflictKind(enum.StrEnum):
    """In what way figures do not fit together."""

    SUM = "sum"
    RATIO = "ratio"
    GROWTH = "growth"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one paper that contradict each other: a question for a person, never a deduction.

    ``why`` is a Chinese sentence that says what does not fit; ``stated`` and ``computed`` are the two values
    as a reader would write them.
    """

    paper: PaperId
    kind: ConflictKind
    why: str
    stated: str
    computed: str
    passages: tuple[Passage, ...]


def reference(text: str, number: int = 1) -> Paper:
    """Return a reference paper (通知、省方案) given as text, a paragraph a line.

    Passages of it are found again in ``reference(text).document``.
    """
    lines = [line.strip() for line in text.split("\n")]
    blocks = tuple(
        Block(line, Locator(block=index, number=index + 1, end=len(line)))
        for index, line in enumerate(line for line in lines if line)
    )
    return Paper(f"notice{number}", "", None, Kind.OTHER, None, Document(blocks))
