"""What is not told: terms that had passed before there was a studio, duties whose consequences are over, steps whose turn has not come."""

from datetime import date, timedelta

import pytest

from tests.ledger.test_dues import (
    ENDS,
    GOALS,
    NAME,
    NAMED,
    REPORTS,
    agreed,
    applied,
    changed,
    find,
    named,
    of,
    revoked,
    studio,
)
from tests.returns.make import LAW
from toolkit.ledger.dues import OPEN, OVERDUE, SOON, TODAY

FIRST_REPORT = LAW["first_report_days"]
NOTICE = LAW["retirement_notice_days"]


def begun(day, **changes):
    """A studio named on the day, its periods counted from there."""
    return studio(命名日期=day, 建设周期起=day, 建设周期止=None, 四年期止=None, 最近活动日=None) | changes


@pytest.mark.rule("R19-1")
@pytest.mark.parametrize("before, years, why", [
    (FIRST_REPORT, [2024, 2025], "正好够天数"), (FIRST_REPORT - 1, [2025], "少一天"), (5, [2025], "年底前五天命名，当年没有总结可写"), (0, [2025], "年底当天命名")])
def test_the_year_of_the_naming_counts_when_there_is_something_to_report(before, years, why):
    found = of(find(date(2026, 2, 1), 工作室=[begun(date(2024, 12, 31) - timedelta(before))], 目标任务=GOALS), "工作室名称")
    assert [due.date.year for due in found if due.clause == "第十九条（一）"] == years, why


@pytest.mark.rule("R17")
@pytest.mark.parametrize("named_on, told", [
    (date(2026, 3, 31), (date(2026, 3, 31), OVERDUE)), (date(2026, 4, 1), (None, OPEN))])
def test_a_term_that_had_passed_before_the_naming_is_none(named_on, told):
    due, = (due for due in find(date(2026, 5, 10), 工作室=[begun(named_on)]) if due.clause == "第十七条")
    assert (due.date, due.state) == told


@pytest.mark.rule("R17")
@pytest.mark.parametrize("on, told", [(ENDS, 1), (ENDS + timedelta(1), 0)])
def test_goals_are_not_asked_for_behind_the_construction_period(on, told):
    assert len([due for due in find(on, 工作室=[studio()], 年度评估=REPORTS) if due.clause == "第十七条"]) == told


@pytest.mark.rule("R13-2", "R19-1")
@pytest.mark.parametrize("on, grade, told", [
    (ENDS, "合格", True), (ENDS + timedelta(1), "合格", False), (ENDS + timedelta(1), None, True), (date(2036, 1, 1), "合格", False)])
def test_what_the_assessment_has_weighed_is_not_asked_for_again(on, grade, told):
    found = find(on, 工作室=[studio(等次=grade, 期满得分=80, **{"配套额(元)": 0})])
    assert any(due.what.startswith("配套资金") for due in found) is told
    assert any("年度总结" in due.what for due in found) is told


GONE = ("已撤销", "已取消", "已届满", "退休保牌")


@pytest.mark.rule("R18-3", "R19-4", "R20-1b", "R20-5")
@pytest.mark.parametrize("status", GONE)
@pytest.mark.parametrize("on", [ENDS, date(2030, 1, 1), date(2040, 1, 1)])
def test_studios_that_are_over_ask_for_nothing_of_their_period(status, on):
    row = studio(状态=status, 领办人退休日=date(2026, 12, 20), **{"补助额(元)": 0, "配套额(元)": 0})
    found = find(on, 工作室=[row])
    assert {due.place.field for due in found} <= {"最近活动日", "四年期止"}
    if on > date(2028, 12, 1) or status in ("已撤销", "已取消"):
        assert found == []


@pytest.mark.rule("R20-1b")
@pytest.mark.parametrize("status, on, told", [
    ("有效", date(2028, 12, 1), 1), ("有效", date(2028, 12, 2), 0), ("已届满", date(2028, 12, 1), 1), ("退休保牌", date(2026, 1, 1), 0)])
def test_a_year_without_work_is_told_within_the_four_years_only(status, on, told):
    assert len(of(find(on, 工作室=[studio(状态=status, 最近活动日=date(2025, 1, 1))]), "最近活动日")) == told


@pytest.mark.rule("R20-1b")
def test_work_before_the_naming_is_no_beginning_of_idleness():
    due, = of(find(date(2025, 12, 1), 工作室=[studio(最近活动日=date(2023, 5, 1))]), "最近活动日")
    assert due.state == TODAY and due.what.startswith(f"自{NAMED}命名以来没有登记活动")


