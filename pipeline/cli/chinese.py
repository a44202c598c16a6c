"""click in Chinese: help pages, usage errors, and verbs that are imported only when they are called."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import click

__all__ = ["ChineseCommand", "VerbGroup", "usage_message"]


class _ChineseHelp(click.Command):
    """Says in Chinese what click says in English on a help page."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = [piece.replace("[OPTIONS]", "[选项]") for piece in self.collect_usage_pieces(ctx)]
        pieces = [piece.replace("COMMAND [ARGS]...", "命令 [参数]...") for piece in pieces]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the verbs of a group."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section("选项"):
                formatter.write_dl([(_translated(name), _translated(text)) for name, text in records])
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with a Chinese description."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本帮助"
        return option


_WORDS = (
    ("[default: ", "[默认："),
    ("[required]", "[必填]"),
    (" PATH", " 路径"),
    (" INTEGER RANGE", " 数"),
    ("  [0<=x<=64]", ""),
)


def _translated(text: str) -> str:
    for english, chinese in _WORDS:
        text = text.replace(english, chinese)
    return text


class ChineseCommand(_ChineseHelp):
    """A verb with a Chinese help page."""


class VerbGroup(_ChineseHelp, click.Group):
    """The command itself: knows its verbs by name, imports one only when it is called.

    ``verbs`` maps each verb to its module and its one-line help, so that ``wuhao --help`` loads none of them.
    """

    def __init__(self, *args: Any, verbs: dict[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verbs = verbs or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of work, not of the alphabet."""
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one verb."""
        if cmd_name not in self.verbs:
            return None
        module = importlib.import_module(self.verbs[cmd_name][0])
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs with their one-line help."""
        with formatter.section("命令"):
            formatter.write_dl([(verb, text) for verb, (_, text) in self.verbs.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; an unknown one is told in Chinese."""
        if args and args[0] not in self.verbs and not args[0].startswith("-"):
            raise click.UsageError(f"没有“{args[0]}”这个命令。可用的命令：{'、'.join(self.verbs)}", ctx)
        return super().resolve_command(ctx, args)


def usage_message(error: click.ClickException) -> str:
    """Return a usage error as a Chinese sentence with the next step."""
    return f"{_what(error)}。加 --help 查看用法。"


def _what(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}" + _maybe(error.possibilities)
    if isinstance(error, click.MissingParameter):
        names = error.param.opts if error.param else []
        shown = (
            names[-1]
            if names and names[-1].startswith("-")
            else (error.param.human_readable_name if error.param else "")
        )
        return f"缺少参数 {shown}"
    if isinstance(error, click.BadParameter):
        return _bad_value(error)
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面缺少内容"
    if isinstance(error, click.FileError):
        return f"文件打不开：{error.ui_filename}"
    # What we raise ourselves is Chinese; click's own remaining sentence is about arguments too many.
    return (
        "参数太多了"
        if error.message.isascii() or error.message.startswith("Got ")
        else error.message.rstrip("。")
    )


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    shown = error.param.human_readable_name if error.param else ""
    if isinstance(kind, click.Choice):
        return f"参数 {shown} 只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        return f"参数 {shown} 应当是 {kind.min} 到 {kind.max} 的整数"
    return f"参数 {shown} 不对"


def _maybe(possibilities: Sequence[str] | None) -> str:
    return f"（是不是 {'、'.join(possibilities)}？）" if possibilities else ""
