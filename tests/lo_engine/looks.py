"""Fills, fonts, lines and alignment of cells. Colours are COM's: blue first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.lo_engine.bridge import ComError, swapped, uno
from tests.lo_engine.objects import ComObject

Ranges = Callable[[], Sequence[Any]]


def _justify(name: str) -> Any:
    return uno.Enum("com.sun.star.table.CellHoriJustify", name)


HORIZONTAL = {1: _justify("STANDARD"), -4131: _justify("LEFT"), -4108: _justify("CENTER"), -4152: _justify("RIGHT"),
              5: _justify("REPEAT"), -4130: _justify("BLOCK")}
VERTICAL = {-4107: 3, -4160: 1, -4108: 2, -4130: 4}
_NO_FILL, _CONTINUOUS, _NO_LINE = -4142, 1, -4142
_NO_UNDERLINE, _SINGLE_UNDERLINE = -4142, 2
_NO_STRIKE = 0
_FORMATTED = 512  # com.sun.star.sheet.CellFlags
_SIDES = {7: "LeftBorder2", 8: "TopBorder2", 9: "BottomBorder2", 10: "RightBorder2"}
_LINE_WIDTHS = {1: 2, 2: 26, -4138: 53, 4: 88}


def shared(ranges: Sequence[Any], name: str) -> Any:
    """A property of UNO ranges, None where they, or their cells, do not agree."""
    values = [None if cells.getPropertyState(name).value == "AMBIGUOUS_VALUE" else getattr(cells, name)
              for cells in ranges]
    return values[0] if all(value == values[0] for value in values) else None


def name_of(names: dict[int, Any], value: Any) -> int | None:
    """The COM number of a UNO value."""
    return next((number for number, known in names.items() if known == value), None)


class _Look(ComObject):
    """Properties of ranges: read as they are, written after `changing` has let them be."""

    def __init__(self, ranges: Ranges, changing: Ranges) -> None:
        self._ranges = ranges
        self._changing = changing

    def _get(self, name: str) -> Any:
        return shared(self._ranges(), name)

    def _set(self, **values: Any) -> None:
        for cells in self._changing():
            for name, value in values.items():
                setattr(cells, name, value)


class Interior(_Look):
    """The fill."""

    @property
    def Color(self) -> int | None:
        colour = self._get("CellBackColor")
        return None if colour is None else 0xFFFFFF if colour == -1 else swapped(colour)

    @Color.setter
    def Color(self, colour: int) -> None:
        self._set(CellBackColor=swapped(int(colour)))

    @property
    def ColorIndex(self) -> int | None:
        colour = self._get("CellBackColor")
        return None if colour is None else _NO_FILL if colour == -1 else 0

    @ColorIndex.setter
    def ColorIndex(self, index: int) -> None:
        if index != _NO_FILL:
            raise ComError("测试引擎只认无填充")
        self._set(CellBackColor=-1)


class Font(_Look):
    """The font, for Latin and Chinese letters alike."""

    Bold = property(lambda self: _than(self._get("CharWeight"), 100),
                    lambda self, value: self._set(CharWeight=150.0 if value else 100.0,
                                                  CharWeightAsian=150.0 if value else 100.0))
    Size = property(lambda self: self._get("CharHeight"),
                    lambda self, value: self._set(CharHeight=float(value), CharHeightAsian=float(value)))
    Name = property(lambda self: self._get("CharFontNameAsian"),
                    lambda self, value: self._set(CharFontName=value, CharFontNameAsian=value))

    @property
    def Color(self) -> int | None:
        colour = self._get("CharColor")
        return None if colour is None else 0 if colour == -1 else swapped(colour)

    @Color.setter
    def Color(self, colour: int) -> None:
        self._set(CharColor=swapped(int(colour)))

    @property
    def Strikethrough(self) -> bool | None:
        """None where cells, or the letters of one, differ."""
        ranges = self._ranges()
        struck = self._get("CharStrikeout")
        formatted = [cell for cells in ranges for cell in _formatted(cells)]
        states = {portion.CharStrikeout != _NO_STRIKE for cell in formatted for portion in _portions(cell)}
        if len(formatted) != 1 or len(ranges) > 1 or ranges[0].RangeAddress != formatted[0].RangeAddress:
            states.add(None if struck is None else struck != _NO_STRIKE)
        return states.pop() if len(states) == 1 else None

    @Strikethrough.setter
    def Strikethrough(self, value: bool) -> None:
        self._set(CharStrikeout=int(value))

    @property
    def Underline(self) -> int | None:
        line = self._get("CharUnderline")
        return None if line is None else _SINGLE_UNDERLINE if line else _NO_UNDERLINE

    @Underline.setter
    def Underline(self, style: int) -> None:
        self._set(CharUnderline=0 if style == _NO_UNDERLINE else 1)


def _formatted(cells: Any) -> list[Any]:
    """The cells among these whose letters differ in their looks."""
    if not hasattr(cells, "queryContentCells"):
        return [cells]
    found, cell = cells.queryContentCells(_FORMATTED).Cells.createEnumeration(), []
    while found.hasMoreElements():
        cell.append(found.nextElement())
    return cell


def _portions(cell: Any) -> Iterator[Any]:
    paragraphs = cell.createEnumeration()
    while paragraphs.hasMoreElements():
        portions = paragraphs.nextElement().createEnumeration()
        while portions.hasMoreElements():
            yield portions.nextElement()


class Borders(_Look):
    """The lines round every cell, or one side of each."""

    def __init__(self, ranges: Ranges, changing: Ranges, sides: Sequence[str] = tuple(_SIDES.values())) -> None:
        super().__init__(ranges, changing)
        self._sides = sides

    def __call__(self, index: int) -> Borders:
        return Borders(self._ranges, self._changing, (_SIDES[index],))

    Item = __call__

    def _line(self) -> Any:
        lines = [self._get(side) for side in self._sides]
        return lines[0] if lines[0] is not None and all(line == lines[0] for line in lines) else None

    def _draw(self, **values: Any) -> None:
        for cells in self._changing():
            for side in self._sides:
                line = getattr(cells, side)
                for name, value in values.items():
                    setattr(line, name, value)
                setattr(cells, side, line)

    @property
    def LineStyle(self) -> int | None:
        line = self._line()
        return None if line is None else _CONTINUOUS if line.LineWidth else _NO_LINE

    @LineStyle.setter
    def LineStyle(self, style: int) -> None:
        width = 0 if style == _NO_LINE else _LINE_WIDTHS[2]
        self._draw(LineWidth=width, OuterLineWidth=width)

    @property
    def Color(self) -> int | None:
        line = self._line()
        return None if line is None else swapped(line.Color)

    @Color.setter
    def Color(self, colour: int) -> None:
        self._draw(Color=swapped(int(colour)))

    @property
    def Weight(self) -> int | None:
        line = self._line()
        return None if line is None else min(_LINE_WIDTHS, key=lambda weight: abs(_LINE_WIDTHS[weight] - line.LineWidth))

    @Weight.setter
    def Weight(self, weight: int) -> None:
        self._draw(LineWidth=_LINE_WIDTHS[weight], OuterLineWidth=_LINE_WIDTHS[weight])


def _than(value: float | None, limit: float) -> bool | None:
    return None if value is None else value > limit
