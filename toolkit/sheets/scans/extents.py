"""What the container tells about a sheet beyond its values, and how far a sheet may reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit.sheets.grid import CellError, Value
from toolkit.sheets.scans.refusals import Unreadable

# The value reader allocates every cell of the rectangle a sheet spans. Below DENSE_CELLS (about 60 MB) nobody minds;
# above it, whatever stands beyond a wide gap is left out and said; MOST_CELLS is the end.
DENSE_CELLS = 2_000_000
MOST_CELLS = 12_000_000
ROW_GAP = 1_000
COLUMN_GAP = 100
LAST_ROW = 1_048_575
LAST_COLUMN = 16_383
SHOWN = 5

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
           0x2B: "#GETTING_DATA"}
ERROR_TEXTS = frozenset(_ERRORS.values())


@dataclass(slots=True)
class SheetFacts:
    """One sheet's marks, zero-based. `merged` is None where the value reader knows better.

    `instead` are values the reader does not tell apart (errors, durations). `left_out` are (address, text) of the first
    few cells that stand too far away to be read, `left_out_count` is how many there are.
    """

    instead: dict[tuple[int, int], Value] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] | None = None
    left_out: list[tuple[str, str]] = field(default_factory=list)
    left_out_count: int = 0

    def merge(self, area: tuple[int, int, int, int]) -> None:
        """Note a merged area: first row, first column, last row, last column."""
        if self.merged is None:
            self.merged = []
        self.merged.append(area)

    def leave_out(self, address: str, text: str) -> None:
        """Note one cell that is not read."""
        self.left_out_count += 1
        if len(self.left_out) < SHOWN:
            self.left_out.append((address, text))


@dataclass(frozen=True, slots=True)
class Scanned:
    """A file made safe for the value reader: its bytes, a Layout per sheet in workbook order, custom properties."""

    data: bytes
    layouts: list[SheetFacts]
    properties: dict[str, str] = field(default_factory=dict)


def reach(rows: Iterable[int], columns: Iterable[int], sheet: str) -> tuple[int, int]:
    """The last row and column to read, given the rows and columns (zero-based) that hold content.

    Everything, if the rectangle from A1 is of ordinary size; else up to the first wide gap.
    Raises Unreadable: cells, where even that is too much.
    """
    rows, columns = sorted(set(rows)), sorted(set(columns))
    last_row, last_column = (rows or [0])[-1], (columns or [0])[-1]
    if (last_row + 1) * (last_column + 1) > DENSE_CELLS:
        last_row, last_column = _before_gap(rows, ROW_GAP), _before_gap(columns, COLUMN_GAP)
    if (last_row + 1) * (last_column + 1) > MOST_CELLS:
        raise Unreadable("cells", sheet=sheet, rows=last_row + 1, columns=last_column + 1)
    return last_row, last_column


def _before_gap(places: list[int], gap: int) -> int:
    previous = -1
    for place in places:
        if place - previous > gap:
            break
        previous = place
    return max(previous, 0)


def within(first: int, last: int, limit: int) -> range:
    """first..last cut at `limit` (all included): hidden spans often run to the edge of the sheet."""
    return range(max(first, 0), min(last, limit) + 1)


def coded_error(code: int) -> CellError:
    """The error a binary cell stores as one byte ([MS-XLS] 2.5.10 BErr)."""
    return CellError(_ERRORS.get(code, "#N/A"))
