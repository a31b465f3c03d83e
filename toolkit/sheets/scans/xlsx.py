"""What the XML of an .xlsx or .xlsm says beyond the values: extents, errors, hidden parts, formulas without results.

The usual sheet (every cell with its address first, double quotes, no prefix, nothing beyond ZZ9999) is judged by a few
searches over its bytes. Any other spelling that the standard allows is first rewritten by `spelling`.
Source: ECMA-376 Part 1, 18.3 (worksheets).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from operator import lt

from toolkit.sheets.grid import LAST_COLUMN, CellError, area_from_a1, from_a1
from toolkit.sheets.scans import appearance, spelling, xml_parts
from toolkit.sheets.scans.appearance import SharedParts
from toolkit.sheets.scans.archive import Archive
from toolkit.sheets.scans.extents import DENSE_CELLS, LEAST_HEIGHT, LEAST_WIDTH, SPOILT, Scanned, SheetFacts, within
from toolkit.sheets.scans.refusals import Unreadable

# The value reader goes through a part a second time, up to the merged ranges: standing first, they end it early.
_OPENING = f'<worksheet xmlns="{spelling.MAIN}"><mergeCells></mergeCells><sheetData>'.encode()
_CLOSING = b"</sheetData></worksheet>"
_NOT_PLAIN = re.compile(rb'<c[\s/>](?!r="[A-Z]{1,3}[1-9][0-9]{0,6}")')
_LETTERS, _SMALL_COLUMNS = 26, 702  # A … Z, A … ZZ
_RARE = 1_000  # bytes to an empty cell, from which they are looked for one by one
_ROW = re.compile(rb'<row[\s/>](?:r="([1-9][0-9]{0,6})")?([^>]*)')
_HEIGHT, _HIDDEN = re.compile(rb' ht="([^"]*)"'), re.compile(rb' hidden="(?:1|true)"')
_FORMULA = rb"<f(?:>[^<]*</f>|[^>]*/>|[^>]*[^/>]>[^<]*</f>)"
_EMPTY_CELLS = re.compile(rb'<c r="[^>/]*+/>(?:<c r="[^>/]*+/>)*+')
_BETWEEN = re.compile(rb">[ \t\r\n]+<(?!/[tvf]>)")
# A text that a formula gives keeps its spaces.
_LOOSE_VALUE = re.compile(rb'(<c r="(?![^>]* t="str")[^>]*>' + b"(?:" + _FORMULA + rb")?<v>)[ \t\r\n]*([^<]*?)[ \t\r\n]*</v>")
_ERROR = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]* t="e"[^>]*>(?:' + _FORMULA + rb")?<v>([^<]*)</v></c>")
_NO_RESULT = re.compile(_FORMULA + rb"(</c>|<v ?/>|<v></v>)")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_DEFAULT_SIZES = re.compile(rb"<(?:\w+:)?sheetFormatPr\s[^>]*>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*>")
_SHEET_DATA = re.compile(rb"<sheetData\s*(/?)>")


def scan(archive: Archive, main: str, skip: frozenset[str] = frozenset(), mend: bool = False) -> Scanned:
    """The workbook whose main part is `main` made safe for the value reader, with its facts a sheet; sheets named in
    `skip` come out empty. `mend`: look at every cell, because the value reader stumbled over one.

    Macro sheets, modules, charts and dialogs hold no table and are left out. Raises Unreadable.
    """
    book = xml_parts.book(archive.read_xml(main))
    folder = posixpath.dirname(main)
    relations = xml_parts.relations(archive.read_xml(f"{folder}/_rels/{posixpath.basename(main)}.rels"))
    strings, styles = (archive.read_xml(xml_parts.only(relations, kind, folder, "xml")) for kind in ("sharedStrings", "styles"))
    shared = SharedParts(strings, styles, book.date1904)
    parts = {"styles.xml": styles, "sharedStrings.xml": strings}
    layouts, kept = [], []
    for sheet in book.sheets:
        if sheet.relation and sheet.relation not in relations:
            raise Unreadable("damaged")
        kind, target = relations.get(sheet.relation, ("module", ""))
        if kind != "worksheet":
            continue
        kept.append(sheet)
        facts, path = SheetFacts(), f"worksheets/sheet{len(kept)}.xml"
        if sheet.name in skip:
            parts[path] = _OPENING + _CLOSING
        else:
            part = archive.read_xml(xml_parts.located(target, folder))
            parts[path], facts = scan_sheet(part, sheet.name, shared, mend)
        layouts.append(facts)
    parts["workbook.xml"] = xml_parts.plain_book(kept, book.date1904)
    targets = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(kept) + 1)]
    properties = xml_parts.custom_properties(archive.read_xml("docProps/custom.xml"))
    return Scanned(xml_parts.plain_package(parts, targets, "xml"), layouts, properties, book.date1904)


def scan_sheet(part: bytes, name: str, shared: SharedParts, mend: bool = False) -> tuple[bytes, SheetFacts]:
    """One worksheet part → the part to read and its facts. Raises Unreadable.

    What is to be read is made anew from the rows: no declared dimension (it may lie), no empty cells (most of a form),
    no merged ranges (known by now), nothing far away.
    """
    count = shared.string_count if mend else None
    if mend or (b"!" in part and b"<!" in part) or not _SHEET_DATA.search(part):
        part = spelling.rewrite(part, count)
    head, data, foot = _divided(part)
    rows = _ROW.findall(data)
    small = _is_small(data, rows)
    if not _is_plain(data, rows, small):
        head, data, foot = _divided(spelling.rewrite(part, count))
        rows = _ROW.findall(data)
        small = _is_small(data, rows)
    facts = SheetFacts()
    if not small:
        from toolkit.sheets.scans import far_cells

        data = far_cells.leave_out(data, name, partial(xml_parts.shared_strings, shared.strings), facts)
    _note_sizes(head, rows, facts)
    facts.merged = list(_merged(foot))
    data = _note_results(data, facts)
    appearance.note(data, shared, facts)
    return b"".join([_OPENING, data, _CLOSING]), facts


def _divided(part: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the rows, the rows without empty cells and white space between tags, what stands behind."""
    start = _SHEET_DATA.search(part)
    end = part.find(b"</sheetData>", start.end()) if start else -1
    if start and start[1]:
        return part[:start.start()], b"", part[start.end():]
    if start is None or end < 0:
        raise Unreadable("damaged")
    data = part[start.end():end]
    last = data.rfind(b"</c>")
    if last >= 0:
        data = data[:last] + b"</c></row>"
    elif b"<v" not in data:
        data = b""
    if b"\n" in data or b"\t" in data or b"\r" in data or b" <" in data:
        data = _LOOSE_VALUE.sub(rb"\1\2</v>", _BETWEEN.sub(b"><", data))
    return part[:start.start()], _without_empty(data), part[end:]


