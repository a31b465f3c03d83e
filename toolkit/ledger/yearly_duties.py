"""What a studio owes every year: signed goals in the construction period, summary, plan and evaluation at its end.

Source: 乌人社规〔2023〕1号 第十七条、第十九条（一）
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from toolkit.forms.evaluation import EVALUATED
from toolkit.forms.register_rows import GoalRow, YearlyRow
from toolkit.forms.typed_rows import RowField
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import DAY, add_months

WHOLE_TIME = "有效期间"  # as annual_report_span says it; otherwise the construction period
ITEMS: tuple[RowField, ...] = tuple(field for field in YearlyRow.fields.values() if field.header in EVALUATED)
SIGNED: tuple[RowField, ...] = (GoalRow.unit_signed_on, GoalRow.leader_signed_on)


def is_under_goals_in(studio: Studio, year: int) -> bool:
    """R17: whether the year has days of its construction period."""
    return studio.counts and _has_days_in(studio, year)


def was_under_goals_in(studio: Studio, year: int) -> bool:
    """R17: as `is_under_goals_in`, whatever became of it after the year had begun."""
    return _stood_on(studio, date(year, 1, 1)) and _has_days_in(studio, year)


def _has_days_in(studio: Studio, year: int) -> bool:
    return studio.begins is not None and studio.ends is not None and studio.begins.year <= year <= studio.ends.year


def _stood_on(studio: Studio, day: date) -> bool:
    """Whether it was not withdrawn by a day; where it is not known when, it was."""
    if not studio.is_withdrawn:
        return True
    return studio.withdrawal is not None and studio.withdrawal.found_on is not None and studio.withdrawal.found_on > day


def goals_term(year: int, law: Regulation) -> date:
    """R17: the day by which a year's goals are asked for."""
    return _month_end(year, law["goals_month"])


def report_term(year: int, law: Regulation) -> date:
    """R19-1: the last day to report on a year."""
    return _month_end(year, law["annual_report_month"])


def after_funds_term(year: int, law: Regulation) -> date:
    """R13-5: the day by which a year's allowance, projects and daily costs are asked for."""
    return _month_end(year, law["after_funds_month"])


def _month_end(year: int, month: int) -> date:
    return add_months(date(year, 1, 1), month) - DAY


def is_evaluated_in(studio: Studio, year: int, law: Regulation) -> bool:
    """R19-1: whether the year ends while the studio has to report, and it was there long enough to have something to report."""
    return studio.counts and _has_to_report_on(studio, year, law)


def was_evaluated_in(studio: Studio, year: int, law: Regulation) -> bool:
    """R19-1: as `is_evaluated_in`, whatever became of it after the term of the year."""
    return _stood_on(studio, report_term(year, law)) and _has_to_report_on(studio, year, law)


def _has_to_report_on(studio: Studio, year: int, law: Regulation) -> bool:
    term = report_term(year, law)
    return studio.begins is not None and studio.ends is not None \
        and term > studio.begins and (term - studio.begins).days >= law["first_report_days"] \
        and (law["annual_report_span"] == WHOLE_TIME or term <= studio.ends)


def lacking_of_goals(row: GoalRow) -> Iterator[RowField]:
    """R17: what is missing so that a year's goals are agreed on: both signatures."""
    yield from (field for field in SIGNED if row.record.raw(field.header) is None)


def lacking_of_evaluation(row: YearlyRow) -> Iterator[RowField]:
    """R19-1: what is missing so that an evaluation is done: a conclusion on each of the five items, the day it was reported."""
    yield from (field for field in (*ITEMS, YearlyRow.reported_on) if row.record.raw(field.header) is None)
