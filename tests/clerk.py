"""A clerk without Excel: runs commands as they are typed, on a day, and fills in white cells. A grey cell cannot be written: it is refused.

What Excel would do when a cell is typed into — compute the formulas — is done by the toolkit's own engine.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from toolkit import cli
from toolkit.forms import LEDGER
from toolkit.sheets import edit
from toolkit.sheets.grid import CellRef
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.recalculate import Filler, refresh

Row = Mapping[str, CellValue]


class Said(NamedTuple):
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    error: str

    @property
    def json(self) -> dict:
        return json.loads(self.out)


class Clerk:
    """`on` is the day it is. `everything`: all that was said, one text a command."""

    def __init__(self, monkeypatch, capsys, on: date) -> None:
        self._patch, self._capsys, self.on = monkeypatch, capsys, on
        self.everything: list[str] = []

    def run(self, *arguments: object, status: int = 0) -> Said:
        """`python -m toolkit …`; the exit status has to be the one that is expected."""
        clerk = self

        class Day(date):
            @classmethod
            def today(cls):
                return clerk.on

        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.combine(clerk.on, time(9, 30))

        self._patch.setattr(cli, "date", Day)
        self._patch.setattr(cli, "datetime", Clock)
        self._patch.setattr(sys, "argv", ["toolkit", *map(str, arguments)])
        self._capsys.readouterr()
        try:
            cli.main()
            left = 0
        except SystemExit as done:
            left = int(done.code or 0)
        said = Said(left, *self._capsys.readouterr())
        self.everything.append(f"{self.on} {' '.join(map(str, arguments))}\n{said.out}{said.error}")
        assert left == status, self.everything[-1]
        return said


class WhiteCells:
    """A workbook on disk whose white cells are filled in: `fact` beside its label, `rows` under their headers, `named` by defined name."""

    def __init__(self, path: Path, on: date) -> None:
        self.path, self._on = path, on
        self._book, self._shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        self._values: dict[CellRef, CellValue] = {}

    def named(self, **values: CellValue) -> WhiteCells:
        for name, value in values.items():
            sheet, cell = next(iter(self._book.defined_names[name].destinations))
            self._put(self._book[sheet], *self._place(self._book[sheet], cell), value)
        return self

    def beside(self, sheet: str, **values: CellValue) -> WhiteCells:
        """Values right of the cells that hold a label, a merged one over its whole width."""
        page = self._book[sheet]
        merged = {(area.min_row, area.min_col): area.max_col for area in page.merged_cells.ranges}
        for label, value in values.items():
            at = next(cell for row in self._shown[sheet].iter_rows() for cell in row if _label(cell.value) == label)
            self._put(page, at.row, merged.get((at.row, at.column), at.column) + 1, value)
        return self

    def rows(self, sheet: str, rows: Sequence[Row], skip: int = 0) -> WhiteCells:
        """Rows under the headers; `skip` rows are filled in already."""
        page = self._book[sheet]
        wanted = {header for row in rows for header in row}
        heads = next(cells for cells in self._shown[sheet].iter_rows() if wanted <= {_label(cell.value) for cell in cells})
        columns = {_label(cell.value): cell.column for cell in heads}
        for number, row in enumerate(rows, heads[0].row + 1 + skip):
            for header, value in row.items():
                self._put(page, number, columns[header], value)
        return self

    def headers(self, sheet: str, *some: str) -> list[str]:
        """The headers of the row that holds these."""
        return next([_label(cell.value) for cell in cells if cell.value] for cells in self._shown[sheet].iter_rows()
                    if set(some) <= {_label(cell.value) for cell in cells})

    def names(self, beginning: str) -> list[str]:
        """The defined names that begin so."""
        return [name for name in self._book.defined_names if name.startswith(beginning)]

    def save(self) -> Path:
        self.path.write_bytes(Filler(self.path.read_bytes(), self.path.name, self._on).fill(self._values).data)
        return self.path

    @staticmethod
    def _place(page: Worksheet, cell: str) -> tuple[int, int]:
        found = page[cell.replace("$", "").partition(":")[0]]
        return found.row, found.column

    def _put(self, page: Worksheet, row: int, column: int, value: CellValue) -> None:
        cell = page.cell(row, column)
        assert not (page.protection.sheet and cell.protection.locked), f"{page.title} {cell.coordinate} 是灰底格"
        self._values[CellRef(page.title, row - 1, column - 1)] = value


def _label(value: object) -> str:
    return str(value or "").rstrip("*：: ").replace("\n", "")


def typed_below(ledger: Path, sheet: str, *rows: Row) -> None:
    """Rows typed under what a register of the ledger holds, into its white columns only."""
    _refuse_grey(sheet, *rows[0])
    page = openpyxl.load_workbook(ledger)[sheet]
    heads = next(cells for cells in page.iter_rows() if set(rows[0]) <= {_label(cell.value) for cell in cells})
    columns = {_label(cell.value): cell for cell in heads}
    last = max(cell.row for cells in page.iter_rows() for cell in cells if cell.value is not None)
    edits = [edit.AppendRows(sheet, last, [{columns[header].column - 1: value for header, value in row.items()} for row in rows])]
    ledger.write_bytes(refresh(edit.apply(ledger.read_bytes(), edits), ledger.name).data)


def typed_over(ledger: Path, sheet: str, beside: str, header: str, values: Mapping[str, CellValue]) -> None:
    """Cells of a white column in rows that are there: the text under `beside` → what is typed under `header`."""
    _refuse_grey(sheet, header)
    page = openpyxl.load_workbook(ledger)[sheet]
    heads = next(cells for cells in page.iter_rows() if {beside, header} <= {_label(cell.value) for cell in cells})
    columns = {_label(cell.value): cell.column for cell in heads}
    edits = []
    for text, value in values.items():
        row = next(number for number in range(heads[0].row + 1, page.max_row + 1) if _label(page.cell(number, columns[beside]).value) == text)
        edits.append(edit.SetCell(sheet, row - 1, columns[header] - 1, value))
    ledger.write_bytes(refresh(edit.apply(ledger.read_bytes(), edits), ledger.name).data)


def _refuse_grey(sheet: str, *headers: str) -> None:
    """The ledger is not protected; its grey columns are those that no people fill in."""
    grey = [header for header in headers if not LEDGER.sheet(sheet).by_header[header].people]
    assert not grey, f"{sheet} “{'、'.join(grey)}”是灰底列"


def sent_in(path: Path, folder: Path) -> Path:
    """A finished return put into the folder that is merged."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(path, folder))
