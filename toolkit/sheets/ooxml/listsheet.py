"""A new sheet with a title, lines of notes and one table: filter, links, frozen header, ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.sheets import look
from toolkit.sheets.grid import a1, column_letters
from toolkit.sheets.ooxml import ranges, xmltext
from toolkit.sheets.ooxml.cellxml import CellRenderer, CellValue
from toolkit.sheets.ooxml.styles import Style
from toolkit.sheets.ooxml.workbook import Workbook

MADE_HERE = "_toolkit_list"  # hidden name on sheets made here, which may be replaced
_TITLE_HEIGHT, _NOTE_HEIGHT, _HEADER_HEIGHT = 30, 20, 24  # points
TITLE = Style(size=16, bold=True, color=look.INK)
NOTE = Style(color=look.NOTE)
HEADER = Style(bold=True, color="#FFFFFF", fill=look.BAND, line=look.LINE, wrap=True, center=True)
CELL = Style(line=look.LINE, wrap=True)
LINK = Style(line=look.LINE, color=look.BAND, underline=True, center=True)


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to another cell of the workbook."""

    text: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class ListSheet:
    """What stands on the sheet; `widths` in characters, one a column. `accents`: the look of cells with that text."""

    name: str
    title: str
    headers: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[CellValue | Link]]
    notes: Sequence[str] = ()
    accents: Mapping[str, Style] = field(default_factory=dict)


def add(book: Workbook, listing: ListSheet) -> str:
    """Put the sheet behind the others, or in the place of the one an earlier run made; returns the name it got.

    A sheet of this name that people made stays, and the new one gets a number.
    """
    made = {name.position for name in book.names() if name.name == MADE_HERE}
    existing = {entry.name.casefold(): entry for entry in book.sheets()}
    name = listing.name
    for number in range(2, len(existing) + 3):
        if name.casefold() not in existing or existing[name.casefold()].position in made:
            break
        name = f"{listing.name}({number})"
    xml = _xml(book, listing)
    if name.casefold() in existing:
        book.replace_sheet(name, xml)
    else:
        book.add_sheet(name, xml)
    position, header = book.entry(name).position, header_row(listing)
    book.set_name(MADE_HERE, position, ranges.absolute(name, "A1"), hidden=True)
    book.set_name(ranges.FILTER_NAME, position, ranges.absolute(name, _table_area(listing)), hidden=True)
    book.set_name("_xlnm.Print_Titles", position, f"{ranges.quoted(name)}!${header + 1}:${header + 1}")
    return name


def header_row(listing: ListSheet) -> int:
    """The zero-based row of the headers, behind the title and the notes."""
    return 1 + len(listing.notes)


def _table_area(listing: ListSheet) -> str:
    header = header_row(listing)
    return f"A{header + 1}:{a1(header + len(listing.rows), len(listing.headers) - 1)}"


def heights(listing: ListSheet) -> list[float]:
    """The heights of all rows in points, so that wrapped texts show."""
    rows = [_height(listing, row) for row in listing.rows]
    return [_TITLE_HEIGHT, *[_NOTE_HEIGHT] * len(listing.notes), _HEADER_HEIGHT, *rows]


def _xml(book: Workbook, listing: ListSheet) -> str:
    first, area = a1(header_row(listing) + 1, 0), _table_area(listing)
    columns = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
                      for n, width in enumerate(listing.widths, 1))
    return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{book.namespace}">'
            f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{area.partition(":")[2]}"/>'
            '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
            f'<pane ySplit="{header_row(listing) + 1}" topLeftCell="{first}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="{first}" sqref="{first}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="{_NOTE_HEIGHT}"/><cols>{columns}</cols>'
            f"<sheetData>{_rows(book, listing)}</sheetData>"
            f'<autoFilter ref="{area}"/>{_hyperlinks(listing)}<printOptions horizontalCentered="1"/>'
            f'<pageMargins left="{look.MARGIN}" right="{look.MARGIN}" top="0.5" bottom="0.6" header="0.3" '
            f'footer="0.3"/><pageSetup paperSize="{look.PAPER_A4}" orientation="landscape" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>{xmltext.escape(look.FOOTER)}</oddFooter></headerFooter></worksheet>")


def _rows(book: Workbook, listing: ListSheet) -> str:
    renderer = CellRenderer("", book.date1904, book.styles.dated)
    style = book.styles.add
    lines = [_row(0, _TITLE_HEIGHT, [renderer.cell("A1", style(TITLE), listing.title)])]
    for number, note in enumerate(listing.notes, 1):
        lines.append(_row(number, _NOTE_HEIGHT, [renderer.cell(a1(number, 0), style(NOTE), note)]))
    top, header = header_row(listing), style(HEADER)
    lines.append(_row(top, _HEADER_HEIGHT, [
        renderer.cell(a1(top, column), header, text) for column, text in enumerate(listing.headers)]))
    letters = [column_letters(column) for column in range(len(listing.headers))]
    plain, link = style(CELL), style(LINK)
    accents = {text: style(accent) for text, accent in listing.accents.items()}
    for number, row in enumerate(listing.rows, top + 1):
        lines.append(_row(number, _height(listing, row), [
            renderer.cell(f"{letter}{number + 1}", link, value.text) if isinstance(value, Link)
            else renderer.cell(f"{letter}{number + 1}", accents.get(str(value), plain), value)
            for letter, value in zip(letters, row, strict=True)]))
    return "".join(lines)


def _height(listing: ListSheet, row: Sequence[CellValue | Link]) -> float:
    texts = [value.text if isinstance(value, Link) else str(value or "") for value in row]
    most = max(look.lines(text, width) for text, width in zip(texts, listing.widths, strict=True))
    return max(_NOTE_HEIGHT, most * 15 + 5)


def _row(number: int, height: float, cells: list[str]) -> str:
    return f'<row r="{number + 1}" ht="{height}" customHeight="1">{"".join(cells)}</row>'


def _hyperlinks(listing: ListSheet) -> str:
    links = []
    for number, row in enumerate(listing.rows, header_row(listing) + 1):
        for column, value in enumerate(row):
            if isinstance(value, Link):
                target = xmltext.escape_attribute(f"{ranges.quoted(value.sheet)}!{value.cell}")
                links.append(f'<hyperlink ref="{a1(number, column)}" location="{target}" '
                             f'display="{xmltext.escape_attribute(value.text)}"/>')
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
