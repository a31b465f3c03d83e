"""Excel's Application: open workbooks, its window, its dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.com.model.books import Workbook
from tests.com.model.thing import Items, Thing, stored
from tests.lo_engine.answers import Answers
from tests.lo_engine.refused import ComError

_AUTOMATIC, _NORMAL_CURSOR, _FOLDER_PICKER, _CHOSEN = -4105, -4143, 4, -1


class Application(Thing):
    """Excel, running. `answers` speaks for the clerk."""

    def __init__(self, answers: Answers, window: int = 1) -> None:
        self._answers = answers
        self._kept: dict[str, Any] = {}
        self._states: dict[str, Any] = {}
        self._window = window
        self.books: list[Workbook] = []
        self.active: Workbook | None = None

    Application = property(lambda self: self)
    Name = property(lambda self: "Microsoft Excel")
    Version = property(lambda self: "16.0")
    Hwnd = property(lambda self: self._window)
    Ready = property(lambda self: True)
    Workbooks = property(lambda self: Workbooks(self))
    ActiveWorkbook = property(lambda self: self.active if self.active in self.books else (self.books or [None])[-1])
    ActiveSheet = property(lambda self: self.ActiveWorkbook and self.ActiveWorkbook.ActiveSheet)
    ActiveWindow = property(lambda self: Window(self.ActiveWorkbook))
    WorksheetFunction = property(lambda self: WorksheetFunction())
    ScreenUpdating, EnableEvents, DisplayAlerts = stored("ScreenUpdating", True), stored("EnableEvents", True), stored("DisplayAlerts", True)
    Interactive, Calculation = stored("Interactive", True), stored("Calculation", _AUTOMATIC)
    Cursor, PrintCommunication = stored("Cursor", _NORMAL_CURSOR), stored("PrintCommunication", True)

    @property
    def StatusBar(self) -> str | bool:
        return self._states.get("StatusBar", False)

    @StatusBar.setter
    def StatusBar(self, text: str | bool) -> None:
        self._states["StatusBar"] = text
        self._states.setdefault("StatusBarTexts", []).append(text)

    @property
    def Selection(self) -> Any:
        sheet = self.ActiveSheet
        return sheet and sheet.range_of(sheet.selected)

    def Calculate(self) -> None:
        for book in self.books:
            book.changed()

    def FileDialog(self, fileDialogType: int) -> FileDialog:
        if fileDialogType != _FOLDER_PICKER:
            raise ComError("替身只有选择文件夹的对话框（4）")
        return FileDialog(self._answers)


class Workbooks(Items):
    """The open workbooks; one is found by its name, not by its path."""

    def __init__(self, application: Application) -> None:
        self._application = application
        super().__init__(lambda: application.books)

    Application = property(lambda self: self._application)

    def Open(self, Filename: str, UpdateLinks: Any = None, ReadOnly: Any = None, Format: Any = None, Password: Any = None,
             WriteResPassword: Any = None, IgnoreReadOnlyRecommended: Any = None, Origin: Any = None, Delimiter: Any = None,
             Editable: Any = None, Notify: Any = None, Converter: Any = None, AddToMru: Any = None, Local: Any = None,
             CorruptLoad: Any = None) -> Workbook:
        path = Path(Filename)
        if not path.is_file():
            raise ComError(f"找不到 {Filename}")
        if any(book.Name.lower() == path.name.lower() for book in self._application.books):
            raise ComError(f"已经打开了同名的工作簿：{path.name}")
        return self._opened(Workbook(self._application, path, path.name, bool(ReadOnly)))

    def Add(self, Template: Any = None) -> Workbook:
        return self._opened(Workbook(self._application, None, f"工作簿{len(self._application.books) + 1}"))

    def _opened(self, book: Workbook) -> Workbook:
        self._application.books.append(book)
        self._application.active = book
        return book


class Window(Thing):
    """The window of the active workbook; what it is set to belongs to the sheet it shows."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    Application = property(lambda self: self._book.Application)
    Parent = property(lambda self: self._book)
    DisplayGridlines = property(lambda self: self._view.showGridLines is not False,
                                lambda self, value: setattr(self._view, "showGridLines", bool(value)))
    ScrollRow = property(lambda self: 1, lambda self, row: None)
    ScrollColumn = property(lambda self: 1, lambda self, column: None)
    SplitRow = property(lambda self: self._split(0), lambda self, rows: self._plan(0, rows))
    SplitColumn = property(lambda self: self._split(1), lambda self, columns: self._plan(1, columns))

    @property
    def _view(self) -> Any:
        return self._book.active.sheet.sheet_view

    def _split(self, axis: int) -> int:
        pane = self._view.pane
        return int((pane.ySplit, pane.xSplit)[axis] or 0) if pane else 0

    def _plan(self, axis: int, count: int) -> None:
        planned = self._book.active._kept.setdefault("Split", [0, 0])
        planned[axis] = int(count)

    @property
    def FreezePanes(self) -> bool:
        return self._book.active.sheet.freeze_panes is not None

    @FreezePanes.setter
    def FreezePanes(self, frozen: bool) -> None:
        sheet = self._book.active
        rows, columns = sheet._kept.pop("Split", [0, 0])
        sheet.sheet.freeze_panes = sheet.range_at(rows, columns).GetAddress(False, False) if frozen and (rows or columns) else None


class WorksheetFunction(Thing):
    """Sheet functions called from outside."""

    def CountA(self, Arg1: Any) -> float:
        """How many cells hold something."""
        return float(sum(Arg1._sheet.cells.holds_something(*place) for place in Arg1._places()))


class FileDialog(Thing):
    """The dialog that chooses a folder; the prepared answers choose."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._kept: dict[str, Any] = {}
        self._chosen: list[str] = []

    Title, InitialFileName = stored("Title", ""), stored("InitialFileName", "")
    SelectedItems = property(lambda self: Items(lambda: self._chosen))

    def Show(self) -> int:
        chosen = self._answers.folder(self.Title, self.InitialFileName)
        self._chosen = [chosen] if chosen is not None else []
        return _CHOSEN if self._chosen else 0
