"""Colours that come and go with what is filled in. They never speak alone: the header, the message or 校验 says the rule."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name, xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from toolkit.forms import model
from toolkit.forms.model import Sheet
from toolkit.returns.grid import a1
from toolkit.workbooks import look
from toolkit.workbooks.pages.layout import FIRST_ROW, Desk


def mark(desk: Desk, sheet: Sheet, drawn: Worksheet) -> None:
    """Required and still empty in a row someone began; a computed 否; an ID number that stands twice."""
    _mark_missing(desk, sheet, drawn)
    red = desk.book.add_format({"bg_color": look.ERROR_FILL, "font_color": look.ERROR_TEXT})
    last = FIRST_ROW + sheet.rows - 1
    for index, column in enumerate(sheet.columns):
        cell = a1(FIRST_ROW, index)
        if column.formula and column.kind is model.yes_no:
            criteria = f'={cell}="否"'
        elif column.kind is model.id_number and column.header in sheet.key:
            # COUNTIF reads 18 digits as a number and compares 15 of them.
            criteria = f'=AND({cell}<>"",SUMPRODUCT(--({xl_range_abs(FIRST_ROW, index, last, index)}={cell}))>1)'
        else:
            continue
        drawn.conditional_format(FIRST_ROW, index, last, index, {"type": "formula", "criteria": criteria, "format": red})


def _mark_missing(desk: Desk, sheet: Sheet, drawn: Worksheet) -> None:
    last = FIRST_ROW + sheet.rows - 1
    required = [index for index, column in enumerate(sheet.columns) if column.required]
    drawn.conditional_format(FIRST_ROW, required[0], last, required[0], {
        "type": "formula", "criteria": f'=AND({_began(sheet)}<>"",{a1(FIRST_ROW, required[0])}="")',
        "multi_range": " ".join(xl_range(FIRST_ROW, index, last, index) for index in required),
        "format": desk.book.add_format({"bg_color": look.WANTED})})


def _began(sheet: Sheet) -> str:
    """The cells of a row that tell whether someone began it."""
    headers = dict.fromkeys((sheet.frozen, *sheet.key))
    columns = [sheet.headers.index(header) for header in headers if not sheet.by_header[header].formula]
    return "&".join(f"${xl_col_to_name(column)}{FIRST_ROW + 1}" for column in columns)
