"""Sheets beside the expected ones that carry the same headers: 推荐汇总 (2), 补报, 续. They are read on, or it is said why not."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from toolkit.returns import recognise
from toolkit.returns.findings import Place
from toolkit.returns.messages import finding
from toolkit.returns.recognise import Located
from toolkit.returns.records import Record, Return
from toolkit.returns.rows import TableRead, row_ranges
from toolkit.sheets.grid import a1

SheetContent = frozenset[tuple[str, object]]


def take_further(result: Return, read: TableRead, found: Located, main: Located | None) -> bool:
    """Whether a further sheet's rows go with the return; those that stand in it already are left out and counted.

    A hidden sheet and one of another year are not taken, and it is said. `main`: the sheet that was read under the declared name.
    """
    sheet = read.table.sheet
    name, place = found.grid.name, Place(result.file, found.grid.name)
    records = read.table.records
    telling = {column.header for column in sheet.columns if not column.formula and column.header in found.layout.columns} - {"序号"}
    seen = {_content(record, telling) for record in result.records(sheet.name)}
    fresh = [record for record in records if _content(record, telling) not in seen]
    if len(fresh) < len(records):
        result.remarks.append(f"“{name}”表有{len(records) - len(fresh)}行与前面读取的相同，未重复读取")
    if not fresh:
        return False
    first = Place(result.file, name, a1(fresh[0].row, min(found.layout.columns.values())))
    facts: dict[str, Any] = {"sheet": sheet.name, "count": len(fresh), "where": row_ranges([record.row for record in fresh])}
    own, wanted = (_year(each) for each in (found, main))
    if own and wanted and own != wanted:
        result.findings.append(finding("F-sheet-other-year", place, name, year=own, **facts))
        return False
    if not found.grid.visible:
        # Rows beside a declaration that there are none: the whole return contradicts itself.
        result.findings.append(finding("F-sheet-unread", place if result.nil else first, name, **facts))
        return False
    result.findings.append(finding("F-sheet-continued", place, name, **facts))
    _keep(read, fresh)
    result.tables[f"{sheet.name}（{name}）"] = read.table
    return True


def _keep(read: TableRead, fresh: list[Record]) -> None:
    """Only the rows that were not read before, with what was found in them."""
    left = {record.row for record in read.table.records} - {record.row for record in fresh}
    read.findings = [found for found in read.findings if _row(found.place) not in left]
    read.table.records[:] = fresh


def _row(place: Place) -> int:
    digits = place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) - 1 if digits else -1


def _content(record: Record, headers: Set[str]) -> SheetContent:
    """What a row says under the headers that the further sheet has: an extract says nothing new."""
    return frozenset((header, value) for header, value in record.values.items() if header in headers)


def _year(located: Located | None) -> int | None:
    return recognise.year_in(recognise.title_texts(located.grid, located.layout.row)) if located else None
