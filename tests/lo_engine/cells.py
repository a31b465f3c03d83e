"""Excel's Range over UNO."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.lo_engine import areas, blocks, formats, formulas, merges
from tests.lo_engine.areas import Area
from tests.lo_engine.bridge import ComError
from tests.lo_engine.conditions import FormatConditions
from tests.lo_engine.lines import Lines, sizes
from tests.lo_engine.looks import HORIZONTAL, VERTICAL, Borders, Font, Interior, name_of, shared
from tests.lo_engine.notes import Comment, comments, kept
from tests.lo_engine.objects import ComObject, Items
from tests.lo_engine.validations import Validation

_ALL, _CONTENTS, _FORMATS = 1 | 2 | 4 | 8 | 16 | 32 | 64, 1 | 2 | 4 | 16, 32 | 64
_VISIBLE, _POINT = 12, 2540 / 72
_CHARACTER, _PADDING = 2540 / 96 * 7, 2540 / 96 * 5


class Range(ComObject):
    """One or several areas of one worksheet."""

    def __init__(self, sheet: Any, parts: Sequence[Area]) -> None:
        self._sheet = sheet
        self._parts = tuple(parts)
        self._ranges: list[Any] = []

    @property
    def _area(self) -> Area:
        return self._parts[0]

    def _uno(self) -> Any:
        return self._each()[0]

    def _each(self) -> list[Any]:
        """The UNO ranges, asked for once: every object that comes from LibreOffice costs several calls."""
        if not self._ranges:
            get = self._sheet._uno.getCellRangeByPosition
            self._ranges = [get(part.column, part.row, part.last_column, part.last_row) for part in self._parts]
        return self._ranges

    def _changing(self, allowed: str | None = None) -> list[Any]:
        """The UNO ranges, after making sure that protection lets them be changed."""
        self._sheet._refuse_protected(self._each(), allowed)
        return self._each()

    def _of(self, *parts: Area) -> Range:
        return Range(self._sheet, parts)

    Worksheet = Parent = property(lambda self: self._sheet)
    Row = property(lambda self: self._area.row + 1)
    Column = property(lambda self: self._area.column + 1)
    Count = CountLarge = property(lambda self: sum(part.size for part in self._parts))
    Areas = property(lambda self: Items(len(self._parts), lambda index: self._of(self._parts[index])))
    Rows = property(lambda self: Items(self._area.shape[0], lambda index: self._of(
        self._area._replace(row=self._area.row + index, last_row=self._area.row + index))))
    Columns = property(lambda self: Items(self._area.shape[1], lambda index: self._of(
        self._area._replace(column=self._area.column + index, last_column=self._area.column + index))))
    EntireRow = property(lambda self: Lines(self, by_row=True))
    EntireColumn = property(lambda self: Lines(self, by_row=False))
    Address = property(lambda self: self.GetAddress())

    def GetAddress(self, RowAbsolute: bool = True, ColumnAbsolute: bool = True, *_: Any) -> str:
        return ",".join(part.address(RowAbsolute, ColumnAbsolute) for part in self._parts)

    def Cells(self, row: int, column: int) -> Range:
        row, column = self._area.row + row - 1, self._area.column + column - 1
        return self._of(Area(row, column, row, column))

    Item = __call__ = Cells

    @property
    def Value(self) -> Any:
        rows = blocks.read(self._sheet, self._area)
        return rows[0][0] if self._area.size == 1 else tuple(map(tuple, rows))

    @Value.setter
    def Value(self, data: Any) -> None:
        self._put(data)

    @property
    def Formula(self) -> Any:
        rows = formulas.read(self._sheet, self._area)
        return rows[0][0] if self._area.size == 1 else tuple(map(tuple, rows))

    @Formula.setter
    def Formula(self, data: Any) -> None:
        self._put(data)

    def _put(self, data: Any) -> None:
        self._changing()
        with kept(self._sheet, self._parts):
            for part, cells in zip(self._parts, self._each(), strict=True):
                self._put_into(part, cells, data)

    def _put_into(self, part: Area, cells: Any, data: Any) -> None:
        sheet = self._sheet
        rows, columns = part.shape
        if isinstance(data, (list, tuple)):
            block = data if isinstance(data[0], (list, tuple)) else [data]
            if (len(block), len(block[0])) != (rows, columns):
                raise ComError(f"写入 {len(block)}×{len(block[0])} 的值，区域是 {rows}×{columns}")
            blocks.write(sheet, part, block)
        elif part.size > 1 and isinstance(data, str) and data.startswith("=") and self.NumberFormat != formats.TEXT:
            formulas.fill(sheet, part, data)
            formulas.refuse_wrong(sheet._uno, cells)
        else:
            blocks.write(sheet, part, [[data] * columns] * rows)

    def _clear(self, flags: int) -> None:
        self._sheet._memory.merges.clear()
        for cells in self._changing():
            cells.clearContents(flags)

    def Clear(self) -> None:
        self._clear(_ALL)

    def ClearContents(self) -> None:
        with kept(self._sheet, self._parts):
            self._clear(_CONTENTS)

    def ClearFormats(self) -> None:
        self._clear(_FORMATS)

    def ClearComments(self) -> None:
        for comment in self._comments():
            comment.Delete()

    def _comments(self) -> list[Comment]:
        return [comment for comment in comments(self._sheet)
                if any(part.common(comment._area) for part in self._parts)]

    @property
    def Comment(self) -> Comment | None:
        return next(iter(self._of(self._area.top_left)._comments()), None)

    def AddComment(self, Text: str = "") -> Comment:
        self._changing()
        if self.Count != 1 or self.Comment:
            raise ComError("批注只能加在还没有批注的一个单元格上")
        self._sheet._uno.Annotations.insertNew(self._uno().getCellByPosition(0, 0).CellAddress, Text)
        return self.Comment

    @property
    def NumberFormat(self) -> str | None:
        key = shared(self._each(), "NumberFormat")
        return None if key is None else formats.spelling(self._sheet._doc, key)

    @NumberFormat.setter
    def NumberFormat(self, spelled: str) -> None:
        key = formats.key_of(self._sheet._doc, spelled)
        self._set("NumberFormat", key)

    def _set(self, name: str, value: Any) -> None:
        for cells in self._changing("AllowFormattingCells"):
            setattr(cells, name, value)

    Interior = property(lambda self: Interior(self._each, lambda: self._changing("AllowFormattingCells")))
    Font = property(lambda self: Font(self._each, lambda: self._changing("AllowFormattingCells")))
    FormatConditions = property(lambda self: FormatConditions(self))
    Validation = property(lambda self: Validation(self))

    Borders = property(lambda self: Borders(self._each, lambda: self._changing("AllowFormattingCells")))
    WrapText = property(lambda self: shared(self._each(), "IsTextWrapped"),
                        lambda self, value: self._set("IsTextWrapped", bool(value)))
    HorizontalAlignment = property(lambda self: name_of(HORIZONTAL, shared(self._each(), "HoriJustify")),
                                   lambda self, value: self._set("HoriJustify", HORIZONTAL[value]))
    VerticalAlignment = property(lambda self: name_of(VERTICAL, shared(self._each(), "VertJustify")),
                                 lambda self, value: self._set("VertJustify", VERTICAL[value]))

    @property
    def Locked(self) -> bool | None:
        protection = shared(self._each(), "CellProtection")
        return None if protection is None else protection.IsLocked

    @Locked.setter
    def Locked(self, value: bool) -> None:
        for cells in self._changing():
            protection = cells.CellProtection
            protection.IsLocked = bool(value)
            cells.CellProtection = protection

    RowHeight = property(lambda self: self._seen_size(self.EntireRow, "Rows", "Height", 0, _POINT))
    ColumnWidth = property(lambda self: self._seen_size(self.EntireColumn, "Columns", "Width", _PADDING, _CHARACTER))
    Height = property(lambda self: sum(cells.Size.Height for cells in self._each()) / _POINT)
    Width = property(lambda self: sum(cells.Size.Width for cells in self._each()) / _POINT)

    def _seen_size(self, whole: Lines, lines: str, side: str, padding: float, unit: float) -> float | None:
        """Hidden lines have no size, and are not alike with shown ones."""
        hidden = whole.Hidden
        return None if hidden is None else 0.0 if hidden else self._line_size(lines, side, padding, unit)

    def _line_size(self, lines: str, side: str, padding: float, unit: float) -> float | None:
        """The size that the rows, or columns, have, None where they differ."""
        found = {size for cells in self._each() for size in sizes(getattr(cells, lines), side, getattr(cells.Size, side))}
        return (found.pop() - padding) / unit if len(found) == 1 else None

    @RowHeight.setter
    def RowHeight(self, points: float) -> None:
        for cells in self._changing("AllowFormattingRows"):
            cells.Rows.Height = round(points * _POINT)

    @ColumnWidth.setter
    def ColumnWidth(self, characters: float) -> None:
        for cells in self._changing("AllowFormattingColumns"):
            cells.Columns.Width = round(characters * _CHARACTER + _PADDING)

    def AutoFit(self) -> None:
        for cells in self._changing("AllowFormattingRows"):
            cells.Rows.OptimalHeight = True

    def Copy(self, Destination: Range) -> None:
        Destination._changing()
        self._sheet._memory.merges.clear()
        start = Destination._uno().getCellByPosition(0, 0).CellAddress
        Destination._sheet._uno.copyRange(start, self._uno().RangeAddress)

    @property
    def MergeCells(self) -> bool | None:
        return merges.state(self._sheet, self._area)

    @property
    def MergeArea(self) -> Range:
        return self._of(merges.around(self._sheet, self._area.top_left))

    def Merge(self, Across: bool = False) -> None:
        self._sheet._memory.merges.clear()
        for cells in self._changing():
            for row in (cells.Rows if Across else (cells,)):
                row.merge(True)

    def UnMerge(self) -> None:
        self._sheet._memory.merges.clear()
        for cells in self._changing():
            cells.merge(False)

    def SpecialCells(self, Type: int) -> Range:
        if Type != _VISIBLE:
            raise ComError("测试引擎只认可见单元格（12）")
        if self._sheet.ProtectContents:
            raise ComError("受保护的工作表不能用 SpecialCells")
        parts = [areas.of_uno(address) for cells in self._each() for address in cells.queryVisibleCells().RangeAddresses]
        if not parts:
            raise ComError("未找到单元格")
        return self._of(*parts)

    def AutoFilter(self, *_: Any) -> None:
        self._sheet._toggle_filter(self._uno())

    def Select(self) -> None:
        if not self._sheet._is_active():
            raise ComError("Range 类的 Select 方法无效：所在工作表不是当前工作表")
        self._sheet._doc.CurrentController.select(self._uno())
