"""From what a clerk typed to a typed value: dates, amounts, yes/no, codes, full-width characters, spaces.

A reader returns `Read(value, problem, note)`: `problem` names why there is no value (a message code), `note` says how
the value was made from different-looking text. Nothing is guessed: what can be read two ways is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from toolkit.returns import identity, numerals
from toolkit.sheets.grid import CellError, Value

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
NAME_DOTS = str.maketrans(dict.fromkeys("•‧・.．∙⋅●", "·"))
EXACT_DIGITS = 15  # Excel keeps 15 digits of a number; the rest became zeros
FIRST_SERIAL, LAST_SERIAL = 7306, 60000  # 1920-01-01 … 2064: serial numbers that can be a date here
EXCEL_EPOCH = date(1899, 12, 30)
EARLIEST = date(1920, 1, 1)  # 2018.10 typed into a date cell becomes a day of 1905
WHOLE_DAY, WHOLE_MONTH = "day", "month"


class Read(NamedTuple):
    """One parsed cell."""

    value: Any
    problem: str = ""
    note: str = ""


def half_width(text: str) -> str:
    """Full-width digits, letters, punctuation and spaces as half-width ones."""
    return text.translate(FULL_WIDTH)


def shown(raw: object) -> str:
    """A raw value as a clerk sees it, for quoting."""
    if raw is None:
        return ""
    if isinstance(raw, CellError):
        return raw.text
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e20:
        return str(int(Decimal(f"{raw:.{EXACT_DIGITS}g}")))  # the digits Excel shows: zeros behind the fifteenth
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return str(raw)


def _noted(value: object, raw: object) -> Read:
    return Read(value) if value == raw else Read(value, "", f"“{shown(raw)}”读作“{value}”")


def text(raw: Value) -> Read:
    """Text without stray spaces and line breaks."""
    value = shown(raw).replace("\u200b", "").replace("\ufeff", "")
    return Read(" ".join(value.split()) or None)


def person(raw: Value) -> Read:
    """A name: no inner spaces between Chinese characters, the separator of minority names as “·”."""
    typed = " ".join(half_width(shown(raw)).split())
    value = typed.translate(NAME_DOTS)
    if not value.isascii():
        value = value.replace(" ", "")
    return _noted(value, typed) if value else Read(None)


def code(raw: Value) -> Read:
    """A code kept as text: half-width, no spaces, upper case. A long number has lost digits."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= 10**EXACT_DIGITS:
        return Read(None, "F-digits-lost")
    typed = shown(raw)
    value = "".join(half_width(typed).split()).upper().lstrip("'")
    return _noted(value, typed) if value else Read(None)


def _checked(raw: Value, problem_of: Callable[[str], str], prefix: str) -> Read:
    read = code(raw)
    if read.problem or read.value is None:
        return read
    problem = problem_of(read.value)
    return Read(read.value, f"{prefix}{problem}" if problem else "", read.note)


def id_number(raw: Value) -> Read:
    """An 18-character ID number with a sound birth date and check digit."""
    return _checked(raw, identity.id_problem, "F-id-")


def credit_code(raw: Value) -> Read:
    """An 18-character unified social credit code."""
    return _checked(raw, identity.credit_problem, "F-credit-")


_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3}-?)?[2-8]\d{6,7}(-\d{1,6})?")


def phone(raw: Value) -> Read:
    """A mobile number or a landline with or without area code."""
    typed = shown(raw)
    value = re.sub(r"[\s()（）]", "", half_width(typed)).replace("—", "-").replace("－", "-").removeprefix("+86")
    if not value:
        return Read(None)
    if _MOBILE.fullmatch(value) or _LANDLINE.fullmatch(value):
        return _noted(value, typed)
    return Read(value, "F-phone")


def mobile(raw: Value) -> Read:
    """A mobile number."""
    read = phone(raw)
    if read.value and not read.problem and not _MOBILE.fullmatch(read.value):
        return Read(read.value, "F-mobile")
    return read


_DATE_FORMS = tuple(map(re.compile, (
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", r"(\d{4})(\d{2})(\d{2})",
    r"(\d{4})[-/.年](\d{1,2})月?", r"(\d{4})(0[1-9]|1[0-2])")))
