"""From a grid to records: which rows are data, and what each cell says. Everything left out is counted and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

from toolkit.forms.model import Column, Sheet
from toolkit.regulation import Regulation
from toolkit.returns import row_kinds, sight, unfilled, values
from toolkit.returns.cell_reader import Reader
from toolkit.returns.characters import clean, visible
from toolkit.returns.choosing import choice_reader
from toolkit.returns.findings import Finding, Place
from toolkit.returns.headers import Layout
from toolkit.returns.messages import finding
from toolkit.returns.page_layout import PageLayout, flattened
from toolkit.returns.records import Record, Table
from toolkit.returns.row_kinds import RowSorter, is_foot
from toolkit.returns.values import Read
from toolkit.sheets.grid import CellError, Grid, Value, a1

_READERS: dict[str, Reader] = {
    "text": values.text, "person": values.person, "id_number": values.id_number, "credit_code": values.credit_code,
    "phone": values.phone, "code": values.code, "date": values.day, "year": values.year, "money": values.money,
    "area": values.area, "count": values.count, "tally": values.count, "age": values.count, "points": values.points,
    "passage": values.passage}
_OF_SIGHT = ("F-struck-part", "F-seen", "F-seen-text")
_BY_HEADER: dict[str, Reader] = {"领办人手机": values.mobile, "工作室名称": values.studio, "序号": values.serial}


class Origin(Enum):
    """Where a table comes from: people fill in a return and an assessment, the ledger was read once already."""

    RETURN, ASSESSMENT, LEDGER = range(3)


def reader_for(column: Column, law: Regulation, origin: Origin = Origin.LEDGER, epoch: date = values.EXCEL_EPOCH) -> Reader:
    """How a column's cells are read. `epoch`: the day that serial numbers are counted from."""
    read: Reader
    if column.choices:
        read = choice_reader(law.lists[column.choices], column.open_choices)
    elif column.kind.name == "date":
        read = partial(values.day, epoch=epoch, latest=date.max if origin is Origin.LEDGER else values.LATEST)
    elif column.kind.name == "person" and origin is Origin.RETURN:
        read = values.asked_person
    else:
        read = _BY_HEADER.get(column.header) or _READERS.get(column.kind.name, values.text)
    keeps_words = column.prose and not column.required
    if column.decides and origin is Origin.LEDGER:
        return _filled_in(column, read, origin, law)
    return read if origin is Origin.LEDGER or keeps_words or column.header == "序号" else _filled_in(column, read, origin, law)


def _filled_in(column: Column, read: Reader, origin: Origin, law: Regulation) -> Reader:
    """The reader for columns people fill in: what only says “nothing yet” is no value. In an assessment, where formulas count
    whatever stands in a cell, it has to go; in a return an optional cell counts as empty."""
    names = law.lists[column.choices].names if column.choices else ()
    optional = origin is Origin.RETURN and not column.required

    def of_cell(raw: Value) -> Read:
        text = clean(raw).strip() if isinstance(raw, str) else ""
        why = unfilled.kind(text)
        if not why or (column.none_counts and text in unfilled.NONE_WORDS):
            return read(raw)
        if names:
            found = read(raw)
            if found.value in names or (column.required and not column.open_choices):
                return found
        return Read(None, "", f"“{visible(text)}”按没有填写读取") if optional else Read(None, why)
    return of_cell


class _PlannedCell(NamedTuple):
    """A column as rows are read: where it stands, how it is read, and what its texts meant so far; `plain`: what was read without
    a doubt or a note, by far the most."""

    column: Column
    header: str
    place: int
    required: bool
    reader: Reader
    memo: dict[object, Read]
    plain: dict[object, Any]


@dataclass(slots=True)
class TableRead:
    """A parsed table with what was found and left out on the way."""

    table: Table
    findings: list[Finding] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


