"""Defined names: those of the workbook and those of single sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.lo_engine import areas, formulas
from tests.lo_engine.bridge import ComError
from tests.lo_engine.objects import ComObject

_PLAIN = re.compile(r"[\w.]+")


class Names(ComObject):
    """The names of a workbook, of all scopes; or, made with a sheet, that sheet's."""

    def __init__(self, book: Any, sheet: Any = None) -> None:
        self._book = book
        self._sheet = sheet
        self._listed: list[Name] | None = None

    def _all(self) -> list[Name]:
        if self._listed is None:
            self._listed = list(self._found())
        return self._listed

    def _found(self) -> Iterator[Name]:
        sheets = [self._sheet._uno] if self._sheet else [None, *self._book._doc.Sheets]
        return (Name(self._book, sheet, name) for sheet in sheets
                for name in (sheet or self._book._doc).NamedRanges.ElementNames)

    @property
    def Count(self) -> int:
        self._listed = None
        return len(self._all())

    def Item(self, key: int | str) -> Name:
        found = self._all()
        if isinstance(key, int) and 1 <= key <= len(found):
            return found[key - 1]
        wanted = str(key).lower()
        for name in found:
            full = name.Name.lower()
            if wanted == full or ("!" not in wanted and wanted == full.rpartition("!")[2]):
                return name
        raise ComError(f"没有名称：{key}")

    __call__ = Item

    def __iter__(self) -> Any:
        return iter(self._all())

    def Add(self, Name: str, RefersTo: str) -> Name:
        self._listed = None
        doc = self._book._doc
        holder = (self._sheet._uno if self._sheet else doc).NamedRanges
        if holder.hasByName(Name):
            holder.removeByName(Name)
        holder.addNewByName(Name, formulas.name_content(doc, RefersTo),
                            doc.Sheets.getByIndex(0).getCellByPosition(0, 0).CellAddress, 0)
        self._listed = None
        return _of(self._book, self._sheet, Name)


class Name(ComObject):
    """One defined name."""

    def __init__(self, book: Any, sheet: Any, name: str) -> None:
        self._book = book
        self._sheet = sheet
        self._name = name

    @property
    def _uno(self) -> Any:
        return (self._sheet or self._book._doc).NamedRanges.getByName(self._name)

    @property
    def Name(self) -> str:
        if self._sheet is None:
            return self._name
        sheet = self._sheet.Name
        quoted = sheet if _PLAIN.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
        return f"{quoted}!{self._name}"

    RefersTo = property(lambda self: formulas.refers_to(self._book._doc, self._uno.Content),
                        lambda self, formula: self._uno.setContent(formulas.name_content(self._book._doc, formula)))

    @property
    def RefersToRange(self) -> Any:
        cells = self._uno.ReferredCells
        if cells is None:
            raise ComError(f"名称 {self._name} 不指向单元格")
        return self._book.Worksheets(cells.Spreadsheet.Name)._cells(areas.of_uno(cells.RangeAddress))

    @property
    def Visible(self) -> bool:
        """LibreOffice keeps no such mark; it holds as long as this process."""
        return self.Name not in self._book._memory.hidden_names

    @Visible.setter
    def Visible(self, visible: bool) -> None:
        hidden = self._book._memory.hidden_names
        (hidden.discard if visible else hidden.add)(self.Name)

    def Delete(self) -> None:
        (self._sheet or self._book._doc).NamedRanges.removeByName(self._name)


def _of(book: Any, sheet: Any, name: str) -> Name:
    return Name(book, sheet and sheet._uno, name)
