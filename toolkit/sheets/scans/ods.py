"""An .ods sheet list rewritten plainly: repetitions bounded, comments and drawings gone, marks collected.

One empty row repeated a million times is how every such file ends; a filled one would be a bomb.
Source: OASIS ODF 1.2 Part 1, 9.1 (tables), 19 (attributes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape

from toolkit.sheets.grid import CellError, a1
from toolkit.sheets.scans import extents
from toolkit.sheets.scans.archive import Archive, stored
from toolkit.sheets.scans.extents import LAST_COLUMN, LAST_ROW, Scanned, SheetFacts, reach, within
from toolkit.sheets.scans.refusals import Unreadable
from toolkit.sheets.scans.xml_parts import walk

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_DURATION = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_VALUES = {"float": "value", "percentage": "value", "currency": "value",
           "date": "date-value", "time": "time-value", "boolean": "boolean-value"}
_TEXT_ELEMENTS = frozenset(("p", "span", "a", "s", "tab", "line-break", "h"))
_HIDDEN = ("collapse", "filter")


@dataclass(slots=True)
class _Cell:
    column: int
    repeated: int
    marks: dict[str, str]
    text: str = ""


@dataclass(slots=True)
class _Table:
    name: str
    style: str
    rows: list[tuple[int, int, list[_Cell]]] = field(default_factory=list)  # (row, repeated, filled cells)
    layout: SheetFacts = field(default_factory=SheetFacts)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def scan(archive: Archive) -> Scanned:
    """The spreadsheet made safe for the value reader, with a Layout per sheet. Raises Unreadable."""
    if b"encryption-data" in archive.read_xml("META-INF/manifest.xml"):
        raise Unreadable("encrypted_ods")
    content = _Content()
    walk(archive.read_xml("content.xml"), content.start, content.end, content.text)
    tables = "".join(_written(table) for table in content.tables)
    hidden = "".join(f'<style:style style:name="{escape(name)}" style:family="table"><style:table-properties '
                     f'table:display="false"/></style:style>' for name in sorted(content.hidden_styles))
    part = (f'<office:document-content xmlns:office="{_OFFICE}" xmlns:table="{_TABLE}">'
            f"<office:automatic-styles>{hidden}</office:automatic-styles><office:body><office:spreadsheet>"
            f"{tables}</office:spreadsheet></office:body></office:document-content>").encode()
    package = {"mimetype": _TYPE, "META-INF/manifest.xml": _MANIFEST, "content.xml": part}
    return Scanned(stored(package), [table.layout for table in content.tables])


class _Content:
    """Collects tables while content.xml is walked."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._row = self._column = self._column_info = 0
        self._cells: list[_Cell] = []
        self._cell: _Cell | None = None
        self._repeated_rows = 1
        self._paragraphs = 0
        self._skipped = 0  # depth inside a comment or a drawing

    def start(self, name: str, marks: dict[str, str]) -> None:
        marks = {key.rpartition(" ")[2]: value for key, value in marks.items()}
        if self._skipped or (self._cell is not None and name not in _TEXT_ELEMENTS):
            self._skipped += 1
        elif name == "style":
            self._style = marks.get("name", "")
        elif name == "table-properties" and marks.get("display") == "false":
            self.hidden_styles.add(self._style)
        elif name == "table":
            self.tables.append(_Table(marks.get("name", ""), marks.get("style-name", "")))
            self._row = self._column_info = 0
        elif self.tables and name == "table-column":
            self._column_info += self._span(self._column_info, marks, "columns", self.tables[-1].hidden_columns)
        elif self.tables and name == "table-row":
            self._repeated_rows = self._span(self._row, marks, "rows", self.tables[-1].hidden_rows)
            self._column, self._cells = 0, []
        elif self.tables and name in ("table-cell", "covered-table-cell"):
            self._cell = _Cell(self._column, _count(marks, "number-columns-repeated"), marks)
            self._paragraphs = 0
        elif self._cell is not None:
            self._cell.text += self._spacing(name, marks)

    def _span(self, at: int, marks: dict[str, str], what: str, hidden: list[tuple[int, int]]) -> int:
        repeated = _count(marks, f"number-{what}-repeated")
        if marks.get("visibility") in _HIDDEN:
            hidden.append((at, at + repeated - 1))
        return repeated

    def _spacing(self, name: str, marks: dict[str, str]) -> str:
        if name == "s":
            return " " * min(_count(marks, "c"), 1000)
        if name in ("p", "h"):
            self._paragraphs += 1
            return "\n" if self._paragraphs > 1 else ""
        return {"tab": "\t", "line-break": "\n"}.get(name, "")

    def text(self, text: str) -> None:
        if self._cell is not None and self._paragraphs and not self._skipped:
            self._cell.text += text

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "table-row" and self.tables:
            if self._row + self._repeated_rows - 1 > LAST_ROW and self._cells:
                raise Unreadable("damaged")
            if self._cells:
                self.tables[-1].rows.append((self._row, self._repeated_rows, self._cells))
            self._row += self._repeated_rows

    def _end_cell(self, cell: _Cell) -> None:
        rows, columns = _count(cell.marks, "number-rows-spanned"), _count(cell.marks, "number-columns-spanned")
        if rows > 1 or columns > 1:
            self.tables[-1].merged.append((self._row, cell.column, self._row + rows - 1, cell.column + columns - 1))
        self._column = cell.column + cell.repeated
        if "value-type" in cell.marks or cell.text or "formula" in cell.marks:
            if self._column - 1 > LAST_COLUMN:
                raise Unreadable("damaged")
            self._cells.append(cell)


