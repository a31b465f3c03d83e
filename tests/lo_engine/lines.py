"""Whole rows and columns, and whether they are hidden."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.lo_engine import areas
from tests.lo_engine.areas import Area
from tests.lo_engine.objects import ComObject


class Lines(ComObject):
    """The whole rows, or columns, of a range."""

    def __init__(self, cells: Any, by_row: bool) -> None:
        self._cells = cells
        self._by_row = by_row

    @property
    def Hidden(self) -> bool | None:
        """None where some are and some are not."""
        sheet = self._cells._sheet._uno
        return alike(shown for part in self._cells._parts for shown in _hidden(sheet, part, self._by_row))

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        allowed = "AllowFormattingRows" if self._by_row else "AllowFormattingColumns"
        for cells in self._cells._changing(allowed):
            (cells.Rows if self._by_row else cells.Columns).IsVisible = not value


def _hidden(sheet: Any, part: Area, by_row: bool) -> set[bool]:
    """Whether there are hidden, and shown, rows or columns in an area."""
    whole = (part._replace(column=0, last_column=areas.LAST_COLUMN) if by_row
             else part._replace(row=0, last_row=areas.LAST_ROW))
    cells = sheet.getCellRangeByPosition(whole.column, whole.row, whole.last_column, whole.last_row)
    shown = [areas.of_uno(address) for address in cells.queryVisibleCells().RangeAddresses]
    lines = {line for area in shown for line in (range(area.row, area.last_row + 1) if by_row
                                                 else range(area.column, area.last_column + 1))}
    return {True} if not lines else {False} if len(lines) == part.shape[0 if by_row else 1] else {True, False}


def alike(values: Iterable) -> Any:
    """The one value they all have, None where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def sizes(lines: Any, side: str, total: int) -> set[int]:
    """The sizes among rows or columns: one where all together are as large as that many of the first."""
    first, count = getattr(lines.getByIndex(0), side), lines.Count
    if abs(first * count - total) <= count:
        return {first}
    return {getattr(lines.getByIndex(index), side) for index in range(count)}
