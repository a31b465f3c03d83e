"""From a grid to records: which rows are data, and what each cell says. Everything left out is counted and said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from toolkit.forms.model import Column, Sheet
from toolkit.regulation import Regulation
from toolkit.returns import sight, values
from toolkit.returns.findings import Finding
from toolkit.returns.headers import Layout, header_key
from toolkit.returns.messages import finding
from toolkit.returns.records import Record, Table
from toolkit.returns.values import Read
from toolkit.sheets.grid import CellError, Grid, Value, a1

Reader = Callable[[Value], Read]
_FIRST_DAY_1904 = date(1904, 1, 1)
_DAYS_TO_1904 = (_FIRST_DAY_1904 - values.EXCEL_EPOCH).days
_TOTAL = re.compile(r"\s*(合\s*计|小\s*计|总\s*计|共\s*计)")
_NOTE = re.compile(r"\s*(注\s*[:：]|备\s*注\s*[:：]|说\s*明\s*[:：]|填表说明)")
_SIGNATURE = re.compile(r"\s*(填表人|填报人|制表|审核人|负责人签字|联系电话\s*[:：])")  # every standard form ends with one
_READERS: dict[str, Reader] = {
    "text": values.text, "person": values.person, "id_number": values.id_number, "credit_code": values.credit_code,
    "phone": values.phone, "code": values.code, "date": values.day, "year": values.year, "money": values.money,
    "area": values.area, "count": values.count, "points": values.points}


def _choice_reader(column: Column, law: Regulation) -> Reader:
    choices = law.lists[column.choices]
    problem = "F-yes-no" if column.kind.name == "yes_no" else "F-choice"

    def read(raw: Value) -> Read:
        if raw is True or raw is False:
            raw = "是" if raw else "否"
        typed = values.text(raw).value
        if typed is None:
            return Read(None)
        item = choices.find(values.half_width(typed)) or choices.find(typed)
        if item is None:
            return values.text(raw) if column.open_choices else Read(None, problem)
        return Read(item.name, "", "" if item.name == typed else f"“{typed}”读作“{item.name}”")
    return read


def reader_for(column: Column, law: Regulation, date1904: bool = False) -> Reader:
    """How a column's cells are read. `date1904`: in a workbook that counts days from 1904."""
    if column.choices:
        return _choice_reader(column, law)
    if column.header == "领办人手机":
        return values.mobile
    return day_reader(date1904) if column.kind.name == "date" else _READERS.get(column.kind.name, values.text)


def day_reader(date1904: bool) -> Reader:
    """How dates are read; days that are typed as bare numbers count from 1904 in a workbook that says so."""
    return _day_since_1904 if date1904 else values.day


def _day_since_1904(raw: Value) -> Read:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not float(raw).is_integer():
        return values.day(raw)
    if not values.FIRST_SERIAL <= raw + _DAYS_TO_1904 <= values.LAST_SERIAL:
        return values.day(raw)
    day = _FIRST_DAY_1904 + timedelta(days=int(raw))
    return values.day(day)._replace(note=f"“{values.shown(raw)}”按1904年起的日期系统读作“{day}”")


@dataclass(slots=True)
class TableRead:
    """A parsed table with what was found and left out on the way."""

    table: Table
    findings: list[Finding] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


