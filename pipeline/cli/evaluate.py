"""``wuhao evaluate KEY``: how well the machine reads, beside a plain keyword search."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import as_json, chosen_rubric, database, existing, rubric_file
from pipeline.evaluating.evaluate import Column, Evaluation, evaluate
from pipeline.evaluating.key import load_key
from pipeline.evaluating.measures import Rate
from pipeline.store import Store

__all__ = ["command"]

_STATE_NAMES = {"covered": "具备", "hollow": "空泛", "lacking": "自述缺失", "absent": "未见"}


@click.command(cls=ChineseCommand, name="evaluate")
@click.argument("key", type=click.Path(path_type=Path), metavar="答案文件")
@database
@click.option("--against", "against", type=click.Path(path_type=Path), help="数据库文件（同 --db）")
@rubric_file
@click.option("--requirements", is_flag=True, help="逐条要求列出")
@as_json
def command(
    key: Path,
    database: Path,
    against: Path | None,
    rubric_file: Path | None,
    *,
    requirements: bool,
    as_json: bool,
) -> None:
    """对照人工答案，看机器判得准不准；旁边一列是只查关键词的结果。

    例：wuhao evaluate samples/answer-key.json
    """
    rubric = chosen_rubric(rubric_file)
    texts: dict[str, str] = {}
    found = total = 0
    with Store.open(existing(against or database)) as store:
        analyses = store.analyses()
        for one in analyses:
            if not one.findings:
                continue
            document = store.document(one.sha256)
            texts[one.name] = document.visible_text()
            quotes = [piece for finding in one.findings for piece in finding.evidence]
            found += sum(document.text_at(piece.locator) == piece.quote for piece in quotes)
            total += len(quotes)
    result = evaluate(load_key(key), analyses, texts, rubric, Rate(found, total))
    if as_json:
        click.echo(json.dumps(_as_data(result), ensure_ascii=False))
        return
    for line in _lines(result, with_requirements=requirements):
        click.echo(line)


def _lines(result: Evaluation, *, with_requirements: bool) -> Iterator[str]:
    machine, plain = result.machine, result.baseline
    if result.missing_files:
        names = "、".join(result.missing_files[:5])
        yield f"答案里有 {len(result.missing_files)} 个文件数据库里没有：{names}"
    yield _row("", machine.name, plain.name)
    yield _row("状态 macro-F1", _number(machine.macro_f1), _number(plain.macro_f1))
    yield _row("具备 查准率", str(machine.covered.precision), str(plain.covered.precision))
    yield _row("具备 查全率", str(machine.covered.recall), str(plain.covered.recall))
    yield _row("具备 F1", _number(machine.covered.f1), _number(plain.covered.f1))
    for state, name in _STATE_NAMES.items():
        own, base = machine.by_state[state], plain.by_state[state]
        yield _row(f"{name} F1（应有{own.true}）", _number(own.f1), _number(base.f1))
    yield _row("缺项 查准率", str(machine.gaps.precision), str(plain.gaps.precision))
    yield _row("缺项 查全率", str(machine.gaps.recall), str(plain.gaps.recall))
    yield _row("层级一致 κ", _number(machine.level_kappa), _number(plain.level_kappa))
    yield _row("口气判断", str(machine.assertions), str(plain.assertions))
    yield _row("待核占比", str(machine.unclear), str(plain.unclear))
    yield _row("引文找得回", str(result.quotes_found), "")
    for name, rate in result.intake.items():
        yield _row(f"登记：{name}", str(rate), "")
    if with_requirements:
        for need, own in machine.by_requirement.items():
            base = plain.by_requirement[need]
            yield _row(f"{need} 具备 F1（应有{own.true}）", _number(own.f1), _number(base.f1))


def _row(name: str, own: str, base: str) -> str:
    return f"{_padded(name, 24)}{_padded(own, 46)}{base}".rstrip()


def _padded(text: str, width: int) -> str:
    """Pad to a width on screen, where a Han character takes two places."""
    return text + " " * max(1, width - sum(2 if ord(c) > 0x2E7F or c in "“”—" else 1 for c in text))


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _as_data(result: Evaluation) -> dict[str, object]:
    return {
        "machine": _column(result.machine),
        "baseline": _column(result.baseline),
        "quotes_found": _rate(result.quotes_found),
        "intake": {name: _rate(rate) for name, rate in result.intake.items()},
        "missing_files": list(result.missing_files),
    }


def _column(column: Column) -> dict[str, object]:
    return {
        "macro_f1": column.macro_f1,
        "covered": {**dataclasses.asdict(column.covered), "f1": column.covered.f1},
        "states": {name: one.f1 for name, one in column.by_state.items()},
        "gap_precision": _rate(column.gaps.precision),
        "gap_recall": _rate(column.gaps.recall),
        "level_kappa": column.level_kappa,
        "assertions": _rate(column.assertions),
        "unclear": _rate(column.unclear),
        "requirements": {need: one.f1 for need, one in column.by_requirement.items()},
    }


def _rate(rate: Rate) -> dict[str, object]:
    return {"value": rate.value, "hits": rate.hits, "total": rate.total, "interval": rate.interval}
