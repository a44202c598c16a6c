"""The campaign on the terminal: one aligned line a unit, then the total."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.report.cells import padded, width_of
from pipeline.report.names import short_kind
from pipeline.report.tally import Tally
from pipeline.report.view import CampaignView, PaperView, Standing, UnitView

__all__ = ["status_lines"]

_IDS_SHOWN = 8


def status_lines(view: CampaignView) -> tuple[str, ...]:
    """Return the lines of ``wuhao status``: 舞阳县  方案 具备31 空泛6 … │ 自查 …  缺: C3.4、P9….

    Columns line up on a terminal where a Chinese character is two cells wide.
    """
    totals = {kind: view.tally_of(kind) for kind in view.kinds}
    rows = [
        [unit.short_name, *(_counts(paper, totals[paper.kind]) for paper in unit.papers), _missing(unit)]
        for unit in view.units
    ]
    if rows:
        rows.append(["合计", *(f"{short_kind(kind)} {tally}" for kind, tally in totals.items()), ""])
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    return tuple(_line(row, widths).rstrip() for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *papers, missing = (padded(text, width) for text, width in zip(row, widths, strict=True))
    return f"{name}  {' │ '.join(papers)}  {missing}"


def _counts(paper: PaperView, total: Tally) -> str:
    """Each count as wide as in the total below it, so that equal states stand under each other."""
    if paper.standing is not Standing.JUDGED:
        return f"{paper.short_name} {paper.standing}"
    counts = zip(paper.tally.words, total.words, strict=False)
    return f"{paper.short_name} " + " ".join(padded(word, width_of(widest)) for word, widest in counts)


def _missing(unit: UnitView) -> str:
    ids = unit.missing_ids
    if not ids:
        return ""
    rest = f" 等{len(ids)}项" if len(ids) > _IDS_SHOWN else ""
    return f"缺: {', '.join(ids[:_IDS_SHOWN])}{rest}"
