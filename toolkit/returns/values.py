"""From what a clerk typed to a typed value: names, codes, telephone numbers, amounts, counts, years; days are in `dates`.

Nothing is guessed: what can be read two ways is a problem, and nothing a clerk can type raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal

from toolkit.regulation import identity
from toolkit.returns import numerals
from toolkit.returns.cell_reader import EXACT_DIGITS, Read, noted, reader, shown
from toolkit.returns.characters import LOOSE_DOTS, half_width, hyphens, visible
from toolkit.returns.dates import EXCEL_EPOCH, LATER_EPOCH, LATEST, day, whole_day
from toolkit.returns.names import doubtful_name
from toolkit.sheets.grid import Value

__all__ = ["EXCEL_EPOCH", "LATER_EPOCH", "LATEST", "Read", "area", "asked_person", "code", "count", "credit_code", "day", "doubtful_name",
           "half_width", "id_number", "mobile", "money", "number", "passage", "person", "phone", "points", "serial", "shown", "studio", "text",
           "whole_day", "year"]

MOST_TEXT = 32767  # what an Excel cell holds
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_LOOSE_DOT = re.compile(f"(?<=[{_HAN}])\\s*[{re.escape(LOOSE_DOTS)}]+\\s*(?=[{_HAN}])")
_INNER_SPACE = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")


@reader
def text(raw: Value) -> Read:
    """Text without stray spaces and line breaks."""
    value = " ".join(shown(raw).split())
    return Read(None, "F-long") if len(value) > MOST_TEXT else Read(value or None)


@reader
def passage(raw: Value) -> Read:
    """Paragraphs as they were written, without blank lines and spaces at their ends."""
    lines = [line.strip(" \t\u3000") for line in shown(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    value = "\n".join(filter(None, lines))
    return Read(None, "F-long") if len(value) > MOST_TEXT else Read(value or None)


@reader
def studio(raw: Value) -> Read:
    """A studio's name: it begins with a person's, so the dots and spaces in it are a name's."""
    typed = " ".join(shown(raw).split())
    if len(typed) > MOST_TEXT:
        return Read(None, "F-long")
    return noted(_INNER_SPACE.sub("", _LOOSE_DOT.sub("·", typed)), typed) if typed else Read(None)


@reader
def person(raw: Value) -> Read:
    """A name: no inner spaces between Chinese characters, the separator of minority names as “·”."""
    typed = " ".join(half_width(shown(raw)).split())
    if not typed:
        return Read(None)
    return noted(typed if typed.isascii() else _LOOSE_DOT.sub("·", typed.translate(_DOTS)).replace(" ", ""), typed)


def asked_person(raw: Value) -> Read:
    """A name as a return gives it: kept, and asked about where it is hardly one."""
    read = person(raw)
    return read._replace(problem="F-name") if isinstance(read.value, str) and doubtful_name(read.value) else read


_DOTS = str.maketrans(dict.fromkeys(LOOSE_DOTS, "·"))
_SCIENTIFIC = re.compile(r"[-+]?\d(\.\d+)?E\+\d+|[-+]?\d\.\d+E\d+")
_LATIN = str.maketrans("АВЕКМНОРСТУХІЅЈасеорхуіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧ×✕", "ABEKMHOPCTYXISJaceopxyisjABEZHIKMNOPTYXXX")


