"""A table of a return: title, facts, groups, headers, empty rows to fill, totals and signatures."""

from __future__ import annotations

from datetime import date

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.forms import model
from toolkit.forms.model import Column, Fact, Sheet
from toolkit.pages import ballot_page, button_row, colours, dropdowns, layout, row_formulas
from toolkit.pages.cells import band_format, column_format, header_format, merge, note_format, title_format, write
from toolkit.pages.layout import BUTTON_ROW, FACT_ROW, FIRST_ROW, GROUP_ROW, HEADER_ROW, TITLE_ROW, Drawing
from toolkit.sheets import look
from toolkit.sheets.grid import a1

SIGNATURES = (Fact("填表人", model.person), Fact("审核人", model.person), Fact("联系电话", model.phone))
_SUMMED = (model.money, model.area, model.count)
PROTECTION = {"objects": True, "scenarios": True, "sort": True, "autofilter": True, "format_cells": True,
               "format_columns": True, "format_rows": True}


def draw_table(drawing: Drawing, sheet: Sheet) -> None:
    """Draw one sheet of a return, its inputs open and everything else protected without a password."""
    drawn = drawing.book.add_worksheet(sheet.name)
    look.landscape(drawn)
    layout.set_up_print(sheet, drawn)
    for index, column in enumerate(sheet.columns):
        drawn.set_column(index, index, column.shown_width)
    _draw_top(drawing, sheet, drawn)
    button_row.draw_row(drawing, drawn, (BUTTON_ROW, 0), look.BUTTONS_HEIGHT)
    _draw_headers(drawing, sheet, drawn)
    if sheet.spread:
        ballot_page.draw_heads(drawing, sheet, drawn)
    _draw_rows(drawing, sheet, drawn)
    _draw_foot(drawing, sheet, drawn)
    colours.mark(drawing, sheet, drawn)
    drawn.freeze_panes(FIRST_ROW, layout.frozen_columns(sheet))
    drawn.autofilter(HEADER_ROW, 0, FIRST_ROW + sheet.rows - 1, len(sheet.columns) - 1)
    start = _first_empty(drawing, sheet)
    drawn.set_selection(*start, *start)
    drawn.protect("", PROTECTION)


def _known(drawing: Drawing) -> dict[str, str | date]:
    """{defined name: value} of the facts known beforehand."""
    known = {"fact_unit": drawing.edition.office, "fact_deadline": drawing.edition.deadline}
    return {name: value for name, value in known.items() if value}


