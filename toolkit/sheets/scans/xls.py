"""What the records of an .xls (or .et) stream say beyond the values, and the stream made safe for the value reader.

The stream is changed in place only: records that must not be read get a type nobody knows, so every offset stays true.
Source: [MS-XLS] 2.4 (records).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.sheets.grid import CellError, a1
from toolkit.sheets.scans.extents import (
    FURTHEST_DAY,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    SPOILT,
    TOO_NARROW,
    TWIPS,
    WIDTH_STEPS,
    Scanned,
    SheetFacts,
    coded_error,
    reach,
    within,
)
from toolkit.sheets.scans.ole import compound_file
from toolkit.sheets.scans.refusals import Unreadable
from toolkit.sheets.scans.xls_looks import RecordedFormats

_FORMULA, _EOF, _DATE1904, _FILEPASS, _CONTINUE, _CODE_PAGE = 0x0006, 0x000A, 0x0022, 0x002F, 0x003C, 0x0042
_COLUMN_INFO, _BOUND_SHEET, _MULTIPLE_RK, _RICH_STRING = 0x007D, 0x0085, 0x00BD, 0x00D6
_MERGED, _SHARED_STRINGS, _LABEL_SHARED, _DIMENSIONS = 0x00E5, 0x00FC, 0x00FD, 0x0200
_NUMBER, _LABEL, _BOOL_OR_ERROR, _STRING, _ROW, _RK = 0x0203, 0x0204, 0x0205, 0x0207, 0x0208, 0x027E
_BEGINNINGS = (0x0809, 0x0409, 0x0209, 0x0009)
_CELLS = frozenset((_FORMULA, _STRING, _MULTIPLE_RK, _LABEL_SHARED, _NUMBER, _LABEL, _RICH_STRING, _BOOL_OR_ERROR, _RK))
# The value reader takes these lengths for granted: BOF, date system, code page, name, external sheets, format, style.
_SHORTEST = {0x0809: 4, _DATE1904: 2, _CODE_PAGE: 2, 0x0018: 15, 0x0017: 2, 0x041E: 5, 0x00E0: 4, _BOUND_SHEET: 8}
_BIFF8, _UTF16 = 0x0600, 1200
_NOBODY = 0x0FFF
_LAST_COLUMN = 255
_PLAIN_STYLE = 15  # every workbook's first cell format

BiffRecord = tuple[int, int, int]
"""(type, start of the body, length of the body)."""


class _Cell(NamedTuple):
    kind: int
    start: int
    row: int
    column: int
    last: int


class _Workbook(NamedTuple):
    """What stands before the sheets: offset and name of each, how many shared strings there are, how cells look."""

    sheets: list[tuple[int, str]]
    strings: int
    looks: RecordedFormats
    date1904: bool


def is_encrypted(stream: bytes) -> bool:
    """Whether the stream asks for a password (FILEPASS stands right behind the beginning)."""
    for kind, _start, _length in _records(stream, 0):
        if kind == _FILEPASS:
            return True
        if kind in (_BOUND_SHEET, _EOF):
            break
    return False


def scan(stream: bytes, mend: bool = False) -> Scanned:
    """The workbook stream in a fresh compound file, with its facts a sheet. Raises Unreadable.

    `mend`: numbers no calendar knows lose their format, because the value reader stumbled over one.
    """
    safe = bytearray(stream)
    book = _workbook(safe)
    facts = [_scan_sheet(safe, offset, name, book, mend) for offset, name in book.sheets]
    return Scanned(compound_file(bytes(safe)), facts, date1904=book.date1904)


def _records(stream: bytes | bytearray, at: int) -> Iterator[BiffRecord]:
    size = len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > size:
            raise Unreadable("damaged")
        yield kind, at + 4, length
        at += 4 + length


def _workbook(stream: bytearray) -> _Workbook:
    sheets: list[tuple[int, str]] = []
    strings, room, in_strings, biff8, date1904 = 0, 0, False, True, False
    looks = RecordedFormats()
    for kind, start, length in _records(stream, 0):
        if length < _SHORTEST.get(kind, 0):
            raise Unreadable("damaged")
        in_strings = kind == _SHARED_STRINGS or (in_strings and kind == _CONTINUE)
        if kind == _EOF:
            break
        if kind == 0x0809:
            biff8 = struct.unpack_from("<H", stream, start)[0] == _BIFF8
        elif kind == _CODE_PAGE and biff8:
            struct.pack_into("<H", stream, start, _UTF16)  # some programs name another one; the text is UTF-16 all the same
        elif kind == _DATE1904:
            date1904 = stream[start] == 1
        elif kind == _SHARED_STRINGS and length >= 8:
            strings = room = struct.unpack_from("<I", stream, start + 4)[0]
        elif kind == _BOUND_SHEET:
            offset, raw = struct.unpack_from("<I", stream, start)[0], bytes(stream[start + 8:start + length])
            sheets.append((offset, raw.decode("utf-16-le" if stream[start + 7] & 1 else "latin-1", "replace")))
        if in_strings:
            # Room for that many strings is reserved before one is read; each takes three bytes or more.
            room -= length // 3
        looks.note_record(kind, bytes(stream[start:start + length]), in_strings)
    offsets = {offset for offset, _name in sheets}
    if not sheets or room > 0 or len(offsets) < len(sheets) or max(offsets, default=0) >= len(stream):
        raise Unreadable("damaged")
    return _Workbook(sheets, strings, looks, date1904)


def _scan_sheet(stream: bytearray, offset: int, name: str, book: _Workbook, mend: bool) -> SheetFacts:
    facts, depth = SheetFacts(), 0
    cells: list[_Cell] = []
    for kind, start, length in _records(stream, offset):
        body = stream[start:start + length]
        if kind in _BEGINNINGS:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth > 1:
            continue  # a chart within the sheet
        elif kind in _CELLS:
            if kind == _RICH_STRING:
                # Excel 95's formatted text begins as a label does; the value reader knows only labels.
                _rename(stream, start, _LABEL)
            cells.append(_Cell(kind, start, *_place(kind, body, cells)))
            _note_cell(stream, cells[-1], body, book, facts)
            if mend and kind == _NUMBER and length >= 14 and abs(struct.unpack_from("<d", body, 6)[0]) > FURTHEST_DAY:
                struct.pack_into("<H", stream, start + 4, _PLAIN_STYLE)
        else:
            _note_mark(kind, body, facts)
            if kind in (_DIMENSIONS, _MERGED):
                # A false extent costs gigabytes; merged ranges are known by now.
                _rename(stream, start, _NOBODY)
    _leave_out_far(stream, cells, name, facts)
    return facts


def _note_mark(kind: int, body: bytearray, facts: SheetFacts) -> None:
    if kind == _ROW and len(body) >= 16:
        height = struct.unpack_from("<H", body, 6)[0] & 0x7FFF
        if body[12] & 0x20 or height < LEAST_HEIGHT * TWIPS:
            facts.hidden_rows.add(body[0] | body[1] << 8)
    elif kind == _COLUMN_INFO and len(body) >= 10:
        first, last, width, _style, marks = struct.unpack_from("<5H", body)
        if marks & 1 or width < LEAST_WIDTH * WIDTH_STEPS:
            facts.hidden_columns.update(within(first, last, _LAST_COLUMN))
    elif kind == _MERGED and len(body) >= 2:
        count = min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 8)
        for number in range(count):
            top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * number)
            facts.merged.append((top, left, bottom, right))


def _place(kind: int, body: bytearray, cells: list[_Cell]) -> tuple[int, int, int]:
    """Row, first column and last column of a cell record; a formula's text stands where the formula does."""
    if kind == _STRING:
        if not cells:
            raise Unreadable("damaged")
        return cells[-1][2:5]
    if len(body) < 6:
        raise Unreadable("damaged")
    row, column = struct.unpack_from("<HH", body)
    last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULTIPLE_RK else column
    if last > _LAST_COLUMN or last < column:
        raise Unreadable("damaged")
    return row, column, last


