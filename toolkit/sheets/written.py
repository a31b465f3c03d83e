"""The formulas that stand in a workbook file, each as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.sheets.grid import a1
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.ooxml.xmltext import attribute

Address = tuple[int, int]


class WrittenFormula(NamedTuple):
    """A formula's cell (zero-based), its text without `=`, and the cell for which the text is written: another one
    where several cells share a formula."""

    sheet: str
    row: int
    column: int
    text: str
    origin: Address

    def here(self) -> str:
        """The text as this cell would say it."""
        if self.origin == (self.row, self.column):
            return self.text
        from openpyxl.formula.translate import Translator

        moved = Translator("=" + self.text, origin=a1(*self.origin)).translate_formula(a1(self.row, self.column))
        return moved.removeprefix("=")


def formulas(book: Workbook) -> Iterator[WrittenFormula]:
    """Every formula of an .xlsx or .xlsm, sheet by sheet, row by row."""
    for entry in book.sheets():
        if entry.holds_cells:
            yield from _of_sheet(entry.name, SheetXml(book.package.text(entry.part)))


def _of_sheet(name: str, sheet: SheetXml) -> Iterator[WrittenFormula]:
    p = sheet.prefix
    element = re.compile(rf"<{p}f(?=[\s/>])({xmltext.ATTRIBUTES})\s*(?:/>|>([^<]*)</{p}f>)")
    shared: dict[str, tuple[str, Address]] = {}
    for row in sheet.rows():
        for cell in sheet.cells(sheet.body[row.opened:row.closed]):
            found = element.search(cell.content)
            if found is None:
                continue
            place = row.number, cell.column
            said = xmltext.unescape(found[2] or ""), place
            if attribute(found[1], "t") == "shared":
                said = shared.setdefault(attribute(found[1], "si") or "", said)
            yield WrittenFormula(name, *place, *said)
