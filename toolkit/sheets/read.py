"""Workbooks of any format → Book. Values by python-calamine, everything that it cannot tell by the scans.

What is never trusted: extensions, declared sizes, declared extents. What is never lost in silence: see Book.notes.
"""

from __future__ import annotations

import hashlib
import math
import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.sheets import collecting, number_formats
from toolkit.sheets.disk import legible
from toolkit.sheets.grid import Book, CellError, Grid, Value
from toolkit.sheets.scans import containers
from toolkit.sheets.scans.extents import Scanned, SheetFacts
from toolkit.sheets.scans.refusals import Unreadable

if TYPE_CHECKING:
    import python_calamine as calamine

MAX_FILE_BYTES = 100 << 20
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et", ".xltx", ".xltm", ".xlt", ".ett")
_NOTHING = ""
_WHY_NOT = {
    ".csv": "是文本，格式已经丢失。请另存为 .xlsx 再放进来",
    ".tsv": "是文本，格式已经丢失。请另存为 .xlsx 再放进来",
    ".zip": "是压缩包。请先解压，把其中的工作簿放进来",
    ".rar": "是压缩包。请先解压，把其中的工作簿放进来",
    ".7z": "是压缩包。请先解压，把其中的工作簿放进来",
    ".lnk": "是快捷方式。请放入它所指的文件本身",
    ".tmp": "是临时文件。请确认所需的文件已经存好",
    ".bak": "是备份文件。如需读取，请另存为 .xlsx 再放进来",
}


def candidates(paths: Sequence[Path]) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files to read, in the order of their names, and what is ignored with a Chinese reason each.

    A folder stands for the workbooks in it, not for its sub-folders'. A file that is named itself is read whatever its
    extension. Raises UserError where a path does not exist.
    """
    files: list[Path] = []
    ignored: list[tuple[Path, str]] = []
    for path in map(Path, paths):
        for entry in _entries(path) if path.is_dir() else (path,):
            reason = _why_not(entry, listed=entry is not path)
            if reason:
                ignored.append((entry, reason))
            else:
                files.append(entry)
    unique = list({file.resolve(): file for file in reversed(files)}.values())
    ignored += [(file, "前面已经给出同一个文件，只读一次。请不必重复给出") for file in _without(files, unique)]
    return sorted(unique, key=_by_name), sorted(ignored, key=lambda item: _by_name(item[0]))


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise UserError(f"文件夹“{folder.name}”打不开，可能没有读取权限。请检查权限后再试。") from error


def _why_not(path: Path, listed: bool) -> str:
    """Why a path is not read, "" if it is. `listed`: found in a folder rather than named."""
    name = path.name
    if name.startswith("~$"):
        return "是 Excel 打开文件时留下的锁文件。请关闭正在编辑的工作簿，它会自动消失"
    if name.startswith((".", "~")):
        return "是隐藏文件或临时文件。如是报表，请改名后再放进来"
    if path.is_symlink():
        return "是链接。请放入它所指的文件本身"
    if path.is_dir():
        return "是子文件夹，没有往下读。请把其中的工作簿移出来，或单独给出这个文件夹"
    if not path.exists():
        raise Unreadable("missing").about(str(path))
    suffix = path.suffix.lower()
    if listed and suffix not in WORKBOOKS:
        return _WHY_NOT.get(suffix, "不是工作簿。如是报表，请用 Excel 或 WPS 另存为 .xlsx")
    return ""


def _without(files: list[Path], unique: list[Path]) -> list[Path]:
    kept = {id(file) for file in unique}
    return [file for file in files if id(file) not in kept]


def _by_name(path: Path) -> tuple[str, str]:
    return path.name, str(path)


def workbook(path: Path, password: str | None = None, skip: frozenset[str] = frozenset()) -> Book:
    """Read one workbook. Raises UserError: what is wrong with the file and what to do.

    Sheets named in `skip` come back empty: nobody looks at a template's own print page and instructions.
    """
    name = legible(Path(path).name)
    try:
        data = _bytes(Path(path))
    except Unreadable as refusal:
        raise refusal.about(name) from refusal
    return from_bytes(data, name, password, skip)


def from_bytes(data: bytes, name: str, password: str | None = None, skip: frozenset[str] = frozenset()) -> Book:
    """Read a workbook that is in memory; `name` is how messages call it. Raises UserError like `workbook`."""
    try:
        with collecting.put_off():
            scanned, grids = _scanned(data, password, skip)
    except Unreadable as refusal:
        raise refusal.about(name) from refusal
    notes = tuple(_note(grid.name, layout) for grid, layout in grids if layout.left_out_count)
    return Book(name, tuple(grid for grid, _layout in grids), scanned.properties,
                hashlib.sha256(data).hexdigest(), notes)


def workbooks(paths: Sequence[Path], password: str | None = None,
              skip: frozenset[str] = frozenset()) -> Iterator[tuple[Path, Book | UserError]]:
    """Read many workbooks, in the order given, a few at a time; a file that cannot be read yields its UserError."""
    if len(paths) < 2:
        yield from ((path, _book_or_error(path, password, skip)) for path in paths)
        return
    from concurrent.futures import ThreadPoolExecutor

    workers = min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque = deque()
        for path in paths:
            waiting.append((path, pool.submit(_book_or_error, path, password, skip)))
            if len(waiting) > 2 * workers:
                done, future = waiting.popleft()
                yield done, future.result()
        for path, future in waiting:
            yield path, future.result()


def _book_or_error(path: Path, password: str | None, skip: frozenset[str]) -> Book | UserError:
    try:
        return workbook(path, password, skip)
    except UserError as error:
        return error


def _bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable("folder")
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("special")
        if found.st_size > MAX_FILE_BYTES:
            raise Unreadable("large", megabytes=found.st_size >> 20, limit=MAX_FILE_BYTES >> 20)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("missing") from error
    except PermissionError as error:
        raise Unreadable("locked") from error
    except OSError as error:
        raise Unreadable("disk") from error


def _scanned(data: bytes, password: str | None, skip: frozenset[str]) -> tuple[Scanned, list[tuple[Grid, SheetFacts]]]:
    """The scanned file, and every worksheet's Grid beside its facts. Raises Unreadable."""
    scanned = containers.scan(data, password, skip)
    try:
        return scanned, _grids(scanned, skip)
    except Unreadable as refusal:
        if refusal.reason != "damaged":
            raise
        # One odd cell is enough for the value reader to give up: look at each of them, which takes ten times as long.
        scanned = containers.scan(data, password, skip, mend=True)
        return scanned, _grids(scanned, skip)


