"""Where a ledger is kept: a file on the disk, or a workbook that is open in Excel. Jobs read and write both alike.

Every write is preceded by a copy in 备份 and can be undone; see `store`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.forms.model import BUTTON_SHEETS
from toolkit.pages import register
from toolkit.pages.register import Entry, Ledger
from toolkit.regulation import Regulation
from toolkit.resources import workbook_template
from toolkit.returns.formula_spelling import same_as
from toolkit.returns.recognise import NOT_RETURNED
from toolkit.sheets import store, written
from toolkit.sheets.edit import Edit, Formula, SetCell, apply
from toolkit.sheets.grid import Book, Grid, Value
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.recalculate import refresh

if TYPE_CHECKING:
    from toolkit.sheets.live import OpenBook

BACKUPS, ARCHIVE = "备份", "归档"


@dataclass(frozen=True)
class FileKeeper:
    """A ledger that lies on the disk, closed. Where there is none yet, the empty one that ships is read."""

    path: Path

    @property
    def exists(self) -> bool:
        return self.path.is_file()

    def held(self) -> AbstractContextManager[None]:
        """Nobody else writes it meanwhile. UserError as `store.locked`."""
        return store.locked(self.path)

    def load(self, law: Regulation) -> Ledger:
        if self.path.exists():
            return register.load(self.path, law)
        shipped = workbook_template(LEDGER.name)
        empty = shipped.read_bytes()
        if self.path.suffix.lower() != shipped.suffix:
            from toolkit.sheets import macro_free

            empty = macro_free.without_macros(empty, BUTTON_SHEETS)
        return register.open_ledger(empty, self.path.name, law)

    def write(self, opened: Ledger, edits: Sequence[Edit], at: datetime) -> None:
        """Make the edits in what was loaded, and that the ledger, with every formula computed as of that day."""
        store.write(self.path, refresh(apply(opened.data, edits), self.path.name, at.date()).data, backups=self.path.parent / BACKUPS, at=at)

    def undo(self, entry: Entry, law: Regulation) -> None:
        """Back to before the last write, with `entry` in the log. UserError where there is none."""
        def restore(before: bytes) -> None:
            earlier = register.open_ledger(before, self.path.name, law)
            store.put(self.path, refresh(apply(before, [register.log_line(earlier, entry)]), self.path.name, entry.time.date()).data)

        store.undo(self.path, backups=self.path.parent / BACKUPS, at=entry.time, restore=restore)


@dataclass(frozen=True)
class OpenKeeper:
    """A ledger that is open in Excel: what stands on the screen counts, and is saved before and after each write."""

    book: OpenBook

    exists = True

    @property
    def path(self) -> Path:
        """UserError where the workbook lies on no disk of this computer."""
        if self.book.path is None:
            raise UserError(f"“{self.book.name}”还没有存到本机的文件夹里。请另存到本机（不要放在云盘的网址里），再点一次。")
        return self.book.path

    def held(self) -> AbstractContextManager[None]:
        return store.locked(self.path, open_here=True)

    def load(self, law: Regulation) -> Ledger:
        return register.of_book(self.book.read(NOT_RETURNED), law)

    def write(self, opened: Ledger, edits: Sequence[Edit], at: datetime) -> None:
        self.book.save()
        store.keep(self.path, backups=self.path.parent / BACKUPS, at=at)
        self.book.apply(edits)
        self.book.save()

    def undo(self, entry: Entry, law: Regulation) -> None:
        self.book.save()
        store.undo(self.path, backups=self.path.parent / BACKUPS, at=entry.time, open_here=True,
                   restore=partial(self._restore, entry, law))

    def _restore(self, entry: Entry, law: Regulation, before: bytes) -> None:
        """Excel holds the file, so the cells go back to what they held."""
        earlier = register.open_ledger(before, self.path.name, law)
        wanted = {(found.sheet, found.row, found.column): found.here() for found in written.formulas(Workbook(before))}
        standing = {(sheet, row, column): text for sheet, row, column, text in self.book.formulas(NOT_RETURNED)}
        edits = back(self.book.read(NOT_RETURNED), standing, earlier.book, wanted)
        self.book.apply([*edits, register.log_line(earlier, entry)])
        self.book.save()


Keeper = FileKeeper | OpenKeeper
Texts = Mapping[tuple[str, int, int], str]


def keeper(place: Path | Keeper) -> Keeper:
    """The keeper of a ledger, also where only its path is given."""
    return FileKeeper(place) if isinstance(place, Path) else place


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


def _width(grid: Grid, row: int) -> int:
    return len(grid.rows[row]) if row < len(grid.rows) else 0


def _value(grid: Grid, row: int, column: int) -> Value:
    return grid.rows[row][column] if column < _width(grid, row) else None
