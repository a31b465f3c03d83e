"""What an 申报工作簿 says in the words of 区县推荐汇总表, and which rows of that it takes.

Rows that came from an application carry nothing that tells so; the workbook keeps, for each application taken in, a code of what was
written (`Taken`). While the rows still say that, a newer application may replace them; once somebody changed them by hand, it may not.
Source: 乌人社规〔2023〕1号 第九条、第十条
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from toolkit.forms.application_book import OF_DISTRICT
from toolkit.forms.model import Column, Sheet
from toolkit.forms.recommendation import APPLICATIONS, AWARDS, MATERIALS, TEAM
from toolkit.regulation import Regulation
from toolkit.returns.characters import blank
from toolkit.returns.checks.case import Case
from toolkit.returns.records import Record, Return
from toolkit.returns.row_kinds import is_foot
from toolkit.returns.values import shown
from toolkit.sheets.grid import Book, Grid

SERIAL, REMARK, COMPLETE, STUDIO = "序号", "备注", "材料齐全", "工作室名称"
UNIT_HEADERS = tuple(column.header for column in APPLICATIONS.columns
                     if not column.formula and (column.header == COMPLETE or column.header not in (*OF_DISTRICT, REMARK)))
"""The columns of 推荐汇总 that an application fills in; 材料齐全 follows from its papers, 备注 goes only where nothing stands yet."""
LISTS = (TEAM, AWARDS, MATERIALS)
RowValues = Mapping[str, Any]
PROPERTY = "汇入 "  # how the names of the document properties begin that say what was taken in
_SEPARATOR = "|"


@dataclass(frozen=True)
class Forwarded:
    """One application as rows: `main` for 推荐汇总, `lists` for the other sheets by name."""

    key: str
    studio: str
    filled_on: date | None
    file: str
    main: RowValues
    remark: str | None
    lists: Mapping[str, Sequence[RowValues]]

    @property
    def code(self) -> str:
        """Sixteen hexadecimal digits of what it says."""
        return _code(self.main, self.lists)


@dataclass(frozen=True)
class Taken:
    """What the workbook remembers of an application taken in: the code of its rows, its day, its file."""

    code: str
    filled_on: date | None = None
    file: str = ""

    def __str__(self) -> str:
        return _SEPARATOR.join((self.code, str(self.filled_on or ""), self.file[:80]))


def remembered(book: Book, key: str) -> Taken | None:
    """What a workbook remembers of the application; None where it was never taken in."""
    code, _, rest = book.properties.get(property_name(key), "").partition(_SEPARATOR)
    day, _, file = rest.partition(_SEPARATOR)
    try:
        return Taken(code, date.fromisoformat(day) if day else None, file) if code else None
    except ValueError:
        return Taken(code)


def property_name(key: str) -> str:
    return PROPERTY + hashlib.sha256(key.encode()).hexdigest()[:12].upper()


def forwarded(case: Case, law: Regulation) -> Forwarded:
    """An application as the rows that typing it into 推荐汇总表 would give."""
    record, studio = case.record, case[STUDIO] or ""
    main = {header: _typed(record, header, APPLICATIONS) for header in UNIT_HEADERS}
    if main["团队人数(不含领办人)"] is None:
        main["团队人数(不含领办人)"] = len(case.team)
    papers = {paper["材料"]: paper["是否提交"] for paper in case.source.records(MATERIALS.name)}
    answers = {name: papers.get(name) for name in law.lists["materials"].names}
    main[COMPLETE] = "是" if set(answers.values()) == {"是"} else "否"
    lists: dict[str, Sequence[RowValues]] = {
        TEAM.name: tuple(_listed(member, TEAM, studio) for member in case.team),
        AWARDS.name: tuple(_listed(award, AWARDS, studio) for award in case.awards),
        MATERIALS.name: ({STUDIO: studio, **answers},)}
    return Forwarded(key_of(record), studio, case.source.filled_on, case.source.file, main, case[REMARK], lists)


def key_of(record: Record) -> str:
    """What tells an application from others in either workbook: the leader's ID number (or name) and the occupation."""
    return _SEPARATOR.join(shown(part) for part in (record["身份证号"] or record["领办人"], record["职业(工种)"]))


def _listed(record: Record, sheet: Sheet, studio: str) -> RowValues:
    return {STUDIO: studio} | {header: _typed(record, header, sheet) for header in sheet.headers if header != STUDIO}


def _typed(record: Record, header: str, sheet: Sheet) -> Any:
    """The value as typing would leave it in a cell: a number in a column of words stays one."""
    value, raw, column = record[header], record.raw(header), sheet.by_header[header]
    return raw if _keeps_numbers(column) and isinstance(raw, (int, float)) and shown(raw) == value else value


def _keeps_numbers(column: Column) -> bool:
    return column.kind.number_format == "General" and not column.choices


def listed(source: Return, sheet: Sheet, studio: str | None) -> list[Record]:
    """The rows of one of the `LISTS` in a 推荐汇总表 that name a studio."""
    return [record for record in source.records(sheet.name) if studio and record[STUDIO] == studio]


def code_of(source: Return, main: Record) -> str:
    """The code of what stands in a 推荐汇总表 for an application; equal to the application's as long as nobody changed it."""
    return _code(main.values, {sheet.name: [record.values for record in listed(source, sheet, main[STUDIO])] for sheet in LISTS})


def _code(main: RowValues, lists: Mapping[str, Sequence[RowValues]]) -> str:
    said = [[shown(main.get(header)) for header in UNIT_HEADERS]]
    for sheet in LISTS:
        said += sorted([sheet.name, *(shown(row.get(header)) for header in sheet.headers)] for row in lists[sheet.name])
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16].upper()


def free_rows(grid: Grid, source: Return, sheet: Sheet) -> Iterator[int]:
    """Zero-based rows of a sheet that can still be filled in, down to its totals; without those, further rows below."""
    table = source.tables[sheet.name]
    columns = [column for header, column in table.layout.columns.items() if not sheet.by_header[header].formula]
    used = {record.row for record in table.records}
    row = table.layout.row + 1
    while row < len(grid.rows):
        if any(is_foot(cell) for cell in grid.rows[row][:1]):
            return
        if row not in used and all(blank(grid.at(row, column)) for column in columns):
            yield row
        row += 1
    yield from range(row, row + sheet.rows)