@pytest.mark.rule("R12-2", "R18-0")
def test_a_studio_that_lost_its_title_has_no_change_and_no_filing_of_its_naming_left():
    lost = {"工作室": [studio(状态="已撤销")], "公示命名": [named(命名日期=NAMED)], "变更与重大事项": [changed()]}
    assert find(date(2026, 12, 28), **lost) == []
    kept = lost | {"工作室": [studio(状态="有效")]}
    assert {"备案日期", "申请日"} <= {due.place.field for due in find(date(2026, 12, 28), **kept)}


# ---- 一步一步：前一步没有办的，后一步不提 ----

@pytest.mark.rule("R19-4", "R20-1a")
@pytest.mark.parametrize("decided, told", [
    (None, ["文件印发日"]), (date(2026, 12, 20), ["备案日", "已追回额(元)", "牌匾收回日"])])
def test_the_decision_comes_before_plaque_money_and_filing(decided, told):
    row = revoked(依据条款="第二十条（一）", 文件印发日=decided, 牌匾收回日=None, 禁申止日=None, **{"已追回额(元)": None})
    assert sorted(due.place.field for due in find(date(2026, 12, 28), 撤销追缴禁申=[row])) == sorted(told)


@pytest.mark.rule("R19-4")
@pytest.mark.parametrize("told_on, on, state, means", [
    (None, date(2027, 3, 1), OPEN, "生成公文“追回资金通知书”"), (date(2026, 12, 25), date(2026, 12, 28), SOON, "办理“追回补助”"),
    (date(2026, 12, 25), date(2027, 1, 20), SOON, "办理“追回补助”"), (date(2026, 12, 25), date(2027, 1, 21), TODAY, "办理“追回补助”"),
    (date(2026, 12, 25), date(2027, 1, 22), OVERDUE, "办理“追回补助”")])
def test_the_unit_is_told_first_and_then_has_until_a_day(told_on, on, state, means):
    row = revoked(追回通知日=told_on, 追回期限=date(2027, 1, 21), **{"已追回额(元)": 0})
    due, = of(find(on, 撤销追缴禁申=[row]), "已追回额(元)")
    assert (due.state, str(due.charge)) == (state, means) and "还有100,000元没有追回" in due.what


@pytest.mark.rule("R19-4")
def test_instalments_count_whether_or_not_anyone_wrote_their_sum():
    entries = [{"工作室名称": NAME, "类别": "追回", "金额(元)": 60000, "日期": date(2027, 1, 5)}]
    tables = {"工作室": [studio(状态="已撤销")], "撤销追缴禁申": [revoked(**{"已追回额(元)": None})], "经费": entries}
    due, = of(find(date(2027, 1, 10), **tables), "已追回额(元)")
    assert "还有40,000元" in due.what


@pytest.mark.rule("R10", "R03-1")
@pytest.mark.parametrize("publicity, told", [
    ([], 1), ([named(年度=2025)], 1), ([named()], 1), ([named(命名日期=date(2026, 12, 1), 备案日期=date(2026, 12, 1))], 0),
    ([named(年度=2027, 工作室名称="李四电工技能大师工作室")], 0)])
def test_an_application_of_a_round_that_is_over_asks_for_nothing(publicity, told):
    assert len(of(find(date(2027, 12, 28), 申报批次=[applied()], 公示命名=publicity), "未了问题")) == told


@pytest.mark.rule("R19-2")
@pytest.mark.parametrize("status, told", [("有效", 1), ("已撤销", 0), ("退休保牌", 0)])
def test_a_result_of_a_studio_that_is_over_need_not_be_mended(status, told):
    result = {"年度": 2026, "区县": "米东区", "工作室名称": NAME, "入账状态": "待说明", "入账时间": "2026-11-20 09:30:00"}
    assert len(of(find(date(2026, 12, 28), 期满考核=[result], 工作室=[studio(状态=status)]), "未了问题")) == told


@pytest.mark.rule("R19-2")
@pytest.mark.parametrize("on, grade, told", [(ENDS, "合格", 0), (ENDS + timedelta(1), "合格", 1), (ENDS + timedelta(1), "不合格", 0), (ENDS + timedelta(1), None, 0)])
def test_a_period_that_is_over_and_passed_is_to_be_closed(on, grade, told):
    found = [due for due in find(on, 工作室=[studio(等次=grade, 期满得分=80)]) if "请登记届满" in due.what]
    assert [(due.who, str(due.charge)) for due in found] == [("市局", "办理“登记届满”")] * told


# ---- 领办人离岗 ----

LEAVES = date(2026, 11, 30)


def leaving(on, changes=(), **row):
    return [due for due in find(on, 工作室=[studio(领办人="赵一", **row)], 变更与重大事项=list(changes)) if due.what.startswith("领办人")]


