"""How cells of an open workbook look, as far as it changes what they say: lines of no size, crossed-out text, formats.

Excel tells a property of many cells in one call if they agree; see `areas.alike`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from toolkit.sheets import number_formats
from toolkit.sheets.excel.areas import Area, alike, columns_down
from toolkit.sheets.grid import Value
from toolkit.sheets.scans.extents import LEAST_HEIGHT, LEAST_WIDTH

if TYPE_CHECKING:
    import xlwings as xw

LookPlace = tuple[int, int]
_MOST_PARTS = 400  # stretches of one row height; a sheet with more is asked for hidden rows alone


def hidden_rows(sheet: xw.Sheet, last: int) -> frozenset[int]:
    """The rows down to `last` that are hidden or of next to no height."""
    area = Area(0, 0, last, 0)
    parts = list(islice(alike(area, lambda part: _range(sheet, part).RowHeight), _MOST_PARTS + 1))
    if len(parts) <= _MOST_PARTS:
        low = [part for part, height in parts if height is not None and height < LEAST_HEIGHT]
    else:
        low = _hidden(area, lambda part: _range(sheet, part).EntireRow.Hidden)
    return frozenset(row for part in low for row in range(part.top, part.bottom + 1))


def hidden_columns(sheet: xw.Sheet, last: int) -> frozenset[int]:
    """The columns up to `last` that are hidden or of next to no width."""
    parts = alike(Area(0, 0, 0, last), lambda part: _range(sheet, part).ColumnWidth)
    low = [part for part, width in parts if width is not None and width < LEAST_WIDTH]
    return frozenset(column for part in low for column in range(part.left, part.right + 1))


def _hidden(area: Area, ask: Callable[[Area], bool | None]) -> list[Area]:
    return [part for part, hidden in alike(area, ask) if hidden]


def struck(sheet: xw.Sheet, area: Area, rows: Sequence[Sequence[Value]]) -> tuple[frozenset[LookPlace], frozenset[LookPlace]]:
    """The filled cells with crossed-out text, and those where only a part of it is: there Excel gives no answer."""
    whole: set[LookPlace] = set()
    partly: set[LookPlace] = set()
    for part, crossed in alike(area, lambda part: _range(sheet, part).Font.Strikethrough):
        if crossed is not False:
            (partly if crossed is None else whole).update(_filled(part, rows))
    return frozenset(whole), frozenset(partly)


def _filled(area: Area, rows: Sequence[Sequence[Value]]) -> Iterator[LookPlace]:
    for row in range(area.top, min(area.bottom + 1, len(rows))):
        for column in range(area.left, min(area.right + 1, len(rows[row]))):
            if rows[row][column] is not None:
                yield row, column


def seen(sheet: xw.Sheet, rows: Sequence[Sequence[Value]]) -> dict[LookPlace, str]:
    """What cells with numbers show where their number format makes that something else than their value."""
    numbers = [(row, column) for row, values in enumerate(rows) for column, value in enumerate(values)
               if isinstance(value, float)]
    found: dict[LookPlace, str] = {}
    for area in columns_down(numbers):
        for part, code in alike(area, lambda part: _range(sheet, part).NumberFormat, columns_first=True):
            if code is None or not number_formats.unusual(code):
                continue
            for row, column in _filled(part, rows):
                shown = number_formats.seen(code, rows[row][column])
                if shown is not None:
                    found[row, column] = shown
    return found


def _range(sheet: xw.Sheet, area: Area) -> Any:
    return sheet.range(area.address).api
