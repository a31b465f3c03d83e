"""A 期满考核评分表 as it came back: what each named cell shows, which formula stands behind it, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.forms.assessment import ASSESSMENT, COVER, FACTS
from toolkit.regulation import Regulation
from toolkit.regulation.rubric.cell_values import cell, trimmed
from toolkit.returns import recognise, sight
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Table
from toolkit.returns.rows import Origin, RowReader, row_ranges
from toolkit.returns.values import shown
from toolkit.sheets.grid import Book, CellError, CellRef, Value, a1


@dataclass(frozen=True, slots=True)
class Behind:
    """A formula in a cell: as it is written, and in the spelling that equal formulas share. `cached`: whether its value was saved."""

    text: str
    spelling: str
    cached: bool = True


Formulas = Mapping[CellRef, Behind]


@dataclass(frozen=True)
class Filed:
    """`spots`: defined name → its cell; `formulas` None where the file's format shows none; `tables` by declared sheet name."""

    file: str
    book: Book
    spots: Mapping[str, CellRef]
    formulas: Formulas | None
    tables: Mapping[str, Table] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def value(self, name: str) -> Value:
        """What a named cell shows; an error by its text."""
        spot = self.spots.get(name)
        return self.at(spot) if spot else None

    def at(self, spot: CellRef) -> Value:
        sheet, row, column = spot
        grid = next((grid for grid in self.book.grids if grid.name == sheet), None)
        value = grid.at(row, column) if grid else None
        return value.text if isinstance(value, CellError) else value

    def blank(self, name: str) -> bool:
        """Whether a named cell shows nothing, as the sheet's own formulas decide it."""
        return not trimmed(cell(self.value(name)))

    def place(self, name: str, label: str = "") -> Place:
        spot = self.spots.get(name)
        return Place(self.file, spot[0] if spot else COVER, a1(*spot[1:]) if spot else "", label)

    @property
    def facts(self) -> dict[str, Value]:
        """Label → value of the facts on the cover."""
        return {fact.label: self.value(fact.name) for fact in FACTS}


def _crossed_out(file: str, book: Book, spots: Mapping[str, CellRef]) -> Iterator[Finding]:
    """The named cells of the cover with crossed-out text."""
    grid = next((grid for grid in book.grids if grid.name == COVER), None)
    for sheet, row, column in spots.values():
        if grid is None or sheet != COVER or grid.at(row, column) is None:
            continue
        code = "F-struck-part" if (row, column) in grid.partly_struck else "F-struck" if (row, column) in grid.struck else ""
        if code:
            yield finding(code, Place(file, COVER, a1(row, column)), shown(grid.at(row, column)))


def parsed(file: str, book: Book, spots: Mapping[str, CellRef], formulas: Formulas | None, law: Regulation) -> Filed:
    """The evidence read, with what is wrong with its form; never raises for what a clerk did."""
    marks, located = recognise.marks(book), recognise.locate(book, ASSESSMENT)
    if marks.form != ASSESSMENT.id and not any(grid.name == COVER for grid in book.grids):
        return Filed(file, book, spots, formulas, {}, (finding("S-form", Place(file)),))
    findings, tables, reader = [], {}, RowReader(law, Origin.ASSESSMENT)
    if marks.version not in ("", ASSESSMENT.version):
        findings.append(finding("F-version", Place(file), marks.version, wanted=ASSESSMENT.version))
        formulas = None  # the formulas of another version are no tampering
    for sheet in ASSESSMENT.sheets:
        found = located.get(sheet.name)
        if found is None:
            findings.append(finding("F-sheet-missing", Place(file), sheet.name))
            continue
        read = reader.read(file, found.grid, sheet, found.layout)
        tables[sheet.name] = read.table
        computed = {column.header for column in sheet.columns if column.formula}
        findings += [each for each in read.findings if each.place.field not in computed]
        findings += sight.crossed_out(found.grid, read.table, {})
    for sheet, found in recognise.others(book, ASSESSMENT, located):
        rows = [record.row for record in reader.read(file, found.grid, sheet, found.layout).table.records]
        if rows:
            place = Place(file, found.grid.name)
            findings.append(finding("S-sheet", place, found.grid.name, sheet=sheet.name, count=len(rows), where=row_ranges(rows)))
    findings += _crossed_out(file, book, spots)
    return Filed(file, book, spots, formulas, tables, tuple(findings))
