"""A task on a page of the ledger: a band with its title, a row for each of its inputs, and its buttons beside them."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.forms import model
from toolkit.forms.tasks import Task, TaskInput
from toolkit.pages import button_row
from toolkit.pages.cells import merge, note_format, title_format, write
from toolkit.pages.dropdowns import EARLIEST, LATEST
from toolkit.pages.layout import Drawing
from toolkit.sheets import look

EDGE, LABEL, INPUT, HELP, BUTTONS = range(5)
FIRST_ROW = 3
_ROW, _GAP = 30, 10  # points
_BUTTON_LEFT, _BUTTON_WIDTH = 8, 128  # pixels
_PROTECTED = {"objects": True, "scenarios": True, "format_cells": True, "format_columns": True, "format_rows": True}


def draw_head(drawing: Drawing, drawn: Worksheet, widths: tuple[int, ...], how: str) -> None:
    """Columns, title and the line below it; the page protected without a password but for what is drawn open."""
    for column, width in enumerate(widths):
        drawn.set_column(column, column, width)
    drawn.set_row(0, look.TITLE_HEIGHT)
    merge(drawn, 0, (LABEL, BUTTONS), f"{drawing.edition.title(drawing.form.title)} · {drawn.get_name()}", title_format(drawing))
    merge(drawn, 1, (LABEL, BUTTONS), how, note_format(drawing))
    drawn.protect("", _PROTECTED)


def draw_task(drawing: Drawing, drawn: Worksheet, row: int, task: Task) -> int:
    """A band with the title, a row for each input and each button; returns the row of the next block."""
    draw_band(drawing, drawn, row, task.title, task.how)
    rows = max(len(task.inputs), len(task.actions))
    for at in range(row + 1, row + 1 + rows):
        drawn.set_row(at, _ROW)
    for at, task_input in enumerate(task.inputs, row + 1):
        _draw_input(drawing, drawn, at, task_input)
    if task.note:
        merge(drawn, row + 1, (LABEL, HELP), task.note, note_format(drawing, indent=1))
    for at, action in enumerate(task.actions, row + 1):
        button_row.draw_button(drawn, (at, BUTTONS), action, (_BUTTON_LEFT, button_row.middle(_ROW)), _BUTTON_WIDTH)
    drawn.set_row(row + 1 + rows, _GAP)
    return row + 2 + rows


def draw_band(drawing: Drawing, drawn: Worksheet, row: int, title: str, how: str) -> None:
    drawn.set_row(row, look.GROUP_HEIGHT + 4)
    band = {"bg_color": look.BAND, "font_color": "white"}
    drawn.write_string(row, LABEL, title, drawing.cell(bold=True, align="center", **band))
    merge(drawn, row, (INPUT, BUTTONS), how, drawing.cell(indent=1, **band))


def draw_outcome(drawing: Drawing, drawn: Worksheet, row: int, height: float, name: str) -> None:
    """A band, and below it the cell of this defined name, in which Python says how the last task went."""
    draw_band(drawing, drawn, row, "上次结果", "由工具填写")
    shown = drawing.cell(text_wrap=True, bg_color=look.LOCK, border=1, border_color=look.LINE, align="left", indent=1)
    drawn.set_row(row + 1, height)
    drawn.merge_range(row + 1, LABEL, row + 1, BUTTONS, "", shown)
    name_cell(drawing, drawn, name, row + 1, LABEL)


def name_cell(drawing: Drawing, drawn: Worksheet, name: str, row: int, column: int) -> None:
    """Give a cell of the page its defined name."""
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    drawing.book.define_name(name, f"='{drawn.get_name()}'!{cell}")


def label_format(drawing: Drawing) -> dict[str, object]:
    """How the label of an input looks."""
    return {"bold": True, "bg_color": look.SUB, "font_color": look.INK, "border": 1, "border_color": look.LINE}


def _draw_input(drawing: Drawing, drawn: Worksheet, row: int, task_input: TaskInput) -> None:
    drawn.write_string(row, LABEL, task_input.label, drawing.cell(**label_format(drawing), align="center"))
    entry = drawing.cell(locked=False, border=1, border_color=look.LINE, align="left", indent=1, shrink=True,
                         num_format=task_input.kind.number_format)
    write(drawn, row, INPUT, task_input.choices[0] if task_input.choices else None, entry)
    drawn.write_string(row, HELP, task_input.help, note_format(drawing, indent=1))
    drawn.data_validation(row, INPUT, row, INPUT, _validation(task_input))
    name_cell(drawing, drawn, task_input.name, row, INPUT)


def _validation(task_input: TaskInput) -> dict:
    options = {"validate": "any", "ignore_blank": True, "input_title": task_input.label, "input_message": f"{task_input.help}。",
               "error_title": "请核对"}
    if task_input.source:
        return options | {"validate": "list", "source": f"={task_input.source}", "show_error": False}
    if task_input.choices:
        return options | {"validate": "list", "source": list(task_input.choices),
                          "error_message": f"“{task_input.label}”只收下拉框里的内容。请从下拉框选择。"}
    if task_input.kind is model.date:
        return options | {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST,
                          "error_message": f"“{task_input.label}”只收日期。请按 2026-11-20 的样子填写。"}
    if task_input.kind is model.year:
        return options | {"validate": "integer", "criteria": "between", "minimum": EARLIEST.year, "maximum": LATEST.year,
                          "error_message": f"“{task_input.label}”只收四位年份。请按 2026 的样子填写。"}
    return options
