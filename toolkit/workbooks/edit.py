"""Changes to a workbook file that leave everything else in it byte for byte as it was.

Clerks add columns, sheets, charts, pictures and comments in Excel; libraries that load and save a workbook drop what
they do not know. Here only the parts that a change concerns are rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.workbooks.ooxml import ranges, rowwriter
from toolkit.workbooks.ooxml.cells import CellRenderer, CellValue, Formula
from toolkit.workbooks.ooxml.sheetxml import Pattern, RowWrite, SheetXml
from toolkit.workbooks.ooxml.workbook import Workbook

__all__ = ["AppendRows", "CellValue", "Edit", "Formula", "SetCell", "apply"]


@dataclass(frozen=True, slots=True)
class SetCell:
    """Put a value into one cell (zero-based). None empties it. The cell's style stays.

    `like` names a cell (row, column) whose style a cell that does not exist yet takes.
    """

    sheet: str
    row: int
    column: int
    value: CellValue
    like: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Write rows of {zero-based column: value}, the first at zero-based `row`.

    Rows that do not exist look like the row `pattern`, else like their columns. Tables and filters that end just
    above `row` grow.
    """

    sheet: str
    row: int
    rows: Sequence[Mapping[int, CellValue]]
    pattern: int | None = None


Edit = SetCell | AppendRows
_PLAIN = Pattern()


def apply(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The workbook `data` with the edits made; where two write one cell, the later wins.

    UserError where a sheet is missing or the file is no workbook.
    """
    book = Workbook(data)
    _write_cells(book, [edit for edit in edits if isinstance(edit, SetCell | AppendRows)])
    return book.save()


def _write_cells(book: Workbook, edits: Sequence[SetCell | AppendRows]) -> None:
    by_name: dict[str, list[SetCell | AppendRows]] = {}
    for edit in edits:
        by_name.setdefault(edit.sheet, []).append(edit)
    for name, changes in by_name.items():
        sheet = book.sheet(name)
        looks = _Looks(sheet)
        rows: dict[int, RowWrite] = {}
        for edit in changes:
            _collect(rows, edit, looks.of(edit))
        renderer = CellRenderer(sheet.prefix, book.date1904, lambda *args: book.styles.dated(*args))
        rowwriter.write(sheet, rows, renderer)
        for edit in changes:
            if isinstance(edit, AppendRows) and edit.rows:
                ranges.grow(book, book.entry(name), sheet, edit.row, edit.row + len(edit.rows) - 1)
    if edits:
        book.recalculate()


class _Looks:
    """The patterns that edits of one sheet ask for; each pattern row is looked up once."""

    def __init__(self, sheet: SheetXml) -> None:
        self._sheet = sheet
        self._rows: dict[int, Pattern] = {}

    def of(self, edit: SetCell | AppendRows) -> Pattern:
        if isinstance(edit, AppendRows):
            return self._row(edit.pattern)
        if edit.like is None:
            return _PLAIN
        style = self._row(edit.like[0]).styles.get(edit.like[1])
        return Pattern({edit.column: style}) if style else _PLAIN

    def _row(self, number: int | None) -> Pattern:
        if number is None:
            return _PLAIN
        if number not in self._rows:
            self._rows[number] = self._sheet.pattern(number)
        return self._rows[number]


def _collect(rows: dict[int, RowWrite], edit: SetCell | AppendRows, pattern: Pattern) -> None:
    changed = [{edit.column: edit.value}] if isinstance(edit, SetCell) else edit.rows
    for number, values in enumerate(changed, edit.row):
        if known := rows.get(number):
            known.values.update(values)
            rows[number] = RowWrite(known.values, _joined(known.pattern, pattern))
        else:
            rows[number] = RowWrite(dict(values), pattern)


def _joined(first: Pattern, second: Pattern) -> Pattern:
    if not second.styles:
        return first
    return Pattern({**first.styles, **second.styles}, first.attributes or second.attributes)
