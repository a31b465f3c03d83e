"""Typer's help and error texts in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import typer
from typer.core import TyperCommand, TyperGroup

from toolkit.errors import UserError, likely

if TYPE_CHECKING:
    from typer._click.core import Command as AnyCommand
    from typer._click.core import Context, Parameter
    from typer._click.formatting import HelpFormatter
    from typer.core import TyperOption
else:
    AnyCommand = object

UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])
PANELS = {"ARGUMENTS_PANEL_TITLE": "参数", "OPTIONS_PANEL_TITLE": "选项", "COMMANDS_PANEL_TITLE": "命令",
          "REQUIRED_LONG_STRING": "[必填]", "DEFAULT_STRING": "[默认：{}]"}


class _Chinese(AnyCommand):
    """What both kinds of command say of themselves."""

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示用法"
        return option

    def get_usage(self, ctx: Context) -> str:
        return super().get_usage(ctx).replace("Usage: ", "用法：").replace("[OPTIONS]", "[选项]").replace(
            "COMMAND [ARGS]...", "命令 [参数]…").translate({ord("{"): None, ord("}"): None})

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        from typer import rich_utils

        for name, text in PANELS.items():
            setattr(rich_utils, name, text)
        super().format_help(ctx, formatter)


class Command(_Chinese, TyperCommand):
    """One command."""


class CommandGroup(_Chinese, TyperGroup):
    """The list of commands."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None:
            known = self.list_commands(ctx)
            raise UserError(f"没有“{args[0]}”这个命令。{likely(args[0], known)}请从这些命令里选：{'、'.join(known)}。")
        return super().resolve_command(ctx, args)


def sentence(error: Exception) -> str:
    """One Chinese line for a command line that could not be understood."""
    kind, parameter, option = type(error).__name__, getattr(error, "param", None), getattr(error, "option_name", "")
    if kind == "MissingParameter" and parameter is not None:
        said = f"命令缺少“{_called(parameter)}”。"
    elif kind == "NoSuchOption":
        said = f"没有“{option}”这个选项。{likely(option, getattr(error, 'possibilities', None) or ())}"
    elif kind == "BadOptionUsage":
        said = f"“{option}”后面没有写内容。"
    elif kind == "BadParameter" and parameter is not None:
        said = f"“{_called(parameter)}”的写法不对。"
    elif "unexpected extra argument" in str(error):
        said = f"“{str(error).rpartition('(')[2].rstrip(').')}”是多出来的，路径里有空格的请加引号。"
    else:
        said = "命令的写法不对。"
    return f"{said}请用 python -m toolkit --help 查看命令，用 python -m toolkit 命令 --help 查看用法。"


def _called(parameter: Parameter) -> str:
    """What the help calls a parameter: its option, or the Chinese word of an argument."""
    return next((name for name in parameter.opts if name.startswith("-")), (parameter.metavar or parameter.name or "").rstrip("."))
