"""Cells of a sheet's XML found without walking over all of them: those with formulas, and the values in given areas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

from toolkit.sheets.formula_tokens import FormulaArea
from toolkit.sheets.grid import CellError, a1, column_letters, from_a1
from toolkit.sheets.ooxml import sheetxml, xmltext
from toolkit.sheets.ooxml.cellxml import CellValue, serial
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.ooxml.xmltext import attribute

_LAST_ROW = re.compile(rb'<(?:[\w.-]+:)?row r="([0-9]+)"')
_MANY = 64  # columns from which naming them in a pattern is no longer quicker


class SharedTexts:
    """A workbook's shared texts; they are read when the first is asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    @cached_property
    def _items(self) -> list[str]:
        return self._book.shared_texts()

    def __getitem__(self, number: int) -> str:
        """IndexError where there is no such text."""
        return self._items[number]


class StoredCells:
    """One sheet's cells where they stand in its XML (`xml`: UTF-8, every cell with its address first). Of a sheet without formulas
    that no formula looks at, only the beginning is read."""

    def __init__(self, part: bytes, shared: SharedTexts, date1904: bool) -> None:
        """`part` as `xmltext.plain` gives it; `shared`: the workbook's shared texts. UserError where it is no worksheet."""
        self._part = part
        self._p = sheetxml.prefix(part)
        self.prefix = self._p.decode()
        self._shared, self._date1904 = shared, date1904

    @cached_property
    def xml(self) -> bytes:
        return addressed(self._part, self._p)

    @cached_property
    def last_row(self) -> int:
        """The number of the last row; -1 in an empty sheet."""
        at = self._part.rfind(b"<%srow" % self._p)
        usual = _LAST_ROW.match(self._part, at) if at >= 0 else None
        return int(usual[1]) - 1 if usual else SheetXml(self._part.decode()).last_row()

    def with_formulas(self) -> Iterator[tuple[int, int]]:
        """Start and end of every cell that holds a formula, in order."""
        if b"f" not in self._part or b"<%sf" % self._p not in self._part:
            return
        opened, close = b"<%sc " % self._p, b"</%sc>" % self._p
        end = 0
        for found in re.finditer(rb"<%sf(?=[\s/>])" % self._p, self.xml):
            start = self.xml.rfind(opened, end, found.start())
            if start >= 0:
                end = self.xml.index(close, found.end()) + len(close)
                yield start, end

    def values(self, areas: Iterable[FormulaArea]) -> Iterator[tuple[int, int, CellValue]]:
        """Row, column and value of every cell within the areas that holds a value and no formula."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for area in set(areas):
            for column in range(area.left, area.right + 1):
                spans.setdefault(column, []).append((area.top, area.bottom))
        if not spans:
            return
        names = {column_letters(column): joined(rows) for column, rows in spans.items()}
        for found in self._cells_of(names).finditer(self.xml):
            letters, row = found[1].decode(), int(found[2]) - 1
            content = found[4]
            if content and any(top <= row <= bottom for top, bottom in names.get(letters, ())):
                value = self._value(found[3].decode(), content.decode())
                if value is not None:
                    yield row, from_a1(f"{letters}1")[1], value

    def _cells_of(self, names: Iterable[str]) -> re.Pattern[bytes]:
        known = list(names)
        letters = b"|".join(name.encode() for name in known) if len(known) < _MANY else b"[A-Z]+"
        return re.compile(rb'<%sc r="(%s)(\d+)"((?:[^>"]|"[^"]*")*?)\s*(?:/>|>(.*?)</%sc>)' % (self._p, letters, self._p), re.S)

    def _value(self, attributes: str, content: str) -> CellValue:
        p, kind = self.prefix, attribute(attributes, "t") or "n"
        if re.search(rf"<{p}f[\s/>]", content):
            return None
        if kind == "inlineStr":
            return self._inline(content)
        found = re.search(rf"<{p}v(?:\s[^>]*)?>([^<]*)</{p}v>", content)
        if found is None:
            return None
        written = found[1]
        try:
            if kind == "n":
                return float(written)
            if kind == "s":
                return self._shared[int(written)]
            if kind == "d":
                return serial(datetime.fromisoformat(written.strip()), self._date1904)
        except (ValueError, IndexError):
            return None
        if kind == "b":
            return written.strip() in ("1", "true")
        return CellError(written.strip()) if kind == "e" else xmltext.unescape_cell(written)

    def _inline(self, content: str) -> str | None:
        p = self.prefix
        if f"<{p}is" not in content:
            return None
        spoken = re.sub(rf"<{p}rPh[\s>].*?</{p}rPh>", "", content, flags=re.S)  # phonetic hints
        return "".join(xmltext.unescape_cell(found[1]) for found in re.finditer(rf"<{p}t(?:\s[^>]*)?>([^<]*)</{p}t>", spoken))


def joined(rows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches (first, last) with those that touch made one."""
    done: list[tuple[int, int]] = []
    for first, last in sorted(rows):
        if done and first <= done[-1][1] + 1:
            done[-1] = done[-1][0], max(last, done[-1][1])
        else:
            done.append((first, last))
    return done


def addressed(part: bytes, prefix: bytes) -> bytes:
    """The sheet with every cell's address as its first attribute; the part itself where that is so already."""
    if not re.search(rb'<%sc(?! r="|[a-zA-Z])' % prefix, part):
        return part
    text, p = part.decode(), prefix.decode()
    sheet = SheetXml(text)
    body = sheet.body
    pieces: list[str] = []
    done = 0
    for row in sheet.rows():
        for cell in sheet.cells(body[row.opened:row.closed]):
            start = row.opened + cell.start
            opened = xmltext.without_attributes(cell.tag[:-1], "r").replace(f"<{p}c", f'<{p}c r="{a1(row.number, cell.column)}"', 1)
            pieces += (body[done:start], opened)
            done = start + len(cell.tag) - 1
    changed = SheetXml(text)
    changed.body = "".join((*pieces, body[done:]))
    return changed.xml().encode()
