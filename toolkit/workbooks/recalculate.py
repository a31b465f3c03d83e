"""Formulas computed without Excel, and what they give written into the workbook's own cells; everything else stays byte for byte.

A workbook read by a program other than Excel shows the values that were saved beside its formulas. Libraries that compute and save lose
validations and protection, so only the computing is left to one (ironcalc); the cells are changed in the XML they came in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from toolkit.errors import UserError
from toolkit.returns.grid import CellError, from_a1
from toolkit.workbooks.engine import Engine, Spot
from toolkit.workbooks.ooxml import xmltext
from toolkit.workbooks.ooxml.cells import CellRenderer, CellValue, serial
from toolkit.workbooks.ooxml.sheetxml import SheetXml
from toolkit.workbooks.ooxml.workbook import SheetEntry, Workbook
from toolkit.workbooks.ooxml.xmltext import attribute

UNCOMPUTED = frozenset(("#NAME?", "#N/IMPL!", "#ERROR!", "#CIRC!"))
"""What the engine answers where it lacks a function, a name or a way to read the formula."""
UNREADABLE_FORMAT = "#VALUE!"
"""What it answers where TEXT is given a format it does not know, such as one with 年."""
_CELL_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:]+))!\$?([A-Z]+)\$?(\d+)")


class Gap(NamedTuple):
    """A formula that could not be computed; its cell keeps the value it had. `answer` is what the engine said."""

    spot: Spot
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
        self._engine = Engine(template, self._name)
        self.sheets = {entry.name: SheetParts(entry, book.package.text(entry.part)) for entry in book.sheets() if entry.holds_cells}
        self.spots = dict(named_cells(book))
        self._put: set[Spot] = set()

    def fill(self, values: Mapping[Spot, CellValue], sheets: Collection[str] | None = None) -> Refreshed:
        """The template with these cells filled in and every formula on `sheets` (None: all) computed.

        A fill knows nothing of the one before. UserError where the template has no such cell.
        """
        for spot in self._put - values.keys():
            self._engine.restore(spot)
        self._put = set(values)
        pieces: dict[str, list[tuple[int, int, str]]] = {}
        for spot, value in values.items():
            sheet = self._sheet_with(spot)
            self._engine.put(spot, self._counted(value))
            pieces.setdefault(spot.sheet, []).append(sheet.input(spot, value, self._date1904))
        self._engine.evaluate()
        computed = [(formula, self._engine.value(formula.spot)) for name in (self.sheets if sheets is None else sheets)
                    for formula in self.sheets[name].formulas if formula.spot not in self._put]
        gaps = _gaps(computed)
        kept = {gap.spot for gap in gaps}
        for formula, value in computed:
            if formula.spot not in kept and (new := formula.cell(value)) != formula.now:
                pieces.setdefault(formula.spot.sheet, []).append((formula.start, formula.end, new))
        return Refreshed(self._written(pieces, bool(gaps)), gaps)

    def _sheet_with(self, spot: Spot) -> SheetParts:
        sheet = self.sheets.get(spot.sheet)
        if sheet is None or (spot.row, spot.column) not in sheet.slots:
            raise UserError(f"“{self._name}”的“{spot.sheet}”表里没有 {spot.address} 这一格。请换用原来的模板。")
        return sheet

    def _counted(self, value: CellValue) -> CellValue:
        if isinstance(value, date | datetime | time | timedelta):
            return serial(value, self._date1904)
        return value

    def _written(self, pieces: Mapping[str, list[tuple[int, int, str]]], incomplete: bool) -> bytes:
        package = self._package.copy()
        for name, changed in pieces.items():
            package.put(self.sheets[name].part, self.sheets[name].with_cells(changed))
        return _to_be_computed(package.save()) if incomplete else package.save()


def _gaps(computed: Iterable[tuple[_Formula, CellValue]]) -> tuple[Gap, ...]:
    """The formulas the engine could not compute. Where there is one, no other error is believed: it may have come from that one."""
    wrong = [Gap(formula.spot, formula.text, value.text) for formula, value in computed if isinstance(value, CellError)]
    beyond = any(gap.answer in UNCOMPUTED or (gap.answer == UNREADABLE_FORMAT and "TEXT(" in gap.formula) for gap in wrong)
    return tuple(wrong) if beyond else ()


def _to_be_computed(data: bytes) -> bytes:
    """The workbook told to compute everything when a spreadsheet program opens it."""
    book = Workbook(data)
    book.recalculate()
    return book.save()


def named_cells(book: Workbook) -> Iterator[tuple[str, Spot]]:
    """Defined names that stand for one cell."""
    for name, position, content, _ in book.names():
        if position is None and (spot := named_cell(content)):
            yield name, spot


def named_cell(content: str) -> Spot | None:
    """The cell that the content of a defined name stands for; None where it is no single cell."""
    found = _CELL_NAME.fullmatch(content)
    if not found:
        return None
    return Spot(found[1].replace("''", "'") if found[1] else found[2], *from_a1(found[3] + found[4]))


@dataclass(frozen=True, slots=True)
class _Formula:
    """A formula's cell: where it stands in the rows' text (`start`, `end`), what stands there `now`; its start tag without type
    and bracket, its `f` element, the namespace prefix, the formula's text."""

    spot: Spot
    start: int
    end: int
    now: str
    tag: str
    element: str
    prefix: str
    text: str

    def cell(self, value: CellValue) -> str:
        """The whole cell with `value` saved beside the formula."""
        p = self.prefix
        if value is None:
            return f"{self.tag}>{self.element}</{p}c>"
        kind, written = _saved(value)
        return f"{self.tag}{kind}>{self.element}<{p}v>{written}</{p}v></{p}c>"