_CHINESE_DATE = re.compile(r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?")


def _made(year: int, month: int, day: int | None, raw: object) -> Read:
    try:
        value = date(year, month, day or 1)
    except ValueError:
        return Read(None, "F-date")
    return _noted(value, raw) if day else Read(value, "", f"“{shown(raw)}”只到月，按1日读取")


def day(raw: Value) -> Read:
    """A date from a date cell, a serial number or text such as 2023.8, 2023年8月, 二〇二三年八月."""
    if isinstance(raw, date):
        value = raw.date() if isinstance(raw, datetime) else raw
        return Read(value) if value >= EARLIEST else Read(None, "F-date-early")
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _day_from_number(raw)
    typed = "".join(half_width(shown(raw)).split()).rstrip(".").removesuffix("00:00:00")
    if not typed:
        return Read(None)
    for form in _DATE_FORMS:
        if found := form.fullmatch(typed):
            year, month, *rest = map(int, found.groups())
            return _made(year, month, rest[0] if rest else None, raw)
    if found := _CHINESE_DATE.fullmatch(typed):
        in_words, month_in_words, last = found.groups()
        return _made(int(numerals.digits(in_words)), numerals.whole(month_in_words), numerals.whole(last) if last else None, raw)
    return Read(None, "F-date")


def _day_from_number(raw: int | float) -> Read:
    if FIRST_SERIAL <= raw <= LAST_SERIAL and float(raw).is_integer():
        return _noted(EXCEL_EPOCH + timedelta(days=int(raw)), raw)
    typed = shown(raw)
    if re.fullmatch(r"\d{4}\.1", typed):
        return Read(None, "F-date-october")
    if re.fullmatch(r"\d{4}\.\d{1,2}|\d{6}|\d{8}", typed):
        return day(typed)
    return Read(None, "F-date")


def whole_day(note: str) -> bool:
    """Whether a date was given to the day (not only to the month)."""
    return "只到月" not in note


_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_APPROXIMATE = re.compile(r"^(约|大约|近|人民币|RMB|¥|￥)|(以上|左右|多|余)$")


def number(raw: Value, units: str) -> Read:
    """A number, with one of `units` (a regular expression) or 万 behind it, or in Chinese numerals."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return Read(int(raw) if float(raw).is_integer() else Decimal(repr(raw)))
    typed = "".join(half_width(shown(raw)).split()).replace(",", "").replace("，", "")
    if not typed:
        return Read(None)
    if re.search(r"(约|大约|近|以上|左右|多|余)", typed):
        return Read(None, "F-number-vague")
    bare = re.sub(rf"({units})整?$", "", _APPROXIMATE.sub("", typed))
    factor = 10000 if bare.endswith("万") and _NUMBER.fullmatch(bare[:-1]) else 1
    value: int | Decimal | None
    try:
        value = Decimal(bare[:-1] if factor > 1 else bare) * factor
    except InvalidOperation:
        try:
            value = numerals.amount(bare) if set(bare) & numerals.CHARACTERS else None
        except ValueError:
            value = None
    if value is None or not Decimal(value).is_finite():
        return Read(None, "F-number")
    value = int(value) if value == value.to_integral_value() else value.normalize()
    return Read(value, "", "" if str(value) == typed else f"“{shown(raw)}”读作“{value}”")


def money(raw: Value) -> Read:
    """Yuan: 100000, 10万, 10万元, 壹拾万元整. Below zero is a problem."""
    return _not_negative(number(raw, "元|圆"))


def area(raw: Value) -> Read:
    """Square metres."""
    return _not_negative(number(raw, "平方米|平米|㎡|m2|M2|m²|平方|平"))


def points(raw: Value) -> Read:
    """Points as they are, never rounded."""
    return _not_negative(number(raw, "分"))


def count(raw: Value) -> Read:
    """A whole number."""
    read = _not_negative(number(raw, "人|名|个|项|件"))
    return Read(None, "F-whole") if isinstance(read.value, Decimal) else read


def year(raw: Value) -> Read:
    """A four-digit year, also 2023年 or the year of a date."""
    if isinstance(raw, (date, datetime)):
        return _noted(raw.year, raw)
    read = number(raw, "年度|年")
    if read.problem or read.value is None or (isinstance(read.value, int) and 1900 <= read.value <= 2100):
        return read
    return Read(None, "F-year")


def _not_negative(read: Read) -> Read:
    return Read(None, "F-negative") if read.value is not None and read.value < 0 else read