@reader
def code(raw: Value) -> Read:
    """A code kept as text: half-width, no spaces, upper case, every dash “-”. A long number has lost digits; a day was a code once."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and not abs(raw) < 10**EXACT_DIGITS:
        return Read(None, "F-digits-lost")
    if isinstance(raw, (date, time, timedelta)):
        return Read(None, "F-code-date")
    typed = shown(raw)
    value = "".join(hyphens(half_width(typed)).translate(_LATIN).split()).upper().lstrip("'‘’`")
    if _SCIENTIFIC.fullmatch(value):
        return Read(None, "F-scientific")
    return noted(value, typed) if value else Read(None)


def _checked(raw: Value, problem_of: Callable[[str], str], prefix: str) -> Read:
    read = code(raw)
    if read.problem or not isinstance(read.value, str):
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
_LANDLINE = re.compile(r"(0\d{2,3}-?)?[2-8]\d{6,7}(-\d{1,6})?|[48]00-?\d{3}-?\d{4}")
_EXTENSION = re.compile(r"(?:转|分机|内线|ext\.?|[*#x])(?:分机)?(\d{1,6})$", re.IGNORECASE)
_SEVERAL = re.compile(r"[/\\,;、|]|或|和|及")


@reader
def phone(raw: Value) -> Read:
    """One mobile number, or a landline with or without area code and extension."""
    if isinstance(raw, (date, time, timedelta)):
        return Read(None, "F-code-date")
    typed = shown(raw)
    if not typed.strip():
        return Read(None)
    plain = hyphens(half_width(typed)).strip().translate(_TILDES)
    if value := _number_of(plain):
        return noted(value, typed)
    parts = [part for part in _SEVERAL.split(plain) if part.strip()]
    if len(parts) < 2:
        parts = plain.split()
    several = len(parts) > 1 and all(map(_number_of, parts))
    return Read("".join(plain.split()), "F-phone-several" if several else "F-phone")


_TILDES = str.maketrans("~∼〜～_", "-----")


def _number_of(typed: str) -> str:
    """One telephone number in its usual spelling; "" for anything else."""
    value = _EXTENSION.sub(r"-\1", re.sub(r"[\s()'‘’]", "", typed))
    foreign = re.match(r"\+86-?|0086-?|86-?(?=1[3-9]\d)", value)
    if foreign:
        value = value[foreign.end():]
    digits = value.replace("-", "").replace(".", "")
    if _MOBILE.fullmatch(digits):
        return digits
    if foreign and not value.startswith("0"):
        value = f"0{value}"
    if _LANDLINE.fullmatch(value):
        return value
    area, dash, rest = value.partition("-")
    joined = f"{area}-{rest.replace('-', '')}"  # 0991-700-0040
    return joined if dash and area.startswith("0") and _LANDLINE.fullmatch(joined) else ""


def mobile(raw: Value) -> Read:
    """A mobile number."""
    read = phone(raw)
    if isinstance(read.value, str) and not read.problem and not _MOBILE.fullmatch(read.value):
        return Read(read.value, "F-mobile")
    return read


_FIGURES = re.compile(r"([-+]?)(\d+|\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+)(\.\d+)?")
_FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_WITH_UNIT = re.compile(rf"(.*?\d)({'|'.join(sorted(_FACTORS, key=len, reverse=True))})")
_VAGUE = re.compile(r"约|近|以上|以下|左右|多|余|不少于|不低于|至少|上下|[>≥≤<]")
_CURRENCY = re.compile(r"^(人民币|RMB|CNY|[¥￥])+|(人民币|RMB|CNY)$", re.IGNORECASE)


@reader
def number(raw: Value, units: str = "") -> Read:
    """A number, with one of `units` (a regular expression) or 万, 千 … behind it, or in Chinese numerals."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _sized(Decimal(f"{raw:.{EXACT_DIGITS}g}") if isinstance(raw, float) else Decimal(raw))
    typed = "".join(hyphens(half_width(shown(raw))).split()).replace("，", ",")
    if not typed:
        return Read(None)
    if len(typed) > MOST_TEXT or _VAGUE.search(typed):
        return Read(None, "F-number-vague" if len(typed) <= MOST_TEXT else "F-long")
    bare = re.sub(rf"({units})[整正]?$", "", _CURRENCY.sub("", typed)) if units else typed
    value = _in_figures(bare)
    if value is None:
        value = _in_words(_CURRENCY.sub("", typed), bare)
    if value is None:
        return Read(None, "F-number")
    read = _sized(value)
    same = read.problem or str(read.value) == typed
    return read if same else read._replace(note=f"“{visible(shown(raw))}”读作“{read.value}”")


def _in_figures(bare: str) -> Decimal | None:
    """100,000.50, 3.5万, 5千, ①."""
    unit = _WITH_UNIT.fullmatch(bare)
    figures, factor = (unit[1], _FACTORS[unit[2]]) if unit else (bare, 1)
    if len(bare) == 1 and unicodedata.category(bare) == "No" and "superscript>" not in unicodedata.decomposition(bare):
        value = unicodedata.numeric(bare)
        return Decimal(int(value)) if value.is_integer() else None
    found = _FIGURES.fullmatch(figures)
    return Decimal(f"{found[1]}{found[2].replace(',', '')}{found[3] or ''}") * factor if found and found[0].isascii() else None


def _in_words(*spellings: str) -> Decimal | None:
    """Chinese numerals: with 元角分 as they stand, else without their unit."""
    for spelling in spellings:
        if spelling and set(spelling) & numerals.CHARACTERS:
            try:
                return numerals.amount(spelling)
            except ValueError:
                continue
    return None


def _sized(value: Decimal) -> Read:
    """An int where there are no decimals. What has more digits than Excel keeps is not what was meant."""
    if not value.is_finite():
        return Read(None, "F-number")
    if value.adjusted() >= EXACT_DIGITS:
        return Read(None, "F-number-large")
    return Read(int(value) if value == value.to_integral_value() else value.normalize())


def money(raw: Value) -> Read:
    """Yuan: 100000, 10万, 10万元, 壹拾万元整. Below zero is a problem."""
    return _not_negative(number(raw, units="元|圆|块钱?"))


def area(raw: Value) -> Read:
    """Square metres."""
    return _not_negative(number(raw, units="平方米|平米|㎡|m2|M2|m²|平方|平"))


def points(raw: Value) -> Read:
    """Points as they are, never rounded."""
    return _not_negative(number(raw, units="分"))


def count(raw: Value) -> Read:
    """A whole number."""
    read = _not_negative(number(raw, units="人|名|个|项|件|位|次"))
    return Read(None, "F-whole") if isinstance(read.value, Decimal) else read


def serial(raw: Value) -> Read:
    """序号: only for people to find the row, so one that cannot be read is left out and no more."""
    read = count(raw)
    return Read(None, "", f"序号“{visible(shown(raw))}”看不懂，没有采用") if read.problem else read


def year(raw: Value) -> Read:
    """A four-digit year, also 2023年, 二〇二三年 or the year of a date."""
    if isinstance(raw, date):
        return noted(raw.year, raw)
    if isinstance(raw, str) and (found := re.fullmatch(r"([〇零○一二三四五六七八九]{4})(年度?)?", "".join(raw.split()))):
        return noted(int(numerals.digits(found[1])), raw)
    read = number(raw, units="年度|年")
    if read.problem or read.value is None or (isinstance(read.value, int) and 1900 <= read.value <= 2100):
        return read
    return Read(None, "F-year")


def _not_negative(read: Read) -> Read:
    return Read(None, "F-negative") if isinstance(read.value, (int, Decimal)) and read.value < 0 else read
