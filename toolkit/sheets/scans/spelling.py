"""One plain spelling for worksheets written in an unusual one.

Prefixes, cells without addresses, single quotes, rows out of order, comments: all allowed by the standard, none of them
met by the byte searches of `xlsx` or, partly, by the value reader. Source: ECMA-376 Part 1, 18.3.1, 18.18.11 (cell types).
"""

from __future__ import annotations

import math

from toolkit.sheets.grid import LAST_COLUMN, LAST_ROW, a1, from_a1
from toolkit.sheets.scans.extents import FURTHEST_DAY, SPOILT
from toolkit.sheets.scans.refusals import Unreadable
from toolkit.sheets.scans.xml_parts import escape, walk

MAX_BYTES = 64 << 20  # walking costs a second per 10 MB
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


_TRUTHS = {"0": "0", "1": "1", "true": "1", "false": "0"}


def rewrite(part: bytes, strings: int | None = None) -> bytes:
    """The same sheet with one spelling. Raises Unreadable: damaged, declared, bomb.

    strings: how many shared strings there are, where every cell is to be looked at; one that says nothing becomes an error.
    """
    if len(part) > MAX_BYTES:
        raise Unreadable("bomb")
    sheet = _Sheet(strings)
    walk(part, sheet.start, sheet.end, sheet.text)
    return sheet.part()


class _Sheet:
    """Collects cells by row while the walk goes on."""

    def __init__(self, strings: int | None) -> None:
        self.strings = strings
        self.rows: dict[int, dict[int, str]] = {}
        self.row_marks: dict[int, str] = {}
        self.columns: list[str] = []
        self.merged: list[str] = []
        self.row, self.column = -1, -1
        self.cell: dict[str, str] | None = None
        self.at = -1, -1
        self.formula = False
        self.value: str | None = None
        self.runs: list[list] | None = None  # [crossed out (None: as the cell), text] of an inline string
        self.usual_sizes = ""
        self.inside = ""
        self.phonetic = 0

    def start(self, name: str, marks: dict[str, str]) -> None:
        if name == "row":
            self._row(marks)
        elif name == "c":
            self._cell(marks)
        elif name == "col":
            self.columns.append(f'<col{_written(marks, ("min", "max", "width", "hidden"))}/>')
        elif name == "sheetFormatPr":
            self.usual_sizes = f'<sheetFormatPr{_written(marks, ("defaultColWidth", "defaultRowHeight"))}/>'
        elif name == "mergeCell":
            self.merged.append(f'<mergeCell{_written(marks, ("ref",))}/>')
        elif name == "rPh":
            self.phonetic += 1
        elif self.cell is not None:
            self._content(name, marks)

    def _row(self, marks: dict[str, str]) -> None:
        self.row = int(marks["r"]) - 1 if marks.get("r", "").isdecimal() else self.row + 1
        self.column = -1
        if not 0 <= self.row <= LAST_ROW:
            raise Unreadable("damaged")
        self.rows.setdefault(self.row, {})
        self.row_marks[self.row] = _written(marks, ("ht", "hidden"))

    def _cell(self, marks: dict[str, str]) -> None:
        row, column = self.row, self.column + 1
        if "r" in marks:
            try:
                row, column = from_a1(marks["r"])
            except ValueError as error:
                raise Unreadable("damaged") from error
        if not (0 <= row <= LAST_ROW and 0 <= column <= LAST_COLUMN):
            raise Unreadable("damaged")
        self.column = column
        self.rows.setdefault(row, {})
        self.cell = {"r": a1(row, column), **{key: marks[key] for key in ("s", "t") if key in marks}}
        self.at = row, column
        self.formula, self.value, self.runs = False, None, None

    def _content(self, name: str, marks: dict[str, str]) -> None:
        self.inside = name
        if name == "f":
            self.formula = True
        elif name == "v":
            self.value = ""
        elif name == "is":
            self.runs = [[None, ""]]
        elif name == "r" and self.runs is not None:
            self.runs.append([None, ""])
        elif name == "rPr" and self.runs:
            self.runs[-1][0] = False
        elif name == "strike" and self.runs:
            self.runs[-1][0] = marks.get("val") not in ("0", "false", "off")

    def text(self, text: str) -> None:
        if self.cell is None:
            return
        if self.inside == "v":
            self.value = (self.value or "") + text
        elif self.inside == "t" and not self.phonetic:
            self.runs = self.runs or [[None, ""]]
            self.runs[-1][1] += text

    def end(self, name: str) -> None:
        self.inside = ""
        if name == "rPh":
            self.phonetic -= 1
        elif name == "c" and self.cell is not None:
            content = "<f></f>" if self.formula else ""
            if self.value is not None:
                content += f"<v>{escape(self._worth(self.cell, self.value))}</v>"
            if self.runs is not None:
                content += f"<is>{_inline(self.runs)}</is>"
            row, column = self.at
            opening = _written(self.cell, ("r", "s", "t"))
            self.rows[row][column] = f"<c{opening}>{content}</c>" if content else ""
            self.cell = None

    def _worth(self, cell: dict[str, str], value: str) -> str:
        """The cell's value as the value reader takes it; changes the cell's type where it would stumble."""
        kind = cell.get("t", "n")
        if kind in ("str", "inlineStr"):
            return value
        value = value.strip()
        if self.strings is None or not value or kind in ("e", "d"):
            return value
        if kind == "n":
            return _number(cell, value)
        if kind == "b" and value.lower() in _TRUTHS:
            return _TRUTHS[value.lower()]
        if kind == "s" and value.isdecimal() and int(value) < self.strings:
            return value
        cell["t"] = "e"
        return SPOILT.text

    def part(self) -> bytes:
        """The rewritten part: ascending rows, cells with addresses."""
        rows = "".join(
            f'<row r="{row + 1}"{self.row_marks.get(row, "")}>{"".join(cells[at] for at in sorted(cells))}</row>'
            for row, cells in sorted(self.rows.items()))
        columns = f"<cols>{''.join(self.columns)}</cols>" if self.columns else ""
        merged = f"<mergeCells>{''.join(self.merged)}</mergeCells>" if self.merged else ""
        return (f'<worksheet xmlns="{MAIN}">{self.usual_sizes}{columns}<sheetData>{rows}</sheetData>{merged}</worksheet>').encode()


def _inline(runs: list[list]) -> str:
    if not any(struck for struck, _text in runs):
        return f'<t xml:space="preserve">{escape("".join(text for _struck, text in runs))}</t>'
    looks = {None: "", False: "<rPr></rPr>", True: "<rPr><strike/></rPr>"}
    return "".join(f'<r>{looks[struck]}<t xml:space="preserve">{escape(text)}</t></r>' for struck, text in runs if text)


def _number(cell: dict[str, str], value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if not math.isfinite(number):
        cell["t"] = "e"
        return "#NUM!"
    if abs(number) > FURTHEST_DAY:
        cell.pop("s", None)
    return value


def _written(marks: dict[str, str], keys: tuple[str, ...]) -> str:
    return "".join(f' {key}="{escape(marks[key])}"' for key in keys if key in marks)
