"""Changes to a workbook file that leave everything else in it byte for byte as it was.

Clerks add columns, sheets, charts, pictures and comments in Excel; libraries that load and save a workbook drop what
they do not know. Here only the parts that a change concerns are rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.sheets import look
from toolkit.sheets.ooxml import comments, highlights, listsheet, properties, ranges, rowwriter, validations
from toolkit.sheets.ooxml.cellxml import CellRenderer, CellValue, Formula
from toolkit.sheets.ooxml.listsheet import Link
from toolkit.sheets.ooxml.package import TIGHT
from toolkit.sheets.ooxml.sheetxml import Pattern, RowWrite, SheetXml
from toolkit.sheets.ooxml.styles import GENERAL, Style
from toolkit.sheets.ooxml.validations import Validation
from toolkit.sheets.ooxml.workbook import Workbook

__all__ = ["AddSheet", "AppendRows", "CellValue", "ClearMarks", "Edit", "Formula", "Link", "Mark", "RaiseRow",
           "SetCell", "SetProperty", "SetValidation", "SetWidth", "Style", "Validation", "apply"]


@dataclass(frozen=True, slots=True)
class SetCell:
    """Put a value into one cell (zero-based). None empties it. The cell's style stays.

    `like`: the style for a cell that does not exist yet, or the (row, column) of a cell that has it.
    """

    sheet: str
    row: int
    column: int
    value: CellValue
    like: tuple[int, int] | Style | None = None


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


@dataclass(frozen=True, slots=True)
class SetWidth:
    """Set the width of a zero-based column, in characters.

    `number_format`: of the cells of a column in which nothing stands yet, so that what is typed there stays what it is.
    """

    sheet: str
    column: int
    width: float
    number_format: str = GENERAL


@dataclass(frozen=True, slots=True)
class RaiseRow:
    """Make a zero-based row at least this high, in points."""

    sheet: str
    row: int
    height: float


@dataclass(frozen=True, slots=True)
class SetValidation:
    """Let the cells of a zero-based column, from the first to the last row, accept what the rule says.

    Where people set a rule of their own for any of these cells, theirs stays.
    """

    sheet: str
    column: int
    rows: tuple[int, int]
    rule: Validation


AddSheet = listsheet.ListSheet


@dataclass(frozen=True, slots=True)
class Mark:
    """Colour one cell (zero-based) by its level (see `look.MARKS`) and give it a comment; no comment where it is empty."""

    sheet: str
    row: int
    column: int
    level: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ClearMarks:
    """Remove the colours and comments of earlier marks from one sheet."""

    sheet: str


@dataclass(frozen=True, slots=True)
class SetProperty:
    """Set a custom document property to a text."""

    name: str
    value: str


Edit = SetCell | AppendRows | SetWidth | RaiseRow | SetValidation | AddSheet | Mark | ClearMarks | SetProperty
_PLAIN = Pattern()


def apply(data: bytes, edits: Sequence[Edit], level: int = TIGHT) -> bytes:
    """The workbook `data` with the edits made, packed at this level of zlib. Marks are cleared first, then sheets added, cells written and marked.

    Where two edits write one cell, the later wins. UserError where a sheet is missing or the file is no workbook.
    """
    def of(*kinds: type) -> list:
        return [edit for edit in edits if isinstance(edit, kinds)]

    book = Workbook(data)
    for edit in of(ClearMarks):
        sheet = book.sheet(edit.sheet)
        highlights.clear(sheet)
        comments.clear(book.package, book.entry(edit.sheet).part, sheet)
    for edit in of(AddSheet):
        listsheet.add(book, edit)
    _write_cells(book, of(SetCell, AppendRows))
    for edit in of(SetWidth):
        style = "" if edit.number_format == GENERAL else book.styles.with_format("", edit.number_format)
        book.sheet(edit.sheet).set_width(edit.column, edit.width, style)
    _raise_rows(book, of(RaiseRow))
    for edit in of(SetValidation):
        validations.add(book.sheet(edit.sheet), edit.column, edit.rows, edit.rule)
    _mark(book, of(Mark))
    for edit in of(SetProperty):
        properties.set_text(book.package, edit.name, edit.value)
    return book.save(level)


def _write_cells(book: Workbook, edits: Sequence[SetCell | AppendRows]) -> None:
    by_name: dict[str, list[SetCell | AppendRows]] = {}
    for edit in edits:
        by_name.setdefault(edit.sheet, []).append(edit)
    for name, changes in by_name.items():
        sheet = book.sheet(name)
        looks = _Looks(book, sheet)
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

    def __init__(self, book: Workbook, sheet: SheetXml) -> None:
        self._book = book
        self._sheet = sheet
        self._rows: dict[int, Pattern] = {}

    def of(self, edit: SetCell | AppendRows) -> Pattern:
        if isinstance(edit, AppendRows):
            return self._row(edit.pattern)
        if edit.like is None:
            return _PLAIN
        if isinstance(edit.like, Style):
            return Pattern({edit.column: self._book.styles.add(edit.like)})
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


def _raise_rows(book: Workbook, edits: Sequence[RaiseRow]) -> None:
    by_sheet: dict[str, dict[int, float]] = {}
    for edit in edits:
        by_sheet.setdefault(edit.sheet, {})[edit.row] = edit.height
    for name, heights in by_sheet.items():
        book.sheet(name).raise_rows(heights)


def _mark(book: Workbook, marks: Sequence[Mark]) -> None:
    by_sheet: dict[str, dict[tuple[int, int], list[Mark]]] = {}
    for mark in marks:
        by_sheet.setdefault(mark.sheet, {}).setdefault((mark.row, mark.column), []).append(mark)
    for name, places in by_sheet.items():
        sheet, notes = book.sheet(name), {}
        cells: dict[int, list[tuple[int, int]]] = {}
        for place, together in places.items():
            level = look.gravest(mark.level for mark in together)
            cells.setdefault(book.styles.add_difference(*look.MARKS[level]), []).append(place)
            if comment := "\n".join(mark.comment for mark in together if mark.comment):
                notes[place] = comment
        highlights.add(sheet, cells)
        comments.add(book.package, book.entry(name).part, sheet, notes)
