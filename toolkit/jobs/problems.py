"""Going through the problems of a checked workbook one by one."""

from __future__ import annotations

from toolkit.errors import UserError
from toolkit.forms.model import ISSUE_SHEET
from toolkit.returns.grid import Book, from_a1
from toolkit.returns.values import shown
from toolkit.workbooks.marks import LIST_HEADERS, TO_DO

Spot = tuple[str, int, int]  # sheet, zero-based row and column


def following(book: Book, at: Spot) -> tuple[Spot, str] | None:
    """The open problem after the cell `at`, in the order of 问题清单 and from its end back to the first: where, and what.

    None where no problem is open. UserError where the workbook has not been checked.
    """
    listed = next((grid for grid in book.grids if grid.name == ISSUE_SHEET), None)
    header = next((number for number, row in enumerate(listed.rows) if tuple(row[:len(LIST_HEADERS)]) == LIST_HEADERS), None) if listed else None
    if header is None:
        raise UserError("这份表还没有校验过。请先点“校验”（评分表点“复算”），再定位问题。")
    sheets = [grid.name for grid in book.grids]
    problems: list[tuple[Spot, str]] = []
    for row in listed.rows[header + 1:]:
        line = dict(zip(LIST_HEADERS, row, strict=False))
        if shown(line.get("状态")).startswith(TO_DO) and line.get("单元格") and line.get("工作表") in sheets:
            problems.append(((line["工作表"], *from_a1(shown(line["单元格"]))), shown(line["问题"])))
    here = (sheets.index(at[0]), *at[1:])
    later = [problem for problem in problems if (sheets.index(problem[0][0]), *problem[0][1:]) > here]
    return (later or problems or [None])[0]
