"""What stands on the screen, for everyone who only wants to look: from a copy where one can be read, else by asking Excel."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.sheets.excel import snapshot
from toolkit.sheets.excel.snapshot import Snapshot
from toolkit.sheets.grid import Book, CellRef, Grid
from toolkit.sheets.written import WrittenFormula

if TYPE_CHECKING:
    from toolkit.sheets.live import OpenBook


class Screen:
    """An open workbook as it stood when it was first looked at. Every method raises UserError as those of `OpenBook`."""

    def __init__(self, opened: OpenBook) -> None:
        self._opened = opened

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The copy; None where there is none that can be read."""
        return snapshot.taken(self._opened.name, self._opened.copy)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the worksheets, in their order."""
        return self.snapshot.sheets if self.snapshot else self._opened.sheets

    def sheet(self, name: str) -> Grid | None:
        """One sheet's values; None where there is none of this name."""
        names = frozenset(self.sheets)
        found = self.read(names - {name}, names) if name in names else None
        return next(grid for grid in found.grids if grid.name == name) if found else None

    def read(self, skip: frozenset[str] = frozenset(), flat: frozenset[str] = frozenset()) -> Book:
        """The values. Sheets named in `skip` come back empty; nobody needs the merged areas of those in `flat`."""
        book = self.snapshot.book(skip) if self.snapshot else None
        return book or self._opened.read(skip, flat)

    def formulas(self, skip: frozenset[str] = frozenset()) -> Iterator[WrittenFormula]:
        """Every formula, but for sheets in `skip`."""
        if self.snapshot:
            yield from self.snapshot.formulas(skip)
            return
        for sheet, row, column, text in self._opened.formulas(skip):
            yield WrittenFormula(sheet, row, column, text, (row, column))

    def spots(self) -> dict[str, CellRef]:
        """The defined names that stand for one cell."""
        return self.snapshot.spots() if self.snapshot else self._opened.spots()
