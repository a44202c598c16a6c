"""Analyses and a rubric in, the view of the whole campaign out: pure, the clock is handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from pipeline.model import Analysis, Kind
from pipeline.report.registry import file_rows
from pipeline.report.rows import finding_rows
from pipeline.report.selection import Role, place
from pipeline.report.tally import Share, Tally
from pipeline.report.view import (
    CampaignView,
    CommonGap,
    FileRow,
    KindShare,
    PaperView,
    Standing,
    UnitView,
)
from pipeline.report.words import kind_name
from pipeline.rubric import Requirement, Rubric, Unit

__all__ = ["campaign_view", "short_kind", "short_unit"]

_SHORT_KINDS = {Kind.WORK_PLAN: "方案", Kind.SELF_CHECK: "自查"}
_UNKNOWN_NAME = "未识别单位"


def campaign_view(analyses: Sequence[Analysis], rubric: Rubric, *, generated: dt.datetime) -> CampaignView:
    """Return everything the reports print, every file included."""
    placed = place(analyses, {unit.id for unit in rubric.units})
    files = file_rows(placed, rubric)
    by_name = {(analysis.name, analysis.sha256): analysis for analysis in analyses}
    findings = {file.number: by_name[file.name, file.sha256] for file in files}
    strays = tuple(file for file in files if file.unit_id is None)
    units = tuple(
        _unit_view(unit, [file for file in files if file.unit_id == unit.id], findings, rubric, len(strays))
        for unit in rubric.units
    )
    return CampaignView(
        title=rubric.title,
        issuer=rubric.program.issuer,
        rubric=rubric.id,
        rubric_status=rubric.status,
        rubric_hash=rubric.hash[:12],
        generated=generated,
        units=units,
        unknown=_unknown_view(strays, findings, rubric) if strays else None,
        files=files,
        common_gaps=tuple(_common_gaps(units, rubric)),
    )


def short_kind(kind: Kind) -> str:
    """Return 方案 or 自查, as columns and status lines call the two papers."""
    return _SHORT_KINDS.get(kind, kind_name(kind))


def short_unit(name: str) -> str:
    """Return a unit's name without the words that all units share.

    >>> short_unit("舞阳县工商联")
    '舞阳县'
    """
    return name.removesuffix("工商业联合会").removesuffix("工商联") or name


def _judged_kinds(rubric: Rubric) -> tuple[Kind, ...]:
    return tuple(kind for kind in Kind if kind.is_judged and rubric.needs(kind))


def _unit_view(
    unit: Unit, files: Sequence[FileRow], findings: dict[int, Analysis], rubric: Rubric, strays: int
) -> UnitView:
    papers = tuple(
        _paper_of(kind, [file for file in files if file.kind is kind], findings, rubric, strays)
        for kind in _judged_kinds(rubric)
    )
    return UnitView(
        id=unit.id,
        name=unit.name,
        short_name=short_unit(unit.name),
        page=page_name(unit.id),
        papers=papers,
        files=tuple(files),
        status=unit.status,
        duty=unit.duty,
        deadline=_deadline(unit),
    )


def _paper_of(
    kind: Kind, files: Sequence[FileRow], findings: dict[int, Analysis], rubric: Rubric, strays: int
) -> PaperView:
    judged = next((file for file in files if file.role is Role.JUDGED), None)
    if judged:
        others = tuple(file for file in files if file is not judged)
        return _judged_paper(kind, kind.value, judged, others, findings[judged.number], rubric)
    standing = Standing.UNREAD if files else Standing.MISSING
    note = _unread_note(files) if files else _missing_note(kind, strays)
    return PaperView(
        anchor=kind.value,
        kind=kind,
        kind_name=kind_name(kind),
        short_name=short_kind(kind),
        standing=standing,
        note=note,
        file=files[0] if files else None,
        others=tuple(files[1:]),
    )


def _judged_paper(
    kind: Kind, anchor: str, file: FileRow, others: tuple[FileRow, ...], analysis: Analysis, rubric: Rubric
) -> PaperView:
    rows = tuple(finding_rows(analysis, rubric, anchor))
    return PaperView(
        anchor=anchor,
        kind=kind,
        kind_name=kind_name(kind),
        short_name=short_kind(kind),
        standing=Standing.JUDGED,
        note=_judged_note(file, others),
        file=file,
        rows=rows,
        others=others,
        tally=Tally.of(row.state for row in rows),
    )


def _judged_note(file: FileRow, others: tuple[FileRow, ...]) -> str:
    note = f"依据《{file.name}》评定，日期：{file.date_text}。"
    if not others:
        return note
    return (
        f"{note}同类材料另有{len(others)}件，列在下面；本报告取日期最新、内容最全的一件，如应以另一件为准，请核定。"
    )


def _unread_note(files: Sequence[FileRow]) -> str:
    return "；".join(f"收到《{file.name}》，但未能评定：{file.next_step or file.outcome_name}" for file in files)


def _missing_note(kind: Kind, strays: int) -> str:
    note = f"在本次收到的材料里没有找到{kind_name(kind)}。"
    doubt = f"另有{strays}件材料未识别出单位，其中可能有本单位的，请先查看“{_UNKNOWN_NAME}”页。"
    return note + doubt if strays else note


def _unknown_view(strays: tuple[FileRow, ...], findings: dict[int, Analysis], rubric: Rubric) -> UnitView:
    """Judge papers of unknown units one by one: nothing says that two of them belong together."""
    judged = [file for file in strays if file.role is Role.JUDGED]
    return UnitView(
        id="",
        name=_UNKNOWN_NAME,
        short_name=_UNKNOWN_NAME,
        page=page_name(None),
        papers=tuple(
            _judged_paper(file.kind, f"paper{file.number}", file, (), findings[file.number], rubric)
            for file in judged
        ),
        files=strays,
    )


#: Names that Windows keeps for devices; a page of that name could not be written there.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def page_name(unit_id: str | None) -> str:
    """Return the file name of a unit's page; it comes from the rubric's id only, never from a submission.

    >>> page_name("wuyang"), page_name(None)
    ('wuyang.html', '_unknown.html')
    """
    if unit_id is None:
        return "_unknown.html"
    return f"_{unit_id}.html" if unit_id in _DEVICES else f"{unit_id}.html"


def _deadline(unit: Unit) -> str:
    if unit.deadline is None:
        return ""
    text = _day(unit.deadline)
    latest = unit.deadline_latest_reading
    return f"{text}（按宽的读法为{_day(latest)}）" if latest and latest != unit.deadline else text


def _day(date: dt.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def _common_gaps(units: Sequence[UnitView], rubric: Rubric) -> Iterator[CommonGap]:
    """Yield requirements open in at least one paper, the most common first, then in the rubric's order."""
    found = [_common_gap(need, units, rubric) for need in rubric.requirements]
    yield from sorted((gap for gap in found if gap.total.part), key=lambda gap: (-gap.total.part, -gap.rate))


def _common_gap(need: Requirement, units: Sequence[UnitView], rubric: Rubric) -> CommonGap:
    kinds = tuple(
        _kind_share(need, kind, units) for kind in _judged_kinds(rubric) if kind in need.applies_to
    )
    total = Share(sum(one.share.part for one in kinds), sum(one.share.whole for one in kinds))
    return CommonGap(need.id, need.name, group_of(need, rubric), total, kinds)
