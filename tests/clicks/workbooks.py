"""Workbooks with buttons to press, filled in like the demonstration's; and what can be seen in an open one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from toolkit.forms.model import Form
from toolkit.pages import fresh
from toolkit.sheets.edit import SetCell, apply
from toolkit.sheets.ooxml.comments import BEGIN, END
from toolkit.sheets.recalculate import refresh

MARK = "校验标记"  # in the formula of our marks


def with_buttons(form: Form, like: Path, target: Path, district: str, year: int) -> Path:
    """The form's workbook with buttons, its visible sheets filled in with what `like` has beyond the empty form, computed."""
    data = fresh.workbook(form, district, year if "{year}" in form.file_name else None, has_macros=True)
    empty = openpyxl.load_workbook(BytesIO(data))
    edits = [SetCell(sheet.title, cell.row - 1, cell.column - 1, cell.value)
             for sheet in openpyxl.load_workbook(like).worksheets
             if sheet.title in empty.sheetnames and empty[sheet.title].sheet_state == "visible"
             for row in sheet.iter_rows() for cell in row
             if cell.value is not None and cell.data_type != "f" and cell.value != empty[sheet.title][cell.coordinate].value]
    target.write_bytes(refresh(apply(data, edits)).data)
    return target


def seen(book: Any) -> dict[str, dict[str, Any]]:
    """What the visible sheets of a workbook show: values, marks (cell → colour), comments (cell → text).

    Comments without the brackets that Excel, where a comment has no author of our choice, puts round ours.
    """
    return {sheet.name: {"values": sheet.used_range.options(ndim=2, err_to_str=True).value, "marks": _marks(sheet),
                         "comments": {each.Parent.Address: _ours(each.Text()) for each in sheet.api.Comments}}
            for sheet in book.sheets if sheet.visible}


def _ours(comment: str) -> str:
    return comment.removeprefix(BEGIN).removesuffix(END)


def _marks(sheet: Any) -> dict[tuple[int, int], int]:
    return {(row, column): condition.Interior.Color for condition in sheet.cells.api.FormatConditions
            if MARK in condition.Formula1 for area in condition.AppliesTo._parts for row, column in area.cells()}
