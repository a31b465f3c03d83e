"""A finished 区县考核汇总表: the standard workbook with its rows in, its formulas computed, and 成绩一览."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from toolkit.errors import UserError
from toolkit.forms.model import Sheet
from toolkit.forms.summary import RESULTS, SUMMARY
from toolkit.pages import templates
from toolkit.pages.grades_page import draw_results_page
from toolkit.pages.layout import FIRST_ROW, Edition
from toolkit.sheets.grid import CellRef
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.recalculate import Filler

SummaryRow = Mapping[str, CellValue]


def workbook(edition: Edition, filled: date, rows: Sequence[SummaryRow]) -> bytes:
    """The district's 区县考核汇总表 of `edition` with these rows (header → value). UserError where they do not fit."""
    if len(rows) > RESULTS.rows:
        raise UserError(f"“{edition.district}”有{len(rows)}个工作室，一份汇总表最多写{RESULTS.rows}个。请分成几份汇总。")
    data = templates.draw(SUMMARY, edition, (partial(draw_results_page, count=len(rows)),) if rows else ())
    filler = Filler(data, SUMMARY.name)
    values: dict[CellRef, CellValue] = {filler.spots["fact_date"]: filled, filler.spots["fact_none"]: None if rows else "是"}
    for number, row in enumerate(rows, FIRST_ROW):
        values |= dict(_cells(RESULTS, number, row))
    return filler.fill(values).data


def _cells(sheet: Sheet, number: int, row: SummaryRow) -> Iterator[tuple[CellRef, CellValue]]:
    for column, declared in enumerate(sheet.columns):
        value = row.get(declared.header)
        if value is not None and not declared.formula:
            yield CellRef(sheet.name, number, column), value
