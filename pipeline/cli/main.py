"""``wuhao``: reads what counties sent, holds it against the notice, reports what is missing."""

from __future__ import annotations

import io
import sys
import traceback
from pathlib import Path

import click

from pipeline.cli.chinese import VerbGroup, usage_message
from pipeline.errors import ExitCode, WuhaoError

__all__ = ["main", "wuhao"]

_VERBS = {
    "run": ("pipeline.cli.run", "读取报送件，逐项核对，写出缺项报告（主要命令）"),
    "status": ("pipeline.cli.status", "谁报了什么、读得怎样、各单位具备多少项"),
    "explain": ("pipeline.cli.explain", "为什么这样判：原文、线索、理由"),
    "compare": ("pipeline.cli.compare", "有没有照抄、别处的地名、对不上的数字"),
    "report": ("pipeline.cli.report", "由数据库重新写出报告"),
    "export": ("pipeline.cli.export", "导出全部结论（jsonl 或 csv）"),
    "evaluate": ("pipeline.cli.evaluate", "对照人工答案，看机器判得准不准"),
    "rubric": ("pipeline.cli.rubric", "检查评价标准文件"),
    "doctor": ("pipeline.cli.doctor", "检查本机缺什么，每项一行说明怎么装"),
}

_HELP = """读取县级工商联报送的工作方案和自查报告，对照通知逐项核对，给出缺项报告。

机器只拟初稿，由人认定；每个结论都附原文和出处；读不清的记“待核”，不记“未见”。

\b
例：wuhao run 报送件文件夹
    wuhao status
    wuhao explain 定稿 C1.4
"""


@click.group(
    cls=VerbGroup, verbs=_VERBS, help=_HELP, context_settings={"help_option_names": ["--help", "-h"]}
)
@click.version_option(package_name="wuhao", message="wuhao %(version)s", help="显示版本号")
def wuhao() -> None:
    """Hold the verbs together."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with a stable exit code; every error is one Chinese sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a GBK console has no ✓ or •
    try:
        code = _code(arguments)
    except Exception as error:
        # The edge of the program: what nobody expected is told in Chinese, with the place for the developers.
        click.echo(f"程序出错：{_place_of(error)}。请把这一行和所用的命令发给开发者。", err=True)
        code = int(ExitCode.INTERNAL)
    sys.exit(code)


def _code(arguments: list[str] | None) -> int:
    try:
        code = wuhao.main(args=arguments, prog_name="wuhao", standalone_mode=False)
    except WuhaoError as error:
        click.echo(str(error), err=True)
        return int(error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return int(ExitCode.USAGE)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("已停止。已经处理完的结果都在数据库里，再运行一次同样的命令会接着做。", err=True)
        return int(ExitCode.STOPPED)
    except click.ClickException as error:
        click.echo(usage_message(error), err=True)
        return int(ExitCode.USAGE)
    return int(code) if isinstance(code, int) else int(ExitCode.OK)


def _place_of(error: Exception) -> str:
    """Return the error and the line of code it arose in."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {error} ({Path(frame.filename).name}:{frame.lineno})"


if __name__ == "__main__":
    main()
