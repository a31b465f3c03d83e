"""One sheet of a workbook as bytes to be filled in again and again: where its cells stand, and what its formulas' cells become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from toolkit.sheets.formula_tokens import FormulaArea, area, moved
from toolkit.sheets.grid import CellError, CellRef, from_a1
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.cellxml import CellRenderer, CellValue
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.workbook import SheetEntry
from toolkit.sheets.ooxml.xmltext import attribute
from toolkit.sheets.stored_cells import StoredCells

Piece = tuple[int, int, bytes]  # from, to, what comes there instead


class FormulaCell:
    """A cell with a formula (`text`, `` where another cell holds it): where it stands in the sheet's bytes (`start`, `end`), what
    stands there `now`. `kind` is normal | array | shared | dataTable, `reach` the area an array fills, `group` that of a shared one.
    """

    __slots__ = ("_element", "_prefix", "_shown", "_tag", "end", "group", "kind", "now", "reach", "spot", "start", "text")

    def __init__(self, sheet: str, start: int, now: bytes, prefix: str) -> None:
        self.start, self.end, self.now, self._prefix = start, start + len(now), now, prefix
        self._shown: tuple[CellValue, bytes] | None = None
        self.reach: FormulaArea | None = None
        written = now.decode()
        if usual := _usual(prefix).match(written):
            self.spot, self._tag, self._element = CellRef(sheet, *from_a1(usual[2])), usual[1], usual[3]
            self.kind, self.group = "normal", ""
            self.text = xmltext.unescape(usual[4])
        else:
            self._take_apart(sheet, written)

    def _take_apart(self, sheet: str, written: str) -> None:
        tag = written[:written.index(">") + 1]
        element = _formula(self._prefix).search(written)
        assert element is not None
        self.spot = CellRef(sheet, *from_a1((attribute(tag, "r") or "").upper()))
        self.kind, self.group = attribute(element[1], "t") or "normal", attribute(element[1], "si") or ""
        self.text = xmltext.unescape(element[2] or "")
        if self.kind == "array":
            self.reach = area(attribute(element[1], "ref") or self.spot.address)
        self._tag = xmltext.without_attributes(tag, "t").rstrip("/> ")
        self._element = element[0]

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


@lru_cache
def _usual(prefix: str) -> re.Pattern[str]:
    """A cell as most programs write it: its tag without type, its address, the formula's element, the formula."""
    return re.compile(rf'(<{prefix}c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?)(?: t="[a-z]+")?>(<{prefix}f>([^<]*)</{prefix}f>)', re.ASCII)


@lru_cache
def _formula(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"<{prefix}f(?=[\s/>])({xmltext.ATTRIBUTES})\s*(?:/>|>([^<]*)</{prefix}f>)")


def _saved(value: CellValue) -> tuple[str, str]:
    """The type attribute and the text of a computed value."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, CellError):
        return ' t="e"', xmltext.escape(value.text)
    if isinstance(value, str):
        return ' t="str"', xmltext.escape(value)
    if not isinstance(value, int | float):
        raise TypeError(value)
    return "", str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


class FillableSheet:
    """`slots`: row and column of every cell, each with its start, its end and its style id; `formulas`: the cells with one."""

    def __init__(self, entry: SheetEntry, cells: StoredCells, date1904: bool) -> None:
        self.name, self.part, self.cells = entry.name, entry.part, cells
        self._renderer = CellRenderer(cells.prefix, date1904, lambda style, _: style)
        self.formulas = list(self._formulas())

    @property
    def xml(self) -> bytes:
        return self.cells.xml

    def _formulas(self) -> Iterator[FormulaCell]:
        masters: dict[str, FormulaCell] = {}
        for start, end in self.cells.with_formulas():
            cell = FormulaCell(self.name, start, self.xml[start:end], self.cells.prefix)
            if cell.kind == "shared":
                master = masters.setdefault(cell.group, cell)
                cell.text = cell.text or moved(master.text, cell.spot.row - master.spot.row, cell.spot.column - master.spot.column)
            yield cell

    @cached_property
    def slots(self) -> dict[tuple[int, int], tuple[int, int, str]]:
        text = self.xml.decode()
        sheet = SheetXml(text)
        slots: dict[tuple[int, int], tuple[int, int, str]] = {}
        done, end = 0, len(text.partition(sheet.body)[0].encode()) if sheet.body else 0
        for row in sheet.rows():
            for cell in sheet.cells(sheet.body[row.opened:row.closed]):
                now = sheet.body[row.opened + cell.start:row.opened + cell.end].encode()
                start = end + len(sheet.body[done:row.opened + cell.start].encode())
                done, end = row.opened + cell.end, start + len(now)
                slots[row.number, cell.column] = start, end, attribute(cell.tag, "s") or ""
        return slots

    def input(self, spot: CellRef, value: CellValue) -> Piece:
        """The cell at `spot` with a value in it, in the style it has."""
        start, end, style = self.slots[spot.row, spot.column]
        return start, end, self._renderer.cell(spot.address, style, value).encode()

    def with_cells(self, changed: Iterable[Piece]) -> bytes:
        """The sheet with these cells changed."""
        pieces: list[bytes] = []
        position = 0
        for start, end, new in sorted(changed):
            pieces += (self.xml[position:start], new)
            position = end
        return b"".join((*pieces, self.xml[position:]))
