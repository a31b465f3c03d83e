"""A value as the XML of one cell."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from toolkit.errors import UserError
from toolkit.sheets.grid import CellError
from toolkit.sheets.ooxml import xmltext

TEXT_LIMIT = 32_767  # characters a cell can hold
_REMEMBERED = 50_000  # texts
_SPECIAL = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x|^\s|\s$").search
_DIGITS_LIMIT = 10**15  # from here on Excel rounds whole numbers
_LEAP_BUG_ENDS = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in Excel's own English spelling, with or without `=`, and the value to show until Excel computes it."""

    text: str
    cached: str | int | float | Decimal | bool | None = None


CellValue = str | int | float | Decimal | bool | date | datetime | time | timedelta | CellError | Formula | None


def serial(value: date | datetime | time | timedelta, date1904: bool = False) -> int | float:
    """A date, a moment, a time of day or a span as Excel counts it: in days.

    ValueError before 1900 (1904 in a workbook that counts from 1904): Excel has no number for it.
    """
    if isinstance(value, timedelta):
        return value / _DAY
    if isinstance(value, time):
        return (datetime.combine(date.min, value.replace(tzinfo=None)) - datetime.min) / _DAY
    moment = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    origin = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    days = (moment - origin) / _DAY
    if not date1904 and moment.date() < _LEAP_BUG_ENDS:
        days -= 1
    if days < (0 if date1904 else 1):
        raise ValueError(value)
    return int(days) if days == int(days) else days


class CellRenderer:
    """Renders cells of one sheet: namespace prefix, date system, and how a plain style becomes a date style."""

    def __init__(self, prefix: str, date1904: bool, dated: Callable[[str, type], str]) -> None:
        """`dated(style, type)` gives the style id that shows a value of that type where `style` shows a bare number."""
        self.prefix = prefix
        self._date1904 = date1904
        self._dated = dated
        self._texts = _Texts(prefix)

    def cell(self, reference: str, style: str, value: CellValue) -> str:
        """One cell; `style` is a style id or ``."""
        return f'<{self.prefix}c r="{reference}"{self._rest(style, value)}'

    def rests(self, styles: Sequence[str], values: Iterable[CellValue]) -> tuple[str, ...]:
        """For each style id and value what follows the reference in a cell: the fast way for many cells."""
        texts, rest = self._texts, self._rest
        number = f"><{self.prefix}v>%s</{self.prefix}v></{self.prefix}c>"
        # bool is an int, too.
        return tuple([
            _STYLED[style] + texts[value] if isinstance(value, str)
            else _STYLED[style] + number % value if type(value) is int and -_DIGITS_LIMIT < value < _DIGITS_LIMIT
            else rest(style, value)
            for style, value in zip(styles, cast("Iterable[Any]", values), strict=True)])

    def _rest(self, style: str, value: CellValue) -> str:
        if isinstance(value, date | time | timedelta):
            style = self._dated(style, type(value))
        styled, p = _STYLED[style], self.prefix
        if value is None:
            return styled + "/>"
        if isinstance(value, Formula):
            return styled + self._formula(value)
        if isinstance(value, str) or (isinstance(value, int) and abs(value) >= _DIGITS_LIMIT):
            return styled + self._texts[str(value)]
        kind, written = self._value(value)
        return f"{styled}{kind}><{p}v>{written}</{p}v></{p}c>"

    def _value(self, value: CellValue) -> tuple[str, str]:
        match value:
            case bool():
                return ' t="b"', str(int(value))
            case CellError():
                return ' t="e"', xmltext.escape(value.text)
            case str():
                return ' t="str"', xmltext.escape(_bounded(value))
            case Decimal() if value.is_finite():
                return "", f"{value:f}"
            case int():
                return "", str(value)
            case float() if math.isfinite(value):
                return "", repr(float(value))
            case date() | time() | timedelta():
                return self._day(value)
        raise ValueError(f"no cell value: {value!r}")

    def _day(self, value: date | time | timedelta) -> tuple[str, str]:
        try:
            return "", repr(serial(value, self._date1904))
        except ValueError:
            return ' t="str"', str(value)

    def _formula(self, formula: Formula) -> str:
        p = self.prefix
        written = f"<{p}f>{xmltext.escape(formula.text.removeprefix('='))}</{p}f>"
        if formula.cached is None:
            return f">{written}</{p}c>"
        kind, cached = self._value(formula.cached)
        return f"{kind}>{written}<{p}v>{cached}</{p}v></{p}c>"


class _Texts(dict[str, str]):
    """What follows the style in a cell that holds this text. Most texts of a register come again and again."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def __missing__(self, text: str) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        p = self._prefix
        if not text:
            return "/>"
        written = self[text] = f' t="inlineStr"><{p}is>{text_element(p, text)}</{p}is></{p}c>'
        return written


class _Styled(dict[str, str]):
    """The attribute for a style id."""

    def __missing__(self, style: str) -> str:
        written = self[style] = f' s="{style}"' if style else ""
        return written


_STYLED = _Styled()


def text_element(prefix: str, text: str) -> str:
    """A `t` element; blanks at its ends and line ends survive. UserError where no cell can hold the text."""
    if len(text) <= TEXT_LIMIT // 2 and not _SPECIAL(text):
        return f"<{prefix}t>{text}</{prefix}t>"
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<{prefix}t{keep}>{xmltext.escape(_bounded(text))}</{prefix}t>"


def _bounded(text: str) -> str:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_LIMIT:
        raise UserError(f"“{text[:20]}…”共 {len(text)} 字，一个单元格最多放 {TEXT_LIMIT} 字。请分成几格填写。")
    return text
