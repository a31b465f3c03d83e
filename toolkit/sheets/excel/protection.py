"""Writing on protected sheets: the protection is lifted where it is needed and put back as it was, whatever happens.

What is handed to Excel by name is lost without a word once an argument before it is left out: pywin32, late bound, stops at
the gap (github.com/mhammond/pywin32/pull/2150). So every argument is given, by its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.sheets.excel import faults

if TYPE_CHECKING:
    import xlwings as xw

_ALLOWED = ("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
            "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting",
            "AllowFiltering", "AllowUsingPivotTables")
_FOR_MACROS_TOO = False  # UserInterfaceOnly: the protection holds for everyone
# Without any password Excel would ask the clerk for one; where a sheet has none, whatever is given opens it.
_NO_PASSWORD = "\u2014no password\u2014"


class Sheets:
    """The sheets of an open workbook, for writing. Use as a context manager: it ends with every protection restored."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self._by_name = {sheet.name.casefold(): sheet for sheet in book.sheets}
        self._lifted = ExitStack()
        self._open: set[str] = set()

    def __enter__(self) -> Sheets:
        return self

    def __exit__(self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None) -> None:
        self._lifted.__exit__(kind, raised, trace)

    def seen(self, name: str) -> xw.Sheet:
        """A sheet to look at. UserError where there is none of this name."""
        if name.casefold() not in self._by_name:
            there = "、".join(sheet.name for sheet in self._by_name.values())
            raise UserError(f"工作簿里没有“{name}”工作表（现有：{there}）。请恢复这张工作表，或改回原来的表名。")
        return self._by_name[name.casefold()]

    def writable(self, name: str) -> xw.Sheet:
        """A sheet to write on. UserError where it is missing or protected with a password."""
        sheet = self.seen(name)
        if sheet.name not in self._open:
            self._lifted.enter_context(_lifted(sheet))
            self._open.add(sheet.name)
        return sheet

    def added(self, name: str) -> xw.Sheet:
        """A new sheet behind the others. UserError where the workbook's structure is protected."""
        if self.book.api.ProtectStructure:
            raise UserError(f"“{self.book.name}”的结构受保护，不能添加“{name}”表。"
                            "请点“审阅—保护工作簿”取消保护，再试一次。")
        shown = self.book.sheets.active
        sheet = self.book.sheets.add(name, after=self.book.sheets[len(self.book.sheets) - 1])
        shown.activate()
        self._by_name[name.casefold()] = sheet
        self._open.add(name)
        return sheet

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._by_name


@contextmanager
def _lifted(sheet: xw.Sheet) -> Iterator[None]:
    api = sheet.api
    if not (api.ProtectContents or api.ProtectDrawingObjects or api.ProtectScenarios):
        yield
        return
    flags = [api.ProtectDrawingObjects, api.ProtectContents, api.ProtectScenarios, _FOR_MACROS_TOO]
    flags += [getattr(api.Protection, name) for name in _ALLOWED]
    selectable = api.EnableSelection
    locked = f"“{sheet.name}”表设有密码保护，没有写入。"
    remedy = "请点“审阅—撤销工作表保护”，输入密码，再试一次。"
    with faults.refusable(locked.rstrip("。"), remedy):
        api.Unprotect(_NO_PASSWORD)
    if api.ProtectContents:
        raise UserError(locked + remedy)
    try:
        yield
    finally:
        api.Protect("", *flags)  # no password
        api.EnableSelection = selectable
