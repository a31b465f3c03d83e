"""Workbooks of plain tables to read, filter and print: the results of a merge, lists, the index of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.sheets import look

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ResultTable = tuple[str, Sequence[str], Sequence[Sequence[object]]]
WIDEST, NARROWEST = 34, 8
FIRST_ROW = 3  # title, summary, header
EMPTY = "（没有）"
MOST_LINKS, LONGEST_LINK = 60_000, 2_000  # Excel 一张表的链接至多65530个


class FileLink(NamedTuple):
    """A cell that leads to a file beside the workbook: what it shows, the file (seen from the workbook) and the cell in it."""

    text: str
    file: str
    cell: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def url(self) -> str:
        """As Excel writes it; "" where it could not."""
        whole = f"external:{self.file}" + (f"#{self.cell}" if self.cell else "")
        return "" if "#" in self.file or not self.file or len(whole) > LONGEST_LINK else whole


def write(path: Path, tables: Sequence[ResultTable], title: str, summary: str) -> None:
    """Write (sheet, headers, rows) tables, each under the same title line."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _formats(look.formats(book))
        for name, headers, rows in tables:
            _sheet(book.add_worksheet(name), formats, f"{title} · {name}", summary, headers, rows)


def _formats(made: look.Formats) -> dict[str, Format]:
    cell = {"border": 1, "border_color": look.LINE, "text_wrap": True, "valign": "top"}
    return {
        "title": made(font_size=16, bold=True, font_color=look.INK), "line": made(font_color=look.NOTE),
        "header": made(bold=True, font_color="white", bg_color=look.BAND, align="center", border=1, border_color=look.LINE),
        "cell": made(**cell), "link": made(font_color=look.BAND, underline=1, **cell), "date": made(num_format="yyyy-mm-dd", **cell),
        "error": made(bg_color=look.ERROR_FILL, font_color=look.ERROR_TEXT, **cell),
        "query": made(bg_color=look.QUERY_FILL, font_color=look.QUERY_TEXT, **cell)}


def _sheet(sheet: Worksheet, formats: Mapping[str, Format], title: str, summary: str, headers: Sequence[str],
           rows: Sequence[Sequence[object]]) -> None:
    look.landscape(sheet)
    sheet.set_row(0, look.TITLE_HEIGHT)
    sheet.write_string(0, 0, title, formats["title"])
    sheet.write_string(1, 0, f"{summary}（本表{len(rows)}行）", formats["line"])
    sheet.write_row(2, 0, headers, formats["header"])
    sheet.set_row(2, 24)
    for column, width in enumerate(_widths(headers, rows)):
        sheet.set_column(column, column, width)
    links = 0
    for number, row in enumerate(rows, FIRST_ROW):
        for column, value in enumerate(row):
            if isinstance(value, FileLink) and value.url and links < MOST_LINKS:
                sheet.write_url(number, column, value.url, formats["link"], value.text)
                links += 1
            else:
                _cell(sheet, number, column, value, formats)
    if rows:
        sheet.autofilter(2, 0, FIRST_ROW + len(rows) - 1, len(headers) - 1)
    else:
        sheet.write_string(FIRST_ROW, 0, EMPTY, formats["line"])
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _cell(sheet: Worksheet, row: int, column: int, value: object, formats: Mapping[str, Format]) -> None:
    if isinstance(value, bool) or value is None or str(value) == "":
        sheet.write_blank(row, column, None, formats["cell"])
    elif isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        sheet.write_datetime(row, column, moment, formats["date"])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, float(value), formats["cell"])
    else:
        level = {"错误": "error", "提示": "query", "拒收": "error", "未报": "query"}.get(str(value), "cell")
        sheet.write_string(row, column, str(value), formats[level])


def _widths(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> list[float]:
    """Column widths by the widest of the first rows, Chinese characters counting double."""
    shown = [headers, *rows[:200]]
    return [min(WIDEST, max(NARROWEST, max(look.display_width(_text(row[column])) for row in shown) + 3)) for column in range(len(headers))]


def _text(value: object) -> str:
    return "" if value is None else str(value)
