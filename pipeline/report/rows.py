"""One paper's findings as rows: every requirement of the rubric has one, whatever the store holds."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.messages import level_name, state_name
from pipeline.model import Analysis, Finding, Level, State
from pipeline.report.names import group_name
from pipeline.report.passage import of_evidence, of_near_miss
from pipeline.report.view import FindingRow
from pipeline.rubric import Rubric

__all__ = ["finding_rows"]

_PASSAGES_SHOWN = 3


def finding_rows(analysis: Analysis, rubric: Rubric, anchor: str) -> Iterator[FindingRow]:
    """Yield a row for each requirement the paper is held against, in the rubric's order.

    A requirement without a finding becomes 待核, and a finding whose requirement the rubric no longer has
    follows at the end, so that nothing disappears when the rubric has changed since the paper was judged.
    """
    findings = {finding.requirement: finding for finding in analysis.findings}
    for need in rubric.needs(analysis.identity.kind):
        yield _row(findings.pop(need.id, _not_judged(need.id)), rubric, anchor)
    for finding in findings.values():
        yield _row(finding, rubric, anchor)


def _not_judged(requirement: str) -> Finding:
    why = "这一项还没有评定结论（评价标准可能改过），请重新运行 wuhao run"
    return Finding(requirement, State.UNCLEAR, Level.NOTHING, why, confidence=0.0)


def _row(finding: Finding, rubric: Rubric, anchor: str) -> FindingRow:
    need = rubric.by_id.get(finding.requirement)
    return FindingRow(
        anchor=f"{anchor}-{finding.requirement}",
        requirement=finding.requirement,
        name=need.name if need else "现行评价标准里没有这一项",
        group=group_name(need, rubric) if need else "",
        clause=need.clause if need else "",
        advice=need.advice if need else "",
        state=finding.state,
        level=finding.level,
        why=finding.why,
        state_name=state_name(finding.state),
        level_name=level_name(finding.level),
        passages=tuple(of_evidence(piece) for piece in finding.evidence[:_PASSAGES_SHOWN]),
        near_misses=tuple(of_near_miss(miss) for miss in finding.near_misses),
        further_places=tuple(str(piece.locator) for piece in finding.evidence[_PASSAGES_SHOWN:]),
    )
