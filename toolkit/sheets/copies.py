"""An .xlsx of a workbook that cannot be edited part by part (.xls .et .ods .xlsb): its values at their addresses."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from toolkit.sheets import look
from toolkit.sheets.grid import Book, CellError, Grid, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# Errors that can be written as a formula; the newer ones would be one that no Excel reads.
_FORMULAS_GIVE = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
_WIDEST, _NARROWEST = 40, 8  # characters
_MEASURED_ROWS = 200


def editable(data: bytes) -> bool:
    """Whether the bytes are an .xlsx or .xlsm."""
    return bool(_content_types(data))


def suffix(data: bytes) -> str:
    """The file suffix that fits an editable workbook."""
    return ".xlsm" if _MACROS in _content_types(data) else ".xlsx"


def _content_types(data: bytes) -> bytes:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive.namelist() else b""
    return types if _PLAIN in types or _MACROS in types else b""


def as_xlsx(book: Book, header_rows: Mapping[str, int]) -> bytes:
    """The workbook as .xlsx. `header_rows` (zero-based, by sheet) are drawn as headers and stay in sight."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        formats = look.formats(made)
        for grid in book.grids:
            _sheet(made.add_worksheet(grid.name), grid, formats, header_rows.get(grid.name))
    return target.getvalue()


def _sheet(sheet: Worksheet, grid: Grid, formats: look.Formats, header_row: int | None) -> None:
    look.landscape(sheet)
    plain, header = formats(), formats(bold=True, bg_color=look.SUB, border=1, border_color=look.LINE, text_wrap=True)
    corners = {(first, left) for first, left, _, _ in grid.merged}
    for first, left, last, right in grid.merged:
        sheet.merge_range(first, left, last, right, "", plain)
    for number, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            if value is not None or (number, column) in corners:
                _write(sheet, number, column, value, header if number == header_row else _format(formats, value))
    for column, width in enumerate(_widths(grid, header_row)):
        sheet.set_column(column, column, width, None, {"hidden": column in grid.hidden_columns})
    for number in grid.hidden_rows:
        sheet.set_row(number, None, None, {"hidden": True})
    if header_row is not None:
        sheet.freeze_panes(header_row + 1, 0)
        sheet.repeat_rows(header_row)
    if not grid.visible:
        sheet.hide()


def _format(formats: look.Formats, value: Value) -> Format:
    if isinstance(value, datetime):
        moment = value.time() != time()
        return formats(num_format="yyyy-mm-dd hh:mm" if moment else "yyyy-mm-dd", align="left")
    if isinstance(value, date):
        return formats(num_format="yyyy-mm-dd", align="left")
    if isinstance(value, time | timedelta):
        return formats(num_format="[h]:mm:ss")
    return formats(num_format="@") if isinstance(value, str) else formats()


def _write(sheet: Worksheet, row: int, column: int, value: Value, shown: Format) -> None:
    match value:
        case None:
            sheet.write_blank(row, column, None, shown)
        case bool():
            sheet.write_boolean(row, column, value, shown)
        case int() | float():
            sheet.write_number(row, column, value, shown)
        case date() | time() | timedelta():
            sheet.write_datetime(row, column, value, shown)  # type: ignore[call-overload]  # takes all three
        case CellError() if value.text in _FORMULAS_GIVE:
            sheet.write_formula(row, column, f"={value.text}", shown, value.text)
        case _:
            sheet.write_string(row, column, value.text if isinstance(value, CellError) else str(value), shown)


def _widths(grid: Grid, header_row: int | None) -> list[float]:
    """Column widths by what stands below the title lines."""
    rows = grid.rows[header_row or 0:][:_MEASURED_ROWS]
    columns = max((len(row) for row in grid.rows), default=0)
    texts = [[str(row[column]) for row in rows if column < len(row) and row[column] is not None]
             for column in range(columns)]
    return [min(_WIDEST, max([_NARROWEST, *(look.display_width(text) + 2 for text in cells)])) for cells in texts]
