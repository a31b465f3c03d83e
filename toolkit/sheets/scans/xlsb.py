"""What the binary parts of an .xlsb say beyond the values, and the workbook made safe for the value reader.

Source: [MS-XLSB] 2.1.4 (records), 2.4 (their bodies).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from toolkit.sheets.grid import a1
from toolkit.sheets.scans import xml_parts
from toolkit.sheets.scans.archive import Archive
from toolkit.sheets.scans.extents import LAST_COLUMN, LAST_ROW, Scanned, SheetFacts, coded_error, reach, within
from toolkit.sheets.scans.refusals import Unreadable

_ROW, _ERROR, _TEXT, _SHARED_TEXT, _FORMULA_ERROR, _STRING = 0, 3, 6, 7, 11, 19
_COLUMN_INFO, _RICH_TEXT, _SHEET, _MERGED = 60, 62, 156, 176
# RK, error, bool, real, text, shared text, the four kinds of formula result, text with formats
_FILLED = frozenset((*range(2, 12), _RICH_TEXT))
_DATA_BEGINS, _DATA_ENDS, _DIMENSION = 145, 146, 148
_HIDDEN_ROW = 0x10

BinaryRecord = tuple[int, int, int, int]
"""(type, start of the record, start of the body, end)."""
BinaryCell = tuple[int, int, int, int]
"""(row, column, start of the record, end)."""
Splice = tuple[int, int, bytes]
"""(start, end, what stands there instead)."""


def scan(archive: Archive) -> Scanned:
    """The workbook made safe for the value reader, with a Layout per sheet. Raises Unreadable."""
    workbook = archive.read("xl/workbook.bin")
    relations = xml_parts.relations(archive.read_xml("xl/_rels/workbook.bin.rels"))
    parts = {f"{name}.bin": archive.read(f"xl/{name}.bin") for name in ("workbook", "styles", "sharedStrings")}
    strings = sum(kind == _STRING for kind, *_span in _records(parts["sharedStrings.bin"]))
    layouts, targets = [], []
    for number, (name, relation) in enumerate(_sheets(workbook), 1):
        if relation not in relations:
            raise Unreadable("damaged")
        kind, target = relations[relation]
        layout, path = SheetFacts(), f"{kind}s/sheet{number}.bin"
        if kind == "worksheet":
            parts[path], layout = _scan_sheet(archive.read(xml_parts.located(target)), name, strings)
        layouts.append(layout)
        targets.append((relation, kind, path))
    properties = xml_parts.custom_properties(archive.read_xml("docProps/custom.xml"))
    return Scanned(xml_parts.plain_package(parts, targets, "bin"), layouts, properties)


def _records(part: bytes) -> Iterator[BinaryRecord]:
    at, size = 0, len(part)
    while at < size:
        start, kind = at, part[at]
        at += 1
        if kind & 0x80 and at < size:
            kind = kind & 0x7F | part[at] << 7
            at += 1
        length = shift = 0
        while at < size and shift < 28:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        if at + length > size:
            raise Unreadable("damaged")
        yield kind, start, at, at + length
        at += length


def _sheets(workbook: bytes) -> list[tuple[str, str]]:
    """(name, relation id) of every sheet, in order."""
    sheets = []
    for kind, _start, body, end in _records(workbook):
        if kind == _SHEET:
            relation, after = _wide_text(workbook, body + 8, end)
            sheets.append((_wide_text(workbook, after, end)[0], relation))
    return sheets


def _wide_text(part: bytes, at: int, end: int) -> tuple[str, int]:
    length = 2 * _words(part, at, end, 1)[0]
    if at + 4 + length > end:
        raise Unreadable("damaged")
    return part[at + 4:at + 4 + length].decode("utf-16-le", "replace"), at + 4 + length


def _words(part: bytes, at: int, end: int, count: int) -> tuple[int, ...]:
    if at + 4 * count > end:
        raise Unreadable("damaged")
    return struct.unpack_from(f"<{count}I", part, at)


def _scan_sheet(part: bytes, name: str, strings: int) -> tuple[bytes, SheetFacts]:
    """One binary worksheet → the part to read and its Layout. strings: how many shared strings there are."""
    layout, row, in_data = SheetFacts(merged=[]), 0, False
    cells: list[BinaryCell] = []
    changes: list[Splice] = []
    for kind, start, body, end in _records(part):
        if kind in (_DATA_BEGINS, _DATA_ENDS):
            in_data = kind == _DATA_BEGINS
        elif not in_data:
            _note_mark(kind, part[body:end], layout)
            if kind == _DIMENSION:
                # Only a hint how much to reserve; a false one costs gigabytes.
                changes.append((body, end, bytes(end - body)))
        elif kind == _ROW:
            row = _words(part, body, end, 1)[0]
            if end - body > 11 and part[body + 11] & _HIDDEN_ROW:
                layout.hidden_rows.add(row)
        elif kind in _FILLED:
            column = _words(part, body, end, 2)[0]
            missing_text = kind == _SHARED_TEXT and _words(part, body + 8, end, 1)[0] >= strings
            if row > LAST_ROW or column > LAST_COLUMN or end - body < 9 or missing_text:
                raise Unreadable("damaged")
            cells.append((row, column, start, end))
            if kind in (_ERROR, _FORMULA_ERROR):
                layout.instead[row, column] = coded_error(part[body + 8])
            elif kind == _RICH_TEXT:
                # Text with runs of formats: the value reader knows only plain text.
                changes.append((start, end, _plain_text(part, body, end)))
    changes += _far(cells, name, layout)
    return _changed(part, sorted(changes)), layout


def _note_mark(kind: int, body: bytes, layout: SheetFacts) -> None:
    if kind == _DIMENSION:
        _words(body, 0, len(body), 4)
    elif kind == _COLUMN_INFO:
        first, last, width, _style = _words(body, 0, len(body), 4)
        if not width or (len(body) > 16 and body[16] & 1):
            layout.hidden_columns.update(within(first, last, LAST_COLUMN))
    elif kind == _MERGED:
        top, bottom, left, right = _words(body, 0, len(body), 4)
        layout.merge((top, left, bottom, right))


def _plain_text(part: bytes, body: int, end: int) -> bytes:
    _text, after = _wide_text(part, body + 9, end)
    plain = part[body:body + 8] + part[body + 9:after]
    size, length = len(plain), b""
    while size > 0x7F:
        length += bytes((size & 0x7F | 0x80,))
        size >>= 7
    return bytes((_TEXT,)) + length + bytes((size,)) + plain


def _far(cells: list[BinaryCell], name: str, layout: SheetFacts) -> list[Splice]:
    last_row, last_column = reach((cell[0] for cell in cells), (cell[1] for cell in cells), name)
    changes = []
    for row, column, start, end in cells:
        if row > last_row or column > last_column:
            changes.append((start, end, b""))
            layout.instead.pop((row, column), None)
            layout.leave_out(a1(row, column), "")
    return changes


def _changed(part: bytes, changes: list[Splice]) -> bytes:
    pieces, at = [], 0
    for start, end, replacement in changes:
        if start >= at:
            pieces += [part[at:start], replacement]
            at = end
    return b"".join([*pieces, part[at:]])
