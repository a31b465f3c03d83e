"""What follows from the total of an assessment: its grade, and what the law says is to be done. Nothing is done here.

Source: 乌人社规〔2023〕1号 第十九条（二）、附件2
"""

from __future__ import annotations

from decimal import Decimal

from toolkit.regulation.rubric import Rubric
from toolkit.regulation.rubric.cell_values import text
from toolkit.regulation.rubric.expressions import Expr, choose, expr, ref
from toolkit.regulation.rubric.structure import Band


def grade_of(points: Decimal, rubric: Rubric) -> str:
    """R19-3: the grade that a finished total gives. Never rounded: 89.995 stays below 90."""
    return text(_grade(expr(points), rubric).value({}))


def grade_formula(total: str, rubric: Rubric) -> str:
    """The same as a worksheet formula without its “=”; `total` stands in it for the total."""
    return _grade(ref(total), rubric).formula()


def advice(grade: str, rubric: Rubric) -> str:
    """R19-4: what the law says is to be done at this grade, with its clause, for the bureau to decide; "" where it says nothing."""
    band = next((band for band in rubric.bands if band.name == grade), None)
    return _advice(band) if band and band.consequence else ""


def advice_formula(grade: str, rubric: Rubric) -> str:
    """The same as a worksheet formula without its “=”; `grade` stands in it for the grade."""
    said = ((_is(grade, band), _advice(band)) for band in rubric.bands if band.consequence)
    return choose(*said, otherwise="").formula()


def _grade(points: Expr, rubric: Rubric) -> Expr:
    *upper, lowest = rubric.bands
    return choose(*((band.range.holds(points), band.name) for band in upper), otherwise=lowest.name)


def _is(grade: str, band: Band) -> Expr:
    return Expr("equal", (ref(grade), expr(band.name)))


def _advice(band: Band) -> str:
    return f"{band.consequence}（{band.clause}）。"
