"""The list of all files as received, each with what became of it and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.messages import kind_name, next_step, notice_text, outcome_name
from pipeline.model import Analysis
from pipeline.report.names import UNKNOWN_UNIT, page_name
from pipeline.report.selection import Placed, Role
from pipeline.report.view import FileRow
from pipeline.rubric import Rubric

__all__ = ["file_rows"]


def file_rows(placed: Sequence[Placed], rubric: Rubric) -> tuple[FileRow, ...]:
    """Return one row a file, in the order given, numbered from 1."""
    same: dict[str, list[str]] = {}
    for one in placed:
        same.setdefault(one.analysis.sha256, []).append(one.analysis.name)
    names = {unit.id: unit.name for unit in rubric.units}
    return tuple(
        _file_row(number, one, names, same[one.analysis.sha256]) for number, one in enumerate(placed, start=1)
    )


def _file_row(number: int, placed: Placed, names: dict[str, str], same: Sequence[str]) -> FileRow:
    analysis = placed.analysis
    unit = analysis.identity.unit if analysis.identity.unit in names else None
    return FileRow(
        number=number,
        name=analysis.name,
        sha256=analysis.sha256,
        size=analysis.size,
        unit_id=unit,
        unit=names[unit] if unit else UNKNOWN_UNIT,
        page=page_name(unit),
        kind=analysis.identity.kind,
        kind_name=kind_name(analysis.identity.kind),
        title=analysis.identity.title,
        date=analysis.identity.date,
        outcome=analysis.outcome,
        outcome_name=outcome_name(analysis.outcome),
        next_step=next_step(analysis.outcome),
        role=placed.role,
        role_text=_role_text(placed),
        notices=_notices(analysis),
        doubts=analysis.identity.doubts,
        reasons=analysis.identity.reasons,
        twins=tuple(name for name in dict.fromkeys(same) if name not in (analysis.name, placed.beside)),
    )


def _role_text(placed: Placed) -> str:
    if placed.role is Role.DUPLICATE:
        return f"重复件：与《{placed.beside}》逐字节相同，只评一次"
    if placed.role is Role.CARRIER:
        return f"与《{placed.beside}》同名同日期、格式不同，未另评"
    if placed.role is Role.VERSION:
        return f"另一版本，已按《{placed.beside}》评定"
    return placed.role.value


def _notices(analysis: Analysis) -> tuple[str, ...]:
    """Each notice once; a file can repeat the same one hundreds of times."""
    return tuple(dict.fromkeys(notice_text(notice) for notice in analysis.notices))
