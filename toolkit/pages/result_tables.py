"""The results workbook of a merge: plain tables to read, filter and print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from toolkit.sheets import look

ResultTable = tuple[str, Sequence[str], Sequence[Sequence[object]]]
WIDEST, NARROWEST = 34, 8
FIRST_ROW = 3  # title, summary, header
EMPTY = "（没有）"


def write(path: Path, tables: Sequence[ResultTable], title: str, summary: str) -> None:
    """Write (sheet, headers, rows) tables, each under the same title line."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _formats(look.formats(book))
        for name, headers, rows in tables:
            _sheet(book.add_worksheet(name), formats, f"{title} · {name}", summary, headers, rows)


def _formats(made: look.Formats) -> dict:
    cell = {"border": 1, "border_color": look.LINE, "text_wrap": True, "valign": "top"}
    return {
        "title": made(font_size=16, bold=True, font_color=look.INK), "line": made(font_color=look.NOTE),
        "header": made(bold=True, font_color="white", bg_color=look.BAND, align="center", border=1, border_color=look.LINE),
        "cell": made(**cell), "date": made(num_format="yyyy-mm-dd", **cell),
        "error": made(bg_color=look.ERROR_FILL, font_color=look.ERROR_TEXT, **cell),
        "query": made(bg_color=look.QUERY_FILL, font_color=look.QUERY_TEXT, **cell)}


def _sheet(sheet, formats, title: str, summary: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    look.landscape(sheet)
    sheet.set_row(0, look.TITLE_HEIGHT)
    sheet.write_string(0, 0, title, formats["title"])
    sheet.write_string(1, 0, f"{summary}（本表{len(rows)}行）", formats["line"])
    sheet.write_row(2, 0, headers, formats["header"])
    sheet.set_row(2, 24)
    for column, width in enumerate(_widths(headers, rows)):
        sheet.set_column(column, column, width)
    for number, row in enumerate(rows, FIRST_ROW):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, formats)
    if rows:
        sheet.autofilter(2, 0, FIRST_ROW + len(rows) - 1, len(headers) - 1)
    else:
        sheet.write_string(FIRST_ROW, 0, EMPTY, formats["line"])
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _cell(sheet, row: int, column: int, value: object, formats) -> None:
    if isinstance(value, bool) or value is None or value == "":
        sheet.write_blank(row, column, None, formats["cell"])
    elif isinstance(value, datetime | date):
        sheet.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, formats["cell"])
    else:
        level = {"错误": "error", "提示": "query", "拒收": "error", "未报": "query"}.get(value, "cell")
        sheet.write_string(row, column, str(value), formats[level])


def _widths(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> list[float]:
    """Column widths by the widest of the first rows, Chinese characters counting double."""
    shown = [headers, *rows[:200]]
    return [min(WIDEST, max(NARROWEST, max(look.display_width(_text(row[column])) for row in shown) + 3)) for column in range(len(headers))]


def _text(value: object) -> str:
    return "" if value is None else str(value)
