"""Formulas computed without Excel, and what they give written into the workbook's own cells; everything else stays byte for byte.

A workbook read by a program other than Excel shows the values that were saved beside its formulas. Libraries that compute and save lose
validations and protection, so only the computing is left to one (ironcalc); the cells are changed in the XML they came in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from toolkit.errors import UserError
from toolkit.sheets.engine import Engine
from toolkit.sheets.fillable import FillableSheet, FormulaCell, Piece
from toolkit.sheets.grid import CellError, CellRef, from_a1
from toolkit.sheets.ooxml.cellxml import CellValue, serial
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.workbook import Workbook

UNCOMPUTED = frozenset(("#NAME?", "#N/IMPL!", "#ERROR!", "#CIRC!"))
"""What the engine answers where it lacks a function, a name or a way to read the formula."""
UNREADABLE_FORMAT = "#VALUE!"
"""What it answers where TEXT is given a format it does not know, such as one with 年."""
_PACKING = 3  # of zlib: half the time of its usual 6 for a tenth more room
_CELL_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:]+))!\$?([A-Z]+)\$?(\d+)")


class Gap(NamedTuple):
    """A formula that could not be computed; its cell keeps the value it had. `answer` is what the engine said."""

    spot: CellRef
    formula: str
    answer: str


class Refreshed(NamedTuple):
    """The workbook with fresh values beside its formulas, and the formulas that kept their old one."""

    data: bytes
    gaps: tuple[Gap, ...]


def refresh(data: bytes, sheets: Collection[str] | None = None, name: str = "") -> Refreshed:
    """The workbook with every formula on `sheets` (None: all) computed; `name` is how messages call the file.

    UserError where it is no .xlsx or .xlsm, or where the engine cannot take it.
    """
    return Filler(data, name).fill({}, sheets)


class Filler:
    """A workbook taken apart once, to be filled in and computed many times. Use it in the thread that made it."""

    def __init__(self, template: bytes, name: str = "") -> None:
        """UserError where `template` is no .xlsx or .xlsm, or where the engine cannot take it."""
        self._name = name or "模板"
        book = Workbook(template)
        self._package, self._date1904 = book.package, book.date1904
        self.sheets = {entry.name: FillableSheet(entry, book.package.text(entry.part), book.date1904)
                       for entry in book.sheets() if entry.holds_cells}
        self._engine = Engine(self._bare(), self._name)
        self._places = {name: [self._engine.place(formula.spot) for formula in sheet.formulas] for name, sheet in self.sheets.items()}
        self.spots = dict(named_cells(book))
        self._put: set[CellRef] = set()

    def fill(self, values: Mapping[CellRef, CellValue], sheets: Collection[str] | None = None) -> Refreshed:
        """The template with these cells filled in and every formula on `sheets` (None: all) computed.

        A fill knows nothing of the one before. UserError where the template has no such cell.
        """
        for spot in self._put - values.keys():
            self._engine.restore(spot)
        self._put = set(values)
        pieces: dict[str, list[Piece]] = {}
        for spot, value in values.items():
            sheet = self._sheet_with(spot)
            self._engine.put(spot, self._counted(value))
            pieces.setdefault(spot.sheet, []).append(sheet.input(spot, value))
        self._engine.evaluate()
        computed = [(formula, value) for name in (self.sheets if sheets is None else sheets)
                    for formula, value in zip(self.sheets[name].formulas, self._engine.values(self._places[name]), strict=True)
                    if formula.spot not in self._put]
        gaps = _gaps(computed)
        kept = {gap.spot for gap in gaps}
        for formula, value in computed:
            if formula.spot not in kept and (new := formula.showing(value)) != formula.now:
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
        data = self._package.with_contents(contents, _PACKING)
        return _to_be_computed(data) if incomplete else data

    def _bare(self) -> bytes:
        """The template without conditional formats: the engine would work them out each time, and nobody asks it for looks."""
        bare = self._package.copy()
        for sheet in self.sheets.values():
            xml = SheetXml(bare.text(sheet.part))
            xml.drop("conditionalFormatting")
            bare.put(sheet.part, xml.xml())
        return bare.save()


def _gaps(computed: Iterable[tuple[FormulaCell, CellValue]]) -> tuple[Gap, ...]:
    """The formulas the engine could not compute. Where there is one, no other error is believed: it may have come from that one."""
    wrong = [Gap(formula.spot, formula.text, value.text) for formula, value in computed if isinstance(value, CellError)]
    beyond = any(gap.answer in UNCOMPUTED or (gap.answer == UNREADABLE_FORMAT and "TEXT(" in gap.formula) for gap in wrong)
    return tuple(wrong) if beyond else ()


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
