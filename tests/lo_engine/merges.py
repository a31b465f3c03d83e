"""Merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.lo_engine import areas
from tests.lo_engine.areas import Area


def state(cells: Any, area: Area) -> bool | None:
    """Whether all cells of a UNO range are merged cells: True, False, None where only some are."""
    sheet = cells.Spreadsheet
    whole = around(sheet, area)
    merged = sum(common.size for part in _within(sheet, whole) if (common := part.common(area)))
    return None if 0 < merged < area.size else merged == area.size


def around(sheet: Any, area: Area) -> Area:
    """The area, widened to hold every merged area that it touches."""
    cursor = sheet.createCursorByRange(_range(sheet, area))
    cursor.collapseToMergedArea()
    return areas.of_uno(cursor.RangeAddress)


def _within(sheet: Any, area: Area) -> Iterator[Area]:
    if not _range(sheet, area).IsMerged:
        return
    first = around(sheet, area.top_left)
    if first == area:
        yield area
    elif area.size > 1:
        for half in area.halves():
            yield from _within(sheet, half)
    else:
        yield first


def _range(sheet: Any, area: Area) -> Any:
    return sheet.getCellRangeByPosition(area.column, area.row, area.last_column, area.last_row)
