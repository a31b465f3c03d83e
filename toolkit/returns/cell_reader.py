"""The way of every cell into a value: cleaned first, then read, and what changed on the way is noted."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import wraps
from typing import Any, NamedTuple

from toolkit.returns.characters import clean, visible
from toolkit.sheets.grid import CellError, Value

EXACT_DIGITS = 15  # Excel keeps 15 digits of a number; the rest became zeros
LONGEST_FIGURES = 20  # what is longer is shown with an exponent


class Read(NamedTuple):
    """One parsed cell. `problem` names why there is no value or what is doubtful about it (a message code), `note` says how the
    value was made from different-looking text."""

    value: Any
    problem: str = ""
    note: str = ""


def shown(raw: object) -> str:
    """A raw value as a clerk sees it, for quoting and comparing."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, CellError):
        return raw.text
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and math.isfinite(raw):
        return _figures(raw)
    if isinstance(raw, int) and abs(raw) >= 10**LONGEST_FIGURES:
        return f"{Decimal(raw):.{EXACT_DIGITS}g}"
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return str(raw)


def _figures(number: float) -> str:
    """The digits Excel shows: fifteen, and zeros behind them."""
    value = Decimal(f"{number:.{EXACT_DIGITS}g}")
    return format(value.normalize() + 0, "f") if abs(value.adjusted()) < LONGEST_FIGURES else str(number)


def settled(raw: float) -> float:
    """A number as Excel shows and compares it: fifteen digits, so that 99999.99999999999 is 100000."""
    return float(f"{raw:.{EXACT_DIGITS}g}")


def noted(value: object, raw: object) -> Read:
    """The value, with a note where it does not read as it was typed. White space is not worth a note."""
    typed = shown(raw)
    if value == raw or str(value) == typed or str(value) == " ".join(typed.split()):
        return Read(value)
    return Read(value, "", f"“{visible(typed)}”读作“{value}”")


Reader = Callable[..., Read]


def reader(read: Reader) -> Reader:
    """A reader of cells: text reaches it clean, a number with the digits Excel shows; what cleaning changed is noted."""
    @wraps(read)
    def of_cell(raw: Value, **given: object) -> Read:
        if isinstance(raw, str):
            text = clean(raw)
            found = read(text, **given)
            return found if text is raw or found.value is None else _and_cleaned(found, raw, text)
        return read(settled(raw) if isinstance(raw, float) else raw, **given)
    return of_cell


def _and_cleaned(found: Read, raw: str, text: str) -> Read:
    if " ".join(raw.split()) == " ".join(text.split()):
        return found
    if not found.note:
        return found._replace(note=f"“{visible(raw)}”读作“{found.value}”")
    said = visible(raw)
    return found if said == raw else found._replace(note=found.note.replace(f"“{text}”", f"“{said}”", 1))
