"""xlwings' books, sheets and ranges over the object model here, member for member as xlwings does it over Excel's."""

from __future__ import annotations

import os
from typing import Any

from xlwings import base_classes

from tests.lo_engine.bridge import ComError
from tests.lo_engine.xlwings_ranges import Range, member


class Books(base_classes.Books):
    """The open workbooks."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._api = app.api.Workbooks

    api = property(lambda self: self._api)
    app = property(lambda self: self._app)

    @property
    def active(self) -> Book:
        return Book(self._app, self._app.api.ActiveWorkbook)

    def __call__(self, key: int | str) -> Book:
        try:
            return Book(self._app, self._api(key))
        except ComError:
            raise KeyError(key) from None

    def __len__(self) -> int:
        return self._api.Count

    def __iter__(self) -> Any:
        return (Book(self._app, book) for book in self._api)

    def add(self) -> Book:
        return Book(self._app, self._api.Add())

    def open(self, fullname: str, update_links: Any = None, read_only: Any = None, *_: Any, **__: Any) -> Book:
        return Book(self._app, self._api.Open(fullname, update_links, read_only))


class Book(base_classes.Book):
    """One workbook."""

    def __init__(self, app: Any, api: Any) -> None:
        self._app = app
        self._api = api

    api = property(lambda self: self._api)
    app = property(lambda self: self._app)
    name = property(lambda self: self._api.Name)
    fullname = property(lambda self: self._api.FullName)
    sheets = property(lambda self: Sheets(self))
    names = property(lambda self: Names(self, self._api.Names))

    def close(self) -> None:
        self._api.Close(SaveChanges=False)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if path is None:
            self._api.Save()
        else:
            self._api.SaveAs(os.path.realpath(path))

    def activate(self) -> None:
        self._api.Activate()


class Sheets(base_classes.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._api = book.api.Worksheets

    api = property(lambda self: self._api)
    active = property(lambda self: Sheet(self._book, self._book.api.ActiveSheet))

    def __call__(self, key: int | str) -> Sheet:
        return Sheet(self._book, self._api(key))

    def __len__(self) -> int:
        return self._api.Count

    def __iter__(self) -> Any:
        return (Sheet(self._book, sheet) for sheet in self._api)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        added = Sheet(self._book, self._api.Add(before and before.api, after and after.api))
        if name:
            added.name = name
        return added


class Sheet(base_classes.Sheet):
    """One worksheet."""

    def __init__(self, book: Book, api: Any) -> None:
        self._book = book
        self._api = api

    api = property(lambda self: self._api)
    book = property(lambda self: self._book)
    index = property(lambda self: self._api.Index)
    name = property(lambda self: self._api.Name, lambda self, value: setattr(self._api, "Name", value))
    visible = property(lambda self: self._api.Visible, lambda self, value: setattr(self._api, "Visible", value))
    names = property(lambda self: Names(self._book, self._api.Names))
    cells = property(lambda self: Range(self, self._api.Cells))
    used_range = property(lambda self: Range(self, self._api.UsedRange))

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        corners = [self._corner(given) for given in (arg1, arg2) if given is not None]
        return Range(self, self._api.Range(*corners))

    def _corner(self, given: Any) -> Any:
        if isinstance(given, tuple):
            if len(given) == 4:  # xlwings hands over row, column, rows, columns
                row, column, rows, columns = given
                return self._api.Range(self._api.Cells(row, column),
                                       self._api.Cells(row + rows - 1, column + columns - 1))
            if 0 in given:
                raise IndexError("xlwings 的行列从 1 数起")
            return self._api.Cells(*given)
        return given if isinstance(given, str) else given.api

    def activate(self) -> None:
        self._api.Activate()

    def select(self) -> None:
        self._api.Select()

    def delete(self) -> None:
        self._api.Delete()

    def clear(self) -> None:
        self._api.Cells.Clear()

    def clear_contents(self) -> None:
        self._api.Cells.ClearContents()

    def clear_formats(self) -> None:
        self._api.Cells.ClearFormats()


class Names(base_classes.Names):
    """Defined names."""

    def __init__(self, book: Book, api: Any) -> None:
        self._book = book
        self.api = api

    def __call__(self, key: int | str) -> Name:
        return Name(self._book, self.api(key))

    def __len__(self) -> int:
        return self.api.Count

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.Name, Name(self._book, name)) for name in self.api]

    def contains(self, key: int | str) -> bool:
        try:
            self.api(key)
        except ComError:
            return False
        return True

    def add(self, name: str, refers_to: str) -> Name:
        return Name(self._book, self.api.Add(name, refers_to))


class Name(base_classes.Name):
    """One defined name."""

    def __init__(self, book: Book, api: Any) -> None:
        self._book = book
        self._api = api

    api = property(lambda self: self._api)
    name, refers_to = member("Name"), member("RefersTo")

    @property
    def refers_to_range(self) -> Range:
        cells = self._api.RefersToRange
        return Range(Sheet(self._book, cells.Worksheet), cells)

    def delete(self) -> None:
        self._api.Delete()
