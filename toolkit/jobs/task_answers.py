"""The page 办理 of an open ledger: what the clerk chose beside the buttons, and where the last outcome is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import UserError
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.review import REVIEW
from toolkit.jobs.documents import PUBLIC_NOTICE
from toolkit.regulation import in_force
from toolkit.returns import values
from toolkit.returns.values import Read, shown
from toolkit.sheets.edit import Edit, SetCell
from toolkit.sheets.grid import CellRef, Grid, Value, a1

if TYPE_CHECKING:
    from toolkit.sheets.live import OpenBook

FOLDER, YEAR, FORM, KIND, DATE, SUBJECT, NUMBER, TRIAL, OUT, STATE, MAKE, MADE = (
    "task_folder", "task_year", "task_form", "task_kind", "task_date", "task_subject", "task_number", "task_trial", "task_out", "task_state",
    "task_make", "task_made")
"""The defined names of the page's cells."""


@dataclass(frozen=True)
class DeskPage:
    """`cells`: name → its cell (sheet, zero-based row and column) and what stands there; empty in a ledger without the page.

    What is left blank is None, or the customary choice.
    """

    beside: Path | None
    cells: Mapping[str, tuple[CellRef, Value]]

    @classmethod
    def read(cls, book: OpenBook) -> DeskPage:
        spots = {name: spot for name, spot in book.screen.spots().items() if name.startswith("task_")}
        grids = {sheet: book.screen.sheet(sheet) for sheet in {spot.sheet for spot in spots.values()}}
        cells = {name: (spot, _at(grids[spot.sheet], spot)) for name, spot in spots.items()}
        return cls(book.path.parent if book.path else None, cells)

    @property
    def folder(self) -> Path | None:
        """Where the districts' returns lie; a folder named without its place lies beside the ledger."""
        return self._path(FOLDER)

    @property
    def out(self) -> Path | None:
        """Where documents go."""
        return self._path(OUT)

    @property
    def made(self) -> Path | None:
        """Where workbooks to be filled in go."""
        return self._path(MADE)

    @property
    def wanted(self) -> str:
        """The form to make from the ledger."""
        return self._text(MAKE) or REVIEW.name

    @property
    def form(self) -> str:
        return self._text(FORM) or RECOMMENDATION.name

    @property
    def kind(self) -> str:
        return self._text(KIND) or PUBLIC_NOTICE

    def whom(self, on: date) -> tuple[str, str]:
        """(studio, district) that is meant, the studio by 编号 or name; "" for all."""
        text = self._text(SUBJECT)
        district = in_force(on).lists["districts"].find(text) if text else None
        return ("", district.name) if district else (text, "")

    @property
    def number(self) -> str:
        """The document's number, of several the first."""
        return self._text(NUMBER)

    @property
    def trial(self) -> bool:
        """Whether a document is only to be previewed."""
        return self._text(TRIAL) == "是"

    @property
    def year(self) -> int | None:
        """UserError where the cell holds no year."""
        return self._typed(YEAR, values.year, "四位年份，如 2026")

    @property
    def on(self) -> date | None:
        """UserError where the cell holds no date."""
        return self._typed(DATE, values.day, "如 2026-11-20 的日期")

    def noted(self, said: str, folder: Path | None = None) -> list[Edit]:
        """What writes the outcome, and the folder that was chosen, onto the page."""
        told = {STATE: said, FOLDER: str(folder) if folder else None}
        return [SetCell(*self.cells[name][0], text) for name, text in told.items() if text and name in self.cells]

    def _text(self, name: str) -> str:
        return shown(self.cells[name][1]).strip() if name in self.cells else ""

    def _path(self, name: str) -> Path | None:
        text = self._text(name)
        return (self.beside / text if self.beside else Path(text)) if text else None

    def _typed(self, name: str, read: Callable[[Value], Read], how: str) -> Any:
        return typed_as(*self.cells[name], read, how) if name in self.cells else None


def typed_as(cell: CellRef, value: Value, read: Callable[[Value], Read], how: str) -> Any:
    """What a cell of a page says, None where it is blank. UserError where it cannot be read so."""
    if not shown(value).strip():
        return None
    found = read(value)
    if found.problem:
        sheet, row, column = cell
        raise UserError(f"“{sheet}”表 {a1(row, column)} 的“{shown(value)}”不能用。请填{how}，或者清空。")
    return found.value


def _at(grid: Grid | None, spot: CellRef) -> Value:
    rows = grid.rows if grid else ()
    return rows[spot.row][spot.column] if spot.row < len(rows) and spot.column < len(rows[spot.row]) else None
