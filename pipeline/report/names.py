"""What units, papers, groups and pages are called in a report."""

from __future__ import annotations

import datetime as dt

from pipeline.messages import kind_name
from pipeline.model import Kind, Tier
from pipeline.rubric import Requirement, Rubric

__all__ = ["UNKNOWN_UNIT", "day", "group_name", "page_name", "short_kind", "short_unit"]

UNKNOWN_UNIT = "未识别单位"
_SHORT_KINDS = {Kind.WORK_PLAN: "方案", Kind.SELF_CHECK: "自查"}
_TIERS = {
    Tier.R1: "R1 通知点名的内容",
    Tier.R2: "R2 通知点名的程序",
    Tier.R3: "R3 工作要求，只作建议",
}
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


def short_unit(name: str) -> str:
    """Return a unit's name without the words that all units share.

    >>> short_unit("舞阳县工商联")
    '舞阳县'
    """
    return name.removesuffix("工商业联合会").removesuffix("工商联") or name


def short_kind(kind: Kind) -> str:
    """Return 方案 or 自查, as columns and the status line call the two papers."""
    return _SHORT_KINDS.get(kind, kind_name(kind))


def group_name(need: Requirement, rubric: Rubric) -> str:
    """Return where a requirement belongs: one of the five goods, a key task, or how firmly it is asked."""
    criteria = {criterion.id: criterion.name for criterion in rubric.criteria}
    parts = [
        criteria.get(need.criterion or "", ""),
        f"重点工作{need.key_task}" if need.key_task else "",
        _TIERS[need.tier] if need.tier else "",
    ]
    return " · ".join(part for part in parts if part)


def day(date: dt.date) -> str:
    """Return a date as Chinese papers write it.

    >>> day(dt.date(2015, 5, 28))
    '2015年5月28日'
    """
    return f"{date.year}年{date.month}月{date.day}日"
