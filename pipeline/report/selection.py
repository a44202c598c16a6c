"""Which paper speaks for a unit when several of a kind were sent, and what became of the others."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from extractors.document import Outcome
from pipeline.model import Analysis, Kind, State

__all__ = ["Placed", "Role", "place"]


class Role(enum.StrEnum):
    """The part a file plays in the report."""

    JUDGED = "评定依据"
    DUPLICATE = "重复件"
    CARRIER = "同稿的另一格式"
    VERSION = "另一版本"
    UNREAD = "未能评定"
    LISTED = "只登记，不逐项评定"


@dataclass(frozen=True, slots=True)
class Placed:
    """One file, its part, and the file it stands beside (the one judged, or the one it repeats)."""

    analysis: Analysis
    role: Role
    beside: str = ""


def place(analyses: Iterable[Analysis], units: Collection[str]) -> tuple[Placed, ...]:
    """Give every file its part; none is left out.

    ``units`` are the ids the rubric knows.  Papers of unknown units are judged one by one, because
    nothing says that they belong together.
    """
    groups: dict[tuple[str, Kind], list[Analysis]] = {}
    for analysis in sorted(analyses, key=_depth_and_name):
        unit = analysis.identity.unit if analysis.identity.unit in units else None
        groups.setdefault((unit or "", analysis.identity.kind), []).append(analysis)
    return tuple(
        placed
        for (unit, kind), group in groups.items()
        for placed in _place_group(group, is_one_submission=bool(unit) and kind.is_judged)
    )


def _depth_and_name(analysis: Analysis) -> tuple[int, str, str]:
    """Loose files before members of archives: of two equal files the nearer one is shown."""
    return analysis.name.count("/"), analysis.name, analysis.sha256


def _place_group(group: Sequence[Analysis], *, is_one_submission: bool) -> Iterator[Placed]:
    firsts: dict[str, Analysis] = {}
    for analysis in group:
        firsts.setdefault(analysis.sha256, analysis)
    readable = [analysis for analysis in firsts.values() if analysis.findings]
    chosen = max(readable, key=_rank) if is_one_submission and readable else None
    for analysis in group:
        first = firsts[analysis.sha256]
        if first is not analysis:
            yield Placed(analysis, Role.DUPLICATE, first.name)
        elif chosen is not None and analysis is not chosen and analysis.findings:
            yield Placed(analysis, _beside(analysis, chosen), chosen.name)
        else:
            yield Placed(analysis, _alone(analysis))


def _alone(analysis: Analysis) -> Role:
    if analysis.findings:
        return Role.JUDGED
    if analysis.identity.kind.is_judged:
        return Role.UNREAD
    return Role.LISTED


def _beside(analysis: Analysis, chosen: Analysis) -> Role:
    """Tell a second carrier (docx and its stamped pdf) from another version by name and date."""
    ours, theirs = PurePosixPath(analysis.name), PurePosixPath(chosen.name)
    same_date = analysis.identity.date == chosen.identity.date
    if same_date and ours.stem == theirs.stem and ours.suffix.lower() != theirs.suffix.lower():
        return Role.CARRIER
    return Role.VERSION


_FINAL_WORDS = ("定稿", "终稿", "最终", "正式", "印发")
_DRAFT_WORDS = ("初稿", "草稿", "草案", "征求意见", "讨论稿", "旧")


#: Formats that hold a printed page; of two carriers the editable one is read, the stamped one kept
#: (domain.md 3.2).
_PRINTED = (".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp")


def _rank(analysis: Analysis) -> tuple[dt.date, int, bool, int, bool, int, str]:
    """Order the papers of one kind: latest date, then the name's own claim, then the fullest reading."""
    name = PurePosixPath(analysis.name).name
    finality = any(word in name for word in _FINAL_WORDS) - any(word in name for word in _DRAFT_WORDS)
    states = [finding.state for finding in analysis.findings]
    return (
        analysis.identity.date or dt.date.min,
        finality,
        analysis.outcome is Outcome.OK,
        -states.count(State.UNCLEAR),
        not name.lower().endswith(_PRINTED),
        states.count(State.COVERED),
        analysis.name,
    )
