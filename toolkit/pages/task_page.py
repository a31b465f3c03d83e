"""办理: the ledger's first page, a block for each task with its inputs and its buttons."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.forms import model
from toolkit.forms.model import DESK_SHEET
from toolkit.forms.tasks import STATE, TASKS, Task, TaskInput
from toolkit.pages import button_row
from toolkit.pages.cells import merge, note_format, title_format, write
from toolkit.pages.dropdowns import EARLIEST, LATEST
from toolkit.pages.layout import Drawing
from toolkit.sheets import look

_EDGE, _LABEL, _INPUT, _HELP, _BUTTONS = range(5)
_WIDTHS = {_EDGE: 2, _LABEL: 16, _INPUT: 44, _HELP: 46, _BUTTONS: 20}
_ROW, _GAP, _STATE = 30, 10, 66  # points
_BUTTON_LEFT, _BUTTON_WIDTH = 8, 128  # pixels
_HOW = "在白底格填好要用的内容，再点右边的按钮；灰字说明不填时怎么办。每次写入台账前自动备份，写错了可以撤销。"
_FIRST_ROW = 3


def draw_desk_page(drawing: Drawing) -> None:
    """Draw 办理, its inputs open and everything else protected without a password. Prints on one page."""
    drawn = drawing.page(DESK_SHEET)
    for column, width in _WIDTHS.items():
        drawn.set_column(column, column, width)
    drawn.set_row(0, look.TITLE_HEIGHT)
    merge(drawn, 0, (_LABEL, _BUTTONS), f"{drawing.edition.title(drawing.form.title)} · {DESK_SHEET}", title_format(drawing))
    merge(drawn, 1, (_LABEL, _BUTTONS), _HOW, note_format(drawing))
    row = _FIRST_ROW
    for task in TASKS:
        row = _draw_task(drawing, drawn, row, task)
    _draw_state(drawing, drawn, row)
    drawn.set_selection(_FIRST_ROW + 1, _INPUT, _FIRST_ROW + 1, _INPUT)
    drawn.protect("", {"objects": True, "scenarios": True, "format_cells": True, "format_columns": True, "format_rows": True})


def _draw_task(drawing: Drawing, drawn: Worksheet, row: int, task: Task) -> int:
    """A band with the title, a row for each input and each button; returns the row of the next block."""
    _draw_band(drawing, drawn, row, task.title, task.how)
    rows = max(len(task.inputs), len(task.actions))
    for at in range(row + 1, row + 1 + rows):
        drawn.set_row(at, _ROW)
    for at, task_input in enumerate(task.inputs, row + 1):
        _draw_input(drawing, drawn, at, task_input)
    if task.note:
        merge(drawn, row + 1, (_LABEL, _HELP), task.note, note_format(drawing, indent=1))
    for at, action in enumerate(task.actions, row + 1):
        button_row.draw_button(drawn, (at, _BUTTONS), action, (_BUTTON_LEFT, button_row.middle(_ROW)), _BUTTON_WIDTH)
    drawn.set_row(row + 1 + rows, _GAP)
    return row + 2 + rows


def _draw_band(drawing: Drawing, drawn: Worksheet, row: int, title: str, how: str) -> None:
    drawn.set_row(row, look.GROUP_HEIGHT + 4)
    band = {"bg_color": look.BAND, "font_color": "white"}
    drawn.write_string(row, _LABEL, title, drawing.cell(bold=True, align="center", **band))
    merge(drawn, row, (_INPUT, _BUTTONS), how, drawing.cell(indent=1, **band))


def _draw_input(drawing: Drawing, drawn: Worksheet, row: int, task_input: TaskInput) -> None:
    drawn.write_string(row, _LABEL, task_input.label, drawing.cell(
        bold=True, bg_color=look.SUB, font_color=look.INK, border=1, border_color=look.LINE, align="center"))
    entry = drawing.cell(locked=False, border=1, border_color=look.LINE, align="left", indent=1, shrink=True,
                      num_format=task_input.kind.number_format)
    write(drawn, row, _INPUT, task_input.choices[0] if task_input.choices else None, entry)
    drawn.write_string(row, _HELP, task_input.help, note_format(drawing, indent=1))
    drawn.data_validation(row, _INPUT, row, _INPUT, _validation(task_input))
    _name(drawing, task_input.name, row)


def _validation(task_input: TaskInput) -> dict:
    options = {"validate": "any", "ignore_blank": True, "input_title": task_input.label, "input_message": f"{task_input.help}。",
               "error_title": "请核对"}
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


def _draw_state(drawing: Drawing, drawn: Worksheet, row: int) -> None:
    """Where Python says how the last task went."""
    _draw_band(drawing, drawn, row, "上次结果", "由工具填写")
    shown = drawing.cell(text_wrap=True, bg_color=look.LOCK, border=1, border_color=look.LINE, align="left", indent=1)
    drawn.set_row(row + 1, _STATE)
    drawn.merge_range(row + 1, _LABEL, row + 1, _BUTTONS, "", shown)
    _name(drawing, STATE, row + 1, _LABEL)


def _name(drawing: Drawing, name: str, row: int, column: int = _INPUT) -> None:
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    drawing.book.define_name(name, f"='{DESK_SHEET}'!{cell}")
