"""``wuhao explain FILE [REQ]``: why this verdict, with the words behind it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import as_json, chosen_rubric, database, existing, rubric_file
from pipeline.errors import UsageError
from pipeline.messages import assertion_name, kind_name, level_name, outcome_name, slot_name, state_name
from pipeline.model import Analysis, Evidence, Finding
from pipeline.rubric import Rubric
from pipeline.store import Store

__all__ = ["command"]


@click.command(cls=ChineseCommand, name="explain")
@click.argument("file", metavar="文件名")
@click.argument("requirement", required=False, metavar="[要求编号]")
@database
@rubric_file
@as_json
def command(
    file: str, requirement: str | None, database: Path, rubric_file: Path | None, *, as_json: bool
) -> None:
    """说明为什么这样判：原文在哪里、线索是什么、口气怎么读、差在哪里。

    文件名可以只写一部分；不写要求编号就列出全部要求的结论。

    例：wuhao explain 定稿 C1.4
    """
    with Store.open(existing(database)) as store:
        analysis = _chosen(store.analyses(), file)
    rubric = chosen_rubric(rubric_file)
    findings = [finding for finding in analysis.findings if requirement in (None, finding.requirement)]
    if requirement and not findings:
        raise UsageError(f"《{analysis.name}》没有按 {requirement} 评定。可用的编号见 wuhao explain {file}")
    if as_json:
        click.echo(
            json.dumps([dataclasses.asdict(finding) for finding in findings], ensure_ascii=False, default=str)
        )
        return
    for line in _head(analysis):
        click.echo(line)
    for finding in findings:
        for line in _whole(finding, rubric) if requirement else _brief(finding, rubric):
            click.echo(line)


def _chosen(analyses: tuple[Analysis, ...], file: str) -> Analysis:
    found = [one for one in analyses if one.name == file] or [one for one in analyses if file in one.name]
    if not found:
        raise UsageError(f"数据库里没有名字含“{file}”的文件。用 wuhao status --files 看有哪些。")
    if len(found) > 1:
        names = "、".join(one.name for one in found[:5])
        raise UsageError(f"有 {len(found)} 个文件的名字含“{file}”：{names}。请写得更全一些。")
    return found[0]


def _head(analysis: Analysis) -> Iterator[str]:
    yield f"{analysis.name}（{outcome_name(analysis.outcome)}，{kind_name(analysis.identity.kind)}）"
    yield from (f"  {reason}" for reason in analysis.identity.reasons)
    yield from (f"  请核对：{doubt}" for doubt in analysis.identity.doubts)


def _brief(finding: Finding, rubric: Rubric) -> Iterator[str]:
    name = rubric.by_id[finding.requirement].name if finding.requirement in rubric.by_id else "（标准里没有）"
    quote = f"“{finding.evidence[0].quote}”" if finding.evidence else finding.why
    yield f"{finding.requirement} {name}：{state_name(finding.state)}  {quote}"


def _whole(finding: Finding, rubric: Rubric) -> Iterator[str]:
    need = rubric.by_id.get(finding.requirement)
    if need is None:
        raise UsageError(
            f"现在的评价标准里没有 {finding.requirement}。请用 --rubric 指定当时所用的标准文件。"
        )
    yield f"{need.id} {need.name}（{need.clause}）"
    level = f"层级{int(finding.level)} {level_name(finding.level)}"
    yield f"结论：{state_name(finding.state)}，{level}（把握{finding.confidence:.0%}）"
    yield f"理由：{finding.why}"
    for piece in finding.evidence:
        yield from _evidence(piece)
    if finding.near_misses:
        yield "相近但不算的话："
    for miss in finding.near_misses:
        yield f"  “{miss.quote}”（{miss.locator}）——{miss.why}"
    if finding.state.is_gap:
        yield f"建议：{need.advice}"


def _evidence(piece: Evidence) -> Iterator[str]:
    yield f"原文：“{piece.quote}”"
    yield f"  位置：{piece.locator}" + (
        f"，在“{'›'.join(piece.heading_path)}”之下" if piece.heading_path else ""
    )
    yield f"  线索：{piece.cue}"
    yield f"  口气：{assertion_name(piece.assertion)}；{piece.why}（把握{piece.confidence:.0%}）"
    if piece.slots:
        yield "  可查之处：" + "，".join(f"{slot_name(slot.name)}“{slot.text}”" for slot in piece.slots)
