"""The ledger workbook: opening it, and turning a plan into edits of its cells.

Columns are found by header wherever people moved them; what they added stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.ledger import oplog
from toolkit.ledger.ledger_rows import ENTERED, LedgerRow
from toolkit.ledger.plan import Change, Plan
from toolkit.pages import board_cells, row_formulas, upgrade
from toolkit.regulation import Regulation
from toolkit.returns import standing
from toolkit.returns.records import Table
from toolkit.returns.standing import Standing
from toolkit.sheets import collecting, read
from toolkit.sheets.edit import AppendRows, CellValue, Edit, Formula, SetCell
from toolkit.sheets.grid import Book, a1

LOG = "操作日志"
FIRST_VERSION = "1"  # what every ledger has; later columns and sheets come with the first write
STAMPED = {"冲突": "登记时间", "提示说明": "登记时间", "报表登记": "登记时间", "发文登记": "登记时间"}


@dataclass(frozen=True)
class Ledger:
    """A ledger as it stands: grids, tables, and the file's bytes (empty where it is open in Excel)."""

    book: Book
    standing: Standing
    data: bytes = b""

    def end(self, sheet: str) -> int:
        """The first row (zero-based) below everything that stands on a sheet."""
        return len(next(grid for grid in self.book.grids if grid.name == sheet).rows)


@dataclass(frozen=True)
class Entry:
    """Who does what, when: one line of 操作日志."""

    time: datetime
    operation: str
    operator: str
    subject: str
    summary: str


def open_ledger(data: bytes, name: str, law: Regulation) -> Ledger:
    """Read a ledger from its bytes. UserError names a sheet that is gone."""
    return of_book(read.from_bytes(data, name), law, data)


def of_book(book: Book, law: Regulation, data: bytes = b"") -> Ledger:
    """The ledger a workbook is. UserError names a sheet that is gone."""
    with collecting.put_off():
        found = standing.read(book, law)
    lost = [sheet.name for sheet in LEDGER.sheets if sheet.name not in found.tables and sheet.since == FIRST_VERSION]
    if lost:
        raise UserError(f"台账“{book.file}”里找不到“{'”“'.join(lost)}”表。请恢复表名和表头，或从“备份”文件夹取回上一份。")
    return Ledger(book, found, data)


def load(path: Path, law: Regulation) -> Ledger:
    """Read a ledger file."""
    return open_ledger(path.read_bytes(), path.name, law)


def edits(ledger: Ledger, plan: Plan, entry: Entry, law: Regulation) -> list[Edit]:
    """What carries the plan out and adds one line to 操作日志; what a ledger of an earlier version lacks is added first;
    看板 says what stands there then."""
    book, found, added = upgrade.upgraded(ledger.book, ledger.standing, law)
    ledger = replace(ledger, book=book, standing=found)
    return [*added, *_additions(ledger, [*plan.added, *plan.received], entry, law), *_changes(ledger, plan.changed, entry), log_line(ledger, entry),
            *board_cells.after(book, found, _as_written(plan, entry), law, entry.time)]


def _as_written(plan: Plan, entry: Entry) -> Plan:
    """The plan with all that is written: the returns that came in, and in each row the time, from which terms are counted."""
    added = [replace(row, values={**row.values, STAMPED.get(row.sheet, ENTERED): _time(entry)}) for row in (*plan.added, *plan.received)]
    changed = [replace(change, fields={**change.fields, STAMPED.get(change.sheet, ENTERED): (None, _time(entry))}) for change in plan.changed]
    return Plan(added=added, changed=changed)


class PlannedValue(NamedTuple):
    """One cell that a plan writes: its sheet, A1 address and header, what stands there and what will."""

    sheet: str
    cell: str
    header: str
    before: Any
    after: Any


