"""Excel's Range: one or several areas of one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment as OpenpyxlComment
from openpyxl.formula.translate import Translator
from openpyxl.styles import Alignment, Protection

from tests.com.model.conditions import FormatConditions
from tests.com.model.looks import HORIZONTAL, VERTICAL, Borders, Font, Interior, number_of
from tests.com.model.notes import Comment
from tests.com.model.thing import Items, Thing, alike
from tests.com.model.validations import Validation
from tests.lo_engine import areas
from tests.lo_engine.areas import Area
from tests.lo_engine.refused import ComError

USER = "张三"
_STEPS = {-4121: (1, 0), -4162: (-1, 0), -4159: (0, -1), -4161: (0, 1)}  # XlDirection: down, up, to the left, to the right


class Range(Thing):
    """The areas count from zero inside; rows and columns in members count from one."""

    def __init__(self, sheet: Any, parts: Sequence[Area]) -> None:
        self._sheet = sheet
        self._parts = tuple(parts)

    @property
    def _area(self) -> Area:
        return self._parts[0]

    def _of(self, *parts: Area) -> Range:
        return Range(self._sheet, parts)

    def _places(self) -> Iterator[tuple[int, int]]:
        for part in self._parts:
            yield from self._sheet.cells.within(part)

    def _changing(self, allowed: str | None = None) -> None:
        """ComError where protection does not let these cells be changed."""
        self._sheet.refuse_protected(self, allowed)
        self._sheet.book.changed()

    # ---- where ----

    Worksheet = Parent = property(lambda self: self._sheet)
    Application = property(lambda self: self._sheet.Application)
    Row = property(lambda self: self._area.row + 1)
    Column = property(lambda self: self._area.column + 1)
    Address = property(lambda self: self.GetAddress())
    Areas = property(lambda self: Items(lambda: [self._of(part) for part in self._parts]))
    Rows = property(lambda self: Lines(self, by_row=True))
    Columns = property(lambda self: Lines(self, by_row=False))
    EntireRow = property(lambda self: self._of(*(part._replace(column=0, last_column=areas.LAST_COLUMN) for part in self._parts)))
    EntireColumn = property(lambda self: self._of(*(part._replace(row=0, last_row=areas.LAST_ROW) for part in self._parts)))
    Cells = property(lambda self: self)
    CountLarge = property(lambda self: sum(part.size for part in self._parts))

    @property
    def Count(self) -> int:
        if self.CountLarge > 2**31 - 1:
            raise ComError("溢出")
        return self.CountLarge

    def GetAddress(self, RowAbsolute: bool = True, ColumnAbsolute: bool = True, ReferenceStyle: int = 1,
                   External: bool = False, RelativeTo: Any = None) -> str:
        return ",".join(_address(part, RowAbsolute, ColumnAbsolute) for part in self._parts)

    def Item(self, RowIndex: int, ColumnIndex: int | None = None) -> Range:
        if ColumnIndex is None:
            width = self._area.shape[1]
            RowIndex, ColumnIndex = (int(RowIndex) - 1) // width + 1, (int(RowIndex) - 1) % width + 1
        row, column = self._area.row + int(RowIndex) - 1, self._area.column + int(ColumnIndex) - 1
        return self._of(Area(row, column, row, column))

    def __call__(self, RowIndex: int, ColumnIndex: int | None = None) -> Range:
        return self.Item(RowIndex, ColumnIndex)

    def End(self, Direction: int) -> Range:
        """Where Ctrl with an arrow key leads: the last filled cell before a gap, or the first after one, or the sheet's edge."""
        down, right = _STEPS[Direction]
        row, column = self._area.row, self._area.column
        filled = self._is_filled(row, column) and self._is_filled(row + down, column + right)
        while self._is_on_sheet(row + down, column + right) and (not filled or self._is_filled(row + down, column + right)):
            row, column = row + down, column + right
            if not filled and self._is_filled(row, column):
                break
        return self._of(Area(row, column, row, column))

    def _is_on_sheet(self, row: int, column: int) -> bool:
        return 0 <= row <= areas.LAST_ROW and 0 <= column <= areas.LAST_COLUMN

    def _is_filled(self, row: int, column: int) -> bool:
        return self._is_on_sheet(row, column) and self._sheet.cells.value(row, column) is not None

    # ---- content ----

    def _block(self, get: Any) -> Any:
        """One value, or a tuple of rows; of several areas Excel gives the first."""
        if self._area.size == 1:
            return get(self._area.row, self._area.column)
        return tuple(tuple(get(row, column) for column in range(self._area.column, self._area.last_column + 1))
                     for row in range(self._area.row, self._area.last_row + 1))

    @property
    def Value(self) -> Any:
        return self._block(self._sheet.cells.value)

    @Value.setter
    def Value(self, data: Any) -> None:
        self._put(data)

    @property
    def Value2(self) -> Any:
        return self._block(self._sheet.cells.raw)

    @Value2.setter
    def Value2(self, data: Any) -> None:
        self._put(data)

    @property
    def Formula(self) -> Any:
        return self._block(self._sheet.cells.formula)

    @Formula.setter
    def Formula(self, data: Any) -> None:
        self._put(data)

    def _put(self, data: Any) -> None:
        self._changing()
        self._refuse_array()
        today = date.today()
        for part in self._parts:
            for (row, column), value in zip(part.cells(), _flat(part, data), strict=True):
                self._sheet.cells.put(row, column, value, today)

    def _refuse_array(self) -> None:
        """ComError where a part of an array formula would change."""
        arrays = [whole for place in self._places() if self._sheet.cells.is_formula(*place)
                  and (whole := self._sheet.cells.array_of(*place))]
        if any(whole != whole.common(part) for whole in arrays for part in self._parts if whole.common(part)):
            raise ComError("无法更改部分数组")

    HasFormula = property(lambda self: alike(self._sheet.cells.is_formula(*place) for place in self._places()))

    def ClearContents(self) -> None:
        self._changing()
        self._refuse_array()
        for place in list(self._places()):
            self._sheet.cells.clear_content(*place)

    def Clear(self) -> None:
        self._changing()
        self._refuse_array()
        for row, column in list(self._places()):
            found = self._sheet.cells.cell(row, column)
            if found is not None and not isinstance(found, MergedCell):
                del self._sheet.cells.sheet._cells[row + 1, column + 1]
        self._sheet.conditions.cut(self._parts)

    def Copy(self, Destination: Range) -> None:
        """All of the cells goes over: content, look, conditional formats and comments; one row fills several."""
        Destination._changing()
        source, target = self._area, Destination._area
        rows, columns = (max(source.shape[0], target.shape[0]), max(source.shape[1], target.shape[1]))
        for down in range(rows):
            for right in range(columns):
                old = source.row + down % source.shape[0], source.column + right % source.shape[1]
                _copy_cell(self._sheet.cells, old, Destination._sheet.cells, (target.row + down, target.column + right))
        if Destination._sheet is self._sheet:
            self._sheet.conditions.spread(source, target)

    # ---- looks ----

    @property
    def NumberFormat(self) -> str | None:
        return alike(self._sheet.cells.number_format(*place) for place in self._places())

    @NumberFormat.setter
    def NumberFormat(self, code: str) -> None:
        self._style("NumberFormat", code, lambda cell: setattr(cell, "number_format", code))

    def _style(self, name: str, value: Any, change: Any) -> None:
        self._changing("AllowFormattingCells")
        for place in list(self._places()):
            self._sheet.cells.restyle(*place, (name, value), change)

    def _look(self, get: Any, initial: Any) -> Any:
        looks = (self._sheet.cells.look(*place) for place in self._places())
        return alike(initial if look is None else get(look) for look in looks)

    Font = property(lambda self: Font(self))
    Interior = property(lambda self: Interior(self))
    Borders = property(lambda self: Borders(self))
    FormatConditions = property(lambda self: FormatConditions(self))
    Validation = property(lambda self: Validation(self))
    WrapText = property(lambda self: self._look(lambda look: bool(look.alignment.wrap_text), False),
                        lambda self, value: self._align(wrap_text=bool(value)))
    HorizontalAlignment = property(lambda self: self._look(lambda look: number_of(HORIZONTAL, look.alignment.horizontal), 1),
                                   lambda self, value: self._align(horizontal=HORIZONTAL[value]))
    VerticalAlignment = property(lambda self: self._look(lambda look: number_of(VERTICAL, look.alignment.vertical), -4107),
                                 lambda self, value: self._align(vertical=VERTICAL[value]))
    Locked = property(lambda self: self._look(lambda look: bool(look.protection.locked), True),
                      lambda self, value: self._style("Locked", bool(value),
                                                      lambda cell: setattr(cell, "protection", Protection(locked=bool(value)))))

    def _align(self, **wanted: Any) -> None:
        def change(cell: Any) -> None:
            old = cell.alignment
            kept = {name: getattr(old, name) for name in ("horizontal", "vertical", "wrap_text", "indent", "text_rotation", "shrink_to_fit")}
            cell.alignment = Alignment(**{**kept, **wanted})

        self._style("Alignment", tuple(wanted.items()), change)

    # ---- lines, merged cells ----

    RowHeight = property(lambda self: alike(self._sheet.cells.height(row) for part in self._parts
                                            for row in range(part.row, min(part.last_row, self._last(part)) + 1)))
    ColumnWidth = property(lambda self: alike(self._sheet.cells.width(column) for part in self._parts
                                              for column in range(part.column, part.last_column + 1)))
    Height = property(lambda self: sum(self._sheet.cells.height(row) for row in range(self._area.row, self._area.last_row + 1)))

    def _last(self, part: Area) -> int:
        """Whole columns are looked at as far as the sheet is used, and one row further."""
        return part.last_row if part.shape[0] < areas.LAST_ROW else self._sheet.cells.used().last_row + 1

    @RowHeight.setter
    def RowHeight(self, points: float) -> None:
        self._changing("AllowFormattingRows")
        for part in self._parts:
            for row in range(part.row, part.last_row + 1):
                self._sheet.cells.set_height(row, points)

    @ColumnWidth.setter
    def ColumnWidth(self, characters: float) -> None:
        self._changing("AllowFormattingColumns")
        for part in self._parts:
            for column in range(part.column, part.last_column + 1):
                self._sheet.cells.set_width(column, characters)

    @property
    def Hidden(self) -> bool | None:
        """Of whole rows or columns."""
        return alike(self._sheet.cells.is_hidden(line, by_row) for by_row, line in self._lines())

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        lines = list(self._lines())
        self._changing("AllowFormattingRows" if lines[0][0] else "AllowFormattingColumns")
        for by_row, line in lines:
            self._sheet.cells.hide(line, by_row, bool(value))

    def _lines(self) -> Iterator[tuple[bool, int]]:
        for part in self._parts:
            by_row = part.shape[1] > areas.LAST_COLUMN
            if not by_row and part.shape[0] <= areas.LAST_ROW:
                raise ComError("不能取得或设置类 Range 的 Hidden 属性")
            first, last = (part.row, part.last_row) if by_row else (part.column, part.last_column)
            yield from ((by_row, line) for line in range(first, last + 1))

    @property
    def MergeCells(self) -> bool | None:
        """True in one merged area, False where nothing is merged, else None."""
        touched = [common for merged in self._sheet.cells.merged() for part in self._parts if (common := merged.common(part))]
        return bool(touched) if not touched or touched == list(self._parts) else None

    @property
    def MergeArea(self) -> Range:
        return self._of(next((merged for merged in self._sheet.cells.merged() if merged.common(self._area.top_left)), self._area))

    # ---- comments, filter, selection ----

    @property
    def Comment(self) -> Comment | None:
        found = self._sheet.cells.cell(self._area.row, self._area.column)
        return Comment(self._sheet, found) if found is not None and found.comment else None

    def AddComment(self, Text: str = "") -> Comment:
        self._changing()
        if self.CountLarge != 1 or self.Comment:
            raise ComError("批注只能加在还没有批注的一个单元格上")
        made = self._sheet.cells.made(self._area.row, self._area.column)
        made.comment = OpenpyxlComment(Text, USER)
        return Comment(self._sheet, made)

    def ClearComments(self) -> None:
        self._changing()
        for place in list(self._places()):
            if found := self._sheet.cells.cell(*place):
                found.comment = None

    def AutoFilter(self, Field: Any = None, Criteria1: Any = None, Operator: Any = None, Criteria2: Any = None,
                   VisibleDropDown: Any = None, SubField: Any = None) -> None:
        held = self._sheet.cells.sheet.auto_filter
        held.ref = None if held.ref else _address(self._area, False, False)
        held.filterColumn = []

    def Select(self) -> None:
        if self._sheet.book.ActiveSheet is not self._sheet:
            raise ComError("Range 类的 Select 方法无效：所在工作表不是当前工作表")
        self._sheet.selected = self._parts

    def Activate(self) -> None:
        self.Select()


