"""When two formulas are the same formula: spacing, quotes around sheet names and rows inserted between do not matter."""

from __future__ import annotations

import re

_TEXT = re.compile(r'("(?:[^"]|"")*")')
_SHEET = re.compile(r"'((?:[^']|'')+)'!")
_NEWER = re.compile(r"_XL(?:FN|WS)\.")
_CONSTANT = re.compile(r"\b(TRUE|FALSE)\(\)")
_COLUMN = r"\$?[A-Z]{1,3}"
_REFERENCE = re.compile(rf"(?<![A-Z0-9_.])({_COLUMN})(\$?\d+)(?::({_COLUMN})\$?\d+)?(?![A-Z0-9_(.])")


def same_as(formula: str, row: int) -> str:
    """The formula of a cell in `row` (zero-based) in a spelling that equal formulas share.

    Areas lose their rows, because people may insert rows into a table; the formula's own row is written #.
    """
    parts = _TEXT.split(formula.removeprefix("="))
    return "".join(part if number % 2 else _plain(part, row) for number, part in enumerate(parts))


def _plain(part: str, row: int) -> str:
    part = "".join(_SHEET.sub(r"\1!", part).split()).upper()
    part = _CONSTANT.sub(r"\1", _NEWER.sub("", part))
    return _REFERENCE.sub(lambda found: _place(found, row), part)


def _place(found: re.Match[str], row: int) -> str:
    first, number, last = found.groups()
    if last:
        return f"{first}:{last}"
    return first + ("#" if number == str(row + 1) else number)
