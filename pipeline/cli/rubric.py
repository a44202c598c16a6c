"""``wuhao rubric check``: whether a rubric file is in order."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.rubric import load

__all__ = ["command"]


@click.command(cls=ChineseCommand, name="rubric")
@click.argument("action", type=click.Choice(["check"]), metavar="check")
@click.argument("file", type=click.Path(path_type=Path), metavar="文件")
def command(action: str, file: Path) -> None:
    """检查评价标准文件：有错时逐条指出哪一行、怎么改。

    例：wuhao rubric check 标准.yaml
    """
    rubric = load(file)
    click.echo(
        f"{file} 没有错误：{len(rubric.units)}个单位，{len(rubric.criteria)}项标准，"
        f"{len(rubric.requirements)}条要求，{sum(len(need.cues) for need in rubric.requirements)}条线索。"
    )
