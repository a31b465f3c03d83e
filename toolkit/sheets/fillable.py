"""One sheet of a template as bytes to be filled in again and again: where its cells stand, and what its formulas' cells become."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.sheets.grid import CellError, CellRef
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.cellxml import CellRenderer, CellValue
from toolkit.sheets.ooxml.sheetxml import CellElement, SheetXml
from toolkit.sheets.ooxml.workbook import SheetEntry
from toolkit.sheets.ooxml.xmltext import attribute

Piece = tuple[int, int, bytes]  # from, to, what comes there instead


class FormulaCell:
    """A cell with a formula (`text`): where it stands in the sheet's bytes (`start`, `end`), what stands there `now`."""

    __slots__ = ("_element", "_prefix", "_shown", "_tag", "end", "now", "spot", "start", "text")

    def __init__(self, spot: CellRef, start: int, now: bytes, cell: CellElement, element: re.Match[str], prefix: str) -> None:
        self.spot, self.start, self.end, self.now = spot, start, start + len(now), now
        self.text = xmltext.unescape(element[1] or "")
        self._tag = xmltext.without_attributes(cell.tag, "t").rstrip("/> ")
        self._element, self._prefix = element[0], prefix
        self._shown: tuple[CellValue, bytes] | None = None

    def showing(self, value: CellValue) -> bytes:
        """The whole cell with `value` saved beside the formula. Most formulas give the same in one workbook after another."""
        shown = self._shown
        if shown is None or shown[0] != value or type(shown[0]) is not type(value):
            shown = self._shown = value, self._written(value).encode()
        return shown[1]

    def _written(self, value: CellValue) -> str:
        p = self._prefix
        if value is None:
            return f"{self._tag}>{self._element}</{p}c>"
        kind, written = _saved(value)
        return f"{self._tag}{kind}>{self._element}<{p}v>{written}</{p}v></{p}c>"


def _saved(value: CellValue) -> tuple[str, str]:
    """The type attribute and the text of a computed value."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, CellError):
        return ' t="e"', xmltext.escape(value.text)
    if isinstance(value, str):
        return ' t="str"', xmltext.escape(value)
    return "", str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


class FillableSheet:
    """`slots`: row and column of every cell, each with its start, its end and its style id; `formulas`: the cells with one."""

    def __init__(self, entry: SheetEntry, text: str, date1904: bool) -> None:
        sheet = SheetXml(text)
        self.part, self.xml = entry.part, text.encode()
        self._renderer = CellRenderer(sheet.prefix, date1904, lambda style, _: style)
        self.slots: dict[tuple[int, int], tuple[int, int, str]] = {}
        self.formulas: list[FormulaCell] = []
        p = sheet.prefix
        formula = re.compile(rf"<{p}f(?=[\s/>]){xmltext.ATTRIBUTES}\s*(?:/>|>([^<]*)</{p}f>)")
        done, end = 0, len(text.partition(sheet.body)[0].encode()) if sheet.body else 0
        for row in sheet.rows():
            for cell in sheet.cells(sheet.body[row.opened:row.closed]):
                now = sheet.body[row.opened + cell.start:row.opened + cell.end].encode()
                start = end + len(sheet.body[done:row.opened + cell.start].encode())
                done, end = row.opened + cell.end, start + len(now)
                self.slots[row.number, cell.column] = start, end, attribute(cell.tag, "s") or ""
                if found := formula.search(cell.content):
                    spot = CellRef(entry.name, row.number, cell.column)
                    self.formulas.append(FormulaCell(spot, start, now, cell, found, p))

    def input(self, spot: CellRef, value: CellValue) -> Piece:
        """The cell at `spot` with a value in it, in the style it has."""
        start, end, style = self.slots[spot.row, spot.column]
        return start, end, self._renderer.cell(spot.address, style, value).encode()

    def with_cells(self, changed: Iterable[Piece]) -> bytes:
        """The sheet with these cells changed."""
        pieces, position = [], 0
        for start, end, new in sorted(changed):
            pieces += (self.xml[position:start], new)
            position = end
        return b"".join((*pieces, self.xml[position:]))
