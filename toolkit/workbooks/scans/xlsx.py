"""What the XML of an .xlsx or .xlsm says beyond the values: extents, errors, hidden parts, formulas without results.

The usual sheet (every cell with its address first, double quotes, no prefix, nothing beyond ZZ9999) is judged by a few
searches over its bytes. Any other spelling that the standard allows is first rewritten by `spelling`.
Source: ECMA-376 Part 1, 18.3 (worksheets), 22.3 (custom properties).
"""

from __future__ import annotations

import re
from functools import partial

from toolkit.returns.grid import CellError, from_a1
from toolkit.workbooks.scans import spelling, xml_parts
from toolkit.workbooks.scans.archive import Archive
from toolkit.workbooks.scans.layout import DENSE_CELLS, LAST_COLUMN, LAST_ROW, Layout, Scanned, reach, within
from toolkit.workbooks.scans.refusals import Unreadable

_NOT_SMALL = re.compile(rb'<c[\s/>](?!r="[A-Z]{1,2}[1-9][0-9]{0,3}")')
_NOT_PLAIN = re.compile(rb'<c[\s/>](?!r="[A-Z]{1,3}[1-9][0-9]{0,6}")|<!')
_SMALL_COLUMNS = 702  # A … ZZ
_ROW_NUMBER = re.compile(rb'<row[\s/>](?:r="([1-9][0-9]{0,6})")?')
_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*>')
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*[^/>])?>(.*?)</c>', re.DOTALL)
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?:[^>]*[^/>])?>')
_EMPTY_ROWS = re.compile(rb"(?:<row [^>]*+>(?:<c [^>]*/>)*+</row>|<row [^>]*/>)++")
_FORMULA = rb"(?:<f[^>]*/>|<f[^>]*[^/>]>[^<]*</f>|<f>[^<]*</f>)"
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]* t="e"[^>]*>' + _FORMULA + rb"?<v>([^<]*)</v>")
_UNCACHED = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>' + _FORMULA + rb"(</c>|<v ?/>|<v></v>)")
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*(?: hidden="(?:1|true)"| ht="0")')
_COLUMN = re.compile(rb"<col [^>]*>")
_DIMENSION = re.compile(rb"<dimension[^>]*/>|<dimension[^>]*>\s*</dimension>")
_TAIL_BYTES = 4096


def scan(archive: Archive) -> Scanned:
    """The workbook made safe for the value reader, with a Layout per sheet. Raises Unreadable."""
    workbook = archive.read_xml("xl/workbook.xml")
    relations = xml_parts.relations(archive.read_xml("xl/_rels/workbook.xml.rels"))
    strings = archive.read_xml(_only(relations, "sharedStrings"))
    parts = {"workbook.xml": workbook, "styles.xml": archive.read_xml(_only(relations, "styles")),
             "sharedStrings.xml": strings}
    layouts, targets = [], []
    for number, (name, relation) in enumerate(xml_parts.sheets(workbook), 1):
        if relation not in relations:
            raise Unreadable("damaged")
        kind, target = relations[relation]
        layout, path = Layout(), f"{kind}s/sheet{number}.xml"
        if kind == "worksheet":
            parts[path], layout = scan_sheet(archive.read_xml(xml_parts.located(target)), name, strings)
        layouts.append(layout)
        targets.append((relation, kind, path))
    properties = xml_parts.custom_properties(archive.read_xml("docProps/custom.xml"))
    return Scanned(xml_parts.plain_package(parts, targets, "xml"), layouts, properties)


def _only(relations: dict[str, tuple[str, str]], kind: str) -> str:
    targets = [target for found, target in relations.values() if found == kind]
    return xml_parts.located(targets[0] if targets else f"{kind}.xml")


def scan_sheet(part: bytes, name: str, strings: bytes) -> tuple[bytes, Layout]:
    """One worksheet part → the part to read (nothing far away in it) and its Layout. Raises Unreadable."""
    if not part:
        raise Unreadable("damaged")
    part = _without_tail(part)
    rows = _ROW_NUMBER.findall(part)
    small = _NOT_SMALL.search(part) is None
    if not _is_plain(part, rows, small):
        part = spelling.rewrite(part)
        rows = _ROW_NUMBER.findall(part)
        small = _NOT_SMALL.search(part) is None
    layout = Layout()
    last_row = int(rows[-1]) if rows else 0
    if not small or last_row * _SMALL_COLUMNS > DENSE_CELLS:
        part = _within_reach(part, name, partial(xml_parts.shared_strings, strings), layout)
    _mark(part, layout)
    return part, layout


