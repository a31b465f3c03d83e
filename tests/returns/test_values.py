"""What clerks type, and what it is read as. Nothing that can be read two ways is guessed."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.regulation import identity
from toolkit.returns import numerals, values
from toolkit.sheets.grid import CellError

DAY = date(2023, 8, 28)


@pytest.mark.parametrize("raw, expected", [
    (datetime(2023, 8, 28), DAY), (DAY, DAY), (45166, DAY), (45166.0, DAY), ("2023-08-28", DAY), ("2023/8/28", DAY),
    ("2023.8.28", DAY), ("2023年8月28日", DAY), ("２０２３．８．２８", DAY), ("20230828", DAY), (20230828, DAY), ("2023 年 8 月 28 日", DAY),
    ("二〇二三年八月二十八日", DAY), ("二○二三年八月二十八日", DAY), ("2023-08-28 00:00:00", DAY),
    ("2023.8", date(2023, 8, 1)), ("2023年8月", date(2023, 8, 1)), (2023.8, date(2023, 8, 1)), ("202308", date(2023, 8, 1)),
    ("二〇二三年八月", date(2023, 8, 1)), (2023.12, date(2023, 12, 1)), ("", None), (None, None), ("  ", None)])
def test_dates(raw, expected):
    read = values.day(raw)
    assert (read.value, read.problem) == (expected, "")


@pytest.mark.parametrize("raw, problem", [
    ("2023-02-30", "F-date"), ("八月二十八日", "F-date"), ("待定", "F-date"), (2023, "F-date"), ("2023", "F-date"), (True, "F-date"),
    (2023.1, "F-date-october"), (datetime(1905, 7, 10), "F-date-early"), (123456789, "F-date"), ("2023-13", "F-date")])
def test_dates_that_cannot_be_read(raw, problem):
    assert values.day(raw) == (None, problem, "")


def test_a_date_to_the_month_is_known_as_such():
    assert not values.whole_day(values.day("2023.8").note)
    assert values.whole_day(values.day("2023.8.28").note)


@pytest.mark.parametrize("raw, expected", [
    (100000, 100000), (100000.0, 100000), ("100000", 100000), ("100,000.00", 100000), ("10万", 100000), ("10万元", 100000),
    ("10.5万", 105000), ("壹拾万元整", 100000), ("十万元", 100000), ("￥100000", 100000), ("１００，０００元", 100000),
    (99999.99, Decimal("99999.99")), ("伍佰元零伍角", Decimal("500.5")), ("", None)])
def test_money(raw, expected):
    read = values.money(raw)
    assert (read.value, read.problem) == (expected, "")


@pytest.mark.parametrize("raw, problem", [
    ("约10万", "F-number-vague"), ("10万左右", "F-number-vague"), ("-5", "F-negative"), (-0.01, "F-negative"), ("十来万", "F-number"),
    ("1万2", "F-number"), ("见附件", "F-number"), (True, "F-number")])
def test_money_that_cannot_be_read(raw, problem):
    assert values.money(raw).problem == problem


@pytest.mark.parametrize("reader, raw, expected", [
    (values.area, "60平方米", 60), (values.area, "６０㎡", 60), (values.area, 60.5, Decimal("60.5")), (values.count, "4人", 4),
    (values.count, "四人", 4), (values.count, 4.0, 4), (values.year, "2026年", 2026), (values.year, datetime(2026, 5, 1), 2026),
    (values.person, " 张  三 ", "张三"), (values.person, "买买提 . 艾力", "买买提·艾力"), (values.person, "买买提•艾力", "买买提·艾力"),
    (values.code, " 6－18－02－04 ", "6-18-02-04"), (values.code, "'0012", "0012"), (values.phone, "138 0000 0001", "13800000001"),
    (values.phone, "0991—2345678", "0991-2345678"), (values.phone, "（0991）2345678", "09912345678"),
    (values.text, "甲\n乙　丙", "甲 乙 丙"), (values.id_number, "650102198005200112".lower(), "650102198005200112")])
def test_other_cells(reader, raw, expected):
    assert reader(raw).value == expected


@pytest.mark.parametrize("reader, raw, problem", [
    (values.id_number, 6.501021980052e17, "F-digits-lost"), (values.id_number, 650102198005200112, "F-digits-lost"),
    (values.id_number, "65010219800520011", "F-id-length"), (values.id_number, "65010219800520011A", "F-id-digits"),
    (values.id_number, "650102198013200112", "F-id-birth"), (values.id_number, "650102198005200113", "F-id-check"),
    (values.credit_code, "91650100MA000000", "F-credit-length"), (values.credit_code, "91650100MA0000001I", "F-credit-letters"),
    (values.credit_code, "91440300715267260G", "F-credit-check"), (values.phone, "1380000", "F-phone"),
    (values.mobile, "0991-2345678", "F-mobile"), (values.count, 4.5, "F-whole"), (values.year, 26, "F-year")])
def test_other_cells_that_cannot_be_read(reader, raw, problem):
    assert reader(raw).problem == problem


@pytest.mark.parametrize("number", ["9144030071526726XG", "914403001922038216", "91110000600037341L"])
def test_published_credit_codes_are_sound(number):
    assert identity.credit_problem(number) == ""


def test_an_id_of_a_county_that_no_longer_exists_is_sound():
    first17 = "65010819700101001"  # 东山区, 1987–2007
    assert identity.id_problem(first17 + identity.id_check_character(first17)) == ""


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
                 st.builds(CellError, st.sampled_from(["#N/A", "#REF!"]))))
def test_reading_never_raises(raw):
    for reader in (values.text, values.person, values.code, values.id_number, values.credit_code, values.phone, values.mobile,
                   values.day, values.money, values.area, values.count, values.year):
        reader(raw)


@given(st.integers(0, 10**12))
def test_chinese_numerals_round_trip(number):
    from cn2an import an2cn
    assert numerals.whole(an2cn(number, "low")) == number
