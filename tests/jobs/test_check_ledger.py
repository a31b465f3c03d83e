"""校验台账：读不懂的格、改动或截断的操作日志都指得出；原件不动；放错地方的台账和评分表说得清。"""

import shutil

import pytest
from openpyxl import load_workbook

from tests.conftest import NOW
from toolkit.jobs.check import check
from toolkit.pages import register
from toolkit.pages.marks import LIST
from toolkit.regulation import in_force
from toolkit.sheets import edit
from toolkit.sheets.edit import SetCell

TODAY = NOW.date()
LAW = in_force(TODAY)


def typed(ledger, sheet, header, value, number=0):
    """`value` stands in the ledger; returns the cell's address."""
    opened = register.load(ledger, LAW)
    record, column = opened.standing.records(sheet)[number], opened.standing.tables[sheet].layout.columns[header]
    ledger.write_bytes(edit.apply(opened.data, [SetCell(sheet, record.row, column, value)]))
    return record.place(header).cell


def errors(report):
    return [(found.code, found.place.sheet, found.place.cell) for found in report.findings if found.level == "错误"]


def test_the_ledger_of_the_demonstration_has_no_fault(copy):
    before = copy.ledger.read_bytes()
    report = check([copy.ledger], TODAY)
    status, = report.files
    assert (status.status, status.form, report.exit_status) == ("已读", "工作室管理台账", 0) and status.rows > 100
    assert copy.ledger.read_bytes() == before


@pytest.mark.parametrize("sheet, header, value", [
    ("公示命名", "公示发布日", "月底"), ("公示命名", "异议", "有？"), ("工作室", "建设周期起", "2026年"), ("申报批次", "评审结论", "通过？")])
def test_a_cell_that_nobody_can_read_is_named(copy, sheet, header, value):
    cell = typed(copy.ledger, sheet, header, value)
    report = check([copy.ledger], TODAY)
    assert (sheet, cell) in {place for _, *rest in errors(report) for place in (tuple(rest),)} and report.exit_status == 1
    found = next(each for each in report.findings if each.place.cell == cell)
    assert value in found.message and "请" in found.message


def test_a_line_of_the_log_that_was_changed_is_found(copy):
    typed(copy.ledger, "操作日志", "摘要", "没有的事")
    assert ("M-log", "操作日志", "") in {(found.code, found.place.sheet, found.place.cell) for found in check([copy.ledger], TODAY).findings}


def test_the_end_of_the_log_that_was_cut_off_is_found(copy):
    opened = register.load(copy.ledger, LAW)
    last, columns = opened.standing.records("操作日志")[-1], opened.standing.tables["操作日志"].layout.columns.values()
    copy.ledger.write_bytes(edit.apply(opened.data, [SetCell("操作日志", last.row, column, None) for column in columns]))
    assert "M-log-tail" in {found.code for found in check([copy.ledger], TODAY).findings}


def test_a_marked_copy_shows_the_cell(copy, tmp_path):
    cell = typed(copy.ledger, "公示命名", "公示发布日", "月底")
    before = copy.ledger.read_bytes()
    written, = check([copy.ledger], TODAY, tmp_path / "出").outputs
    marked = load_workbook(written)
    assert marked["公示命名"][cell].comment and "月底" in marked["公示命名"][cell].comment.text and LIST in marked.sheetnames
    assert copy.ledger.read_bytes() == before


def test_a_ledger_or_score_sheet_among_returns_is_told_and_hurts_nobody(copy):
    shutil.copy(copy.ledger, copy.returns)
    shutil.copy(next((copy.folder / "期满考核" / "评分表").iterdir()), copy.returns)
    report = check([copy.returns], TODAY)
    told = {status.name: status for status in report.files if status.status == "拒收" and "不是区（县）报送的汇总表" in status.reason}
    assert len(told) == 2 and copy.ledger.name in told
    assert sum(status.status == "已读" for status in report.files) >= 7


def test_a_ledger_beside_returns_is_checked_and_so_are_they(copy):
    one = next(copy.returns.glob("米东区*"))
    report = check([copy.ledger, one], TODAY)
    assert [status.form for status in report.files if status.status == "已读"] == ["区县推荐汇总表", "工作室管理台账"]
