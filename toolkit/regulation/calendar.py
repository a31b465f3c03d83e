"""Counting days, months and years the way official documents do.

Source: 第十二条（公示7天）、第十九条、第二十条; holidays: 国务院办公厅年度放假通知 (`holidays.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from toolkit.regulation import Regulation

DAY = timedelta(days=1)
SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later; the month's last day where there is none (as Excel's EDATE)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return date(year, month + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """The corresponding day `years` later; 29 February becomes 28 where there is none."""
    return add_months(day, years * 12)


def age_on(born: date, on: date) -> int:
    """Full years of age on a day (a birthday counts from that day)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True)
class Holidays:
    """Days off and working weekends; `years` are those whose table is complete: an official notice covers them."""

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        return day in self.work or (day.weekday() < SATURDAY and day not in self.off)

    def next_workday(self, day: date) -> date:
        """`day` itself when it is a workday, else the first one after it."""
        while not self.is_workday(day):
            day += DAY
        return day

    def with_extra(self, off: Iterable[date] = (), work: Iterable[date] = (), complete: Iterable[int] = ()) -> Holidays:
        """The same table with days the bureau adds (regional holidays, a new year's notice), and the years it says are complete with them."""
        off, work = frozenset(off), frozenset(work)
        return Holidays((self.off | off) - work, (self.work | work) - off, self.years | frozenset(complete))


def _days(spans: Iterable[str]) -> frozenset[date]:
    found = set()
    for span in spans:
        first, _, last = span.partition("/")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            found.add(day)
            day += DAY
    return frozenset(found)


@cache
def holidays() -> Holidays:
    """The national holiday notices that ship with the toolkit."""
    years = tomllib.loads((Path(__file__).parent / "holidays.toml").read_text("utf-8"))
    off = frozenset().union(*(_days(year["off"]) for year in years.values()))
    work = frozenset().union(*(_days(year["work"]) for year in years.values()))
    return Holidays(off, work, frozenset(map(int, years)))


@dataclass(frozen=True)
class Publicity:
    """A publicity period: `first` and `last` are both printed; `counted` lists the days that count.

    unknown_years: those whose days off it hangs on and nobody knows.
    """

    published: date
    first: date
    last: date
    counted: tuple[date, ...]
    postponed_from: date | None
    unknown_years: tuple[int, ...] = ()

    def over_by(self, on: date) -> bool:
        """Whether naming on `on` is after the period (the last day itself still belongs to it)."""
        return on > self.last


def publicity(published: date, regulation: Regulation, table: Holidays | None = None) -> Publicity:
    """The publicity period of notices published on `published`. Source: 第十二条; defaults under R12-1."""
    table = table or holidays()
    working = regulation["publicity_day_kind"] == "工作日"
    day = published if regulation.yes("publicity_counts_first_day") else published + DAY
    counted: list[date] = []
    while len(counted) < regulation["publicity_days"]:
        if not working or table.is_workday(day):
            counted.append(day)
        day += DAY
    natural_end = counted[-1]
    last = table.next_workday(natural_end) if regulation.yes("publicity_rolls_over") else natural_end
    asked = counted if working else [natural_end] if regulation.yes("publicity_rolls_over") else []
    unknown = sorted({day.year for day in (*asked, *([last] if asked else ()))} - table.years)
    return Publicity(published, counted[0], last, tuple(counted), natural_end if last != natural_end else None, tuple(unknown))


def workdays_after(day: date, count: int, table: Holidays | None = None) -> date:
    """The `count`-th workday after `day`."""
    table = table or holidays()
    for _ in range(count):
        day = table.next_workday(day + DAY)
    return day
