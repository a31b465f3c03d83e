"""A table of the ledger: headers over whole columns that grow downwards. Grey is the toolkit's, white is people's."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from toolkit.forms.model import Column, Sheet
from toolkit.forms.register_rows import StudioRow
from toolkit.pages import colours, dropdowns, layout
from toolkit.pages.cells import band_format, column_format, header_format, merge, note_format, title_format, write
from toolkit.pages.layout import FACT_ROW, FIRST_ROW, GROUP_ROW, HEADER_ROW, LEDGER_LAST_ROW, TITLE_ROW, Drawing
from toolkit.sheets import look

PEOPLE_MARK, TOOLKIT_MARK = "由市局填写", "工具登记"
PARAMETERS_SHEET = "参数"
_HINT = f"灰底列为{TOOLKIT_MARK}，请不要手改；白底列{PEOPLE_MARK}，工具不改动。"


def draw_ledger_table(drawing: Drawing, sheet: Sheet) -> None:
    """Draw one sheet of the ledger, without rows, except for the parameters of the law."""
    drawn = drawing.book.add_worksheet(sheet.name)
    look.landscape(drawn)
    layout.set_up_print(sheet, drawn)
    layout.set_top_rows(drawn, drawing.cell())
    for index, column in enumerate(sheet.columns):
        drawn.set_column(index, index, column.shown_width, column_format(drawing, column, **_fill(column)))
        if column.people and sheet.name != PARAMETERS_SHEET:
            drawn.data_validation(FIRST_ROW, index, LEDGER_LAST_ROW, index, dropdowns.in_ledger(sheet, column))
    if sheet is StudioRow.sheet:
        _name_numbers(drawing)
    _draw_top(drawing, sheet, drawn)
    colours.mark_ledger(drawing, sheet, drawn)
    rows = _draw_parameters(drawing, sheet, drawn) if sheet.name == PARAMETERS_SHEET else 0
    drawn.freeze_panes(FIRST_ROW, layout.frozen_columns(sheet))
    drawn.autofilter(HEADER_ROW, 0, HEADER_ROW + rows, len(sheet.columns) - 1)
    start = next((index for index, column in enumerate(sheet.columns) if column.people), 0)
    drawn.set_selection(FIRST_ROW, start, FIRST_ROW, start)


def _name_numbers(drawing: Drawing) -> None:
    """The numbers given so far, as a defined name."""
    numbers = dropdowns.numbers(StudioRow.sheet.name, FIRST_ROW, StudioRow.sheet.headers.index(StudioRow.number.header))
    drawing.book.define_name(dropdowns.NUMBERS, f"={numbers}")


def _fill(column: Column) -> dict[str, object]:
    return {} if column.people else {"bg_color": look.LOCK}


def _draw_top(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    merge(drawn, TITLE_ROW, (0, layout.title_end(sheet)), sheet.title, title_format(drawing, shrink=True))
    start = layout.frozen_columns(sheet) if layout.page_breaks(sheet) else 0
    drawn.write_string(FACT_ROW, start, _HINT, note_format(drawing))
    owners = [(column.group, column.people) for column in sheet.columns]
    for first, last in layout.runs(owners, layout.band_cuts(sheet)):
        column = sheet.columns[first]
        mark = PEOPLE_MARK if column.people else TOOLKIT_MARK
        text = f"{column.group}（{mark}）" if column.group and column.people else column.group or mark
        merge(drawn, GROUP_ROW, (first, last), text, band_format(drawing, look.BAND if column.people else look.QUIET_BAND))
    for index, column in enumerate(sheet.columns):
        fill = look.SUB if column.people else look.LOCK_HEAD
        drawn.write_string(HEADER_ROW, index, column.header, header_format(drawing, fill))


def _draw_parameters(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> int:
    """The law's parameters with their default; an empty 取值 keeps the default. Returns how many."""
    parameters = drawing.edition.regulation.parameters.values()
    for row, parameter in enumerate(parameters, FIRST_ROW):
        known = {"参数": parameter.name, "名称": parameter.label, "默认值": parameter.value, "单位": parameter.unit,
                 "条款": parameter.clause, "口径": parameter.origin, "说明": parameter.why}
        reason = look.lines(parameter.why, sheet.by_header["说明"].shown_width)
        drawn.set_row(row, max(look.ROW_HEIGHT, look.LINE_HEIGHT * reason + 5))
        for index, column in enumerate(sheet.columns):
            shown = column_format(drawing, column, align="left", **_fill(column))
            write(drawn, row, index, known.get(column.header), shown)
            if column.people:
                limits = dropdowns.limits_of(parameter.value, parameter.unit)
                drawn.data_validation(row, index, row, index, {**dropdowns.validation(column), **limits})
    return len(parameters)
