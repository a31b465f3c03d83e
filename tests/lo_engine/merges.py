"""Merged cells."""

from __future__ import annotations

from typing import Any

from tests.lo_engine import areas
from tests.lo_engine.areas import Area


def state(sheet: Any, cells: Any, area: Area) -> bool | None:
    """Whether a UNO range is merged: True in one merged area, False where nothing is merged, else None."""
    if not _widened(sheet, cells).IsMerged:
        return False
    return True if around(sheet, area.top_left).common(area) == area else None


def around(sheet: Any, area: Area) -> Area:
    """The area, widened to hold every merged area that it touches."""
    cells = sheet.getCellRangeByPosition(area.column, area.row, area.last_column, area.last_row)
    return areas.of_uno(_widened(sheet, cells).RangeAddress)


def _widened(sheet: Any, cells: Any) -> Any:
    cursor = sheet.createCursorByRange(cells)
    cursor.collapseToMergedArea()
    return cursor
