"""Rules on 年度绩效评估表: five conclusions with their reasons, reference points within 附件2, days that can be.

A blank item is an error of its own (F-required): such an evaluation is not done.
Source: 乌人社规〔2023〕1号 第十九条（一）、附件2 (R19-1)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from toolkit.forms.evaluation import EVALUATED, REFERENCE
from toolkit.regulation import Regulation
from toolkit.regulation import rubric as annex
from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.structure import BASE
from toolkit.returns.checks import sentence
from toolkit.returns.checks.case import Case
from toolkit.returns.checks.twice import by_two_districts
from toolkit.returns.findings import Finding


def rules(law: Regulation) -> tuple:
    """The rules on one studio's evaluation."""
    return reasons, reported, reference


def reasons(case: Case) -> Iterator[Finding]:
    """R19-1: a comment says something; what was not reached is told in words."""
    for header in EVALUATED:
        comment = f"{header}评语"
        if case[header] and case[comment] and not sentence(case[comment]):
            yield case.finding("R19-1.comment", comment, conclusion=case[header])


def reported(case: Case) -> Iterator[Finding]:
    """R19-1: summary and plan come at the end of the year, before the district evaluates and reports."""
    year, filled = case.source.year, case.source.filled_on
    for header in ("总结报送日", "计划报送日"):
        day = case[header]
        if day and filled and day > filled:
            yield case.finding("F-future", header, filled=filled)
        elif day and year and day < date(year, 1, 1):
            yield case.finding("R19-1.early", header, year=year)


def reference(case: Case) -> Iterator[Finding]:
    """R19-1: points of 附件2's sections, for reference alone, none above what there is to give; their sum as shown."""
    sections = [section for section in annex.of(case.law).sections if section.kind == BASE]
    for header, section in zip(REFERENCE, sections, strict=True):
        if case[header] is not None and case[header] > section.points:
            yield case.finding("F-points", header, most=plain(section.points))
    total = _total(case)
    if total is not None and case["参考分"] is not None and Decimal(case["参考分"]) != total:
        yield case.finding("F-computed", "参考分", wanted=plain(total))


def _total(case: Case) -> Decimal | None:
    given = [Decimal(case[header]) for header in REFERENCE if case[header] is not None]
    return sum(given, Decimal(0)) if given else None


def completed(case: Case) -> dict[str, object]:
    """The sum of the reference points, and the day on which the district reported."""
    total = _total(case)
    whole = None if total is None else int(total) if total == total.to_integral_value() else total.normalize()
    return {"参考分": whole, "报市日期": case.source.filled_on}


def among(cases: Sequence[Case]) -> Iterator[Finding]:
    """One studio in two districts' returns."""
    yield from by_two_districts(cases, "F-two-districts")
