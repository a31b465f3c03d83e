"""What the records of an .xls (or .et) stream say beyond the values, and the stream made safe for the value reader.

The stream is changed in place only: records that must not be read get a type nobody knows, so every offset stays true.
Source: [MS-XLS] 2.4 (records).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from toolkit.sheets.grid import a1
from toolkit.sheets.scans.extents import Scanned, SheetFacts, coded_error, reach, within
from toolkit.sheets.scans.ole import compound_file
from toolkit.sheets.scans.refusals import Unreadable

_FORMULA, _EOF, _FILEPASS, _CONTINUE = 0x0006, 0x000A, 0x002F, 0x003C
_COLUMN_INFO, _BOUND_SHEET, _MULTIPLE_RK, _RICH_STRING = 0x007D, 0x0085, 0x00BD, 0x00D6
_MERGED, _SHARED_STRINGS, _LABEL_SHARED, _DIMENSIONS = 0x00E5, 0x00FC, 0x00FD, 0x0200
_NUMBER, _LABEL, _BOOL_OR_ERROR, _STRING, _ROW, _RK = 0x0203, 0x0204, 0x0205, 0x0207, 0x0208, 0x027E
_BEGINNINGS = (0x0809, 0x0409, 0x0209, 0x0009)
_CELLS = frozenset((_FORMULA, _STRING, _MULTIPLE_RK, _LABEL_SHARED, _NUMBER, _LABEL, _RICH_STRING, _BOOL_OR_ERROR, _RK))
# The value reader takes these lengths for granted: BOF, date system, code page, name, external sheets, format, style.
_SHORTEST = {0x0809: 4, 0x0022: 2, 0x0042: 2, 0x0018: 15, 0x0017: 2, 0x041E: 5, 0x00E0: 4, _BOUND_SHEET: 8}
_NOBODY = 0x0FFF
_LAST_COLUMN = 255

BiffRecord = tuple[int, int, int]
"""(type, start of the body, length of the body)."""


def is_encrypted(stream: bytes) -> bool:
    """Whether the stream asks for a password (FILEPASS stands right behind the beginning)."""
    for kind, _start, _length in _records(stream, 0):
        if kind == _FILEPASS:
            return True
        if kind in (_BOUND_SHEET, _EOF):
            break
    return False


def scan(stream: bytes) -> Scanned:
    """The workbook stream in a fresh compound file, with a Layout per sheet. Raises Unreadable."""
    safe = bytearray(stream)
    layouts = []
    for offset, name in _sheets(safe):
        layouts.append(_scan_sheet(safe, offset, name))
    return Scanned(compound_file(bytes(safe)), layouts)


def _records(stream: bytes | bytearray, at: int) -> Iterator[BiffRecord]:
    size = len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > size:
            raise Unreadable("damaged")
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytearray) -> list[tuple[int, str]]:
    """Offset and name of every sheet, from the stream's first substream."""
    sheets, strings, in_strings = [], 0, False
    for kind, start, length in _records(stream, 0):
        if length < _SHORTEST.get(kind, 0):
            raise Unreadable("damaged")
        in_strings = kind == _SHARED_STRINGS or (in_strings and kind == _CONTINUE)
        if kind == _EOF:
            break
        if kind == _SHARED_STRINGS and length >= 8:
            strings = struct.unpack_from("<I", stream, start + 4)[0]
        if in_strings:
            # Room for that many strings is reserved before one is read; each takes three bytes or more.
            strings -= length // 3
        if kind == _BOUND_SHEET:
            offset, raw = struct.unpack_from("<I", stream, start)[0], bytes(stream[start + 8:start + length])
            sheets.append((offset, raw.decode("utf-16-le" if stream[start + 7] & 1 else "latin-1", "replace")))
    offsets = {offset for offset, _name in sheets}
    if not sheets or strings > 0 or len(offsets) < len(sheets) or max(offsets, default=0) >= len(stream):
        raise Unreadable("damaged")
    return sheets


def _scan_sheet(stream: bytearray, offset: int, name: str) -> SheetFacts:
    layout, depth = SheetFacts(merged=[]), 0
    cells: list[tuple[int, int, int, int, int]] = []
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
            cells.append((kind, start, *_place(kind, body, cells)))
            _note_error(kind, body, cells[-1], layout)
        else:
            _note_mark(kind, body, layout)
            if kind in (_DIMENSIONS, _MERGED):
                # A false extent costs gigabytes; merged ranges are known by now.
                _rename(stream, start, _NOBODY)
    _leave_out_far(stream, cells, name, layout)
    return layout


def _note_mark(kind: int, body: bytearray, layout: SheetFacts) -> None:
    if kind == _ROW and len(body) >= 16 and body[12] & 0x20:
        layout.hidden_rows.add(body[0] | body[1] << 8)
    elif kind == _COLUMN_INFO and len(body) >= 10:
        first, last, width, _style, marks = struct.unpack_from("<5H", body)
        if marks & 1 or not width:
            layout.hidden_columns.update(within(first, last, _LAST_COLUMN))
    elif kind == _MERGED and len(body) >= 2:
        count = min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 8)
        for number in range(count):
            top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * number)
            layout.merge((top, left, bottom, right))


def _place(kind: int, body: bytearray, cells: list) -> tuple[int, int, int]:
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


def _note_error(kind: int, body: bytearray, cell: tuple[int, int, int, int, int], layout: SheetFacts) -> None:
    if kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
        layout.instead[cell[2], cell[3]] = coded_error(body[6])
    elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        layout.instead[cell[2], cell[3]] = coded_error(body[8])


def _rename(stream: bytearray, start: int, kind: int) -> None:
    struct.pack_into("<H", stream, start - 4, kind)


def _leave_out_far(stream: bytearray, cells: list, name: str, layout: SheetFacts) -> None:
    last_row, last_column = reach((cell[2] for cell in cells), (cell[3] for cell in cells), name)
    for kind, start, row, column, _last in cells:
        if row > last_row or column > last_column:
            _rename(stream, start, _NOBODY)
            layout.instead.pop((row, column), None)
            if kind != _STRING:
                layout.leave_out(a1(row, column), "")
