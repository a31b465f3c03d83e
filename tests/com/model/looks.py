"""Fonts, fills and lines of cells. Colours are COM's: blue first."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.styles import Border, PatternFill, Side
from openpyxl.styles.colors import Color

from tests.com.model.thing import Thing
from tests.lo_engine.refused import ComError

HORIZONTAL = {1: None, -4131: "left", -4108: "center", -4152: "right", -4130: "justify"}
VERTICAL = {-4107: "bottom", -4160: "top", -4108: "center", -4130: "justify"}
_NO_FILL, _NO_LINE, _CONTINUOUS = -4142, -4142, 1
_UNDERLINES = {-4142: None, 2: "single", -4119: "double"}
_SIDES = ("left", "right", "top", "bottom")
_WHITE = 0xFFFFFF


def number_of(names: dict[int, Any], value: Any) -> int | None:
    """COM's number of an alignment."""
    return next((number for number, name in names.items() if name == value), None)


def blue_first(colour: Color | None, otherwise: int = 0) -> int:
    """A colour of the file as COM's number; of themes only black is known here."""
    if colour is None or colour.type != "rgb" or not isinstance(colour.rgb, str):
        return otherwise
    red, green, blue = bytes.fromhex(colour.rgb[-6:])
    return red | green << 8 | blue << 16


def red_first(colour: int) -> str:
    """COM's number as the file writes it."""
    colour = int(colour)
    return f"FF{colour & 0xFF:02X}{colour >> 8 & 0xFF:02X}{colour >> 16 & 0xFF:02X}"


class _Look(Thing):
    def __init__(self, cells: Any) -> None:
        self._cells = cells


def _font(attribute: str, initial: Any, out: Any = lambda value: value, back: Any = lambda value: value) -> property:
    def change(self: Any, value: Any) -> None:
        def on(cell: Any) -> None:
            font = copy(cell.font)
            setattr(font, attribute, back(value))
            cell.font = font

        self._cells._style(f"Font.{attribute}", value, on)

    return property(lambda self: self._cells._look(lambda look: out(getattr(look.font, attribute)), initial), change)


class Font(_Look):
    """The font of cells; None where they differ."""

    Name = _font("name", "宋体")
    Size = _font("size", 11.0)
    Bold = _font("bold", False, bool)
    Italic = _font("italic", False, bool)
    Color = _font("color", 0, blue_first, lambda value: Color(red_first(value)))
    Underline = _font("underline", _NO_LINE, lambda value: number_of(_UNDERLINES, value), _UNDERLINES.__getitem__)

    @property
    def Strikethrough(self) -> bool | None:
        answers = {self._cells._sheet.cells.struck(*place) for place in self._cells._places()}
        return answers.pop() if len(answers) == 1 else None


class Interior(_Look):
    """The fill of cells."""

    @property
    def Color(self) -> int | None:
        return self._cells._look(lambda look: blue_first(look.fill.fgColor, _WHITE) if look.fill.fill_type else _WHITE, _WHITE)

    @Color.setter
    def Color(self, colour: int) -> None:
        fill = PatternFill("solid", fgColor=red_first(colour))
        self._cells._style("Interior.Color", colour, lambda cell: setattr(cell, "fill", fill))

    @property
    def ColorIndex(self) -> int | None:
        return self._cells._look(lambda look: 1 if look.fill.fill_type else _NO_FILL, _NO_FILL)

    @ColorIndex.setter
    def ColorIndex(self, index: int) -> None:
        if index != _NO_FILL:
            raise ComError("替身只会取消填充")
        self._cells._style("Interior.ColorIndex", index, lambda cell: setattr(cell, "fill", PatternFill()))


class Borders(_Look):
    """The four lines round each cell."""

    def _change(self, name: str, value: Any, side: Any) -> None:
        def on(cell: Any) -> None:
            cell.border = Border(**{edge: side(getattr(cell.border, edge)) for edge in _SIDES})

        self._cells._style(name, value, on)

    @property
    def LineStyle(self) -> int | None:
        return self._cells._look(lambda look: _CONTINUOUS if look.border.left.style else _NO_LINE, _NO_LINE)

    @LineStyle.setter
    def LineStyle(self, style: int) -> None:
        self._change("Borders.LineStyle", style, lambda old: Side("thin" if style == _CONTINUOUS else None, old.color))

    @property
    def Color(self) -> int | None:
        return self._cells._look(lambda look: blue_first(look.border.left.color), 0)

    @Color.setter
    def Color(self, colour: int) -> None:
        self._change("Borders.Color", colour, lambda old: Side(old.style or "thin", Color(red_first(colour))))
