"""佐证入账：期满考核评分表的学员、活动、成果、经费在台账里各有一处，带徒数、取证数、最近活动日跟着走；不确定是谁的、读不懂的不入账。"""

from datetime import date, timedelta
from itertools import permutations

import pytest
from typer.testing import CliRunner

from tests.jobs import assessments
from tests.jobs.evidence_desk import FINISHED, FORM, NAME, NOW, OTHER, Desk, studio
from tests.pages import evidence_sets as made
from tests.returns.make import id_number
from toolkit.cli import app
from toolkit.jobs.merge import undo
from toolkit.jobs.report import READ, REFUSED
from toolkit.ledger.ledger_rows import FINGERPRINT
from toolkit.resources import workbook_template


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def codes(report):
    return sorted(found.code for found in report.findings)


def test_every_piece_of_evidence_stands_in_its_register_once(desk):
    report = desk.enter(FINISHED)
    assert [line.status for line in report.files] == [READ] and report.files[0].rows == 10
    assert len(desk.rows("学员", "徒弟姓名")) == 5
    assert desk.rows("活动", "工作室编号", "主题") == [("2024-01", "焊接技术交流会"), ("2024-01", "第二年交流会")]
    assert desk.rows("成果", "工作室名称", "项目名称") == [(NAME, "裂纹修复")]
    assert desk.rows("经费", "类别", "资金来源", "用途类别", "金额(元)", "凭证号", "收款方") == [
        ("配套到位", "单位配套", None, 100000, "记1", None), ("支出", "单位配套", "设施设备", 100000, "记9", "甲公司")]
    assert desk.totals() == (5, 5, date(2026, 3, 1)) and desk.totals("2024-02") == (None, None, None)
    assert desk.rows("报表登记", "年度", "报表", "工作室") == [(2026, FORM, "2024-01")]


def test_entering_it_again_changes_nothing(desk):
    desk.enter(data := FINISHED)
    before = desk.ledger.read_bytes()
    report = desk.enter(data)
    assert report.plan.empty and report.plan.unchanged == 10 and desk.ledger.read_bytes() == before


def test_a_preview_writes_nothing(desk):
    before = desk.ledger.read_bytes()
    assert len(desk.enter(FINISHED, dry=True).plan.added) == 10
    assert desk.ledger.read_bytes() == before and not (desk.place / "结果").exists()


def test_undoing_takes_the_evidence_back(desk):
    before = desk.state()
    desk.enter(FINISHED)
    undo(desk.ledger, NOW)
    assert desk.state() == before


def test_what_a_later_assessment_no_longer_has_waits_for_the_city(desk):
    desk.enter(FINISHED)
    later = assessments.finished({"带徒花名册": [made.trainee(serial) for serial in range(1, 5)]}, {"考核日期": made.HELD + timedelta(days=3)})
    report = desk.enter(later)
    assert codes(report) == ["M-withdrawn"]
    assert [state for state, in desk.rows("学员", "在册情况")] == [None] * 4 + ["待核撤回"]
    assert desk.totals() == (5, 5, date(2026, 3, 1)), "仍计入，等市局选择"
    desk.type("学员", 4, "撤回处理", "撤回")
    desk.enter(later)
    assert [state for state, in desk.rows("学员", "在册情况")] == [None] * 4 + ["已撤回"] and desk.totals()[:2] == (4, 4)


def test_what_comes_back_is_in_the_register_again(desk):
    desk.enter(FINISHED)
    desk.enter(assessments.finished({"攻关成果": []}, {"考核日期": made.HELD + timedelta(days=3)}))
    desk.enter(assessments.finished({}, {"考核日期": made.HELD + timedelta(days=4)}))
    assert desk.rows("成果", "项目名称", "在册情况") == [("裂纹修复", None)]


def test_an_earlier_assessment_changes_nothing_and_says_so(desk):
    desk.enter(FINISHED)
    before = desk.ledger.read_bytes()
    report = desk.enter(assessments.finished({"带徒花名册": []}, {"考核日期": made.HELD - timedelta(days=1)}))
    assert codes(report).count("M-older") == 1 and desk.ledger.read_bytes() == before


def test_a_corrected_one_of_the_same_day_replaces_the_first_and_the_first_does_not_come_back(desk):
    first = FINISHED
    desk.enter(first)
    desk.enter(assessments.finished({"交流活动": [made.activity(人数=31), made.activity(日期=date(2026, 3, 1), 主题="第二年交流会")]}))
    assert desk.rows("活动", "人数") == [(31,), (30,)]
    report = desk.enter(first)
    assert codes(report) == ["M-entered-before"] and desk.rows("活动", "人数") == [(31,), (30,)]


def test_two_different_ones_of_a_studio_in_one_folder_are_both_left_out(desk):
    report = desk.enter(FINISHED, assessments.finished({"攻关成果": []}))
    assert codes(report).count("S-twice") == 2 and {line.status for line in report.files} == {REFUSED} and report.plan.empty


def test_a_copy_does_not_compete(desk):
    report = desk.enter(data := FINISHED, data)
    assert "S-twice" not in codes(report) and len(desk.rows("学员", "徒弟姓名")) == 5


