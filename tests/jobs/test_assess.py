"""`new 期满考核评分表 --ledger`: one filled workbook for each studio in its window, nothing of the template lost."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
import python_calamine
from typer.testing import CliRunner

from tests import office
from tests.returns.make import LAW, id_number
from toolkit.cli import app
from toolkit.errors import UserError
from toolkit.forms import ASSESSMENT
from toolkit.jobs.assess import assess
from toolkit.jobs.score import score
from toolkit.pages import register
from toolkit.pages.layout import FIRST_ROW
from toolkit.resources import workbook_template
from toolkit.sheets import edit, read
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.recalculate import named_cells

ON = date(2026, 10, 20)
NAME = "赵一焊工技能大师工作室"
BORN = date(1980, 5, 20)


def studio(name=NAME, **changes):
    return {"工作室编号": "2024-01", "工作室名称": name, "区县": "天山区", "申办单位": "甲机械有限公司", "领办人": "赵一", "身份证号": id_number(BORN),
            "状态": "有效", "命名日期": date(2024, 12, 1), "建设周期起": date(2024, 12, 1), "建设周期止": date(2026, 12, 1)} | changes


def money(kind, amount, day=date(2025, 3, 1), **changes):
    return {"工作室名称": NAME, "日期": day, "类别": kind, "金额(元)": amount, "凭证号": f"记{amount}"} | changes


def member(serial, **changes):
    return {"年度": 2024, "区县": "天山区", "工作室名称": NAME, "姓名": f"成员{serial}", "身份证号": id_number(date(1990, 1, 2), "男", serial),
            "是否正式员工": "是"} | changes


@pytest.fixture
def book(tmp_path):
    """Write a ledger with rows in some of its sheets."""
    def write(**rows):
        data = workbook_template("工作室管理台账").read_bytes()
        tables = register.open_ledger(data, "台账.xlsx", LAW).standing.tables
        path = tmp_path / "台账.xlsx"
        path.write_bytes(edit.apply(data, [
            edit.AppendRows(sheet, FIRST_ROW, [{tables[sheet].layout.columns[header]: value for header, value in row.items()} for row in given])
            for sheet, given in rows.items()]))
        return path
    return write


def cells(path):
    """Defined name → saved value."""
    book = openpyxl.load_workbook(path, data_only=True)["评分表"]
    return {name: book.cell(spot.row + 1, spot.column + 1).value for name, spot in named_cells(Workbook(path.read_bytes()))
            if spot.sheet == "评分表"}


def test_what_the_ledger_knows_is_filled_in_and_computed(book, tmp_path):
    path = book(工作室=[studio()], 经费=[
        money("补助拨付", 100000), money("配套到位", 60000), money("配套到位", 30000, date(2025, 6, 1)),
        money("支出", 5000, 资金来源="单位配套", 用途类别="设施设备", 摘要="焊机", 是否专账="是")],
        人员=[member(1), member(2), member(2), member(3, 是否正式员工="否"), member(4, 身份证号=id_number(BORN)), member(5, 年度=2023)])
    made, = assess(ASSESSMENT.name, path, ON, tmp_path / "评分表")
    found = cells(made)
    assert made.name == f"{NAME}_期满考核评分表.xlsm"
    assert [found[name] for name in ("fact_studio_no", "fact_studio", "fact_leader", "fact_unit", "fact_district")] == [
        "2024-01", NAME, "赵一", "甲机械有限公司", "天山区"]
    assert (found["fact_from"].date(), found["fact_to"].date(), found["in_team"]) == (date(2024, 12, 1), date(2026, 12, 1), 2)
    grids = {grid.name: grid.rows for grid in read.workbook(made).grids}
    assert [row[1:4] for row in grids["经费到位"][FIRST_ROW:FIRST_ROW + 3]] == [
        ("市级补助", 100000, "记100000"), ("单位配套", 60000, "记60000"), ("单位配套", 30000, "记30000")]
    assert grids["经费支出"][FIRST_ROW][1:6] == ("记5000", "单位配套", "设施设备", "焊机", 5000)


def test_the_day_of_the_assessment_brings_the_points(book, tmp_path):
    made, = assess(ASSESSMENT.name, book(工作室=[studio()], 经费=[money("配套到位", 90000)]), ON, tmp_path / "评分表")
    spot = dict(named_cells(Workbook(made.read_bytes())))["fact_date"]
    dated = tmp_path / "填了日期.xlsx"
    dated.write_bytes(edit.apply(made.read_bytes(), [edit.SetCell(spot.sheet, spot.row, spot.column, ON)]))
    own, = score([dated], ON).scores
    assert own.score.items["2.1"] == 18 and own.score.items["2.4"] == "待填"


@pytest.mark.parametrize("ends, due", [
    (date(2026, 10, 19), True), (date(2026, 10, 20), True), (date(2027, 1, 20), True), (date(2027, 1, 21), False)])
def test_the_window_begins_and_who_is_late_is_still_assessed(book, tmp_path, ends, due):
    path = book(工作室=[studio(建设周期止=ends)])
    if due:
        assert len(assess(ASSESSMENT.name, path, ON, tmp_path / "评分表")) == 1
    else:
        with pytest.raises(UserError, match="没有在期满考核期间的工作室"):
            assess(ASSESSMENT.name, path, ON, tmp_path / "评分表")


def test_only_studios_that_count_and_of_the_district_asked_for(book, tmp_path):
    path = book(工作室=[studio(), studio("钱二车工技能大师工作室", 区县="米东区"), studio("孙三钳工技能大师工作室", 状态="已撤销"),
                    studio("李四电工技能大师工作室", 建设周期起=None, 建设周期止=None)])
    assert [made.name[:2] for made in assess(ASSESSMENT.name, path, ON, tmp_path / "全市")] == ["赵一", "钱二", "李四"]
    assert [made.name[:2] for made in assess(ASSESSMENT.name, path, ON, tmp_path / "米东", "米东区")] == ["钱二"]
    with pytest.raises(UserError, match="“米东”不在本市的8个区（县）内。可能是“米东区”"):
        assess(ASSESSMENT.name, path, ON, tmp_path / "错字", "米东")
    with pytest.raises(UserError, match=r"^水磨沟区.*没有在期满考核期间的工作室"):
        assess(ASSESSMENT.name, path, ON, tmp_path / "没有", "水磨沟区")


def test_studios_do_not_run_into_each_other(book, tmp_path):
    path = book(工作室=[studio(), studio("钱二车工技能大师工作室", 领办人="钱二")], 经费=[money("配套到位", 90000)], 人员=[member(1)])
    first, second = assess(ASSESSMENT.name, path, ON, tmp_path / "评分表")
    assert (cells(first)["in_team"], cells(second)["in_team"]) == (1, None)
    assert not any(read.workbook(second).grids[2].rows[FIRST_ROW][:4]) and cells(second)["fact_leader"] == "钱二"


def parts(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def about(data):
    """What a sheet has beside its values."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: (sheet.protection.sheet, len(sheet.data_validations.dataValidation), len(sheet.conditional_formatting),
                          sorted(map(str, sheet.merged_cells.ranges)), sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation,
                          sheet.freeze_panes, [(cell.coordinate, cell.style_id) for row in sheet for cell in row],
                          {cell.coordinate: cell.value for row in sheet for cell in row if str(cell.value).startswith("=")})
            for sheet in book}, list(book.defined_names)


