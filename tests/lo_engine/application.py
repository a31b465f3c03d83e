"""Excel's Application over UNO: open workbooks, the window, dialogs."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.lo_engine import areas
from tests.lo_engine.answers import Answers
from tests.lo_engine.books import Workbook
from tests.lo_engine.bridge import ComError, settings, url
from tests.lo_engine.cells import Range
from tests.lo_engine.memory import Memory
from tests.lo_engine.objects import ComObject
from tests.lo_engine.sheets import Worksheet

_AUTOMATIC, _MANUAL = -4105, -4135
_FOLDER_PICKER = 4
_CONTENT = 1 | 2 | 4 | 16
_NEVER_RUN_MACROS = 0


class Application(ComObject):
    """One running office. Its states belong to this process; `answers` speaks for the clerk."""

    def __init__(self, desktop: Any, answers: Answers) -> None:
        self._desktop = desktop
        self._answers = answers
        self._states: dict[str, Any] = {}
        self._memories: defaultdict[str, Memory] = defaultdict(Memory)

    def _docs(self) -> list[Any]:
        found, components = [], self._desktop.Components.createEnumeration()
        while components.hasMoreElements():
            doc = components.nextElement()
            if hasattr(doc, "supportsService") and doc.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                found.append(doc)
        return found

    @property
    def _active(self) -> Any:
        current, docs = self._desktop.getCurrentComponent(), self._docs()
        if not docs:
            raise ComError("没有打开的工作簿")
        return current if current in docs else docs[-1]

    Version = property(lambda self: "16.0")
    Workbooks = property(lambda self: Workbooks(self))
    ActiveWorkbook = property(lambda self: Workbook(self, self._active))
    ActiveSheet = property(lambda self: self.ActiveWorkbook.ActiveSheet)
    ActiveWindow = property(lambda self: Window(self._active.CurrentController, self._states))
    WorksheetFunction = property(lambda self: WorksheetFunction())
    ActiveCell = property(lambda self: self.Selection and Range(self.Selection._sheet, [self.Selection._area.top_left]))

    @property
    def Selection(self) -> Range | None:
        book = self.ActiveWorkbook
        chosen = book._doc.CurrentSelection
        if not hasattr(chosen, "RangeAddress"):
            return None
        return Worksheet(book, chosen.Spreadsheet)._cells(areas.of_uno(chosen.RangeAddress))

    @property
    def Calculation(self) -> int:
        return _AUTOMATIC if all(doc.isAutomaticCalculationEnabled() for doc in self._docs()) else _MANUAL

    @Calculation.setter
    def Calculation(self, mode: int) -> None:
        for doc in self._docs():
            doc.enableAutomaticCalculation(mode == _AUTOMATIC)

    def Calculate(self) -> None:
        for doc in self._docs():
            doc.calculateAll()

    def Goto(self, Reference: Range, Scroll: bool = False) -> None:
        Reference.Worksheet.Activate()
        Reference.Select()

    def FileDialog(self, kind: int) -> FolderDialog:
        if kind != _FOLDER_PICKER:
            raise ComError("测试引擎只有选择文件夹的对话框（4）")
        return FolderDialog(self._answers)


def _state(name: str, initial: Any) -> property:
    return property(lambda self: self._states.get(name, initial),
                    lambda self, value: self._states.__setitem__(name, value))


for _name, _initial in (("ScreenUpdating", True), ("DisplayAlerts", True), ("EnableEvents", True),
                        ("Interactive", True), ("Cursor", -4143), ("PrintCommunication", True)):
    setattr(Application, _name, _state(_name, _initial))


def _set_status(application: Application, text: str | bool) -> None:
    application._states["StatusBar"] = text
    application._states.setdefault("StatusBarTexts", []).append(text)


Application.StatusBar = property(lambda self: self._states.get("StatusBar", False), _set_status)


class Workbooks(ComObject):
    """The open workbooks, from one."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def _all(self) -> list[Workbook]:
        return [Workbook(self._application, doc) for doc in self._application._docs()]

    @property
    def Count(self) -> int:
        return len(self._application._docs())

    def Item(self, key: int | str) -> Workbook:
        found = self._all()
        if isinstance(key, int) and 1 <= key <= len(found):
            return found[key - 1]
        for book in found:
            if isinstance(key, str) and key.lower() in (book.Name.lower(), book.FullName.lower()):
                return book
        raise ComError(f"没有打开的工作簿：{key}")

    __call__ = Item

    def __iter__(self) -> Any:
        return iter(self._all())

    def _load(self, address: str, **options: Any) -> Workbook:
        doc = self._application._desktop.loadComponentFromURL(address, "_blank", 0, settings(**options))
        return Workbook(self._application, doc)

    def Open(self, Filename: str, UpdateLinks: int | None = None, ReadOnly: bool | None = None) -> Workbook:
        if not Path(Filename).is_file():
            raise ComError(f"找不到 {Filename}")
        return self._load(url(Filename), MacroExecutionMode=_NEVER_RUN_MACROS, ReadOnly=bool(ReadOnly))

    def Add(self) -> Workbook:
        return self._load("private:factory/scalc")


class Window(ComObject):
    """The window of the active workbook, showing its active sheet."""

    def __init__(self, controller: Any, states: dict[str, Any]) -> None:
        self._controller = controller
        self._states = states

    DisplayGridlines = property(lambda self: self._controller.ShowGrid,
                                lambda self, value: setattr(self._controller, "ShowGrid", bool(value)))
    SplitRow = property(lambda self: self._split()[0], lambda self, rows: self._plan(row=rows))
    SplitColumn = property(lambda self: self._split()[1], lambda self, columns: self._plan(column=columns))
    ScrollRow = property(lambda self: self._controller.getFirstVisibleRow() + 1,
                         lambda self, row: self._controller.setFirstVisibleRow(row - 1))
    ScrollColumn = property(lambda self: self._controller.getFirstVisibleColumn() + 1,
                            lambda self, column: self._controller.setFirstVisibleColumn(column - 1))

    def _split(self) -> tuple[int, int]:
        if not self._controller.hasFrozenPanes():
            return 0, 0
        first, last = (areas.of_uno(self._controller.getByIndex(pane).VisibleRange)
                       for pane in (0, self._controller.Count - 1))
        return last.row - first.row, last.column - first.column

    def _plan(self, **lines: int) -> None:
        self._states.setdefault("Split", {}).update(lines)

    @property
    def FreezePanes(self) -> bool:
        return self._controller.hasFrozenPanes()

    @FreezePanes.setter
    def FreezePanes(self, frozen: bool) -> None:
        lines = self._states.pop("Split", {}) if frozen else {}
        self._controller.freezeAtPosition(lines.get("column", 0), lines.get("row", 0))


class WorksheetFunction(ComObject):
    """Sheet functions called from outside."""

    def CountA(self, cells: Range) -> float:
        """How many cells hold something."""
        return float(sum(areas.of_uno(address).size for part in cells._each()
                         for address in part.queryContentCells(_CONTENT).RangeAddresses))


class FolderDialog(ComObject):
    """The dialog that chooses a folder; the prepared answers choose."""

    Title = InitialFileName = ButtonName = ""
    AllowMultiSelect = False

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._chosen: str | None = None

    def Show(self) -> int:
        self._chosen = self._answers.folder(self.Title, self.InitialFileName)
        return -1 if self._chosen is not None else 0

    def SelectedItems(self, index: int) -> str:
        if self._chosen is None or index != 1:
            raise ComError("没有选中文件夹")
        return self._chosen