def _draw_top(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    layout.set_top_rows(drawn)
    title = title_format(drawing, locked=False, shrink=True)
    merge(drawn, TITLE_ROW, (0, layout.title_end(sheet)), drawing.edition.title(sheet.title), title)
    placed = layout.place(sheet.facts, sheet)
    for item in placed:
        _draw_fact(drawing, sheet, drawn, item)
    if drawing.form.subject:
        _draw_studio(drawing, sheet, drawn)
        return
    start = placed[-1].value + 1 if placed else layout.frozen_columns(sheet)
    if start <= layout.first_page_end(sheet):  # else it stands in 填报说明 alone
        merge(drawn, FACT_ROW, (start, layout.first_page_end(sheet)), sheet.guide, note_format(drawing, indent=1, shrink=True))
    if not placed:
        unit = _known(drawing).get("fact_unit", "")
        label = "填报单位（盖章）："
        drawn.write_formula(FACT_ROW, 0, f'="{label}"&fact_unit', note_format(drawing), label + str(unit))


def _draw_studio(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    """One line with the studio the first page names, and how to fill in."""
    shown = note_format(drawing, shrink=True)
    merge(drawn, FACT_ROW, (0, layout.first_page_end(sheet)), "", shown)
    drawn.write_formula(FACT_ROW, 0, f'="工作室名称："&{drawing.form.subject}&"　　{sheet.guide}"', shown, "")


def _draw_fact(drawing: Drawing, sheet: Sheet, drawn: Worksheet, item: layout.Placed) -> None:
    locked = {"bg_color": look.LOCK} if _is_locked(drawing, item.fact) else {"locked": False}
    entry = drawing.cell(bottom=1, bottom_color=look.BAND, **locked, num_format=item.fact.kind.number_format,
                      align="left" if item.fact.kind is model.text else "center", shrink=True)
    drawn.write_string(FACT_ROW, item.label, item.fact.label, drawing.cell(align="right", bold=True, font_color=look.INK))
    write(drawn, FACT_ROW, item.value, _known(drawing).get(item.fact.name), entry)
    drawn.data_validation(FACT_ROW, item.value, FACT_ROW, item.value, dropdowns.validation(item.fact))
    cell = xl_rowcol_to_cell(FACT_ROW, item.value, row_abs=True, col_abs=True)
    drawing.book.define_name(item.fact.name, f"='{sheet.name}'!{cell}")


def _draw_headers(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    for first, last in layout.runs([column.group for column in sheet.columns], layout.band_cuts(sheet)):
        if sheet.each is not None and sheet.columns[first].group == sheet.each.group:
            continue  # see `draw_heads`
        merge(drawn, GROUP_ROW, (first, last), sheet.columns[first].group or sheet.name, band_format(drawing))
    for index, column in enumerate(sheet.columns):
        fill = look.LOCK if _is_locked(drawing, column) else look.SUB
        drawn.write_string(HEADER_ROW, index, column.header, header_format(drawing, fill, column.required))


def _draw_rows(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    last = FIRST_ROW + sheet.rows - 1
    if any(column.prose and column.required for column in sheet.columns):
        for row in range(FIRST_ROW, last + 1):
            drawn.set_row(row, look.PROSE_HEIGHT)
    templates = row_formulas.row_formulas(sheet, drawing.edition.regulation)
    for index, column in enumerate(sheet.columns):
        template = templates.get(column.header)
        shown = column_format(drawing, column, **({"bg_color": look.LOCK} if _is_locked(drawing, column) else {"locked": False}))
        printed = dict(enumerate(drawing.edition.regulation.lists[column.preset].names, FIRST_ROW)) if column.preset else {}
        for row in range(FIRST_ROW, last + 1):
            if row in printed:
                drawn.write_string(row, index, printed[row], shown)
            elif template:
                formula = row_formulas.fill(template, (_cells_of(sheet, row) | ballot_page.names_of(drawing, row)).__getitem__)
                drawn.write_formula(row, index, f"={formula}", shown, "")
            else:
                drawn.write_blank(row, index, None, shown)
        given = {"source": [drawing.edition.district]} if column.choices == "districts" and drawing.edition.district else {}
        drawn.data_validation(FIRST_ROW, index, last, index, {**dropdowns.validation(column), **given})


def _is_locked(drawing: Drawing, entry: Column | Fact) -> bool:
    computed = isinstance(entry, Column) and bool(entry.formula or entry.preset)
    return computed or (entry.given and drawing.edition.from_ledger)


def _cells_of(sheet: Sheet, row: int) -> dict[str, str]:
    """What a formula of this row may name: its cells and columns by header, the facts by @label."""
    known = {f"@{fact.label}": fact.name for fact in sheet.facts}
    for column, header in enumerate(sheet.headers):
        known |= {header: a1(row, column), f"{header}:": column_range(sheet, header),
                  f"{header}^": f"{xl_rowcol_to_cell(FIRST_ROW, column, row_abs=True)}:{a1(row, column)}"}
    return known


def column_range(sheet: Sheet, header: str) -> str:
    """The input rows of a column, as `$D$6:$D$45`."""
    column = sheet.headers.index(header)
    return xl_range_abs(FIRST_ROW, column, FIRST_ROW + sheet.rows - 1, column)


def _draw_foot(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    """The totals row and, below it, who filled in and who checked, unless a page of the workbook is signed."""
    total, last = FIRST_ROW + sheet.rows, FIRST_ROW + sheet.rows - 1
    plain = {"bold": True, "bg_color": look.SUB, "top": 1, "bottom": 1, "border_color": look.LINE}
    for index, column in enumerate(sheet.columns[1:], 1):
        shown = drawing.cell(num_format=column.kind.number_format, align=column.kind.align, shrink=True, **plain)
        if column.kind in _SUMMED:
            drawn.write_formula(total, index, f"=SUM({xl_range_abs(FIRST_ROW, index, last, index)})", shown, "")
        else:
            drawn.write_blank(total, index, None, shown)
    named = sheet.headers.index(sheet.frozen)
    rows = xl_range_abs(FIRST_ROW, named, last, named)
    counted = f"ROWS({rows})-COUNTBLANK({rows})"  # dates too, which "?*" does not count
    drawn.write_formula(total, 0, f'="合计　共 "&({counted})&" 行"', drawing.cell(**plain), "")
    if any(each.page for each in drawing.form.sheets):  # signed on the page, once
        return
    drawn.set_row(total + 1, look.FACTS_HEIGHT)
    for item in layout.place(SIGNATURES, sheet):
        drawn.write_string(total + 1, item.label, item.fact.label + "：", note_format(drawing, align="right"))
        drawn.write_blank(total + 1, item.value, None, drawing.cell(
            locked=False, bottom=1, bottom_color=look.LINE, num_format=item.fact.kind.number_format))


def _first_empty(drawing: Drawing, sheet: Sheet) -> tuple[int, int]:
    """The first input cell that is still empty."""
    for item in layout.place(sheet.facts, sheet):
        if item.fact.name not in _known(drawing):
            return FACT_ROW, item.value
    return FIRST_ROW, next(i for i, column in enumerate(sheet.columns) if not _is_locked(drawing, column))
