"""Defined names: those of a workbook and of its sheets."""

from __future__ import annotations

import re
from typing import Any

from openpyxl.workbook.defined_name import DefinedName

from tests.com.model.thing import Items, Thing
from tests.lo_engine import areas
from tests.lo_engine.refused import ComError

_PLAIN = re.compile(r"[^\W\d][\w.]*")
_CELLS = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!:]+))!([$A-Z0-9:,]+)")


class Names(Items):
    """The names of a workbook, of all scopes; or, made with a sheet, that sheet's. Sorted as Excel sorts them."""

    def __init__(self, book: Any, sheet: Any = None) -> None:
        self._book = book
        self._sheet = sheet
        super().__init__(self._all)

    def _all(self) -> list[Name]:
        holders = [self._sheet] if self._sheet else [None, *self._book.worksheets]
        found = [Name(self._book, sheet, name) for sheet in holders
                 for name in (sheet.sheet if sheet else self._book.file).defined_names]
        return sorted(found, key=lambda name: name.Name.lower())

    def Item(self, Index: int | str, IndexLocal: Any = None, RefersTo: Any = None) -> Name:
        if not isinstance(Index, str):
            return super().Item(Index)
        wanted = Index.lower()
        for name in self._all() if self._sheet is None else [*self._all(), *Names(self._book)._all()]:
            full = name.Name.lower()
            if wanted == full or ("!" not in wanted and wanted == full.rpartition("!")[2]):
                return name
        raise ComError(f"没有名称：{Index}")

    def Add(self, Name: str, RefersTo: Any = None, Visible: Any = None) -> Any:
        holder = (self._sheet.sheet if self._sheet else self._book.file).defined_names
        holder[Name] = DefinedName(Name, attr_text=str(RefersTo).removeprefix("="))
        return _name(self._book, self._sheet, Name)


class Name(Thing):
    """One defined name."""

    def __init__(self, book: Any, sheet: Any, name: str) -> None:
        self._book = book
        self._sheet = sheet
        self._key = name

    @property
    def _holder(self) -> Any:
        return (self._sheet.sheet if self._sheet else self._book.file).defined_names

    @property
    def Name(self) -> str:
        if self._sheet is None:
            return self._key
        title = self._sheet.Name
        quoted = title if _PLAIN.fullmatch(title) else "'" + title.replace("'", "''") + "'"
        return f"{quoted}!{self._key.removeprefix('_xlnm.')}"

    RefersTo = property(lambda self: "=" + (self._holder[self._key].attr_text or ""),
                        lambda self, formula: setattr(self._holder[self._key], "attr_text", formula.removeprefix("=")))
    Visible = property(lambda self: not self._holder[self._key].hidden,
                       lambda self, visible: setattr(self._holder[self._key], "hidden", not visible))

    @property
    def RefersToRange(self) -> Any:
        found = _CELLS.fullmatch(self.RefersTo)
        if not found:
            raise ComError(f"名称 {self._key} 不指向单元格")
        title = found[1].replace("''", "'") if found[1] else found[2]
        return self._book.Worksheets.Item(title).range_of(areas.of_text(found[3]))

    def Delete(self) -> None:
        del self._holder[self._key]


def _name(book: Any, sheet: Any, key: str) -> Name:
    return Name(book, sheet, key)
