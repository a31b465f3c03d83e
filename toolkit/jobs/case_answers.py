"""The page 个案办理 of an open ledger: whom and what the clerk chose, what was filled in, and the lines that Python writes below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from toolkit.errors import UserError
from toolkit.forms.model import CASE_LIST_SHEET, CASE_SHEET
from toolkit.forms.tasks import CASE_DAY, CASE_LINES, CASE_MOVE, CASE_ROWS, CASE_STATE, CASE_SUBJECT
from toolkit.jobs.task_answers import typed_as
from toolkit.pages.case_page import BAND_LINE, FIELD_LINE, KIND, LIST, MOVE_LIST, PLAIN_LINE, SUBJECT_LIST
from toolkit.pages.desk_block import HELP, INPUT, LABEL
from toolkit.returns import values
from toolkit.returns.values import shown
from toolkit.sheets.edit import Edit, SetCell
from toolkit.sheets.grid import CellRef, Grid, Value, a1

if TYPE_CHECKING:
    from toolkit.sheets.live import OpenBook

CODE = "预览码 "  # how the outcome of a preview begins
_NAMES = (CASE_SUBJECT, CASE_MOVE, CASE_DAY, CASE_STATE, CASE_LINES)
_EMPTY = Grid("", ())


class CaseLine(NamedTuple):
    """A line below the inputs: a word, what it is about (of a field: the white cell), the text, the clause; its kind and its dropdown."""

    word: str = ""
    about: str = ""
    said: str = ""
    clause: str = ""
    kind: str = ""
    choices: str = ""


class AskedFor(NamedTuple):
    """Whom and which move the white cells below are for."""

    subject: str
    move: str


@dataclass(frozen=True)
class CasePage:
    """`cells`: defined name → its cell (sheet, zero-based row and column) and what stands there; `grid` the page, `lists` the hidden sheet
    behind its dropdowns."""

    cells: Mapping[str, tuple[CellRef, Value]]
    grid: Grid
    lists: Grid

    @classmethod
    def read(cls, book: OpenBook) -> CasePage:
        """UserError where the ledger has no such page."""
        spots, grid = book.screen.spots(), book.screen.sheet(CASE_SHEET)
        if grid is None or any(name not in spots for name in _NAMES):
            raise UserError(f"这本台账没有完整的“{CASE_SHEET}”页。请用“个案办理”图标，或者命令 act。")
        cells = {name: (spots[name], grid.at(spots[name].row, spots[name].column)) for name in _NAMES}
        return cls(cells, grid, book.screen.sheet(CASE_LIST_SHEET) or _EMPTY)

    @property
    def subject(self) -> str:
        """Number, name or label of the studio or application."""
        return shown(self.cells[CASE_SUBJECT][1]).strip()

    @property
    def move(self) -> str:
        return shown(self.cells[CASE_MOVE][1]).strip()

    @property
    def on(self) -> date | None:
        """UserError where the cell holds no date."""
        return typed_as(*self.cells[CASE_DAY], values.day, "如 2026-11-20 的日期")

    @property
    def code(self) -> str:
        """The code of the preview that the page shows. UserError where there is none to agree to."""
        said = shown(self.cells[CASE_STATE][1])
        if not said.startswith(CODE):
            raise UserError("还没有可以确认的预览。请先点“预览办理”，核对下面列出的内容，再点“确认办理”。")
        return said.removeprefix(CODE).split("　")[0]

    @property
    def first(self) -> CellRef:
        """The first cell of the lines."""
        return self.cells[CASE_LINES][0]

    @property
    def asked(self) -> AskedFor:
        """Empty texts where there are no white cells below."""
        return AskedFor(*(shown(self.grid.at(self.first.row, column)) for column in (HELP, INPUT)))

    @property
    def fields(self) -> Mapping[str, int]:
        """Column → the row (zero-based) of its white cell."""
        rows = range(self.first.row, self.first.row + CASE_ROWS)
        return {shown(self.grid.at(row, LABEL)): row for row in rows if self.grid.at(row, KIND) == FIELD_LINE}

    @property
    def given(self) -> Mapping[str, Value]:
        """Column → what was filled in; blank ones are left out."""
        found = {header: self.grid.at(row, INPUT) for header, row in self.fields.items()}
        return {header: value for header, value in found.items() if shown(value).strip()}

    def place(self, header: str) -> str:
        """Where a column is filled in."""
        return f"本页 {a1(self.fields[header], INPUT)}"

    def shows(self, said: str, lines: Sequence[CaseLine]) -> Iterator[Edit]:
        """What writes the outcome and these lines, and nothing else below the inputs."""
        lines = list(_spaced(lines))
        if len(lines) > CASE_ROWS:
            left = len(lines) - CASE_ROWS + 1
            lines = [*lines[:CASE_ROWS - 1], CaseLine("……", "", f"还有{left}行，这里写不下。用命令 act 能看到全部。", "", PLAIN_LINE)]
        yield SetCell(*self.cells[CASE_STATE][0], said)
        blank = CaseLine()
        for row, line in enumerate((*lines, *(blank for _ in range(CASE_ROWS - len(lines)))), self.first.row):
            for column, text in zip((*range(LABEL, KIND), KIND, LIST), line, strict=True):
                if text or self.grid.at(row, column) is not None:
                    yield SetCell(CASE_SHEET, row, column, text or None)

    def offers(self, subjects: Iterable[str], moves: Iterable[str]) -> Iterator[Edit]:
        """What brings the dropdowns up to date: whom they offer, and the moves, in this order."""
        for column, wanted in ((SUBJECT_LIST, list(subjects)), (MOVE_LIST, list(moves))):
            there = [self.lists.at(row, column) for row in range(1, len(self.lists.rows))]
            for row in range(max(len(there), len(wanted))):
                text = wanted[row] if row < len(wanted) else None
                if text != (there[row] if row < len(there) else None):
                    yield SetCell(CASE_LIST_SHEET, row + 1, column, text)

    def cleared(self) -> Edit:
        """What empties 事项, which was made."""
        return SetCell(*self.cells[CASE_MOVE][0], None)


def _spaced(lines: Iterable[CaseLine]) -> Iterator[CaseLine]:
    """The lines with an empty one before each band but the first."""
    for number, line in enumerate(lines):
        if number and line.kind == BAND_LINE:
            yield CaseLine()
        yield line


def band(title: str, about: str = "", said: str = "") -> CaseLine:
    return CaseLine(title, about, said, "", BAND_LINE)
