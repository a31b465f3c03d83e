"""Sheets of an open workbook → Grids like those that `sheets.read` gives for the saved file, by asking Excel.

For workbooks of which no copy can be read; see `excel.screen`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.sheets.excel import cell_looks, conversion
from toolkit.sheets.excel.areas import Area, alike, parsed
from toolkit.sheets.grid import Book, CellRef, Grid, Value
from toolkit.sheets.recalculate import named_cell
from toolkit.sheets.scans.extents import COLUMN_GAP, DENSE_CELLS, MOST_CELLS, ROW_GAP
from toolkit.sheets.scans.refusals import Unreadable

if TYPE_CHECKING:
    import xlwings as xw

_ORDINARY_CELLS = 200_000  # up to here the used range is read as it is
_SHOWN = -1  # xlSheetVisible


def book(opened: xw.Book, skip: frozenset[str], flat: frozenset[str]) -> Book:
    """Every sheet's Grid; those in `skip` empty, those in `flat` without merged areas. UserError where one holds more cells
    than can be read."""
    grids, notes = [], []
    date1904 = bool(opened.api.Date1904)
    for sheet in opened.sheets:
        name = sheet.name
        if name in skip:
            grids.append(Grid(name, (), visible=is_visible(sheet)))
            continue
        try:
            used = parsed(sheet.used_range.address)
            area, left_out = _content(sheet, name, used)
        except Unreadable as refusal:
            raise refusal.about(opened.name) from refusal
        grid = replace(_grid(sheet, area), name=name, date1904=date1904)
        grids.append(grid if name in flat else replace(grid, merged=tuple(sorted(_merged(sheet, _reach(area, used))))))
        if left_out:
            notes.append(f"“{name}”表中远离表格的 {left_out} 个单元格没有读入。请核对，无用的删除，有用的移到表格内。")
    return Book(opened.name, tuple(grids), _properties(opened), notes=tuple(notes))


def formulas(opened: xw.Book, skip: frozenset[str]) -> Iterator[tuple[str, int, int, str]]:
    """Sheet, zero-based row and column, and the formula without `=`, of every cell that has one, but not on sheets in `skip`."""
    for sheet in opened.sheets:
        name = sheet.name
        if name in skip:
            continue
        area, _ = _content(sheet, name, parsed(sheet.used_range.address))
        cells = sheet.range(area.address)
        written: Any = cells.formula
        if area.cells == 1:
            written = ((written,),)
        shown = cells.options(ndim=2, err_to_str=True).value
        for row, (texts, results) in enumerate(zip(written, shown, strict=True)):
            for column, (text, result) in enumerate(zip(texts, results, strict=True)):
                # A text that begins with = reads the same in both.
                if isinstance(text, str) and text.startswith("=") and text != result:
                    yield name, row, column, text[1:]


def spots(opened: xw.Book) -> dict[str, CellRef]:
    """The workbook's defined names that stand for one cell."""
    named = ((name.name, name) for name in opened.names)
    contents = {text: (name.refers_to or "").removeprefix("=") for text, name in named if "!" not in text}
    return {name: spot for name, content in contents.items() if (spot := named_cell(content))}


def is_visible(sheet: xw.Sheet) -> bool:
    """Whether people can see the sheet."""
    return sheet.visible in (True, _SHOWN)  # 2 is xlSheetVeryHidden


def _properties(opened: xw.Book) -> dict[str, str]:
    found = opened.api.CustomDocumentProperties
    items = [found.Item(number) for number in range(1, found.Count + 1)]
    return {item.Name: str(item.Value) for item in items}


def _grid(sheet: xw.Sheet, area: Area) -> Grid:
    """All but its name, its merged cells and how it counts dates."""
    rows = _rows(sheet, area)
    width = max(map(len, rows), default=0)
    struck, partly_struck = cell_looks.struck(sheet, area, rows)
    return Grid("", rows, (),
                cell_looks.hidden_rows(sheet, len(rows) - 1) if rows else frozenset(),
                cell_looks.hidden_columns(sheet, width - 1) if width else frozenset(),
                visible=is_visible(sheet), struck=struck, partly_struck=partly_struck, seen=cell_looks.seen(sheet, rows))


