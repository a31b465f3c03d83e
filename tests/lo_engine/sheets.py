"""Excel's Worksheet over UNO."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from tests.lo_engine import areas, names, protection
from tests.lo_engine.areas import Area
from tests.lo_engine.bridge import ComError, IllegalArgument
from tests.lo_engine.cells import Range
from tests.lo_engine.looks import shared
from tests.lo_engine.memory import Memory
from tests.lo_engine.notes import comments
from tests.lo_engine.objects import ComObject, Items
from tests.lo_engine.page import PageSetup

_SHOWN, _HIDDEN = -1, 0


class Worksheet(ComObject):
    """One sheet of a workbook."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book = book
        self._uno = sheet

    @property
    def _doc(self) -> Any:
        return self._book._doc

    @property
    def _memory(self) -> Memory:
        return self._book._memory

    def _cells(self, *parts: Area) -> Range:
        return Range(self, parts)

    def _is_active(self) -> bool:
        return self._doc.CurrentController.ActiveSheet.Name == self._uno.Name

    def _refuse_protected(self, ranges: list[Any], allowed: str | None) -> None:
        """ComError where the sheet is protected and does not allow the change to these UNO ranges."""
        if not self._uno.isProtected():
            return
        if allowed:
            refused = not protection.flags(self)[allowed]
        else:
            locked = [shared([cells], "CellProtection") for cells in ranges]
            refused = any(found is None or found.IsLocked for found in locked)
        if refused:
            raise ComError(f"“{self._uno.Name}”受保护")

    Parent = property(lambda self: self._book)
    Index = property(lambda self: self._uno.RangeAddress.Sheet + 1)
    CodeName = property(lambda self: self._uno.CodeName)
    PageSetup = property(lambda self: PageSetup(self))
    Names = property(lambda self: names.Names(self._book, self))

    @property
    def Name(self) -> str:
        return self._uno.Name

    @Name.setter
    def Name(self, name: str) -> None:
        taken = {other.lower() for other in self._doc.Sheets.ElementNames} - {self._uno.Name.lower()}
        if not name or len(name) > 31 or name.lower() in taken or set(name) & set(r"\/?*[]:"):
            raise ComError(f"工作表名不可用：{name}")
        self._memory.merges.clear()
        self._uno.Name = name

    @property
    def Visible(self) -> int:
        return _SHOWN if self._uno.IsVisible else _HIDDEN

    @Visible.setter
    def Visible(self, visible: int | bool) -> None:
        self._book._refuse_structure()
        shown = visible in (_SHOWN, True)
        if not shown and sum(sheet.IsVisible for sheet in self._doc.Sheets) == 1 and self._uno.IsVisible:
            raise ComError("工作簿至少要有一张可见的工作表")
        self._uno.IsVisible = shown

    def Range(self, first: str | Range, last: str | Range | None = None) -> Range:
        """By addresses ("A1:B3,C5", at most 255 characters), or from one corner to another."""
        if isinstance(first, str) and len(first) > 255:
            raise ComError("地址超过 255 个字符")
        corners = [part for given in (first, last) if given is not None
                   for part in (given._parts if isinstance(given, Range) else self._named(given))]
        if last is None:
            return Range(self, corners)
        return self._cells(Area(min(part.row for part in corners), min(part.column for part in corners),
                                max(part.last_row for part in corners), max(part.last_column for part in corners)))

    def _named(self, text: str) -> tuple[Area, ...]:
        with suppress(ComError):
            return areas.of_text(text)
        for held in (self._uno.NamedRanges, self._doc.NamedRanges):
            if held.hasByName(text) and (cells := held.getByName(text).ReferredCells):
                return (areas.of_uno(cells.RangeAddress),)
        raise ComError(f"不是单元格地址，也不是名称：{text}")

    @property
    def Cells(self) -> Range:
        return self._cells(Area(0, 0, areas.LAST_ROW, areas.LAST_COLUMN))

    @property
    def UsedRange(self) -> Range:
        cursor = self._uno.createCursor()
        cursor.gotoStartOfUsedArea(False)
        start = areas.of_uno(cursor.RangeAddress)
        cursor.gotoEndOfUsedArea(False)
        end = areas.of_uno(cursor.RangeAddress)
        return self._cells(Area(start.row, start.column, end.last_row, end.last_column))

    def Activate(self) -> None:
        if not self._uno.IsVisible:
            raise ComError(f"“{self._uno.Name}”是隐藏的，不能成为当前工作表")
        self._doc.CurrentController.setActiveSheet(self._uno)

    Select = Activate

    def Delete(self) -> None:
        self._book._refuse_structure()
        if self._uno.IsVisible and sum(sheet.IsVisible for sheet in self._doc.Sheets) == 1:
            raise ComError("工作簿至少要有一张可见的工作表")
        self._memory.merges.clear()
        self._doc.Sheets.removeByName(self._uno.Name)

    @property
    def Comments(self) -> Items:
        found = comments(self)
        return Items(len(found), found.__getitem__)

    ProtectContents = property(lambda self: self._uno.isProtected())
    ProtectDrawingObjects = property(lambda self: self._flag("DrawingObjects"))
    ProtectScenarios = property(lambda self: self._flag("Scenarios"))
    EnableSelection = property(lambda self: self._flag("EnableSelection"),
                               lambda self, value: self._keep(EnableSelection=value))
    Protection = property(lambda self: protection.Protection(protection.flags(self)))

    def _flag(self, name: str) -> Any:
        return protection.flags(self).get(name, 0) if self._uno.isProtected() else False

    def _keep(self, **values: Any) -> None:
        protection.remember(self, protection.flags(self) | values)

    def Protect(self, Password: str = "", DrawingObjects: bool = True, Contents: bool = True,
                Scenarios: bool = True, UserInterfaceOnly: bool = False, *permissions: bool) -> None:
        allowed = dict(zip(protection.ALLOWED, permissions, strict=False))
        self._keep(**dict.fromkeys(protection.FLAGS, False), **{})
        self._keep(DrawingObjects=DrawingObjects, Scenarios=Scenarios, **allowed)
        if Contents:
            self._uno.protect(Password)

    def Unprotect(self, Password: str = "") -> None:
        for password in dict.fromkeys(("", Password)):
            with suppress(IllegalArgument):
                return self._uno.unprotect(password)
        raise ComError("密码不正确")

    @property
    def _unnamed_filters(self) -> Any:
        return self._doc.getPropertyValue("UnnamedDatabaseRanges")

    @property
    def _filter(self) -> Any:
        """The UNO database range that the sheet's filter is, None where it has none."""
        tab = self._uno.RangeAddress.Sheet
        if not self._unnamed_filters.hasByTable(tab):
            return None
        found = self._unnamed_filters.getByTable(tab)
        return found if found.AutoFilter else None

    def _toggle_filter(self, cells: Any) -> None:
        if self._filter:
            self._filter.AutoFilter = False
        else:
            self._unnamed_filters.setByTable(cells.RangeAddress)
            self._unnamed_filters.getByTable(self._uno.RangeAddress.Sheet).AutoFilter = True

    @property
    def AutoFilterMode(self) -> bool:
        return self._filter is not None

    @AutoFilterMode.setter
    def AutoFilterMode(self, on: bool) -> None:
        if on:
            raise ComError("AutoFilterMode 只能设为 False")
        if self._filter:
            self._filter.AutoFilter = False

    @property
    def FilterMode(self) -> bool:
        """Whether a filter hides rows."""
        return bool(self._filter and self._filter.getFilterDescriptor().getFilterFields())

    @property
    def AutoFilter(self) -> SheetFilter | None:
        return SheetFilter(self) if self._filter else None

    @property
    def ListObjects(self) -> Items:
        """None: LibreOffice keeps tables of Excel files as mere ranges."""
        return Items(0, lambda index: None)


class SheetFilter(ComObject):
    """The filter of a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    @property
    def Range(self) -> Range:
        return self._sheet._cells(areas.of_uno(self._sheet._filter.DataArea))
