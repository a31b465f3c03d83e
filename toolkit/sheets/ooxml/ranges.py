"""Ranges that hang on a sheet's data and grow when rows are added directly below: tables and the filter."""

from __future__ import annotations

from toolkit.sheets.grid import a1, from_a1
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.workbook import SheetEntry, Workbook
from toolkit.sheets.ooxml.xmltext import attribute

FILTER_NAME = "_xlnm._FilterDatabase"


def grow(book: Workbook, entry: SheetEntry, sheet: SheetXml, first: int, last: int) -> None:
    """Rows `first` to `last` (zero-based) were added: ranges that ended just above them now end at `last`."""
    for relation in book.package.relationships(entry.part):
        if relation.kind == "table":
            _grow_table(book, relation.target, first, last)
    found = xmltext.child(sheet.shell, "autoFilter")
    if found and (new := _grown(attribute(found.tag(sheet.shell), "ref"), first, last)):
        tag = xmltext.with_attribute(found.tag(sheet.shell), "ref", new)
        sheet.shell = xmltext.cut(sheet.shell, found.start, found.opened, tag)
        _grow_filter_name(book, entry, first, last)


def absolute(sheet: str, area: str) -> str:
    """`sheet` and an A1 area as defined names write them: `'表 1'!$A$5:$C$9`."""
    corners = [from_a1(corner) for corner in area.split(":")]
    marked = ":".join("$" + a1(row, column).rstrip("0123456789") + f"${row + 1}" for row, column in corners)
    return f"{quoted(sheet)}!{marked}"


def quoted(sheet: str) -> str:
    """A sheet name as references write it."""
    return "'" + sheet.replace("'", "''") + "'"


def _grown(area: str | None, first: int, last: int) -> str | None:
    """The longer area; None where it does not end just above row `first`."""
    start, colon, end = (area or "").replace("$", "").partition(":")
    if not colon:
        return None
    row, column = from_a1(end)
    return f"{start}:{a1(last, column)}" if row == first - 1 else None


def _grow_table(book: Workbook, part: str, first: int, last: int) -> None:
    text = book.package.text(part)
    tag = xmltext.root(text)[0]
    new = _grown(attribute(tag, "ref"), first, last)
    if new is None or attribute(tag, "totalsRowCount") not in (None, "0"):
        return
    text = text.replace(tag, xmltext.with_attribute(tag, "ref", new), 1)
    if found := xmltext.child(text, "autoFilter"):
        text = xmltext.cut(text, found.start, found.opened, xmltext.with_attribute(found.tag(text), "ref", new))
    book.package.put(part, text)


def _grow_filter_name(book: Workbook, entry: SheetEntry, first: int, last: int) -> None:
    for name, position, content, _ in book.names():
        if name == FILTER_NAME and position == entry.position:
            sheet, _, area = content.rpartition("!")
            if new := _grown(area, first, last):
                book.set_name(name, position, f"{sheet}!{absolute('', new).rpartition('!')[2]}")
                return
