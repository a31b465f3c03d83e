"""What is due: each kind on the days around its term, what has no term, what asks for nothing."""

from datetime import date, timedelta

import pytest

from tests.returns.make import LAW, ledger
from toolkit.forms.evaluation import EVALUATED
from toolkit.ledger import dues
from toolkit.ledger.books import Books
from toolkit.ledger.dues import OPEN, OVERDUE, PARTIES, SOON, TODAY
from toolkit.regulation.calendar import holidays
from toolkit.sheets.grid import from_a1

NAME = "赵一焊工技能大师工作室"
LOOK_AHEAD = LAW["due_soon_days"]
NAMED, ENDS, FOUR_YEARS = date(2024, 12, 1), date(2026, 12, 1), date(2028, 12, 1)
GONE = ""


def studio(name=NAME, **changes):
    """A studio in its second year that owes nothing but its assessment."""
    return {"工作室编号": "2024-01", "工作室名称": name, "区县": "天山区", "状态": "有效", "命名日期": NAMED, "建设周期起": NAMED, "建设周期止": ENDS,
            "四年期止": FOUR_YEARS, "补助额(元)": 100000, "配套额(元)": 100000, "支出(元)": 200000, "最近活动日": date(2026, 10, 1)} | changes


def named(**changes):
    return {"年度": 2026, "工作室名称": NAME, "区县": "天山区", "公示发布日": date(2026, 11, 22), "公示止日": date(2026, 11, 30)} | changes


def revoked(**changes):
    return {"工作室名称": NAME, "依据条款": "第十九条（二）", "认定日": date(2026, 12, 10), "文件印发日": date(2026, 12, 20), "牌匾收回日": date(2026, 12, 25),
            "应追回额(元)": 100000, "已追回额(元)": 100000, "禁申止日": date(2029, 12, 20)} | changes


def changed(**changes):
    return {"工作室名称": NAME, "事项": "工作地址", "发生日": date(2026, 3, 2)} | changes


def applied(**changes):
    return {"年度": 2026, "推荐区县": "米东区", "领办人": "赵一", "工作室名称": NAME, "申报状态": "待说明", "入账时间": "2026-11-20 09:30:00"} | changes


def conflict(**changes):
    return {"年度": 2026, "区县": "米东区", "所在表": "申报批次", "对象": NAME, "键": "2026|米东区", "项目": "工作室地点", "台账值": "甲", "来件值": "乙",
            "状态": "待选择"} | changes


def reported(year, **changes):
    day = date(year, 12, 20)
    return {"工作室名称": NAME, "年度": year, "总结报送日": day, "计划报送日": day, "报市日期": day} | dict.fromkeys(EVALUATED, "达到要求") | changes


def agreed(year, **changes):
    return {"工作室名称": NAME, "年度": year, "单位签字日期": date(year, 2, 20), "领办人签字日期": date(year, 2, 20)} | changes


REPORTS, GOALS = [reported(2024), reported(2025)], [agreed(2024), agreed(2025), agreed(2026)]


def find(on, law=LAW, table=None, **tables):
    return dues.find(Books(ledger(**tables)), law, on, table or holidays())


def of(found, header):
    return [due for due in found if due.place.field == header]


