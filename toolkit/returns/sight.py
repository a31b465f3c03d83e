"""Where a sheet shows a clerk something else than its cells hold: hidden lines, crossed-out text, telling number formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from toolkit.forms.model import Column
from toolkit.returns.findings import Finding, Place
from toolkit.returns.headers import Layout
from toolkit.returns.messages import finding
from toolkit.returns.records import Record, Table
from toolkit.returns.values import Read, shown
from toolkit.sheets.grid import Grid, Value, a1

BLANK = "空白"
_TEXTS = frozenset(("text", "person", "id_number", "credit_code", "phone", "code", "exact"))


def hidden(file: str, grid: Grid, layout: Layout, rows: Iterable[int]) -> Iterator[Finding]:
    """What is hidden, or of next to no height or width, and is read all the same. `rows`: those of the records."""
    place = Place(file, grid.name)
    if not grid.visible:
        yield finding("F-hidden-sheet", place, grid.name)
    lines = [str(row + 1) for row in rows if row in grid.hidden_rows]
    if lines:
        yield finding("F-hidden-rows", place, "、".join(lines))
    for header in layout.columns:
        row, column = layout.cell(layout.row, header)
        if column in grid.hidden_columns:
            yield finding("F-hidden-columns", Place(file, grid.name, a1(row, column), header), header)


def crossed_out(grid: Grid, table: Table, facts: Mapping[str, Value]) -> Iterator[Finding]:
    """Rows that are crossed out whole, single cells, and the facts above the table. Partly crossed-out cells of records
    are told where those are read."""
    layout = table.layout
    if grid.struck:
        lines = []
        for record in table.records:
            crossed, typed = _crossed(grid, record)
            if crossed and len(crossed) == typed:
                lines.append(str(record.row + 1))
            else:
                yield from (finding("F-struck", record.place(header), shown(record.raw(header))) for header in crossed)
        if lines:
            yield finding("F-struck-rows", Place(table.file, grid.name), "、".join(lines))
    for row, column in sorted(grid.struck | grid.partly_struck):
        if row <= layout.row and (raw := grid.at(row, column)) is not None:
            code = "F-struck-part" if (row, column) in grid.partly_struck and _is_fact(raw, facts) else "F-struck"
            yield finding(code, Place(table.file, grid.name, a1(row, column)), shown(raw))


def _crossed(grid: Grid, record: Record) -> tuple[list[str], int]:
    """The headers of a record's crossed-out cells, and how many cells are filled by hand."""
    columns, sheet = record.table.layout.columns, record.table.sheet
    typed = [header for header in columns if record.raw(header) is not None and not sheet.by_header[header].formula]
    return [header for header in typed if (record.row, columns[header]) in grid.struck], len(typed)


def _is_fact(raw: Value, facts: Mapping[str, Value]) -> bool:
    return any(value == raw or (isinstance(value, str) and isinstance(raw, str) and value in raw) for value in facts.values())


def told_rows(grid: Grid) -> frozenset[int]:
    """The rows with cells that `judged` has to look at."""
    return frozenset(row for row, _column in (*grid.partly_struck, *grid.seen))


def judged(grid: Grid, row: int, index: int, column: Column, read: Read, again: Read | None) -> tuple[Read, str]:
    """What a cell of a record says in view of how it looks, and the code of what to tell about it ("": nothing).

    `read`: as its value reads; `again`: as what it shows reads, None where it shows nothing else.
    """
    if (row, index) in grid.partly_struck:
        return Read(None), "F-struck-part"
    if again is None:
        return read, ""
    if column.choices or column.kind.name not in _TEXTS:
        return read, "" if again[:2] == read[:2] else "F-seen"
    text, raw = grid.seen[row, index], grid.at(row, index)
    if read.problem != "F-digits-lost" and _carries(text, raw):
        if again.problem and not read.problem:
            return read, ""
        return again._replace(note=f"“{shown(raw)}”按显示的“{text}”读取"), again.problem
    return read, read.problem or "F-seen-text"


def _carries(text: str, raw: Value) -> bool:
    """Whether what a cell shows holds all that is stored: nothing rounded, scaled or left out."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    return shown(raw) in text or (not isinstance(raw, str) and digits.endswith(shown(raw)))


def seen_text(grid: Grid, row: int, index: int) -> str:
    """What a cell shows, for quoting."""
    return grid.seen.get((row, index), "").strip() or BLANK

