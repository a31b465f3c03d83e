"""Excel's Workbook: a file that is read by openpyxl, computed by the engine that the toolkit has for that, and written back."""

from __future__ import annotations

import os
import warnings
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.com.model.holding import Held
from tests.com.model.names import Names
from tests.com.model.sheets import Worksheet
from tests.com.model.thing import Items, Thing
from tests.lo_engine.refused import ComError
from toolkit.sheets.recalculate import refresh

_FORMATS = {".xlsx": 51, ".xlsm": 52}


class Workbook(Thing):
    """One open workbook; `path` None for one that was never saved."""

    def __init__(self, application: Any, path: Path | None, name: str, read_only: bool = False) -> None:
        self.application = application
        self.path = path
        self._name = name
        self._read_only = read_only
        self.file = _read(path.read_bytes(), path.suffix) if path else openpyxl.Workbook()
        self._dirty = True
        self._values: dict[str, dict[tuple[int, int], Any]] = {}
        self.worksheets = [Worksheet(self, sheet) for sheet in self.file.worksheets]
        self.active = self.worksheets[self.file.worksheets.index(self.file.active)]
        self._held = Held(path) if path and not read_only else None

    # ---- for the model itself ----

    def changed(self) -> None:
        """What formulas give must be worked out anew."""
        self._dirty = True

    def computed(self, sheet: str) -> dict[tuple[int, int], Any]:
        """What the formulas of a sheet give, by zero-based place."""
        if self._dirty:
            self._dirty = False
            self._compute()
        return self._values.get(sheet, {})

    def _compute(self) -> None:
        with warnings.catch_warnings(action="ignore"):
            shown = openpyxl.load_workbook(BytesIO(self.content()), data_only=True)
        formulas = {sheet.title: [place for place, cell in sheet._cells.items() if cell.data_type == "f"] for sheet in self.file.worksheets}
        self._values = {title: {(row - 1, column - 1): shown[title].cell(row, column).value for row, column in places}
                        for title, places in formulas.items()}

    def content(self) -> bytes:
        """The file as it would be saved, every formula computed."""
        for each in self.worksheets:
            each.conditions.put_back()
        self.file._sheets = [each.sheet for each in self.worksheets]
        self.file.active = self.worksheets.index(self.active)
        written = BytesIO()
        self.file.save(written)
        return refresh(written.getvalue(), self.Name, date.today()).data

    def refuse_structure(self) -> None:
        if self.ProtectStructure:
            raise ComError("工作簿的结构受保护")

    # ---- Excel's members ----

    Application = Parent = property(lambda self: self.application)
    Name = property(lambda self: self._name)
    FullName = property(lambda self: str(self.path) if self.path else self._name)
    Path = property(lambda self: str(self.path.parent) if self.path else "")
    FileFormat = property(lambda self: _FORMATS[self.path.suffix.lower()] if self.path else _FORMATS[".xlsx"])
    Worksheets = Sheets = property(lambda self: Worksheets(self))
    Names = property(lambda self: Names(self))
    ActiveSheet = property(lambda self: self.active)
    ReadOnly = property(lambda self: self._read_only)
    Date1904 = property(lambda self: self.file.epoch == CALENDAR_MAC_1904)
    ProtectStructure = property(lambda self: bool(self.file.security and self.file.security.lockStructure))
    CustomDocumentProperties = property(lambda self: DocumentProperties(self))

    def Activate(self) -> None:
        self.application.active = self

    def Close(self, SaveChanges: Any = None, Filename: Any = None, RouteWorkbook: Any = None) -> None:
        if SaveChanges:
            self.Save()
        if self._held:
            self._held.release()
        self.application.books.remove(self)

    def Save(self) -> None:
        if self.path is None or self._read_only:
            raise ComError("工作簿还没有存过，或是只读的")
        self._write(self.path)

    def SaveAs(self, Filename: str, FileFormat: Any = None, Password: Any = None) -> None:
        """Under a new name; the format must be the one that the name says."""
        target = Path(Filename)
        if FileFormat not in (None, _FORMATS.get(target.suffix.lower())):
            raise ComError("文件扩展名与所选的文件类型不符")
        if self._held:
            self._held.release()
        self._held, self.path, self._name, self._read_only = None, target, target.name, False
        self.file.vba_archive = self.file.vba_archive if target.suffix.lower() == ".xlsm" else None
        self._write(target)

    def _write(self, target: Path) -> None:
        data = self.content()
        if self._held:
            self._held.release()
        beside = target.with_name(f"~{os.getpid():X}.tmp")  # Excel writes beside and renames
        try:
            beside.write_bytes(data)
            os.replace(beside, target)
        except OSError as error:
            raise ComError(f"无法保存“{target}”：{error.strerror}") from None
        finally:
            self._held = Held(target)

    def SaveCopyAs(self, Filename: str) -> None:
        """In the workbook's own format whatever the name says; a name that says otherwise is refused, as no one could open it."""
        suffix = self.path.suffix.lower() if self.path else ".xlsx"
        if Path(Filename).suffix.lower() != suffix:
            raise ComError(f"副本的格式是 {suffix}，文件名却是 {Filename}")
        Path(Filename).write_bytes(self.content())

    def Protect(self, Password: Any = None, Structure: Any = None, Windows: Any = None) -> None:
        self.file.security = openpyxl.workbook.protection.WorkbookProtection(lockStructure=Structure is not False)

    def Unprotect(self, Password: Any = None) -> None:
        self.file.security = None


def _read(data: bytes, suffix: str) -> Any:
    with warnings.catch_warnings(action="ignore"):
        return openpyxl.load_workbook(BytesIO(data), keep_vba=suffix.lower() == ".xlsm", rich_text=True)


class Worksheets(Items):
    """The sheets of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        super().__init__(lambda: book.worksheets)

    Parent = property(lambda self: self._book)

    def Add(self, Before: Worksheet | None = None, After: Worksheet | None = None, Count: Any = None, Type: Any = None) -> Worksheet:
        book = self._book
        book.refuse_structure()
        place = book.worksheets.index(Before) if Before else book.worksheets.index(After) + 1 if After else book.worksheets.index(book.active)
        taken = {each.Name for each in book.worksheets}
        added = Worksheet(book, book.file.create_sheet(next(name for number in range(1, len(taken) + 2)
                                                            if (name := f"Sheet{number}") not in taken)))
        book.worksheets.insert(place, added)
        book.active = added
        return added


class DocumentProperties(Items):
    """The custom document properties."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        super().__init__(lambda: [DocumentProperty(found) for found in book.file.custom_doc_props.props])

    def Add(self, Name: str, LinkToContent: bool, Type: Any = None, Value: Any = None, LinkSource: Any = None) -> DocumentProperty:
        if any(found.Name == Name for found in self):
            raise ComError(f"已经有文档属性“{Name}”")
        self._book.file.custom_doc_props.append(StringProperty(name=Name, value=str(Value)))
        return self.Item(Name)


class DocumentProperty(Thing):
    """One custom document property."""

    def __init__(self, found: Any) -> None:
        self._property = found

    Name = property(lambda self: self._property.name)
    Value = property(lambda self: self._property.value, lambda self, value: setattr(self._property, "value", value))
