"""按申报工作簿生成申报表：填了什么印什么，多的另附表；有错误的不生成；别人报了什么不相干；旧的一份不覆盖。"""

import subprocess
import sys

import pytest
from docx import Document

from tests.conftest import NOW
from tests.returns import applications as books
from toolkit.documents.application_contexts import AWARDS_PRINTED, PEOPLE_PRINTED
from toolkit.errors import UserError
from toolkit.jobs.application_paper import application_papers

TODAY = NOW.date()
UNIT = "新疆维吾尔自治区乌鲁木齐经济技术开发区示例机械设备制造安装工程股份有限公司第一分公司"
PASSAGES = {"主要工作业绩": "解决A&B<两项>难题。" * 150, "申办单位简介": "示例单位。\n第二段。", "主要工作方向": "焊接工艺", "建设预期目标": "三年带徒六名"}


def words(path):
    return [cell.text for table in Document(path).tables for row in table.rows for cell in row.cells]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "申报").mkdir()
    return tmp_path / "申报"


def test_everything_the_unit_wrote_is_printed(folder, tmp_path):
    page = books.page(工作室名称="买买提·艾力焊工技能大师工作室", 领办人="买买提·艾力", 申办单位=UNIT, **PASSAGES)
    most, awards = PEOPLE_PRINTED[1] + 1, AWARDS_PRINTED[1] + 1
    (folder / "甲.xlsm").write_bytes(books.workbook(page, [books.member(n) for n in range(1, most + 1)], [books.award(n) for n in range(1, awards + 1)]))
    report = application_papers([folder], tmp_path / "出", TODAY)
    (path,) = report.outputs
    said = words(path)
    for value in (*PASSAGES.values(), "买买提·艾力", "示例路1号3号楼"):
        assert any(value in cell for cell in said), value[:20]
    assert any(UNIT in cell for cell in said)
    assert sum(cell == "成员七" for cell in said) == 1 and sum(cell == "焊接工艺8" for cell in said) == 1, "表里放不下的在附表"
    assert "已生成申报表" in report.files[0].reason and not report.errors


def test_fields_left_empty_are_left_to_be_written(folder, tmp_path):
    (folder / "甲.xlsm").write_bytes(books.workbook(awards=[]))
    (path,) = application_papers([folder / "甲.xlsm"], tmp_path, TODAY).outputs
    assert "{{" not in "".join(words(path)) and "None" not in "".join(words(path))


def test_a_workbook_with_errors_gets_none_and_does_not_hold_up_the_others(folder, tmp_path):
    """两件用了同一个身份证号：各印各的，那是区县和市局要问的。"""
    (folder / "甲.xlsm").write_bytes(books.workbook())
    (folder / "乙.xlsm").write_bytes(books.workbook(books.page(工作室名称="钱二焊工技能大师工作室", 领办人="钱二")))
    (folder / "丙.xlsm").write_bytes(books.workbook(books.page(领办人手机="1390")))
    (folder / "丁.xlsx").write_bytes(b"PK")
    report = application_papers([folder], tmp_path / "出", TODAY)
    assert len(report.outputs) == 2
    reasons = {path.rsplit("/", 1)[-1]: reason for path, reason in ((line.path, line.reason) for line in report.files)}
    assert "没有生成申报表，错误1条，请改正后再生成" in reasons["丙.xlsm"] and "丁.xlsx" in reasons


def test_an_older_paper_stays_unless_it_is_to_be_replaced(folder, tmp_path):
    (folder / "甲.xlsm").write_bytes(books.workbook())
    (first,) = application_papers([folder], tmp_path, TODAY).outputs
    before = first.read_bytes()
    assert application_papers([folder], tmp_path, TODAY).outputs == [first] and first.read_bytes() == before and len(list(tmp_path.glob("*.docx"))) == 1
    (folder / "甲.xlsm").write_bytes(books.workbook(books.page(建设预期目标="改过的目标")))
    report = application_papers([folder], tmp_path, TODAY)
    assert first.read_bytes() == before and report.outputs[0] != first and [found.code for found in report.findings] == ["M-kept"]
    assert application_papers([folder], tmp_path, TODAY, replaces=True).outputs == [first] and first.read_bytes() != before


def test_what_is_no_application_is_told(folder, finished_demo):
    with pytest.raises(UserError, match="没有找到申报工作簿。请给出"):
        application_papers([finished_demo.returns], folder, TODAY)


@pytest.mark.parametrize("arguments, said", [
    (("申报表",), "没有给出台账。请加上 --ledger"), (("公示", "--from", "."), "“公示”不能按申报工作簿生成"),
    (("申报表", "--from", ".", "--ledger", "工作室管理台账.xlsm"), "只能用一个"), (("申报表", "--from", ".", "--dry-run"), "--dry-run 只用于按台账生成"),
    (("申报表", "--from", ".", "--year", "2026", "--studio", "2026-01"), "--year、--studio 只用于按台账生成")])
def test_a_document_is_made_from_one_thing(tmp_path, copy, arguments, said):
    done = subprocess.run([sys.executable, "-m", "toolkit", "docs", *arguments, "--out", str(tmp_path / "出")], capture_output=True, encoding="utf-8",
                          cwd=copy.folder)
    assert done.returncode == 2 and said in done.stderr and not (tmp_path / "出").exists()
