"""``wuhao run PATH…``: the main job."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import as_json, chosen_rubric, rubric_file
from pipeline.engine import Serial, Workers
from pipeline.errors import ExitCode
from pipeline.messages import outcome_name
from pipeline.references import read_references
from pipeline.report import CampaignView, campaign_view, status_lines
from pipeline.report.view import Standing
from pipeline.run import Progress, RunReport, run
from pipeline.settings import Settings
from pipeline.store import Store

__all__ = ["command"]

DATABASE = "wuhao.db"


@click.command(cls=ChineseCommand, name="run")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹...")
@click.option(
    "--output", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="结果文件夹"
)
@rubric_file
@click.option(
    "--reference",
    "references",
    multiple=True,
    type=click.Path(path_type=Path),
    help="上级通知等参照文件，照抄其中的话不算举措；可多次使用",
)
@click.option(
    "--jobs",
    type=click.IntRange(0, 60),
    default=None,
    help="同时处理几个文件 [默认：CPU 核数；0 为不另开进程]",
)
@click.option("--fail-on-gap", is_flag=True, help="有缺项时以退出码 5 结束")
@as_json
def command(
    paths: tuple[Path, ...],
    output: Path,
    rubric_file: Path | None,
    references: tuple[Path, ...],
    jobs: int | None,
    *,
    fail_on_gap: bool,
    as_json: bool,
) -> int:
    """读取报送件，逐项核对，写出数据库、网页报告和汇总表。

    没有变化的文件不会重读；中途停下再运行会接着做。

    例：wuhao run 报送件 --reference 市通知.docx
    """
    settings = Settings(chosen_rubric(rubric_file), read_references(references))
    executor = Serial() if jobs == 0 else Workers(jobs) if jobs else Workers()
    with Store.open(output / DATABASE) as store:
        report = run(paths, settings, store, executor=executor, output=output, progress=_progress())
        view = campaign_view(store.analyses(), settings.rubric, generated=dt.datetime.now().astimezone())
    if as_json:
        click.echo(json.dumps(_as_data(report), ensure_ascii=False))
    else:
        for line in status_lines(view):
            click.echo(line)
        click.echo(str(report))
        if report.reports:
            click.echo(f"报告：{report.reports[0]}")
    if fail_on_gap and has_gap(view):
        return ExitCode.GAPS
    in_doubt = report.exit_code is ExitCode.OK and any(row.doubts for row in view.files)
    return ExitCode.NEEDS_PERSON if in_doubt else report.exit_code


def has_gap(view: CampaignView) -> bool:
    """Whether any unit leaves something open, a paper that never came included."""
    papers = [paper for unit in view.pages for paper in unit.papers]
    return any(paper.tally.gaps or paper.standing is not Standing.JUDGED for paper in papers)


def _progress() -> Callable[[Progress], None]:
    """Return a one-line progress display on a terminal, silence otherwise."""
    if not sys.stderr.isatty():
        return lambda progress: None

    def show(progress: Progress) -> None:
        line = f"[{progress.done}/{progress.total}] {outcome_name(progress.outcome)} {progress.name}"
        click.echo(f"\r\033[K{line[:100]}", nl=progress.done == progress.total, err=True)

    return show


def _as_data(report: RunReport) -> dict[str, object]:
    return {
        "outcomes": {str(outcome): count for outcome, count in report.tally.outcomes.items()},
        "duplicates": report.tally.duplicates,
        "files": report.tally.files,
        "read": report.read,
        "seconds": round(report.seconds, 3),
        "reports": [str(path) for path in report.reports],
        "exit_code": int(report.exit_code),
    }
