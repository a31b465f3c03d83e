"""Parsed rows. A record knows, for every field, the value, how it was typed, and the place it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toolkit.forms.model import Form, Sheet
from toolkit.returns.findings import Finding, Place
from toolkit.returns.headers import Layout
from toolkit.sheets.grid import Value, a1


@dataclass(slots=True)
class Record:
    """One row (zero-based) with its `cells` as they came. `values` maps header → typed value (absent = empty),
    `notes` header → how the value was read from different-looking text, `problems` header → code of the finding that says why
    a cell could not be read.
    """

    table: Table
    row: int
    cells: tuple[Value, ...]
    values: dict[str, Any]
    notes: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, header: str) -> Any:
        return self.values.get(header)

    def raw(self, header: str) -> Value:
        """The cell as it came; None where it is empty or the table has no such column."""
        column = self.table.layout.columns.get(header)
        return self.cells[column] if column is not None and column < len(self.cells) else None

    def place(self, header: str = "") -> Place:
        """Where a field stands; the row's first cell where the field has no column."""
        return Place(self.table.file, self.table.name, a1(*self.table.layout.cell(self.row, header)), header)


@dataclass(slots=True)
class Table:
    """One sheet of a return or ledger as records. `name` is the sheet's name in the file."""

    file: str
    name: str
    sheet: Sheet
    layout: Layout
    records: list[Record] = field(default_factory=list)


@dataclass(slots=True)
class Return:
    """One file as read. `refused` says why none of it can be; `remarks` say what was left out while reading; `normalised` lists
    (place, how it was read). `stated`: what stands above the first table, by label.
    `tables`: by declared sheet name, and further sheets that continue one, each under a name of its own."""

    file: str
    sha256: str
    form: Form | None = None
    district: str = ""
    year: int | None = None
    filled_on: date | None = None
    deadline: date | None = None
    nil: bool = False
    stated: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    normalised: list[tuple[Place, str]] = field(default_factory=list)
    refused: str = ""

    @property
    def basis(self) -> date | None:
        """The day retirement and ages are measured on: the call's deadline, else the filling date (R07-1c)."""
        return self.deadline or self.filled_on

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The declared sheets of its form, the main one first; none where the file is no known form."""
        return self.form.sheets if self.form else ()

    def records(self, sheet: str) -> list[Record]:
        """The records of a declared sheet and of those that continue it, none where the file lacks it."""
        tables = [table for table in self.tables.values() if table.sheet.name == sheet]
        return tables[0].records if len(tables) == 1 else [record for table in tables for record in table.records]
