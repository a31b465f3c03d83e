"""Colours that come and go with what is filled in.

They never speak alone: the header, the input message or 校验 says the rule.
"""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from toolkit.forms import model
from toolkit.forms.assessment import FITS, VERDICT, YES
from toolkit.forms.model import Sheet
from toolkit.pages.layout import FIRST_ROW, LEDGER_LAST_ROW, Drawing
from toolkit.sheets import look
from toolkit.sheets.grid import a1


def mark(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    """Required and still empty in a row someone began; a computed 否; evidence that does not count; an ID number that
    stands twice."""
    _mark_missing(drawing, sheet, drawn)
    red, amber = _fill(drawing, look.ERROR_FILL, look.ERROR_TEXT), _fill(drawing, look.QUERY_FILL, look.QUERY_TEXT)
    last = FIRST_ROW + sheet.rows - 1
    for index, column in enumerate(sheet.columns):
        cell, shown = a1(FIRST_ROW, index), red
        if column.formula and column.kind is model.yes_no:
            criteria = f'={cell}="否"'
        elif column.kind is VERDICT:
            criteria, shown = f'=AND({cell}<>"",{cell}<>"{YES}",{cell}<>"{FITS}")', amber
        elif column.kind is model.id_number and column.header in sheet.key:
            # COUNTIF reads 18 digits as a number and compares 15 of them.
            criteria = f'=AND({cell}<>"",SUMPRODUCT(--({xl_range_abs(FIRST_ROW, index, last, index)}={cell}))>1)'
        else:
            continue
        rule = {"type": "formula", "criteria": criteria, "format": shown}
        drawn.conditional_format(FIRST_ROW, index, last, index, rule)


def mark_ledger(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    """A period that ends soon or has ended without a grade; an application that waits for something."""
    red, amber = _fill(drawing, look.ERROR_FILL, look.ERROR_TEXT), _fill(drawing, look.QUERY_FILL, look.QUERY_TEXT)
    soon = drawing.edition.regulation["due_soon_days"]
    for index, column in enumerate(sheet.columns):
        cell = f"${a1(FIRST_ROW, index)}"
        rules: tuple[tuple[str, Format], ...] = ()
        if column.header == "建设周期止" and {"状态", "等次"} <= set(sheet.headers):
            ungraded = _ungraded(drawing, sheet, cell)
            rules = ((f"=AND({ungraded},{cell}<TODAY())", red),
                     (f"=AND({ungraded},{cell}<=TODAY()+{soon})", amber))
        elif column.choices == "application_statuses":
            accepted = drawing.edition.regulation.lists[column.choices].names[0]
            rules = ((f'=AND({cell}<>"",{cell}<>"{accepted}")', amber),)
        for criteria, shown in rules:
            drawn.conditional_format(FIRST_ROW, index, LEDGER_LAST_ROW, index, {
                "type": "formula", "criteria": criteria, "format": shown, "stop_if_true": True})


def _ungraded(drawing: Drawing, sheet: Sheet, end: str) -> str:
    """Conditions: the studio of this row counts, has an end date and no grade yet."""
    status, grade = (f"${a1(FIRST_ROW, sheet.headers.index(header))}" for header in ("状态", "等次"))
    counting = sorted(drawing.edition.regulation.lists["studio_statuses"].where("counts"))
    counts = ",".join(f'{status}="{name}"' for name in counting)
    return f'OR({counts}),{grade}="",ISNUMBER({end})'


def _fill(drawing: Drawing, fill: str, text: str) -> Format:
    return drawing.book.add_format({"bg_color": fill, "font_color": text})


def _mark_missing(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    last = FIRST_ROW + sheet.rows - 1
    required = [index for index, column in enumerate(sheet.columns) if column.required]
    drawn.conditional_format(FIRST_ROW, required[0], last, required[0], {
        "type": "formula", "criteria": f'=AND({_began(sheet)}<>"",{a1(FIRST_ROW, required[0])}="")',
        "multi_range": " ".join(xl_range(FIRST_ROW, index, last, index) for index in required),
        "format": drawing.book.add_format({"bg_color": look.WANTED})})


def _began(sheet: Sheet) -> str:
    """The cells of a row that tell whether someone began it."""
    headers = dict.fromkeys((sheet.frozen, *sheet.key))
    columns = [sheet.headers.index(header) for header in headers if not sheet.by_header[header].formula]
    return "&".join(f"${xl_col_to_name(column)}{FIRST_ROW + 1}" for column in columns)