class RowReader:
    """Reads tables of one regulation. Keeps what texts meant, because clerks repeat themselves."""

    def __init__(self, law: Regulation, origin: Origin = Origin.LEDGER):
        self._law, self._origin = law, origin
        self._memo: dict[tuple[str, date], tuple[Reader, dict[object, Read], dict[object, Any]]] = {}
        self._plans: dict[tuple[object, ...], tuple[list[_PlannedCell], RowSorter]] = {}

    def read(self, file: str, grid: Grid, sheet: Sheet, layout: Layout) -> TableRead:
        """Every data row below the header as a record; the one of a page."""
        is_page = isinstance(layout, PageLayout)
        if isinstance(layout, PageLayout):
            grid = flattened(grid, layout)
        result = TableRead(Table(file, grid.name, sheet, layout))
        plan, sorter = self._plan(sheet, layout, values.LATER_EPOCH if grid.date1904 else values.EXCEL_EPOCH)
        unfinished, told = [], sight.told_rows(grid)
        for row, cells in _unmerged(grid, layout, result):
            reason = "" if is_page else sorter.left_out(cells)
            if not reason:
                self._record(result, grid, row, cells, plan)
                if row in told:
                    _look(result, grid, plan, self._law)
                continue
            result.dropped[reason] += 1
            if reason == row_kinds.UNFINISHED:
                unfinished.append(row)
            elif reason == row_kinds.OTHER_HEADER:
                _header_again(result, row, sum(not sorter.left_out(each) for each in grid.rows[row + 1:]))
                break
        if unfinished:
            place = Record(result.table, unfinished[0], (), {}, {}).place()
            result.findings.append(finding("F-rows-unfinished", place, row_ranges(unfinished)))
        return result

    def _plan(self, sheet: Sheet, layout: Layout, epoch: date) -> tuple[list[_PlannedCell], RowSorter]:
        """How the rows of a table are read: most returns have their columns in the same places."""
        key = (sheet, epoch, *layout.columns.items())
        if key not in self._plans:
            cells = [_PlannedCell(column, column.header, layout.columns[column.header], column.required, *self._reader(sheet, column, epoch))
                     for column in sheet.columns if column.header in layout.columns]
            self._plans[key] = cells, RowSorter(sheet, layout, unfinished=self._origin is Origin.RETURN)
        return self._plans[key]

    def _reader(self, sheet: Sheet, column: Column, epoch: date) -> tuple[Reader, dict[object, Read], dict[object, Any]]:
        key = f"{sheet.name}/{column.header}", epoch
        if key not in self._memo:
            self._memo[key] = (reader_for(column, self._law, self._origin, epoch), {}, {})
        return self._memo[key]

    def _record(self, result: TableRead, grid: Grid, row: int, cells: tuple[Value, ...], plan: Sequence[_PlannedCell]) -> None:
        record = Record(result.table, row, cells, {}, {})
        values, width, uncached = record.values, len(cells), grid.uncached
        for column, header, index, required, reader, memo, plain in plan:
            raw = cells[index] if index < width else None
            if raw is None:
                if required or (row, index) in uncached:
                    _empty(result, record, column, (row, index) in uncached)
                    if (row, index) in uncached and not column.formula:
                        record.problems[header] = "F-uncached"  # a formula of the clerk's own: it may say anything
                continue
            key = raw if type(raw) is str else (type(raw), raw)
            value = plain.get(key)
            if value is not None:
                values[header] = value
                continue
            read = memo.get(key)
            if read is None:
                read = memo[key] = Read(None, "F-error") if isinstance(raw, CellError) else reader(raw)
            value, problem, note = read
            if value is not None and not problem and not note:
                plain[key] = value
            if value is not None:
                values[header] = value
            elif required and not problem:
                _empty(result, record, column, False)
            if note:
                record.notes[header] = note
            if problem:
                record.problems[header] = problem
                result.findings.append(_problem(record, column, problem, self._law))
        result.table.records.append(record)


