"""区县考核汇总表, filled in, returned and merged: the ledger follows it, once; grades that hang on a reading wait for a confirmation."""

from datetime import date, datetime, timedelta

import openpyxl
import pytest

from toolkit.forms.summary import RESULTS, SUMMARY
from toolkit.jobs import merge as merging
from toolkit.jobs.check import check
from toolkit.pages import register, summary_book
from toolkit.pages.layout import FIRST_ROW, Edition
from toolkit.regulation import in_force
from toolkit.resources import workbook_template
from toolkit.sheets import edit, read

NOW, TODAY = datetime(2026, 11, 20, 9, 30), date(2026, 11, 20)
LAW = in_force(TODAY)
ENDS = date(2026, 12, 1)


def row(number=1, **changes):
    """A studio with 93.5 + 2.5 points."""
    return {"序号": number, "区县": "天山区", "工作室编号": f"2024-{number:02d}", "工作室名称": f"赵{'零一二三四五六七八九'[number]}焊工技能大师工作室", "领办人": f"赵{'零一二三四五六七八九'[number]}",
            "申办单位": "甲机械有限公司", "职业(工种)": "焊工", "考核日期": date(2026, 10, 20), "制度建设": 10, "保障建设": 33, "技术攻关研发": 12.5,
            "带徒传艺": 30, "技术交流": 8, "加分": 2.5, "等次敏感性": "一致"} | changes


def write(folder, *rows, district="天山区", name=None, filled=TODAY):
    folder.mkdir(exist_ok=True)
    path = folder / (name or f"{district}.xlsx")
    path.write_bytes(summary_book.workbook(Edition(LAW, district, 2026), filled, rows))
    return path


def shown(path, number, header):
    """What a row of 考核汇总 shows under a header."""
    grid = next(grid for grid in read.workbook(path).grids if grid.name == RESULTS.name)
    return dict(enumerate(grid.rows[FIRST_ROW + number])).get(RESULTS.headers.index(header))


def known_studios(path, *studios):
    """Studios the ledger knows."""
    data = workbook_template("工作室管理台账").read_bytes()
    columns = register.open_ledger(data, path.name, LAW).standing.tables["工作室"].layout.columns
    rows = [{columns[header]: value for header, value in studio.items()} for studio in studios]
    path.write_bytes(edit.apply(data, [edit.AppendRows("工作室", FIRST_ROW, rows)]))


def studio(number=1, **changes):
    return {"工作室编号": f"2024-{number:02d}", "工作室名称": f"赵{'零一二三四五六七八九'[number]}焊工技能大师工作室", "区县": "天山区", "领办人": f"赵{'零一二三四五六七八九'[number]}", "状态": "有效",
            "建设周期止": ENDS} | changes


def merge(tmp_path, now=NOW, **given):
    order = merging.order_for(tmp_path / "报表", 2026, form="区县考核汇总表", ledger=tmp_path / "台账.xlsx", out=tmp_path / "结果", **given)
    return merging.merge(order, now)


def held(tmp_path):
    return register.load(tmp_path / "台账.xlsx", LAW).standing.records("期满考核")


def codes(report):
    return sorted(found.code for found in report.findings if not found.code.startswith("M-"))


def test_the_standard_workbook_computes_sums_grades_and_what_follows(tmp_path):
    path = write(tmp_path, row(1), row(2, 带徒传艺=0, 保障建设=15, 加分=0))
    first, second = ([shown(path, number, header) for header in ("基础分", "总分", "等次", "处理建议")] for number in range(2))
    assert first == [93.5, 96, "优秀", None] and second[:3] == [45.5, 45.5, "不合格"]
    assert "撤销" in second[3] and "追回资助资金" in second[3] and "第十九条（二）" in second[3]


@pytest.mark.rule("R19-3")
@pytest.mark.parametrize("points, bonus, total, grade, why", [
    (29.5, 0, 59.5, "不合格", "不四舍五入"), (30, 0, 60, "合格", "60分及以上"), (29.995, 30, 69.995, "合格", "加分至多10分"),
    (60, 0, 90, "优秀", "90分及以上"), (59.995, 0, 89.995, "合格", "不四舍五入"), (50, 9.995, 89.995, "合格", "不四舍五入"), (50, 10, 90, "优秀", "含加分")])
def test_grades_have_sharp_ends(tmp_path, points, bonus, total, grade, why):
    parts = {"制度建设": 0, "保障建设": 15, "技术攻关研发": 15, "带徒传艺": 0, "技术交流": 0}
    parts |= {"制度建设": min(points, 10), "带徒传艺": min(max(points - 10, 0), 30), "保障建设": 15 + max(points - 40, 0)}
    path = write(tmp_path, row(加分=bonus, **parts))
    assert (shown(path, 0, "总分"), shown(path, 0, "等次")) == (pytest.approx(total, abs=1e-12), grade), why


def test_a_clean_return_enters_the_ledger_once(tmp_path):
    known_studios(tmp_path / "台账.xlsx", studio(1), studio(2))
    write(tmp_path / "报表", row(1), row(2, 备注="复核无误"))
    first = merge(tmp_path)
    assert codes(first) == [] and len(first.plan.added) == 2 and first.districts == {"天山区": "已报"}
    found = held(tmp_path)
    assert [(record["工作室名称"], record["总分"], record["等次"], record["入账状态"]) for record in found] == [
        ("赵一焊工技能大师工作室", 96, "优秀", "已受理"), ("赵二焊工技能大师工作室", 96, "优秀", "已受理")]
    assert found[0]["来源文件"] == "天山区.xlsx" and found[0]["考核日期"] == date(2026, 10, 20)
    before = (tmp_path / "台账.xlsx").read_bytes()
    again = merge(tmp_path, NOW + timedelta(hours=1))
    assert again.plan.empty and again.plan.unchanged == 2 and (tmp_path / "台账.xlsx").read_bytes() == before


