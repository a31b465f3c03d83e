"""The registers as they would stand after a plan: what would follow is judged before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toolkit.ledger.audit import audit
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.plan import Plan
from toolkit.returns.findings import Finding
from toolkit.returns.records import Record, Table


def after(books: Books, plan: Plan) -> Books:
    """The books with the plan carried out; the books themselves stay as they are."""
    tables = dict(books.standing.tables)
    for change in plan.changed:
        values = {header: new for header, (_, new) in change.fields.items()}
        tables[change.sheet] = _with(tables[change.sheet], change.row, values)
    for row in plan.added:
        table = tables[row.sheet]
        last = max((record.row for record in table.records), default=table.layout.row)
        blank = Record(table, last + 1, (), {}, {})
        tables[row.sheet] = replace(table, records=[*table.records, _written(blank, row.values)])
    return Books(replace(books.standing, tables=tables))


def foreseen(watch: Watch, plan: Plan) -> tuple[Watch, Sequence[Finding]]:
    """The ledger with the plan carried out, and what checking it would find then that it does not find now."""
    then = Watch(after(watch.books, plan), watch.law, watch.on, watch.holidays)
    known = set(audit(watch.books, watch.law, watch.on, watch.holidays))
    return then, [each for each in audit(then.books, then.law, then.on, then.holidays) if each not in known]


def _with(table: Table, row: int, values: Mapping[str, Any]) -> Table:
    return replace(table, records=[_written(record, values) if record.row == row else record for record in table.records])


def _written(record: Record, values: Mapping[str, Any]) -> Record:
    """The row with cells written over."""
    columns = record.table.layout.columns
    cells = [*record.cells, *[None] * (max(columns.values(), default=-1) + 1 - len(record.cells))]
    for header, value in values.items():
        if header in columns:
            cells[columns[header]] = value
    return replace(record, cells=tuple(cells), values={**record.values, **values},
                   problems={header: problem for header, problem in record.problems.items() if header not in values})