class Lines(Items):
    """The rows, or columns, of a range."""

    def __init__(self, cells: Range, by_row: bool) -> None:
        area = cells._area
        self._lines = ([area._replace(row=line, last_row=line) for line in range(area.row, area.last_row + 1)] if by_row else
                       [area._replace(column=line, last_column=line) for line in range(area.column, area.last_column + 1)])
        super().__init__(lambda: [cells._of(line) for line in self._lines])

    Count = property(lambda self: len(self._lines))

    def AutoFit(self) -> None:
        """Heights that fit the text are not worked out here."""


def _address(part: Area, row_absolute: bool, column_absolute: bool) -> str:
    """As Excel writes it: whole rows and columns without the other number."""
    full = part.address(bool(row_absolute), bool(column_absolute))
    if part.shape[0] > areas.LAST_ROW and part.shape[1] <= areas.LAST_COLUMN:
        return ":".join(piece.rstrip("0123456789").rstrip("$") for piece in _both(full))
    if part.shape[1] > areas.LAST_COLUMN and part.shape[0] <= areas.LAST_ROW:
        return ":".join(("$" if row_absolute else "") + str(number + 1) for number in (part.row, part.last_row))
    return full


def _both(address: str) -> tuple[str, str]:
    first, _, last = address.partition(":")
    return first, last or first