def test_a_later_return_changes_the_row_and_a_row_left_out_is_told(tmp_path):
    known_studios(tmp_path / "台账.xlsx", studio(1), studio(2))
    write(tmp_path / "报表", row(1), row(2))
    merge(tmp_path)
    write(tmp_path / "报表", row(1, 技术交流=7.5), name="天山区（补报）.xlsx", filled=date(2026, 11, 21))
    report = merge(tmp_path, NOW + timedelta(hours=1))
    assert [change.fields["总分"] for change in report.plan.changed if "总分" in change.fields]
    assert {found.code for found in report.findings} >= {"M-withdrawn", "M-resubmitted"}
    assert [(str(record["总分"]), record["入账状态"]) for record in held(tmp_path)] == [("95.5", "已受理"), ("96", "待核撤回")]


@pytest.mark.rule("R19-3")
@pytest.mark.parametrize("said, bonus, confirmed, enters", [
    ("一致", 2.5, None, True), ("等次因是否计入加分而不同", 0, None, False), ("等次因是否计入加分而不同", 0, "考核组认定计入加分。组长：钱二", True),
    ("一致", 5, None, False), ("一致", 5, "考核组认定计入加分。组长：钱二", True)])
def test_a_grade_that_hangs_on_a_reading_waits_for_its_confirmation(tmp_path, said, bonus, confirmed, enters):
    known_studios(tmp_path / "台账.xlsx", studio(1))
    base = {"技术攻关研发": 7.5} if bonus == 5 else {}
    write(tmp_path / "报表", row(加分=bonus, 等次敏感性=said, 确认说明=confirmed, 备注="情况属实", **base))
    report = merge(tmp_path)
    assert ("S-confirm" in codes(report)) is not enters
    assert [record["确认说明"] for record in held(tmp_path)] == ([confirmed] if enters else [])
    assert report.exit_status == (0 if enters else 1)


def test_what_a_row_can_be_wrong_about(tmp_path):
    path = write(tmp_path, row(1, 制度建设=10.5), row(2, 加分=11), row(3))
    book = openpyxl.load_workbook(path)
    book[RESULTS.name].cell(FIRST_ROW + 3, RESULTS.headers.index("总分") + 1).value = 99
    book.save(path)
    found = {(each.code, each.place.cell): each.message for each in check([path], TODAY).findings}
    assert {code for code, _ in found} == {"R19-3.section", "R19-3.bonus", "F-computed"}
    assert any("“10.5”分超过这一部分的满分10分" in message for message in found.values())
    assert any("“99”，应为“96”" in message for message in found.values())


def test_the_ledger_and_other_districts_are_compared(tmp_path):
    known_studios(tmp_path / "台账.xlsx", studio(1, 领办人="别人"), studio(2, 建设周期止=date(2027, 6, 1)))
    write(tmp_path / "报表", row(1), row(2), row(3, 备注="新设"))
    write(tmp_path / "报表", row(2, 区县="新市区"), district="新市区")
    found = {(each.code, each.place.field) for each in merge(tmp_path).findings if not each.code.startswith("M-")}
    assert found == {("R19-2.differs", "领办人"), ("R19-2", "考核日期"), ("R19-2.studio", "工作室名称"), ("R19-2.twice", "工作室名称"),
                     ("R19-2.differs", "区县")}


@pytest.mark.parametrize("day, inside", [(date(2026, 8, 31), False), (date(2026, 9, 1), True), (date(2026, 12, 1), True), (date(2026, 12, 2), False)])
def test_the_window_has_both_ends(tmp_path, day, inside):
    known_studios(tmp_path / "台账.xlsx", studio(1))
    write(tmp_path / "报表", row(考核日期=day))
    assert ("R19-2" not in codes(merge(tmp_path))) is inside


def test_nobody_due_is_a_return_too_and_only_districts_with_something_due_are_asked(tmp_path):
    known_studios(tmp_path / "台账.xlsx", studio(1), studio(2, 区县="米东区"))
    write(tmp_path / "报表")
    report = merge(tmp_path)
    assert report.districts == {"天山区": "无推荐", "米东区": "未报"} and codes(report) == []


def test_two_returns_of_one_day_are_left_to_people(tmp_path):
    known_studios(tmp_path / "台账.xlsx", studio(1))
    write(tmp_path / "报表", row(1))
    write(tmp_path / "报表", row(1, 技术交流=7), name="天山区2.xlsx")
    report = merge(tmp_path)
    assert {conflict.header for conflict in report.plan.conflicts} >= {"技术交流"} and held(tmp_path)[0]["入账状态"] == "挂起"


def test_another_form_in_the_folder_is_told(tmp_path):
    known_studios(tmp_path / "台账.xlsx", studio(1))
    write(tmp_path / "报表", row(1))
    order = merging.order_for(tmp_path / "报表", 2026, ledger=tmp_path / "台账.xlsx", out=tmp_path / "结果")
    report = merging.merge(order, NOW)
    assert "F-form-other" in codes(report) and report.plan.empty


def test_the_picture_of_the_results_is_in_the_workbook(tmp_path):
    path = write(tmp_path, row(1), row(2))
    book = openpyxl.load_workbook(path)
    assert "成绩一览" in book.sheetnames and len(book["成绩一览"]._charts) == 1
    values = openpyxl.load_workbook(path, data_only=True)["成绩一览"]
    assert [cell.value for cell in values[4]] == ["赵一焊工技能大师工作室", 10, 33, 12.5, 30, 8, 2.5, 96, "优秀"]
    assert SUMMARY.id == "summary"
