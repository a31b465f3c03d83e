"""Writing values into the rows of a worksheet."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.sheets.grid import a1, column_letters
from toolkit.sheets.ooxml import shared_formulas, xmltext
from toolkit.sheets.ooxml.cellxml import CellRenderer
from toolkit.sheets.ooxml.sheetxml import CellElement, RowElement, RowWrite, SheetXml
from toolkit.sheets.ooxml.xmltext import attribute


def write(sheet: SheetXml, rows: Mapping[int, RowWrite], renderer: CellRenderer) -> None:
    """Write values into cells. UserError where a place lies outside what a sheet can hold."""
    rows = {number: row for number, row in sorted(rows.items()) if row.values}
    if not rows:
        return
    columns = {column for row in rows.values() for column in row.values}
    sheet.widen(min(rows), min(columns), max(rows), max(columns))
    writer = _Writer(sheet, renderer)
    last = sheet.last_row()
    pieces = _patched(sheet, {number: row for number, row in rows.items() if number <= last}, writer)
    pieces += [writer.new_row(number, row) for number, row in rows.items() if number > last]
    sheet.body = "".join(pieces)
    sheet.formulas_replaced |= writer.formulas_replaced
    if writer.orphans:
        shared_formulas.unshare(sheet, writer.orphans)


def _patched(sheet: SheetXml, rows: dict[int, RowWrite], writer: _Writer) -> list[str]:
    """The rows' text in pieces, with these changed or, where they are missing, put in their place."""
    if not rows:
        return [sheet.body]
    pieces: list[str] = []
    position, waiting = 0, sorted(rows, reverse=True)
    for row in sheet.rows():
        while waiting and waiting[-1] < row.number:
            number = waiting.pop()
            pieces += (sheet.body[position:row.start], writer.new_row(number, rows[number]))
            position = row.start
        if waiting and waiting[-1] == row.number:
            pieces += (sheet.body[position:row.start], writer.changed_row(row, rows[waiting.pop()]))
            position = row.end
    return [*pieces, sheet.body[position:]]


def _spliced(content: str, pieces: list[tuple[int, int, int, str]]) -> str:
    joined: list[str] = []
    position = 0
    for start, end, _, new in sorted(pieces):
        joined += (content[position:start], new)
        position = end
    return "".join((*joined, content[position:]))


class _Writer:
    """Renders new and changed rows of one sheet during one `write`."""

    def __init__(self, sheet: SheetXml, renderer: CellRenderer) -> None:
        self._sheet = sheet
        self._renderer = renderer
        self._column_styles = sheet.column_styles()
        self._layouts: dict[tuple[int, tuple[int, ...]], tuple[str, list[int], list[str]]] = {}
        self.formulas_replaced = False
        self.orphans: dict[str, shared_formulas.Master] = {}

    def new_row(self, number: int, row: RowWrite) -> str:
        """A row that did not exist, with the cells of its pattern even where they stay empty."""
        template, columns, styles = self._layout(row)
        rests = self._renderer.rests(styles, map(row.values.get, columns))
        return template.replace("#", str(number + 1)) % rests

    def _layout(self, row: RowWrite) -> tuple[str, list[int], list[str]]:
        """The XML of a new row with # for its number and %s for what follows each reference; its columns; styles."""
        key = id(row.pattern), tuple(row.values)
        if key not in self._layouts:
            styles, p = row.pattern.styles, self._renderer.prefix
            whole_row = attribute(row.pattern.attributes, "s") or ""
            columns = sorted({*row.values, *styles})
            cells = "".join(f'<{p}c r="{column_letters(column)}#"%s' for column in columns)
            template = f'<{p}row r="#"{row.pattern.attributes}>{cells}</{p}row>'
            chosen = [styles.get(column) or whole_row or self._column_style(column) for column in columns]
            self._layouts[key] = template, columns, chosen
        return self._layouts[key]

    def _column_style(self, column: int) -> str:
        return next((style for first, last, style in self._column_styles if first <= column <= last), "")

    def changed_row(self, row: RowElement, write: RowWrite) -> str:
        """An existing row with some cells replaced or added."""
        body, p = self._sheet.body, self._sheet.prefix
        tag, content = body[row.start:row.opened], body[row.opened:row.closed]
        whole_row = attribute(tag, "s") or ""
        cells = self._sheet.some_cells(content, row.number, write.values)
        pieces: list[tuple[int, int, int, str]] = []  # start, end, column, new XML
        for column, value in write.values.items():
            reference = a1(row.number, column)
            if cell := cells.get(column):
                self._forget_formula(cell, reference)
                new = self._renderer.cell(reference, attribute(cell.tag, "s") or "", value)
                pieces.append((cell.start, cell.end, column, new))
            elif value is not None:
                style = write.pattern.styles.get(column) or whole_row or self._column_style(column)
                at = min((cell.start for cell in cells.values() if cell.column > column), default=len(content))
                pieces.append((at, at, column, self._renderer.cell(reference, style, value)))
        if any(start == end for start, end, _, _ in pieces):
            tag = xmltext.without_attributes(tag, "spans")
        if tag.endswith("/>"):
            tag = tag[:-2].rstrip() + ">"
        return f"{tag}{_spliced(content, pieces)}</{p}row>"

    def _forget_formula(self, cell: CellElement, reference: str) -> None:
        if f"<{self._sheet.prefix}f" not in cell.content:
            return
        self.formulas_replaced = True
        if master := shared_formulas.shared_master(cell.content, self._sheet.prefix, reference):
            self.orphans[master.group] = master
