"""Where the box of a comment stands on a sheet, and how large it is for its text."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.sheets import look
from toolkit.sheets.ooxml.sheetxml import MAX_COLUMNS, SheetXml
from toolkit.sheets.ooxml.xmltext import attribute
from toolkit.sheets.ooxml.xmltree import child, is_set, measure

_CHARACTER, _PADDING = 7, 5  # pixels of a column's width, at the size columns are measured in
_PIXELS_PER_POINT = 4 / 3
_BOX_WIDTH, _LINE_HEIGHT, _BOX_MARGIN = 260, 17, 14  # pixels
_LINE_CHARACTERS = 38  # half-width characters in a line of the box
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 8.43, 15.0  # characters, points


def size(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box in which the whole text shows."""
    return _BOX_WIDTH, look.lines(text, _LINE_CHARACTERS) * _LINE_HEIGHT + _BOX_MARGIN


class Boxes:
    """Anchors for comment boxes on one sheet."""

    def __init__(self, sheet: SheetXml) -> None:
        self._columns = _column_widths(sheet)
        self._default_width, self._default_height = _defaults(sheet)
        self._rows: dict[int, float] = {}
        for row in sheet.rows():
            tag = sheet.body[row.start:row.opened]
            if attribute(tag, "hidden") in ("1", "true"):
                self._rows[row.number] = 0
            elif height := attribute(tag, "ht"):
                self._rows[row.number] = float(height)

    def anchor(self, row: int, column: int, text: str) -> str:
        """The anchor in VML's form: column, offset, row, offset of the left top corner, then of the right bottom."""
        left, top = min(column + 1, MAX_COLUMNS - 1), max(row - 1, 0)
        width, height = size(text)
        right, right_offset = _walk(left, width + 15, self._width)
        bottom, bottom_offset = _walk(top, height + 4, self._height)
        return f"{left}, 15, {top}, 4, {right}, {right_offset}, {bottom}, {bottom_offset}"

    def _width(self, column: int) -> int:
        for first, last, width in self._columns:
            if first <= column <= last:
                return int(width * _CHARACTER + _PADDING) if width else 0
        return int(self._default_width * _CHARACTER + _PADDING)

    def _height(self, row: int) -> int:
        return round(self._rows.get(row, self._default_height) * _PIXELS_PER_POINT)


def _walk(start: int, pixels: int, size: Callable[[int], int]) -> tuple[int, int]:
    """The row or column that lies `pixels` behind the beginning of `start`, and the rest inside it."""
    at = start
    while at < start + 1000 and pixels >= size(at):
        pixels -= size(at)
        at += 1
    return at, pixels


def _column_widths(sheet: SheetXml) -> list[tuple[int, int, float]]:
    return [(first, last, 0.0 if is_set(element, "hidden") else measure(element, "width", _DEFAULT_WIDTH))
            for first, last, element in sheet.columns()]


def _defaults(sheet: SheetXml) -> tuple[float, float]:
    element = child(sheet.root, "sheetFormatPr")
    return measure(element, "defaultColWidth", _DEFAULT_WIDTH), measure(element, "defaultRowHeight", _DEFAULT_HEIGHT)
