"""What Excel makes of a text that is typed into, or assigned to, a General cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

EPOCH = datetime(1899, 12, 30)
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)?(?P<fraction>\.\d*)?(?P<power>[eE][-+]?\d+)?(?P<percent>%?)")
_BRACKETED = re.compile(r"\((\d+(?:\.\d+)?)\)")
_DAY = re.compile(r"(?P<year>\d{4})[-/年](?P<month>\d{1,2})(?:[-/月](?P<day>\d{1,2})日?|月)?")
_DAY_OF_YEAR = re.compile(r"(?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2})|月(?P<day2>\d{1,2})日)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_DIGITS_KEPT = 15
_DATE_FORMAT = "yyyy/m/d"


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell's content: a number or a text, the format a General cell takes on, whether it is a formula or a truth."""

    value: float | str
    number_format: str | None = None
    formula: bool = False
    boolean: bool = False


def typed(text: str, today: date) -> Typed:
    """Read a text as Excel does on Chinese Windows. `today` completes dates without a year."""
    if text.startswith("'"):
        return Typed(text[1:])
    plain = text.strip()
    if plain.upper() in ("TRUE", "FALSE"):
        return Typed(float(plain.upper() == "TRUE"), boolean=True)
    for reading in (_number, _time, lambda plain: _date(plain, today)):
        if (found := reading(plain)) is not None:
            return found
    if len(text) > 1 and text[0] in "=+-":
        return Typed("=" + text.removeprefix("="), formula=True)
    return Typed(text)


def serial(moment: date) -> float:
    """A date or datetime as Excel's number of days."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return (moment.replace(tzinfo=None) - EPOCH) / timedelta(days=1)


def date_typed(moment: date) -> Typed:
    """A date or datetime and the format that a General cell takes on for it."""
    number = serial(moment)
    return Typed(number, _DATE_FORMAT if number == int(number) else f"{_DATE_FORMAT} h:mm")


def fifteen_digits(number: float) -> float:
    """A number as Excel keeps it: nothing beyond fifteen digits of a long whole number."""
    if abs(number) < 10 ** _DIGITS_KEPT:
        return number
    digits = str(int(abs(number)))
    kept = float(digits[:_DIGITS_KEPT] + "0" * (len(digits) - _DIGITS_KEPT))
    return -kept if number < 0 else kept


def _number(plain: str) -> Typed | None:
    if found := _BRACKETED.fullmatch(plain):
        return Typed(-float(found[1]))
    found = _NUMBER.fullmatch(plain)
    if not found or not (found["digits"] or len(found["fraction"] or "") > 1):
        return None
    digits = (found["digits"] or "0").replace(",", "")
    if len(digits) > _DIGITS_KEPT:
        digits = digits[:_DIGITS_KEPT] + "0" * (len(digits) - _DIGITS_KEPT)
    number = float(f"{found['sign']}{digits}{found['fraction'] or ''}{found['power'] or ''}")
    return Typed(number / 100, "0%") if found["percent"] else Typed(number)


def _time(plain: str) -> Typed | None:
    found = _TIME.fullmatch(plain)
    if not found or int(found[2]) > 59:
        return None
    return Typed((int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)) / 86400, "h:mm")


def _date(plain: str, today: date) -> Typed | None:
    if found := _DAY.fullmatch(plain):
        year, month, day = int(found["year"]), int(found["month"]), int(found["day"] or 1)
    elif found := _DAY_OF_YEAR.fullmatch(plain):
        year, month, day = today.year, int(found["month"]), int(found["day"] or found["day2"])
    else:
        return None
    try:
        return Typed(serial(date(year, month, day)), _DATE_FORMAT)
    except ValueError:
        return None