def _reach(area: Area, used: Area) -> Area:
    """The area within which merged cells are looked for."""
    return area._replace(bottom=max(area.bottom, min(used.bottom, area.bottom + ROW_GAP)),
                         right=max(area.right, min(used.right, area.right + COLUMN_GAP)))


def _range(sheet: xw.Sheet, area: Area) -> xw.Range:
    return sheet.range(area.address)


def _rows(sheet: xw.Sheet, area: Area) -> tuple[tuple[Value, ...], ...]:
    from decimal import Decimal

    cells = _range(sheet, area)
    raw = cells.options(ndim=2, err_to_str=True).value
    if any(value.__class__ is Decimal for row in raw for value in row):
        # Cells shown as money come as Currency, which keeps four decimals only.
        exact = cells.api.Value2
        exact = exact if area.cells > 1 else ((exact,),)
        raw = [[other if value.__class__ is Decimal else value for value, other in zip(row, others, strict=True)]
               for row, others in zip(raw, exact, strict=True)]
    rows = [conversion.row(row) for row in raw]
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _merged(sheet: xw.Sheet, area: Area) -> set[Area]:
    found: set[Area] = set()
    waiting = [part for part, merged in alike(area, lambda part: _range(sheet, part).api.MergeCells) if merged]
    while waiting:
        part = waiting.pop()
        whole = next((known for known in found if known.top <= part.top <= known.bottom and known.left <= part.left <= known.right),
                     None) or parsed(_range(sheet, Area(part.top, part.left, part.top, part.left)).api.MergeArea.Address)
        found.add(whole)
        if whole.right < part.right:
            waiting.append(part._replace(left=whole.right + 1, bottom=min(whole.bottom, part.bottom)))
        if whole.bottom < part.bottom:
            waiting.append(part._replace(top=whole.bottom + 1))
    return found


def _content(sheet: xw.Sheet, name: str, used: Area) -> tuple[Area, int]:
    """The area from A1 to read, and how many cells with content lie outside of it.

    Excel's used range is anchored at its first cell and counts formats: it may end at row 1,048,576 for a 20-row table.
    """
    area = Area(0, 0, used.bottom, used.right)
    if area.cells <= _ORDINARY_CELLS:
        return area, 0
    filled = _Filled(sheet, area)
    rows, columns = filled.rows(area.bottom + 1), filled.columns(area.right + 1)
    if rows * columns > DENSE_CELLS:
        rows, columns = filled.rows(ROW_GAP), filled.columns(COLUMN_GAP)
    if rows * columns > MOST_CELLS:
        raise Unreadable("cells", sheet=name, rows=rows, columns=columns)
    near = Area(0, 0, rows - 1, columns - 1)
    return near, filled.count(area) - filled.count(near)


class _Filled:
    """Where an area has content, by counting: Find would change the settings of the clerk's own search."""

    def __init__(self, sheet: xw.Sheet, area: Area) -> None:
        self._sheet, self._area = sheet, area
        self._counter = sheet.book.app.api.WorksheetFunction

    def count(self, area: Area) -> int:
        """Cells in the area that hold something."""
        return int(self._counter.CountA(_range(self._sheet, area).api))

    def rows(self, gap: int) -> int:
        """Rows up to the first `gap` empty ones; at least 1."""
        return _end(lambda first, last: self.count(self._area._replace(top=first, bottom=last)) > 0, self._area.bottom, gap)

    def columns(self, gap: int) -> int:
        """Columns up to the first `gap` empty ones; at least 1."""
        return _end(lambda first, last: self.count(self._area._replace(left=first, right=last)) > 0, self._area.right, gap)


def _end(holds: Callable[[int, int], bool], limit: int, gap: int) -> int:
    """One more than the last place before a stretch of `gap` places without content; `limit` is the last place there is."""
    end = 0
    while end <= limit and holds(end, last := min(end + gap - 1, limit)):
        first = end
        while first < last:
            middle = (first + last + 1) // 2
            if holds(middle, last):
                first = middle
            else:
                last = middle - 1
        end = first + 1
    return max(end, 1)
