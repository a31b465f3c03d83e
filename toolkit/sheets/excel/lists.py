"""A list sheet in an open workbook: the sheet that `ooxml.listsheet` writes into files, made by Excel in few calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.sheets import look
from toolkit.sheets.excel import conversion, writing
from toolkit.sheets.excel.areas import Area, addresses, columns_down
from toolkit.sheets.excel.protection import Sheets
from toolkit.sheets.ooxml import listsheet, ranges
from toolkit.sheets.ooxml.cellxml import CellValue, Formula
from toolkit.sheets.ooxml.listsheet import Link, ListSheet
from toolkit.sheets.ooxml.styles import Style

if TYPE_CHECKING:
    import xlwings as xw

_LANDSCAPE = 2  # xlLandscape
_POINTS_PER_INCH = 72


def add(sheets: Sheets, listing: ListSheet, date1904: bool) -> str:
    """Put the sheet behind the others, or in the place of the one an earlier run made; returns the name it got.

    A sheet of this name that people made stays, and the new one gets a number. UserError where no sheet can be added.
    """
    title = listing.name
    number = 2
    while title in sheets and not _made_here(sheets.seen(title)):
        title, number = f"{listing.name}({number})", number + 1
    again = title in sheets
    sheet = _emptied(sheets.writable(title)) if again else sheets.added(title)
    _fill(sheet, listing, date1904)
    _dress(sheet, listing)
    name = sheet.names.add(listsheet.MADE_HERE, "=" + ranges.absolute(title, "A1"))
    name.api.Visible = False
    _freeze(sheet, listsheet.header_row(listing) + 1)
    _set_up_page(sheet, listsheet.header_row(listing) + 1, again)
    return title


def _made_here(sheet: xw.Sheet) -> bool:
    return any(name.name.rpartition("!")[2] == listsheet.MADE_HERE for name in sheet.names)


def _emptied(sheet: xw.Sheet) -> xw.Sheet:
    if sheet.api.AutoFilterMode:
        sheet.api.AutoFilterMode = False
    sheet.clear()
    return sheet


def _fill(sheet: xw.Sheet, listing: ListSheet, date1904: bool) -> None:
    top = listsheet.header_row(listing)
    cells: dict[tuple[int, int], CellValue] = {(0, 0): listing.title}
    cells |= {(row, 0): note for row, note in enumerate(listing.notes, 1)}
    for row, texts in enumerate((listing.headers, *listing.rows), top):
        cells |= {(row, column): _content(value) for column, value in enumerate(texts)}
    writing.put(sheet, cells, date1904)


def _content(value: CellValue | Link) -> CellValue:
    return Formula(conversion.link(value.text, value.sheet, value.cell)) if isinstance(value, Link) else value


def _dress(sheet: xw.Sheet, listing: ListSheet) -> None:
    top, right = listsheet.header_row(listing), len(listing.headers) - 1
    bottom = top + len(listing.rows)
    writing.dress(sheet.range("A1"), listsheet.TITLE)
    if listing.notes:
        writing.dress(sheet.range(Area(1, 0, top - 1, 0).address), listsheet.NOTE)
    if listing.rows:
        writing.dress(sheet.range(Area(top + 1, 0, bottom, right).address), listsheet.CELL)
    writing.dress(sheet.range(Area(top, 0, top, right).address), listsheet.HEADER)
    for style, places in _exceptions(listing).items():
        for address in addresses(columns_down(places)):
            writing.dress(sheet.range(address), style)
    for column, width in enumerate(listing.widths):
        writing.set_width(sheet, column, width)
    heights: dict[float, list[int]] = {}
    for row, height in enumerate(listsheet.heights(listing)):
        heights.setdefault(height, []).append(row)
    writing.set_heights(sheet, heights)
    sheet.range(Area(top, 0, bottom, right).address).api.AutoFilter()


def _exceptions(listing: ListSheet) -> Mapping[Style, list[tuple[int, int]]]:
    """The cells that look different: links, and texts with an accent."""
    found: dict[Style, list[tuple[int, int]]] = {}
    for number, row in enumerate(listing.rows, listsheet.header_row(listing) + 1):
        for column, value in enumerate(row):
            style = listsheet.LINK if isinstance(value, Link) else listing.accents.get(str(value))
            if style:
                found.setdefault(style, []).append((number, column))
    return found


def _freeze(sheet: xw.Sheet, rows: int) -> None:
    """Keep the first rows in sight. Panes belong to the window, so the sheet is shown for a moment."""
    shown = sheet.book.sheets.active
    sheet.activate()
    window = sheet.book.app.api.ActiveWindow
    window.FreezePanes = False
    window.ScrollRow = 1
    window.SplitColumn, window.SplitRow = 0, rows
    window.FreezePanes = True
    window.DisplayGridlines = False
    shown.activate()


def _set_up_page(sheet: xw.Sheet, rows: int, again: bool) -> None:
    """Each setting goes to the printer's driver and takes its time; a sheet used again keeps those it has.

    Where no printer is installed Excel refuses them, and the list is none the worse for it.
    """
    settings: list[tuple[str, object]] = [("PrintTitleRows", f"${rows}:${rows}")]
    if not again:
        margin = look.MARGIN * _POINTS_PER_INCH
        settings += [("Orientation", _LANDSCAPE), ("PaperSize", look.PAPER_A4), ("Zoom", False), ("FitToPagesWide", 1),
                     ("FitToPagesTall", False), ("CenterFooter", look.FOOTER.removeprefix("&C")),
                     ("CenterHorizontally", True), ("LeftMargin", margin), ("RightMargin", margin)]
    page = sheet.api.PageSetup
    try:
        for name, value in settings:
            setattr(page, name, value)
    except Exception as error:
        if not hasattr(error, "hresult"):
            raise