KINDS = {  # kind → tables, where it is recorded, its term, the state before the look-ahead, the state after the term
    "公示期满": ({"公示命名": [named()]}, "公示止日", date(2026, 11, 30), GONE, GONE),
    "补正": ({"申报批次": [applied()]}, "未了问题", date(2026, 11, 27), OPEN, OVERDUE),
    "考核补正": ({"期满考核": [{"年度": 2026, "区县": "米东区", "工作室名称": NAME, "入账状态": "待说明", "入账时间": "2026-11-20 09:30:00"}]},
             "未了问题", date(2026, 11, 27), OPEN, OVERDUE),
    "期满考核": ({"工作室": [studio()], "年度评估": REPORTS}, "建设周期止", ENDS, OPEN, OVERDUE),
    "补助未拨付": ({"工作室": [studio(**{"补助额(元)": None})]}, "补助额(元)", ENDS, OPEN, OVERDUE),
    "配套未足额": ({"工作室": [studio(**{"配套额(元)": 99999})]}, "配套额(元)", ENDS, GONE, OVERDUE),
    "还有余额": ({"工作室": [studio(**{"支出(元)": 199999})]}, "余额(元)", ENDS, OPEN, OVERDUE),
    "年度总结": ({"工作室": [studio()], "年度评估": REPORTS[:1], "目标任务": GOALS}, "工作室名称", date(2025, 12, 31), GONE, OVERDUE),
    "目标任务书": ({"工作室": [studio()], "年度评估": REPORTS, "目标任务": GOALS[:2]}, "工作室名称", date(2026, 3, 31), GONE, OVERDUE),
    "目标任务书只有一方签字": ({"工作室": [studio()], "目标任务": [agreed(2026, 领办人签字日期=None)]}, "领办人签字日期", date(2026, 3, 31), GONE, OVERDUE),
    "没有活动": ({"工作室": [studio(最近活动日=date(2025, 4, 1))]}, "最近活动日", date(2026, 4, 1), GONE, OVERDUE),
    "四年期": ({"工作室": [studio(状态="已届满")]}, "四年期止", FOUR_YEARS, GONE, GONE),
    "禁申期": ({"撤销追缴禁申": [revoked()]}, "禁申止日", date(2029, 12, 20), GONE, GONE),
    "变更未申请": ({"变更与重大事项": [changed()]}, "申请日", date(2026, 4, 1), OPEN, OVERDUE)}


@pytest.mark.rule("R10", "R12-1", "R13-1", "R13-2", "R13-4", "R17", "R18-0", "R19-1", "R19-2", "R19-4", "R20-1b", "R20-5")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("days", [LOOK_AHEAD + 1, LOOK_AHEAD, 1, 0, -1])
def test_around_the_term(kind, days):
    tables, header, term, before, after = KINDS[kind]
    state = before if days > LOOK_AHEAD else SOON if days > 0 else after if days else TODAY
    found = of(find(term - timedelta(days), **tables), header)
    assert [(due.date, due.days, due.state) for due in found] == ([(term, days, state)] if state else [])


CLAUSES = {"公示期满": "第十二条", "补正": "第十条", "考核补正": "第十条", "期满考核": "第十九条（二）", "补助未拨付": "第十三条", "配套未足额": "第十三条", "还有余额": "第十三条",
           "年度总结": "第十九条（一）", "目标任务书": "第十七条", "目标任务书只有一方签字": "第十七条", "没有活动": "第二十条（一）", "四年期": "第二十条", "禁申期": "第十九条（二）", "变更未申请": "第十八条"}


@pytest.mark.rule("R10", "R12-1", "R13-1", "R13-2", "R13-4", "R17", "R18-0", "R19-1", "R19-2", "R19-4", "R20-1b", "R20-5")
@pytest.mark.parametrize("kind", KINDS)
def test_a_due_says_whose_it_is_what_to_do_by_which_clause_and_where(kind):
    tables, header, term, _, _ = KINDS[kind]
    due, = of(find(term, **tables), header)
    assert (due.studio, due.clause) == (NAME, CLAUSES[kind])
    assert due.what.endswith("。") and due.what.count("。") == 1 and "请" in due.what
    assert due.place.sheet in tables and from_a1(due.place.cell)[0] == len(tables[due.place.sheet])


@pytest.mark.rule("R19-2")
@pytest.mark.parametrize("on, told", [
    (date(2026, 8, 1), []), (date(2026, 8, 2), [(date(2026, 9, 1), SOON)]), (date(2026, 8, 31), [(date(2026, 9, 1), SOON)]),
    (date(2026, 9, 1), [(ENDS, OPEN)]), (date(2026, 10, 31), [(ENDS, OPEN)]), (date(2026, 11, 1), [(ENDS, SOON)])])
