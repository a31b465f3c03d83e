"""Findings on the sheets of an open workbook: coloured cells and comments that can be told from everyone else's.

The same signs as in files: a conditional format whose formula names us, a comment between our brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.sheets import look
from toolkit.sheets.edit import Mark
from toolkit.sheets.excel.areas import addresses, columns_down, parsed
from toolkit.sheets.excel.protection import Sheets
from toolkit.sheets.excel.snapshot import StandingMarks
from toolkit.sheets.excel.writing import bgr
from toolkit.sheets.grid import a1
from toolkit.sheets.ooxml import boxes, highlights
from toolkit.sheets.ooxml.comments import AUTHOR, BEGIN, END, CommentedCell, StandingComments

if TYPE_CHECKING:
    import xlwings as xw

_EXPRESSION = 2  # xlExpression
_ANY_OPERATOR = 1  # xlBetween; the kind above has none, but there must be no gap before the formula
_POINTS_PER_PIXEL = 0.75
_OURS = re.compile(rf"\n?{BEGIN}.*?{END}", re.S)


def clear(sheets: Sheets, name: str) -> None:
    """Remove from a sheet what `add` put there, and what was put into the file; a sheet without any is not touched."""
    standing = _standing(sheets, name)
    if not (standing.rules or standing.comments.ours or standing.comments.mixed):
        return
    sheet = sheets.writable(name)
    for rule in reversed(_our_rules(sheet, standing.rules)):
        rule.Delete()
    for address in addresses(columns_down(standing.comments.ours)):
        sheet.range(address).api.ClearComments()
    for row, column in standing.comments.mixed:
        comment = sheet.range(a1(row, column)).api.Comment
        comment.Text(_OURS.sub("", comment.Text()))


def _standing(sheets: Sheets, name: str) -> StandingMarks:
    """What stands on a sheet of earlier marks. Excel itself says whose the comments are where not all are plainly ours:
    a copy may have lost their authors."""
    if sheets.snapshot is None:
        seen = sheets.seen(name)
        rules = [place for place, rule in enumerate(_items(seen.cells.api.FormatConditions)) if _is_ours(rule)]
        return StandingMarks(tuple(rules), _asked(seen))
    marks = sheets.snapshot.marks(name)
    return marks._replace(comments=_asked(sheets.seen(name))) if any(marks.comments[1:]) else marks


def _asked(sheet: xw.Sheet) -> StandingComments:
    """Our comments on a sheet, asked of Excel."""
    ours: list[CommentedCell] = []
    mixed: list[CommentedCell] = []
    for comment in _items(sheet.api.Comments):
        text = comment.Text()
        by_us = comment.Author == AUTHOR
        if by_us or BEGIN in text:
            (mixed if not by_us and _OURS.sub("", text).strip() else ours).append(parsed(comment.Parent.Address)[:2])
    return StandingComments(tuple(ours), tuple(mixed))


def _our_rules(sheet: xw.Sheet, positions: Sequence[int]) -> list:
    """The conditional formats that are ours: those at these positions, or, where Excel counts otherwise, whichever are."""
    if not positions:
        return []
    conditions = sheet.cells.api.FormatConditions
    if positions[-1] < conditions.Count:
        found = [conditions.Item(position + 1) for position in positions]
        if all(map(_is_ours, found)):
            return found
    return [rule for rule in _items(conditions) if _is_ours(rule)]


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
        is_bare = sheets.snapshot is not None and not any(sheets.snapshot.marks(name).comments[1:])
        _comment(sheet, {place: note for place, note in notes.items() if note}, is_bare)


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


def _comment(sheet: xw.Sheet, notes: Mapping[tuple[int, int], str], is_bare: bool) -> None:
    """is_bare: no other comments are on the sheet."""
    if not notes:
        return
    there = {} if is_bare else {comment.Parent.Address.replace("$", ""): comment for comment in _items(sheet.api.Comments)}
    conversations = set() if is_bare else _conversations(sheet)
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
        box = comment.Shape
        box.Width, box.Height = width * _POINTS_PER_PIXEL, height * _POINTS_PER_PIXEL


def _conversations(sheet: xw.Sheet) -> set[str]:
    """The cells with a threaded comment, which Excel knows since 2019."""
    try:
        threads = sheet.api.CommentsThreaded
    except Exception as error:
        if isinstance(error, AttributeError) or hasattr(error, "hresult"):
            return set()
        raise
    return {thread.Parent.Address.replace("$", "") for thread in _items(threads)}