class RowReader:
    """Reads tables of one regulation. Keeps what texts meant, because clerks repeat themselves."""

    def __init__(self, law: Regulation):
        self._law = law
        self._memo: dict[str, tuple[Reader, dict[Value, Read]]] = {}

    def read(self, file: str, grid: Grid, sheet: Sheet, layout: Layout) -> TableRead:
        """Every data row below the header as a record."""
        result = TableRead(Table(file, grid.name, sheet, layout))
        filled = _unmerged(grid, layout, result)
        plan = [(column, column.header, layout.columns[column.header], column.required,
                 *self._reader(sheet, column, grid.date1904))
                for column in sheet.columns if column.header in layout.columns]
        told = sight.told_rows(grid)
        for row, cells in filled:
            if reason := _not_data(cells, sheet, layout):
                result.dropped[reason] += 1
            else:
                self._record(result, grid, row, cells, plan)
                if row in told:
                    _look(result, grid, plan, self._law)
        return result

    def _reader(self, sheet: Sheet, column: Column, date1904: bool) -> tuple[Reader, dict[Value, Read]]:
        key = f"{sheet.name}/{column.header}/{date1904:d}"
        if key not in self._memo:
            self._memo[key] = (reader_for(column, self._law, date1904), {})
        return self._memo[key]

    def _record(self, result: TableRead, grid: Grid, row: int, cells: tuple[Value, ...], plan: list) -> None:
        record = Record(result.table, row, cells, {}, {})
        values, width, uncached = record.values, len(cells), grid.uncached
        for column, header, index, required, reader, memo in plan:
            raw = cells[index] if index < width else None
            if raw is None:
                if required or (row, index) in uncached:
                    _empty(result, record, column, (row, index) in uncached)
                continue
            key = raw if type(raw) is str else (type(raw), raw)
            read = memo.get(key)
            if read is None:
                read = memo[key] = Read(None, "F-error") if isinstance(raw, CellError) else reader(raw)
            value, problem, note = read
            if value is not None:
                values[header] = value
            elif required and not problem:
                _empty(result, record, column, False)
            if note:
                record.notes[header] = note
            if problem:
                result.findings.append(_problem(record, column, problem, self._law))
        result.table.records.append(record)


def _look(result: TableRead, grid: Grid, plan: list, law: Regulation) -> None:
    """Correct the newest record by what its cells show: crossed-out parts, telling number formats."""
    record = result.table.records[-1]
    for column, header, index, _required, reader, _memo in plan:
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
    raw = values.shown(record.raw(column.header))
    facts = {}
    if column.choices:
        facts["choices"] = "、".join(law.lists[column.choices].names[:9])
    return finding(problem, record.place(column.header), raw, column.clause, **facts)


def _not_data(cells: tuple[Value, ...], sheet: Sheet, layout: Layout) -> str:
    """Why a row is not data ("" when it is): empty, 合计, 填表人, a repeated header, a number without content."""
    first = next((cell for cell in cells if cell is not None), None)
    if first is None:
        return "空行"
    if isinstance(first, str):
        if _TOTAL.match(first):
            return "合计行"
        if _NOTE.match(first):
            return "说明行"
        if _SIGNATURE.match(first):
            return "落款行"
    if len(cells) - cells.count(None) > FEW and not (isinstance(first, str) and header_key(first) in layout.keys):
        return ""
    typed = [header for header, column in layout.columns.items() if column < len(cells) and cells[column] is not None]
    content = [header for header in typed if not sheet.by_header[header].formula and header not in _PREPRINTED]
    if not content:
        return "只有序号的空行" if typed else "表外文字行"
    if _says_its_header(cells, content[0], layout) and sum(
            _says_its_header(cells, header, layout) for header in content) * 2 > len(content):
        return "重复表头"
    if len(content) == 1 and isinstance(first, str) and len(first) > 20 and sum(c is not None for c in cells) == 1:
        return "说明行"
    return ""


def _says_its_header(cells: tuple[Value, ...], header: str, layout: Layout) -> bool:
    cell = cells[layout.columns[header]]
    return isinstance(cell, str) and header_key(cell) == header_key(header)


_OF_SIGHT = ("F-struck-part", "F-seen", "F-seen-text")
FEW = 4  # a row with more cells filled than this is data, unless it repeats the header
# 模板预填的列：只有这些列有内容的行不是一件申报。
_PREPRINTED = frozenset(("序号", "推荐区县", "年度", "区县"))


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
        if value is None or first_column not in headers or _is_foot(value):
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


def _is_foot(value: Value) -> bool:
    return isinstance(value, str) and bool(_TOTAL.match(value) or _NOTE.match(value) or _SIGNATURE.match(value))
