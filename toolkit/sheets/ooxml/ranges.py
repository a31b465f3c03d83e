"""Ranges that hang on a sheet's data and grow when rows are added directly below: tables and the filter."""

from __future__ import annotations

from lxml import etree

from toolkit.sheets.grid import a1, from_a1
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.workbook import SheetEntry, Workbook
from toolkit.sheets.ooxml.xmltree import child, number

FILTER_NAME = "_xlnm._FilterDatabase"


def grow(book: Workbook, entry: SheetEntry, sheet: SheetXml, first: int, last: int) -> None:
    """Rows `first` to `last` (zero-based) were added: ranges that ended just above them now end at `last`."""
    for relation in book.package.relationships(entry.part):
        if relation.kind == "table" and relation.target in book.package:
            _grow_table(book.package.tree(relation.target), first, last)
    if _grow(child(sheet.root, "autoFilter"), first, last):
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
    try:
        row, column = from_a1(end)
    except ValueError:  # whole rows or columns
        return None
    return f"{start}:{a1(last, column)}" if row == first - 1 else None


def _grow(element: etree._Element | None, first: int, last: int) -> bool:
    """Let an element reach further down where its area ends just above row `first`; whether it did."""
    new = None if element is None else _grown(element.get("ref"), first, last)
    if element is None or new is None:
        return False
    element.set("ref", new)
    return True


def _grow_table(table: etree._Element, first: int, last: int) -> None:
    if not number(table, "totalsRowCount") and _grow(table, first, last):
        _grow(child(table, "autoFilter"), first, last)


def _grow_filter_name(book: Workbook, entry: SheetEntry, first: int, last: int) -> None:
    for name in book.names():
        if name.name == FILTER_NAME and name.position == entry.position:
            sheet, _, area = name.content.rpartition("!")
            if new := _grown(area, first, last):
                book.set_name(FILTER_NAME, name.position, f"{sheet}!{absolute('', new).rpartition('!')[2]}")
                return