SETS = [FINISHED,
        assessments.finished({"带徒花名册": [made.trainee(3, 取得等级="技师"), made.trainee(7)]}, {"考核日期": made.HELD + timedelta(days=1)}),
        assessments.finished({"带徒花名册": [made.trainee(8)], "交流活动": [made.activity(主题="电工交流")], "经费到位": [], "经费支出": [], "攻关成果": []},
                             {"工作室编号": "2024-02", "工作室名称": OTHER, "领办人": "钱二", "申办单位": "乙公司"})]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 2, 1)], ids=str)
def test_the_order_of_studios_makes_no_difference(desk, order):
    """Returns of one studio come as they were made; those of others may come between."""
    for number in order:
        desk.enter(SETS[number])
    assert desk.rows("学员", "工作室编号", "徒弟姓名", "在册情况").count(("2024-01", "徒弟1", "待核撤回")) == 1
    assert (desk.totals()[:2], desk.totals("2024-02")[:2]) == ((6, 6), (1, 1))


def test_together_or_one_by_one_comes_to_the_same(tmp_path):
    found = []
    for number, order in enumerate(permutations((0, 2))):
        (place := tmp_path / str(number)).mkdir()
        desk = Desk(place)
        for each in order:
            desk.enter(SETS[each])
        found.append(desk.state())
    (place := tmp_path / "together").mkdir()
    desk = Desk(place)
    desk.enter(SETS[0], SETS[2])
    assert found[0] == found[1] == desk.state()


# ---- 是谁的 ----

@pytest.mark.parametrize("facts, code", [
    ({"工作室编号": "2024-09"}, "M-studio"), ({"工作室编号": None, "工作室名称": "孙三焊工技能大师工作室", "领办人": "孙三"}, "M-studio"),
    ({"工作室编号": None, "工作室名称": None}, "M-cover"), ({"工作室名称": OTHER}, "M-studio-differs"), ({"区（县）": "沙依巴克区"}, "M-studio-differs"),
    ({"考核日期": None}, "M-cover"), ({"考核日期": date(2025, 7, 15)}, "F-year-other")], ids=lambda value: value if isinstance(value, str) else "")
def test_whose_it_is_must_be_certain(desk, facts, code):
    before = desk.ledger.read_bytes()
    report = desk.enter(assessments.finished({}, facts))
    assert code in codes(report) and [line.status for line in report.files] == [REFUSED] and report.files[0].reason
    assert report.plan.empty and desk.ledger.read_bytes() == before


def test_one_that_is_left_out_does_not_keep_the_others_out(desk):
    report = desk.enter(assessments.finished({}, {"工作室编号": "2024-09"}), SETS[2])
    assert [line.status for line in report.files] == [REFUSED, READ] and desk.totals("2024-02")[0] == 1


def test_a_file_that_is_no_assessment_is_told_and_the_others_go_in(desk):
    report = desk.enter(b"PK no workbook", workbook_template("区县推荐汇总表").read_bytes(), SETS[0])
    assert [line.status for line in report.files] == [REFUSED, REFUSED, READ] and len(desk.rows("学员", "徒弟姓名")) == 5


def test_without_a_number_the_name_decides_where_one_studio_bears_it(desk):
    desk.enter(assessments.finished({}, {"工作室编号": None}))
    assert desk.rows("成果", "工作室编号") == [("2024-01",)]
    desk.write(工作室=[studio(), studio(NAME, "2024-03")])
    assert "M-studio-which" in codes(desk.enter(assessments.finished({}, {"工作室编号": None})))


def test_a_former_name_is_the_studio_s_and_another_leader_is_asked_about(desk):
    desk.write(工作室=[studio("李四焊工技能大师工作室", 曾用名=NAME)])
    report = desk.enter(FINISHED)
    assert "M-leader-differs" in codes(report) and desk.rows("成果", "工作室名称") == [("李四焊工技能大师工作室",)]


# ---- 读不懂的行 ----

@pytest.mark.parametrize("sheet, row, header", [
    ("带徒花名册", made.trainee(1, 身份证号=made.WRONG_IDS[0]), "身份证号"), ("带徒花名册", made.trainee(1, 协议日期="去年春天"), "协议日期"),
    ("带徒花名册", made.trainee(1, 徒弟姓名=None), "徒弟姓名"), ("经费到位", made.received(**{"金额(元)": "十万多"}), "金额(元)"),
    ("经费支出", made.expense(用途类别="吃饭"), "用途类别"), ("攻关成果", made.achievement(类别="不知道"), "类别"), ("交流活动", made.activity(日期="三月"), "日期")])
def test_a_row_with_a_cell_that_cannot_be_read_stays_out_and_the_others_go_in(desk, sheet, row, header):
    report = desk.enter(assessments.finished({sheet: [row]}))
    out = [found for found in report.findings if found.code == "M-row-out"]
    assert [(found.place.sheet, found.place.field) for found in out] == [(sheet, header)]
    assert len(report.plan.added) == 10 - len(assessments.ROWS[sheet])


