"""An .ods rewritten plainly for the value reader: repetitions bounded, comments and drawings gone, facts collected.

One empty row repeated a million times is how every such file ends; a filled one would be a bomb.
Source: OASIS ODF 1.2 Part 1, 9.1 (tables), 19 (attributes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from html import escape

from toolkit.sheets import number_formats
from toolkit.sheets.grid import CellError, Value, a1
from toolkit.sheets.scans import extents
from toolkit.sheets.scans.archive import Archive, stored
from toolkit.sheets.scans.extents import SPOILT, Scanned, SheetFacts, reach, within
from toolkit.sheets.scans.ods_content import OdsCell, OdsContent, OdsTable
from toolkit.sheets.scans.ods_styles import OdsStyles
from toolkit.sheets.scans.refusals import Unreadable
from toolkit.sheets.scans.xml_parts import walk

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_DURATION = re.compile(r"(-?)PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d([.,]\d+)?)?")
_ERROR = re.compile(r"#[A-Z0-9_/]+[!?]?|Err:\d+")
_NUMBERS = ("float", "percentage", "currency")
_VALUES = {**dict.fromkeys(_NUMBERS, "value"), "date": "date-value", "time": "time-value", "boolean": "boolean-value"}


def scan(archive: Archive) -> Scanned:
    """The spreadsheet made safe for the value reader, with its facts a sheet. Raises Unreadable."""
    if b"encryption-data" in archive.read_xml("META-INF/manifest.xml"):
        raise Unreadable("encrypted_ods")
    styles = OdsStyles()
    if "styles.xml" in archive:
        walk(archive.read_xml("styles.xml"), lambda name, marks: styles.start(name, _local(marks)))
    content = OdsContent(styles)
    walk(archive.read_xml("content.xml"), content.start, content.end, content.text)
    written = [_written(table) for table in content.tables]
    hidden = "".join(f'<style:style style:name="{escape(name)}" style:family="table"><style:table-properties '
                     f'table:display="false"/></style:style>' for name in styles.hidden())
    part = (f'<office:document-content xmlns:office="{_OFFICE}" xmlns:table="{_TABLE}">'
            f"<office:automatic-styles>{hidden}</office:automatic-styles><office:body><office:spreadsheet>"
            f"{''.join(text for text, _facts in written)}</office:spreadsheet></office:body></office:document-content>").encode()
    package = {"mimetype": _TYPE, "META-INF/manifest.xml": _MANIFEST, "content.xml": part}
    return Scanned(stored(package), [facts for _text, facts in written], date1904=content.date1904)


def _local(marks: dict[str, str]) -> dict[str, str]:
    return {key.rpartition(" ")[2]: value for key, value in marks.items()}


def _written(table: OdsTable) -> tuple[str, SheetFacts]:
    """The table in plain XML, as far as it is to be read, and its facts."""
    facts = SheetFacts(merged=table.merged)
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
            facts.leave_out(a1(row, cell.column), cell.text)
        if near:
            repeated = min(repeated, last_row - row + 1)
            pieces += [_blank("row", row - next_row), _row(near, repeated, last_column)]
            next_row = row + repeated
            _note_row(range(row, row + repeated), near, facts)
    for first, last in table.hidden_rows:
        facts.hidden_rows.update(within(first, last, last_row))
    for first, last in table.hidden_columns:
        facts.hidden_columns.update(within(first, last, last_column))
    return (f'<table:table table:name="{escape(table.name)}" table:style-name="{escape(table.style)}">'
            f"{''.join(pieces)}</table:table>"), facts


def _blank(what: str, count: int) -> str:
    if count <= 0:
        return ""
    if what == "cell":
        return f'<table:table-cell table:number-columns-repeated="{count}"/>'
    return f'<table:table-row table:number-rows-repeated="{count}"><table:table-cell/></table:table-row>'


def _quoted(value: str) -> str:
    return escape(value).replace("\n", "&#10;").replace("\t", "&#9;")


def _row(cells: Sequence[OdsCell], repeated: int, last_column: int) -> str:
    pieces, column = [], 0
    for cell in cells:
        count = min(cell.repeated, last_column - cell.column + 1)
        kind = cell.marks.get("value-type", "string")
        key = _VALUES.get(kind)
        value = cell.marks.get(key, "") if key else cell.marks.get("string-value") or cell.text
        if key is None or _instead(cell) is not None:
            kind, key = "string", "string-value"
        pieces += [_blank("cell", cell.column - column),
                   f'<table:table-cell table:number-columns-repeated="{count}" office:value-type="{kind}" '
                   f'office:{key}="{_quoted(value)}"/>']
        column = cell.column + count
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(pieces)}</table:table-row>'


def _note_row(rows: range, cells: Sequence[OdsCell], facts: SheetFacts) -> None:
    for cell in cells:
        places = [(row, column) for row in rows
                  for column in range(cell.column, cell.column + min(cell.repeated, extents.COLUMN_GAP))]
        value = _instead(cell)
        if value is not None:
            facts.instead.update(dict.fromkeys(places, value))
        elif "formula" in cell.marks and "value-type" not in cell.marks:
            facts.uncached.update(places)
        states = [struck for text, struck in cell.runs if text.strip()]
        if states and all(states):
            facts.struck.update(places)
        elif any(states):
            facts.partly_struck.update(places)
        shown = _seen(cell)
        if shown is not None:
            facts.seen.update(dict.fromkeys(places, shown))


def _instead(cell: OdsCell) -> Value:
    """An error, or a value the value reader does not tell: a duration of days, what is none of its type."""
    marks = cell.marks
    kind = marks.get("value-type", "")
    if kind == "error" or ("formula" in marks and _ERROR.fullmatch(cell.text)):
        return CellError(cell.text) if cell.text else SPOILT
    value = marks.get(_VALUES.get(kind, ""), "")
    if kind in _NUMBERS:
        return None if _decimal(value) is not None else SPOILT
    if kind == "boolean":
        return None if value in ("true", "false") else SPOILT
    if kind == "date":
        return None if _DATE.fullmatch(value) else SPOILT
    if kind == "time":
        found = _DURATION.fullmatch(value)
        return _duration(found) if found else SPOILT
    return None


def _duration(found: re.Match[str]) -> Value:
    sign, hours, minutes, seconds = found.groups()
    if not sign and int(hours) < 24:
        return None  # a time of day
    try:
        return timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds)) * (-1 if sign else 1)
    except OverflowError:
        return SPOILT


def _seen(cell: OdsCell) -> str | None:
    """What the cell shows where that is something else than its value; the file says it."""
    if not cell.paragraphs:
        return None
    shown = cell.text
    said = cell.marks.get("string-value")
    if said is not None and cell.marks.get("value-type") == "string":
        return shown if shown.strip() != said.strip() else None
    number = _decimal(cell.marks.get("value", "")) if cell.marks.get("value-type") in _NUMBERS else None
    if number is None or "E" in shown.upper().replace("ERR", ""):
        return None  # the exponent of a column that is too narrow
    return shown if number_formats.differs(shown, number) else None


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
