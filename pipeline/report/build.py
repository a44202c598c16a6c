"""Analyses and a rubric in, the view of the whole campaign out: pure, the clock is handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.messages import kind_name
from pipeline.model import Analysis, Kind
from pipeline.report.common import common_gaps
from pipeline.report.names import UNKNOWN_UNIT, day, page_name, short_kind, short_unit
from pipeline.report.registry import file_rows
from pipeline.report.rows import finding_rows
from pipeline.report.selection import Placed, Role, place
from pipeline.report.tally import Tally
from pipeline.report.view import CampaignView, FileRow, FindingRow, PaperView, Standing, UnitView
from pipeline.rubric import Rubric, Unit

__all__ = ["campaign_view"]


def campaign_view(analyses: Sequence[Analysis], rubric: Rubric, *, generated: dt.datetime) -> CampaignView:
    """Return everything the reports print; no file is left out, whatever order they come in."""
    placed = _in_order(place(analyses, {unit.id for unit in rubric.units}), rubric)
    files = file_rows(placed, rubric)
    by_unit: dict[str | None, list[FileRow]] = {}
    for file in files:
        by_unit.setdefault(file.unit_id, []).append(file)
    rows = {
        file.number: tuple(finding_rows(one.analysis, rubric, _anchor(file)))
        for file, one in zip(files, placed, strict=True)
        if one.analysis.findings
    }
    builder = _Builder(rubric, by_unit, rows)
    units = tuple(builder.unit(unit) for unit in rubric.units)
    return CampaignView(
        title=rubric.title.removesuffix("评价标准"),
        issuer=rubric.program.issuer,
        rubric=rubric.id,
        rubric_status=rubric.status,
        rubric_hash=rubric.hash[:12],
        generated=generated,
        units=units,
        unknown=builder.unknown() if None in by_unit else None,
        files=files,
        conclusions=tuple((file, rows[file.number]) for file in files if file.number in rows),
        common_gaps=common_gaps(units, rubric),
    )


def _in_order(placed: Sequence[Placed], rubric: Rubric) -> tuple[Placed, ...]:
    """Sort files by unit as the rubric lists them, then by kind and name; unknown units last."""
    ranks = {unit.id: rank for rank, unit in enumerate(rubric.units)}
    kinds = list(Kind)

    def key(one: Placed) -> tuple[int, int, str, str]:
        identity = one.analysis.identity
        rank = ranks.get(identity.unit or "", len(ranks))
        return rank, kinds.index(identity.kind), one.analysis.name, one.analysis.sha256

    return tuple(sorted(placed, key=key))


@dataclass(frozen=True, slots=True)
class _Builder:
    """The rubric, all files by unit, and the rows of every judged file by its number."""

    rubric: Rubric
    by_unit: Mapping[str | None, Sequence[FileRow]]
    rows: Mapping[int, tuple[FindingRow, ...]]

    @property
    def strays(self) -> tuple[FileRow, ...]:
        """Files of which nobody can say yet which unit sent them."""
        return tuple(self.by_unit.get(None, ()))

    def unit(self, unit: Unit) -> UnitView:
        """Return the view of one unit; a unit that sent nothing has one too."""
        files = tuple(self.by_unit.get(unit.id, ()))
        kinds = (kind for kind in Kind if kind.is_judged and self.rubric.needs(kind))
        return UnitView(
            id=unit.id,
            name=unit.name,
            short_name=short_unit(unit.name),
            page=page_name(unit.id),
            papers=tuple(self._paper(kind, [file for file in files if file.kind is kind]) for kind in kinds),
            files=files,
            status=unit.status,
            duty=unit.duty,
            deadline=_deadline(unit),
        )

    def unknown(self) -> UnitView:
        """Return papers of unknown units, judged one by one: nothing says that two belong together."""
        judged = [file for file in self.strays if file.role is Role.JUDGED]
        return UnitView(
            id="",
            name=UNKNOWN_UNIT,
            short_name=UNKNOWN_UNIT,
            page=page_name(None),
            papers=tuple(self._judged(file, ()) for file in judged),
            files=self.strays,
        )

    def _paper(self, kind: Kind, files: Sequence[FileRow]) -> PaperView:
        judged = next((file for file in files if file.role is Role.JUDGED), None)
        if judged:
            return self._judged(judged, tuple(file for file in files if file is not judged))
        return PaperView(
            anchor=kind.value,
            kind=kind,
            kind_name=kind_name(kind),
            short_name=short_kind(kind),
            standing=Standing.UNREAD if files else Standing.MISSING,
            note=_unread_note(files) if files else _missing_note(kind, len(self.strays)),
            others=tuple(files),
        )

    def _judged(self, file: FileRow, others: tuple[FileRow, ...]) -> PaperView:
        rows = self.rows[file.number]
        return PaperView(
            anchor=_anchor(file),
            kind=file.kind,
            kind_name=kind_name(file.kind),
            short_name=short_kind(file.kind),
            standing=Standing.JUDGED,
            note=_judged_note(file, others),
            file=file,
            rows=rows,
            others=others,
            tally=Tally.of(row.state for row in rows),
        )


def _anchor(file: FileRow) -> str:
    """Name a paper's place in its page; only one paper of a kind is shown there when the unit is known."""
    if file.unit_id and file.role is Role.JUDGED:
        return file.kind.value
    return f"file{file.number}"


def _judged_note(file: FileRow, others: tuple[FileRow, ...]) -> str:
    note = f"依据《{file.name}》评定，落款日期：{file.date_text}。"
    if not others:
        return note
    rule = "本报告只取一件：日期最新的；日期相同的，取定稿、内容最全的。如应以另一件为准，请核定。"
    return f"{note}同类材料另有{len(others)}件，列在下面。{rule}"


def _unread_note(files: Sequence[FileRow]) -> str:
    reasons = (f"（{file.outcome_name}）。{file.next_step}" if file.next_step else "。" for file in files)
    pairs = zip(files, reasons, strict=True)
    return "".join(f"收到《{file.name}》，但未能评定{reason}" for file, reason in pairs)


def _missing_note(kind: Kind, strays: int) -> str:
    note = f"在本次收到的材料里没有找到{kind_name(kind)}。"
    doubt = f"另有{strays}件材料未识别出单位，其中可能有本单位的，请先查看“{UNKNOWN_UNIT}”页。"
    return note + doubt if strays else note


def _deadline(unit: Unit) -> str:
    if unit.deadline is None:
        return ""
    latest = unit.deadline_latest_reading
    if latest is None or latest == unit.deadline:
        return day(unit.deadline)
    return f"{day(unit.deadline)}（通知另一种读法为{day(latest)}）"