def test_a_sheet_that_is_not_there_is_not_an_empty_one(desk):
    import io

    import openpyxl

    desk.enter(FINISHED)
    before = desk.state()
    book = openpyxl.load_workbook(io.BytesIO(assessments.finished({}, {"考核日期": made.HELD + timedelta(days=1)})))
    del book["带徒花名册"]
    book.save(stored := io.BytesIO())
    report = desk.enter(stored.getvalue())
    assert [line.status for line in report.files] == [REFUSED] and desk.state() == before


# ---- 人登记的 ----

def entry(kind, amount, **changes):
    return {"工作室编号": "2024-01", "工作室名称": NAME, "日期": date(2025, 1, 20), "类别": kind, "金额(元)": amount} | changes


@pytest.mark.parametrize("typed, entered", [
    (entry("配套到位", 100000, 凭证号="记1"), 1), (entry("配套到位", 100000), 1), (entry("配套到位", 100000, 凭证号="市12"), 2),
    (entry("支出", 100000, 凭证号="记9", 用途类别="设施设备"), 1), (entry("支出", 100000, 用途类别="设施设备"), 2),
    (entry("支出", 100000, 日期=date(2025, 2, 1), 用途类别="设施设备"), 1)])
def test_money_that_people_entered_is_not_entered_again(desk, typed, entered):
    desk.append(经费=[typed])
    report = desk.enter(FINISHED)
    assert len([row for row in report.plan.added if row.sheet == "经费"]) == entered
    assert desk.rows("经费", "金额(元)", FINGERPRINT)[0] == (100000, None), "人登记的行不动"


def test_the_subsidy_is_the_one_that_the_city_paid(desk):
    desk.append(经费=[entry("补助拨付", 100000, 凭证号="市财12")])
    paid = made.received(来源="市级补助", 凭证号="记2")
    assert [row.values["类别"] for row in desk.enter(assessments.finished({"经费到位": [paid]})).plan.added if row.sheet == "经费"] == ["支出"]


def test_another_amount_under_one_voucher_is_asked_about(desk):
    desk.append(经费=[entry("配套到位", 90000, 凭证号="记1")])
    report = desk.enter(FINISHED)
    found, = (found for found in report.findings if found.code == "M-money-differs")
    assert "90000" in found.message and "100000" in found.message and found.place.sheet == "经费到位"
    assert desk.rows("经费", "类别", "金额(元)") == [("配套到位", 90000), ("支出", 100000)]


def test_a_cell_that_people_changed_is_left_and_both_values_are_shown(desk):
    desk.enter(FINISHED)
    desk.type("活动", 0, "人数", 45)
    report = desk.enter(FINISHED)
    assert [(conflict.header, conflict.recorded, conflict.incoming) for conflict in report.plan.conflicts] == [("人数", "45", "30")]
    assert desk.rows("活动", "人数") == [(45,), (30,)]
    assert desk.rows("冲突", "所在表", "项目", "台账值", "来件值") == [("活动", "人数", "45", "30")]
    desk.type("冲突", 0, "采用", "来件")
    desk.enter(FINISHED)
    assert desk.rows("活动", "人数") == [(30,), (30,)] and desk.rows("冲突", "状态") == [("已处理",)]


def test_totals_that_people_typed_are_left_and_checking_tells(desk):
    desk.write(工作室=[studio(带徒数=9)])
    desk.enter(FINISHED)
    assert desk.totals() == (9, 5, date(2026, 3, 1))
    result = CliRunner().invoke(app, ["check", str(desk.ledger)])
    assert "“9”与“学员”“活动”“成果”“经费”登记的（5）不一致" in result.output
    desk.type("工作室", 0, "带徒数", None)
    desk.enter(FINISHED)
    assert desk.totals()[0] == 5


@pytest.mark.parametrize("trained, persons, certified", [
    ([made.trainee(1), made.trainee(1, 取得等级="技师", 证书编号="S9", 发证日期=date(2026, 1, 1))], 1, 1),
    ([made.trainee(1), made.trainee(2, 取得等级=None, 证书编号=None, 发证日期=None)], 2, 1),
    ([made.trainee(1, 取得等级="中级工", 入门时等级="初级工")], 1, 0), ([made.trainee(1, 身份证号=id_number(date(1980, 5, 20)))], 0, 0)])
def test_persons_count_once_and_certificates_as_the_assessment_counts_them(desk, trained, persons, certified):
    desk.enter(assessments.finished({"带徒花名册": trained}))
    assert desk.totals()[:2] == (persons, certified)


def test_the_command_says_what_was_entered_and_where_the_results_are(desk):
    folder = desk.place / "送来"
    folder.mkdir()
    (folder / "赵一.xlsx").write_bytes(FINISHED)
    result = CliRunner().invoke(app, ["merge", str(folder), "--year", "2026", "--form", FORM, "--ledger", str(desk.ledger), "--out", str(desk.place / "出")])
    assert result.exit_code == 0 and "新增10行" in result.output and "合并结果_2026" in result.output
    assert [path.name for path in (desk.place / "出" / "标记副本").iterdir()] == ["赵一_校验.xlsx"]
    assert len(list((desk.place / "归档").iterdir())) >= 1
