"""``wuhao report``: write the reports again from the database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import chosen_rubric, database, existing, rubric_file
from pipeline.report import write
from pipeline.store import Store

__all__ = ["command"]


@click.command(cls=ChineseCommand, name="report")
@database
@rubric_file
@click.option("--output", type=click.Path(path_type=Path), help="写到哪个文件夹 [默认：数据库所在文件夹]")
def command(database: Path, rubric_file: Path | None, output: Path | None) -> None:
    """由数据库重新写出网页报告和汇总表，不重读任何文件。

    例：wuhao report --output 报告
    """
    with Store.open(existing(database)) as store:
        analyses = store.analyses()
    folder = output or database.parent
    written = write(analyses, chosen_rubric(rubric_file), folder, generated=dt.datetime.now().astimezone())
    for path in written:
        click.echo(str(path))
