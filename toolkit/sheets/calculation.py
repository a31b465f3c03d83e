"""All formulas of a workbook inside the engine: which it computes, and which keep the value they had.

The engine is given the formulas and what they look at, nothing else of the workbook.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.sheets.engine import Engine, Uncomputable
from toolkit.sheets.engine_formulas import EngineFormula, RowFormula, Surroundings, row_formula
from toolkit.sheets.fillable import FillableSheet, FormulaCell
from toolkit.sheets.formula_tokens import FormulaArea
from toolkit.sheets.grid import CellError, CellRef
from toolkit.sheets.ooxml.cellxml import CellValue, serial
from toolkit.sheets.ooxml.workbook import Workbook

UNCOMPUTED = frozenset(("#NAME?", "#N/IMPL!", "#ERROR!", "#CIRC!", "#SPILL!", "#CALC!"))
"""What the engine answers where it lacks a function or a way to read the formula, or where Excel would not answer so."""
GAVE_UP = "ironcalc"
"""Why no formula was computed where the engine gave up on the whole workbook."""
_SPILLED = 10_000  # cells of an array formula that are kept apart one by one


class Gap(NamedTuple):
    """A formula that was not computed; its cell keeps the value it had. `why`: what the engine lacks or answered, or the address of
    another gap that the formula looks at.
    """

    spot: CellRef
    formula: str
    why: str


Answers = tuple[list[tuple[FormulaCell, CellValue]], tuple[Gap, ...]]


class Calculation:
    """The formulas of one workbook, to be computed again and again with other values in its cells."""

    def __init__(self, book: Workbook, sheets: Mapping[str, FillableSheet], on: date | None) -> None:
        """`on`: the day that TODAY() says; None: what says TODAY() is left as it is. UserError where the engine is not installed."""
        self._cells = {cell.spot: cell for sheet in sheets.values() for cell in sheet.formulas}
        names = [entry.name for entry in book.sheets()]
        around = Surroundings(names, max((sheet.cells.last_row for sheet in sheets.values()), default=0),
                              {(position, name.casefold()): content for name, position, content, _ in book.names()},
                              None if on is None else int(serial(on, book.date1904)), book.date1904)
        self._formulas = dict(_translated(self._cells.values(), around))
        self._engine = Engine(names)
        self._places = {spot: self._engine.place(spot) for spot in self._cells}
        self._values: dict[CellRef, CellValue] = {}
        self._obstacles = {spot: formula.obstacle for spot, formula in self._formulas.items() if formula.obstacle}
        self._load(sheets)

    def _load(self, sheets: Mapping[str, FillableSheet]) -> None:
        areas: dict[str, list[FormulaArea]] = {}
        for spot, formula in self._formulas.items():
            if spot not in self._obstacles:
                self._put_formula(spot)
                for area in formula.areas:
                    areas.setdefault(area.sheet, []).append(area)
        for name, looked_at in areas.items():
            for row, column, value in sheets[name].cells.values(looked_at) if name in sheets else ():
                spot = CellRef(name, row, column)
                self._values[spot] = value
                self._engine.put(spot, value)

    def _put_formula(self, spot: CellRef) -> None:
        try:
            self._engine.put_formula(spot, self._formulas[spot].text, self._cells[spot].kind == "array")
        except Uncomputable as refusal:
            self._obstacles[spot] = str(refusal)

    def put(self, spot: CellRef, value: CellValue) -> None:
        """A value into a cell, for the next evaluation; dates as Excel counts them."""
        self._engine.put(spot, value)

    def restore(self, spot: CellRef) -> None:
        """Back to what the workbook has there."""
        if spot in self._cells and spot not in self._obstacles:
            self._put_formula(spot)
        else:
            self._engine.put(spot, self._values.get(spot))

    def answers(self, without: Collection[CellRef] = ()) -> Answers:
        """Every formula with what it gives now, and those that were not computed. `without`: cells that hold something else now."""
        own = [spot for spot in self._cells if spot not in without]
        try:
            self._engine.evaluate()
        except Uncomputable:
            return [], tuple(Gap(spot, self._cells[spot].text, GAVE_UP) for spot in own)
        found = dict(zip(own, self._engine.values([self._places[spot] for spot in own]), strict=True))
        roots = {spot: why for spot, why in self._obstacles.items() if spot not in without}
        roots |= {spot: value.text for spot, value in found.items()
                  if spot not in roots and isinstance(value, CellError) and value.text in UNCOMPUTED}
        whys = self._with_hanging(roots, own) if roots else roots
        gaps = tuple(Gap(spot, self._cells[spot].text, whys[spot]) for spot in own if spot in whys)
        return [(self._cells[spot], value) for spot, value in found.items() if spot not in whys], gaps

    def _with_hanging(self, roots: Mapping[CellRef, str], own: Sequence[CellRef]) -> dict[CellRef, str]:
        """The gaps with everything that looks at one of them, and why each is one."""
        whys, kept = dict(roots), _Kept()
        for spot in roots:
            for each in _filled_by(self._cells[spot]):
                kept.add(each)
        grown = True
        while grown:
            grown = False
            for spot in own:
                if spot not in whys and (seen := kept.within(self._formulas[spot].areas)):
                    whys[spot], grown = seen.address, True
                    kept.add(spot)
        return whys


class _Kept:
    """Cells, to be found by area."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[int, list[int]]] = {}

    def add(self, spot: CellRef) -> None:
        insort(self._rows.setdefault(spot.sheet, {}).setdefault(spot.column, []), spot.row)

    def within(self, areas: Sequence[FormulaArea]) -> CellRef | None:
        """The first of them within one of the areas."""
        for area in areas:
            for column, rows in self._rows.get(area.sheet, {}).items():
                if area.left <= column <= area.right:
                    at = bisect_left(rows, area.top)
                    if at < len(rows) and rows[at] <= area.bottom:
                        return CellRef(area.sheet, rows[at], column)
        return None


def _translated(cells: Iterable[FormulaCell], around: Surroundings) -> Iterator[tuple[CellRef, EngineFormula]]:
    """Every formula for the engine. In a column one row mostly says what the row above says."""
    above: dict[tuple[str, int, str], RowFormula] = {}
    for cell in cells:
        spot, kind = cell.spot, cell.kind
        if kind == "dataTable" or not cell.text or (cell.reach and cell.reach.shape != (1, 1)):
            yield spot, EngineFormula("", (), kind)
            continue
        key = spot.sheet, spot.column, kind
        known = above.get(key)
        if known is None or not known.says(cell.text, spot.row):
            known = above[key] = row_formula(cell.text, spot, around, kind == "array")
        yield spot, known.at(spot.row)


def _filled_by(cell: FormulaCell) -> Iterator[CellRef]:
    """The cells that show what a formula gives: its own, and those an array formula fills."""
    reach = cell.reach
    if reach is None or reach.shape[0] * reach.shape[1] > _SPILLED:
        yield cell.spot
        return
    for row in range(reach.top, reach.bottom + 1):
        for column in range(reach.left, reach.right + 1):
            yield CellRef(cell.spot.sheet, row, column)
