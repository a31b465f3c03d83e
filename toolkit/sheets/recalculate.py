"""Formulas computed without Excel, and what they give written into the workbook's own cells; everything else stays byte for byte.

A workbook read by a program other than Excel shows the values that were saved beside its formulas. Libraries that compute and save lose
validations and protection, so only the computing is left to one (see `calculation`); the cells are changed in the XML they came in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from toolkit.errors import UserError
from toolkit.sheets import collecting
from toolkit.sheets.calculation import Calculation, Gap
from toolkit.sheets.fillable import FillableSheet, Piece
from toolkit.sheets.grid import CellRef, from_a1
from toolkit.sheets.ooxml.cellxml import CellValue, serial
from toolkit.sheets.ooxml.package import QUICK
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.stored_cells import SharedTexts, StoredCells

_CELL_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:]+))!\$?([A-Z]+)\$?(\d+)")


class Refreshed(NamedTuple):
    """The workbook with fresh values beside its formulas, and the formulas that kept their old one."""

    data: bytes
    gaps: tuple[Gap, ...]


def refresh(data: bytes, name: str = "", on: date | None = None) -> Refreshed:
    """The workbook with every formula computed as of the day `on`; None: what hangs on TODAY() keeps its value.

    `name` is how messages call the file. UserError where it is no .xlsx or .xlsm, or where the engine is not installed.
    """
    with collecting.put_off():
        return Filler(data, name, on).fill({})


class Filler:
    """A workbook taken apart once, to be filled in and computed many times. Use it in the thread that made it."""

    def __init__(self, template: bytes, name: str = "", on: date | None = None) -> None:
        """UserError where `template` is no .xlsx or .xlsm, or where the engine is not installed. `on` as in `refresh`."""
        self._name = name or "模板"
        book = Workbook(template)
        self._package, self._date1904, shared = book.package, book.date1904, SharedTexts(book)
        self.sheets = {entry.name: FillableSheet(entry, StoredCells(book.package.plain(entry.part), shared, book.date1904), book.date1904)
                       for entry in book.sheets() if entry.holds_cells}
        self.spots = dict(named_cells(book))
        self._calculation = Calculation(book, self.sheets, on)
        self._put: set[CellRef] = set()

    def fill(self, values: Mapping[CellRef, CellValue]) -> Refreshed:
        """The template with these cells filled in and every formula computed.

        A fill knows nothing of the one before. UserError where the template has no such cell.
        """
        pieces: dict[str, list[Piece]] = {}
        for spot, value in values.items():
            pieces.setdefault(spot.sheet, []).append(self._sheet_with(spot).input(spot, value))
        for spot in self._put - values.keys():
            self._calculation.restore(spot)
        self._put = set(values)
        for spot, value in values.items():
            self._calculation.put(spot, self._counted(value))
        computed, gaps = self._calculation.answers(self._put)
        for formula, answer in computed:
            if (new := formula.showing(answer)) != formula.now:
                pieces.setdefault(formula.spot.sheet, []).append((formula.start, formula.end, new))
        return Refreshed(self._written(pieces, bool(gaps)), gaps)

    def _sheet_with(self, spot: CellRef) -> FillableSheet:
        sheet = self.sheets.get(spot.sheet)
        if sheet is None or (spot.row, spot.column) not in sheet.slots:
            raise UserError(f"“{self._name}”的“{spot.sheet}”表里没有 {spot.address} 这一格。请换用原来的模板。")
        return sheet

    def _counted(self, value: CellValue) -> CellValue:
        if isinstance(value, date | datetime | time | timedelta):
            return serial(value, self._date1904)
        return value

    def _written(self, pieces: Mapping[str, list[Piece]], incomplete: bool) -> bytes:
        contents = {sheet.part: new for sheet, changed in ((self.sheets[name], changed) for name, changed in pieces.items())
                    if (new := sheet.with_cells(changed)) != sheet.xml}
        data = self._package.with_contents(contents, QUICK)
        return _to_be_computed(data) if incomplete else data


def _to_be_computed(data: bytes) -> bytes:
    """The workbook told to compute everything when a spreadsheet program opens it."""
    book = Workbook(data)
    book.recalculate()
    return book.save()


def named_cells(book: Workbook) -> Iterator[tuple[str, CellRef]]:
    """Defined names that stand for one cell."""
    for name, position, content, _ in book.names():
        if position is None and (spot := named_cell(content)):
            yield name, spot


def named_cell(content: str) -> CellRef | None:
    """The cell that the content of a defined name stands for; None where it is no single cell."""
    found = _CELL_NAME.fullmatch(content)
    if not found:
        return None
    return CellRef(found[1].replace("''", "'") if found[1] else found[2], *from_a1(found[3] + found[4]))
