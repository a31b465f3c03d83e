"""A page with one record: each column's label stands left of its cell, wherever people moved the lines.

The page is read as a table of one row: `flattened` puts the cells side by side, the layout knows where each stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from toolkit.forms.model import Sheet
from toolkit.returns.headers import Layout, header_of
from toolkit.sheets.grid import Grid

FEWEST_LINES = 3  # a table has its headers in one line, or two
NO_ROW = -1
CellPlace = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PageLayout(Layout):
    """Header → column as in the flattened row; `cells`: header → zero-based row and column on the page."""

    cells: Mapping[str, CellPlace] = field(default_factory=dict)

    def cell(self, row: int, header: str) -> CellPlace:
        return self.cells[header] if header in self.cells else min(self.cells.values())


def find(grid: Grid, sheet: Sheet) -> PageLayout | None:
    """The layout of a page; None where fewer than a third of its labels are found, or all in a line or two."""
    cells: dict[str, CellPlace] = {}
    for header, place in _labelled(grid, sheet):
        cells.setdefault(header, place)
    lines = {row for row, _ in cells.values()}
    if len(cells) * 3 < len(sheet.columns) or len(lines) < FEWEST_LINES:
        return None
    found = [header for header in sheet.headers if header in cells]
    missing = tuple(column.header for column in sheet.columns if column.required and column.header not in cells)
    return PageLayout(NO_ROW, {header: number for number, header in enumerate(found)}, missing, (), {}, (), {}, cells)


def _labelled(grid: Grid, sheet: Sheet) -> Iterator[tuple[str, CellPlace]]:
    """Every label's header with the place of its cell. What stands in such a cell is no label."""
    ends = {(first_row, first_column): last_column for first_row, first_column, _, last_column in grid.merged}
    for row, values in enumerate(grid.rows):
        taken = NO_ROW
        for column, value in enumerate(values):
            if column <= taken:
                continue
            if isinstance(value, str) and (header := header_of(sheet, value)):
                taken = ends.get((row, column), column) + 1
                yield header, (row, taken)


def flattened(grid: Grid, layout: PageLayout) -> Grid:
    """The page's cells side by side, in the order of the layout's columns."""
    order = {layout.cells[header]: column for header, column in layout.columns.items()}
    row = tuple(grid.at(*place) for place in order)

    def moved(places: frozenset[CellPlace]) -> frozenset[CellPlace]:
        return frozenset((0, order[place]) for place in places if place in order)

    return replace(
        grid, rows=(row,), merged=(), hidden_rows=frozenset(), hidden_columns=frozenset(), uncached=moved(grid.uncached),
        struck=moved(grid.struck), partly_struck=moved(grid.partly_struck),
        seen={(0, order[place]): text for place, text in grid.seen.items() if place in order})
