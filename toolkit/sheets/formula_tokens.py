"""Formulas taken apart: what is a text, a reference, a function, a name. Excel's English spelling, as files hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.sheets.grid import column_letters, from_a1

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
TEXT, ERROR, REFERENCE, NUMBER, CALL, NAME, OPERATOR, BLANK, OTHER = (
    "text", "error", "reference", "number", "call", "name", "operator", "blank", "other")
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*"
_TOKEN = re.compile(
    rf"""(?P<{TEXT}>"(?:[^"]|"")*")
    |(?P<{ERROR}>\#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!))
    |(?P<{REFERENCE}>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
        (?:{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[1-9]\d*:\$?[1-9]\d*)(?![\w.(\[!]))
    |(?P<{NUMBER}>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w!]))
    |(?P<{CALL}>[^\W\d][\w.]*\()
    |(?P<{NAME}>[^\W\d][\w.?\\]*(?![\w!\[]))
    |(?P<{OPERATOR}><=|>=|<>|[-+*/^&=<>%,;(){{}}])
    |(?P<{BLANK}>\s+)
    |(?P<{OTHER}>.)""", re.X | re.S)
_PLACE = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")


class Token(NamedTuple):
    """One piece of a formula: which kind it is, and its text."""

    kind: str
    text: str


class FormulaArea(NamedTuple):
    """A rectangle of cells, both corners within it, zero-based; `sheet` as it is written, `` for the formula's own."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1


def tokens(formula: str) -> list[Token]:
    """The pieces of a formula without its `=`; put together they are the formula again."""
    return [Token(found.lastgroup or OTHER, found[0]) for found in _TOKEN.finditer(formula)]


def area(reference: str) -> FormulaArea:
    """What a REFERENCE stands for; whole columns and rows reach to the end of the sheet. ValueError beyond that end."""
    sheet, _, cells = reference.rpartition("!")
    if sheet[:1] == "'":
        sheet = sheet[1:-1].replace("''", "'")
    first, _, second = cells.replace("$", "").upper().partition(":")
    (top, left), (bottom, right) = _corner(first, 0, 0), _corner(second or first, LAST_ROW, LAST_COLUMN)
    found = FormulaArea(sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    if found.bottom > LAST_ROW or found.right > LAST_COLUMN:
        raise ValueError(reference)
    return found


def _corner(cell: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of a corner; what a whole column or row leaves open is as given."""
    if cell.isdigit():
        return int(cell) - 1, column
    return (row, from_a1(f"{cell}1")[1]) if cell.isalpha() else from_a1(cell)


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as a cell so many rows further down and columns further right would say it."""
    return "".join(_moved(token.text, rows, columns) if token.kind == REFERENCE else token.text for token in tokens(formula))


def _moved(reference: str, rows: int, columns: int) -> str:
    sheet, mark, cells = reference.rpartition("!")
    return sheet + mark + ":".join(_corners_moved(cells.split(":"), rows, columns))


def _corners_moved(cells: list[str], rows: int, columns: int) -> Iterator[str]:
    for cell in cells:
        fixed, letters, also_fixed, digits = _PLACE.fullmatch(cell).groups()  # type: ignore[union-attr]
        if not letters:  # a whole row: its `$` was taken for the column's
            fixed, also_fixed = "", fixed or also_fixed
        if letters and not fixed:
            letters = column_letters((from_a1(f"{letters}1")[1] + columns) % (LAST_COLUMN + 1))
        if digits and not also_fixed:
            digits = str((int(digits) - 1 + rows) % (LAST_ROW + 1) + 1)
        yield fixed + letters + also_fixed + digits
