"""打印页: what is stamped and filed. At most twelve columns, fed by formulas from the first table.

Totals and signatures follow the last entry, so that the page ends where the list ends.
"""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from toolkit.forms import model
from toolkit.forms.model import PRINT_SHEET, Column, Sheet
from toolkit.pages import layout
from toolkit.pages.cells import header_format, merge, note_format, title_format
from toolkit.pages.layout import Drawing
from toolkit.pages.table import SIGNATURES
from toolkit.sheets import look
from toolkit.sheets.grid import a1

_LINE_ROW, _HEADER_ROW, _FIRST_ROW = 1, 2, 3
_FOOT_ROWS = 2
_ROW_POINTS = 32  # two lines
_WIDTHS = {model.text: 26, model.money: 14, model.area: 8, model.person: 12, model.choice: 11}
_NUMBERS = (model.count, model.money, model.area)
_COUNTER_COLUMN = "N"  # hidden, beyond the printed columns
_COUNTER = f"${_COUNTER_COLUMN}$1"  # how many rows of the table are in use


def draw_print_page(drawing: Drawing, sheet: Sheet) -> None:
    """Draw the 打印页 of a table with `printed` columns."""
    drawn = drawing.page(PRINT_SHEET, one=False)
    columns = [sheet.by_header[header] for header in sheet.printed]
    drawn.repeat_rows(_HEADER_ROW)
    _draw_top(drawing, sheet, drawn, columns)
    last = _FIRST_ROW + sheet.rows + _FOOT_ROWS - 1
    for row in range(_FIRST_ROW, last + 1):
        drawn.set_row(row, _ROW_POINTS)
        for index, column in enumerate(columns):
            shown = drawing.cell(num_format=column.kind.number_format, align=column.kind.align, text_wrap=True)
            drawn.write_formula(row, index, "=" + _formula(sheet, row - _FIRST_ROW, index), shown, "")
    drawn.conditional_format(_FIRST_ROW, 0, last, len(columns) - 1, {
        "type": "formula", "criteria": f"=ROW()-{_FIRST_ROW}<={_COUNTER}+1",
        "format": drawing.book.add_format({"border": 1, "border_color": look.LINE})})
    end = xl_range_abs(0, len(columns) - 1, last, len(columns) - 1)
    used = f"INDEX('{PRINT_SHEET}'!{end},{_FIRST_ROW + _FOOT_ROWS}+'{PRINT_SHEET}'!{_COUNTER})"
    drawing.book.define_name(f"'{PRINT_SHEET}'!_xlnm.Print_Area", f"='{PRINT_SHEET}'!$A$1:{used}")
    drawn.protect("", {"format_columns": True, "format_rows": True})


def _draw_top(drawing: Drawing, sheet: Sheet, drawn: Worksheet, columns: list[Column]) -> None:
    end = len(columns) - 1
    for row, height in ((0, look.TITLE_HEIGHT), (_LINE_ROW, look.FACTS_HEIGHT), (_HEADER_ROW, look.HEADER_HEIGHT)):
        drawn.set_row(row, height)
    merge(drawn, 0, (0, end), "", title_format(drawing))
    drawn.write_formula(0, 0, f"='{sheet.name}'!$A$1", title_format(drawing), drawing.edition.title(sheet.title))
    merge(drawn, _LINE_ROW, (0, end), "", note_format(drawing))
    drawn.write_formula(_LINE_ROW, 0, _line(sheet), note_format(drawing), "")
    for index, column in enumerate(columns):
        drawn.set_column(index, index, min(column.shown_width, _WIDTHS.get(column.kind, column.shown_width)))
        drawn.write_string(_HEADER_ROW, index, column.header, header_format(drawing, look.SUB))
    name = f"'{sheet.name}'!{_column(sheet, sheet.frozen)}"
    drawn.set_column(f"{_COUNTER_COLUMN}:{_COUNTER_COLUMN}", None, None, {"hidden": True})
    drawn.write_formula(_COUNTER, f'=SUMPRODUCT(MAX(({name}<>"")*(ROW({name})-{layout.FIRST_ROW})))', drawing.cell(), "")


def _column(sheet: Sheet, header: str) -> str:
    column = sheet.headers.index(header)
    return xl_range_abs(layout.FIRST_ROW, column, layout.FIRST_ROW + sheet.rows - 1, column)


def _line(sheet: Sheet) -> str:
    """Every fact above the table in one line; dates as dates, an open one left blank."""
    parts = []
    for item in layout.place(sheet.facts, sheet):
        value = item.fact.name
        if item.fact.kind is model.date:
            value = f'IF(N({value})=0,"　　　　　",TEXT({value},"{model.date.number_format}"))'
        parts.append(f'"{item.fact.label}："&{value}')
    return "=" + '&"　　　"&'.join(parts)


def _formula(sheet: Sheet, step: int, index: int) -> str:
    """An entry of the table; behind the last one the totals, then the signatures."""
    source = f"'{sheet.name}'!{a1(layout.FIRST_ROW + step, sheet.headers.index(sheet.printed[index]))}"
    entry = f'IF({source}="","",{source})' if step < sheet.rows else '""'
    total, signature = _total(sheet, index), _signature(sheet, index)
    return f'IF({step}<{_COUNTER},{entry},IF({step}={_COUNTER},{total},IF({step}={_COUNTER}+1,{signature},"")))'


def _total(sheet: Sheet, index: int) -> str:
    """What the totals row says in a column: the word, how many entries, the sum of a number."""
    header = sheet.printed[index]
    if index == 0:
        return '"合计"'
    if header == sheet.printed[2]:
        counted = f'"共 "&{_COUNTER}&" 行"'
        declared = next((fact.label for fact in sheet.facts if fact.name == model.NIL), "")
        return f'IF({model.NIL}="是","{declared}",{counted})' if declared else counted
    if sheet.by_header[header].kind in _NUMBERS:
        return f"SUM('{sheet.name}'!{_column(sheet, header)})"
    return '""'


def _signature(sheet: Sheet, index: int) -> str:
    """The widest columns carry 填表人, 审核人, 联系电话."""
    by_width = sorted(range(len(sheet.printed)), key=lambda at: -sheet.by_header[sheet.printed[at]].shown_width)
    widest = sorted(by_width[:len(SIGNATURES)])
    if index not in widest:
        return '""'
    item = layout.place(SIGNATURES, sheet)[widest.index(index)]
    cell = a1(layout.FIRST_ROW + sheet.rows + 1, item.value)
    return f"""\"{item.fact.label}：\"&'{sheet.name}'!{cell}"""