def _look(result: TableRead, grid: Grid, plan: list, law: Regulation) -> None:
    """Correct the newest record by what its cells show: crossed-out parts, telling number formats."""
    record = result.table.records[-1]
    for column, header, index, _required, reader, *_ in plan:
        text, raw = grid.seen.get((record.row, index)), record.raw(header)
        if raw is None or isinstance(raw, CellError) or (text is None and (record.row, index) not in grid.partly_struck):
            continue
        before = reader(raw)
        read, code = sight.judged(grid, record.row, index, column, before, None if text is None else reader(text))
        if read is not before:
            _replace(result, record, header, read)
        if code and code != before.problem:
            facts = {"seen": sight.seen_text(grid, record.row, index)}
            result.findings.append(finding(code, record.place(header), values.shown(raw), column.clause, **facts)
                                   if code in _OF_SIGHT else _problem(record, column, code, law))


def _replace(result: TableRead, record: Record, header: str, read: Read) -> None:
    """Put another reading in the place of a record's own, and take back what was found about that."""
    place = record.place(header)
    result.findings[:] = [found for found in result.findings if found.place != place]
    record.values.pop(header, None)
    record.notes.pop(header, None)
    if read.value is not None:
        record.values[header] = read.value
    if read.note:
        record.notes[header] = read.note


def _empty(result: TableRead, record: Record, column: Column, uncached: bool) -> None:
    code = "F-uncached" if uncached else "F-required"
    if not (uncached and not column.required and column.formula):
        result.findings.append(finding(code, record.place(column.header), clause=column.clause))


def _problem(record: Record, column: Column, problem: str, law: Regulation) -> Finding:
    return cell_problem(record.place(column.header), column, Read(record[column.header], problem), record.raw(column.header), law)


def cell_problem(place: Place, column: Column, read: Read, raw: Value, law: Regulation) -> Finding:
    """What is wrong with a cell of the column, of which its reader made this."""
    facts: dict[str, object] = {}
    if read.problem == "F-name":
        facts["why"] = values.doubtful_name(str(read.value))
    if column.choices:
        facts["choices"] = "、".join(law.lists[column.choices].names[:9])
    return finding(read.problem, place, values.shown(raw), column.clause, **facts)


def _header_again(result: TableRead, row: int, below: int) -> None:
    """A second header with another order of columns: the rows `below` it would be read in the wrong columns."""
    place = Record(result.table, row, (), {}, {}).place()
    result.findings.append(finding("F-header-again", place, row + 1, count=below, row=result.table.layout.row + 1))


def row_ranges(rows: Sequence[int]) -> str:
    """Zero-based rows as people say them: 第11至15行、第20行."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return "、".join(f"第{first + 1}至{last + 1}行" if last > first else f"第{first + 1}行" for first, last in ranges)


def _unmerged(grid: Grid, layout: Layout, result: TableRead) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Rows below the header; cells of a vertical merge repeat the first cell's value, and that is reported."""
    fills: dict[tuple[int, int], Value] = {}
    headers = {column: header for header, column in layout.columns.items()}
    for first_row, first_column, last_row, last_column in grid.merged:
        if first_row <= layout.row or last_row == first_row or first_row >= len(grid.rows):
            continue
        last_filled = min(last_row, len(grid.rows) - 1)  # some are merged to the end of the sheet
        cells = grid.rows[first_row]
        value = cells[first_column] if first_column < len(cells) else None
        if value is None or first_column not in headers or is_foot(value):
            continue
        place = Record(result.table, first_row, (), {}, {}).place(headers[first_column])
        spot = f"{a1(first_row, first_column)}:{a1(last_row, last_column)}"
        result.findings.append(finding("F-merged", place, values.shown(value), range=spot))
        fills |= {(row, first_column): value for row in range(first_row + 1, last_filled + 1)}
    for row in range(layout.row + 1, len(grid.rows)):
        cells = grid.rows[row]
        changes = {column: fills[row, column] for column in headers if (row, column) in fills} if fills else None
        if changes:
            padded = list(cells) + [None] * (max(changes) + 1 - len(cells))
            for column, value in changes.items():
                padded[column] = value
            cells = tuple(padded)
        yield row, cells
