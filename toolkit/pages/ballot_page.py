"""The sheet that spreads over another: its heads, the live margin over each column, and what the tally's formulas call them.

Source: 乌人社规〔2023〕1号 第十一条
"""

from __future__ import annotations

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from toolkit.forms.model import Sheet
from toolkit.forms.spread import spread_columns
from toolkit.pages.cells import header_format
from toolkit.pages.layout import FIRST_ROW, GROUP_ROW, HEADER_ROW, Drawing
from toolkit.sheets import look
from toolkit.sheets.grid import a1

HEAD_HEIGHT = 66  # four lines
_MARGIN = '"赞成多"0"票";"反对多"0"票";"—"'


def names_of(drawing: Drawing, row: int) -> dict[str, str]:
    """What formulas of this row may call: `ballots`, the column that belongs to a row of the first sheet; `experts`, how many there are;
    `minority`, of one of these."""
    sheet = next((each for each in drawing.form.sheets if each.spread), None)
    if sheet is None:
        return {}
    (first, last), bottom = spread_columns(sheet), FIRST_ROW + sheet.rows - 1
    key, column = sheet.headers.index(sheet.key[0]), first + row - FIRST_ROW
    place, margins = f"'{sheet.name}'!", xl_range_abs(GROUP_ROW, first, GROUP_ROW, last)
    own = f"{a1(row, first)}:{a1(row, last)}"
    return {
        "ballots": place + xl_range_abs(FIRST_ROW, column, bottom, column),
        "experts": f"ROWS({place}{xl_range_abs(FIRST_ROW, key, bottom, key)})-COUNTBLANK({place}{xl_range_abs(FIRST_ROW, key, bottom, key)})",
        "minority": f'IF({a1(row, key)}="","",COUNTIFS({own},"同意",{margins},"<0")+COUNTIFS({own},"不同意",{margins},">0"))',
    }


def draw_heads(drawing: Drawing, sheet: Sheet, drawn: Worksheet) -> None:
    """Over each column the margin as it stands; in the empty template heads that follow the rows of the first sheet."""
    first, last = spread_columns(sheet)
    main = drawing.form.sheets[0]
    named = main.headers.index(sheet.spread)
    drawn.set_row(HEADER_ROW, HEAD_HEIGHT)
    head = header_format(drawing, look.SUB)
    margin = drawing.cell(bold=True, font_color="white", bg_color=look.BAND, align="center", border=1, border_color="white",
                          num_format=_MARGIN, shrink=True)
    for number, column in enumerate(range(first, last + 1)):
        ballots = xl_range_abs(FIRST_ROW, column, FIRST_ROW + sheet.rows - 1, column)
        drawn.write_formula(GROUP_ROW, column, f'=COUNTIF({ballots},"同意")-COUNTIF({ballots},"不同意")', margin, 0)
        if not drawing.edition.from_ledger:
            cell = f"'{main.name}'!{a1(FIRST_ROW + number, named)}"
            drawn.write_formula(HEADER_ROW, column, f'=IF({cell}="","",{cell})', head, "")