def _count(marks: dict[str, str], name: str) -> int:
    value = marks.get(name, "1")
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _written(table: _Table) -> str:
    """The table in plain XML, as far as it is to be read; fills in its layout."""
    layout = table.layout
    rows: set[int] = set()
    columns: set[int] = set()
    for row, repeated, cells in table.rows:
        rows.update(range(row, row + repeated, extents.ROW_GAP // 2), (row + repeated - 1,))
        for cell in cells:
            columns.update(range(cell.column, cell.column + cell.repeated, extents.COLUMN_GAP // 2),
                           (cell.column + cell.repeated - 1,))
    last_row, last_column = reach(rows, columns, table.name)
    pieces, next_row = [], 0
    for row, repeated, cells in table.rows:
        near = [cell for cell in cells if cell.column <= last_column] if row <= last_row else []
        for cell in cells if not near else (cell for cell in cells if cell.column > last_column):
            layout.leave_out(a1(row, cell.column), cell.text)
        if near:
            repeated = min(repeated, last_row - row + 1)
            pieces += [_blank("row", row - next_row), _row(near, repeated, last_column)]
            next_row = row + repeated
            for offset in range(repeated):
                _mark(row + offset, near, layout)
    _fill_in(table, last_row, last_column)
    return (f'<table:table table:name="{escape(table.name)}" table:style-name="{escape(table.style)}">'
            f"{''.join(pieces)}</table:table>")


def _fill_in(table: _Table, last_row: int, last_column: int) -> None:
    table.layout.merged = table.merged
    for first, last in table.hidden_rows:
        table.layout.hidden_rows.update(within(first, last, last_row))
    for first, last in table.hidden_columns:
        table.layout.hidden_columns.update(within(first, last, last_column))


def _blank(what: str, count: int) -> str:
    if count <= 0:
        return ""
    if what == "cell":
        return f'<table:table-cell table:number-columns-repeated="{count}"/>'
    return f'<table:table-row table:number-rows-repeated="{count}"><table:table-cell/></table:table-row>'


def _quoted(value: str) -> str:
    return escape(value).replace("\n", "&#10;").replace("\t", "&#9;")


def _row(cells: list[_Cell], repeated: int, last_column: int) -> str:
    pieces, column = [], 0
    for cell in cells:
        count = min(cell.repeated, last_column - cell.column + 1)
        kind = cell.marks.get("value-type", "string")
        key = _VALUES.get(kind)
        value = cell.marks.get(key, "") if key else cell.marks.get("string-value") or cell.text
        key = key or "string-value"
        kind = kind if key != "string-value" else "string"
        pieces += [_blank("cell", cell.column - column),
                   f'<table:table-cell table:number-columns-repeated="{count}" office:value-type="{kind}" '
                   f'office:{key}="{_quoted(value)}"/>']
        column = cell.column + count
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(pieces)}</table:table-row>'


def _mark(row: int, cells: list[_Cell], layout: SheetFacts) -> None:
    for cell in cells:
        marks = cell.marks
        duration = _DURATION.fullmatch(marks.get("time-value", ""))
        columns = range(cell.column, cell.column + min(cell.repeated, extents.COLUMN_GAP))
        if "formula" in marks and (cell.text in extents.ERROR_TEXTS or cell.text.startswith("Err:")):
            layout.instead.update(((row, column), CellError(cell.text)) for column in columns)
        elif "formula" in marks and "value-type" not in marks:
            layout.uncached |= {(row, column) for column in columns}
        elif duration and int(duration[2]) >= 24:
            sign, hours, minutes, seconds = duration.groups()
            length = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds)) * (-1 if sign else 1)
            layout.instead.update(((row, column), length) for column in columns)
