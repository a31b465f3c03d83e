"""Cells into an open workbook, in whole blocks; and the rows, columns and ranges around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.sheets.edit import AppendRows, RaiseRow, SetCell, SetWidth
from toolkit.sheets.excel import conversion, faults
from toolkit.sheets.excel.areas import Area, addresses, alike, around, blocks, columns_down, parsed, runs
from toolkit.sheets.excel.conversion import TEXT, Content
from toolkit.sheets.grid import column_letters
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.ooxml.styles import GENERAL, Style

if TYPE_CHECKING:
    import xlwings as xw

Cells = dict[tuple[int, int], CellValue]
CENTER = -4108  # xlCenter
_LINE = 1  # xlContinuous
_UNDERLINE, _NO_UNDERLINE = 2, -4142  # xlUnderlineStyleSingle, xlUnderlineStyleNone
_REMEDY = "请确认这些单元格没有合并、不在数组公式里，再试一次。"


def write(sheet: xw.Sheet, name: str, edits: Sequence[SetCell | AppendRows], date1904: bool) -> None:
    """Carry out the edits, all of the sheet of this name. Where two write one cell, the later wins."""
    _copy_looks(sheet, edits)
    cells: Cells = {}
    for edit in edits:
        if isinstance(edit, SetCell):
            cells[edit.row, edit.column] = edit.value
        else:
            cells |= _filled_up(sheet, edit)
    put(sheet, name, cells, date1904)
    for edit in edits:
        if isinstance(edit, AppendRows) and edit.rows:
            _grow(sheet, edit.row, edit.row + len(edit.rows) - 1)


def put(sheet: xw.Sheet, name: str, cells: Mapping[tuple[int, int], CellValue], date1904: bool, is_plain: bool = False) -> None:
    """Put values into cells (row, column): one call a block, and before it the formats that keep the values what they are.

    is_plain: every cell of the sheet has the format General.
    """
    contents = {place: conversion.content(value, date1904) for place, value in cells.items()}
    areas = blocks(contents)
    _set_formats(sheet, contents, areas, is_plain)
    for area in areas:
        with faults.refusable(f"“{name}”表的 {area.address} 没有写入", _REMEDY):
            sheet.range(area.address).raw_value = [
                ["" if (raw := contents[row, column].raw) is None else raw for column in range(area.left, area.right + 1)]
                for row in range(area.top, area.bottom + 1)]


def _set_formats(sheet: xw.Sheet, contents: Mapping[tuple[int, int], Content], areas: Iterable[Area], is_plain: bool) -> None:
    wanted: dict[str, list[tuple[int, int]]] = {}
    for area in areas:
        wanted.setdefault(TEXT, []).extend(_texts(contents, area))
        for part, found in [(area, GENERAL)] if is_plain else _formats(sheet, contents, area):
            if found not in (GENERAL, TEXT):
                continue
            for place in _places(part):
                format_ = contents[place].wanted
                if format_ not in (None, TEXT, found):
                    wanted.setdefault(format_, []).append(place)
    for format_, places in wanted.items():
        for address in addresses(columns_down(places)):
            sheet.range(address).number_format = format_


def _texts(contents: Mapping[tuple[int, int], Content], area: Area) -> Iterator[tuple[int, int]]:
    """The cells to make "@": down a column from the first text that needs it to the last, unless something else is between."""
    for column in range(area.left, area.right + 1):
        texts = [row for row in range(area.top, area.bottom + 1)
                 if contents[row, column].raw is None or contents[row, column].is_text]
        for first, last in runs(texts):
            needing = [row for row in range(first, last + 1) if contents[row, column].wanted == TEXT]
            if needing:
                yield from ((row, column) for row in range(needing[0], needing[-1] + 1))


def _formats(sheet: xw.Sheet, contents: Mapping[tuple[int, int], Content], area: Area) -> Iterator[tuple[Area, str | None]]:
    """The formats of the columns of an area into which numbers, dates or formulas go."""
    columns = [column for column in range(area.left, area.right + 1)
               if any(contents[row, column].wanted not in (None, TEXT) for row in range(area.top, area.bottom + 1))]
    for first, last in runs(columns):
        yield from alike(area.columns(first, last), lambda part: sheet.range(part.address).number_format, columns_first=True)


def _places(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _filled_up(sheet: xw.Sheet, edit: AppendRows) -> Cells:
    """The cells of the rows; where nothing stands yet, with the empty ones between them, so that they are one block."""
    cells = {(row, column): value for row, named in enumerate(edit.rows, edit.row) for column, value in named.items()}
    if not cells or not is_empty(sheet, whole := around(cells)):
        return cells
    return dict.fromkeys(_places(whole)) | cells


def is_empty(sheet: xw.Sheet, area: Area) -> bool:
    """Whether nothing stands in the area."""
    return not sheet.book.app.api.WorksheetFunction.CountA(sheet.range(area.address).api)


def _copy_looks(sheet: xw.Sheet, edits: Sequence[SetCell | AppendRows]) -> None:
    """Give cells in which nothing stands the look that an edit asks for; Excel knows no other sign that a cell is new."""
    styled: dict[Style, list[tuple[int, int]]] = {}
    for edit in edits:
        if isinstance(edit, AppendRows):
            if edit.pattern is not None and edit.rows:
                _copy_row(sheet, edit.pattern, edit.row, len(edit.rows))
        elif isinstance(edit.like, Style):
            styled.setdefault(edit.like, []).append((edit.row, edit.column))
        elif edit.like is not None:
            _copy_look(sheet, Area(*edit.like, *edit.like), Area(edit.row, edit.column, edit.row, edit.column))
    for style, places in styled.items():
        for address in addresses(columns_down(_without_content(sheet, places))):
            dress(sheet.range(address), style)


def _without_content(sheet: xw.Sheet, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    area = around(places)
    there = sheet.range(area.address).options(ndim=2).value
    return [(row, column) for row, column in places if there[row - area.top][column - area.left] is None]


def _copy_row(sheet: xw.Sheet, row: int, first: int, count: int) -> None:
    """`count` rows from `first` on look like `row`."""
    pattern = Area(row, 0, row, parsed(sheet.used_range.address).right)
    _copy_look(sheet, pattern, pattern._replace(top=first, bottom=first + count - 1))


def _copy_look(sheet: xw.Sheet, source: Area, target: Area) -> None:
    if is_empty(sheet, target):
        cells = sheet.range(target.address)
        sheet.range(source.address).api.Copy(cells.api)  # with a target nothing goes over the clipboard
        cells.clear_contents()


def dress(cells: xw.Range, style: Style, over: Style | None = None) -> None:
    """Give cells the look of `style`. over: the look they have, if it is known; what is the same in both is left alone."""
    api = cells.api
    differing = [name for name in Style.__slots__ if over is None or getattr(style, name) != getattr(over, name)]
    wanted = {"font": ("Name", style.font), "size": ("Size", style.size), "bold": ("Bold", style.bold), "color": ("Color", bgr(style.color)),
              "underline": ("Underline", _UNDERLINE if style.underline else _NO_UNDERLINE)}
    if letters := [wanted[name] for name in differing if name in wanted]:
        font = api.Font
        for name, value in letters:
            setattr(font, name, value)
    if "fill" in differing and style.fill:
        api.Interior.Color = bgr(style.fill)
    if "line" in differing and style.line:
        borders = api.Borders
        borders.LineStyle, borders.Color = _LINE, bgr(style.line)
    if "wrap" in differing:
        api.WrapText = style.wrap
    if over is None:
        api.VerticalAlignment = CENTER
    if "center" in differing and style.center:
        api.HorizontalAlignment = CENTER


def bgr(color: str) -> int:
    """#RRGGBB → the number that Excel has for it."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red | green << 8 | blue << 16