def _without_empty(data: bytes) -> bytes:
    """The rows without empty cells. In a register these are few, and a search through a million full ones takes longer."""
    kept, done, at, left = [], 0, data.find(b'"/>'), len(data) // _RARE
    while at >= 0:
        if left < 0:
            return _EMPTY_CELLS.sub(b"", data)
        start = data.rfind(b"<", done, at)
        if data.startswith(b'<c r="', start):
            kept.append(data[done:start])
            done = at + 3
        at, left = data.find(b'"/>', at + 3), left - 1
    return b"".join((*kept, data[done:])) if kept else data


def _is_small(data: bytes, rows: list[tuple[bytes, bytes]]) -> bool:
    """Whether the rectangle of all cells is of ordinary size, each with its address in the usual place."""
    last = int(rows[-1][0] or 1) if rows else 1
    columns = min(DENSE_CELLS // last, _SMALL_COLUMNS)
    return columns >= _LETTERS and _beyond(columns // _LETTERS - 1).search(data) is None


@lru_cache
def _beyond(leading: int) -> re.Pattern[bytes]:
    """Finds a cell behind Z and behind the columns of two letters that begin with the first `leading` ones, or below row 9999."""
    columns = b"[A-%c]?[A-Z]" % (ord("A") + leading - 1) if leading else b"[A-Z]"
    return re.compile(rb'<c[\s/>](?!r="' + columns + rb'[1-9][0-9]{0,3}")')


def _is_plain(data: bytes, rows: list[tuple[bytes, bytes]], small: bool) -> bool:
    # One byte is found ten times as fast as two.
    if (b"'" in data and (b" t='" in data or b" s='" in data)) or (b"?" in data and b"<?" in data):
        return False
    if any(b"'" in marks for marks in {marks for _number, marks in rows}):
        return False
    numbers = [int(number) if number else 0 for number, _marks in rows]
    return 0 not in numbers and all(map(lt, numbers, numbers[1:])) and (small or _NOT_PLAIN.search(data) is None)


def _note_results(data: bytes, facts: SheetFacts) -> bytes:
    """The rows without errors, which the value reader knows only in part; these and formulas without results are noted."""
    if b"f" in data and b"<f" in data:
        # An empty text is a result.
        facts.uncached = {from_a1(place[1].decode()) for found in _NO_RESULT.finditer(data)
                          if (place := appearance.opening(data, found.start())) and place.end() == found.start()
                          and (found[1] == b"</c>" or b't="str"' not in place[2])}
    if b't="e"' in data:
        facts.instead = {from_a1(address.decode()): CellError(xml_parts.text(text)) if text else SPOILT
                         for address, text in _ERROR.findall(data)}
        data = _ERROR.sub(b"", data)
    return data


def _note_sizes(head: bytes, rows: list[tuple[bytes, bytes]], facts: SheetFacts) -> None:
    usual = _DEFAULT_SIZES.search(head)
    sizes = xml_parts.attributes(usual[0]) if usual else {}
    low = _below(sizes.get("defaultRowHeight"), LEAST_HEIGHT)
    hidden = {marks for marks in {marks for _number, marks in rows} if _is_hidden(marks, low)}
    if hidden:
        facts.hidden_rows = {int(number) - 1 for number, marks in rows if marks in hidden}
    if _below(sizes.get("defaultColWidth"), LEAST_WIDTH):
        facts.hidden_columns = set(range(LAST_COLUMN + 1))
    if b"<cols" in head or b":cols" in head:
        _note_columns(head, facts.hidden_columns)


def _is_hidden(marks: bytes, low: bool) -> bool:
    height = _HEIGHT.search(marks)
    return _HIDDEN.search(marks) is not None or (_below(height[1].decode(), LEAST_HEIGHT) if height else low)


def _below(size: str | None, least: float) -> bool:
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _note_columns(head: bytes, hidden: set[int]) -> None:
    for tag in _COLUMN.findall(head):
        marks = xml_parts.attributes(tag)
        first, last = marks.get("min", ""), marks.get("max", "")
        if not (first.isdecimal() and last.isdecimal()):
            raise Unreadable("damaged")
        span = within(int(first) - 1, int(last) - 1, LAST_COLUMN)
        if marks.get("hidden") in ("1", "true") or _below(marks.get("width"), LEAST_WIDTH):
            hidden.update(span)
        elif hidden:
            hidden.difference_update(span)


def _merged(foot: bytes) -> Iterator[tuple[int, int, int, int]]:
    if b"mergeCell" not in foot:
        return
    for tag in _MERGED.findall(foot):
        try:
            area = area_from_a1(xml_parts.attributes(tag).get("ref", ""))
        except ValueError:
            continue  # a reference to nothing joins nothing
        if area[:2] != area[2:]:
            yield area
