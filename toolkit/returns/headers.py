"""Finding a declared table in a grid: by header names and aliases, wherever they stand, one or two levels deep."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from toolkit.forms.model import ISSUE_HEADER, Sheet
from toolkit.regulation import fold
from toolkit.returns.characters import clean, half_width, visible
from toolkit.sheets.grid import Grid

SEARCHED_ROWS = 40  # titles, letterheads and notes above a table are shorter than this
_MARKS = re.compile(r"[*★☆※]|\(必填\)|\(选填\)|^\d+[.、]")
# 括号里只说几位、什么格式、什么单位的，不改变这一列是什么；“万元”“含领办人”等会改变，不在其内。
_FORMAT_NOTE = re.compile(
    r"[(\[【](?:\d+位(?:数字?|码|以内)?|大写|文本(?:格式)?|数字|数值|日期(?:格式)?|年月日?|[y年]{1,4}[-/.]?[m月]{1,2}[-/.]?[d日]{0,2}|格式.*|(?:例|例如|如|样例)[:：]?.*"
    r"|平米|平方米?|m2|m²|㎡|元|人|人数|周?岁|分|是/?否|有/?无|下拉.*|单选|请.*|按.*|精确到.*|全称|必须?填写?|可?选填|没有.*填.*|与.*一致|须?为?\d+位.*)[)\]】]")
_CLOSING = (")", "]", "】")


@cache
def _spellings(sheet: Sheet) -> Mapping[str, str]:
    """Folded spelling → header; a column's own name outranks another column's alias."""
    aliases = {header_key(also): column.header for column in reversed(sheet.columns) for also in column.also}
    return aliases | {header_key(column.header): column.header for column in sheet.columns}


@lru_cache(maxsize=4096)
def header_key(text: object) -> str:
    """A header as compared: no spaces, marks, invisible characters or full-width forms."""
    return _MARKS.sub("", fold(half_width(clean(str(text))))) if text is not None else ""


@lru_cache(maxsize=8192)
def header_of(sheet: Sheet, text: object) -> str | None:
    """The column a text names, by its own name, another one, or with a note about its format in brackets."""
    if not isinstance(text, str):
        return None
    key, spellings = header_key(text), _spellings(sheet)
    found = spellings.get(key)
    return spellings.get(_FORMAT_NOTE.sub("", key)) if found is None and key[-1:] in _CLOSING else found


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's columns stand: zero-based `row` of the (lower) header row, header → column.

    `unknown` are headers nobody declared (kept in the file, not read); `near` maps a missing required header to an
    unknown one that looks like it; `twice` are headers found more than once (the first one is read); `notes` tell of headers
    that were recognised in spite of invisible characters or a remark in brackets.
    """

    row: int
    columns: dict[str, int]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    near: dict[str, str]
    twice: tuple[str, ...]
    notes: dict[str, str] = field(default_factory=dict)

    def cell(self, row: int, header: str) -> tuple[int, int]:
        """Where a field of a row stands; the row's first cell where the field has no column."""
        return row, self.columns[header] if header in self.columns else min(self.columns.values())


def find(grid: Grid, sheet: Sheet) -> Layout | None:
    """The layout that matches most columns, None where fewer than a third (at least two) are found."""
    covered = _covered(grid)
    hits, row = 0, -1
    for each in range(min(len(grid.rows), SEARCHED_ROWS)):
        found = len(_match(grid, sheet, each, covered)[0])
        if found > hits or (found == hits and each == row + 1 and _reaches_down(covered, each)):
            hits, row = found, each
        if hits == len(sheet.columns) and not _reaches_down(covered, row + 1):
            break
    wanted = sum(1 for column in sheet.columns if not column.formula)
    if hits < 2 or hits * 3 < wanted:
        return None
    columns, unknown, twice = _match(grid, sheet, row, covered)
    missing = tuple(column.header for column in sheet.columns if column.required and column.header not in columns)
    near = {}
    for header in missing:
        if alike := difflib.get_close_matches(header_key(header), list(map(header_key, unknown)), 1, 0.6):
            near[header] = next(text for text in unknown if header_key(text) == alike[0])
    notes = {header: note for header, column in columns.items() if (note := _note(sheet, header, _at(grid, row, column, covered)))}
    return Layout(row, columns, missing, tuple(unknown), near, tuple(twice), notes)


@lru_cache(maxsize=1024)
def _note(sheet: Sheet, header: str, said: object) -> str:
    """How a header was read where it is not one of its declared spellings; those named together with their group need no note."""
    typed = str(said)
    declared = header_key(typed) in _spellings(sheet) and clean(typed) == typed
    return "" if declared or header_of(sheet, typed) is None else f"表头“{visible(typed)}”读作“{header}”"


def _covered(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Cell inside a merged range near the top → the range's first cell."""
    covered = {}
    width = max(map(len, grid.rows[:SEARCHED_ROWS + 1]), default=0)
    for first_row, first_column, last_row, last_column in grid.merged:
        if first_row < SEARCHED_ROWS:
            for row in range(first_row, min(last_row, SEARCHED_ROWS) + 1):
                for column in range(first_column, min(last_column, width) + 1):
                    covered[row, column] = (first_row, first_column)
    return covered


def _reaches_down(covered: dict[tuple[int, int], tuple[int, int]], row: int) -> bool:
    """Whether headers of the row above are merged into this one: then this is the lower header row."""
    return any(cell[0] == row and first[0] < row for cell, first in covered.items())


def _at(grid: Grid, row: int, column: int, covered: dict[tuple[int, int], tuple[int, int]]) -> object:
    row, column = covered.get((row, column), (row, column))
    return grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else None


def _match(grid: Grid, sheet: Sheet, row: int, covered: dict) -> tuple[dict[str, int], list[str], list[str]]:
    spellings = _spellings(sheet)
    columns: dict[str, int] = {}
    unknown: list[str] = []
    twice: list[str] = []
    width = max(len(grid.rows[row]), len(grid.rows[row - 1]) if row else 0)
    for column in range(width):
        if covered.get((row, column), (row, column))[1] != column:
            continue  # the rest of a merged title or group
        own = _at(grid, row, column, covered)
        header = header_of(sheet, own) if isinstance(own, str) else None
        if header is None and row and isinstance(own, str):
            header = spellings.get(header_key(_at(grid, row - 1, column, covered)) + header_key(own))
        if header is None:
            if isinstance(own, str) and own.strip() and own.strip() != ISSUE_HEADER:
                unknown.append(own.strip())
        elif header in columns:
            twice.append(header)
        else:
            columns[header] = column
    return columns, unknown, twice