def _flat(part: Area, data: Any) -> Iterator[Any]:
    """The value for every cell of an area: as given in a block of its size, one row for all, or one value for all.

    A formula given for many cells moves along with them.
    """
    rows, columns = part.shape
    if isinstance(data, list | tuple):
        block = data if data and isinstance(data[0], list | tuple) else [data] * rows
        for row in range(rows):
            for column in range(columns):
                inside = row < len(block) and column < len(block[row])
                yield block[row][column] if inside else ERROR_BEYOND
        return
    moves = isinstance(data, str) and data.startswith("=") and part.size > 1
    first = areas.Area(part.row, part.column, part.row, part.column).address(False, False)
    for row, column in part.cells():
        here = areas.Area(row, column, row, column).address(False, False)
        yield Translator(data, origin=first).translate_formula(here) if moves else data


ERROR_BEYOND = "#N/A"
"""What Excel puts where a block is smaller than the range it is put into."""


def _copy_cell(source: Any, old: tuple[int, int], target: Any, new: tuple[int, int]) -> None:
    there, here = source.cell(*old), target.made(*new)
    if isinstance(here, MergedCell) or isinstance(there, MergedCell):
        return
    if there is None:
        here.value, here.comment = None, None
        return
    here._style = copy(there._style)
    value = there.value
    if there.data_type == "f" and isinstance(value, str):
        names = (areas.Area(*place, *place).address(False, False) for place in (old, new))
        value = Translator(value, origin=next(names)).translate_formula(next(names))
    here.value = value
    here.comment = OpenpyxlComment(there.comment.text, there.comment.author) if there.comment else None
