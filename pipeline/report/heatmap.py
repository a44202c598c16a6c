"""The unit × requirement picture as plain geometry: what stands where; the template only draws it.

Each unit has a pair of rows (方案, 自查).  Columns are grouped under the criteria; the last group holds
what only one kind of paper owes (P for plans, Z for self-checks), each row using its own columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Kind, State
from pipeline.report.names import short_kind
from pipeline.report.tally import Tally
from pipeline.report.view import PaperView, Standing, UnitView
from pipeline.rubric import Requirement, Rubric

__all__ = ["Column", "Group", "HeatMap", "Mark", "Row", "UnitLabel", "heat_maps"]

CELL = 18
_GROUP_GAP = 10
_UNIT_GAP = 8
_LEFT = 144
_RIGHT = 84
_HEAD = 52
#: One drawing never spans a printed page: browsers cannot break inside an svg.
_UNITS_A_DRAWING = 16


@dataclass(frozen=True, slots=True)
class Column:
    """One requirement's place; columns of the last group differ from kind to kind."""

    x: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """A run of columns with a heading."""

    x: int
    width: int
    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One state at one place, linked to its row in the unit's page."""

    x: int
    symbol: str
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paper of one unit; ``blank`` is written across it when there is nothing to show."""

    y: int
    label: str
    href: str
    marks: tuple[Mark, ...]
    blank: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """A unit's name beside its rows."""

    y: int
    height: int
    name: str
    full_name: str
    href: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """One drawing of up to sixteen units."""

    width: int
    height: int
    left: int
    right: int
    groups: tuple[Group, ...]
    labels: tuple[UnitLabel, ...]
    rows: tuple[Row, ...]


def heat_maps(units: Sequence[UnitView], rubric: Rubric) -> Iterator[HeatMap]:
    """Yield the drawings that together show all units."""
    places, groups = _columns(rubric)
    for first in range(0, len(units), _UNITS_A_DRAWING):
        yield _drawing(units[first : first + _UNITS_A_DRAWING], places, groups)


_Places = dict[tuple[Kind, str], int]


def _columns(rubric: Rubric) -> tuple[_Places, tuple[Group, ...]]:
    """Lay the requirements out from left to right."""
    kinds = [kind for kind in Kind if kind.is_judged]
    places: _Places = {}
    groups: list[Group] = []
    x = _LEFT
    for criterion in rubric.criteria:
        needs = [need for need in rubric.requirements if need.criterion == criterion.id]
        if not needs:
            continue
        places |= {(kind, need.id): x + CELL * i for i, need in enumerate(needs) for kind in need.applies_to}
        groups.append(_group(x, f"{criterion.id} {criterion.name}", needs))
        x += CELL * len(needs) + _GROUP_GAP
    own = {kind: [need for need in rubric.needs(kind) if need.criterion is None] for kind in kinds}
    longest = max(own.values(), key=len)
    if longest:
        places |= {
            (kind, need.id): x + CELL * i for kind, needs in own.items() for i, need in enumerate(needs)
        }
        title = " / ".join(f"{short_kind(kind)}要素{needs[0].id[0]}" for kind, needs in own.items() if needs)
        groups.append(_own_group(x, title, own))
    return places, tuple(groups)


def _group(x: int, title: str, needs: Sequence[Requirement]) -> Group:
    columns = tuple(
        Column(x + CELL * i, need.id.rpartition(".")[2], f"{need.id} {need.name}")
        for i, need in enumerate(needs)
    )
    return Group(x, CELL * len(needs), title, columns)


def _own_group(x: int, title: str, own: dict[Kind, list[Requirement]]) -> Group:
    """The last group: one column for the first P and the first Z, and so on."""
    count = max(len(needs) for needs in own.values())
    columns = tuple(
        Column(
            x + CELL * i,
            str(i + 1),
            "；".join(f"{needs[i].id} {needs[i].name}" for needs in own.values() if i < len(needs)),
        )
        for i in range(count)
    )
    return Group(x, CELL * count, title, columns)


def _drawing(units: Sequence[UnitView], places: _Places, groups: tuple[Group, ...]) -> HeatMap:
    right = max((group.x + group.width for group in groups), default=_LEFT)
    labels: list[UnitLabel] = []
    rows: list[Row] = []
    y = _HEAD
    for unit in units:
        href = f"units/{unit.page}"
        height = CELL * len(unit.papers)
        labels.append(UnitLabel(y, height, shortened_name(unit.short_name), unit.name, href))
        rows.extend(_row(unit, paper, y + CELL * i, places) for i, paper in enumerate(unit.papers))
        y += height + _UNIT_GAP
    return HeatMap(right + _RIGHT, y, _LEFT, right, groups, tuple(labels), tuple(rows))


def _row(unit: UnitView, paper: PaperView, y: int, places: _Places) -> Row:
    href = f"units/{unit.page}#{paper.anchor}"
    marks = tuple(
        Mark(
            x=places[paper.kind, row.requirement],
            symbol=symbol_of(row.state, row.level),
            href=f"units/{unit.page}#{row.anchor}",
            title=f"{unit.short_name} {paper.kind_name} {row.requirement} {row.name}：{row.state_name}"
            + (f"（{row.level_name}）" if row.state is State.COVERED else ""),
        )
        for row in paper.rows
        if (paper.kind, row.requirement) in places
    )
    blank = "" if paper.standing is Standing.JUDGED else paper.standing_text
    return Row(y, paper.short_name, href, marks, blank, paper.tally)


def symbol_of(state: State, level: int) -> str:
    """Return the id of the drawing for a state; 具备 grows darker with its level."""
    return f"m-{state}-{max(2, level)}" if state is State.COVERED else f"m-{state}"


def shortened_name(name: str) -> str:
    """Return a unit's name cut to what fits beside the rows; the tooltip has all of it."""
    return name if len(name) <= 8 else f"{name[:7]}…"
