"""What cells accept, set in a file and in an open workbook: the same rules, and what people set stays."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from tests.com.model.application import Application
from tests.lo_engine.answers import Answers
from tests.lo_engine.xlwings_engine import install_over
from tests.sheets import files, ledgers
from toolkit.sheets.edit import SetCell, SetValidation, SetWidth, Validation, apply
from toolkit.sheets.live import OpenBook

SHEET = "工作室"
ROWS = (4, 40)
CHOICES = Validation("list", first='"是,否,待定"', error_title="请从下拉框选", error_message="只收下拉框里的内容。")
NUMBERS = Validation("list", first=f"'{SHEET}'!$A$2:INDEX('{SHEET}'!$A$2:$A$100,2)", asks=True, error_message="下拉框里没有。")
DATES = Validation("date", first="1", second="73415", input_title="批复日", input_message="日期，如 2026-11-20。")
MONEY = Validation("decimal", "greaterThanOrEqual", first="0")
SAID = Validation(input_title="备注", input_message="文字。")
RULES = {20: CHOICES, 21: NUMBERS, 22: DATES, 23: MONEY, 24: SAID}
EDITS = [SetValidation(SHEET, column, ROWS, rule) for column, rule in RULES.items()]


def rules_of(sheet):
    """Where each rule holds, and what it says; the office writes 0 for no formula, and no quotes around a name that needs none."""
    return {str(rule.sqref): (rule.type or "none", rule.operator or "between", _spelled(rule.formula1), _spelled(rule.formula2), rule.errorStyle or "stop",
                              rule.promptTitle or "", rule.prompt or "", rule.errorTitle or "", rule.error or "")
            for rule in sheet.data_validations.dataValidation}


def _spelled(formula):
    return (formula or "").replace("'", "").removeprefix("0")


def rules_in(data):
    return rules_of(openpyxl.load_workbook(io.BytesIO(data))[SHEET])


def expected():
    columns = "UVWXY"
    return {f"{columns[place]}5:{columns[place]}41": (rule.kind, rule.operator, _spelled(rule.first), rule.second, "warning" if rule.asks else "stop",
                                                     rule.input_title, rule.input_message, rule.error_title, rule.error_message)
            for place, rule in enumerate(RULES.values())}


def of_people(data, area):
    """The ledger with a rule of people's own over an area."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    book[SHEET].add_data_validation(DataValidation("list", formula1='"自己,的"', sqref=area))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_file_gets_the_rules_behind_those_it_has():
    before = rules_in(ledgers.rich())
    assert rules_in(apply(ledgers.rich(), EDITS)) == before | expected()


@pytest.mark.parametrize("area", ["U9", "U1:U6", "T2:Z5", "A41:Z41", "U1:U1048576"])
def test_what_people_set_stays_and_the_column_gets_no_second_rule(area):
    before = of_people(ledgers.by_openpyxl(), area)
    assert rules_in(apply(before, EDITS[:1])) == rules_in(before)


@pytest.mark.parametrize("area", ["T9", "V1:V99", "U1:U4", "U42:U50"])
def test_rules_beside_it_are_no_matter(area):
    before = of_people(ledgers.by_openpyxl(), area)
    assert set(rules_in(apply(before, EDITS[:1]))) == {area, "U5:U41"}


@pytest.fixture(params=["LibreOffice", "替身"])
def excel_or_stand_in(request, tmp_path):
    """Opens a workbook's bytes in the office, or in the stand-in for Excel; gives it and its path."""
    def opened(data):
        path = files.saved(tmp_path, data)
        return OpenBook(app.books.open(path)), path

    app = request.getfixturevalue("excel") if request.param == "LibreOffice" else install_over(Application(Answers()))
    yield opened
    for book in list(app.books):
        book.close()


def test_an_open_workbook_gets_the_same(excel_or_stand_in):
    opened, path = excel_or_stand_in(ledgers.rich())
    opened.apply([*EDITS, SetCell(SHEET, 5, 20, "是")])
    opened.save()
    found = rules_in(path.read_bytes())
    assert {area: found.get(area) for area in expected()} == expected() and len(found) == len(EDITS) + len(rules_in(ledgers.rich()))


def test_an_open_workbook_keeps_what_people_set(excel_or_stand_in):
    opened, path = excel_or_stand_in(of_people(ledgers.by_openpyxl(), "U9:U12"))
    opened.apply(EDITS[:2])
    opened.save()
    assert set(rules_in(path.read_bytes())) == {"U9:U12", "V5:V41"}


def test_what_is_typed_into_a_new_column_stays_a_text(excel_or_stand_in):
    opened, path = excel_or_stand_in(ledgers.by_openpyxl())
    opened.apply([SetWidth(SHEET, 20, 21, "@"), SetCell(SHEET, 1, 20, "650104198603112000")])
    opened.save()
    cell = openpyxl.load_workbook(path)[SHEET]["U2"]
    assert cell.number_format.endswith("@") and cell.value == "650104198603112000"
