"""The XML of one worksheet: its rows, and the shell around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from lxml import etree

from toolkit.errors import UserError
from toolkit.sheets.grid import a1, column_letters, from_a1
from toolkit.sheets.ooxml import xmltext, xmltree
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.ooxml.part_shell import PartShell
from toolkit.sheets.ooxml.xmltext import ATTRIBUTES, attribute
from toolkit.sheets.ooxml.xmltree import child, children, make

ORDER = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
         "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
         "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
         "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
         "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
         "AlternateContent", "webPublishItems", "tableParts", "extLst")
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
_FEW = 8  # up to here looking cells up one by one is quicker than walking the row
_ROWS = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])")
_KEPT_OF_PATTERN = ("s", "customFormat", "ht", "customHeight")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What new rows look like: style ids by column, and attributes of the row element."""

    styles: Mapping[int, str] = field(default_factory=dict)
    attributes: str = ""


class RowWrite(NamedTuple):
    """Values by zero-based column for one row; `pattern` tells the looks of cells that do not exist yet."""

    values: dict[int, CellValue]
    pattern: Pattern


class RowElement(NamedTuple):
    """One row of the text: zero-based number, and where it starts, its cells start, its cells end, it ends."""

    number: int
    start: int
    opened: int
    closed: int
    end: int


class CellElement(NamedTuple):
    """One cell of a row: zero-based column, start tag, content, and where it stands in the row's content."""

    column: int
    tag: str
    content: str
    start: int
    end: int


