"""Retirement dates against a table of published samples (born in month → retires in month)."""

import csv
from datetime import date
from pathlib import Path

import pytest

from toolkit.regulation.retirement import leaves_years, retirement_date

SAMPLES = list(csv.DictReader((Path(__file__).parent / "retirement_samples.csv").open(encoding="utf-8-sig")))
CATEGORY = {"男": "男60", "女55": "女55", "女50": "女50"}


@pytest.mark.rule("R07-1c")
@pytest.mark.parametrize("row", SAMPLES, ids=lambda row: f"{row['类别']}{row['出生年月']}")
def test_published_samples(row):
    year, month = map(int, row["出生年月"].split("-"))
    retires = retirement_date(date(year, month, 15), CATEGORY[row["类别"]], date(2026, 11, 20))
    assert f"{retires:%Y-%m}" == row["改革后退休年月"]


@pytest.mark.rule("R07-1c")
@pytest.mark.parametrize("as_of, expected, why", [
    (date(2024, 12, 31), date(2036, 8, 15), "改革前按60周岁"),
    (date(2025, 1, 1), date(2039, 7, 15), "改革当日起按新办法")])
def test_the_law_of_the_day(as_of, expected, why):
    assert retirement_date(date(1976, 8, 15), "男60", as_of) == expected, why


@pytest.mark.rule("R07-1c")
def test_category_is_never_guessed():
    with pytest.raises(ValueError):
        retirement_date(date(1976, 8, 15), "女", date(2026, 1, 1))


@pytest.mark.rule("R07-1c")
@pytest.mark.parametrize("on, holds, why", [
    (date(2037, 7, 15), True, "恰满2年（对应日）算满"), (date(2037, 7, 16), False, "少一天不满"),
    (date(2024, 12, 31), True, "改革前口径")])
def test_two_years_to_retirement(on, holds, why):
    assert leaves_years(date(1976, 8, 15), "男60", on, 2) is holds, why


def test_last_day_of_month():
    assert retirement_date(date(1965, 12, 31), "男60", date(2026, 1, 1)) == date(2026, 3, 31)
    assert retirement_date(date(1975, 1, 31), "女50", date(2026, 1, 1)) == date(2025, 2, 28)
