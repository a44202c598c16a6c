"""Findings as plain lines for other programs: JSON Lines, and CSV that a Chinese Excel opens rightly."""

from __future__ import annotations

import csv as csv_module
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass, replace

from extractors.document import Locator
from pipeline.messages import assertion_name, kind_name, level_name, outcome_name, state_name
from pipeline.model import Analysis, Evidence, Finding
from pipeline.report.printable import formula_safe

__all__ = ["csv", "jsonl"]

#: Half characters cannot be encoded, and the others end a line for ``str.splitlines``; JSON can spell both.
_SPELLED_OUT = re.compile("[\ud800-\udfff\x85\u2028\u2029]")


def jsonl(analyses: Iterable[Analysis]) -> Iterator[str]:
    """Yield one JSON line per file and requirement; a file without findings has one with requirement null.

    Ids of states, kinds and outcomes are those of ``pipeline.model``; ``quote`` and ``locator`` belong to the
    deciding evidence and are null without one.  Lines carry no line end.
    """
    for analysis in analyses:
        for finding in analysis.findings or (None,):
            line = json.dumps(_record(analysis, finding), ensure_ascii=False)
            yield _SPELLED_OUT.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _record(analysis: Analysis, finding: Finding | None) -> dict[str, object]:
    identity = analysis.identity
    deciding = _deciding(finding)
    return {
        "file": analysis.name,
        "unit": identity.unit,
        "kind": identity.kind,
        "date": identity.date.isoformat() if identity.date else None,
        "outcome": analysis.outcome,
        "requirement": finding.requirement if finding else None,
        "state": finding.state if finding else None,
        "level": int(finding.level) if finding else None,
        "assertion": finding.assertion if finding else None,
        "quote": deciding.quote if deciding else None,
        "locator": _locator(deciding.locator) if deciding else None,
        "why": finding.why if finding else None,
    }


def _locator(locator: Locator) -> dict[str, object]:
    return {**asdict(locator), "text": str(locator)}


def _deciding(finding: Finding | None) -> Evidence | None:
    return finding.evidence[0] if finding and finding.evidence else None


@dataclass(frozen=True, slots=True)
class _Row:
    """One CSV line; field order is column order."""

    file: str
    unit: str
    kind: str
    date: str
    outcome: str
    requirement: str = ""
    state: str = ""
    level: str = ""
    assertion: str = ""
    quote: str = ""
    place: str = ""
    why: str = ""


_HEADERS = (
    "文件",
    "单位",
    "类别",
    "日期",
    "读出情况",
    "要求",
    "状态",
    "层级",
    "口气",
    "原文",
    "出处",
    "理由",
)


def csv(analyses: Iterable[Analysis]) -> str:
    """Return the same rows as one CSV text with Chinese headings, beginning with a byte order mark.

    Without the mark Excel reads UTF-8 as GBK; cells that look like formulas get an apostrophe.  Lines end in
    CR LF: write the text as UTF-8 bytes, not through a text file that would change them.
    """
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv_module.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADERS)
    for analysis in analyses:
        for finding in analysis.findings or (None,):
            writer.writerow([formula_safe(cell) for cell in astuple(_row(analysis, finding))])
    return text.getvalue()


def _row(analysis: Analysis, finding: Finding | None) -> _Row:
    identity = analysis.identity
    head = _Row(
        file=analysis.name,
        unit=identity.unit or "",
        kind=kind_name(identity.kind),
        date=identity.date.isoformat() if identity.date else "",
        outcome=outcome_name(analysis.outcome),
    )
    if finding is None:
        return head
    deciding = _deciding(finding)
    return replace(
        head,
        requirement=finding.requirement,
        state=state_name(finding.state),
        level=level_name(finding.level),
        assertion=assertion_name(finding.assertion) if finding.assertion else "",
        quote=deciding.quote if deciding else "",
        place=str(deciding.locator) if deciding else "",
        why=finding.why,
    )
