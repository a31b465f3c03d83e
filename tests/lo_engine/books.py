"""Excel's Workbook and its sheet collection over UNO."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.lo_engine.bridge import ComError, local_path, settings, url
from tests.lo_engine.memory import Memory
from tests.lo_engine.names import Names
from tests.lo_engine.objects import ComObject, Items
from tests.lo_engine.sheets import Worksheet

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML"}
_REMOVABLE = 128
_FROM_APP = "AppVersion"  # LibreOffice lists it among the custom properties when it reads an Excel file


class Workbook(ComObject):
    """One open workbook."""

    def __init__(self, application: Any, doc: Any) -> None:
        self._application = application
        self._doc = doc
        self._memory: Memory = application._memories[doc.RuntimeUID]

    def _refuse_structure(self) -> None:
        if self._doc.isProtected():
            raise ComError("工作簿的结构受保护")

    Application = Parent = property(lambda self: self._application)
    FullName = property(lambda self: local_path(self._doc.URL) if self._doc.URL else self._doc.Title)
    Name = property(lambda self: Path(self.FullName).name)
    Path = property(lambda self: str(Path(local_path(self._doc.URL)).parent) if self._doc.URL else "")
    Worksheets = Sheets = property(lambda self: Worksheets(self))
    Names = property(lambda self: Names(self))
    ActiveSheet = property(lambda self: Worksheet(self, self._doc.CurrentController.ActiveSheet))
    ReadOnly = property(lambda self: self._doc.isReadonly())
    Date1904 = property(lambda self: self._doc.NullDate.Year == 1904)
    ProtectStructure = property(lambda self: self._doc.isProtected())
    Saved = property(lambda self: not self._doc.isModified(), lambda self, value: self._doc.setModified(not value))
    CustomDocumentProperties = property(lambda self: Properties(self._doc.DocumentProperties.UserDefinedProperties))

    def Activate(self) -> None:
        self._doc.CurrentController.Frame.activate()

    def Close(self, SaveChanges: bool = False) -> None:
        if SaveChanges:
            self.Save()
        self._doc.close(True)

    def Save(self) -> None:
        if not self._doc.URL or self.ReadOnly:
            raise ComError("工作簿还没有存过，或是只读的")
        self._doc.store()

    def SaveAs(self, Filename: str) -> None:
        self._doc.storeAsURL(url(Filename), settings(FilterName=_FILTERS[Path(Filename).suffix.lower()]))

    def SaveCopyAs(self, Filename: str) -> None:
        """The copy is in the workbook's own format whatever it is called; a name that says otherwise is refused."""
        suffix = Path(self.FullName).suffix.lower() if self._doc.URL else ".xlsx"
        if Path(Filename).suffix.lower() != suffix:
            raise ComError(f"副本的格式是 {suffix}，文件名却是 {Filename}：Excel 会存成打不开的文件")
        self._doc.storeToURL(url(Filename), settings(FilterName=_FILTERS[suffix]))

    def Protect(self, Password: str = "", Structure: bool = True, Windows: bool = False) -> None:
        if Structure:
            self._doc.protect(Password)

    def Unprotect(self, Password: str = "") -> None:
        self._doc.unprotect(Password)


class Worksheets(ComObject):
    """The sheets of a workbook, from one."""

    def __init__(self, book: Any) -> None:
        self._book = book

    def _at(self, index: int) -> Worksheet:
        return Worksheet(self._book, self._book._doc.Sheets.getByIndex(index))

    @property
    def Count(self) -> int:
        return self._book._doc.Sheets.Count

    def Item(self, key: int | str) -> Worksheet:
        sheets = self._book._doc.Sheets
        if isinstance(key, str) and sheets.hasByName(key):
            return Worksheet(self._book, sheets.getByName(key))
        if isinstance(key, int) and 1 <= key <= sheets.Count:
            return self._at(key - 1)
        raise ComError(f"没有工作表：{key}")

    __call__ = Item

    def __iter__(self) -> Any:
        return map(self._at, range(self._book._doc.Sheets.Count))

    def Add(self, Before: Worksheet | None = None, After: Worksheet | None = None) -> Worksheet:
        self._book._refuse_structure()
        sheets, active = self._book._doc.Sheets, self._book.ActiveSheet
        position = Before.Index - 1 if Before else After.Index if After else active.Index - 1
        taken = set(sheets.ElementNames)
        name = next(name for number in range(1, len(taken) + 2) if (name := f"Sheet{number}") not in taken)
        sheets.insertNewByName(name, position)
        added = Worksheet(self._book, sheets.getByName(name))
        added.Activate()
        return added


class Properties(Items):
    """The custom document properties of a workbook."""

    def __init__(self, bag: Any) -> None:
        self._bag = bag
        names = [known.Name for known in bag.getPropertySetInfo().getProperties() if known.Name != _FROM_APP]
        super().__init__(len(names), lambda index: Property(bag, names[index]))

    def Item(self, key: int | str) -> Property:
        if isinstance(key, int):
            return super().Item(key)
        if not self._bag.getPropertySetInfo().hasPropertyByName(key):
            raise ComError(f"没有文档属性：{key}")
        return Property(self._bag, key)

    __call__ = Item

    def Add(self, Name: str, LinkToContent: bool, Type: int, Value: Any) -> Property:
        self._bag.addProperty(Name, _REMOVABLE, Value)
        return Property(self._bag, Name)


class Property(ComObject):
    """One custom document property."""

    def __init__(self, bag: Any, name: str) -> None:
        self._bag = bag
        self._name = name

    Name = property(lambda self: self._name)
    Value = property(lambda self: self._bag.getPropertyValue(self._name),
                     lambda self, value: self._bag.setPropertyValue(self._name, value))

    def Delete(self) -> None:
        self._bag.removeProperty(self._name)
