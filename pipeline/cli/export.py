"""``wuhao export``: every finding as lines for other programs or a spreadsheet."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import database, existing
from pipeline.errors import UsageError, reason
from pipeline.report.export import csv, jsonl
from pipeline.store import Store

__all__ = ["command"]


@click.command(cls=ChineseCommand, name="export")
@database
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True, help="格式"
)
@click.option("--to", "target", type=click.Path(path_type=Path), help="写到文件 [默认：屏幕]")
def command(database: Path, form: str, target: Path | None) -> None:
    """导出全部结论：每个文件每条要求一行。csv 可直接用 Excel、WPS 打开。

    例：wuhao export --format csv --to 结论.csv
    """
    with Store.open(existing(database)) as store:
        analyses = store.analyses()
    text = csv(analyses) if form == "csv" else "".join(f"{line}\n" for line in jsonl(analyses))
    if target is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    try:
        target.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise UsageError(
            f"写不进 {target}（{reason(error)}）。如果它正在 Excel 里打开，请先关闭。"
        ) from error
    click.echo(f"已写出 {target}")
