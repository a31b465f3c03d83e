"""The XML of one worksheet: its rows, and the shell around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from toolkit.errors import UserError
from toolkit.sheets.grid import a1, column_letters, from_a1
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.ooxml.xmltext import ATTRIBUTES, attribute

ORDER = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
         "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
         "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
         "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
         "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
         "AlternateContent", "webPublishItems", "tableParts", "extLst")
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
_FEW = 8  # up to here looking cells up one by one is quicker than walking the row
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
    """`shell` is the sheet without its rows, `body` the rows. Both may be changed; `xml()` puts them together."""

    def __init__(self, xml: str) -> None:
        self.prefix = p = xmltext.prefix(xml)
        opened = re.search(rf"<{p}sheetData(?=[\s/>]){ATTRIBUTES}\s*(/?)>", xml)
        if opened is None:
            raise UserError("工作表里没有单元格区域，文件不完整。请用 Excel 打开后另存为 .xlsx，再试一次。")
        close = opened.end() if opened[1] else xml.index(f"</{p}sheetData>", opened.end())
        self.shell, self.body = xml[:opened.end()] + xml[close:], xml[opened.end():close]
        self.formulas_replaced = False
        self._row_tag = re.compile(rf"<{p}row(?=[\s/>])({ATTRIBUTES})\s*(/?)>")
        self.cell = re.compile(rf"<{p}c(?=[\s/>])({ATTRIBUTES})\s*(?:/>|>(.*?)</{p}c>)", re.S)

    def xml(self) -> str:
        """The whole sheet."""
        if not self.body:
            return self.shell
        return xmltext.append_inside(self.shell, xmltext.needed(self.shell, "sheetData"), self.body)

    def rows(self) -> Iterator[RowElement]:
        """All row elements in order. Rows without a number follow the one before."""
        number, close = -1, f"</{self.prefix}row>"
        for tag in self._row_tag.finditer(self.body):
            written = attribute(tag[1], "r")
            number = int(written) - 1 if written else number + 1
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

    def column_styles(self) -> list[tuple[int, int, str]]:
        """(first column, last column, style id) of all columns that carry a style."""
        columns = xmltext.child(self.shell, "cols")
        found = []
        for element in xmltext.children(self.shell, columns) if columns else ():
            tag = element.tag(self.shell)
            if style := attribute(tag, "style"):
                found.append((xmltext.number(tag, "min") - 1, xmltext.number(tag, "max") - 1, style))
        return found

    def last_row(self) -> int:
        """The number of the last row; -1 in an empty sheet."""
        at = self.body.rfind(f"<{self.prefix}row")
        tag = self._row_tag.match(self.body, at) if at >= 0 else None
        if tag and (written := attribute(tag[1], "r")):
            return int(written) - 1
        return max((row.number for row in self.rows()), default=-1)

    def insert(self, name: str, new: str) -> None:
        """Put a new child of this name where the format wants it; before those of the same name."""
        self.shell = xmltext.insert_child(self.shell, new, ORDER[ORDER.index(name):])

    def set_width(self, column: int, width: float) -> None:
        """Set the width of one column, in characters; its style stays."""
        p, style, columns = self.prefix, "", []
        holder = xmltext.child(self.shell, "cols")
        for element in xmltext.children(self.shell, holder) if holder else ():
            tag = element.tag(self.shell)
            first, last = xmltext.number(tag, "min") - 1, xmltext.number(tag, "max") - 1
            if first <= column <= last:
                style = attribute(tag, "style") or ""
                columns += [_columns(tag, first, column - 1), _columns(tag, column + 1, last)]
            else:
                columns.append((first, tag))
        tag = f'<{p}col width="{width}" customWidth="1"/>'
        columns.append(_columns(xmltext.with_attribute(tag, "style", style) if style else tag, column, column))
        written = f"<{p}cols>{''.join(tag for _, tag in sorted(columns))}</{p}cols>"
        if holder:
            self.shell = xmltext.cut(self.shell, holder.start, holder.end, written)
        else:
            self.insert("cols", written)

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
        element = xmltext.child(self.shell, "dimension")
        if element is None:
            return
        tag = element.tag(self.shell)
        first, _, second = (attribute(tag, "ref") or "A1").replace("$", "").partition(":")
        try:
            (top0, left0), (bottom0, right0) = from_a1(first), from_a1(second or first)
        except ValueError:  # whole columns or nonsense; the element may be left out
            self.shell = xmltext.cut(self.shell, element.start, element.end)
            return
        wider = f"{a1(min(top, top0), min(left, left0))}:{a1(max(bottom, bottom0), max(right, right0))}"
        if wider != f"{first}:{second or first}":
            tag = xmltext.with_attribute(tag, "ref", wider)
            self.shell = xmltext.cut(self.shell, element.start, element.opened, tag)


def _columns(tag: str, first: int, last: int) -> tuple[int, str]:
    """The `col` element for another stretch of columns, with its place; no element for an empty stretch."""
    tag = xmltext.with_attribute(xmltext.with_attribute(tag, "max", str(last + 1)), "min", str(first + 1))
    return first, tag if first <= last else ""


def _column(reference: str) -> int:
    return _column_of(reference.rstrip("0123456789"))


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    return from_a1(f"{letters}1")[1]