def _grids(scanned: Scanned, skip: frozenset[str]) -> list[tuple[Grid, SheetFacts]]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(scanned.data))
        sheets = book.sheets_metadata
        if len(sheets) != len(scanned.layouts):
            raise Unreadable("damaged")
        shown, grid_sheet = calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet
        return [(Grid(sheet.name, (), visible=sheet.visible == shown) if sheet.name in skip else
                 _grid(book.get_sheet_by_index(number), sheet.visible == shown, layout, scanned.date1904), layout)
                for number, (sheet, layout) in enumerate(zip(sheets, scanned.layouts, strict=True))
                if sheet.typ == grid_sheet]
    except calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable("damaged") from error
    except BaseException as error:
        # A panic of the value reader arrives as pyo3_runtime.PanicException, which cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("damaged") from error


def _grid(sheet: calamine.CalamineSheet, visible: bool, facts: SheetFacts, date1904: bool) -> Grid:
    rows = [_row(values) for values in sheet.to_python(skip_empty_area=False)]
    for (row, column), value in facts.instead.items():
        _put(rows, row, column, value)
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    columns = frozenset(column for column in facts.hidden_columns if column < width)
    return Grid(sheet.name, tuple(rows), tuple(facts.merged), frozenset(facts.hidden_rows), columns,
                frozenset(facts.uncached), visible, frozenset(facts.struck), frozenset(facts.partly_struck),
                facts.seen | _seen(rows, facts.formats) if facts.formats else facts.seen, date1904)


def _seen(rows: list[tuple[Value, ...]], formats: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """What the cells show whose number format makes that something else than their value."""
    found = {}
    for (row, column), code in formats.items():
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        shown = number_formats.seen(code, value)
        if shown is not None:
            found[row, column] = shown
    return found


def _row(values: list) -> tuple[Value, ...]:
    """The row with None for empty cells, nothing behind its last value. Most rows of a form are empty or full."""
    empty = values.count(_NOTHING)
    if empty == len(values):
        return ()
    if not math.isfinite(sum([value for value in values if value.__class__ is float])):
        # No spreadsheet shows such a number; a damaged file may hold one, and nothing behind can reckon with it.
        values = [_finite(value) for value in values]
    if not empty:
        return tuple(values)
    while values[-1] == _NOTHING:
        values.pop()
    return tuple([None if value == _NOTHING else value for value in values])


def _finite(value: Value) -> Value:
    return CellError("#NUM!") if isinstance(value, float) and not math.isfinite(value) else value


def _put(rows: list[tuple[Value, ...]], row: int, column: int, value: Value) -> None:
    rows.extend([()] * (row + 1 - len(rows)))
    values = list(rows[row])
    values.extend([None] * (column + 1 - len(values)))
    values[column] = value
    rows[row] = tuple(values)


def _note(sheet: str, layout: SheetFacts) -> str:
    cells = "、".join(f"{address}（“{text}”）" if text else address for address, text in layout.left_out)
    more = "等" if layout.left_out_count > len(layout.left_out) else ""
    return (f"“{sheet}”表中远离表格的 {layout.left_out_count} 个单元格没有读入：{cells}{more}。"
            f"请核对，无用的删除，有用的移到表格内。")
