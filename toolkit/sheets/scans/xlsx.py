"""What the XML of an .xlsx or .xlsm says beyond the values: extents, errors, hidden parts, formulas without results.

The usual sheet (every cell with its address first, double quotes, no prefix, nothing beyond ZZ9999) is judged by a few
searches over its bytes. Any other spelling that the standard allows is first rewritten by `spelling`.
Source: ECMA-376 Part 1, 18.3 (worksheets).
"""

from __future__ import annotations

import re
from functools import cache, partial
from operator import lt

from toolkit.sheets.grid import CellError, from_a1
from toolkit.sheets.scans import spelling, xml_parts
from toolkit.sheets.scans.archive import Archive
from toolkit.sheets.scans.extents import DENSE_CELLS, LAST_COLUMN, Scanned, SheetFacts, within
from toolkit.sheets.scans.refusals import Unreadable

_OPENING = f'<worksheet xmlns="{spelling.MAIN}">'.encode()
_EMPTY = _OPENING + b"<sheetData></sheetData></worksheet>"
_NOT_SMALL = re.compile(rb'<c[\s/>](?!r="[A-Z]{1,2}[1-9][0-9]{0,3}")')
_NOT_PLAIN = re.compile(rb'<c[\s/>](?!r="[A-Z]{1,3}[1-9][0-9]{0,6}")')
_SMALL_COLUMNS = 702  # A … ZZ
_ROW_NUMBER = re.compile(rb'<row[\s/>](?:r="([1-9][0-9]{0,6})")?')
_FORMULA = rb"(?:<f[^>]*/>|<f[^>]*[^/>]>[^<]*</f>|<f>[^<]*</f>)"
_EMPTY_CELLS = re.compile(rb'<c r="[^>/]*+/>(?:<c r="[^>/]*+/>)*+')
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]* t="e"[^>]*>' + _FORMULA + rb"?<v>([^<]*)</v>")
_NO_RESULT = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*)>' + _FORMULA + rb"(</c>|<v ?/>|<v></v>)")
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]+)"[^>]*(?: hidden="(?:1|true)"| ht="0")')
_COLUMN = re.compile(rb"<col [^>]*>")
_MERGED = re.compile(rb"<mergeCells[\s>].*?</mergeCells>", re.DOTALL)
_SHEET_DATA = re.compile(rb"<sheetData\s*(/?)>")


def scan(archive: Archive, skip: frozenset[str] = frozenset()) -> Scanned:
    """The workbook made safe for the value reader, with a Layout per sheet; sheets named in `skip` come out empty.

    Raises Unreadable.
    """
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
        layout, path = SheetFacts(), f"{kind}s/sheet{number}.xml"
        if kind == "worksheet" and name in skip:
            parts[path] = _EMPTY
        elif kind == "worksheet":
            parts[path], layout = scan_sheet(archive.read_xml(xml_parts.located(target)), name, strings)
        layouts.append(layout)
        targets.append((relation, kind, path))
    properties = xml_parts.custom_properties(archive.read_xml("docProps/custom.xml"))
    return Scanned(xml_parts.plain_package(parts, targets, "xml"), layouts, properties)


def _only(relations: dict[str, tuple[str, str]], kind: str) -> str:
    targets = [target for found, target in relations.values() if found == kind]
    return xml_parts.located(targets[0] if targets else f"{kind}.xml")


def scan_sheet(part: bytes, name: str, strings: bytes) -> tuple[bytes, SheetFacts]:
    """One worksheet part → the part to read and its Layout. Raises Unreadable.

    What is to be read is made anew from the rows and the merged ranges: no declared dimension (it may lie), no empty
    cells (most of a form), nothing far away.
    """
    if b"<!" in part or not _SHEET_DATA.search(part):
        part = spelling.rewrite(part)
    head, data, foot = _divided(part)
    rows, small = _ROW_NUMBER.findall(data), _NOT_SMALL.search(data) is None
    if not _is_plain(data, rows, small):
        head, data, foot = _divided(spelling.rewrite(part))
        rows, small = _ROW_NUMBER.findall(data), _NOT_SMALL.search(data) is None
    layout = SheetFacts()
    if not small or (rows and int(rows[-1]) * _SMALL_COLUMNS > DENSE_CELLS):
        from toolkit.sheets.scans import far_cells

        data = far_cells.leave_out(data, name, partial(xml_parts.shared_strings, strings), layout)
    _mark(head, data, layout)
    merged = _MERGED.search(foot)
    # The value reader goes through the part a second time, up to the merged ranges: standing first, they end it early.
    ranges = merged[0] if merged else b"<mergeCells></mergeCells>"
    return b"".join([_OPENING, ranges, b"<sheetData>", data, b"</sheetData></worksheet>"]), layout


def _divided(part: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the rows, the rows without empty cells, what stands behind."""
    start = _SHEET_DATA.search(part)
    if start is None:
        raise Unreadable("damaged")
    if start[1]:
        return part[:start.start()], b"", part[start.end():]
    end = part.find(b"</sheetData>", start.end())
    if end < 0:
        raise Unreadable("damaged")
    data = part[start.end():end]
    last = data.rfind(b"</c>")
    if last >= 0:
        data = data[:last] + b"</c></row>"
    elif b"<v" not in data:
        data = b""
    return part[:start.start()], _EMPTY_CELLS.sub(b"", data), part[end:]


def _is_plain(data: bytes, rows: list[bytes], small: bool) -> bool:
    if b"" in rows or b" t='" in data or b" hidden='" in data:
        return False
    numbers = list(map(int, rows))
    return all(map(lt, numbers, numbers[1:])) and (small or _NOT_PLAIN.search(data) is None)


def _mark(head: bytes, data: bytes, layout: SheetFacts) -> None:
    if b't="e"' in data:
        layout.instead = {from_a1(address.decode()): CellError(xml_parts.text(text))
                          for address, text in _ERROR.findall(data)}
    if b"<f" in data:
        # An empty text is a result.
        layout.uncached = {(int(row) - 1, _column(letters)) for letters, row, marks, value in _NO_RESULT.findall(data)
                           if value == b"</c>" or b't="str"' not in marks}
    if b"hidden=" in data or b' ht="0"' in data:
        layout.hidden_rows = {int(row) - 1 for row in _HIDDEN_ROW.findall(data)}
    if b"<col " in head:
        layout.hidden_columns = _hidden_columns(head)


@cache
def _column(letters: bytes) -> int:
    return from_a1(letters.decode() + "1")[1]


def _hidden_columns(head: bytes) -> set[int]:
    hidden: set[int] = set()
    for tag in _COLUMN.findall(head):
        marks = xml_parts.attributes(tag)
        if marks.get("hidden") in ("1", "true") or marks.get("width") in ("0", "0.0"):
            first, last = marks.get("min", ""), marks.get("max", "")
            if not (first.isdecimal() and last.isdecimal()):
                raise Unreadable("damaged")
            hidden.update(within(int(first) - 1, int(last) - 1, LAST_COLUMN))
    return hidden
