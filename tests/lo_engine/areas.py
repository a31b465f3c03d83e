"""Rectangles of cells, zero-based, and their A1 names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.lo_engine.refused import ComError
from toolkit.sheets.grid import a1

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


class Area(NamedTuple):
    """Rows and columns from the first to the last, all included."""

    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.last_row - self.row + 1, self.last_column - self.column + 1

    @property
    def size(self) -> int:
        rows, columns = self.shape
        return rows * columns

    @property
    def top_left(self) -> Area:
        return Area(self.row, self.column, self.row, self.column)

    def cells(self) -> Iterator[tuple[int, int]]:
        """Every (row, column), row by row."""
        return ((row, column) for row in range(self.row, self.last_row + 1)
                for column in range(self.column, self.last_column + 1))

    def common(self, other: Area) -> Area | None:
        """The cells in both, None where there are none."""
        found = Area(max(self.row, other.row), max(self.column, other.column),
                     min(self.last_row, other.last_row), min(self.last_column, other.last_column))
        return found if found.row <= found.last_row and found.column <= found.last_column else None

    def halves(self) -> tuple[Area, Area]:
        """Two areas cut along the longer side."""
        rows, columns = self.shape
        if rows >= columns:
            middle = self.row + rows // 2
            return self._replace(last_row=middle - 1), self._replace(row=middle)
        middle = self.column + columns // 2
        return self._replace(last_column=middle - 1), self._replace(column=middle)

    def address(self, absolute_row: bool = True, absolute_column: bool = True) -> str:
        """The A1 name, with $ signs as asked."""
        def cell(row: int, column: int) -> str:
            letters = a1(row, column).rstrip("0123456789")
            return f"{'$' if absolute_column else ''}{letters}{'$' if absolute_row else ''}{row + 1}"

        first, last = cell(self.row, self.column), cell(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


def of_uno(address: Any) -> Area:
    """A UNO CellRangeAddress."""
    return Area(address.StartRow, address.StartColumn, address.EndRow, address.EndColumn)


def of_text(text: str) -> tuple[Area, ...]:
    """The areas of "A1", "$A$1:B2", "A:C", "1:3", or several joined by commas. ComError on anything else."""
    return tuple(_area(part.strip()) for part in text.split(","))


def runs(cells: Iterable[tuple[int, int]]) -> Iterator[Area]:
    """The cells as areas one column wide, neighbours below each other in one."""
    start = last = None
    for column, row in sorted((column, row) for row, column in cells):
        if last is None or (column, row) != (last[0], last[1] + 1):
            if start:
                yield Area(start[1], start[0], last[1], start[0])
            start = column, row
        last = column, row
    if start:
        yield Area(start[1], start[0], last[1], start[0])


def _area(text: str) -> Area:
    if found := _COLUMNS.fullmatch(text):
        return Area(0, _column(found[1]), LAST_ROW, _column(found[2]))
    if found := _ROWS.fullmatch(text):
        return Area(int(found[1]) - 1, 0, int(found[2]) - 1, LAST_COLUMN)
    first, _, last = text.partition(":")
    corners = [_CELL.fullmatch(corner) for corner in (first, last or first)]
    if not all(corners):
        raise ComError(f"不是单元格地址：{text}")
    rows = sorted(int(corner[2]) - 1 for corner in corners)
    columns = sorted(_column(corner[1]) for corner in corners)
    return Area(rows[0], columns[0], rows[1], columns[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