def test_the_window_of_the_assessment_opens_and_then_its_end_counts(on, told):
    assert [(due.date, due.state) for due in of(find(on, 工作室=[studio()]), "建设周期止")] == told


@pytest.mark.rule("R12-3", "R18-1")
@pytest.mark.parametrize("held, told", [(studio("钱二焊工技能大师工作室", 曾用名=NAME), False), (studio("钱二焊工技能大师工作室"), True)])
def test_a_studio_that_bears_its_new_leaders_name_is_registered(held, told):
    found = [due.what for due in find(date(2026, 9, 1), 公示命名=[named(年度=2024, 命名日期=NAMED, 备案日期=NAMED)], 工作室=[held])]
    assert any("“工作室”表里还没有" in what for what in found) == told


@pytest.mark.rule("R12-3")
def test_a_leap_day_and_a_period_counted_from_naming_alone():
    row = studio(命名日期=date(2024, 2, 29), 建设周期起=None, 建设周期止=None, 四年期止=None)
    assert of(find(date(2026, 2, 27), 工作室=[row]), "建设周期止")[0].date == date(2026, 2, 28)
    assert of(find(date(2028, 2, 29), 工作室=[row]), "四年期止")[0].state == TODAY


WITHOUT_TERM = {  # kind → tables, header, words
    "可以命名": ({"公示命名": [named()]}, "命名日期", "没有未了结的异议"),
    "异议未处理": ({"公示命名": [named(异议="是")]}, "异议处理结果", "还没有处理"),
    "异议不成立": ({"公示命名": [named(异议="是", 异议处理结果="不成立", 处理理由="查无实据")]}, "命名日期", "异议不成立（查无实据）"),
    "命名未备案": ({"公示命名": [named(命名日期=date(2026, 12, 1))], "工作室": [studio()]}, "备案日期", "备案"),
    "命名未登记": ({"公示命名": [named(命名日期=date(2026, 12, 1), 备案日期=date(2026, 12, 2))]}, "命名日期", "“工作室”表里还没有"),
    "申报挂起": ({"申报批次": [applied(申报状态="挂起")]}, "裁定", "裁定保留哪一件"),
    "考核挂起": ({"期满考核": [{"年度": 2026, "区县": "米东区", "工作室名称": NAME, "入账状态": "挂起"}]}, "入账状态", "冲突"),
    "冲突待选": ({"冲突": [conflict()]}, "采用", "请在“采用”列选择"),
    "冲突已选": ({"冲突": [conflict(采用="来件")]}, "采用", "请再合并一次"),
    "没有状态": ({"工作室": [studio(状态=None)]}, "状态", "没有填状态"),
    "没有周期": ({"工作室": [studio(命名日期=None, 建设周期起=None, 建设周期止=None)]}, "建设周期止", "请补填"),
    "等次未登记": ({"工作室": [studio()], "期满考核": [{"年度": 2026, "工作室名称": NAME, "总分": 89.5, "等次": "合格"}]}, "等次", "总分89.5，合格"),
    "不合格": ({"工作室": [studio(等次="不合格")]}, "等次", "三年内不得申办"),
    "评估有空项": ({"工作室": [studio()], "年度评估": [reported(2024), reported(2025, 技艺传承=None)]}, "技艺传承", "还没有技艺传承"),
    "命名当年的目标任务书": ({"工作室": [studio(命名日期=date(2026, 5, 1), 建设周期起=date(2026, 5, 1), 建设周期止=date(2028, 5, 1))],
                    "年度评估": [reported(2026)]}, "工作室名称", "2026年度目标任务书"),
    "待报市": ({"工作室": [studio()], "年度评估": [reported(2024), reported(2025, 报市日期=None)]}, "报市日期", "2025年度总结和计划已报"),
    "变更待核实": ({"变更与重大事项": [changed(申请日=date(2026, 3, 20))]}, "核实意见", "请区（县）核实"),
    "变更待批复": ({"变更与重大事项": [changed(申请日=date(2026, 3, 20), 核实意见="属实")]}, "备案/批复文号", "请市局备案或批复"),
    "撤销未发文": ({"撤销追缴禁申": [revoked(文件印发日=None)]}, "文件印发日", "请印发"),
    "牌匾未收": ({"撤销追缴禁申": [revoked(牌匾收回日=None)]}, "牌匾收回日", "请收回"),
    "资金未追回": ({"撤销追缴禁申": [revoked(**{"已追回额(元)": 40000.5})]}, "已追回额(元)", "59,999.5元"),
    "取消未备案": ({"撤销追缴禁申": [revoked(依据条款="第二十条（一）")]}, "备案日", "备案")}