def test_nothing_of_the_template_is_lost(book, tmp_path):
    path = book(工作室=[studio()], 经费=[money("配套到位", 90000)])
    made, = assess(ASSESSMENT.name, path, ON, tmp_path / "评分表")
    shipped = workbook_template(ASSESSMENT.name).read_bytes()
    before, after = parts(shipped), parts(made.read_bytes())
    assert list(before) == list(after)
    assert all(name.startswith("xl/worksheets/sheet") for name in before if before[name] != after[name])
    kept, now = about(shipped), about(made.read_bytes())
    written_over = {name: {cell: now[0][name][-1].get(cell) for cell in kept[0][name][-1]} for name in kept[0]}
    assert kept[1] == now[1] and [kept[0][name][:-1] for name in kept[0]] == [now[0][name][:-1] for name in now[0]]
    gone = [(name, cell) for name, formulas in written_over.items() for cell, formula in formulas.items() if formula is None]
    assert len(gone) == 1 and gone[0][0] == "评分表"  # 建设周期止: the ledger's own date stands where the form computes one


def test_libreoffice_computes_what_was_saved(book, tmp_path):
    path = book(工作室=[studio()], 经费=[money("补助拨付", 100000), money("配套到位", 90000)], 人员=[member(1), member(2)])
    made, = assess(ASSESSMENT.name, path, ON, tmp_path / "评分表")
    (tmp_path / "存过").mkdir()
    again = office.convert(made, "xlsx", tmp_path / "存过")
    for name in ("评分表", *(sheet.name for sheet in ASSESSMENT.sheets)):
        ours, theirs = (python_calamine.CalamineWorkbook.from_path(str(each)).get_sheet_by_name(name).to_python() for each in (made, again))
        assert ours == theirs, name


@pytest.mark.parametrize("call, message", [
    (lambda path, out: assess("区县推荐汇总表", path, ON, out), "不按台账预填"), (lambda path, out: assess(ASSESSMENT.name, out / "没有.xlsx", ON, out), "找不到台账"),
    (lambda path, out: [assess(ASSESSMENT.name, path, ON, out) for _ in range(2)], "已经存在"),
    (lambda path, out: assess(ASSESSMENT.name, path, date(2026, 1, 1), out), "2026-09-01起可以考核")])
def test_what_stands_in_the_way_is_said(book, tmp_path, call, message):
    with pytest.raises(UserError, match=message):
        call(book(工作室=[studio()]), tmp_path / "评分表")


def test_the_command_names_the_files(book, tmp_path):
    path = book(工作室=[studio()])
    done = CliRunner().invoke(app, ["new", ASSESSMENT.name, "--ledger", str(path), "--on", "2026-10-20", "--out", str(tmp_path / "评分表")])
    assert done.exit_code == 0 and NAME in done.stdout
