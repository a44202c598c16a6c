"""What a report says, as frozen values: pages, sheets and the status line print these and never count.

Reading order: a ``FindingRow`` is one requirement in one paper; a ``PaperView`` is the plan or the self-check
a unit is judged by; a ``UnitView`` is all that one unit sent; the ``CampaignView`` is the whole city.
``pipeline.report.build`` makes them.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.document import Outcome
from pipeline.model import Kind, Level, State
from pipeline.report.names import day
from pipeline.report.passage import Passage
from pipeline.report.selection import Role
from pipeline.report.tally import Share, Tally

#: What stands in place of counts where nothing was judged.
NO_TALLY = Tally()

__all__ = [
    "CampaignView",
    "CommonGap",
    "FileRow",
    "FindingRow",
    "KindShare",
    "PaperView",
    "Standing",
    "UnitView",
]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One requirement in one paper: asked for where, found what, what to add."""

    anchor: str
    requirement: str
    name: str
    group: str
    clause: str
    advice: str
    state: State
    level: Level
    why: str
    state_name: str
    level_name: str
    passages: tuple[Passage, ...] = ()
    near_misses: tuple[Passage, ...] = ()
    further_places: tuple[str, ...] = ()

    @property
    def deciding(self) -> Passage | None:
        """The words that decided, if any were found."""
        return self.passages[0] if self.passages else None


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as received: nothing that came in is left out of the list."""

    number: int
    name: str
    sha256: str
    size: int
    unit_id: str | None
    unit: str
    page: str
    kind: Kind
    kind_name: str
    title: str
    date: dt.date | None
    outcome: Outcome
    outcome_name: str
    next_step: str
    role: Role
    role_text: str
    notices: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Whether someone has to look at the file itself."""
        return bool(self.doubts) or self.outcome not in (Outcome.OK, Outcome.IGNORED)

    @property
    def date_text(self) -> str:
        """The date as in Chinese papers, or that there is none."""
        return day(self.date) if self.date else "未注明"


class Standing(enum.StrEnum):
    """Whether a unit's plan or self-check could be judged at all."""

    JUDGED = "已评定"
    UNREAD = "已收到，未能评定"
    MISSING = "未收到"


@dataclass(frozen=True, slots=True)
class PaperView:
    """The plan or self-check a unit is judged by; ``others`` are its further versions and carriers."""

    anchor: str
    kind: Kind
    kind_name: str
    short_name: str
    standing: Standing
    note: str
    file: FileRow | None = None
    rows: tuple[FindingRow, ...] = ()
    others: tuple[FileRow, ...] = ()
    tally: Tally = NO_TALLY

    @property
    def standing_text(self) -> str:
        """Where the paper stands, as a phrase: 未收到工作方案."""
        if self.standing is Standing.MISSING:
            return f"{self.standing}{self.kind_name}"
        return f"{self.kind_name}{self.standing}"

    @property
    def gaps(self) -> tuple[FindingRow, ...]:
        """Rows to be dealt with: 未见, 自述缺失, 空泛, then 待核."""
        return tuple(row for state in _GAP_ORDER for row in self.rows if row.state is state)

    @property
    def covered(self) -> tuple[FindingRow, ...]:
        """Rows that are there."""
        return tuple(row for row in self.rows if row.state is State.COVERED)

    @property
    def not_applicable(self) -> tuple[FindingRow, ...]:
        """Rows that do not concern this paper."""
        return tuple(row for row in self.rows if row.state is State.NOT_APPLICABLE)


_GAP_ORDER = (State.ABSENT, State.LACKING, State.HOLLOW, State.UNCLEAR)


@dataclass(frozen=True, slots=True)
class UnitView:
    """Everything one unit sent; ``page`` is the file name of its page under ``units/``."""

    id: str
    name: str
    short_name: str
    page: str
    papers: tuple[PaperView, ...]
    files: tuple[FileRow, ...]
    status: str = ""
    duty: str = ""
    deadline: str = ""

    @property
    def tally(self) -> Tally:
        """Counts over the unit's judged papers."""
        return sum((paper.tally for paper in self.papers), Tally())

    @property
    def missing_ids(self) -> tuple[str, ...]:
        """Requirements 未见 or 自述缺失 in any judged paper, each once."""
        rows = (row for paper in self.papers for row in paper.rows)
        hard = (row.requirement for row in rows if row.state in (State.ABSENT, State.LACKING))
        return tuple(dict.fromkeys(hard))


@dataclass(frozen=True, slots=True)
class KindShare:
    """In how many judged papers of a kind a requirement is a gap, and whose they are."""

    kind: Kind
    share: Share
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommonGap:
    """A requirement that several units leave open."""

    requirement: str
    name: str
    group: str
    total: Share
    kinds: tuple[KindShare, ...]


@dataclass(frozen=True, slots=True)
class CampaignView:
    """The whole campaign: units in the rubric's order, papers of unknown units apart.

    ``conclusions`` holds every finding of every file, further versions and repeats included.
    """

    title: str
    issuer: str
    rubric: str
    rubric_status: str
    rubric_hash: str
    generated: dt.datetime
    units: tuple[UnitView, ...]
    unknown: UnitView | None
    files: tuple[FileRow, ...]
    conclusions: tuple[tuple[FileRow, tuple[FindingRow, ...]], ...]
    common_gaps: tuple[CommonGap, ...]

    @property
    def pages(self) -> tuple[UnitView, ...]:
        """Every unit that has a page, papers of unknown units last."""
        return (*self.units, self.unknown) if self.unknown else self.units

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of papers that every unit owes."""
        return tuple(paper.kind for paper in self.units[0].papers) if self.units else ()

    @property
    def tally(self) -> Tally:
        """Counts over all known units."""
        return sum((unit.tally for unit in self.units), Tally())

    def tally_of(self, kind: Kind) -> Tally:
        """Counts over the papers of one kind of all known units."""
        return sum((paper.tally for paper in self.papers_of(kind)), Tally())

    def papers_of(self, kind: Kind) -> tuple[PaperView, ...]:
        """The papers of one kind, one for each known unit."""
        return tuple(paper for unit in self.units for paper in unit.papers if paper.kind is kind)

    def received(self, kind: Kind) -> Share:
        """How many units sent a paper of this kind, readable or not."""
        papers = self.papers_of(kind)
        return Share(_count(paper.standing is not Standing.MISSING for paper in papers), len(papers))

    @property
    def files_for_person(self) -> int:
        """Files that someone has to look at: not read in full, or with a doubt."""
        return _count(file.needs_person for file in self.files)


def _count(claims: Iterable[bool]) -> int:
    return sum(claims)
