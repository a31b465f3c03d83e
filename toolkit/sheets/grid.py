"""One sheet as it came: raw typed values at their true addresses.

Two sources give it: `sheets.read` (files) and, later, an open Excel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an Excel error (`#DIV/0!`, `#REF!` …) instead of a value."""

    text: str


Value = str | int | float | bool | date | datetime | time | timedelta | CellError | None


@dataclass(frozen=True, slots=True)
class Grid:
    """rows[r][c] is the value of the cell in row r+1, column c+1: addresses are never shifted.

    Rows may differ in length; what lies beyond a row's end is empty. `merged` holds
    (first_row, first_col, last_row, last_col), possibly far beyond the last value; `hidden_rows` / `hidden_columns` (also
    those of next to no height or width) and the cells of `uncached` (formulas whose file carries no computed value), all
    zero-based. `struck` are cells whose text is crossed out, `partly_struck` those where only a part of it is. `seen` is
    what a cell shows where its number format makes that something else than its value: 0012, 14万元, nothing at all.
    `date1904`: serial numbers count from 1904.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncached: frozenset[tuple[int, int]] = frozenset()
    visible: bool = True
    struck: frozenset[tuple[int, int]] = frozenset()
    partly_struck: frozenset[tuple[int, int]] = frozenset()
    seen: Mapping[tuple[int, int], str] = field(default_factory=dict)
    date1904: bool = False

    def at(self, row: int, column: int) -> Value:
        """The value of a cell, None where it is empty or lies beyond the last value."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook as it came: its file name, every sheet, the document properties that name form and district.

    `properties` are the custom document properties as text; `sha256` is the hash of the file's bytes.
    `notes` are sentences about what reading had to leave out (a clerk must know).
    """

    file: str
    grids: tuple[Grid, ...]
    properties: dict[str, str] = field(default_factory=dict)
    sha256: str = ""
    notes: tuple[str, ...] = ()


@cache
def column_letters(column: int) -> str:
    """Zero-based column → letters: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """Zero-based row and column → A1 address."""
    return f"{column_letters(column)}{row + 1}"


def from_a1(address: str) -> tuple[int, int]:
    """A1 address (no sheet, no $) → zero-based (row, column). ValueError on anything else."""
    letters = address.rstrip("0123456789")
    if letters == address:
        raise ValueError(address)
    return int(address[len(letters):]) - 1, _column(letters)


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    if not letters.isascii() or not letters.isalpha():
        raise ValueError(letters)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


LAST_ROW = 1_048_575
LAST_COLUMN = 16_383


def area_from_a1(address: str) -> tuple[int, int, int, int]:
    """`A1:C9`, `B2`, whole columns `A:C` or whole rows `1:3`, with or without $ → zero-based first row, first column,
    last row, last column. ValueError on anything else."""
    first, _, last = address.replace("$", "").partition(":")
    last = last or first
    if first.isdecimal() and last.isdecimal():
        top, left, bottom, right = int(first) - 1, 0, int(last) - 1, LAST_COLUMN
    elif first.isalpha() and last.isalpha() and ":" in address:
        (top, left), (_, right), bottom = from_a1(f"{first}1"), from_a1(f"{last}1"), LAST_ROW
    else:
        (top, left), (bottom, right) = from_a1(first), from_a1(last)
    if top < 0 or bottom < 0:
        raise ValueError(address)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


class CellRef(NamedTuple):
    """A cell: the sheet's name, zero-based row and column."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        return a1(self.row, self.column)
