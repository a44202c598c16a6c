"""``wuhao doctor``: what is missing on this machine."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import as_json, database
from pipeline.doctor import checks
from pipeline.errors import ExitCode

__all__ = ["command"]


@click.command(cls=ChineseCommand, name="doctor")
@database
@as_json
def command(database: Path, *, as_json: bool) -> int:
    """检查本机装了什么、缺什么，缺的每项一行说明怎么装。

    例：wuhao doctor
    """
    found = list(checks(database.parent))
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(check) for check in found], ensure_ascii=False))
    else:
        for check in found:
            mark = "✓" if check.is_ok else "✗" if check.is_needed else "·"
            advice = "" if check.is_ok else f"  → {check.advice}"
            click.echo(f"{mark} {check.name}：{check.found}{advice}")
    is_well = all(check.is_ok for check in found if check.is_needed)
    return ExitCode.OK if is_well else ExitCode.MISSING_TOOL