@pytest.mark.rule("R03-2", "R12-2", "R12-3", "R18-0", "R18-1", "R18-2", "R19-1", "R19-4")
@pytest.mark.parametrize("kind", WITHOUT_TERM)
def test_what_the_law_gives_no_term_for_has_no_date(kind):
    tables, header, words = WITHOUT_TERM[kind]
    due, = of(find(date(2026, 12, 28), **tables), header)
    assert (due.date, due.days, due.state, due.studio) == (None, None, OPEN, NAME)
    assert words in due.what and "请" in due.what and due.place.cell


@pytest.mark.rule("R12-2", "R13-1", "R18-0", "R18-3", "R19-2", "R19-4")
@pytest.mark.parametrize("why, header, tables", [
    ("已命名并备案、登记", "备案日期", {"公示命名": [named(命名日期=NAMED, 备案日期=NAMED)], "工作室": [studio()]}),
    ("异议成立的不命名", "命名日期", {"公示命名": [named(异议="是", 异议处理结果="成立")]}),
    ("已裁定", "裁定", {"申报批次": [applied(申报状态="挂起", 裁定="不保留")]}),
    ("已有评审结论", "未了问题", {"申报批次": [applied(评审结论="不通过")]}),
    ("当年已命名", "未了问题", {"申报批次": [applied()], "公示命名": [named(命名日期=date(2026, 12, 1))]}),
    ("已处理的冲突", "采用", {"冲突": [conflict(状态="已处理")]}),
    ("已登记等次", "建设周期止", {"工作室": [studio(等次="优秀")]}),
    ("已撤销", "建设周期止", {"工作室": [studio(状态="已撤销")]}),
    ("退休保牌不再考核", "建设周期止", {"工作室": [studio(状态="退休保牌")]}),
    ("已登记撤销", "等次", {"工作室": [studio(等次="不合格")], "撤销追缴禁申": [revoked()]}),
    ("已足额拨付", "补助额(元)", {"工作室": [studio()]}),
    ("已有文号的变更", "申请日", {"变更与重大事项": [changed(**{"备案/批复文号": "乌人社函〔2026〕9号"})]}),
    ("第十九条的撤销没有写备案", "备案日", {"撤销追缴禁申": [revoked()]}),
    ("追回完毕", "已追回额(元)", {"撤销追缴禁申": [revoked()]})])
def test_what_is_done_is_not_told(why, header, tables):
    assert of(find(date(2026, 12, 28), **tables), header) == [], why


def test_a_day_with_nothing_in_the_ledger():
    assert find(date(2026, 11, 22)) == []
    assert dues.summary([]) == "没有到期的事项。"


def test_a_named_studio_is_followed_before_anyone_registers_it():
    found = find(date(2026, 11, 20), 公示命名=[named(年度=2024, 命名日期=NAMED, 备案日期=NAMED)])
    assert {(due.date, due.what[:4]) for due in found if due.date == ENDS} == {(ENDS, "建设周期"), (ENDS, "市级补助"), (ENDS, "配套资金")}
    assert all(due.place.sheet == "公示命名" and due.district == "天山区" for due in found)


@pytest.mark.rule("R12-1")
def test_the_day_publicity_ends_is_counted_where_it_is_not_written():
    due, = of(find(date(2026, 11, 30), 公示命名=[named(公示止日=None)]), "公示止日")
    assert due.state == TODAY  # the seventh day is Sunday 29 November


