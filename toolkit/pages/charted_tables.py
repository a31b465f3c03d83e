"""A workbook of tables of figures, each with native charts of its columns beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.sheets import look

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_BARS = 15  # groups in one chart
_FIRST = 3  # title, summary, header
_COLOURS = (look.BAND, look.PALE, "#A9D18E", "#F4B183")
_LEAST_WIDTH, _MOST_WIDTH, _SLOT, _LEAST_HEIGHT, _SPARE, _GAP, _BESIDE = 400, 760, 44, 280, 110, 10, 64  # 像素；_BESIDE 是表右边一列的宽
_ROOM = 1.25  # of the longest bar, for the figure behind it
MOST_ON_ONE_PAGE = 30  # rows of a sheet that is printed on one page


@dataclass(frozen=True)
class ChartedTable:
    """A sheet: headers, one row a group, the sums last; and the headers that each of its charts shows, by the chart's title."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str | int | float]]
    charts: Sequence[tuple[str, Sequence[str]]]


def write_charted(path: Path, tables: Sequence[ChartedTable], title: str, summary: str) -> None:
    """One sheet a table, below it its charts side by side, those that have anything to show.

    A chart shows the first `MOST_BARS` groups, not the sums.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for table in tables:
            sheet = book.add_worksheet(table.name)
            _table(book, sheet, table, title, summary)
            if len(table.rows) > 1:
                _charts(book, sheet, table)


def _table(book: Workbook, sheet: Worksheet, table: ChartedTable, title: str, summary: str) -> None:
    made = look.formats(book)
    cell = {"border": 1, "border_color": look.LINE, "valign": "vcenter"}
    look.landscape(sheet)
    sheet.set_row(0, look.TITLE_HEIGHT)
    sheet.write_string(0, 0, f"{title} · {table.name}", made(font_size=16, bold=True, font_color=look.INK))
    sheet.write_string(1, 0, summary, made(font_color=look.NOTE, valign="vcenter"))
    sheet.set_row(1, look.ROW_HEIGHT)
    sheet.write_row(2, 0, table.headers, made(bold=True, font_color="white", bg_color=look.BAND, align="center", **cell))
    sheet.set_row(2, 24)
    for number, row in enumerate(table.rows, _FIRST):
        last = {"bold": True, "bg_color": look.LOCK} if number == _FIRST + len(table.rows) - 1 else {}
        sheet.set_row(number, look.ROW_HEIGHT)
        sheet.write_string(number, 0, str(row[0]), made(**cell, **last))
        for column, value in enumerate(row[1:], 1):
            sheet.write_number(number, column, float(value), made(num_format="#,##0.##;-#,##0.##;0" if value % 1 else "#,##0", **cell, **last))
    for column, width in enumerate(_widths(table)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_FIRST, 1)
    sheet.fit_to_pages(1, 1 if len(table.rows) <= MOST_ON_ONE_PAGE else 0)


def _widths(table: ChartedTable) -> list[int]:
    """Column widths in characters."""
    shown = [[header, *(f"{row[column]:,}" if column else str(row[column]) for row in table.rows)]
             for column, header in enumerate(table.headers)]
    return [min(44, max(9, *map(look.display_width, texts)) + 3) for texts in shown]


def _charts(book: Workbook, sheet: Worksheet, table: ChartedTable) -> None:
    groups = min(len(table.rows) - 1, MOST_BARS)
    height = max(_LEAST_HEIGHT, groups * _SLOT + _SPARE)
    more = f"（前{groups}个）" if groups < len(table.rows) - 1 else ""
    top = _FIRST + len(table.rows) + 1
    small = {"name": look.FONT, "size": 9, "color": look.NOTE}
    drawn = [(title, headers) for title, headers in table.charts
             if any(row[table.headers.index(header)] for row in table.rows for header in headers)]
    for (title, headers), (left, width) in zip(drawn, _places(table, len(drawn)), strict=True):
        longest = max(float(row[table.headers.index(header)]) for row in table.rows[:groups] for header in headers)
        chart = book.add_chart({"type": "bar"})
        assert chart is not None
        for turn, header in enumerate(headers):
            column = table.headers.index(header)
            chart.add_series({
                "name": [table.name, 2, column], "categories": [table.name, _FIRST, 0, _FIRST + groups - 1, 0],
                "values": [table.name, _FIRST, column, _FIRST + groups - 1, column], "gap": 50,
                "fill": {"color": _COLOURS[turn % len(_COLOURS)]}, "data_labels": {"value": True, "font": small, "num_format": "#,##0;-#,##0;"}})
        chart.set_title({"name": title + more, "name_font": {"name": look.FONT, "size": 11, "color": look.INK}, "overlay": False})
        chart.set_legend({"position": "bottom", "font": small})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0, **({"max": longest * _ROOM} if longest else {})})
        chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": look.LINE}, "major_tick_mark": "none"})
        chart.set_chartarea({"border": {"color": look.LINE}})
        chart.set_size({"width": width, "height": height})
        sheet.insert_chart(top, 0, chart, {"object_position": 2, "description": title, "x_offset": left})


def _places(table: ChartedTable, count: int) -> list[tuple[int, int]]:
    """From the left, and how wide, in pixels: each chart fills whole columns, so that a program that draws columns a little wider or narrower
    keeps the charts apart and within the table."""
    columns = [7 * each + 5 for each in _widths(table)]
    edges = list(accumulate([*columns, *[_BESIDE] * (count * _MOST_WIDTH // _BESIDE + 1)]))
    wanted = min(_MOST_WIDTH, max(_LEAST_WIDTH, sum(columns) // max(1, count)))
    found, left = [], 0
    for _ in range(count):
        right = min((edge for edge in edges if edge > left), key=lambda edge: abs(edge - left - wanted))
        found.append((left, right - left - _GAP))
        left = right
    return found
