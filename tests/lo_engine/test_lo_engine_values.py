"""The engine itself: it must be as particular as Excel, or tests on it prove nothing."""

from datetime import UTC, datetime

import pytest

from tests.lo_engine.bridge import ComError
from tests.lo_engine.objects import calls
from tests.lo_engine.typed import Typed, typed

TODAY = datetime(2026, 3, 5).date()


@pytest.fixture
def sheet(excel):
    return excel.books.add().sheets[0]


@pytest.mark.parametrize("text, value, number_format", [
    ("0123", 123.0, None), ("-5", -5.0, None), ("1,234.5", 1234.5, None), ("1,23", "1,23", None), ("12%", 0.12, "0%"),
    ("(3)", -3.0, None), ("1e3", 1000.0, None), (".5", 0.5, None), (".", ".", None), ("", "", None),
    ("650102199001011234", 650102199001011000.0, None), ("65010219900101123X", "65010219900101123X", None),
    ("2026-03-01", 46082.0, "yyyy/m/d"), ("2026/3/1", 46082.0, "yyyy/m/d"), ("2026年3月1日", 46082.0, "yyyy/m/d"),
    ("2026-3", 46082.0, "yyyy/m/d"), ("3-1", 46082.0, "yyyy/m/d"), ("3月1日", 46082.0, "yyyy/m/d"),
    ("2026-02-30", "2026-02-30", None), ("2026.3.1", "2026.3.1", None), ("8:30", 8.5 / 24, "h:mm"),
    ("'0123", "0123", None), ("''a", "'a", None), ("天山区", "天山区", None), (" x ", " x ", None)])
def test_typed_text(text, value, number_format):
    assert typed(text, TODAY) == Typed(value, number_format)


@pytest.mark.parametrize("text, formula", [("=A1+1", "=A1+1"), ("-A1", "=-A1"), ("+A1", "=+A1")])
def test_typed_formula(text, formula):
    assert typed(text, TODAY) == Typed(formula, formula=True)


def test_values_come_back_as_excel_gives_them(sheet):
    sheet["B1"].number_format = "@"
    sheet["A1:D2"].value = [["0123", "0123", "'0123", True], [datetime(2026, 3, 1), None, "=A1*2", "=1/0"]]
    assert sheet["A1:D2"].value == [[123, "0123", "0123", True], [datetime(2026, 3, 1), None, 246, None]]
    assert sheet["A1:D2"].options(err_to_str=True).value[1][3] == "#DIV/0!"
    assert sheet["A2"].raw_value == datetime(2026, 3, 1, tzinfo=UTC) and sheet["D2"].raw_value == -2146826281
    assert sheet["A2"].number_format == "yyyy/m/d" and sheet["C1"].number_format == "General"
    assert sheet["A1:B1"].number_format is None


def test_text_cells_keep_everything(sheet):
    sheet["A1:E1"].number_format = "@"
    sheet["A1:E1"].value = ["=1+1", "650102199001011234", 7, datetime(2026, 3, 1), "'x"]
    assert sheet["A1:E1"].value == ["=1+1", "650102199001011234", "7", "2026/3/1", "'x"]


def test_numbers_stay_exact(sheet):
    numbers = [[0.1, 1 / 3, -2.5e-7], [123456789.123, 1e15, 99999.99]]
    sheet["A1:C2"].value = numbers
    assert sheet["A1:C2"].value == numbers
    sheet["A1:C2"].value = [[*row[:2], "文"] for row in numbers]
    assert sheet["A1:B2"].value == [row[:2] for row in numbers]


def test_formulas_are_in_excels_spelling(sheet):
    other = sheet.book.sheets.add("人 员", after=sheet)
    formulas = (("=SUM('人 员'!A1:A3,2)", '=IF(A1>1,"是,",";")', "字"),
                ('=HYPERLINK("#\'人 员\'!J8","J8")', "=EDATE(C2,3)", "2.5"))
    sheet["A1:C2"].formula = formulas
    assert sheet["A1:C2"].formula == formulas and sheet["A1"].formula == formulas[0][0]
    other["A1"].value = 5
    assert sheet["A1:B2"].value == [[7, "是,"], ["J8", sheet["B2"].value]]
    sheet["E1"].value = True
    assert sheet["E1"].formula == "TRUE"
    sheet["D1:D3"].formula = "=C1"
    assert sheet["D1:D3"].formula == (("=C1",), ("=C2",), ("=C3",))


@pytest.mark.parametrize("formula", ["=1+", "=)", "=*2"])
def test_wrong_formulas_are_refused(sheet, formula):
    with pytest.raises(ComError, match="公式"):
        sheet["A1:B1"].value = [formula, "x"]


def test_blocks_are_single_calls(sheet):
    rows = [[f"文{row}" if column % 2 else row * column for column in range(30)] for row in range(200)]
    calls.clear()
    sheet["A1"].value = rows
    assert calls["Range.Value"] == 1
    assert sheet["A1:AD200"].value == rows and calls["Range.Value"] == 2


def test_links_are_one_block(sheet):
    links = [[f'=HYPERLINK("#\'表\'!J{row}","J{row}")'] for row in range(1, 501)]
    sheet["A1"].value = links
    assert sheet["A1:A500"].formula == tuple(map(tuple, links))
    assert sheet["A1:A2"].value == ["J1", "J2"]
