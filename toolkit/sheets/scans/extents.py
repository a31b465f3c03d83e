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
SHOWN = 5
# Nobody sees what stands in a line of less: points, characters of the standard font.
LEAST_HEIGHT, LEAST_WIDTH = 2.0, 0.3
TWIPS, WIDTH_STEPS = 20, 256  # how the binary formats count: in a point, in a character

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
           0x2B: "#GETTING_DATA", 0x2D: "#SPILL!", 0x2E: "#CONNECT!", 0x2F: "#BLOCKED!", 0x30: "#UNKNOWN!", 0x31: "#FIELD!",
           0x32: "#CALC!"}
ERROR_TEXTS = frozenset(_ERRORS.values())
_UNKNOWN_ERROR = "#UNKNOWN!"
# What stands in place of a cell whose bytes say nothing: a string that is not there, a truth value of 7.
SPOILT = CellError("（内容损坏）")
TOO_NARROW = CellError("########")  # what Excel shows for a date before its calendar begins
FURTHEST_DAY = 2_958_465  # 9999-12-31; the value reader cannot tell durations of centuries


@dataclass(slots=True)
class SheetFacts:
    """One sheet's marks, zero-based.

    `instead` are values the reader does not tell apart (errors, durations). `formats` are the number formats of cells where
    these are unusual, `seen` what cells show where the file says that itself. `left_out` are (address, text) of the first
    few cells that stand too far away to be read, `left_out_count` is how many there are.
    """

    instead: dict[tuple[int, int], Value] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    partly_struck: set[tuple[int, int]] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    seen: dict[tuple[int, int], str] = field(default_factory=dict)
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
    """A file made safe for the value reader: its bytes, the facts of every worksheet in workbook order, custom properties."""

    data: bytes
    layouts: list[SheetFacts]
    properties: dict[str, str] = field(default_factory=dict)
    date1904: bool = False


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
    return CellError(_ERRORS.get(code, _UNKNOWN_ERROR))
