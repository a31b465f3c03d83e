"""What the binary parts of an .xlsb say beyond the values, and the workbook made safe for the value reader.

Source: [MS-XLSB] 2.1.4 (records), 2.4 (their bodies).
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.sheets.grid import LAST_COLUMN, LAST_ROW, CellError, a1
from toolkit.sheets.scans import xml_parts
from toolkit.sheets.scans.archive import Archive
from toolkit.sheets.scans.cell_formats import CellFormats, Crossing, Run, crossed, note_crossed
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
from toolkit.sheets.scans.refusals import Unreadable

_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED_TEXT = 0, 2, 3, 4, 5, 6, 7
_FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR, _STRING = 9, 10, 11, 19
_FONT, _FORMAT, _CELL_FORMAT, _COLUMN_INFO, _RICH_TEXT = 43, 44, 47, 60, 62
_BOOK_PROPERTIES, _SHEET, _MERGED, _FORMATS_BEGIN, _FORMATS_END = 153, 156, 176, 617, 618
# RK, error, bool, real, text, shared text, the four kinds of formula result, text with formats
_FILLED = frozenset((*range(2, 12), _RICH_TEXT))
_DATA_BEGINS, _DATA_ENDS, _DIMENSION = 145, 146, 148
_HIDDEN_ROW, _STRUCK_FONT = 0x10, 0x0008

BinaryRecord = tuple[int, int, int, int]
"""(type, start of the record, start of the body, end)."""
BinaryCell = tuple[int, int, int, int]
"""(row, column, start of the record, end)."""
Splice = tuple[int, int, bytes]
"""(start, end, what stands there instead)."""


@dataclass(frozen=True)
class _Shared:
    """What the sheets share. `strings`: how many there are; `crossed`: those that may be crossed out."""

    formats: CellFormats
    strings: int
    crossed: Mapping[int, Crossing]
    date1904: bool
    mend: bool


def scan(archive: Archive, main: str, mend: bool = False) -> Scanned:
    """The workbook whose main part is `main` made safe for the value reader, with its facts a sheet. Raises Unreadable.

    `mend`: numbers no calendar knows lose their format, because the value reader stumbled over one.
    """
    workbook, folder = archive.read(main), posixpath.dirname(main)
    relations = xml_parts.relations(archive.read_xml(f"{folder}/_rels/{posixpath.basename(main)}.rels"))
    parts = {f"{name}.bin": archive.read(xml_parts.only(relations, name, folder, "bin")) for name in ("styles", "sharedStrings")}
    formats = _cell_formats(parts["styles.bin"])
    strings = [(body, end) for kind, _start, body, end in _records(parts["sharedStrings.bin"]) if kind == _STRING]
    shared = _Shared(formats, len(strings), _crossed_strings(parts["sharedStrings.bin"], strings, formats), _is_1904(workbook), mend)
    layouts: list[SheetFacts] = []
    targets: list[tuple[str, str, str]] = []
    gone: list[Splice] = []
    for name, relation, start, end in _sheets(workbook):
        if relation and relation not in relations:
            raise Unreadable("damaged")
        kind, target = relations.get(relation, ("module", ""))
        if kind != "worksheet":
            gone.append((start, end, b""))  # macros, modules, charts hold no table
            continue
        path = f"worksheets/sheet{len(layouts) + 1}.bin"
        parts[path], facts = _scan_sheet(archive.read(xml_parts.located(target, folder)), name, shared)
        layouts.append(facts)
        targets.append((relation, kind, path))
    parts["workbook.bin"] = _changed(workbook, gone)
    properties = xml_parts.custom_properties(archive.read_xml("docProps/custom.xml"))
    return Scanned(xml_parts.plain_package(parts, targets, "bin"), layouts, properties, shared.date1904)


def _is_1904(workbook: bytes) -> bool:
    return any(kind == _BOOK_PROPERTIES and end > body and workbook[body] & 1 for kind, _start, body, end in _records(workbook))


def _cell_formats(styles: bytes) -> CellFormats:
    found = CellFormats()
    fonts: list[bool] = []
    codes: dict[int, str] = {}
    formats: list[tuple[int, int]] = []
    inside = False
    for kind, _start, body, end in _records(styles):
        if kind in (_FORMATS_BEGIN, _FORMATS_END):
            inside = kind == _FORMATS_BEGIN
        elif kind == _FONT and end - body >= 4:
            fonts.append(bool(struct.unpack_from("<H", styles, body + 2)[0] & _STRUCK_FONT))
        elif kind == _FORMAT and end - body >= 6:
            codes[struct.unpack_from("<H", styles, body)[0]] = _wide_text(styles, body + 2, end)[0]
        elif kind == _CELL_FORMAT and inside and end - body >= 6:
            code, font = struct.unpack_from("<HH", styles, body + 2)
            formats.append((font, code))
    found.fonts, found.codes, found.formats = fonts, codes, formats
    return found


def _crossed_strings(part: bytes, strings: list[tuple[int, int]], formats: CellFormats) -> dict[int, Crossing]:
    if not any(formats.fonts):
        return {}
    return {number: _crossed(part, body, end, formats) for number, (body, end) in enumerate(strings)}


def _crossed(part: bytes, at: int, end: int, formats: CellFormats) -> Crossing:
    """Of a text with its marks."""
    text, after = _wide_text(part, at + 1, end)
    if not part[at] & 1 or after + 4 > end:
        return ()
    count = min(_words(part, after, end, 1)[0], (end - after - 4) // 4)
    runs: list[Run] = [struct.unpack_from("<HH", part, after + 4 + 4 * number) for number in range(count)]
    return crossed(text, runs, formats.is_struck)


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


def _sheets(workbook: bytes) -> list[tuple[str, str, int, int]]:
    """(name, relation id, start and end of the record) of every sheet, in order."""
    sheets = []
    for kind, start, body, end in _records(workbook):
        if kind == _SHEET:
            relation, after = _wide_text(workbook, body + 8, end)
            sheets.append((_wide_text(workbook, after, end)[0], relation, start, end))
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


def _scan_sheet(part: bytes, name: str, shared: _Shared) -> tuple[bytes, SheetFacts]:
    """One binary worksheet → the part to read and its facts."""
    facts, row, in_data = SheetFacts(), 0, False
    cells: list[BinaryCell] = []
    changes: list[Splice] = []
    for kind, start, body, end in _records(part):
        if kind in (_DATA_BEGINS, _DATA_ENDS):
            in_data = kind == _DATA_BEGINS
        elif not in_data:
            _note_mark(kind, part[body:end], facts)
            if kind == _DIMENSION:
                # Only a hint how much to reserve; a false one costs gigabytes.
                changes.append((body, end, bytes(end - body)))
        elif kind == _ROW:
            row = _words(part, body, end, 1)[0]
            if end - body > 11 and (part[body + 11] & _HIDDEN_ROW or _is_low(part, body)):
                facts.hidden_rows.add(row)
        elif kind in _FILLED:
            column = _words(part, body, end, 2)[0]
            if row > LAST_ROW or column > LAST_COLUMN or end - body < 9:
                raise Unreadable("damaged")
            cells.append((row, column, start, end))
            changes += _note_cell(kind, part, (start, body, end), (row, column), shared, facts)
    far = _far(cells, name, facts)
    return _changed(part, sorted(far + changes)), facts


def _is_low(part: bytes, body: int) -> bool:
    return struct.unpack_from("<H", part, body + 8)[0] < LEAST_HEIGHT * TWIPS


def _note_cell(kind: int, part: bytes, span: tuple[int, int, int], place: tuple[int, int], shared: _Shared,
               facts: SheetFacts) -> list[Splice]:
    """What a cell says beyond its value, and what is to stand there for the value reader."""
    start, body, end = span
    number = struct.unpack_from("<I", part, body + 4)[0] & 0xFFFFFF
    shared.formats.note(number, place, facts)
    spoilt = _spoilt(kind, part, body, end, shared.strings)
    worth = struct.unpack_from("<d", part, body + 8)[0] if kind in (_REAL, _FORMULA_REAL) and end - body >= 16 else 0.0
    below_zero = worth < 0 or (kind == _RK and end - body >= 12 and part[body + 11] & 0x80 > 0)
    if spoilt is None and below_zero and number in shared.formats.dates and not shared.date1904:
        spoilt = TOO_NARROW
    if spoilt is not None:
        facts.instead[place] = spoilt
        return [(start, end, b"")]
    if kind == _SHARED_TEXT:
        note_crossed(shared.crossed.get(_words(part, body + 8, end, 1)[0], ()), place, facts)
    elif kind == _RICH_TEXT:
        # Text with runs of formats: the value reader knows only plain text.
        note_crossed(_crossed(part, body + 8, end, shared.formats), place, facts)
        return [(start, end, _plain_text(part, body, end))]
    if shared.mend and abs(worth) > FURTHEST_DAY:
        return [(body + 4, body + 7, bytes(3))]
    return []


def _spoilt(kind: int, part: bytes, body: int, end: int, strings: int) -> CellError | None:
    if kind in (_ERROR, _FORMULA_ERROR):
        return coded_error(part[body + 8])
    if kind in (_BOOL, _FORMULA_BOOL) and part[body + 8] > 1:
        return SPOILT
    if kind == _SHARED_TEXT and (end - body < 12 or _words(part, body + 8, end, 1)[0] >= strings):
        return SPOILT
    return None


def _note_mark(kind: int, body: bytes, facts: SheetFacts) -> None:
    if kind == _DIMENSION:
        _words(body, 0, len(body), 4)
    elif kind == _COLUMN_INFO:
        first, last, width, _style = _words(body, 0, len(body), 4)
        if width < LEAST_WIDTH * WIDTH_STEPS or (len(body) > 16 and body[16] & 1):
            facts.hidden_columns.update(within(first, last, LAST_COLUMN))
    elif kind == _MERGED:
        top, bottom, left, right = _words(body, 0, len(body), 4)
        facts.merged.append((top, left, bottom, right))


def _plain_text(part: bytes, body: int, end: int) -> bytes:
    _text, after = _wide_text(part, body + 9, end)
    plain = part[body:body + 8] + part[body + 9:after]
    size, length = len(plain), b""
    while size > 0x7F:
        length += bytes((size & 0x7F | 0x80,))
        size >>= 7
    return bytes((_TEXT,)) + length + bytes((size,)) + plain


def _far(cells: list[BinaryCell], name: str, facts: SheetFacts) -> list[Splice]:
    last_row, last_column = reach((cell[0] for cell in cells), (cell[1] for cell in cells), name)
    changes = []
    for row, column, start, end in cells:
        if row > last_row or column > last_column:
            changes.append((start, end, b""))
            facts.instead.pop((row, column), None)
            facts.leave_out(a1(row, column), "")
    return changes


def _changed(part: bytes, changes: list[Splice]) -> bytes:
    pieces, at = [], 0
    for start, end, replacement in changes:
        if start >= at:
            pieces += [part[at:start], replacement]
            at = end
    return b"".join([*pieces, part[at:]])
