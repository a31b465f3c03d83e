"""What a number format makes of a value, as far as that is something else than the value.

0000 shows 12 as 0012, 0"万元" shows 14 as 14万元, ;;; shows nothing. Source: ECMA-376 Part 1, 18.8.31 (numFmts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_EXACT_DIGITS = 15  # Excel keeps 15 digits of a number
_LARGEST = 1e20  # beyond, nobody reads digits
_WIDE = Context(prec=100)
_MOST_DECIMALS = 30  # Excel takes no more
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|(E[+-])|(General|G/通用格式)|([0#?.,%@/])|(.)', re.DOTALL | re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_CURRENCY = re.compile(r"\$([^-]*)")
_SAYS_SOMETHING = re.compile(r"[^\W_]")  # a letter, a digit, a Chinese character
_DATE_LETTERS, _ELAPSED = frozenset("ymdhsegab"), ("h", "hh", "m", "mm", "s", "ss")
_DECORATION = re.compile(r"[\s,¥￥$€£元]")
_HALF, _HALF_A_CENT = Decimal("0.5"), Decimal("0.005")


@dataclass(frozen=True, slots=True)
class _Part:
    """One section of a format: literals and placeholders in order, and when it holds."""

    pieces: tuple[tuple[str, str], ...]  # ("text", literal) | ("digit", 0 # ?) | ("point" | "general" | "at" | "percent", …)
    condition: tuple[str, Decimal] | None
    thousands: bool  # groups of three
    scale: int  # divide by 1000 so many times
    is_date: bool
    readable: bool  # no date, exponent or fraction, no Chinese numerals: those are shown as what they are

    def count(self, kind: str) -> int:
        return sum(1 for piece, _ in self.pieces if piece == kind)


@lru_cache(maxsize=1024)
def unusual(code: str) -> bool:
    """Whether the format can make a value look like another one: letters, leading zeros, lost digits, nothing at all."""
    return any(_changes(part, number) for number, part in enumerate(_parts(code)))


@lru_cache(maxsize=1024)
def rounds_only(code: str) -> bool:
    """Whether whole numbers look like themselves in that format, whatever it makes of others."""
    parts = _parts(code)
    (first, *others) = parts
    zeros = sum(piece == ("digit", "0") for piece in first.pieces)
    plain = {"digit", "point"}.issuperset(kind for kind, _ in first.pieces) and first.count("digit") > 0
    return not others and plain and first.readable and not first.is_date and not first.scale and zeros <= 1 and first.condition is None


def seen(code: str, value: object) -> str | None:
    """What a cell of that format shows for a number or text, None where it is nothing else than the value.

    Rounding counts from the second decimal on: 59.6 shown as 60 is something else, 3.333 shown as 3.33 is not.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return _seen_text(code, value)
    if not isinstance(value, (int, float)) or not abs(value) < _LARGEST or not unusual(code):
        return None
    return _seen_number(code, value)


@lru_cache(maxsize=1 << 15)
def _seen_number(code: str, value: float) -> str | None:
    """Registers say the same years, counts and amounts over and over."""
    number = Decimal(f"{value:.{_EXACT_DIGITS}g}")
    shown = _rendered(_parts(code), number)
    return shown if shown is not None and differs(shown, number) else None


def differs(shown: str, number: Decimal) -> bool:
    """Whether a text says something else than the number, apart from spaces, grouping, currency and percent signs.

    Nothing and a dash are usual ways to say zero.
    """
    plain = _DECORATION.sub("", shown)
    if not number and plain.strip("-") == "":
        return False
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    share = plain.endswith("%")
    try:
        said = Decimal(plain.rstrip("%"))
        apart = abs(said - number * 100) > _HALF if share else abs(said - number) > _HALF_A_CENT
    except ArithmeticError:  # no number, or one that no sheet holds
        return True
    return apart or re.match(r"[-+]?0[0-9]", plain) is not None


def is_date(code: str) -> bool:
    """Whether the format shows numbers as dates or times."""
    return _parts(code)[0].is_date


def _changes(part: _Part, number: int) -> bool:
    if not part.readable:
        return False
    text = "".join(piece for kind, piece in part.pieces if kind == "text")
    if _SAYS_SOMETHING.search(text) or (part.scale and number < 3):
        return True
    if not part.count("general") + part.count("at") + part.count("digit"):
        return True  # nothing of the value is shown
    point = next((at for at, piece in enumerate(part.pieces) if piece[0] == "point"), len(part.pieces))
    zeros = sum(piece == ("digit", "0") for piece in part.pieces[:point])
    decimals = sum(piece[0] == "digit" for piece in part.pieces[point:])
    return part.count("digit") > 0 and (zeros > 1 or decimals < 2)


@lru_cache(maxsize=1024)
def _parts(code: str) -> tuple[_Part, ...]:
    return tuple(map(_part, _sections(code or "General")))


def _sections(code: str) -> list[str]:
    sections, inside, escaped = [""], False, False
    for letter in code:
        if letter == ";" and not inside and not escaped:
            sections.append("")
            continue
        inside ^= letter == '"' and not escaped
        escaped = letter in "\\!" and not inside and not escaped
        sections[-1] += letter
    return sections[:4]


