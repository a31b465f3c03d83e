"""Marked copies of returns: coloured cells with comments, a 问题 column, a 问题清单 sheet. Originals are only read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.errors import UserError
from toolkit.returns.findings import ERROR, QUERY, Finding
from toolkit.sheets import copies, encryption, look
from toolkit.sheets.edit import AddSheet, ClearMarks, Edit, Link, Mark, RaiseRow, SetCell, SetWidth, Style, apply
from toolkit.sheets.grid import Book, Grid, from_a1
from toolkit.sheets.ooxml.cellxml import TEXT_LIMIT, CellValue
from toolkit.sheets.ooxml.sheetxml import MAX_COLUMNS
from toolkit.sheets.recalculate import refresh
from toolkit.sheets.scans import containers
from toolkit.sheets.scans.refusals import Unreadable

COLUMN = "问题"
LIST = "问题清单"
STATE_HEADER = "状态"
LIST_HEADERS = ("序号", "级别", "工作表", "单元格", "项目", "值", "问题", "条款", "代码", STATE_HEADER)
TO_DO = "待修改"  # how the state of an open finding begins
_LIST_WIDTHS = (6, 7, 14, 9, 18, 22, 56, 16, 12, 16)
_COLUMN_WIDTH = 64
_MOST_CHARACTERS = TEXT_LIMIT // 2  # a character may count twice
_LINE_HEIGHT, _HIGHEST = 15, 400  # points; Excel ends at 409
_ISSUE = Style(wrap=True, line=look.LINE)
_ISSUE_HEADER = Style(bold=True, wrap=True, center=True, color="#FFFFFF", fill=look.BAND, line=look.LINE)
_ACCENTS = {ERROR: Style(fill=look.ERROR_FILL, color=look.ERROR_TEXT, line=look.LINE, center=True),
            QUERY: Style(fill=look.QUERY_FILL, color=look.QUERY_TEXT, line=look.LINE, center=True)}


def write_marked(source: Path, book: Book, findings: Sequence[Finding], header_rows: Mapping[str, int],
                 out: Path, password: str | None = None) -> Path:
    """Write a marked copy of the return `source`, which was read as `book` with this `password`; returns the path written.

    `header_rows`: zero-based row of the column headers, by sheet. What an earlier run marked is cleared first. The copy
    of an .xlsx or .xlsm keeps all that is in it, its password too; of other formats, and of a workbook whose parts are not as
    they should be, it holds values at their addresses. `out` gets the suffix that fits. UserError where it cannot be written.
    """
    original = source.read_bytes()
    marked, suffix = _marked(_unlocked(original, password, source.name), book, findings, header_rows)
    if protection := encryption.password_of(original, password):
        marked = encryption.encrypted(marked, protection)
    out = out.with_suffix(suffix)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(marked)
    except OSError as cause:
        raise UserError(f"标记副本“{out.name}”不能写入。请关闭正在打开的同名文件，或另选文件夹。") from cause
    return out


def _unlocked(data: bytes, password: str | None, name: str) -> bytes:
    try:
        return containers.unlocked(data, password)
    except Unreadable as refusal:
        raise refusal.about(name) from refusal


def _marked(data: bytes, book: Book, findings: Sequence[Finding], header_rows: Mapping[str, int]) -> tuple[bytes, str]:
    """The marked copy and its suffix."""
    if copies.editable(data):
        try:
            return refresh(apply(data, edits(book, findings, header_rows)), book.file).data, copies.suffix(data)
        except UserError:
            pass  # a part is missing or damaged: what could be read can still be shown
    book, names = copies.with_legal_names(book)
    placed = [replace(finding, place=replace(finding.place, sheet=names.get(finding.place.sheet, finding.place.sheet)))
              for finding in findings]
    headers = {names.get(sheet, sheet): row for sheet, row in header_rows.items()}
    return refresh(apply(copies.as_xlsx(book, headers), edits(book, placed, headers)), book.file).data, copies.VALUES_SUFFIX


def edits(book: Book, findings: Sequence[Finding], header_rows: Mapping[str, int]) -> list[Edit]:
    """What clears the marks of an earlier run and makes those of this one; see `write_marked`."""
    grids = {grid.name: grid for grid in book.grids if grid.name != LIST}
    ordered = sorted(findings, key=lambda finding: _position(finding, list(grids)))
    made: list[Edit] = [ClearMarks(name) for name in grids]
    for name, grid in grids.items():
        placed = [(finding, from_a1(finding.place.cell)) for finding in ordered
                  if finding.open and finding.place.sheet == name and finding.place.cell]
        made += [Mark(name, *place, finding.level, _comment(finding)) for finding, place in placed]
        if name in header_rows:
            made += _issue_column(grid, header_rows[name], placed)
    return [*made, _issue_list(book, ordered, grids)]


def _position(finding: Finding, sheets: list[str]) -> tuple[int, int, int]:
    """Sorts as the sheets are read: whole file first, then sheet by sheet, row by row."""
    sheet = sheets.index(finding.place.sheet) if finding.place.sheet in sheets else -1
    return sheet, *(from_a1(finding.place.cell) if finding.place.cell else (-1, -1))


def _comment(finding: Finding) -> str:
    clause = f"（{finding.clause}）" if finding.clause else ""
    return _fitting(f"【{finding.level}】{finding.message}{clause}")


def _issue_column(grid: Grid, header_row: int, placed: Sequence[tuple[Finding, tuple[int, int]]]) -> Iterator[Edit]:
    """The 问题 column: the one of an earlier run, or a new one behind the headers; only where there is something."""
    headers = grid.rows[header_row] if header_row < len(grid.rows) else ()
    by_row: dict[int, list[str]] = {}
    for finding, (row, _) in placed:
        if row > header_row:
            field = f"{finding.place.field}：" if finding.place.field else ""
            by_row.setdefault(row, []).append(f"【{finding.level}】{field}{finding.message}")
    if COLUMN in headers:
        column = headers.index(COLUMN)
        for row in range(header_row + 1, len(grid.rows)):
            if row not in by_row and column < len(grid.rows[row]) and grid.rows[row][column] is not None:
                yield SetCell(grid.name, row, column, None)
    elif by_row:
        column = _free_column(grid, header_row)
        if column >= MAX_COLUMNS:
            return
        yield SetCell(grid.name, header_row, column, COLUMN, like=_ISSUE_HEADER)
        yield SetWidth(grid.name, column, _COLUMN_WIDTH)
    for row, texts in by_row.items():
        text = _fitting("\n".join(texts))
        yield SetCell(grid.name, row, column, text, like=_ISSUE)
        yield RaiseRow(grid.name, row, min(_HIGHEST, look.lines(text, _COLUMN_WIDTH) * _LINE_HEIGHT + 5))


def _free_column(grid: Grid, header_row: int) -> int:
    """The first column behind the last header in which no row holds anything."""
    headers = grid.rows[header_row] if header_row < len(grid.rows) else ()
    used = {column for row in grid.rows[header_row:] for column, value in enumerate(row) if value not in (None, "")}
    last = max((column for column, value in enumerate(headers) if value not in (None, "")), default=-1)
    return next(column for column in range(last + 1, last + len(used) + 2) if column not in used)


def _issue_list(book: Book, ordered: Sequence[Finding], grids: Mapping[str, Grid]) -> AddSheet:
    rows: list[tuple[CellValue | Link, ...]] = []
    for number, finding in enumerate(ordered, 1):
        place = finding.place
        cell = Link(place.cell, place.sheet, place.cell) if place.cell and place.sheet in grids else place.cell
        rows.append((number, finding.level, place.sheet, cell, *map(_fitting, (
            place.field, finding.value, finding.message, finding.clause, finding.code, _state(finding)))))
    return AddSheet(LIST, f"{book.file} 问题清单", LIST_HEADERS, _LIST_WIDTHS, rows, _counts(ordered), _ACCENTS)


def _fitting(text: str) -> str:
    """As much of a text as a cell or a comment can hold whatever its characters."""
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS - 2]}……"


def _state(finding: Finding) -> str:
    if finding.level == ERROR:
        return TO_DO
    return f"已说明：{finding.explained}" if finding.explained else f"{TO_DO}或说明"


def _counts(findings: Sequence[Finding]) -> tuple[str, ...]:
    if not findings:
        return ("没有发现问题。",)
    errors = sum(finding.level == ERROR for finding in findings)
    queries = len(findings) - errors
    explained = sum(not finding.open for finding in findings)
    return (f"错误 {errors} 条，必须修改；提示 {queries} 条，修改或在“备注”里说明（已说明 {explained} 条）。",
            "点“单元格”一列可以跳到该处。请在原表中修改，再校验一次。")
