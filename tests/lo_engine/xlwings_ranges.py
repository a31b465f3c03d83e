"""xlwings' ranges over the object model here."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes, utils

_NO_FILL = -4142


def member(name: str) -> property:
    """A property that is the object model's own."""
    return property(lambda self: getattr(self._api, name), lambda self, value: setattr(self._api, name, value))


class Range(base_classes.Range):
    """Cells."""

    max_cells_per_read = max_cells_per_write = None
    has_array = False

    def __init__(self, sheet: Any, api: Any) -> None:
        self._sheet = sheet
        self._api = api

    raw_value, formula, number_format = member("Value"), member("Formula"), member("NumberFormat")
    row_height, column_width, wrap_text = member("RowHeight"), member("ColumnWidth"), member("WrapText")
    height, width = member("Height"), member("Width")
    api = property(lambda self: self._api)
    sheet = property(lambda self: self._sheet)
    row = property(lambda self: self._api.Row)
    column = property(lambda self: self._api.Column)
    shape = property(lambda self: (self._api.Rows.Count, self._api.Columns.Count))
    address = property(lambda self: self._api.Address)
    coords = property(lambda self: (self._sheet, self.row, self.column, *self.shape))
    font = property(lambda self: Font(self._api.Font))
    merge_area = property(lambda self: Range(self._sheet, self._api.MergeArea))
    merge_cells = property(lambda self: self._api.MergeCells)
    row_hidden = property(lambda self: self._api.EntireRow.Hidden,
                          lambda self, value: setattr(self._api.EntireRow, "Hidden", value))
    column_hidden = property(lambda self: self._api.EntireColumn.Hidden,
                             lambda self, value: setattr(self._api.EntireColumn, "Hidden", value))

    def __len__(self) -> int:
        return self._api.Count

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = (row - 1) // self.shape[1] + 1, (row - 1) % self.shape[1] + 1
        return Range(self._sheet, self._api.Cells(row, column))

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        return self._api.GetAddress(row_absolute, col_absolute, 1, external)

    @property
    def color(self) -> tuple[int, int, int] | None:
        interior = self._api.Interior
        if interior.ColorIndex == _NO_FILL or interior.Color is None:
            return None
        return utils.int_to_rgb(interior.Color)

    @color.setter
    def color(self, value: Any) -> None:
        if value is None:
            self._api.Interior.ColorIndex = _NO_FILL
        else:
            self._api.Interior.Color = _number(value)

    def clear(self) -> None:
        self._api.Clear()

    def clear_contents(self) -> None:
        self._api.ClearContents()

    def clear_formats(self) -> None:
        self._api.ClearFormats()

    def merge(self, across: bool) -> None:
        self._api.Merge(across)

    def unmerge(self) -> None:
        self._api.UnMerge()

    def select(self) -> None:
        self._api.Select()

    def autofit(self, axis: str | None = None) -> None:
        self._api.AutoFit()


class Font(base_classes.Font):
    """A font."""

    def __init__(self, api: Any) -> None:
        self._api = api

    api = property(lambda self: self._api)
    bold, size, name = member("Bold"), member("Size"), member("Name")

    @property
    def color(self) -> tuple[int, int, int] | None:
        return None if (colour := self._api.Color) is None else utils.int_to_rgb(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self._api.Color = _number(value)


def _number(colour: Any) -> int:
    if isinstance(colour, str):
        colour = utils.hex_to_rgb(colour)
    return colour if isinstance(colour, int) else utils.rgb_to_int(colour)
