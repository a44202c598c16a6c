"""``wuhao status``: who sent what, how it was read, how each unit stands."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import as_json, chosen_rubric, database, existing, rubric_file
from pipeline.report import CampaignView, campaign_view, status_lines
from pipeline.store import Store

__all__ = ["command"]


@click.command(cls=ChineseCommand, name="status")
@database
@rubric_file
@click.option("--files", is_flag=True, help="逐个列出文件")
@as_json
def command(database: Path, rubric_file: Path | None, *, files: bool, as_json: bool) -> None:
    """谁报了什么、读得怎样，各单位具备多少项、缺哪些项。

    例：wuhao status --files
    """
    with Store.open(existing(database)) as store:
        analyses = store.analyses()
    view = campaign_view(analyses, chosen_rubric(rubric_file), generated=dt.datetime.now().astimezone())
    if as_json:
        click.echo(json.dumps(_as_data(view), ensure_ascii=False))
        return
    for line in status_lines(view):
        click.echo(line)
    needing = [row for row in view.files if row.needs_person]
    for row in view.files if files else needing:
        words = [row.outcome_name, *row.notices, *row.doubts, row.next_step if row.needs_person else ""]
        click.echo(
            f"{row.name}：{row.unit} {row.kind_name} {row.date_text} {row.role_text} "
            + " ".join(filter(None, words))
        )
    click.echo(f"共 {len(view.files)} 个文件，{len(needing)} 个需要人看一眼。")


def _as_data(view: CampaignView) -> dict[str, object]:
    return {
        "units": {
            unit.id: {
                paper.kind.value: {
                    "standing": paper.standing.value,
                    "file": paper.file.name if paper.file else None,
                    **{
                        state: getattr(paper.tally, state)
                        for state in ("covered", "hollow", "lacking", "absent", "unclear")
                    },
                }
                for paper in unit.papers
            }
            for unit in view.units
        },
        "files": [
            {
                "file": row.name,
                "unit": row.unit_id,
                "kind": row.kind.value,
                "date": row.date.isoformat() if row.date else None,
                "outcome": row.outcome.value,
                "notices": list(row.notices),
                "doubts": list(row.doubts),
            }
            for row in view.files
        ],
    }
