"""Findings on the sheets of an open workbook: coloured cells and comments that can be told from everyone else's.

The same signs as in files: a conditional format whose formula names us, a comment between our brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.sheets import look
from toolkit.sheets.edit import Mark
from toolkit.sheets.excel.areas import addresses, columns_down
from toolkit.sheets.excel.protection import Sheets
from toolkit.sheets.excel.writing import bgr
from toolkit.sheets.grid import a1
from toolkit.sheets.ooxml import boxes, highlights
from toolkit.sheets.ooxml.comments import AUTHOR, BEGIN, END

if TYPE_CHECKING:
    import xlwings as xw

_EXPRESSION = 2  # xlExpression
_ANY_OPERATOR = 1  # xlBetween; the kind above has none, but there must be no gap before the formula
_POINTS_PER_PIXEL = 0.75
_OURS = re.compile(rf"\n?{BEGIN}.*?{END}", re.S)


def clear(sheets: Sheets, name: str) -> None:
    """Remove from a sheet what `add` put there, and what was put into the file; a sheet without any is not touched."""
    seen = sheets.seen(name)
    rules = [rule for rule in _items(seen.cells.api.FormatConditions) if _is_ours(rule)]
    comments = [comment for comment in _items(seen.api.Comments) if comment.Author == AUTHOR or BEGIN in comment.Text()]
    if not rules and not comments:
        return
    sheets.writable(name)
    for rule in reversed(rules):
        rule.Delete()
    for comment in reversed(comments):
        theirs = "" if comment.Author == AUTHOR else _OURS.sub("", comment.Text())
        if theirs.strip():
            comment.Text(theirs)
        else:
            comment.Delete()


def add(sheets: Sheets, marks: Sequence[Mark]) -> None:
    """Colour the cells and comment them; the gravest level shows where a cell has several."""
    by_sheet: dict[str, dict[tuple[int, int], list[Mark]]] = {}
    for mark in marks:
        by_sheet.setdefault(mark.sheet, {}).setdefault((mark.row, mark.column), []).append(mark)
    for name, places in by_sheet.items():
        sheet = sheets.writable(name)
        levels: dict[str, list[tuple[int, int]]] = {}
        for place, together in places.items():
            level = look.gravest(mark.level for mark in together)
            levels.setdefault(level, []).append(place)
        for level, cells in levels.items():
            _colour(sheet, cells, *look.MARKS[level])
        notes = {place: "\n".join(mark.comment for mark in together if mark.comment) for place, together in places.items()}
        _comment(sheet, {place: note for place, note in notes.items() if note})


def _items(collection: Any) -> list:
    return [collection.Item(number) for number in range(1, collection.Count + 1)]


def _is_ours(rule: Any) -> bool:
    return rule.Type == _EXPRESSION and highlights.SIGN in rule.Formula1


def _colour(sheet: xw.Sheet, cells: Iterable[tuple[int, int]], fill: str, text: str) -> None:
    for address in addresses(columns_down(cells)):
        rule = sheet.range(address).api.FormatConditions.Add(_EXPRESSION, _ANY_OPERATOR, "=" + highlights.RULE_FORMULA)
        rule.SetFirstPriority()
        rule.StopIfTrue = False  # Excel's own choice would switch the rules behind it off
        rule.Interior.Color = bgr(fill)
        rule.Font.Color = bgr(text)


def _comment(sheet: xw.Sheet, notes: Mapping[tuple[int, int], str]) -> None:
    if not notes:
        return
    there = {comment.Parent.Address.replace("$", ""): comment for comment in _items(sheet.api.Comments)}
    conversations = _conversations(sheet)
    for (row, column), note in sorted(notes.items()):
        cell = a1(row, column)
        ours = f"{BEGIN}{note}{END}"
        if cell in conversations:
            continue  # Excel takes no other comment there; the finding stands in 问题 and 问题清单 too
        if comment := there.get(cell):
            text = comment.Text()
            comment.Text(f"\n{ours}", len(text) + 1, False)
            ours = f"{text}\n{ours}"
        else:
            comment = sheet.range(cell).api.AddComment(ours)
        width, height = boxes.size(ours)
        comment.Shape.Width, comment.Shape.Height = width * _POINTS_PER_PIXEL, height * _POINTS_PER_PIXEL


def _conversations(sheet: xw.Sheet) -> set[str]:
    """The cells with a threaded comment, which Excel knows since 2019."""
    try:
        threads = sheet.api.CommentsThreaded
    except Exception as error:
        if isinstance(error, AttributeError) or hasattr(error, "hresult"):
            return set()
        raise
    return {thread.Parent.Address.replace("$", "") for thread in _items(threads)}
