"""Rows of a table with a name and a type for each column: the header stands once, in the form.

A cell is empty, or holds a value, or cannot be read. Whoever asks a typed row for a cell that cannot be read gets an
exception and never "empty": nothing may be decided on a cell that nobody understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar, overload

from toolkit.forms.model import Column, Sheet

T = TypeVar("T")


class ParsedRow(Protocol):
    """What a typed row stands on: its zero-based `row`, `values` by header (absent: empty), `problems` header → why a cell could
    not be read; the cell as it came, and where it stands."""

    row: int
    values: dict[str, Any]
    problems: dict[str, str]

    def raw(self, header: str) -> Any: ...

    def place(self, header: str = "") -> Any: ...


class UnreadableCell(Exception):
    """A cell that decides something holds something that cannot be read."""

    def __init__(self, row: TypedRow, column: Column) -> None:
        super().__init__(column.header)
        self.row = row
        self.column = column


class RowField(Generic[T]):
    """One column of a typed row. On the class it tells its header, on a row its value: None only where the cell is empty."""

    def __init__(self, header: str) -> None:
        self.header = header
        self.column: Column

    @overload
    def __get__(self, row: None, owner: type[TypedRow]) -> RowField[T]: ...

    @overload
    def __get__(self, row: TypedRow, owner: type[TypedRow]) -> T | None: ...

    def __get__(self, row: TypedRow | None, owner: type[TypedRow]) -> RowField[T] | T | None:
        if row is None:
            return self
        record = row.record
        if self.header in record.problems:
            raise UnreadableCell(row, self.column)
        return record.values.get(self.header)


class TypedRow:
    """A row of one sheet. Subclasses name every column of it: `class StudioRow(TypedRow, sheet=STUDIOS)`; one without a sheet names
    columns that several sheets have."""

    sheet: ClassVar[Sheet]
    fields: ClassVar[Mapping[str, RowField]]
    """Attribute name → field."""

    def __init_subclass__(cls, sheet: Sheet | None = None) -> None:
        if sheet is None:
            return
        cls.sheet = sheet
        for name, field in [pair for base in cls.__mro__[1:] for pair in vars(base).items()]:
            if isinstance(field, RowField) and name not in vars(cls):
                setattr(cls, name, RowField(field.header))  # a column is of one sheet
        cls.fields = {name: field for name, field in vars(cls).items() if isinstance(field, RowField)}
        for field in cls.fields.values():
            field.column = sheet.by_header[field.header]

    def __init__(self, record: ParsedRow) -> None:
        self.record = record

    @classmethod
    def by_header(cls, **values: Any) -> dict[str, Any]:
        """Header → value, the fields named by their attributes. KeyError for one that there is not."""
        return {cls.fields[name].header: value for name, value in values.items()}

    def known(self, *fields: RowField) -> list[Any]:
        """The values of these fields that can be read and are not empty; for looking up and showing, not for deciding."""
        return [self.record.values[field.header] for field in fields
                if field.header not in self.record.problems and self.record.values.get(field.header) is not None]