def _saved(value: CellValue) -> tuple[str, str]:
    """The type attribute and the text of a computed value."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, CellError):
        return ' t="e"', xmltext.escape(value.text)
    if isinstance(value, str):
        return ' t="str"', xmltext.escape(value)
    return "", str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


class SheetParts:
    """One sheet's cells: where each stands in the rows' text (`slots`: start, end, style id), and those with a formula."""

    def __init__(self, entry: SheetEntry, text: str) -> None:
        sheet = SheetXml(text)
        self.part, self._prefix, self._body = entry.part, sheet.prefix, sheet.body
        self._head, _, self._tail = text.partition(sheet.body) if sheet.body else (text, "", "")
        self.slots: dict[tuple[int, int], tuple[int, int, str]] = {}
        self.formulas: list[_Formula] = []
        p = sheet.prefix
        element = re.compile(rf"<{p}f(?=[\s/>]){xmltext.ATTRIBUTES}\s*(?:/>|>([^<]*)</{p}f>)")
        for row in sheet.rows():
            for cell in sheet.cells(sheet.body[row.opened:row.closed]):
                start, end = row.opened + cell.start, row.opened + cell.end
                self.slots[row.number, cell.column] = start, end, attribute(cell.tag, "s") or ""
                if found := element.search(cell.content):
                    tag = xmltext.without_attributes(cell.tag, "t").rstrip("/> ")
                    self.formulas.append(_Formula(Spot(entry.name, row.number, cell.column), start, end, sheet.body[start:end], tag,
                                                  found[0], p, xmltext.unescape(found[1] or "")))

    def input(self, spot: Spot, value: CellValue, date1904: bool) -> tuple[int, int, str]:
        """The cell at `spot` with a value in it, in the style it has, and where it stands."""
        start, end, style = self.slots[spot.row, spot.column]
        return start, end, CellRenderer(self._prefix, date1904, lambda style, _: style).cell(spot.address, style, value)

    def with_cells(self, changed: list[tuple[int, int, str]]) -> str:
        """The sheet's text with these stretches of its rows changed."""
        pieces, position = [self._head], 0
        for start, end, new in sorted(changed):
            pieces += (self._body[position:start], new)
            position = end
        return "".join((*pieces, self._body[position:], self._tail))
