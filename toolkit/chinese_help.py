"""Typer's help and error texts in Chinese."""

from __future__ import annotations

import typer
from typer.core import TyperCommand, TyperGroup

UsageError = typer.BadParameter.__mro__[1]
PANELS = {"ARGUMENTS_PANEL_TITLE": "参数", "OPTIONS_PANEL_TITLE": "选项", "COMMANDS_PANEL_TITLE": "命令",
          "REQUIRED_LONG_STRING": "[必填]", "DEFAULT_STRING": "[默认：{}]"}


class _Chinese:
    """What both kinds of command say of themselves."""

    def get_help_option(self, ctx):
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示用法"
        return option

    def get_usage(self, ctx) -> str:
        return super().get_usage(ctx).replace("Usage: ", "用法：").replace("[OPTIONS]", "[选项]").replace(
            "COMMAND [ARGS]...", "命令 [参数]…")

    def format_help(self, ctx, formatter) -> None:
        from typer import rich_utils

        for name, text in PANELS.items():
            setattr(rich_utils, name, text)
        super().format_help(ctx, formatter)


class Command(_Chinese, TyperCommand):
    """One command."""


class Group(_Chinese, TyperGroup):
    """The list of commands."""


def sentence(error: Exception) -> str:
    """One Chinese line for a command line that could not be understood."""
    kind, what = type(error).__name__, ""
    parameter = getattr(error, "param", None)
    if parameter is not None:
        what = "/".join(getattr(parameter, "opts", ())) or parameter.name
    if kind == "MissingParameter":
        said = f"命令缺少“{what}”。"
    elif kind == "NoSuchOption":
        said = f"没有“{error.option_name}”这个选项。"
    elif kind == "BadParameter":
        said = f"“{what}”的写法不对。"
    else:
        said = "命令的写法不对。"
    return f"{said}请用 python -m toolkit --help 查看命令，用 python -m toolkit 命令 --help 查看用法。"
