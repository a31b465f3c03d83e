"""办理: the ledger's first page, a block for each task with its inputs and its buttons."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.forms import model
from toolkit.forms.model import DESK_SHEET
from toolkit.forms.tasks import STATE, TASKS, Input, Task
from toolkit.pages import button_row
from toolkit.pages.cells import merge, note_format, title_format, write
from toolkit.pages.dropdowns import EARLIEST, LATEST
from toolkit.pages.layout import Desk
from toolkit.sheets import look

_EDGE, _LABEL, _INPUT, _HELP, _BUTTONS = range(5)
_WIDTHS = {_EDGE: 2, _LABEL: 16, _INPUT: 44, _HELP: 46, _BUTTONS: 20}
_ROW, _GAP, _STATE = 30, 10, 66  # points
_BUTTON_LEFT, _BUTTON_WIDTH = 8, 128  # pixels
_HOW = "在白底格填好要用的内容，再点右边的按钮；灰字说明不填时怎么办。每次写入台账前自动备份，写错了可以撤销。"
_FIRST_ROW = 3


def draw_desk_page(desk: Desk) -> None:
    """Draw 办理, its inputs open and everything else protected without a password. Prints on one page."""
    drawn = desk.book.add_worksheet(DESK_SHEET)
    look.landscape(drawn)
    drawn.fit_to_pages(1, 1)
    drawn.center_horizontally()
    for column, width in _WIDTHS.items():
        drawn.set_column(column, column, width)
    drawn.set_row(0, look.TITLE_HEIGHT)
    merge(drawn, 0, (_LABEL, _BUTTONS), f"{desk.edition.title(desk.form.title)} · {DESK_SHEET}", title_format(desk))
    merge(drawn, 1, (_LABEL, _BUTTONS), _HOW, note_format(desk))
    row = _FIRST_ROW
    for task in TASKS:
        row = _draw_task(desk, drawn, row, task)
    _draw_state(desk, drawn, row)
    drawn.set_selection(_FIRST_ROW + 1, _INPUT, _FIRST_ROW + 1, _INPUT)
    drawn.protect("", {"objects": True, "scenarios": True, "format_cells": True, "format_columns": True, "format_rows": True})


def _draw_task(desk: Desk, drawn: Worksheet, row: int, task: Task) -> int:
    """A band with the title, a row for each input and each button; returns the row of the next block."""
    _draw_band(desk, drawn, row, task.title, task.how)
    rows = max(len(task.inputs), len(task.actions))
    for at in range(row + 1, row + 1 + rows):
        drawn.set_row(at, _ROW)
    for at, asked in enumerate(task.inputs, row + 1):
        _draw_input(desk, drawn, at, asked)
    if task.note:
        merge(drawn, row + 1, (_LABEL, _HELP), task.note, note_format(desk, indent=1))
    for at, action in enumerate(task.actions, row + 1):
        button_row.draw_button(drawn, (at, _BUTTONS), action, (_BUTTON_LEFT, button_row.middle(_ROW)), _BUTTON_WIDTH)
    drawn.set_row(row + 1 + rows, _GAP)
    return row + 2 + rows


def _draw_band(desk: Desk, drawn: Worksheet, row: int, title: str, how: str) -> None:
    drawn.set_row(row, look.GROUP_HEIGHT + 4)
    band = {"bg_color": look.BAND, "font_color": "white"}
    drawn.write_string(row, _LABEL, title, desk.cell(bold=True, align="center", **band))
    merge(drawn, row, (_INPUT, _BUTTONS), how, desk.cell(indent=1, **band))


def _draw_input(desk: Desk, drawn: Worksheet, row: int, asked: Input) -> None:
    drawn.write_string(row, _LABEL, asked.label, desk.cell(
        bold=True, bg_color=look.SUB, font_color=look.INK, border=1, border_color=look.LINE, align="center"))
    entry = desk.cell(locked=False, border=1, border_color=look.LINE, align="left", indent=1, shrink=True,
                      num_format=asked.kind.number_format)
    write(drawn, row, _INPUT, asked.choices[0] if asked.choices else None, entry)
    drawn.write_string(row, _HELP, asked.help, note_format(desk, indent=1))
    drawn.data_validation(row, _INPUT, row, _INPUT, _validation(asked))
    _name(desk, asked.name, row)


def _validation(asked: Input) -> dict:
    options = {"validate": "any", "ignore_blank": True, "input_title": asked.label, "input_message": f"{asked.help}。",
               "error_title": "请核对"}
    if asked.choices:
        return options | {"validate": "list", "source": list(asked.choices),
                          "error_message": f"“{asked.label}”只收下拉框里的内容。请从下拉框选择。"}
    if asked.kind is model.date:
        return options | {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST,
                          "error_message": f"“{asked.label}”只收日期。请按 2026-11-20 的样子填写。"}
    if asked.kind is model.year:
        return options | {"validate": "integer", "criteria": "between", "minimum": EARLIEST.year, "maximum": LATEST.year,
                          "error_message": f"“{asked.label}”只收四位年份。请按 2026 的样子填写。"}
    return options


def _draw_state(desk: Desk, drawn: Worksheet, row: int) -> None:
    """Where Python says how the last task went."""
    _draw_band(desk, drawn, row, "上次结果", "由工具填写")
    shown = desk.cell(text_wrap=True, bg_color=look.LOCK, border=1, border_color=look.LINE, align="left", indent=1)
    drawn.set_row(row + 1, _STATE)
    drawn.merge_range(row + 1, _LABEL, row + 1, _BUTTONS, "", shown)
    _name(desk, STATE, row + 1, _LABEL)


def _name(desk: Desk, name: str, row: int, column: int = _INPUT) -> None:
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    desk.book.define_name(name, f"='{DESK_SHEET}'!{cell}")
