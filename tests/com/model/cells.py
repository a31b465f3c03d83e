"""The cells of a sheet: what stands in them, in the shapes that COM gives and takes, and their looks."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet as OpenpyxlSheet

from tests.lo_engine.areas import LAST_COLUMN, LAST_ROW, Area
from tests.lo_engine.refused import ComError
from tests.lo_engine.typed import EPOCH, Typed, date_typed, fifteen_digits, typed

ERROR_NUMBERS = {"#DIV/0!": -2146826281, "#N/A": -2146826246, "#NAME?": -2146826259, "#NULL!": -2146826288, "#NUM!": -2146826252,
                 "#REF!": -2146826265, "#VALUE!": -2146826273}
_DAYS_TO_1904 = 1462
_LONGEST_TEXT = 32767
_MONEY = re.compile(r"[$¥￥€]")
_LOCALE = re.compile(r"\[\$-[^\]]*\]|\[(?!\$)[^\]]*\]")
_DEFAULT_HEIGHT, _DEFAULT_WIDTH = 15.0, 8.43
_DIGIT, _PADDING = 7, 5  # pixels of the usual font


class Cells:
    """One sheet's cells, zero-based; `computed` gives the value of a formula by (row, column)."""

    def __init__(self, sheet: OpenpyxlSheet, date1904: bool, computed: Callable[[], dict[tuple[int, int], Any]]) -> None:
        self.sheet = sheet
        self._date1904 = date1904
        self._computed = computed
        self._styles: dict[tuple, Any] = {}

    # ---- what stands there ----

    def cell(self, row: int, column: int) -> Cell | MergedCell | None:
        """The cell, None where the sheet holds none."""
        return self.sheet._cells.get((row + 1, column + 1))

    def made(self, row: int, column: int) -> Cell | MergedCell:
        """The cell; a new one has the look of its row or else of its column."""
        if (found := self.cell(row, column)) is None:
            look = self.look(row, column)
            found = self.sheet.cell(row + 1, column + 1)
            if look is not None:
                found._style = copy(look._style)
        return found

    def is_formula(self, row: int, column: int) -> bool:
        found = self.cell(row, column)
        return found is not None and found.data_type == "f"

    def raw(self, row: int, column: int) -> Any:
        """What stands there as Value2 gives it: float, text, truth, error number, None."""
        found = self.cell(row, column)
        if found is None or found.value is None:
            return None
        value = self._computed().get((row, column)) if found.data_type == "f" else found.value
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float | Decimal):
            return float(value)
        if isinstance(value, date | datetime | time | timedelta):
            return float(to_excel(value, self.sheet.parent.epoch))
        text = str(value)
        is_error = text in ERROR_NUMBERS and (found.data_type in "ef")
        return ERROR_NUMBERS[text] if is_error else text

    def value(self, row: int, column: int) -> Any:
        """What stands there as Value gives it: cells shown as dates come as datetimes in UTC, those shown as money as Decimal."""
        raw = self.raw(row, column)
        if type(raw) is not float:
            return raw
        code = self.number_format(row, column)
        if is_date_format(code):
            days = raw + (_DAYS_TO_1904 if self._date1904 else 0)
            return (EPOCH + timedelta(milliseconds=round(days * 86_400_000))).replace(tzinfo=UTC)
        if _MONEY.search(_LOCALE.sub("", code.replace("[$¥", "¥").replace("[$￥", "￥"))):
            return Decimal(str(round(raw, 4)))
        return raw

    def formula(self, row: int, column: int) -> str:
        """What the formula bar shows: the formula, or the constant as a text."""
        found = self.cell(row, column)
        if found is None or found.value is None:
            return ""
        if found.data_type == "f":
            written = found.value.text if isinstance(found.value, ArrayFormula) else str(found.value)
            return "=" + written.removeprefix("=")
        raw = self.raw(row, column)
        if isinstance(raw, bool):
            return str(raw).upper()
        if isinstance(raw, float):
            return str(int(raw)) if raw.is_integer() else repr(raw)
        return str(found.value) if isinstance(raw, int) else raw

    def put(self, row: int, column: int, value: Any, today: date) -> None:
        """Put a value in; a text is read as if it were typed. ComError where Excel would refuse."""
        cell = self.made(row, column)
        if isinstance(cell, MergedCell):
            return  # Excel takes what is put behind a merged area's first cell, and drops it
        if isinstance(value, str) and len(value) > _LONGEST_TEXT:
            raise ComError("文字太长，一个单元格放不下")
        entry = self._entry(value, cell.number_format, today)
        cell.value = None
        if entry.formula:
            _refuse_wrong(str(entry.value))
            cell.value = str(entry.value)
        elif isinstance(entry.value, str):
            if entry.value:
                cell.value = entry.value
                cell.data_type = "e" if entry.value in ERROR_NUMBERS and cell.number_format != "@" else "s"
        else:
            cell.value = bool(entry.value) if entry.boolean else entry.value
        if entry.number_format and cell.number_format == "General":
            cell.number_format = entry.number_format

    def _entry(self, value: Any, code: str, today: date) -> Typed:
        if value is None:
            return Typed("")
        if code == "@":
            return Typed(_kept_text(value))
        if isinstance(value, bool):
            return Typed(float(value), boolean=True)
        if isinstance(value, int | float | Decimal):
            return Typed(fifteen_digits(float(value)))
        if isinstance(value, date):
            entry = date_typed(value)
            return Typed(float(entry.value) - _DAYS_TO_1904, entry.number_format) if self._date1904 else entry
        return typed(value, today)

    def clear_content(self, row: int, column: int) -> None:
        found = self.cell(row, column)
        if found is not None and not isinstance(found, MergedCell):
            found.value = None

    def holds_something(self, row: int, column: int) -> bool:
        found = self.cell(row, column)
        return found is not None and found.value is not None

    def array_of(self, row: int, column: int) -> Area | None:
        """The area of the array formula that the cell belongs to."""
        for cell in self.sheet._cells.values():
            if isinstance(cell.value, ArrayFormula | DataTableFormula):
                first, _, last = cell.value.ref.partition(":")
                top, bottom = self.sheet[first], self.sheet[last or first]
                area = Area(top.row - 1, top.column - 1, bottom.row - 1, bottom.column - 1)
                if area.row <= row <= area.last_row and area.column <= column <= area.last_column:
                    return area
        return None

    # ---- looks ----

    def look(self, row: int, column: int) -> Any:
        """What carries the style of a place: the cell, or else its row, or else its column; None where nothing does."""
        found = self.cell(row, column)
        if found is not None:
            return found
        line = self.sheet.row_dimensions.get(row + 1)
        if line is not None and line.has_style:
            return line
        whole = self.column(column)
        return whole if whole is not None and whole.has_style else None

    def number_format(self, row: int, column: int) -> str:
        look = self.look(row, column)
        return look.number_format if look is not None else "General"

    def struck(self, row: int, column: int) -> bool | None:
        """Whether the text is crossed out; None where a part of it is."""
        found = self.cell(row, column)
        whole = bool(found is not None and found.font.strike)
        if found is None or not isinstance(found.value, CellRichText):
            return whole
        parts = {bool(part.font.strike) if isinstance(part, TextBlock) and part.font else whole for part in found.value}
        return parts.pop() if len(parts) == 1 else None

    def restyle(self, row: int, column: int, key: tuple, change: Callable[[Any], None]) -> None:
        """Change a cell's style; the same change (named by `key`) to the same style is worked out once."""
        cell = self.made(row, column)
        before = (tuple(cell._style or ()), key)
        if before in self._styles:
            cell._style = copy(self._styles[before])
        else:
            change(cell)
            self._styles[before] = copy(cell._style)

    # ---- lines ----

    def column(self, column: int) -> ColumnDimension | None:
        """The entry that says how a column looks; one entry may stand for many."""
        for entry in self.sheet.column_dimensions.values():
            if entry.min and entry.min <= column + 1 <= entry.max:
                return entry
        return self.sheet.column_dimensions.get(get_column_letter(column + 1))

    def height(self, row: int) -> float:
        """Of a row, in points; a hidden one has none."""
        entry = self.sheet.row_dimensions.get(row + 1)
        if entry is not None and entry.hidden:
            return 0.0
        usual = self.sheet.sheet_format.defaultRowHeight or _DEFAULT_HEIGHT
        return float(entry.height) if entry is not None and entry.height is not None else float(usual)

    def set_height(self, row: int, points: float) -> None:
        self.sheet.row_dimensions[row + 1].height = points

    def width(self, column: int) -> float:
        """Of a column, in characters of the usual font; a hidden one has none."""
        entry = self.column(column)
        if entry is not None and entry.hidden:
            return 0.0
        stored = entry.width if entry is not None and entry.width is not None else self.sheet.sheet_format.defaultColWidth
        if stored is None:
            return _DEFAULT_WIDTH
        pixels = int((256 * stored + int(128 / _DIGIT)) / 256 * _DIGIT)
        return max(0.0, int((pixels - _PADDING) / _DIGIT * 100 + 0.5) / 100)

    def set_width(self, column: int, characters: float) -> None:
        self._own(column).width = int((characters * _DIGIT + _PADDING) / _DIGIT * 256) / 256

    def is_hidden(self, line: int, by_row: bool) -> bool:
        entry = self.sheet.row_dimensions.get(line + 1) if by_row else self.column(line)
        return bool(entry is not None and entry.hidden)

    def hide(self, line: int, by_row: bool, hidden: bool) -> None:
        (self.sheet.row_dimensions[line + 1] if by_row else self._own(line)).hidden = hidden

    def _own(self, column: int) -> ColumnDimension:
        """The column's own entry, cut out of one that stands for many."""
        letter, entry = get_column_letter(column + 1), self.column(column)
        if entry is None or not entry.min or entry.min == entry.max:
            return self.sheet.column_dimensions[letter]
        first, last = entry.min, entry.max
        del self.sheet.column_dimensions[entry.index]
        for begin, end in ((first, column), (column + 1, column + 1), (column + 2, last)):
            if begin <= end:
                part = copy(entry)
                part.index, part.min, part.max = get_column_letter(begin), begin, end
                self.sheet.column_dimensions[part.index] = part
        return self.sheet.column_dimensions[letter]

    # ---- areas ----

    def used(self) -> Area:
        """From the first to the last cell that has content or a look of its own; A1 where there is none."""
        places = [place for place, cell in self.sheet._cells.items() if cell.value is not None or cell.has_style]
        if not places:
            return Area(0, 0, 0, 0)
        rows, columns = zip(*places, strict=True)
        return Area(min(rows) - 1, min(columns) - 1, max(rows) - 1, max(columns) - 1)

    def within(self, area: Area) -> Iterator[tuple[int, int]]:
        """The places of an area, as far as cells go where it is larger than what is used."""
        if area.size > 200_000 or area.last_row == LAST_ROW or area.last_column == LAST_COLUMN:
            used = self.used()
            area = area.common(used._replace(row=0, column=0)) or area.top_left
        return area.cells()

    def merged(self) -> list[Area]:
        return [Area(found.min_row - 1, found.min_col - 1, found.max_row - 1, found.max_col - 1)
                for found in self.sheet.merged_cells.ranges]


def _kept_text(value: Any) -> str:
    """What a cell formatted "@" keeps of a value."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    return str(value)


def _refuse_wrong(formula: str) -> None:
    """ComError where a formula cannot be one: brackets that do not match, nothing behind the sign."""
    plain = re.sub(r'"[^"]*"', "", formula)
    balance = plain.count("(") - plain.count(")")
    if balance or not plain.strip("= ") or plain.rstrip()[-1] in set(string.punctuation) - set(")%}]#!?_'"):
        raise ComError(f"公式写错：{formula}")
