"""An open workbook as it stands on the screen at one moment: a copy that Excel writes in one call, read like any file.

Each question to Excel crosses to another program; a copy answers all of them, and a button then judges what the command
would judge. Where there is no copy to read (see `taken`), Excel is asked sheet by sheet: `excel.reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from toolkit.errors import UserError
from toolkit.sheets import copies, read, written
from toolkit.sheets.grid import Book, CellRef
from toolkit.sheets.ooxml import comments, highlights, listsheet
from toolkit.sheets.ooxml.comments import StandingComments
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.recalculate import named_cells
from toolkit.sheets.written import WrittenFormula


class StandingMarks(NamedTuple):
    """What stands on a sheet of our marks, and of other people's comments. rules: which conditional formats are ours, counted
    from 0 in the order of priority."""

    rules: tuple[int, ...]
    comments: StandingComments


def taken(name: str, copy: Callable[[], bytes]) -> Snapshot | None:
    """The open workbook `name`, of which `copy` gives a copy. None where nobody can read that: it has a password, a
    program of the office encrypts all that Excel writes, the workbook is of an old format, or no copy can be written."""
    try:
        data = copy()
    except (UserError, OSError):
        return None
    return Snapshot(name, data) if copies.editable(data) else None


class Snapshot:
    """The copy of an open workbook, an .xlsx or .xlsm."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name, self._data = name, data

    @cached_property
    def _workbook(self) -> Workbook:
        return Workbook(self._data)

    def book(self, skip: frozenset[str]) -> Book | None:
        """The values, as `read.workbook` gives them. None where the copy lacks results that the screen shows."""
        found = read.from_bytes(self._data, self._name, skip=skip)
        return None if any(grid.uncached for grid in found.grids) else replace(found, sha256="")

    def formulas(self, skip: frozenset[str]) -> Iterator[WrittenFormula]:
        """The formulas of all sheets but those in `skip`."""
        return (found for found in written.formulas(self._workbook) if found.sheet not in skip)

    def spots(self) -> dict[str, CellRef]:
        """The defined names that stand for one cell."""
        return dict(named_cells(self._workbook))

    @property
    def date1904(self) -> bool:
        """Whether dates are counted from 1904."""
        return self._workbook.date1904

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The names of the worksheets, in the order of their tabs."""
        return tuple(entry.name for entry in self._workbook.sheets() if entry.holds_cells)

    def was_made_here(self, sheet: str) -> bool:
        """Whether the sheet is a list that an earlier run made."""
        made = {name.position for name in self._workbook.names() if name.name == listsheet.MADE_HERE}
        return self._workbook.entry(sheet).position in made

    def marks(self, sheet: str) -> StandingMarks:
        """What stands on a sheet of earlier marks."""
        entry = self._workbook.entry(sheet)
        return StandingMarks(highlights.positions(self._workbook.sheet(sheet)), comments.standing(self._workbook.package, entry.part))
