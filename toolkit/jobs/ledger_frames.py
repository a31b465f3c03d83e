"""The ledger for a notebook: one pandas table a register, every column with its type.

pandas is imported here and in `jobs.statistics` only, never on the way of `check` or of a button.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas

from toolkit.errors import UserError
from toolkit.forms import model
from toolkit.forms.model import Column
from toolkit.forms.register_rows import ROWS
from toolkit.forms.typed_rows import TypedRow
from toolkit.jobs.keeping import Keeper, keeper
from toolkit.ledger.books import Books
from toolkit.regulation import in_force
from toolkit.returns.messages import MESSAGES
from toolkit.returns.values import shown

UNREADABLE_CELLS = "读不懂的格"
ROW_NUMBER = "行"
_UNREAD = ("表", "单元格", "栏目", "内容", "问题")
_DATES, _NUMBERS, _COUNTS = (model.date,), (model.money, model.area, model.points), (model.count, model.tally, model.year, model.age)


def frames(place: Path | Keeper) -> dict[str, pandas.DataFrame]:
    """Sheet → its rows under the sheet's headers, indexed by the row in Excel (行); empty sheets with their columns and types.

    Dates are datetime64, money, points and areas Float64, counts and years Int64, everything else string. A cell that is empty or that
    cannot be read is NA; which of the two it is, “读不懂的格” tells: one line for each cell that cannot be read, with what stands in it.
    UserError where there is no ledger, or it cannot be read.
    """
    kept = keeper(place)
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    books = Books(kept.load(in_force(date.today())).standing)
    found = {kind.sheet.name: _frame(kind, books.of(kind)) for kind in ROWS}
    unread = [_unread(row, header, code) for kind in ROWS for row in books.of(kind) for header, code in row.record.problems.items()]
    return {**found, UNREADABLE_CELLS: pandas.DataFrame(unread, columns=list(_UNREAD), dtype="string")}


def _frame(kind: type[TypedRow], rows: Sequence[TypedRow]) -> pandas.DataFrame:
    index = pandas.Index([row.record.row + 1 for row in rows], name=ROW_NUMBER, dtype="int64")
    return pandas.DataFrame({
        field.header: pandas.Series([_cell(row, field.column) for row in rows], index=index, dtype=_type(field.column))
        for field in kind.fields.values()}, index=index)


def _type(column: Column) -> Any:
    if column.kind in _DATES:
        return "datetime64[ns]"
    return "Float64" if column.kind in _NUMBERS else "Int64" if column.kind in _COUNTS else "string"


def _cell(row: TypedRow, column: Column) -> Any:
    value = row.record.values.get(column.header)
    if value is None or column.header in row.record.problems:
        return pandas.NaT if column.kind in _DATES else pandas.NA
    if column.kind in _DATES:
        return pandas.Timestamp(value)
    return float(value) if column.kind in _NUMBERS else int(value) if column.kind in _COUNTS else shown(value)


def _unread(row: TypedRow, header: str, code: str) -> tuple[str, ...]:
    place = row.record.place(header)
    wording = MESSAGES[code][1] if code in MESSAGES else code
    said = shown(row.record.raw(header))
    return place.sheet, place.cell, header, said, wording.replace("{value}", said)
