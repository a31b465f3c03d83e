"""Whatever is written into a cell reads back the same, through two readers that share no code with the writer."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.sheets import ledgers
from toolkit.sheets.edit import AppendRows, SetCell, apply
from toolkit.sheets.ooxml import xmltext

BASE = ledgers.by_openpyxl()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.from_regex(r"\A[0-9]{0,20}\Z") | st.sampled_from(
    ["", " ", "\n", "\r\n", "\t", "]]>", "&amp;", "_x000D_", "_x0041", "__x0041_", "<c r=\"A1\"/>", "'=1", "\ufffe", "\x00"])
NUMBERS = (st.integers(-10**15 + 1, 10**15 - 1) | st.floats(allow_nan=False, allow_infinity=False)
           | st.decimals(-10**9, 10**9, places=2))
DAYS = st.dates(date(1900, 3, 1), date(9999, 12, 31))


def written(value, where: str = "set"):
    """The workbook with the value in D2 or, appended, in D4, and the zero-based row."""
    edits = [SetCell("工作室", 1, 3, value)] if where == "set" else [AppendRows("工作室", 3, [{0: "x", 3: value}])]
    return apply(BASE, edits), 1 if where == "set" else 3


def by_calamine(data: bytes, row: int):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("工作室")
    return sheet.to_python(skip_empty_area=False)[row][3]


def by_openpyxl(data: bytes, row: int):
    return openpyxl.load_workbook(io.BytesIO(data))["工作室"].cell(row + 1, 4).value


@pytest.mark.parametrize("where", ["set", "append"])
@given(text=TEXTS)
@settings(max_examples=80, deadline=None)
def test_texts(where, text):
    data, row = written(text, where)
    assert xmltext.without_escapes(by_openpyxl(data, row) or "") == text
    assert xmltext.without_escapes(by_calamine(data, row)) in (text, xmltext.without_escapes(text))


@pytest.mark.parametrize("where", ["set", "append"])
@given(number=NUMBERS)
@settings(max_examples=80, deadline=None)
def test_numbers(where, number):
    data, row = written(number, where)
    assert by_calamine(data, row) == float(number) and float(by_openpyxl(data, row)) == float(number)


@given(day=DAYS)
@settings(max_examples=60, deadline=None)
def test_days(day):
    data, row = written(day)
    assert by_openpyxl(data, row).date() == day and by_calamine(data, row) in (day, datetime(*day.timetuple()[:3]))


@given(moment=st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_moments(moment):
    data, row = written(moment)
    assert abs(by_openpyxl(data, row) - moment) < timedelta(milliseconds=2)


@given(values=st.lists(st.dictionaries(st.integers(0, 30), TEXTS | NUMBERS | st.booleans() | DAYS | st.none(), max_size=6),
                       max_size=8), start=st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_rows_written_twice_are_as_if_written_once(values, start):
    once = apply(BASE, [AppendRows("工作室", start, values)])
    assert sheet(apply(once, [AppendRows("工作室", start, values)])) == sheet(once)


def sheet(data: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("工作室").to_python(skip_empty_area=False)


@pytest.mark.parametrize("text, xml", [
    ("a\x01b", "a_x0001_b"), ("_x0041_", "_x005F_x0041_"), ("a\ud800", "a_xD800_"), ("\r", "_x000D_"), ("_x41_", "_x41_")])
def test_characters_xml_forbids(text, xml):
    assert xmltext.escape(text) == xml and xmltext.unescape_cell(xml) == text


@pytest.mark.parametrize("value", [Decimal("NaN"), float("inf"), object()])
def test_what_is_no_value_is_a_programming_error(value):
    with pytest.raises(ValueError, match="no cell value"):
        written(value)