def raise_rows(sheet: xw.Sheet, edits: Iterable[RaiseRow]) -> None:
    """Make rows at least as high as asked; hidden ones stay hidden."""
    wanted = {edit.row: edit.height for edit in edits}
    lower: dict[float, list[int]] = {}
    for first, last in runs(sorted(wanted)):
        for part, height in alike(Area(first, 0, last, 0), lambda part: _common_height(sheet, part)):
            for row in range(part.top, part.bottom + 1):
                if height and height < wanted[row]:
                    lower.setdefault(wanted[row], []).append(row)
    set_heights(sheet, lower)


def _common_height(sheet: xw.Sheet, rows: Area) -> float | None:
    """The height of each of the rows; None where they differ, for which Excel may answer with the first one's."""
    cells = sheet.range(rows.address)
    height = cells.row_height
    if rows.top == rows.bottom:
        return height
    return height if height is not None and abs(cells.api.Height - height * (rows.bottom - rows.top + 1)) < 1 else None


def set_heights(sheet: xw.Sheet, rows: Mapping[float, Sequence[int]]) -> None:
    """Set the heights (points) of rows, given by height."""
    for height, numbers in rows.items():
        for address in addresses(Area(first, 0, last, 0) for first, last in runs(sorted(numbers))):
            sheet.range(address).row_height = height


def _grow(sheet: xw.Sheet, first: int, last: int) -> None:
    """Rows `first` to `last` were added: tables and the filter that ended just above them now end at `last`."""
    tables = sheet.api.ListObjects
    for table in [tables.Item(number) for number in range(1, tables.Count + 1)]:
        area = parsed(table.Range.Address)
        if area.bottom == first - 1 and not table.ShowTotals:
            table.Resize(sheet.range(area._replace(bottom=last).address).api)
    # With criteria set the filter would be lost; Excel itself takes the new rows in when it is applied again.
    if sheet.api.AutoFilterMode and not sheet.api.FilterMode:
        area = parsed(sheet.api.AutoFilter.Range.Address)
        if area.bottom == first - 1:
            sheet.api.AutoFilterMode = False
            sheet.range(area._replace(bottom=last).address).api.AutoFilter()


def set_width(sheet: xw.Sheet, edit: SetWidth) -> None:
    """Set the width of a column, and what its cells make of what is typed."""
    column = sheet.range(f"{column_letters(edit.column)}:{column_letters(edit.column)}")
    column.column_width = edit.width
    if edit.number_format != GENERAL:
        column.number_format = edit.number_format