def planned_values(ledger: Ledger, plan: Plan, law: Regulation) -> Iterator[PlannedValue]:
    """Every value that `edits` of the plan writes into a cell of its own, in a ledger that was brought up to date."""
    book, found, _ = upgrade.upgraded(ledger.book, ledger.standing, law)
    ledger = replace(ledger, book=book, standing=found)
    for change in plan.changed:
        columns = ledger.standing.tables[change.sheet].layout.columns
        for header, (old, new) in sorted(change.fields.items(), key=lambda item: columns[item[0]]):
            yield PlannedValue(change.sheet, a1(change.row, columns[header]), header, old, new)
    ends = {row.sheet: _first_free(ledger, ledger.standing.tables[row.sheet]) for row in plan.added}
    for row in plan.added:
        columns = ledger.standing.tables[row.sheet].layout.columns
        for header, value in sorted(row.values.items(), key=lambda item: columns[item[0]]):
            if value is not None:
                yield PlannedValue(row.sheet, a1(ends[row.sheet], columns[header]), header, None, value)
        ends[row.sheet] += 1


def _first_free(ledger: Ledger, table: Table) -> int:
    """The row (zero-based) that the next addition gets."""
    return max(ledger.end(table.name), table.layout.row + 1)


def _additions(ledger: Ledger, added: Iterable[LedgerRow], entry: Entry, law: Regulation) -> Iterable[Edit]:
    by_sheet: dict[str, list[LedgerRow]] = {}
    for row in added:
        by_sheet.setdefault(row.sheet, []).append(row)
    for sheet, rows in by_sheet.items():
        table = ledger.standing.tables[sheet]
        _all_columns(table, set().union(*(row.values for row in rows)) & set(table.sheet.headers))
        first = _first_free(ledger, table)
        columns = table.layout.columns
        stamp = columns.get(STAMPED.get(sheet, ENTERED))
        stamped = {} if stamp is None else {stamp: _time(entry)}
        cells: list[dict[int, CellValue]] = [
            {columns[header]: value for header, value in row.values.items() if value is not None} | stamped
            for row in rows]
        if any(column.formula for column in table.sheet.columns):
            for number, values in enumerate(cells, first):
                written = row_formulas.for_row(table.sheet, law, number, columns)
                values |= {columns[header]: Formula(formula) for header, formula in written.items()}
        yield AppendRows(table.name, first, cells)


def _changes(ledger: Ledger, changed: Iterable[Change], entry: Entry) -> Iterable[Edit]:
    for change in changed:
        table = ledger.standing.tables[change.sheet]
        _all_columns(table, change.fields)
        columns = table.layout.columns
        for header, (_, new) in change.fields.items():
            yield SetCell(table.name, change.row, columns[header], new)
        stamp = STAMPED.get(change.sheet, ENTERED)
        if stamp in columns:
            yield SetCell(table.name, change.row, columns[stamp], _time(entry))


def _all_columns(table: Table, headers: Iterable[str]) -> None:
    gone = [header for header in headers if header not in table.layout.columns]
    if gone:
        raise UserError(f"台账“{table.name}”表缺少“{'”“'.join(gone)}”列。"
                        "请恢复这些列的表头，或从“备份”文件夹取回上一份。")


def _time(entry: Entry) -> str:
    return f"{entry.time:%Y-%m-%d %H:%M:%S}"


class LogLine(AppendRows):
    """The edit that adds a line to 操作日志, its values in the order of `oplog.HEADERS`."""


def logged(edits: Iterable[Edit]) -> tuple[CellValue, ...] | None:
    """The line of 操作日志 that edits add, in the order of `oplog.HEADERS`."""
    return next((tuple(edit.rows[0].values()) for edit in edits if isinstance(edit, LogLine)), None)


def log_line(ledger: Ledger, entry: Entry) -> LogLine:
    """The next line of 操作日志, carrying the check code of the line before."""
    table = ledger.standing.tables[LOG]
    _all_columns(table, oplog.HEADERS)
    lines = log_rows(ledger)
    line = oplog.line(lines[-1] if lines else None, entry.time, operation=entry.operation, operator=entry.operator,
                      target=entry.subject, summary=entry.summary)
    columns = table.layout.columns
    return LogLine(table.name, _first_free(ledger, table), [{columns[header]: value for header, value in zip(oplog.HEADERS, line, strict=True)}])


def log_rows(ledger: Ledger) -> list[tuple]:
    """操作日志 as it stands, in the order of `oplog.HEADERS`."""
    return [tuple(record.raw(header) for header in oplog.HEADERS) for record in ledger.standing.records(LOG)]
