"""Going through the problems of a checked workbook one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.errors import UserError
from toolkit.pages.marks import LIST_HEADERS, STATE_HEADER, TO_DO
from toolkit.returns.values import shown
from toolkit.sheets.grid import CellRef, Grid, Value, from_a1


def following(listed: Grid | None, sheets: Sequence[str], at: CellRef) -> tuple[CellRef, str] | None:
    """The open problem after the cell `at`, in the order of 问题清单 and from its end back to the first: where, and what.

    listed: the sheet 问题清单; sheets: the workbook's, in order. None where no problem is open. UserError where the
    workbook has not been checked.
    """
    rows = listed.rows if listed else ()
    header = next((number for number, row in enumerate(rows) if tuple(row[:len(LIST_HEADERS)]) == LIST_HEADERS), None)
    if header is None:
        raise UserError("这份表还没有校验过。请先点“校验”（评分表点“复算”），再定位问题。")
    problems = list(_open(rows[header + 1:], sheets))
    later = [problem for problem in problems if _order(sheets, problem[0]) > _order(sheets, at)]
    return next(iter(later or problems), None)


def _open(rows: Sequence[Sequence[Value]], sheets: Sequence[str]) -> Iterator[tuple[CellRef, str]]:
    for row in rows:
        line = dict(zip(LIST_HEADERS, map(shown, row), strict=False))
        if line.get(STATE_HEADER, "").startswith(TO_DO) and line["单元格"] and line["工作表"] in sheets:
            yield CellRef(line["工作表"], *from_a1(line["单元格"])), line["问题"]


def _order(sheets: Sequence[str], spot: CellRef) -> tuple[int, int, int]:
    return sheets.index(spot[0]), *spot[1:]
