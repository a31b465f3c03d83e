"""How two states of a ledger differ, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.pages.board_cells import DASHBOARD_SHEET, FIGURES_SHEET
from toolkit.pages.register import LOG
from toolkit.returns.formula_spelling import same_as
from toolkit.returns.recognise import NOT_RETURNED
from toolkit.sheets import read, written
from toolkit.sheets.edit import Formula, SetCell
from toolkit.sheets.grid import Book, Grid, Value
from toolkit.sheets.ooxml.workbook import Workbook

Texts = Mapping[tuple[str, int, int], str]


def between(earlier: bytes, later: bytes) -> int:
    """How many cells of the ledger differ, 操作日志 and what the tool writes on 看板 left aside. UserError where one of the two cannot be read."""
    if earlier == later:
        return 0
    before, now = (read.from_bytes(data, "台账", skip=NOT_RETURNED) for data in (earlier, later))
    return sum(change.sheet not in (LOG, DASHBOARD_SHEET, FIGURES_SHEET) for change in back(now, _formulas(later), before, _formulas(earlier)))


def back(now: Book, formulas_now: Texts, before: Book, formulas_before: Texts) -> Iterator[SetCell]:
    """What turns the cells of `now` into those of `before` on the sheets that both have, formulas given by their cell."""
    earlier = {grid.name: grid for grid in before.grids if grid.name not in NOT_RETURNED}
    for grid in now.grids:
        if grid.name not in earlier:
            continue
        for row in range(max(len(grid.rows), len(earlier[grid.name].rows))):
            for column in range(max(_width(grid, row), _width(earlier[grid.name], row))):
                spot = (grid.name, row, column)
                wanted, standing = formulas_before.get(spot), formulas_now.get(spot)
                if wanted is not None:
                    if standing is None or same_as(wanted, row) != same_as(standing, row):
                        yield SetCell(*spot, Formula(wanted))
                elif standing is not None or _value(grid, row, column) != _value(earlier[grid.name], row, column):
                    yield SetCell(*spot, _value(earlier[grid.name], row, column))


def _formulas(data: bytes) -> Texts:
    return {(found.sheet, found.row, found.column): found.here() for found in written.formulas(Workbook(data))}


def _width(grid: Grid, row: int) -> int:
    return len(grid.rows[row]) if row < len(grid.rows) else 0


def _value(grid: Grid, row: int, column: int) -> Value:
    return grid.rows[row][column] if column < _width(grid, row) else None