def _note_cell(stream: bytearray, cell: _Cell, body: bytearray, book: _Workbook, facts: SheetFacts) -> None:
    """What the cell says beyond its value; what the value reader would refuse is hidden from it."""
    if cell.kind == _STRING:
        return
    for number in range(cell.last - cell.column + 1):
        style = struct.unpack_from("<H", body, 4 + 6 * number)[0] if len(body) >= 6 + 6 * number else 0
        place = cell.row, cell.column + number
        book.looks.note(style, place, facts)
        if style in book.looks.dates and not book.date1904 and _is_negative(cell.kind, body, number):
            facts.instead[place] = TOO_NARROW
    place = cell.row, cell.column
    spoilt = _spoilt(cell.kind, body, book.strings)
    if spoilt is not None:
        facts.instead[place] = spoilt
        _rename(stream, cell.start, _NOBODY)
    elif cell.kind == _LABEL_SHARED:
        book.looks.note_string(struct.unpack_from("<I", body, 6)[0], place, facts)
    elif cell.kind == _RICH_STRING:
        book.looks.note_rich_label(bytes(body), place, facts)


def _spoilt(kind: int, body: bytearray, strings: int) -> CellError | None:
    if kind == _BOOL_OR_ERROR and len(body) >= 8:
        return coded_error(body[6]) if body[7] else SPOILT if body[6] > 1 else None
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return coded_error(body[8])
    if kind == _LABEL_SHARED and (len(body) < 10 or struct.unpack_from("<I", body, 6)[0] >= strings):
        return SPOILT
    return None


def _is_negative(kind: int, body: bytearray, number: int) -> bool:
    if kind == _MULTIPLE_RK:
        return len(body) >= 10 + 6 * number and body[9 + 6 * number] & 0x80 > 0
    if kind == _RK:
        return len(body) >= 10 and body[9] & 0x80 > 0
    return kind in (_NUMBER, _FORMULA) and len(body) >= 14 and body[12:14] != b"\xff\xff" and body[13] & 0x80 > 0


def _rename(stream: bytearray, start: int, kind: int) -> None:
    struct.pack_into("<H", stream, start - 4, kind)


def _leave_out_far(stream: bytearray, cells: list[_Cell], name: str, facts: SheetFacts) -> None:
    last_row, last_column = reach((cell.row for cell in cells), (cell.column for cell in cells), name)
    for kind, start, row, column, _last in cells:
        if row > last_row or column > last_column:
            _rename(stream, start, _NOBODY)
            facts.instead.pop((row, column), None)
            if kind != _STRING:
                facts.leave_out(a1(row, column), "")
