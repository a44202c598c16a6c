"""Options that mean the same in every verb."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.errors import UsageError
from pipeline.rubric import Rubric, built_in, load

__all__ = ["as_json", "chosen_rubric", "database", "existing", "rubric_file"]

database = click.option(
    "--db",
    "database",
    type=click.Path(path_type=Path),
    default=Path("output/wuhao.db"),
    show_default=True,
    help="数据库文件",
)
rubric_file = click.option(
    "--rubric", "rubric_file", type=click.Path(path_type=Path), help="评价标准文件 [默认：漯河2015]"
)
as_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序读取")


def chosen_rubric(rubric_file: Path | None) -> Rubric:
    """Return the rubric the user named, or the one that ships."""
    return load(rubric_file) if rubric_file else built_in()


def existing(database: Path) -> Path:
    """Return the database's path if it is there.

    Raises:
        UsageError: no run has made it yet.

    """
    if not database.exists():
        raise UsageError(f"还没有数据库 {database}。请先运行：wuhao run 报送件文件夹")
    return database
