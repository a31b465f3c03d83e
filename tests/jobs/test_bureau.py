"""校验、复算给了市局的台账，就按台账“参数”和“年度安排”办，校验还与台账各表比对。"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.jobs.test_check_ledger import LAW, typed
from toolkit.errors import UserError
from toolkit.forms import RECOMMENDATION
from toolkit.jobs.bureau import of_ledger
from toolkit.jobs.check import check
from toolkit.jobs.score import score
from toolkit.pages import register
from toolkit.returns import recognise
from toolkit.sheets import edit, read
from toolkit.sheets.edit import AppendRows, SetCell
from toolkit.sheets.grid import a1

TODAY = NOW.date()


def parameter(ledger, name, value):
    rows = register.load(ledger, LAW).standing.records("参数")
    typed(ledger, "参数", "取值", value, next(number for number, row in enumerate(rows) if row["参数"] == name))


def codes(report):
    return [found.code for found in report.findings]


@pytest.mark.parametrize("least, refused", [(80000, 0), (80001, 1), (None, 1)])
def test_the_bureau_s_parameter_counts_in_checking(copy, least, refused):
    """虚构的一件承诺配套80,000元；条文的下限是100,000元。"""
    path = copy.returns / "新市区（高新区）报送.xlsx"
    assert codes(check([path], TODAY)).count("R07-6") == 1
    if least is not None:
        parameter(copy.ledger, "matching_minimum_yuan", least)
    assert codes(check([path], TODAY, ledger=copy.ledger)).count("R07-6") == refused


@pytest.mark.parametrize("year, counts", [(2026, True), (2025, False)])
def test_what_was_arranged_for_the_year_counts(copy, year, counts):
    opened = register.load(copy.ledger, LAW)
    table = opened.standing.tables["年度安排"]
    row = {table.layout.columns["年度"]: year, table.layout.columns["申报截止日"]: date(2026, 3, 1)}
    copy.ledger.write_bytes(edit.apply(opened.data, [AppendRows(table.name, table.layout.row + 1, [row])]))
    assert (of_ledger(copy.ledger, TODAY)[0]["application_deadline"] == date(2026, 3, 1)) is counts


def test_checking_with_the_ledger_looks_into_its_registers(copy, tmp_path):
    """已经命名的人另报一个职业：台账里查得出；不给台账就不知道。"""
    path = shutil.copy(next(copy.returns.glob("天山区*.xlsx")), tmp_path)
    named = {row["领办人"] for row in register.load(copy.ledger, LAW).standing.records("工作室")}
    source = recognise.locate(read.workbook(Path(path)), RECOMMENDATION)["推荐汇总"]
    columns, rows = source.layout.columns, source.grid.rows
    row = next(number for number, cells in enumerate(rows) if number > source.layout.row and cells[columns["领办人"]] in named)
    other = [SetCell("推荐汇总", row, columns["职业(工种)"], "茶艺师"), SetCell("推荐汇总", row, columns["职业编码"], None)]
    Path(path).write_bytes(edit.apply(Path(path).read_bytes(), other))
    assert "R03-2" not in codes(check([Path(path)], TODAY))
    found, = [each for each in check([Path(path)], TODAY, ledger=copy.ledger).findings if each.code == "R03-2"]
    assert found.place.cell == a1(row, columns["身份证号"])


def test_the_bureau_s_parameter_counts_in_rescoring(copy):
    folder = copy.folder / "期满考核" / "评分表"
    assert "E-subsidy" not in codes(score([folder], TODAY))
    parameter(copy.ledger, "subsidy_yuan", 150000)
    assert "E-subsidy" in codes(score([folder], TODAY, ledger=copy.ledger))


@pytest.mark.parametrize("job", [check, score])
def test_a_ledger_that_is_not_there_is_said(copy, job):
    with pytest.raises(UserError, match=r"找不到台账.*请核对文件位置"):
        job([copy.returns], TODAY, ledger=copy.folder / "没有.xlsm")


@pytest.mark.parametrize("job", [check, score])
def test_a_parameter_that_cannot_be_read_stops(copy, job):
    parameter(copy.ledger, "subsidy_yuan", "看情况")
    with pytest.raises(UserError, match="看情况"):
        job([copy.returns], TODAY, ledger=copy.ledger)