def _part(section: str) -> _Part:
    pieces: list[tuple[str, str]] = []
    condition, is_date, readable = None, False, True
    for quoted, escaped, bracket, exponent, general, sign, other in (found.groups() for found in _TOKEN.finditer(section)):
        if bracket is not None:
            if held := _CONDITION.fullmatch(bracket):
                condition = held[1], Decimal(held[2])
            elif money := _CURRENCY.match(bracket):
                pieces.append(("text", money[1]))
            is_date |= bracket.lower() in _ELAPSED
            readable &= not bracket.upper().startswith("DBNUM")
        elif other and other.lower() in _DATE_LETTERS:
            is_date = True
        elif exponent or sign == "/":
            readable = False
        elif general:
            pieces.append(("general", ""))
        elif sign:
            pieces.append(({".": "point", "%": "percent", "@": "at", ",": "comma"}.get(sign, "digit"), sign))
        else:
            pieces.append(("text", next((text for text in (quoted, escaped, other) if text is not None), "")))
    digits = [at for at, piece in enumerate(pieces) if piece[0] == "digit"]
    commas = [at for at, piece in enumerate(pieces) if piece[0] == "comma"]
    scale = sum(at > digits[-1] for at in commas) if digits else 0
    thousands = any(digits[0] < at < digits[-1] for at in commas) if digits else False
    return _Part(tuple(piece for piece in pieces if piece[0] != "comma"), condition, thousands, scale, is_date,
                 readable and not is_date)


def _seen_text(code: str, text: str) -> str | None:
    parts = _parts(code)
    part = parts[3] if len(parts) == 4 else parts[-1] if parts[-1].count("at") else None
    if part is None or not part.readable:
        return None
    said = "".join(piece for kind, piece in part.pieces if kind == "text")
    if part.count("at") and not _SAYS_SOMETHING.search(said):
        return None
    shown = "".join(text if kind == "at" else piece for kind, piece in part.pieces if kind in ("at", "text"))
    return None if shown == text else shown


def _rendered(parts: tuple[_Part, ...], number: Decimal) -> str | None:
    """The number as it is shown, None where the format is none that is understood here."""
    part, signed = _chosen(parts, number)
    if part is None or not part.readable or part.count("point") > 1:
        return None
    number = number if signed else abs(number)
    if part.count("general") or part.count("at"):
        plain = f"{number:f}"
        return "".join(plain if kind in ("general", "at") else piece for kind, piece in part.pieces)
    minus = "-" if number < 0 else ""
    number = abs(number) / 1000 ** part.scale * 100 ** part.count("percent")
    return minus + "".join(_filled(part, number))


def _chosen(parts: tuple[_Part, ...], number: Decimal) -> tuple[_Part | None, bool]:
    """The section for a number, and whether that section still has to show a minus sign."""
    numeric = [part for part in parts[:3] if not part.count("at")] if len(parts) < 4 else list(parts[:3])
    if not numeric:
        return None, True
    if any(part.condition for part in numeric):
        for part in numeric:
            if part.condition is None or _holds(part.condition, number):
                return part, True
        return None, True
    if number > 0 or len(numeric) == 1:
        return numeric[0], True
    if number < 0:
        return numeric[1], False
    return numeric[2] if len(numeric) == 3 else numeric[0], True


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, limit = condition
    return {"<": number < limit, ">": number > limit, "=": number == limit, "<=": number <= limit, ">=": number >= limit,
            "<>": number != limit}[sign]


def _filled(part: _Part, number: Decimal) -> list[str]:
    """The section's pieces with the number's digits in the places of its placeholders."""
    point = next((at for at, piece in enumerate(part.pieces) if piece[0] == "point"), len(part.pieces))
    whole = [at for at, piece in enumerate(part.pieces[:point]) if piece[0] == "digit"]
    behind = [at for at, piece in enumerate(part.pieces) if at > point and piece[0] == "digit"]
    rounded = number.quantize(Decimal(1).scaleb(-min(len(behind), _MOST_DECIMALS)), ROUND_HALF_UP, _WIDE)
    integer, _, decimals = f"{rounded:f}".partition(".")
    shown = ["." if kind == "point" else "" if kind == "digit" else piece for kind, piece in part.pieces]
    integer = integer.lstrip("0")
    if part.thousands:
        grouped = f"{int(integer or 0):,}" if integer else ""
        least = sum(part.pieces[at][1] == "0" for at in whole)
        _at_first(shown, whole, grouped or "0" * min(least, 1))
    else:
        for at in reversed(whole):
            shown[at] = integer[-1:] or {"0": "0", "?": " "}.get(part.pieces[at][1], "")
            integer = integer[:-1]
        _at_first(shown, whole, integer + (shown[whole[0]] if whole else ""))
    for at, digit in zip(behind, decimals, strict=False):
        shown[at] = digit
    return shown


def _at_first(shown: list[str], places: list[int], text: str) -> None:
    if places:
        shown[places[0]] = text
