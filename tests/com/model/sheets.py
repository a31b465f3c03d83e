"""Excel's Worksheet, its protection, tables and page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet as OpenpyxlSheet

from tests.com.model.cells import Cells
from tests.com.model.conditions import Conditions
from tests.com.model.names import Names
from tests.com.model.notes import Comment
from tests.com.model.ranges import Range
from tests.com.model.thing import Items, Thing, stored
from tests.lo_engine import areas
from tests.lo_engine.areas import Area
from tests.lo_engine.refused import ComError

_VISIBLE = {"visible": -1, "hidden": 0, "veryHidden": 2}
_LONGEST_ADDRESS, _LONGEST_NAME = 255, 31
_ALLOWED = {
    "AllowFormattingCells": "formatCells", "AllowFormattingColumns": "formatColumns", "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns", "AllowInsertingRows": "insertRows", "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns", "AllowDeletingRows": "deleteRows", "AllowSorting": "sort",
    "AllowFiltering": "autoFilter", "AllowUsingPivotTables": "pivotTables"}


class Worksheet(Thing):
    """One sheet of an open workbook."""

    def __init__(self, book: Any, sheet: OpenpyxlSheet) -> None:
        self.book = book
        self.sheet = sheet
        self.cells = Cells(sheet, book.Date1904, lambda: book.computed(sheet.title))
        self.conditions = Conditions(sheet)
        first = sheet.sheet_view.selection[-1].sqref if sheet.sheet_view.selection else "A1"
        self.selected: tuple[Area, ...] = areas.of_text(str(first).replace(" ", ","))
        self._kept: dict[str, Any] = {}

    # ---- for the model itself ----

    def range_of(self, parts: Sequence[Area]) -> Range:
        return Range(self, parts)

    def range_at(self, row: int, column: int) -> Range:
        return Range(self, (Area(row, column, row, column),))

    def refuse_protected(self, cells: Range, allowed: str | None) -> None:
        """ComError where the sheet is protected and does not allow the change: by a permission, else by unlocked cells."""
        if not self.ProtectContents:
            return
        if not (getattr(self.Protection, allowed) if allowed else cells.Locked is False):
            raise ComError(f"“{self.Name}”受保护")

    # ---- Excel's members ----

    Parent = property(lambda self: self.book)
    Application = property(lambda self: self.book.Application)
    Index = property(lambda self: self.book.worksheets.index(self) + 1)
    Names = property(lambda self: Names(self.book, self))
    PageSetup = property(lambda self: PageSetup(self.sheet))
    EnableSelection = stored("EnableSelection", 0)

    @property
    def Name(self) -> str:
        return self.sheet.title

    @Name.setter
    def Name(self, name: str) -> None:
        taken = {other.Name.lower() for other in self.book.worksheets if other is not self}
        if not name or len(name) > _LONGEST_NAME or name.lower() in taken or set(name) & set(r"\/?*[]:"):
            raise ComError(f"工作表名不可用：{name}")
        self.sheet.title = name

    @property
    def Visible(self) -> int:
        return _VISIBLE[self.sheet.sheet_state]

    @Visible.setter
    def Visible(self, visible: int | bool) -> None:
        self.book.refuse_structure()
        state = "visible" if visible in (True, -1) else "veryHidden" if visible == _VISIBLE["veryHidden"] else "hidden"
        if state != "visible" and [other for other in self.book.worksheets if other.Visible == -1] == [self]:
            raise ComError("工作簿至少要有一张可见的工作表")
        self.sheet.sheet_state = state

    def Range(self, Cell1: Any, Cell2: Any = None) -> Range:
        corners = [part for given in (Cell1, Cell2) if given is not None
                   for part in (given._parts if isinstance(given, Range) else self._named(given))]
        if Cell2 is None:
            return Range(self, corners)
        return Range(self, [Area(min(part.row for part in corners), min(part.column for part in corners),
                                 max(part.last_row for part in corners), max(part.last_column for part in corners))])

    def _named(self, text: str) -> tuple[Area, ...]:
        if len(text) > _LONGEST_ADDRESS:
            raise ComError("地址超过 255 个字符")
        try:
            return areas.of_text(text)
        except ComError:
            return self.Names.Item(text).RefersToRange._parts

    @property
    def Cells(self) -> Range:
        return Range(self, [Area(0, 0, areas.LAST_ROW, areas.LAST_COLUMN)])

    @property
    def UsedRange(self) -> Range:
        return Range(self, [self.cells.used()])

    def Activate(self) -> None:
        if self.Visible != -1:
            raise ComError(f"“{self.Name}”是隐藏的，不能成为当前工作表")
        self.book.active = self

    def Select(self, Replace: Any = None) -> None:
        self.Activate()

    def Move(self, Before: Worksheet | None = None, After: Worksheet | None = None) -> None:
        self.book.refuse_structure()
        sheets = self.book.worksheets
        sheets.remove(self)
        sheets.insert(sheets.index(Before) if Before else sheets.index(After) + 1, self)

    def Delete(self) -> None:
        self.book.refuse_structure()
        if [other for other in self.book.worksheets if other.Visible == -1] == [self]:
            raise ComError("工作簿至少要有一张可见的工作表")
        self.book.worksheets.remove(self)
        self.book.file.remove(self.sheet)
        self.book.active = next(other for other in self.book.worksheets if other.Visible == -1)

    @property
    def Comments(self) -> Items:
        return Items(lambda: [Comment(self, cell) for _, cell in sorted(self.sheet._cells.items()) if cell.comment])

    @property
    def CommentsThreaded(self) -> Items:
        return Items(lambda: [])

    ProtectContents = property(lambda self: bool(self.sheet.protection.sheet))
    ProtectDrawingObjects = property(lambda self: bool(self.sheet.protection.sheet and self.sheet.protection.objects))
    ProtectScenarios = property(lambda self: bool(self.sheet.protection.sheet and self.sheet.protection.scenarios))
    Protection = property(lambda self: Protection(self.sheet.protection))

    def Protect(self, Password: Any = None, DrawingObjects: bool = True, Contents: bool = True, Scenarios: bool = True,
                UserInterfaceOnly: bool = False, AllowFormattingCells: bool = False, AllowFormattingColumns: bool = False,
                AllowFormattingRows: bool = False, AllowInsertingColumns: bool = False, AllowInsertingRows: bool = False,
                AllowInsertingHyperlinks: bool = False, AllowDeletingColumns: bool = False, AllowDeletingRows: bool = False,
                AllowSorting: bool = False, AllowFiltering: bool = False, AllowUsingPivotTables: bool = False) -> None:
        given = locals()
        held = self.sheet.protection
        held.sheet, held.objects, held.scenarios = bool(Contents), bool(DrawingObjects), bool(Scenarios)
        for name, attribute in _ALLOWED.items():
            setattr(held, attribute, not given[name])
        if Password:
            held.password = str(Password)

    def Unprotect(self, Password: Any = None) -> None:
        held = self.sheet.protection
        if held.password or held.hashValue:
            raise ComError("密码不正确")
        held.sheet = False

    @property
    def AutoFilterMode(self) -> bool:
        return bool(self.sheet.auto_filter.ref)

    @AutoFilterMode.setter
    def AutoFilterMode(self, on: bool) -> None:
        if on:
            raise ComError("AutoFilterMode 只能设为 False")
        self.sheet.auto_filter.ref = None

    FilterMode = property(lambda self: any(column.filters or column.customFilters for column in self.sheet.auto_filter.filterColumn))
    AutoFilter = property(lambda self: SheetFilter(self) if self.AutoFilterMode else None)
    ListObjects = property(lambda self: Items(lambda: [ListObject(self, table) for table in self.sheet.tables.values()]))


class Protection(Thing):
    """What a protected sheet still allows; the file says what is forbidden."""

    def __init__(self, held: Any) -> None:
        self._held = held


for _name, _attribute in _ALLOWED.items():
    setattr(Protection, _name, property(lambda self, attribute=_attribute: not getattr(self._held, attribute)))


class SheetFilter(Thing):
    """The filter of a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    Range = property(lambda self: self._sheet.Range(self._sheet.sheet.auto_filter.ref))


