"""A list sheet in an open workbook: the sheet that `ooxml.listsheet` writes into files, made by Excel in few calls."""

from __future__ import annotations

from collections import Counter
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
_PLAIN, _BARE = Style(), Style(font="", size=0, color="")  # _BARE: of cells that nobody dressed


def add(sheets: Sheets, listing: ListSheet, date1904: bool) -> str:
    """Put the sheet behind the others, or in the place of the one an earlier run made; returns the name it got.

    A sheet of this name that people made stays, and the new one gets a number. UserError where no sheet can be added.
    """
    title = listing.name
    number = 2
    while title in sheets and not _made_here(sheets, title):
        title, number = f"{listing.name}({number})", number + 1
    again, shown = title in sheets, sheets.book.api.ActiveSheet
    sheet = _emptied(sheets.writable(title)) if again else sheets.added(title)
    writing.put(sheet, title, _cells(listing), date1904, is_plain=True)
    _dress(sheet, listing)
    if not again:
        sheet.names.add(listsheet.MADE_HERE, "=" + ranges.absolute(title, "A1")).api.Visible = False
    _freeze(sheets, sheet, listsheet.header_row(listing) + 1, again)
    shown.Activate()
    _set_up_page(sheet, listsheet.header_row(listing) + 1, again)
    return title


def _made_here(sheets: Sheets, title: str) -> bool:
    if sheets.snapshot:
        return sheets.snapshot.was_made_here(title)
    return any(name.name.rpartition("!")[2] == listsheet.MADE_HERE for name in sheets.seen(title).names)


def _emptied(sheet: xw.Sheet) -> xw.Sheet:
    if sheet.api.AutoFilterMode:
        sheet.api.AutoFilterMode = False
    sheet.clear()
    return sheet


def _cells(listing: ListSheet) -> Mapping[tuple[int, int], CellValue]:
    top = listsheet.header_row(listing)
    cells: dict[tuple[int, int], CellValue] = {(0, 0): listing.title}
    cells |= {(row, 0): note for row, note in enumerate(listing.notes, 1)}
    for row, texts in enumerate((listing.headers, *listing.rows), top):
        cells |= {(row, column): _content(value) for column, value in enumerate(texts)}
    return cells


def _content(value: CellValue | Link) -> CellValue:
    return Formula(conversion.link(value.text, value.sheet, value.cell)) if isinstance(value, Link) else value


def _dress(sheet: xw.Sheet, listing: ListSheet) -> None:
    """All cells alike first; then only what is different where it is different."""
    top, right = listsheet.header_row(listing), len(listing.headers) - 1
    table = Area(top, 0, top + len(listing.rows), right)
    looks = [(Area(0, 0, 0, 0), listsheet.TITLE, _PLAIN), (Area(1, 0, top - 1, 0), listsheet.NOTE, _PLAIN), (table, listsheet.CELL, _PLAIN),
             (table._replace(bottom=top), listsheet.HEADER, listsheet.CELL)]
    whole = sheet.range(table._replace(top=0).address)
    writing.dress(whole, _PLAIN, _BARE)
    whole.api.VerticalAlignment = writing.CENTER
    cells_of = {area: sheet.range(area.address) for area, _, _ in looks if area.top <= area.bottom}
    for area, style, over in looks:
        if area in cells_of:
            writing.dress(cells_of[area], style, over)
    for style, places in _exceptions(listing).items():
        for address in addresses(columns_down(places)):
            writing.dress(sheet.range(address), style, listsheet.CELL)
    _size(sheet, listing)
    cells_of[table].api.AutoFilter()


def _size(sheet: xw.Sheet, listing: ListSheet) -> None:
    columns: dict[float, list[Area]] = {}
    for column, width in enumerate(listing.widths):
        columns.setdefault(width, []).append(Area(0, column, 0, column))
    for width, areas in columns.items():
        for address in addresses(areas):
            sheet.range(address).column_width = width
    heights = listsheet.heights(listing)
    usual = Counter(heights).most_common(1)[0][0]
    writing.set_heights(sheet, {usual: range(len(heights))})
    other: dict[float, list[int]] = {}
    for row, height in enumerate(heights):
        if height != usual:
            other.setdefault(height, []).append(row)
    writing.set_heights(sheet, other)


def _exceptions(listing: ListSheet) -> Mapping[Style, list[tuple[int, int]]]:
    """The cells that look different: links, and texts with an accent."""
    found: dict[Style, list[tuple[int, int]]] = {}
    for number, row in enumerate(listing.rows, listsheet.header_row(listing) + 1):
        for column, value in enumerate(row):
            style = listsheet.LINK if isinstance(value, Link) else listing.accents.get(str(value))
            if style:
                found.setdefault(style, []).append((number, column))
    return found


def _freeze(sheets: Sheets, sheet: xw.Sheet, rows: int, again: bool) -> None:
    """Keep the first rows in sight. Panes belong to the window, so the sheet is shown for a moment."""
    sheets.book.api.Activate()
    if again:  # a new sheet is in front already
        sheet.api.Activate()
    window = sheets.book.app.api.ActiveWindow
    if again:
        window.FreezePanes, window.ScrollRow, window.SplitColumn = False, 1, 0
    window.SplitRow = rows
    window.FreezePanes = True
    window.DisplayGridlines = False


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
