"""Reading a returned 期满考核评分表: the values it shows, the formulas behind them, the cells its defined names stand for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.forms.assessment import ASSESSMENT, COVER
from toolkit.forms.model import MARKER_SHEET
from toolkit.regulation import Regulation
from toolkit.resources import workbook_template
from toolkit.returns import filed
from toolkit.returns.filed import Behind, Filed
from toolkit.returns.formula_spelling import same_as
from toolkit.returns.recognise import NOT_RETURNED
from toolkit.sheets import copies, read, written
from toolkit.sheets.grid import Book, CellRef
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.recalculate import named_cells
from toolkit.sheets.scans import containers

if TYPE_CHECKING:
    from toolkit.sheets.live import OpenBook

_ASIDE = NOT_RETURNED - {MARKER_SHEET}  # sheets of the template that say nothing of a studio


def load(path: Path, name: str, blank: Filed, law: Regulation, password: str | None = None) -> Filed:
    """Read one file, which findings call `name`; `blank` is the empty form (see `empty`). UserError like `read.workbook`.

    A format that shows no formulas (.xls, .et, .ods), or a copy without the defined names, is read at the places of the form.
    """
    book = read.workbook(path, password)
    data = containers.unlocked(path.read_bytes(), password)
    if not copies.editable(data):
        return filed.parsed(name, book, blank.spots, None, law)
    workbook = Workbook(data)
    return filed.parsed(name, book, _spots(workbook) or blank.spots, dict(_formulas(workbook, book)), law)


def on_screen(book: OpenBook, blank: Filed, law: Regulation) -> Filed:
    """Read one that is open in Excel; `blank` as in `load`."""
    screen = book.screen
    behind = {CellRef(found.sheet, found.row, found.column): Behind(found.text, same_as(found.text, found.origin[0]))
              for found in screen.formulas(_ASIDE)}
    return filed.parsed(book.name, screen.read(_ASIDE, flat=frozenset((COVER,))), screen.spots() or blank.spots, behind, law)


def empty(law: Regulation) -> Filed:
    """The form as it ships, with the formulas that belong in it."""
    path = workbook_template(ASSESSMENT.name)
    workbook, book = Workbook(path.read_bytes()), read.workbook(path)
    return filed.parsed(book.file, book, _spots(workbook), dict(_formulas(workbook, book)), law)


def _spots(workbook: Workbook) -> dict[str, CellRef]:
    return dict(named_cells(workbook))


def _formulas(workbook: Workbook, book: Book) -> Iterator[tuple[CellRef, Behind]]:
    uncached = {grid.name: grid.uncached for grid in book.grids}
    for found in written.formulas(workbook):
        cached = (found.row, found.column) not in uncached.get(found.sheet, ())
        yield CellRef(found.sheet, found.row, found.column), Behind(found.text, same_as(found.text, found.origin[0]), cached)
