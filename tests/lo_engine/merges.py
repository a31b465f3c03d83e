"""Merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.lo_engine import areas
from tests.lo_engine.areas import Area


def state(sheet: Any, area: Area) -> bool | None:
    """Whether an area is merged: True in one merged area, False where nothing is merged, else None."""
    touched = [common for merged in _known(sheet, area) if (common := merged.common(area))]
    return bool(touched) if not touched or touched == [area] else None


def around(sheet: Any, area: Area) -> Area:
    """The merged area that a cell is in, or the cell."""
    return next((merged for merged in _known(sheet, area) if merged.common(area)), area)


def _known(sheet: Any, area: Area) -> list[Area]:
    """The merged areas of a worksheet, as far as the used cells and `area` reach."""
    known, name = sheet._memory.merges, sheet._uno.Name
    if name not in known or known[name][0].common(area) != area:
        cursor = sheet._uno.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = areas.of_uno(cursor.RangeAddress)
        through = Area(0, 0, max(end.last_row, area.last_row), max(end.last_column, area.last_column))
        known[name] = through, list(_within(sheet._uno, through))
    return known[name][1]


def _within(sheet: Any, area: Area) -> Iterator[Area]:
    cells = sheet.getCellRangeByPosition(area.column, area.row, area.last_column, area.last_row)
    if not cells.IsMerged:
        return
    if area.size > 1:
        for half in area.halves():
            yield from _within(sheet, half)
    else:
        cursor = sheet.createCursorByRange(cells)
        cursor.collapseToMergedArea()
        yield areas.of_uno(cursor.RangeAddress)
