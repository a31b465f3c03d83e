"""Reading a day: a date cell, a serial number, or one of the many ways to write a date. What can mean two days is a problem."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from toolkit.returns import numerals
from toolkit.returns.cell_reader import Read, noted, reader, shown
from toolkit.returns.characters import half_width, hyphens, visible
from toolkit.sheets.grid import Value

FIRST_SERIAL, LAST_SERIAL = 7306, 60000  # 1920-01-01 … 2064: serial numbers that can be a date here
EXCEL_EPOCH = date(1899, 12, 30)
LATER_EPOCH = date(1904, 1, 1)  # day zero of workbooks that count from 1904
EARLIEST = date(1920, 1, 1)  # 2018.10 typed into a date cell becomes a day of 1905
LATEST = date(2199, 12, 31)  # the farthest day that terms may still be added to

_SEPARATOR = r"[-/.·,、\\]"
_YEAR, _MONTH, _DAY = r"(\d{4})", r"(\d{1,2})", r"(\d{1,2})"
_FORMS = tuple(map(re.compile, (
    rf"{_YEAR}(?:{_SEPARATOR}|年){_MONTH}(?:{_SEPARATOR}|月份?){_DAY}[日号]?", r"(\d{4})(\d{2})(\d{2})",
    rf"{_YEAR}(?:{_SEPARATOR}|年){_MONTH}(?:月份?)?", r"(\d{4})(0[1-9]|1[0-2])")))
_CHINESE = re.compile(r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月份?(?:([一二三四五六七八九十廿卅]{1,3})[日号]?)?")
_TIME = re.compile(
    r"[\sT]*(?:[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?)?[\sT]*(?:[上下中]午|凌晨|早上|晚上|AM|PM)?\s*"
    r"(?:\d{1,2}(?:[:时点]\d{0,2}(?:[:分]\d{0,2}(?:\.\d+)?秒?)?分?整?)\s*(?:AM|PM)?)?\s*(?:Z|UTC|[-+]\d{2}:?\d{2})?", re.IGNORECASE)
_LUNAR = re.compile(r"农历|阴历|旧历|腊月|正月|冬月|初[一二三四五六七八九十\d]|闰|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年")
_SHORT_YEAR = re.compile(rf"'?\d{{2}}(?:{_SEPARATOR}|年){_MONTH}(?:(?:{_SEPARATOR}|月){_DAY}[日号]?|月份?)")
_LEADING = re.compile(r"\d{4}[-/.·,、\\年]\s*\d{1,2}[-/.·,、\\月]\s*\d{1,2}\s*[日号]?")


@reader
def day(raw: Value, epoch: date = EXCEL_EPOCH, latest: date = LATEST) -> Read:
    """A date from a date cell, a serial number counted from `epoch`, or text such as 2023.8, 2023年8月5号 12:00, 二〇二三年八月."""
    if isinstance(raw, date):
        return _within(raw.date() if isinstance(raw, datetime) else raw, latest)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _from_number(raw, epoch)
    typed = hyphens(half_width(shown(raw))).strip().replace("。", ".")
    if not typed:
        return Read(None)
    if _LUNAR.search(typed):
        return Read(None, "F-date-lunar")
    plain = "".join(_without_time(typed).split()).rstrip(".,、;")
    for form in _FORMS:
        if found := form.fullmatch(plain):
            year, month, *rest = map(int, found.groups())
            return _made(year, month, rest[0] if rest else None, raw)
    if _SHORT_YEAR.fullmatch(plain):
        return Read(None, "F-date-short-year")
    return _in_chinese(plain, raw)


def _without_time(typed: str) -> str:
    """The date alone, where a time of day or a weekday stands behind it."""
    found = _LEADING.match(typed)
    return found[0] if found and _TIME.fullmatch(typed, found.end()) else typed


def _in_chinese(plain: str, raw: Value) -> Read:
    found = _CHINESE.fullmatch(plain)
    if found is None:
        return Read(None, "F-date")
    year, month, last = found.groups()
    try:
        return _made(int(numerals.digits(year)), numerals.whole(month), numerals.whole(last) if last else None, raw)
    except ValueError:
        return Read(None, "F-date")  # 一二月, 二五日


def _made(year: int, month: int, last: int | None, raw: Value) -> Read:
    try:
        value = date(year, month, 1 if last is None else last)
    except ValueError:
        return Read(None, "F-date")
    read = _within(value)
    if read.problem:
        return read
    return noted(value, raw) if last is not None else Read(value, "", f"“{visible(shown(raw))}”只到月，按1日读取")


def _within(value: date, latest: date = LATEST) -> Read:
    if value < EARLIEST:
        return Read(None, "F-date-early")
    return Read(value) if value <= latest else Read(None, "F-date-late")


def _from_number(raw: int | float, epoch: date) -> Read:
    if FIRST_SERIAL <= raw + (epoch - EXCEL_EPOCH).days <= LAST_SERIAL:
        return noted(epoch + timedelta(days=int(raw)), raw)
    typed = shown(raw)
    if re.fullmatch(r"\d{4}\.1", typed):
        return Read(None, "F-date-october")
    if re.fullmatch(r"\d{4}\.\d{1,2}|\d{6}|\d{8}", typed):
        return day(typed)
    return Read(None, "F-date")


def whole_day(note: str) -> bool:
    """Whether a date was given to the day (not only to the month)."""
    return "只到月" not in note