def test_days_off_that_the_bureau_adds_move_a_term_in_workdays():
    table = holidays().with_extra([date(2026, 11, 25)])
    due, = of(find(date(2026, 11, 22), table=table, 申报批次=[applied()]), "未了问题")
    assert due.date == date(2026, 11, 30)


@pytest.mark.parametrize("entries, told", [
    ([("配套到位", 60000), ("配套到位", 40000)], []), ([("配套到位", 60000)], ["配套资金到位60,000元"]),
    ([("补助拨付", 100000)], []), ([("专项", 100000, "单位配套资金")], []), ([("支出", 90000, "单位配套")], [])])
def test_money_is_what_the_entries_come_to_else_the_total_in_the_row(entries, told):
    rows = [{"工作室名称": NAME, "类别": kind, "金额(元)": amount, "资金来源": source[0] if source else None, "日期": date(2026, 1, 5)}
            for kind, amount, *source in entries]
    found = of(find(date(2026, 11, 20), 工作室=[studio()], 经费=rows), "配套额(元)")
    assert [due.what.partition("，")[0] for due in found] == told


@pytest.mark.rule("R13-4")
@pytest.mark.parametrize("before, told", [(91, 0), (90, 1)])
def test_a_balance_is_told_from_three_months_before_the_end(before, told):
    found = of(find(ENDS - timedelta(before), 工作室=[studio(**{"支出(元)": 0})]), "余额(元)")
    assert len(found) == told and all("至今没有登记支出" in due.what for due in found)


@pytest.mark.rule("R13-1")
@pytest.mark.parametrize("paid, told", [(1, False), (2, True)])
def test_a_subsidy_paid_twice_is_told(paid, told):
    entries = [{"工作室名称": NAME, "类别": "补助拨付", "金额(元)": 100000, "日期": date(2025, 1, day)} for day in range(1, paid + 1)]
    assert any("重复拨付" in due.what for due in find(date(2026, 1, 20), 工作室=[studio()], 经费=entries)) is told


@pytest.mark.rule("R13-2")
@pytest.mark.parametrize("day, enough", [(ENDS, True), (ENDS + timedelta(1), False), (NAMED, True), (NAMED - timedelta(1), False), (None, False)])
def test_matching_money_counts_within_the_construction_period_only(day, enough):
    entry = {"工作室名称": NAME, "类别": "配套到位", "金额(元)": 100000, "日期": day}
    assert (of(find(date(2026, 11, 20), 工作室=[studio()], 经费=[entry]), "配套额(元)") == []) is enough


@pytest.mark.rule("R07-6", "R21")
def test_the_matching_minimum_follows_the_subsidy_unless_it_is_set():
    raised = LAW.overridden({"subsidy_yuan": 200000})
    assert raised["matching_minimum_yuan"] == 200000
    assert LAW.overridden({"subsidy_yuan": 200000, "matching_minimum_yuan": 150000})["matching_minimum_yuan"] == 150000


@pytest.mark.rule("R19-4")
@pytest.mark.parametrize("ground, barred", [("第十九条（二）", True), ("第十八条（一）", False), ("第二十条（三）", False)])
def test_only_the_failed_assessment_bars(ground, barred):
    assert bool(of(find(date(2029, 12, 1), 撤销追缴禁申=[revoked(依据条款=ground)]), "禁申止日")) is barred


@pytest.mark.rule("R19-1")
@pytest.mark.parametrize("span, years", [("建设周期", [2025]), ("有效期间", [2025, 2026])])
def test_the_bureau_says_how_long_yearly_reports_go_on(span, years):
    law = LAW.overridden({"annual_report_span": span})
    found = of(find(date(2027, 1, 5), law, 工作室=[studio()]), "工作室名称")
    assert [(due.date, due.state) for due in found] == [(date(year, 12, 31), OVERDUE) for year in years]
    assert of(found, "工作室名称")[0].what == "还没有报送2025年度总结、2026年度计划，请催申办单位报区（县）。"