def _without_tail(part: bytes) -> bytes:
    """The part without a declared dimension (it may lie) and without the rows behind the last filled cell."""
    start = part.find(b"<sheetData")
    part = _DIMENSION.sub(b"", part[:start]) + part[start:] if start > 0 else part
    last = part.rfind(b"</c>")
    end = part.find(b"</sheetData>", max(last, 0))
    if end < 0 or end - max(last, start) < _TAIL_BYTES:
        return part
    if last < 0:
        return part[:part.find(b"<sheetData")] + b"<sheetData>" + part[end:]
    return part[:last] + b"</c></row>" + part[end:]


def _is_plain(part: bytes, rows: list[bytes], small: bool) -> bool:
    if b"<sheetData" not in part or b"" in rows or b"<!" in part or b" t='" in part or b" hidden='" in part:
        return False
    numbers = list(map(int, rows))
    return numbers == sorted(set(numbers)) and (small or _NOT_PLAIN.search(part) is None)


def _within_reach(part: bytes, name: str, strings, layout: Layout) -> bytes:
    """The part without the cells that stand beyond a wide gap; they are noted in `layout`."""
    part = _EMPTY_ROWS.sub(b"", part)
    starts = list(_ROW.finditer(part))
    end = part.find(b"</sheetData>")
    bounds = [(int(row[1]) - 1, row.start(), after.start() if after else end)
              for row, after in zip(starts, [*starts[1:], None], strict=True)]
    letters: set[bytes] = set()
    filled = []
    for number, first, last in bounds:
        found = _FILLED.findall(part, first, last)
        if found:
            columns, rows = zip(*found, strict=True)
            if {int(row) for row in set(rows)} != {number + 1}:
                raise Unreadable("damaged")
            filled.append(number)
            letters.update(columns)
    places = {column: from_a1(column.decode() + "1")[1] for column in letters}
    if max(filled, default=0) > LAST_ROW or max(places.values(), default=0) > LAST_COLUMN:
        raise Unreadable("damaged")
    last_row, last_column = reach(filled, places.values(), name)
    far_columns = {column for column, place in places.items() if place > last_column}
    if not far_columns and max(filled, default=0) <= last_row:
        return part
    kept, dropped = [part[:bounds[0][1]]], []
    for number, first, last in bounds:
        row = part[first:last]
        if number > last_row:
            dropped += _CELL.findall(row)
            continue
        if far_columns:
            dropped += [cell for cell in _CELL.findall(row) if cell[0] in far_columns]
            row = _CELL.sub(lambda cell: b"" if cell[1] in far_columns else cell[0], row)
        kept.append(row)
    for cell in dropped:
        address = cell[0].decode() + cell[1].decode()
        layout.leave_out(address, _shown(cell, strings) if len(layout.left_out) < 5 else "")
    return b"".join([*kept, part[end:]])


def _shown(cell: tuple[bytes, bytes, bytes, bytes], strings) -> str:
    value = re.search(rb"<v>([^<]*)</v>", cell[3])
    if b't="s"' in cell[2] and value:
        return strings(int(value[1]))
    return xml_parts.text(value[1] if value else b"".join(re.findall(rb"<t[^>]*>([^<]*)</t>", cell[3])))


def _mark(part: bytes, layout: Layout) -> None:
    """Fill in what the marks of a plain part say."""
    if b't="e"' in part:
        layout.instead = {from_a1(address.decode()): CellError(xml_parts.text(text))
                          for address, text in _ERROR.findall(part)}
    if b"<f" in part:
        layout.uncached = frozenset(
            from_a1(address.decode()) for address, marks, value in _UNCACHED.findall(part)
            if value == b"</c>" or b't="str"' not in marks)
    if b"hidden=" in part or b' ht="0"' in part:
        layout.hidden_rows = frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(part))
    head = part[:part.find(b"<sheetData")]
    if b"<col " in head:
        layout.hidden_columns = _hidden_columns(head)


def _hidden_columns(head: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for tag in _COLUMN.findall(head):
        marks = xml_parts.attributes(tag)
        if marks.get("hidden") in ("1", "true") or marks.get("width") in ("0", "0.0"):
            first, last = marks.get("min", ""), marks.get("max", "")
            if not (first.isdecimal() and last.isdecimal()):
                raise Unreadable("damaged")
            hidden.update(within(int(first) - 1, int(last) - 1, LAST_COLUMN))
    return frozenset(hidden)
