"""Rules on 目标任务书: both signed, in the year it is for, and not less than the regulation asks in two years.

Source: 乌人社规〔2023〕1号 第十七条 (R17)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.regulation import Regulation
from toolkit.returns.checks.case import Case
from toolkit.returns.checks.twice import by_two_districts
from toolkit.returns.findings import Finding

SIGNED = ("单位签字日期", "领办人签字日期")


def rules(law: Regulation) -> tuple:
    """The rules on one studio's goals."""
    return signed_in_its_year, enough


def signed_in_its_year(case: Case) -> Iterator[Finding]:
    """R17: each year its own, signed in that year by the unit and the leader; a date behind the return's is none."""
    for header in SIGNED:
        day, filled = case[header], case.source.filled_on
        if day is None:
            continue
        if case.source.year and day.year != case.source.year:
            yield case.finding("R17.year", header, year=case.source.year)
        elif filled and day > filled:
            yield case.finding("F-future", header, filled=filled)


def enough(case: Case) -> Iterator[Finding]:
    """R04, R17: the goals of the years of a construction period make up what 第四条 asks of it, as a query."""
    certified, years = case["取证人数"], case.law["construction_years"]
    if certified is not None and certified * years < case.law["trainees_per_cycle"]:
        yield case.finding("R17.few", "取证人数", years=years, least=case.law["trainees_per_cycle"])
    if case["交流次数"] == 0:
        yield case.finding("R17.exchange", "交流次数")


def among(cases: Sequence[Case]) -> Iterator[Finding]:
    """One studio in two districts' returns."""
    yield from by_two_districts(cases, "F-two-districts")