@pytest.mark.rule("R19-1", "R21")
@pytest.mark.parametrize("month, term", [(11, date(2025, 11, 30)), (12, date(2025, 12, 31)), (14, date(2026, 2, 28))])
def test_yearly_reports_are_due_on_the_last_day_of_the_month_the_bureau_says(month, term):
    law = LAW.overridden({"annual_report_month": month})
    tables = {"工作室": [studio()], "年度评估": [reported(2024), reported(2025, 计划报送日=None)]}
    due, = of(find(term, law, **tables), "计划报送日")
    assert (due.date, due.what) == (term, "还没有报送2026年度计划，请催申办单位报区（县）。")


@pytest.mark.rule("R20-1b", "R20-5")
@pytest.mark.parametrize("active, day, told", [
    (date(2027, 11, 29), date(2028, 11, 29), 1), (date(2027, 11, 30), date(2028, 11, 30), 1), (date(2027, 12, 1), date(2028, 12, 1), 0),
    (None, date(2025, 12, 1), 1)])
def test_a_year_without_work_matters_within_the_four_years(active, day, told):
    found = of(find(day, 工作室=[studio(最近活动日=active)]), "最近活动日")
    assert [(due.date, due.state) for due in found] == [(day, TODAY)] * told


@pytest.mark.rule("R20-1b")
def test_money_spent_is_activity():
    spent = {"工作室名称": NAME, "类别": "支出", "金额(元)": 10, "日期": date(2026, 10, 20)}
    assert of(find(date(2026, 10, 21), 工作室=[studio(最近活动日=date(2025, 1, 1))], 经费=[spent]), "最近活动日") == []


@pytest.mark.rule("R19-4")
def test_a_bar_without_a_last_day_is_counted_from_the_document():
    due, = of(find(date(2029, 12, 1), 撤销追缴禁申=[revoked(禁申止日=None)]), "禁申止日")
    assert due.date == date(2029, 12, 20)


@pytest.mark.parametrize("ahead, states", [(0, []), (10, [SOON]), (9, [])])
def test_the_bureau_sets_how_far_to_look_ahead(ahead, states):
    found = find(date(2026, 11, 20), LAW.overridden({"due_soon_days": ahead}), 公示命名=[named()])
    assert [due.state for due in found] == states


def test_the_longest_overdue_first_and_what_has_no_term_last():
    found = find(date(2026, 12, 5), 公示命名=[named()], 工作室=[studio("李四电工技能大师工作室", 区县="米东区"), studio(建设周期止=date(2026, 12, 10)),
                                                       studio("王五车工技能大师工作室", 建设周期止=date(2026, 11, 5))], 年度评估=REPORTS,
                 目标任务=[agreed(2026, 工作室名称=name) for name in (NAME, "李四电工技能大师工作室", "王五车工技能大师工作室")])
    assert [due.who for due in found] == sorted((due.who for due in found), key=PARTIES.index)
    for who in PARTIES:
        days = [due.days for due in found if due.who == who]
        assert days == sorted(days, key=lambda day: (day is None, day))
    assert dues.summary_by_who(found) == "市局1项，区县3项（逾期2项），单位2项（逾期2项）。"
    assert dues.summary(found).startswith("逾期") and dues.summary(found).endswith("可办理1项。")


def test_a_row_without_a_district_has_that_of_its_studio():
    due, = of(find(date(2026, 3, 3), 变更与重大事项=[changed()], 工作室=[studio(区县="米东区", 状态="已届满")]), "申请日")
    assert due.district == "米东区"
    moved = changed(工作室名称="钱二焊工技能大师工作室")
    due, = of(find(date(2026, 3, 3), 变更与重大事项=[moved], 工作室=[studio(区县="米东区", 曾用名="钱二焊工技能大师工作室")]), "申请日")
    assert due.district == "米东区", "按曾用名"
