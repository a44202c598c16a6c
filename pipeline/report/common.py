"""Requirements that many units leave open: what the city may have to explain once for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model import Kind
from pipeline.report.names import group_name
from pipeline.report.tally import Share
from pipeline.report.view import CommonGap, FindingRow, KindShare, PaperView, UnitView
from pipeline.rubric import Requirement, Rubric

__all__ = ["common_gaps"]


def common_gaps(units: Sequence[UnitView], rubric: Rubric) -> tuple[CommonGap, ...]:
    """Return what is open in at least one judged paper, most common first, then in the rubric's order."""
    by_need: dict[str, list[_Judged]] = {}
    for unit in units:
        for paper in unit.papers:
            for row in paper.rows:
                by_need.setdefault(row.requirement, []).append((unit, paper, row))
    found = (_common_gap(need, by_need.get(need.id, ()), rubric) for need in rubric.requirements)
    return tuple(sorted((gap for gap in found if gap.total.part), key=lambda gap: -gap.total.part))


_Judged = tuple[UnitView, PaperView, FindingRow]


def _common_gap(need: Requirement, judged: Sequence[_Judged], rubric: Rubric) -> CommonGap:
    kinds = tuple(_kind_share(kind, judged) for kind in need.applies_to if kind.is_judged)
    return CommonGap(
        requirement=need.id,
        name=need.name,
        group=group_name(need, rubric),
        total=Share(sum(one.share.part for one in kinds), sum(one.share.whole for one in kinds)),
        kinds=kinds,
    )


def _kind_share(kind: Kind, judged: Iterable[_Judged]) -> KindShare:
    of_kind = [one for one in judged if one[1].kind is kind]
    open_units = tuple(unit.short_name for unit, _, row in of_kind if row.state.is_gap)
    return KindShare(kind, Share(len(open_units), len(of_kind)), open_units)
