"""An .xlsx of a workbook that cannot be edited part by part (.xls .et .ods .xlsb, or damaged): its values at their addresses."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.sheets import look
from toolkit.sheets.grid import Book, CellError, Grid, Value
from toolkit.sheets.ooxml.cellxml import TEXT_LIMIT
from toolkit.sheets.ooxml.workbook import Workbook

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
VALUES_SUFFIX = ".xlsx"
_WIDEST, _NARROWEST = 40, 8  # characters
_MEASURED_ROWS = 200
_NAME_LIMIT = 31  # characters of a sheet's name, as UTF-16 counts them
_NOT_IN_NAMES = re.compile("[\x00-\x1f\ufffe\uffff:\\\\/?*\\[\\]]")
_RESERVED = ("history",)  # Excel keeps this name for itself
_FORMULA_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")  # what a formula can be written as
_FIRST_DAY = date(1900, 1, 1)

_Merged = tuple[int, int, int, int]


def editable(data: bytes) -> bool:
    """Whether the bytes are an .xlsx or .xlsm that can be edited part by part."""
    return _content_type(data) in (_PLAIN, _MACROS)


def suffix(data: bytes) -> str:
    """The file suffix that fits an editable workbook."""
    return ".xlsm" if _content_type(data) == _MACROS else ".xlsx"


def _content_type(data: bytes) -> str:
    try:
        book = Workbook(data)
        return book.package.content_type(book.part)
    except UserError:
        return ""


def with_legal_names(book: Book) -> tuple[Book, dict[str, str]]:
    """The workbook with sheet names that Excel can have, and old name → new name. Other programs allow longer and stranger ones."""
    names = legal_names([grid.name for grid in book.grids])
    grids = tuple(replace(grid, name=name) for grid, name in zip(book.grids, names, strict=True))
    return replace(book, grids=grids), {old.name: new.name for old, new in zip(reversed(book.grids), reversed(grids), strict=True)}


def legal_names(names: Sequence[str]) -> list[str]:
    """What sheets of these names can be called in Excel, in the same order; no two alike."""
    legal: list[str] = []
    for name in names:
        plain = _NOT_IN_NAMES.sub("_", name).strip("'") or "Sheet"
        taken = {*_RESERVED, *map(str.casefold, legal)}
        legal.append(next(tried for tried in _tries(plain) if tried.casefold() not in taken))
    return legal


def _tries(name: str) -> Iterator[str]:
    yield _shortened(name, "")
    number = 2
    while True:
        yield _shortened(name, f"({number})")
        number += 1


def _shortened(name: str, ending: str) -> str:
    room = 2 * (_NAME_LIMIT - len(ending))
    return name.encode("utf-16-le", "replace")[:room].decode("utf-16-le", "ignore").rstrip("'") + ending


def as_xlsx(book: Book, header_rows: Mapping[str, int]) -> bytes:
    """The workbook as .xlsx. `header_rows` (zero-based, by sheet) are drawn as headers and stay in sight.

    Sheet names must be ones Excel can have (see `with_legal_names`).
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as made:
        formats = look.formats(made)
        sheets = [_sheet(made.add_worksheet(grid.name), grid, formats, header_rows.get(grid.name)) for grid in book.grids]
        front = next((sheet for sheet, grid in zip(sheets, book.grids, strict=True) if grid.visible), None)
        if front is not None:
            front.activate()
    return target.getvalue()


def _sheet(sheet: Worksheet, grid: Grid, formats: look.Formats, header_row: int | None) -> Worksheet:
    look.landscape(sheet)
    plain, header = formats(), formats(bold=True, bg_color=look.SUB, border=1, border_color=look.LINE, text_wrap=True)
    merged = list(_apart(grid.merged, len(grid.rows), max(map(len, grid.rows), default=0)))
    corners = {(first, left) for first, left, _, _ in merged}
    for area in merged:
        sheet.merge_range(*area, "", plain)
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
    return sheet


def _apart(merged: Iterable[_Merged], rows: int, columns: int) -> Iterator[_Merged]:
    """The merged areas as far as they lie over the table and over no other."""
    kept: list[_Merged] = []
    for top, left, bottom, right in merged:
        area = top, left, min(bottom, max(top, rows - 1)), min(right, max(left, columns - 1))
        is_one_cell = area[:2] == area[2:]
        if not is_one_cell and not any(_overlap(area, other) for other in kept):
            kept.append(area)
            yield area


def _overlap(one: _Merged, other: _Merged) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


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
        case datetime() | date() if (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, shown)  # type: ignore[call-overload]  # takes days, hours and spans
        case time() | timedelta() if not isinstance(value, timedelta) or value >= timedelta():
            sheet.write_datetime(row, column, value, shown)  # type: ignore[call-overload]
        case CellError() if value.text in _FORMULA_ERRORS:
            sheet.write_formula(row, column, f"={value.text}", shown, value.text)
        case _:
            sheet.write_string(row, column, _text(value.text if isinstance(value, CellError) else str(value)), shown)


def _text(text: str) -> str:
    """What a cell can hold of it; XlsxWriter takes a text between `<r>` and `</r>` for XML of its own."""
    text = text.encode("utf-16-le", "replace")[:2 * TEXT_LIMIT].decode("utf-16-le", "ignore")
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _widths(grid: Grid, header_row: int | None) -> list[float]:
    """Column widths by what stands below the title lines."""
    rows = grid.rows[header_row or 0:][:_MEASURED_ROWS]
    columns = max((len(row) for row in grid.rows), default=0)
    texts = [[str(row[column]) for row in rows if column < len(row) and row[column] is not None]
             for column in range(columns)]
    return [min(_WIDEST, max([_NARROWEST, *(look.display_width(text) + 2 for text in cells)])) for cells in texts]
