"""The tables of an .ods as they stand in content.xml: repetitions counted, comments and drawings gone.

Source: OASIS ODF 1.2 Part 1, 9.1 (tables), 19 (attributes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.sheets.grid import LAST_COLUMN, LAST_ROW
from toolkit.sheets.scans.ods_styles import OdsStyles
from toolkit.sheets.scans.refusals import Unreadable

_TEXT_ELEMENTS = frozenset(("p", "span", "a", "s", "tab", "line-break", "h"))
_HIDDEN = ("collapse", "filter")
_FIRST_DAY_1904 = "1904-01-01"

Span = tuple[int, int]
"""First and last row or column."""


@dataclass(slots=True)
class OdsCell:
    """A cell with content, `repeated` times to the right. `runs`: its text and whether each stretch is crossed out."""

    column: int
    repeated: int
    marks: dict[str, str]
    struck: bool
    paragraphs: int = 0
    runs: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


@dataclass(slots=True)
class OdsTable:
    """One table. `rows`: row, how often it is repeated, its filled cells."""

    name: str
    style: str
    rows: list[tuple[int, int, Sequence[OdsCell]]] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    column_styles: list[tuple[int, str]] = field(default_factory=list)  # (last column, style of its cells)


class OdsContent:
    """Collects tables while content.xml is walked. Raises Unreadable: damaged."""

    def __init__(self, styles: OdsStyles) -> None:
        self.tables: list[OdsTable] = []
        self.date1904 = False
        self._styles = styles
        self._row = self._column = self._column_info = 0
        self._row_style = ""
        self._cells: list[OdsCell] = []
        self._cell: OdsCell | None = None
        self._spans: list[bool | None] = []
        self._repeated_rows = 1
        self._skipped = 0  # depth inside a comment or a drawing

    def start(self, name: str, marks: dict[str, str]) -> None:
        marks = {key.rpartition(" ")[2]: value for key, value in marks.items()}
        if self._skipped or (self._cell is not None and name not in _TEXT_ELEMENTS):
            self._skipped += 1
        elif self._cell is not None:
            self._text_element(self._cell, name, marks)
        elif name == "table":
            self.tables.append(OdsTable(marks.get("name", ""), marks.get("style-name", "")))
            self._row = self._column_info = 0
        elif self.tables:
            self._table_element(self.tables[-1], name, marks)
        elif name == "null-date":
            self.date1904 = marks.get("date-value") == _FIRST_DAY_1904
        else:
            self._styles.start(name, marks)

    def _table_element(self, table: OdsTable, name: str, marks: dict[str, str]) -> None:
        if name == "table-column":
            self._column_info += self._span(self._column_info, marks, "columns", table.hidden_columns)
            table.column_styles.append((self._column_info - 1, marks.get("default-cell-style-name", "")))
        elif name == "table-row":
            self._repeated_rows = self._span(self._row, marks, "rows", table.hidden_rows)
            self._row_style = marks.get("default-cell-style-name", "")
            self._column, self._cells = 0, []
        elif name in ("table-cell", "covered-table-cell"):
            usual = next((style for last, style in table.column_styles if last >= self._column), "")
            struck = self._styles.struck(marks.get("style-name") or self._row_style or usual)
            self._cell = OdsCell(self._column, count(marks, "number-columns-repeated"), marks, struck is True)
            self._spans = []

    def _span(self, at: int, marks: dict[str, str], what: str, hidden: list[Span]) -> int:
        repeated = count(marks, f"number-{what}-repeated")
        if marks.get("visibility") in _HIDDEN or self._styles.is_low(marks.get("style-name", "")):
            hidden.append((at, at + repeated - 1))
        return repeated

    def _text_element(self, cell: OdsCell, name: str, marks: dict[str, str]) -> None:
        if name == "s":
            self.text(" " * min(count(marks, "c"), 1000))
        elif name in ("p", "h"):
            cell.paragraphs += 1
            self.text("\n" if cell.paragraphs > 1 else "")
        elif name in ("tab", "line-break"):
            self.text("\t" if name == "tab" else "\n")
        elif name == "span":
            self._spans.append(self._styles.struck(marks.get("style-name", "")))

    def text(self, text: str) -> None:
        cell = self._cell
        if cell is not None and text and cell.paragraphs and not self._skipped:
            said = [struck for struck in self._spans if struck is not None]
            cell.runs.append((text, said[-1] if said else cell.struck))

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "span" and self._spans:
            self._spans.pop()
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table-row" and self.tables:
            if self._row + self._repeated_rows - 1 > LAST_ROW and self._cells:
                raise Unreadable("damaged")
            if self._cells:
                self.tables[-1].rows.append((self._row, self._repeated_rows, self._cells))
            self._row += self._repeated_rows

    def _end_cell(self, cell: OdsCell) -> None:
        rows, columns = count(cell.marks, "number-rows-spanned"), count(cell.marks, "number-columns-spanned")
        if rows > 1 or columns > 1:
            self.tables[-1].merged.append((self._row, cell.column, self._row + rows - 1, cell.column + columns - 1))
        self._column = cell.column + cell.repeated
        if "value-type" in cell.marks or cell.runs or "formula" in cell.marks:
            if self._column - 1 > LAST_COLUMN:
                raise Unreadable("damaged")
            self._cells.append(cell)


def count(marks: dict[str, str], name: str) -> int:
    """A repetition or span of at least 1."""
    value = marks.get(name, "1")
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 9 else 1
