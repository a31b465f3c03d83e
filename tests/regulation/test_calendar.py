"""Days: publicity periods with their boundary cases, holidays against an independent library."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from toolkit.regulation import covers, in_force
from toolkit.regulation.calendar import add_months, age_on, holidays, publicity, workdays_after

LAW = in_force(date(2026, 11, 20))


@pytest.mark.rule("R12-1")
@pytest.mark.parametrize("published, last, why", [
    (date(2026, 11, 20), date(2026, 11, 27), "次日起算第1日，第7日为周五"),
    (date(2026, 11, 21), date(2026, 11, 30), "第7日为周六，顺延到周一"),
    (date(2026, 9, 24), date(2026, 10, 8), "第7日为10月1日，顺延过国庆假期"),
    (date(2026, 9, 13), date(2026, 9, 20), "第7日为周日，但调休上班，不顺延")])
def test_publicity_end(published, last, why):
    assert publicity(published, LAW).last == last, why


@pytest.mark.rule("R12-1", "R21")
def test_publicity_parameters_change_the_count():
    published = date(2026, 11, 20)
    cases = [("publicity_counts_first_day", "是", date(2026, 11, 26)),
             ("publicity_day_kind", "工作日", date(2026, 12, 1)), ("publicity_days", 5, date(2026, 11, 25))]
    for name, value, last in cases:
        assert publicity(published, LAW.overridden({name: value})).last == last, name
    saturday = LAW.overridden({"publicity_rolls_over": "否"})
    assert publicity(date(2026, 11, 21), saturday).last == date(2026, 11, 28)


@pytest.mark.rule("R12-1")
def test_publicity_is_over_only_after_its_last_day():
    period = publicity(date(2026, 11, 20), LAW)
    assert (period.first, len(period.counted)) == (date(2026, 11, 21), 7)
    assert not period.over_by(date(2026, 11, 27)) and period.over_by(date(2026, 11, 28))


@pytest.mark.rule("R12-1")
def test_a_year_without_a_holiday_notice_is_told():
    known = holidays().with_extra(off=[date(2027, 1, 4)], complete=[2027])
    silenced = holidays().with_extra(off=[date(2027, 1, 4)])
    for published, table, unknown in [(date(2026, 12, 23), None, ()), (date(2026, 12, 24), None, ()), (date(2026, 12, 25), None, (2027,)),
                                      (date(2026, 12, 28), silenced, (2027,)), (date(2026, 12, 28), known, ())]:
        assert publicity(published, LAW, table).unknown_years == unknown, published
    assert publicity(date(2026, 12, 28), LAW, known).last == date(2027, 1, 5)


@pytest.mark.rule("R12-1")
@pytest.mark.parametrize("changes, unknown, why", [
    ({"publicity_rolls_over": "否"}, (), "自然日不顺延，用不着放假安排"), ({"publicity_rolls_over": "否", "publicity_day_kind": "工作日"}, (2027,), "数工作日")])
def test_days_off_are_asked_for_where_the_count_needs_them(changes, unknown, why):
    assert publicity(date(2026, 12, 28), LAW.overridden(changes)).unknown_years == unknown, why


@pytest.mark.parametrize("year", sorted(holidays().years))
def test_holidays_agree_with_an_independent_table(year):
    day = date(year, 1, 1)
    while day.year == year:
        assert holidays().is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.rule("R12-3")
@pytest.mark.parametrize("day, months, expected", [
    (date(2024, 1, 31), 1, date(2024, 2, 29)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2026, 12, 15), 1, date(2027, 1, 15)), (date(2026, 1, 1), -1, date(2025, 12, 1))])
def test_add_months(day, months, expected):
    assert add_months(day, months) == expected


def test_age_counts_from_the_birthday():
    assert age_on(date(1980, 11, 20), date(2026, 11, 19)) == 45
    assert age_on(date(1980, 11, 20), date(2026, 11, 20)) == 46


def test_workdays_after_skip_holidays():
    assert workdays_after(date(2026, 9, 24), 1) == date(2026, 9, 28)


@pytest.mark.rule("R22")
@pytest.mark.parametrize("day, inside", [(date(2023, 8, 27), False), (date(2023, 8, 28), True),
                                         (date(2028, 8, 27), True), (date(2028, 8, 28), False)])
def test_in_force(day, inside):
    assert covers(in_force(day), day) is inside
