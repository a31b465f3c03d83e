"""Formulas between Excel's spelling and LibreOffice's: simple ones here, by their separators; the rest by its parser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tests.lo_engine import areas, formats
from tests.lo_engine.areas import Area
from tests.lo_engine.bridge import ComError

_TEXT = re.compile(r'("(?:[^"]|"")*")')
_NEEDS_PARSER = re.compile(r"[!'{}\[\]~|]|\w\.[\w$]|_xl|com\.sun", re.IGNORECASE)
_XL_A1 = 3
_TRUTHS = {"=TRUE()": "TRUE", "=FALSE()": "FALSE", "1": "TRUE", "0": "FALSE"}  # the file's truths become formulas
_SYNTAX_ERRORS = frozenset((501, 508, 509, 510, 511, 512, 520, 533))


def to_office(formula: str) -> str | None:
    """An Excel formula in LibreOffice's spelling; None where only its parser can say."""
    return _exchanged(formula, ",", ";")


def write(sheet: Any, formulas: Iterable[tuple[int, int, str]]) -> None:
    """Put Excel formulas (row, column, text with "=") into single cells, through the parser."""
    parser = _parser(sheet._doc)
    for row, column, formula in formulas:
        cell = sheet._uno.getCellByPosition(column, row)
        cell.setTokens(parser.parseFormula(formula[1:], cell.CellAddress))


def fill(sheet: Any, area: Area, formula: str) -> None:
    """Put one formula into all cells of an area, its references moving with them from the area's first cell."""
    parsed = tokens(sheet, area, formula[1:])
    for row, column in area.cells():
        sheet._uno.getCellByPosition(column, row).setTokens(parsed)


def tokens(sheet: Any, area: Area, formula: str) -> Any:
    """What an Excel formula, without its sign, is to the first cell of an area."""
    return _parser(sheet._doc).parseFormula(formula, sheet._uno.getCellByPosition(area.column, area.row).CellAddress)


def read(sheet: Any, area: Area) -> list[list[str]]:
    """The formulas of an area in Excel's spelling, its constants as texts."""
    cells = sheet._uno.getCellRangeByPosition(area.column, area.row, area.last_column, area.last_row)
    rows = [list(row) for row in cells.getFormulaArray()]
    values = cells.getDataArray()
    parser = _parser(sheet._doc)
    truths = {cell for part in formats.kinds(sheet, cells).get(formats.BOOLEAN, ()) for cell in part.cells()}
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text in _TRUTHS and (area.row + i, area.column + j) in truths:
                row[j] = _TRUTHS[text]
            elif isinstance(values[i][j], str) and text == "'" + values[i][j]:
                row[j] = values[i][j]
            elif text.startswith("=") and text != values[i][j]:
                row[j] = _exchanged(text, ";", ",") or _printed(sheet._uno, parser, area.row + i, area.column + j)
    return rows


def refuse_wrong(sheet: Any, cells: Any) -> None:
    """Raise ComError where a formula in a UNO range is none, as Excel does instead of keeping it."""
    for address in cells.queryFormulaCells(4).RangeAddresses:
        for row, column in areas.of_uno(address).cells():
            cell = sheet.getCellByPosition(column, row)
            if cell.getError() in _SYNTAX_ERRORS:
                raise ComError(f"公式写错：{cell.Formula}")


def refers_to(doc: Any, content: str) -> str:
    """The content of a defined name in Excel's spelling, with "="."""
    origin = doc.Sheets.getByIndex(0).getCellByPosition(0, 0).CellAddress
    office = doc.createInstance("com.sun.star.sheet.FormulaParser")
    office.CompileEnglish = True
    return "=" + _parser(doc).printFormula(office.parseFormula(content, origin), origin)


def name_content(doc: Any, formula: str) -> str:
    """What a defined name refers to (Excel's spelling, with "=") in LibreOffice's."""
    origin = doc.Sheets.getByIndex(0).getCellByPosition(0, 0).CellAddress
    office = doc.createInstance("com.sun.star.sheet.FormulaParser")
    office.CompileEnglish = True
    return office.printFormula(_parser(doc).parseFormula(formula.removeprefix("="), origin), origin)


def _printed(sheet: Any, parser: Any, row: int, column: int) -> str:
    cell = sheet.getCellByPosition(column, row)
    return "=" + parser.printFormula(cell.getTokens(), cell.CellAddress)


def _exchanged(formula: str, old: str, new: str) -> str | None:
    parts = _TEXT.split(formula)
    if any(_NEEDS_PARSER.search(part) or new in part for part in parts[::2]):
        return None
    parts[::2] = [part.replace(old, new) for part in parts[::2]]
    return "".join(parts)


def _parser(doc: Any) -> Any:
    parser = doc.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True
    parser.FormulaConvention = _XL_A1
    return parser