def stays(**cells):
    return changed(事项="返聘", 发生日=LEAVES, 申请日=date(2026, 10, 8), 新离岗日=date(2027, 11, 30)) | cells


@pytest.mark.rule("R18-1", "R18-2", "R18-3")
@pytest.mark.parametrize("days, state", [(NOTICE + 1, None), (NOTICE, OPEN), (31, OPEN), (30, SOON), (0, TODAY), (-1, OVERDUE), (-400, OVERDUE)])
def test_a_leader_who_retires_is_told_in_time_and_until_something_is_done(days, state):
    found = leaving(LEAVES - timedelta(days), 领办人退休日=LEAVES)
    assert [(due.date, due.state, due.place.field) for due in found] == ([(LEAVES, state, "领办人退休日")] if state else [])


@pytest.mark.rule("R18-1", "R18-2", "R18-3")
def test_every_way_the_law_leaves_is_named():
    due, = leaving(LEAVES, 领办人退休日=LEAVES)
    assert due.who == "单位"
    assert [means.name for means in due.means] == ["受理变更领办人", "受理返聘", "受理延迟退休", "受理退休保牌", "认定领办人原因撤销"]


@pytest.mark.rule("R18-2")
@pytest.mark.parametrize("row, changes, day, why", [
    ({"离岗日": date(2027, 11, 30)}, [], date(2027, 11, 30), "台账登记的离岗日在先"),
    ({}, [stays(**{"备案/批复文号": "乌人社函〔2026〕3号"})], date(2027, 11, 30), "已备案的返聘，工作室表还没有填"),
    ({}, [stays(事项="延迟退休", **{"备案/批复文号": "乌人社函〔2026〕3号"})], date(2027, 11, 30), "已备案的延迟退休"),
    ({"离岗日": date(2028, 5, 31)}, [stays(**{"备案/批复文号": "乌人社函〔2026〕3号"})], date(2028, 5, 31), "工作室表写的为准")])
def test_a_leader_who_stays_is_told_of_the_new_last_day(row, changes, day, why):
    assert leaving(LEAVES, changes, 领办人退休日=LEAVES, **row) == [], why
    due, = leaving(day - timedelta(10), changes, 领办人退休日=LEAVES, 建设周期止=date(2028, 12, 1), **row)
    assert (due.date, due.state, due.place.field) == (day, SOON, "离岗日"), why


@pytest.mark.rule("R18-2")
def test_a_change_under_way_is_told_for_itself_and_not_twice():
    found = find(LEAVES, 工作室=[studio(领办人退休日=LEAVES)], 变更与重大事项=[stays()])
    assert [due.place.field for due in found if due.clause.startswith("第十八条")] == ["核实意见"]


@pytest.mark.rule("R18-1")
def test_a_new_leader_is_not_held_to_what_was_approved_for_the_old_one():
    replaced = changed(事项="领办人", 新值="钱二", **{"备案/批复文号": "乌人社函〔2027〕4号"})
    changes = [stays(**{"备案/批复文号": "乌人社函〔2026〕3号"}), replaced]
    due, = leaving(date(2031, 1, 1), changes, 领办人退休日=date(2031, 1, 20), 建设周期止=date(2031, 12, 1))
    assert due.date == date(2031, 1, 20)
    assert leaving(date(2027, 11, 30), changes, 领办人退休日=date(2031, 1, 20)) == []


@pytest.mark.rule("R18-2")
def test_a_last_day_that_cannot_be_read_tells_nothing():
    assert leaving(LEAVES, 领办人退休日="明年") == []


@pytest.mark.rule("R18-2", "R21")
def test_the_bureau_says_how_long_before():
    law = LAW.overridden({"retirement_notice_days": 60})
    found = [len([due for due in find(LEAVES - timedelta(days), law, 工作室=[studio(领办人退休日=LEAVES)]) if "法定退休日" in due.what]) for days in (61, 60)]
    assert found == [0, 1]


@pytest.mark.rule("R18-2")
@pytest.mark.parametrize("leader_id, told", [("650102196603300018", 1), ("650102198001010012", 0)])
def test_where_the_studio_says_no_day_the_application_does_for_the_same_leader(leader_id, told):
    row = {"年度": 2024, "工作室名称": NAME, "身份证号": "650102196603300018", "法定退休日期": LEAVES, "申报状态": "已受理"}
    found = find(LEAVES, 申报批次=[row], 工作室=[studio(身份证号=leader_id)])
    assert len([due for due in found if "法定退休日" in due.what]) == told


def test_goals_signed_once_are_asked_for_once_a_year():
    found = find(date(2026, 3, 1), 工作室=[studio()], 年度评估=REPORTS, 目标任务=[agreed(2025)])
    assert len([due for due in found if due.clause == "第十七条"]) == 1