class SheetXml:
    """`body` is the text of the rows, `root` the tree of all around them. Both may be changed; `xml()` puts them together."""

    def __init__(self, xml: str) -> None:
        """`xml` as `xmltext.decode` gives it. UserError where it is no worksheet."""
        self._shell = PartShell(xml, ("sheetData",))
        if "sheetData" not in self._shell.inside:
            raise _no_cells()
        self.body = self._shell.inside["sheetData"]
        self.prefix = p = self._shell.prefix
        self.formulas_replaced = False
        self._row_tag = re.compile(rf"<{p}row(?=[\s/>])({ATTRIBUTES})\s*(/?)>")
        self.cell = re.compile(rf"<{p}c(?=[\s/>])({ATTRIBUTES})\s*(?:/>|>(.*?)</{p}c>)", re.S)
        at = self.body.find("<")
        if at >= 0 and not self._row_tag.match(self.body, at):
            raise UserError("工作表的行写法认不出。请用 Excel 打开后另存为 .xlsx，再试一次。")

    @property
    def root(self) -> etree._Element:
        """The sheet without its rows. UserError where it is damaged."""
        return self._shell.root

    def xml(self) -> str:
        """The whole sheet; the very text it was made from where nothing changed."""
        self._shell.inside["sheetData"] = self.body
        return self._shell.xml()

    def rows(self) -> Iterator[RowElement]:
        """All row elements in order. Rows without a number follow the one before."""
        number, close = -1, f"</{self.prefix}row>"
        for tag in self._row_tag.finditer(self.body):
            written = attribute(tag[1], "r")
            number = _number(written) - 1 if written else number + 1
            if tag[2]:
                yield RowElement(number, tag.start(), tag.end(), tag.end(), tag.end())
            else:
                closed = self.body.index(close, tag.end())
                yield RowElement(number, tag.start(), tag.end(), closed, closed + len(close))

    def find_row(self, number: int) -> RowElement | None:
        """The row element with this zero-based number."""
        return next((row for row in self.rows() if row.number == number), None)

    def cells(self, content: str) -> Iterator[CellElement]:
        """The cells of a row's content. Cells without a reference follow the one before."""
        column = -1
        for found in self.cell.finditer(content):
            reference = attribute(found[1], "r")
            column = _column(reference) if reference else column + 1
            yield CellElement(column, f"<{self.prefix}c{found[1]}>", found[2] or "", found.start(), found.end())

    def some_cells(self, content: str, number: int, columns: Collection[int]) -> dict[int, CellElement]:
        """The cells of a row's content by column: all of them, or only these columns where each has its cell."""
        if len(columns) > _FEW:
            return {cell.column: cell for cell in self.cells(content)}
        cells = {}
        for column in columns:
            at = content.find(f'<{self.prefix}c r="{a1(number, column)}"')
            found = self.cell.match(content, at) if at >= 0 else None
            if found is None:
                return {cell.column: cell for cell in self.cells(content)}
            cells[column] = CellElement(column, f"<{self.prefix}c{found[1]}>", found[2] or "", found.start(), found.end())
        return cells

    def row_cells(self, number: int) -> dict[int, CellElement]:
        """The cells of one row by column; none where the row does not exist."""
        row = self.find_row(number)
        return {cell.column: cell for cell in self.cells(self.body[row.opened:row.closed])} if row else {}

    def pattern(self, number: int) -> Pattern:
        """The looks of the row with this number, for new rows to follow."""
        row = self.find_row(number)
        if row is None:
            return Pattern()
        tag = self.body[row.start:row.opened]
        kept = "".join(f' {name}="{value}"' for name in _KEPT_OF_PATTERN if (value := attribute(tag, name)))
        styles = {column: attribute(cell.tag, "s") for column, cell in self.row_cells(number).items()}
        return Pattern({column: style for column, style in styles.items() if style}, kept)

    def columns(self) -> Iterator[tuple[int, int, etree._Element]]:
        """The `col` elements with their first and last column."""
        holder = child(self.root, "cols")
        for element in children(holder) if holder is not None else ():
            first = xmltree.number(element, "min")
            if 0 < first <= (last := xmltree.number(element, "max")):
                yield first - 1, last - 1, element

    def column_styles(self) -> list[tuple[int, int, str]]:
        """(first column, last column, style id) of all columns that carry a style."""
        return [(first, last, style) for first, last, element in self.columns() if (style := element.get("style"))]

    def last_row(self) -> int:
        """The number of the last row; -1 in an empty sheet."""
        at = self.body.rfind(f"<{self.prefix}row")
        tag = self._row_tag.match(self.body, at) if at >= 0 else None
        if tag and (written := attribute(tag[1], "r")):
            return _number(written) - 1
        return max((row.number for row in self.rows()), default=-1)

    def new(self, name: str, attributes: Mapping[str, object] | None = None, *inside: etree._Element,
            text: str | None = None) -> etree._Element:
        """An element for this sheet, not yet in it."""
        return make(self.root, name, attributes, *inside, text=text)

    def insert(self, new: etree._Element) -> etree._Element:
        """Put a new child where the format wants it, before those of the same name; returns it."""
        return xmltree.insert(self.root, new, ORDER[ORDER.index(xmltree.local(new)):])

    def drop(self, name: str) -> None:
        """Remove all children of this name."""
        for element in list(children(self.root, name)):
            xmltree.remove(element)

    def set_width(self, column: int, width: float, style: str = "") -> None:
        """Set the width of one column, in characters; the style it has stays, and is this one where it has none."""
        holder = child(self.root, "cols")
        if holder is None:
            holder = self.insert(self.new("cols"))
        new = self.new("col", {"width": width, "customWidth": 1, **({"style": style} if style else {})})
        pieces = [_columns(new, column, column)]
        for first, last, element in self.columns():
            if first <= column <= last and (kept := element.get("style")):
                new.set("style", kept)
            pieces += ([_columns(deepcopy(element), first, column - 1), _columns(deepcopy(element), column + 1, last)]
                       if first <= column <= last else [(first, last, element)])
        holder[:] = [element for first, last, element in sorted(pieces, key=itemgetter(0, 1)) if first <= last]

    def raise_rows(self, heights: Mapping[int, float]) -> None:
        """Make existing rows (zero-based) at least this high, in points."""
        pieces: list[str] = []
        position = 0
        for row in self.rows():
            tag = self.body[row.start:row.opened]
            if heights.get(row.number, 0) > float(attribute(tag, "ht") or 0):
                tag = xmltext.with_attribute(tag, "ht", str(heights[row.number]))
                pieces += (self.body[position:row.start], xmltext.with_attribute(tag, "customHeight", "1"))
                position = row.opened
        self.body = "".join((*pieces, self.body[position:]))

    def widen(self, top: int, left: int, bottom: int, right: int) -> None:
        """Let `dimension` cover this area. UserError where it lies outside what a sheet can hold."""
        if top < 0 or left < 0 or bottom >= MAX_ROWS or right >= MAX_COLUMNS:
            where = f"第 {bottom + 1} 行、{column_letters(right)} 列"
            raise UserError(f"{where}超出了工作表的范围。请先清理多余的行列，再试一次。")
        element = child(self.root, "dimension")
        if element is None:
            return
        first, _, second = (element.get("ref") or "A1").replace("$", "").partition(":")
        try:
            (top0, left0), (bottom0, right0) = from_a1(first), from_a1(second or first)
        except ValueError:  # whole columns or nonsense; the element may be left out
            xmltree.remove(element)
            return
        wider = f"{a1(min(top, top0), min(left, left0))}:{a1(max(bottom, bottom0), max(right, right0))}"
        if wider != f"{first}:{second or first}":
            element.set("ref", wider)


def prefix(part: bytes) -> bytes:
    """How the names in a sheet begin, `x:` or ``; `part` as `xmltext.plain` gives it. UserError where it is no worksheet."""
    found = _ROWS.search(part)
    if found is None:
        raise _no_cells()
    return found[1]


def _no_cells() -> UserError:
    return UserError("工作表里没有单元格区域，文件不完整。请用 Excel 打开后另存为 .xlsx，再试一次。")


def _columns(element: etree._Element, first: int, last: int) -> tuple[int, int, etree._Element]:
    """The `col` element for this stretch of columns, with its place."""
    element.set("min", str(first + 1))
    element.set("max", str(last + 1))
    return first, last, element


def _number(written: str) -> int:
    if not written.isdecimal():
        raise UserError(f"工作表里有一行的行号写成了“{written}”。请用 Excel 打开后另存为 .xlsx，再试一次。")
    return int(written)


def _column(reference: str) -> int:
    return _column_of(reference.rstrip("0123456789"))


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    try:
        return from_a1(f"{letters}1")[1]
    except ValueError as cause:
        raise UserError(f"工作表里有一格的地址写成了“{letters}”。请用 Excel 打开后另存为 .xlsx，再试一次。") from cause
