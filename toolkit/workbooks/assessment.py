"""Reading a returned 期满考核评分表: the values it shows, the formulas behind them, the cells its defined names stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.forms.assessment import ASSESSMENT
from toolkit.regulation import Regulation
from toolkit.resources import workbook_template
from toolkit.returns import filed
from toolkit.returns.filed import Behind, Filed, Spot
from toolkit.returns.formula_spelling import same_as
from toolkit.returns.grid import Book
from toolkit.workbooks import copies, read
from toolkit.workbooks.ooxml import xmltext
from toolkit.workbooks.ooxml.sheetxml import SheetXml
from toolkit.workbooks.ooxml.workbook import Workbook
from toolkit.workbooks.ooxml.xmltext import attribute
from toolkit.workbooks.recalculate import named_cells
from toolkit.workbooks.scans import containers


def load(path: Path, name: str, blank: Filed, law: Regulation, password: str | None = None) -> Filed:
    """Read one file, which findings call `name`; `blank` is the empty form (see `empty`). UserError like `read.workbook`.

    A format that shows no formulas (.xls, .et, .ods), or a copy without the defined names, is read at the places of the form.
    """
    book = read.workbook(path, password)
    data = path.read_bytes()
    if not copies.editable(data):
        data = containers.scan(data, password).data  # decrypted where it was encrypted
    if not copies.editable(data):
        return filed.parsed(name, book, blank.spots, None, law)
    workbook = Workbook(data)
    return filed.parsed(name, book, _spots(workbook) or blank.spots, dict(_formulas(workbook, book)), law)


def empty(law: Regulation) -> Filed:
    """The form as it ships, with the formulas that belong in it."""
    path = workbook_template(ASSESSMENT.name)
    workbook, book = Workbook(path.read_bytes()), read.workbook(path)
    return filed.parsed(book.file, book, _spots(workbook), dict(_formulas(workbook, book)), law)


def _spots(workbook: Workbook) -> dict[str, Spot]:
    return {name: tuple(spot) for name, spot in named_cells(workbook)}


def _formulas(workbook: Workbook, book: Book) -> Iterator[tuple[Spot, Behind]]:
    uncached = {grid.name: grid.uncached for grid in book.grids}
    for entry in workbook.sheets():
        if entry.holds_cells:
            sheet = SheetXml(workbook.package.text(entry.part))
            for row, column, text, spelling in _of_sheet(sheet):
                yield (entry.name, row, column), Behind(text, spelling, (row, column) not in uncached.get(entry.name, ()))


def _of_sheet(sheet: SheetXml) -> Iterator[tuple[int, int, str, str]]:
    """Row, column, text and spelling of every formula; one that refers to a shared formula is spelled as that one."""
    p = sheet.prefix
    element = re.compile(rf"<{p}f(?=[\s/>])({xmltext.ATTRIBUTES})\s*(?:/>|>([^<]*)</{p}f>)")
    shared: dict[str, tuple[str, str]] = {}
    for row in sheet.rows():
        for cell in sheet.cells(sheet.body[row.opened:row.closed]):
            found = element.search(cell.content)
            if found is None:
                continue
            text = xmltext.unescape(found[2] or "")
            group = attribute(found[1], "si") if attribute(found[1], "t") == "shared" else None
            if text:
                said = text, same_as(text, row.number)
                if group is not None:
                    shared[group] = said
            else:
                said = shared.get(group, ("", ""))
            yield row.number, cell.column, *said
