"""Rules on 区县考核汇总表: points within their maxima, sums and grades that agree, grades that hang on a reading.

Source: 乌人社规〔2023〕1号 第十九条（二）、附件2
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.forms.summary import SECTIONS
from toolkit.regulation import Regulation, consequences
from toolkit.regulation import rubric as annex
from toolkit.regulation.rubric import Rubric
from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.grades import BY_BONUS, SAME
from toolkit.regulation.rubric.structure import BASE
from toolkit.returns.checks.case import Case
from toolkit.returns.checks.twice import by_two_districts
from toolkit.returns.findings import Finding
from toolkit.returns.records import Record

AssessedRule = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True)
class Totals:
    """What the points of one studio's row come to. Points are never rounded."""

    base: Decimal
    total: Decimal
    grade: str
    grade_base: str


def totals(record: Record, rubric: Rubric) -> Totals | None:
    """Base, total and grade of a row; None while a section or the bonus is not filled in, or exceeds what there is to give."""
    given = [record[header] for header in (*SECTIONS, "加分")]
    if None in given:
        return None
    *sections, bonus = map(Decimal, given)
    base = sum(sections, Decimal(0))
    total = base + min(bonus, rubric.bonus)
    if total > rubric.total:
        return None
    return Totals(base, total, consequences.grade_of(total, rubric), consequences.grade_of(base, rubric))


def completed(record: Record, law: Regulation) -> dict[str, object]:
    """A row's computed cells as they must be, whatever the file says; none while they cannot be computed."""
    rubric = annex.of(law)
    known = totals(record, rubric)
    if known is None:
        return {}
    return {"基础分": _number(known.base), "总分": _number(known.total), "等次": known.grade,
            "处理建议": consequences.advice(known.grade, rubric) or None}


def rules(law: Regulation) -> tuple[AssessedRule, ...]:
    """The rules on one row, with the rubric in force."""
    rubric = annex.of(law)
    return tuple(lambda case, rule=rule: rule(case, rubric) for rule in (_maxima, _computed, _confirmation))


def _maxima(case: Case, rubric: Rubric) -> Iterator[Finding]:
    base = [section for section in rubric.sections if section.kind == BASE]
    for header, section in zip(SECTIONS, base, strict=True):
        if case[header] is not None and case[header] > section.points:
            yield case.finding("R19-3.section", header, most=plain(section.points))
    if case["加分"] is not None and case["加分"] > rubric.bonus:
        yield case.finding("R19-3.bonus", "加分", most=plain(rubric.bonus))


def _computed(case: Case, rubric: Rubric) -> Iterator[Finding]:
    """A computed cell that says something else; one without a value is no contradiction."""
    if known := totals(case.record, rubric):
        for header, wanted in (("基础分", known.base), ("总分", known.total), ("等次", known.grade)):
            if case[header] is not None and case[header] != wanted:
                yield case.finding("F-computed", header, wanted=plain(wanted) if isinstance(wanted, Decimal) else wanted)


def _confirmation(case: Case, rubric: Rubric) -> Iterator[Finding]:
    """R19-3: a grade that hangs on a reading of the law is confirmed in writing before it counts."""
    known = totals(case.record, rubric)
    why = hangs_on(case["等次敏感性"] or "", known)
    if why and not case["确认说明"]:
        yield case.finding("S-confirm", "确认说明", value=known.grade if known else "", why=why)


def hangs_on(said: str, known: Totals | None) -> str:
    """Why the grade hangs on a reading ("" when it does not): what the sheet says, and what the points themselves show."""
    if said and said != SAME:
        return said
    return BY_BONUS if known and known.grade != known.grade_base else ""


def among(cases: Sequence[Case]) -> Iterator[Finding]:
    """One studio assessed by two districts."""
    yield from by_two_districts(cases, "R19-2.twice")


def _number(value: Decimal) -> int | Decimal:
    """A number as a cell is read: whole ones as int."""
    return int(value) if value == value.to_integral_value() else value.normalize()
