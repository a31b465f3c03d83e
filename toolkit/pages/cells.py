"""Cells every page draws alike: formats of headers and columns, values by their type, merged stretches."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.forms.model import Column
from toolkit.pages.layout import Drawing
from toolkit.sheets import look

PageValue = str | int | float | Decimal | date | None


def header_format(drawing: Drawing, fill: str, required: bool = False) -> Format:
    """A header's format: a required one is red and shows a star that is not part of the text."""
    marks = {"font_color": look.REQUIRED, "num_format": '@"*"'} if required else {"font_color": look.INK}
    return drawing.cell(bold=True, bg_color=fill, align="center", text_wrap=True, border=1, border_color=look.LINE,
                     **marks)


def column_format(drawing: Drawing, column: Column, **more: object) -> Format:
    """The format of a column's cells: sentences wrap, everything else shrinks to fit."""
    fit = {"text_wrap": True} if column.prose else {"shrink": True}
    properties = {"num_format": column.kind.number_format, "align": column.kind.align, "border": 1,
                  "border_color": look.LINE, **fit}
    return drawing.cell(**{**properties, **more})


def title_format(drawing: Drawing, **more: object) -> Format:
    return drawing.cell(font_size=16, bold=True, font_color=look.INK, align="center", **more)


def note_format(drawing: Drawing, **more: object) -> Format:
    return drawing.cell(font_color=look.NOTE, **more)


def band_format(drawing: Drawing, fill: str = look.BAND) -> Format:
    return drawing.cell(bold=True, font_color="white", bg_color=fill, align="center", border=1, border_color="white")


def write(drawn: Worksheet, row: int, column: int, value: PageValue, cell_format: Format) -> None:
    """Write a value as what it is: text stays text, None leaves a formatted empty cell."""
    if value is None or value == "":
        drawn.write_blank(row, column, None, cell_format)
    elif isinstance(value, date):
        drawn.write_datetime(row, column, datetime.combine(value, time()), cell_format)
    elif isinstance(value, str):
        drawn.write_string(row, column, value, cell_format)
    else:
        drawn.write_number(row, column, float(value), cell_format)


def merge(drawn: Worksheet, row: int, columns: tuple[int, int], text: str, cell_format: Format) -> None:
    """Write a text over the columns (first, last), which may be one and the same."""
    first, last = columns
    if first == last:
        drawn.write_string(row, first, text, cell_format)
    else:
        drawn.merge_range(row, first, row, last, text, cell_format)
