"""Live formulas: a column's template with the law's numbers and this row's cells put in.

A template stands in `forms` as `IF({命名日期}="","",EDATE({命名日期},{construction_months}))`: `{header}` is the cell
of that column in the same row, `{header:}` the whole column, `{header^}` the column down to this row, `{@label}` the
cell of that fact above the table, an ASCII name a number or expression of the law. Nothing here knows a column
letter: people move columns in their ledger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from toolkit.forms.model import Sheet
from toolkit.pages import evidence_formulas
from toolkit.regulation import ListItem, Regulation, consequences, voting
from toolkit.regulation import rubric as annex
from toolkit.regulation.rubric.cell_values import plain
from toolkit.sheets.grid import a1

_PLACE = re.compile(r"\{([^{}]+)\}")
MONTHS = 12
# 申报截止日优先，未填时用填报日期（R07-1c）；按文本写的日期不作数。
BASIS = "IF(N({@申报截止日})>0,N({@申报截止日}),N({@填报日期}))"


def row_formulas(sheet: Sheet, regulation: Regulation) -> dict[str, str]:
    """{header: template} of the computed columns, the law's numbers put in, {header} and {@label} still open."""
    law = _law(regulation)
    if any("{grade}" in column.formula for column in sheet.columns):
        law |= _grades(regulation)
    if any("{vote_result}" in column.formula for column in sheet.columns):
        law |= voting.formulas(regulation)
    return {column.header: _with_law(column.formula, law) for column in sheet.columns if column.formula}


def fill(template: str, cell: Callable[[str], str]) -> str:
    """The formula with each `{name}` replaced by `cell(name)`; KeyError where `cell` knows no such name."""
    return _PLACE.sub(lambda found: cell(found[1]), template)


def for_row(sheet: Sheet, regulation: Regulation, row: int, columns: Mapping[str, int]) -> dict[str, str]:
    """{header: formula} for one row (zero-based) of a table whose headers stand in `columns` (header → zero-based).

    Computed columns that are missing from `columns`, or that need a missing one, are left out.
    """
    written = {}
    for header, template in row_formulas(sheet, regulation).items():
        if header in columns and all(name in columns for name in _PLACE.findall(template)):
            written[header] = fill(template, lambda name: a1(row, columns[name]))
    return written


def retirement(regulation: Regulation) -> str:
    """Template of the statutory retirement date of {出生日期} in {退休类别} by the law in force on {basis}.

    The same as `regulation.retirement.retirement_date`; without a basis date the reform counts.
    """
    categories = regulation.lists["retirement_categories"]
    reform = categories.data["reform_from"]
    started = f"{reform.year * MONTHS + reform.month}"
    before = f"AND({BASIS}>0,{BASIS}<DATE({reform.year},{reform.month},{reform.day}))"
    expression = '""'
    for item in reversed(categories.items):
        months = f"{item['age'] * MONTHS}+IF({before},0,{_delay(item, started)})"
        expression = f'IF({{退休类别}}="{item.name}",EDATE({{出生日期}},{months}),{expression})'
    return expression


def _delay(item: ListItem, started: str) -> str:
    """Months the reform adds, see `regulation.retirement.delay_months`."""
    since = f"(YEAR({{出生日期}})+{item['age']})*{MONTHS}+MONTH({{出生日期}})-{started}"
    return f"IF({since}<0,0,MIN({item['cap_months']},INT(({since})/{item['step_months']})+1))"


def _law(regulation: Regulation) -> dict[str, str]:
    return {
        "suffix": regulation.facts["studio_suffix"],
        "basis": BASIS,
        "retirement": retirement(regulation),
        "months": f"{regulation['leader_years_to_retirement'] * MONTHS}",
        "construction_months": f"{regulation['construction_years'] * MONTHS}",
        "liability_months": f"{regulation['liability_years'] * MONTHS}",
        "training_years": f"{regulation['training_fund_years']}",
        "window_months": f"{regulation['assessment_window_months']}",
        **evidence_formulas.names(regulation),
    }


def _grades(regulation: Regulation) -> dict[str, str]:
    """What the assessment's rubric says of the total in {总分} and the grade in {等次}."""
    rubric = annex.of(regulation)
    return {"bonus_cap": plain(rubric.bonus), "grade": consequences.grade_formula("{总分}", rubric),
            "advice": consequences.advice_formula("{等次}", rubric)}


def _with_law(template: str, law: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: law.get(found[1], found[0]), template)