class ListObject(Thing):
    """A table."""

    def __init__(self, sheet: Worksheet, table: Any) -> None:
        self._sheet = sheet
        self._table = table

    Name = property(lambda self: self._table.displayName)
    Range = property(lambda self: self._sheet.Range(self._table.ref))
    ShowTotals = property(lambda self: bool(self._table.totalsRowCount))

    def Resize(self, Range: Range) -> None:
        self._table.ref = Range.GetAddress(False, False)
        if self._table.autoFilter:
            self._table.autoFilter.ref = self._table.ref


_POINTS = 72


def _setup(path: str, out: Any = lambda value: value, back: Any = lambda value: value) -> property:
    *holders, last = path.split(".")

    def held(self: Any) -> Any:
        found = self._sheet
        for name in holders:
            found = getattr(found, name)
        return found

    return property(lambda self: out(getattr(held(self), last)), lambda self, value: setattr(held(self), last, back(value)))


def _fit(self: Any, value: Any) -> None:
    self._sheet.sheet_properties.pageSetUpPr.fitToPage = value is False
    self._sheet.page_setup.scale = None if value is False else int(value)


class PageSetup(Thing):
    """The printed page. Margins are in points here, in inches in the file."""

    def __init__(self, sheet: OpenpyxlSheet) -> None:
        self._sheet = sheet

    Orientation = _setup("page_setup.orientation", {"landscape": 2}.get, {1: "portrait", 2: "landscape"}.get)
    PaperSize = _setup("page_setup.paperSize", int, int)
    Zoom = property(lambda self: self._sheet.page_setup.scale or False, _fit)
    FitToPagesWide = _setup("page_setup.fitToWidth", lambda value: value or False, int)
    FitToPagesTall = _setup("page_setup.fitToHeight", lambda value: value or False, int)
    CenterFooter = _setup("oddFooter.center.text", lambda value: value or "")
    CenterHorizontally = _setup("print_options.horizontalCentered", bool, bool)
    LeftMargin = _setup("page_margins.left", lambda inches: inches * _POINTS, lambda points: points / _POINTS)
    RightMargin = _setup("page_margins.right", lambda inches: inches * _POINTS, lambda points: points / _POINTS)
    PrintTitleRows = _setup("print_title_rows", lambda value: value or "", lambda rows: rows.replace("$", ""))
