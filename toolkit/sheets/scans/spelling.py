"""One plain spelling for worksheets written in an unusual one.

Prefixes, cells without addresses, single quotes, rows out of order, comments: all allowed by the standard, none of them
met by the byte searches of `xlsx` or, partly, by the value reader. Source: ECMA-376 Part 1, 18.3.1.
"""

from __future__ import annotations

from toolkit.sheets.grid import a1, from_a1
from toolkit.sheets.scans.extents import LAST_COLUMN, LAST_ROW
from toolkit.sheets.scans.refusals import Unreadable
from toolkit.sheets.scans.xml_parts import escape, walk

MAX_BYTES = 64 << 20  # walking costs a second per 10 MB
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rewrite(part: bytes) -> bytes:
    """The same sheet with one spelling. Raises Unreadable: damaged, declared, bomb."""
    if len(part) > MAX_BYTES:
        raise Unreadable("bomb")
    sheet = _Sheet()
    walk(part, sheet.start, sheet.end, sheet.text)
    return sheet.part()


class _Sheet:
    """Collects cells by row while the walk goes on."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, str]] = {}
        self.row_marks: dict[int, str] = {}
        self.columns: list[str] = []
        self.merged: list[str] = []
        self.row, self.column = -1, -1
        self.cell: dict[str, str] | None = None
        self.formula = False
        self.value: str | None = None
        self.inline: str | None = None
        self.inside = ""
        self.phonetic = 0

    def start(self, name: str, marks: dict[str, str]) -> None:
        if name == "row":
            self._row(marks)
        elif name == "c":
            self._cell(marks)
        elif name == "col":
            self.columns.append(f'<col{_written(marks, ("min", "max", "width", "hidden"))}/>')
        elif name == "mergeCell":
            self.merged.append(f'<mergeCell{_written(marks, ("ref",))}/>')
        elif name == "rPh":
            self.phonetic += 1
        elif self.cell is not None:
            self._content(name)

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
        self.formula = False
        self.value = self.inline = None

    def _content(self, name: str) -> None:
        self.inside = name
        if name == "f":
            self.formula = True
        elif name == "v":
            self.value = ""
        elif name == "is":
            self.inline = ""

    def text(self, text: str) -> None:
        if self.cell is None:
            return
        if self.inside == "v":
            self.value = (self.value or "") + text
        elif self.inside == "t" and not self.phonetic:
            self.inline = (self.inline or "") + text

    def end(self, name: str) -> None:
        self.inside = ""
        if name == "rPh":
            self.phonetic -= 1
        elif name == "c" and self.cell is not None:
            content = "<f></f>" if self.formula else ""
            if self.value is not None:
                content += f"<v>{escape(self.value)}</v>"
            if self.inline is not None:
                content += f'<is><t xml:space="preserve">{escape(self.inline)}</t></is>'
            row, column = self.at
            opening = _written(self.cell, ("r", "s", "t"))
            self.rows[row][column] = f"<c{opening}>{content}</c>" if content else ""
            self.cell = None

    def part(self) -> bytes:
        """The rewritten part: ascending rows, cells with addresses."""
        rows = "".join(
            f'<row r="{row + 1}"{self.row_marks.get(row, "")}>{"".join(cells[at] for at in sorted(cells))}</row>'
            for row, cells in sorted(self.rows.items()))
        columns = f"<cols>{''.join(self.columns)}</cols>" if self.columns else ""
        merged = f"<mergeCells>{''.join(self.merged)}</mergeCells>" if self.merged else ""
        return (f'<worksheet xmlns="{MAIN}">{columns}<sheetData>{rows}</sheetData>{merged}</worksheet>').encode()


def _written(marks: dict[str, str], keys: tuple[str, ...]) -> str:
    return "".join(f' {key}="{escape(marks[key])}"' for key in keys if key in marks)
