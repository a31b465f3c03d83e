"""What a worksheet cell holds, read the way every spreadsheet engine reads it.

Text stays text: “10万”, “５” and a number typed as text are no numbers. A date is its serial number. A number has the 15 significant
digits a worksheet shows, and is a Decimal from there on.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import TypeGuard

FormulaValue = Decimal | str | bool | None

_WORKSHEET = Context(prec=15)
_WIDE = Context(prec=400)
_DAY_ZERO = date(1899, 12, 30)
_ROUNDINGS = {"四舍五入": ROUND_HALF_UP, "进一": ROUND_UP, "舍去": ROUND_DOWN}


def cell(raw: object) -> FormulaValue:
    """A raw value (None, str, bool, int, float, Decimal, date; anything else by its text) as a cell holds it."""
    if raw is None or isinstance(raw, (str, bool)):
        return raw
    if isinstance(raw, datetime):
        days = (raw.date() - _DAY_ZERO).days
        return Decimal(days) + Decimal(raw.hour * 3600 + raw.minute * 60 + raw.second) / 86400
    if isinstance(raw, date):
        return Decimal((raw - _DAY_ZERO).days)
    if isinstance(raw, (int, float, Decimal)) and math.isfinite(raw):
        return _WORKSHEET.create_decimal(str(raw))
    return str(raw)


def text(value: FormulaValue) -> str:
    """The text of a cell, as `value&""` gives it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Decimal):
        return plain(value)
    return value or ""


def trimmed(value: FormulaValue) -> str:
    """TRIM: ASCII spaces dropped at both ends and single inside; a full-width space stays."""
    return " ".join(part for part in text(value).split(" ") if part)


def is_number(value: FormulaValue) -> TypeGuard[Decimal]:
    """ISNUMBER."""
    return isinstance(value, Decimal)


def number(value: FormulaValue) -> Decimal:
    """N: text and blanks count as nothing."""
    return Decimal(value) if isinstance(value, (bool, Decimal)) else Decimal(0)


def floor(value: Decimal) -> Decimal:
    """INT."""
    return value.to_integral_value(ROUND_FLOOR)


def rounded(value: Decimal, places: Decimal, mode: str) -> Decimal:
    """ROUND, ROUNDUP or ROUNDDOWN: mode 四舍五入, 进一 or 舍去; halves go away from zero."""
    return Decimal(plain(value.quantize(Decimal(1).scaleb(-int(places)), _ROUNDINGS[mode], _WIDE)))


def plain(value: Decimal) -> str:
    """A number as it is written in a formula or a sentence: 2.5, 100000, 0."""
    return format(value.normalize() + 0, "f")
