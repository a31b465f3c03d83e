"""The cells of a worksheet part that stand too far away to be read: found, left out, noted.

Works on rows in the plain spelling (see `xlsx`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from toolkit.sheets.grid import LAST_COLUMN, LAST_ROW, from_a1
from toolkit.sheets.scans import xml_parts
from toolkit.sheets.scans.extents import SHOWN, SheetFacts, reach
from toolkit.sheets.scans.refusals import Unreadable

_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*>')
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*[^/>])?>(.*?)</c>', re.DOTALL)
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?:[^>]*[^/>])?>')
_EMPTY_ROWS = re.compile(rb"(?:<row [^>]*+>(?:<c [^>]*/>)*+</row>|<row [^>]*/>)++")
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_TEXT = re.compile(rb"<t[^>]*>([^<]*)</t>")

_FEW = 100

Bounds = tuple[int, int, int]
"""(row, zero-based; start and end of its bytes)."""


def leave_out(data: bytes, sheet: str, strings: Callable[[int], str], layout: SheetFacts) -> bytes:
    """The rows without what stands beyond a wide gap; that is noted in `layout`, shared strings looked up in `strings`.

    Raises Unreadable: damaged where a cell stands in a wrong row or beyond the sheet, cells where too much is left.
    """
    if data.count(b'"/>') + data.count(b'"></row>') > _FEW:  # a whole sheet with a style; looking for two or three takes longer than keeping them
        data = _EMPTY_ROWS.sub(b"", data)
    rows = _rows(data)
    filled, places = _filled(data, rows)
    last_row, last_column = reach(filled, places.values(), sheet)
    far_columns = {column for column, place in places.items() if place > last_column}
    if not far_columns and max(filled, default=0) <= last_row:
        return data
    kept = []
    for number, start, end in rows:
        row = data[start:end]
        far = [cell for cell in _CELL.findall(row) if number > last_row or cell[0] in far_columns]
        for cell in far:
            address = (cell[0] + cell[1]).decode()
            layout.leave_out(address, _shown(cell, strings) if layout.left_out_count < SHOWN else "")
        if far:
            row = _CELL.sub(lambda cell: b"" if number > last_row or cell[1] in far_columns else cell[0], row)  # noqa: B023
        kept.append(row)
    return b"".join(kept)


def _rows(data: bytes) -> list[Bounds]:
    starts = list(_ROW.finditer(data))
    ends = [*(row.start() for row in starts[1:]), len(data)]
    if _FILLED.search(data, 0, starts[0].start() if starts else len(data)):
        raise Unreadable("damaged")
    return [(int(row[1]) - 1, row.start(), end) for row, end in zip(starts, ends, strict=True)] if starts else []


def _filled(data: bytes, rows: list[Bounds]) -> tuple[list[int], dict[bytes, int]]:
    """The rows that hold content, and the place of every column that does."""
    filled: list[int] = []
    columns: set[bytes] = set()
    for number, start, end in rows:
        found = _FILLED.findall(data, start, end)
        if found:
            letters, numbers = zip(*found, strict=True)
            if {int(digits) for digits in set(numbers)} != {number + 1}:
                raise Unreadable("damaged")
            filled.append(number)
            columns.update(letters)
    places = {column: from_a1(column.decode() + "1")[1] for column in columns}
    if max(filled, default=0) > LAST_ROW or max(places.values(), default=0) > LAST_COLUMN:
        raise Unreadable("damaged")
    return filled, places


def _shown(cell: tuple[bytes, bytes, bytes, bytes], strings: Callable[[int], str]) -> str:
    _column, _row, marks, content = cell
    value = _VALUE.search(content)
    if value and b't="s"' in marks:
        return strings(int(value[1])) if value[1].isdigit() else ""
    return xml_parts.text(value[1] if value else b"".join(_TEXT.findall(content)))
