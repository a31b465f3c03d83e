"""A page with one record: bands, and lines of labels with their cells, as 附件1 is printed; A4 portrait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.forms import model, roles
from toolkit.forms.model import Column, PageBlock, PageEntry, Sheet
from toolkit.pages import button_row, dropdowns, row_formulas, table
from toolkit.pages.cells import PageValue, column_format, merge, note_format, title_format, write
from toolkit.pages.layout import Drawing
from toolkit.sheets import look

PAIRS = 4
_LABEL_WIDTH, _CELL_WIDTH = 17.5, 16
_LAST = 2 * PAIRS - 1
_TITLE_ROW, _BUTTON_ROW, _NOTE_ROW, _FIRST_ROW = range(4)
_LINE_HEIGHT = 32  # points: two lines of a label


def draw_record_page(drawing: Drawing, sheet: Sheet) -> None:
    """Draw a page, the cells of whoever fills in the form open and everything else protected without a password."""
    drawn = drawing.book.add_worksheet(sheet.name)
    _set_up(drawn)
    drawn.set_row(_TITLE_ROW, look.TITLE_HEIGHT)
    drawn.set_row(_BUTTON_ROW, look.BUTTONS_HEIGHT)
    drawn.set_row(_NOTE_ROW, look.FACTS_HEIGHT)
    merge(drawn, _TITLE_ROW, (0, _LAST), drawing.edition.title(sheet.title), title_format(drawing))
    button_row.draw_row(drawing, drawn, (_BUTTON_ROW, 0), look.BUTTONS_HEIGHT)
    merge(drawn, _NOTE_ROW, (0, _LAST), sheet.guide, note_format(drawing, shrink=True))
    cells = dict(_placed(sheet))
    formulas = {header: row_formulas.fill(template, _names(drawing, cells).__getitem__)
                for header, template in row_formulas.row_formulas(sheet, drawing.edition.regulation).items()}
    row = _FIRST_ROW
    for block in sheet.page:
        row = _draw_block(drawing, sheet, drawn, row, block, formulas)
    _mark_missing(drawing, sheet, drawn, cells)
    start = next(cells[entry.header] for entry in sheet.entries if _is_open(drawing, sheet.by_header[entry.header]))
    drawn.set_selection(*start, *start)
    drawn.protect("", table.PROTECTION)


def _set_up(drawn: Worksheet) -> None:
    for pair in range(PAIRS):
        drawn.set_column(2 * pair, 2 * pair, _LABEL_WIDTH)
        drawn.set_column(2 * pair + 1, 2 * pair + 1, _CELL_WIDTH)
    look.landscape(drawn)
    drawn.set_portrait()
    drawn.fit_to_pages(1, 0)
    drawn.center_horizontally()
    drawn.freeze_panes(_FIRST_ROW, 0)


def _placed(sheet: Sheet) -> Iterator[tuple[str, tuple[int, int]]]:
    """Header → its cell (zero-based)."""
    row = _FIRST_ROW
    for block in sheet.page:
        for at, line in enumerate(block.lines, row + 1):
            column = 0
            for entry in line:
                yield entry.header, (at, column + 1)
                column += 2 * entry.span
        row += 1 + len(block.lines)


def _names(drawing: Drawing, cells: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """What a formula of the page may name: its cells by header, the days terms run from, the columns of the workbook's tables."""
    found = {header: xl_rowcol_to_cell(*cell, row_abs=True, col_abs=True) for header, cell in cells.items()}
    found |= {f"@{told}": found[header] for told, header in (("填报日期", "填报时间"), ("申报截止日", "申报截止日")) if header in found}
    for sheet in drawing.form.sheets:
        if not sheet.page:
            found |= {f"{sheet.name}!{header}": f"'{sheet.name}'!{table.column_range(sheet, header)}" for header in sheet.headers}
    return found


def _draw_block(drawing: Drawing, sheet: Sheet, drawn: Worksheet, row: int, block: PageBlock, formulas: Mapping[str, str]) -> int:
    """A band and its lines; returns the row of the next band."""
    drawn.set_row(row, look.GROUP_HEIGHT)
    merge(drawn, row, (0, _LAST), block.title, drawing.cell(bold=True, font_color="white", bg_color=look.BAND, indent=1))
    for at, line in enumerate(block.lines, row + 1):
        drawn.set_row(at, block.height or _LINE_HEIGHT)
        column = 0
        for entry in line:
            _draw_entry(drawing, sheet, drawn, (at, column), entry, formulas)
            column += 2 * entry.span
    return row + 1 + len(block.lines)


def _draw_entry(drawing: Drawing, sheet: Sheet, drawn: Worksheet, at: tuple[int, int], entry: PageEntry, formulas: Mapping[str, str]) -> None:
    column, (row, left) = sheet.by_header[entry.header], at
    is_open = _is_open(drawing, column)
    marks = {"font_color": look.REQUIRED, "num_format": '@"*"'} if column.required and is_open else {"font_color": look.INK}
    drawn.write_string(row, left, entry.label, drawing.cell(
        bold=True, align="center", text_wrap=True, bg_color=look.SUB if is_open else look.LOCK_HEAD, border=1, border_color=look.LINE, **marks))
    more = {"valign": "top"} if column.kind is model.passage else {"align": "left", "indent": 1}
    shown = column_format(drawing, column, **({"locked": False} if is_open else {"bg_color": look.LOCK}), **more)
    first, last = left + 1, left + 2 * entry.span - 1
    if last > first:
        drawn.merge_range(row, first, row, last, "", shown)
    if entry.header in formulas:
        drawn.write_formula(row, first, f"={formulas[entry.header]}", shown, "")
    else:
        write(drawn, row, first, _known(drawing).get(entry.name), shown)
        if is_open:
            drawn.data_validation(row, first, row, first, dropdowns.validation(column))
    address = xl_rowcol_to_cell(row, first, row_abs=True, col_abs=True)
    drawing.book.define_name(entry.name, f"='{sheet.name}'!{address}")


def _is_open(drawing: Drawing, column: Column) -> bool:
    return roles.owner(drawing.form, column) == drawing.form.role


def _known(drawing: Drawing) -> dict[str, PageValue]:
    """{defined name: value} of what is known before anybody fills in."""
    edition = drawing.edition
    return {"app_district": edition.district, "app_year": edition.year, "app_deadline": edition.deadline,
            "app_pledge": edition.regulation.facts["pledge"]}


def _mark_missing(drawing: Drawing, sheet: Sheet, drawn: Worksheet, cells: Mapping[str, tuple[int, int]]) -> None:
    """Colour what is required and still empty once the page was begun."""
    required = [entry for entry in sheet.entries if sheet.by_header[entry.header].required and _is_open(drawing, sheet.by_header[entry.header])]
    if not required:
        return
    began = xl_rowcol_to_cell(*cells[required[0].header], row_abs=True, col_abs=True)
    wanted = drawing.book.add_format({"bg_color": look.WANTED})
    for entry in required:
        row, column = cells[entry.header]
        own = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        drawn.conditional_format(row, column, row, column + 2 * entry.span - 2, {
            "type": "formula", "criteria": f'=AND({began}<>"",{own}="")', "format": wanted})
