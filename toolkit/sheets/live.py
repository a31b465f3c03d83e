"""A workbook that is open in Excel: read as it stands on screen, changed by the same edits as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.sheets.edit import (
    AddSheet,
    AppendRows,
    ClearMarks,
    Edit,
    Mark,
    RaiseRow,
    SetCell,
    SetProperty,
    SetValidation,
    SetWidth,
)
from toolkit.sheets.excel import faults, lists, markings, reading, validating, writing
from toolkit.sheets.excel.areas import Area
from toolkit.sheets.excel.protection import Sheets
from toolkit.sheets.excel.screen import Screen
from toolkit.sheets.grid import Book, CellRef, Grid

if TYPE_CHECKING:
    import xlwings as xw

TITLE = "技能大师工作室工具箱"
_FOLDER_DIALOG = 4  # msoFileDialogFolderPicker
_CHOSEN = -1
_READING_TIME = 2  # seconds
_TEXT_PROPERTY = 4  # msoPropertyTypeString


class OpenBook:
    """Wraps an xlwings Book for one press of a button. Every method raises UserError where Excel waits for the clerk or was closed."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self._app = book.app
        self.name: str = book.name
        self._screen: Screen | None = None
        self._is_quiet = False
        self._statuses: list[object] = []  # what the status bar showed before, and since
        self._told_at = 0.0

    @cached_property
    def path(self) -> Path | None:
        """Where the workbook lies on this disk; None if it was never saved, or lies in a cloud folder kept elsewhere."""
        import xlwings as xw

        if not self._book.api.Path:
            return None
        try:
            return Path(self._book.fullname)
        except xw.XlwingsError:
            return None

    @property
    def screen(self) -> Screen:
        """What stands on screen, seen by a copy that Excel writes in one call, as it was when it was first looked at.

        The methods below ask Excel itself, many times.
        """
        if self._screen is None:
            self._screen = Screen(self)
        return self._screen

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the worksheets, in their order."""
        with faults.explained(self.name):
            return tuple(sheet.name for sheet in self._book.sheets)

    def sheet(self, name: str) -> Grid | None:
        """One sheet's values as they stand on screen; None where there is none of this name."""
        names = frozenset(self.sheets)
        found = self.read(names - {name}, names) if name in names else None
        return next(grid for grid in found.grids if grid.name == name) if found else None

    def read(self, skip: frozenset[str] = frozenset(), flat: frozenset[str] = frozenset()) -> Book:
        """The values as they stand on screen. Sheets named in `skip` come back empty, those in `flat` without their merged
        areas: Excel is asked about merging area by area, which takes time on a page full of it."""
        with faults.explained(self.name):
            return reading.book(self._book, skip, flat)

    def formulas(self, skip: frozenset[str] = frozenset()) -> Iterator[tuple[str, int, int, str]]:
        """Sheet, zero-based row and column, formula in English without `=`, of every cell that has one; none of sheets in `skip`."""
        with faults.explained(self.name):
            yield from reading.formulas(self._book, skip)

    def spots(self) -> dict[str, CellRef]:
        """The workbook's defined names that stand for one cell."""
        with faults.explained(self.name):
            return reading.spots(self._book)

    def apply(self, edits: Sequence[Edit]) -> None:
        """Make the edits in whole blocks, in the order of `edit.apply` but for widths, which come before cells.

        UserError where a sheet is missing or protected with a password, where no sheet can be added, or where Excel
        refuses a block; what was written before stays. Protection and the screen are restored whatever happens.
        """
        seen = self.screen.snapshot if any(isinstance(edit, ClearMarks | AddSheet) for edit in edits) else None
        self._screen = None
        with faults.explained(self.name), self.quiet(), Sheets(self._book, seen) as sheets:
            self._carry_out(sheets, edits)

    def _carry_out(self, sheets: Sheets, edits: Sequence[Edit]) -> None:
        def of(*kinds: type) -> list:
            return [edit for edit in edits if isinstance(edit, kinds)]

        date1904 = sheets.date1904
        for edit in of(ClearMarks):
            markings.clear(sheets, edit.sheet)
        for edit in of(AddSheet):
            lists.add(sheets, edit, date1904)
        # Widths first: Excel makes rows as high as wrapped text needs at the width it finds.
        for edit in of(SetWidth):
            writing.set_width(sheets.writable(edit.sheet), edit)
        for name, cells in _by_sheet(of(SetCell, AppendRows)):
            writing.write(sheets.writable(name), name, cells, date1904)
        for name, rows in _by_sheet(of(RaiseRow)):
            writing.raise_rows(sheets.writable(name), rows)
        for edit in of(SetValidation):
            validating.add(sheets.writable(edit.sheet), edit.column, edit.rows, edit.rule)
        markings.add(sheets, of(Mark))
        for edit in of(SetProperty):
            self._set_property(edit)

    def _set_property(self, edit: SetProperty) -> None:
        properties = self._book.api.CustomDocumentProperties
        for number in range(1, properties.Count + 1):
            if properties.Item(number).Name == edit.name:
                properties.Item(number).Value = edit.value
                return
        properties.Add(edit.name, False, _TEXT_PROPERTY, edit.value)

    def copy(self) -> bytes:
        """The workbook as it stands on screen, saved or not. UserError where Excel cannot write the copy."""
        with faults.explained(self.name), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            target = Path(folder) / f"copy{Path(self.name).suffix or '.xlsx'}"
            with faults.refusable(f"“{self.name}”没有写成副本", "请检查磁盘是否已满，再试一次。"):
                self._book.api.SaveCopyAs(str(target))
            return target.read_bytes()

    def save(self) -> None:
        """Save the workbook where it lies. UserError where it was never saved or cannot be written."""
        with faults.explained(self.name), self.quiet():
            if not self._book.api.Path:
                raise UserError(f"“{self.name}”还没有存成文件。请先点“文件—另存为”保存，再试一次。")
            if self._book.api.ReadOnly:
                raise UserError(f"“{self.name}”是以只读方式打开的，不能保存。请关闭它，确认没有别人在用，再重新打开。")
            with faults.refusable(f"“{self.name}”没有保存", "请检查磁盘和网络，按提示处理后再试一次。"):
                self._book.save()

    def go(self, sheet: str, row: int, column: int) -> None:
        """Show a cell (zero-based) and select it. UserError where its sheet is missing or hidden."""
        with faults.explained(self.name):
            target = Sheets(self._book).seen(sheet)
            if not reading.is_visible(target):
                raise UserError(f"“{sheet}”表是隐藏的，不能跳到该处。请右键点任一工作表标签，选“取消隐藏”，再试一次。")
            self._book.api.Activate()
            target.api.Activate()
            target.range(Area(row, column, row, column).address).api.Select()

    def at(self) -> CellRef:
        """The selected cell: sheet, zero-based row and column; A1 where a drawing is selected."""
        with faults.explained(self.name):
            chosen = self._app.selection
            row, column = (chosen.row, chosen.column) if chosen else (1, 1)
            return CellRef(self._book.sheets.active.name, row - 1, column - 1)

    def tell(self, text: str) -> None:
        """Show a message and wait until it is closed."""
        with faults.explained(self.name):
            self._app.alert(text, TITLE, buttons="ok", mode="info")

    def ask(self, text: str) -> bool:
        """Ask a question that is answered by yes or no."""
        with faults.explained(self.name):
            return self._app.alert(text, TITLE, buttons="yes_no", mode="info") == "yes"

    def choose_folder(self, title: str, start: Path | None) -> Path | None:
        """Let the clerk choose a folder, `start` being shown first; None where the choice is called off."""
        with faults.explained(self.name):
            dialog = self._app.api.FileDialog(_FOLDER_DIALOG)
            dialog.Title = title
            if start:
                dialog.InitialFileName = f"{start}\\" if "\\" in str(start) else f"{start}/"
            return Path(dialog.SelectedItems(1)) if dialog.Show() == _CHOSEN else None

    def progress(self, done: int, total: int, name: str) -> None:
        """Tell in the status bar how far a long task is: not more often than people can read."""
        if self._statuses and monotonic() - self._told_at < _READING_TIME:
            return
        with faults.explained(self.name):
            if not self._statuses:
                self._statuses.append(self._app.status_bar)
            text = f"{done}/{total}　{name}"
            self._app.status_bar = text
            self._statuses.append(text)
            self._told_at = monotonic()

    def _take_back_progress(self, kept: int) -> None:
        """The status bar as it was when it had shown `kept` texts."""
        if len(self._statuses) > max(kept, 1):
            status = self._statuses[max(kept, 1) - 1]
            del self._statuses[kept:]
            # Excel says False, or FALSE as a text, where the status bar is its own.
            self._app.status_bar = status if isinstance(status, str) and status.upper() != "FALSE" else False

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """No flicker, no events, no questions of Excel's own while it lasts; all as before behind it, status bar too."""
        kept = len(self._statuses)
        before = None if self._is_quiet else self._hushed()
        try:
            yield
        finally:
            if before:
                self._app.screen_updating, self._app.enable_events, self._app.display_alerts = before
                self._is_quiet = False
            self._take_back_progress(kept)

    def _hushed(self) -> tuple[bool, bool, bool]:
        """What was set before."""
        app = self._app
        before = app.screen_updating, app.enable_events, app.display_alerts
        app.screen_updating = app.enable_events = app.display_alerts = False
        self._is_quiet = True
        return before


def _by_sheet(edits: Sequence) -> Iterable[tuple[str, list]]:
    found: dict[str, list] = {}
    for edit in edits:
        found.setdefault(edit.sheet, []).append(edit)
    return found.items()
