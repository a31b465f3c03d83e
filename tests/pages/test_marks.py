"""Marked copies: findings where the eye is, the original untouched, earlier marks gone."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.office import convert, pictures
from tests.sheets import ledgers
from toolkit.errors import UserError
from toolkit.pages import marks
from toolkit.returns.findings import ERROR, QUERY, Finding, Place
from toolkit.sheets import read

FILE = "天山区.xlsx"
OTHER = "王 姐's 表"
HEADER_ROWS = {"工作室": 0}


def found(level: str, cell: str, field: str, value: str, message: str, sheet: str = "工作室", explained: str = "") -> Finding:
    return Finding("C-x", level, "第七条", Place(FILE, sheet, cell, field), value, message, explained)


FINDINGS = [
    found(QUERY, "F3", "补助额", "100000", "金额偏大。请核对。"),
    found(ERROR, "E2", "身份证号", "650102196501010011", "“650102196501010011”校验位不对。请对照身份证。"),
    found(ERROR, "C2", "区县", "天山", "“天山”不在名单。请从下拉框选择。"),
    found(QUERY, "B3", "名称", "王芳", "与上年不同。请说明。", explained="更名，见批文"),
    found(ERROR, "B1", "自己的算式", "", "请核对。", sheet=OTHER),
    found(ERROR, "", "", "", "没有填报日期。请补上。", sheet="")]


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / FILE
    path.write_bytes(ledgers.rich())
    return path


def mark(source: Path, findings=FINDINGS, name: str = "标记/天山区_校验.xlsx", header_rows=HEADER_ROWS) -> Path:
    return marks.write_marked(source, read.workbook(source), findings, header_rows, source.parent / name)


def texts(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_original_is_untouched_and_the_copy_keeps_all_that_was_in_it(source):
    copy = mark(source)
    assert source.read_bytes() == ledgers.rich()
    kept, members = ledgers.raw_members(source.read_bytes()), ledgers.raw_members(copy.read_bytes())
    changed = {name for name in kept if members[name] != kept[name]}
    assert changed == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                       "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml",
                       "xl/drawings/vmlDrawing1.vml"}


def test_open_findings_are_marked_and_explained_ones_are_not(source):
    sheet = openpyxl.load_workbook(mark(source))["工作室"]
    assert {cell.coordinate: cell.comment.text for row in sheet for cell in row
            if cell.comment and cell.comment.author == "校验"} == {
        "C2": "【错误】“天山”不在名单。请从下拉框选择。（第七条）",
        "E2": "【错误】“650102196501010011”校验位不对。请对照身份证。（第七条）", "F3": "【提示】金额偏大。请核对。（第七条）"}
    marked = {str(areas.sqref) for areas in sheet.conditional_formatting if "校验标记" in str(areas.rules[0].formula)}
    assert marked == {"C2 E2", "F3"}


def test_the_issue_column_stands_behind_the_headers(source):
    sheet = openpyxl.load_workbook(mark(source))["工作室"]
    assert [sheet[f"I{row}"].value for row in (1, 2, 3)] == [
        "问题", "【错误】区县：“天山”不在名单。请从下拉框选择。\n【错误】身份证号：“650102196501010011”校验位不对。请对照身份证。",
        "【提示】补助额：金额偏大。请核对。"]
    assert sheet.row_dimensions[2].height >= 30 and sheet.column_dimensions["I"].width == 64


def test_the_list_names_every_finding_in_reading_order(source):
    book = openpyxl.load_workbook(mark(source))
    rows = texts(book["问题清单"])
    assert book.sheetnames == ["工作室", OTHER, "图", "问题清单"]
    assert rows[1][0] == "错误 4 条，必须修改；提示 2 条，修改或在“备注”里说明（已说明 1 条）。"
    assert [(row[2], row[3], row[9]) for row in rows[4:]] == [
        (None, None, "待修改"), ("工作室", "C2", "待修改"), ("工作室", "E2", "待修改"), ("工作室", "B3", "已说明：更名，见批文"),
        ("工作室", "F3", "待修改或说明"), (OTHER, "B1", "待修改")]
    assert [row[3].hyperlink.location for row in book["问题清单"].iter_rows(min_row=6)] == [
        "'工作室'!C2", "'工作室'!E2", "'工作室'!B3", "'工作室'!F3", "'王 姐''s 表'!B1"]


def test_a_second_check_clears_what_is_mended(source):
    first = mark(source)
    second = mark(first, FINDINGS[:1], "再.xlsx")
    book = openpyxl.load_workbook(second)
    sheet = book["工作室"]
    assert [sheet[f"I{row}"].value for row in (1, 2, 3)] == ["问题", None, "【提示】补助额：金额偏大。请核对。"]
    assert sheet["J1"].value is None and len(texts(book["问题清单"])) == 5
    assert {cell.coordinate for row in sheet for cell in row if cell.comment} == {"B2", "H3", "F3"}
    clean = mark(second, [], "净.xlsx")
    assert texts(openpyxl.load_workbook(clean)["问题清单"])[1][0] == "没有发现问题。"
    assert "校验标记" not in zipfile.ZipFile(clean).read("xl/worksheets/sheet1.xml").decode()


def test_a_column_in_use_is_not_written_over(source):
    book = openpyxl.load_workbook(io.BytesIO(ledgers.by_openpyxl()))
    book["工作室"]["I3"] = "旁注"
    book.save(source)
    sheet = openpyxl.load_workbook(mark(source, FINDINGS[:3]))["工作室"]
    assert (sheet["I3"].value, sheet["J1"].value) == ("旁注", "问题")


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_are_marked_in_an_xlsx_at_the_same_addresses(source, suffix, tmp_path):
    old = convert(source, suffix, tmp_path)
    copy = mark(old, name=f"标记/天山区_校验.{suffix}")
    sheet = openpyxl.load_workbook(copy)["工作室"]
    assert copy.name == "天山区_校验.xlsx" and sheet["E2"].comment.author == "校验"
    assert (sheet["E2"].value, sheet["F2"].value, str(sheet["G2"].value)[:10]) == (
        "650102196501010011", 100000, "2023-09-01")
    assert sheet["I1"].value == "问题" and sheet.freeze_panes == "A2"


def test_a_macro_workbook_keeps_its_suffix(source):
    types = zipfile.ZipFile(source).read("[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    source.write_bytes(ledgers.replaced(source.read_bytes(), {"[Content_Types].xml": types}))
    assert mark(source).suffix == ".xlsm"


def test_a_copy_that_cannot_be_written_is_said(source):
    source.with_name("文件").touch()
    with pytest.raises(UserError, match="不能写入。请关闭"):
        mark(source, name="文件/校验.xlsx")


def test_the_marked_copy_prints(source):
    pdf = convert(mark(source), "pdf", source.parent)
    assert len(pictures(pdf, source.parent, 30)) >= 2
