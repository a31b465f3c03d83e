"""Values as Excel gives and takes them through COM.

A text that is put into a cell is read as if it were typed: `0123` becomes 123, `2018-10` a date, `=…` a formula. Only in
a cell of the format `@` it stays as it is – but there a number becomes a text and a formula is shown, not computed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from toolkit.errors import UserError
from toolkit.sheets.grid import CellError, Value
from toolkit.sheets.ooxml.cellxml import TEXT_LIMIT, CellValue, Formula, serial
from toolkit.sheets.ooxml.styles import GENERAL
from toolkit.sheets.scans.extents import ERROR_TEXTS, coded_error

TEXT = "@"
_FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm", timedelta: "[h]:mm:ss"}
_FIRST_ERROR = 2000  # xlErrNull
_DIGITS_LIMIT = 10**15  # from here on Excel rounds whole numbers
_TIME_OF_DAY = date(1899, 12, 30)  # the day that Excel puts a time of day on
_LEAP_BUG_ENDS = date(1900, 3, 1)
_MILLISECOND = timedelta(milliseconds=1)
# A text is taken for a number, date, time, sum of money or truth value only if it consists of these characters alone:
# ASCII, full-width forms, Chinese numerals and the words of dates, times and money.
_TYPEABLE = re.compile(r"[\x00-\x7f\u00a0\u3000\uff00-\uffef¥£€〇零一二三四五六七八九十百千万亿元角分廿年月日号时点秒上下午前后中星期周]+")
_BEGINS_FORMULA = tuple("=+-@＝＋－＠")


class Content(NamedTuple):
    """What to put into a cell, and the format it needs: "@", not "@" (General), that of a date, or any (None)."""

    raw: str | float | bool | None
    wanted: str | None

    @property
    def is_text(self) -> bool:
        return isinstance(self.raw, str) and self.wanted in (None, TEXT)


_EMPTY = Content(None, None)


def content(value: CellValue, date1904: bool) -> Content:
    """A value in the form that Excel keeps unchanged. UserError where no cell can hold the text."""
    match value:
        case None | "":
            return _EMPTY
        case bool():
            return Content(value, GENERAL)
        case str():
            return _text(value)
        case Formula():
            return Content("=" + value.text.removeprefix("="), GENERAL)
        case CellError():
            return Content(value.text, GENERAL)
        case int() if abs(value) >= _DIGITS_LIMIT:
            return Content(str(value), TEXT)
        case int() | float() | Decimal():
            return Content(float(value), GENERAL)
    try:
        return Content(float(serial(value, date1904)), _FORMATS[type(value)])
    except ValueError:
        return _text(str(value))


def _text(text: str) -> Content:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_LIMIT:
        raise UserError(f"“{text[:20]}…”共 {len(text)} 字，一个单元格最多放 {TEXT_LIMIT} 字。请分成几格填写。")
    if text.startswith("'"):
        # Outside of "@" the first apostrophe means "text" and is no part of it.
        return Content("'" + text, GENERAL)
    guarded = text.startswith(_BEGINS_FORMULA) or _TYPEABLE.fullmatch(text)
    return Content(text, TEXT if guarded else None)


def row(raw: Sequence[object]) -> tuple[Value, ...]:
    """A row as Excel gives it, errors as text → the values, nothing behind the last one."""
    values = [_value(cell) for cell in raw]
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _value(raw: Any) -> Value:
    match raw:
        case None | "":
            return None
        case str():
            return CellError(raw) if raw in ERROR_TEXTS else raw
        case bool() | float():
            return raw
        case datetime():
            return _moment(raw)
        case int():
            return coded_error((raw & 0xFFFF) - _FIRST_ERROR)  # Excel gives numbers as float; errors newer than xlwings' list as codes
        case Decimal():
            return float(raw)
    return raw


def _moment(raw: datetime) -> Value:
    """Excel knows dates, times and moments by their format only; a file's reader tells them apart by what they hold."""
    rounded = datetime.min + round((raw.replace(tzinfo=None) - datetime.min) / _MILLISECOND) * _MILLISECOND
    if rounded.date() == _TIME_OF_DAY:
        return rounded.time()
    if rounded.date() < _LEAP_BUG_ENDS:
        rounded += timedelta(days=1)  # Excel counts a 29 February 1900 that never was
    return rounded if rounded.time() != time() else rounded.date()


def link(text: str, sheet: str, cell: str) -> str:
    """A formula that leads to a cell of the workbook."""
    quoted = sheet.replace("'", "''")
    target, shown = (part.replace('"', '""') for part in (f"#'{quoted}'!{cell}", text))
    return f'=HYPERLINK("{target}","{shown}")'
