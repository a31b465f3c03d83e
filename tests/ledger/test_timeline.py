"""个案的经过：每项登记一件事，有日期、条款、单元格；读不懂的照样列出，没有命名的申报也有。"""

from datetime import date

from tests.ledger.moving import LEADER, NAME, NUMBER, ON, applied, change, naming, public, result, studio, withdrawal
from tests.returns.make import LAW, ledger
from toolkit.forms.register_rows import StudioRow
from toolkit.ledger import subjects
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.timeline import AHEAD, EVENTS, NO_DAY, UNREAD, rows_of, timeline
from toolkit.regulation.calendar import holidays

SPENT = {"工作室编号": NUMBER, "工作室名称": NAME, "日期": date(2025, 6, 1), "类别": "支出", "用途类别": "设施设备", "金额(元)": 3000}
SOURCE = {"来源文件": "天山区.xlsx", "来源表": "推荐汇总", "来源行": 6, "原件校验码": "0123456789abcdef"}


def told(called=NUMBER, on=ON, **tables):
    (subject,) = subjects.called(Watch(Books(ledger(**tables)), LAW, on, holidays()), called)
    return timeline(subject, LAW)


def test_a_whole_life_stands_in_the_order_of_its_days():
    found = told(on=date(2027, 6, 1), 申报批次=[applied(年度=2025, 初审日期=date(2025, 1, 10), 评审日期=date(2025, 2, 1), 评审结论="通过", **SOURCE)],
                 公示命名=[naming()], 工作室=[studio(曾用名="旧名焊工技能大师工作室")], 经费=[SPENT], 期满考核=[result("不合格", 50)],
                 变更与重大事项=[change()], 撤销追缴禁申=[withdrawal(禁申止日=date(2029, 11, 10))])
    days = [event.day for event in found if event.day]
    assert days == sorted(days)
    order = [event.what.partition("（")[0] for event in found]
    expected = ["评审有了结论", "公示", "命名授牌", "经费", "重大事项发生", "申请变更", "期满考核", "认定撤销、取消", "建设周期届满", "四年期满", "禁申截止",
                "曾用名：旧名焊工技能大师工作室"]
    assert [what for what in order if what in expected] == expected
    clauses = {event.what.partition("（")[0]: event.clause for event in found}
    assert (clauses["公示"], clauses["认定撤销、取消"], clauses["期满考核"]) == ("第十二条", "第十九条（二）", "第十九条（二）")
    assert all(event.clause and event.place.sheet and event.place.cell for event in found)
    review = next(event for event in found if event.what.startswith("区（县）初审"))
    assert str(review.source) == "天山区.xlsx 推荐汇总第6行（0123456789abcdef）" and review.place.sheet == "申报批次"


def test_what_lies_ahead_says_so_and_the_day_itself_does_not():
    for on, ahead in ((date(2027, 3, 2), True), (date(2027, 3, 3), False)):
        (end,) = (event for event in told(on=on, 工作室=[studio()]) if event.what.startswith("建设周期届满"))
        assert (AHEAD in end.what) is ahead


def test_an_unreadable_cell_is_told_as_it_stands():
    found = told(工作室=[studio()], 经费=[SPENT | {"日期": "去年夏天"}, SPENT | {"金额(元)": "三千左右"}, SPENT | {"日期": None}])
    money = [event for event in found if event.what.startswith("经费")]
    assert [(event.day, event.when, event.unreadable) for event in money] == [
        (date(2025, 6, 1), "2025-06-01", True), (None, UNREAD, True), (None, NO_DAY, False)]
    assert "金额(元)：读不懂的“三千左右”" in money[0].what and "日期：读不懂的“去年夏天”" in money[1].what


def test_an_unreadable_cell_that_no_event_shows_is_told_with_the_row_and_an_id_number_is_not_quoted():
    found = told(工作室=[studio()], 撤销追缴禁申=[withdrawal(已追回额="", **{"已追回额(元)": "大半", "身份证号": "65010219800520"})])
    first = next(event for event in found if event.what.startswith("认定撤销"))
    assert "已追回额(元)：读不懂的“大半”" in first.what and "身份证号：读不懂；" in first.what + "；" and "65010219800520" not in first.what


def test_an_application_that_was_refused_has_a_case_too():
    found = told(NAME, 申报批次=[applied(初审日期=date(2026, 11, 1), 评审日期=date(2026, 11, 10), 评审结论="不通过")])
    assert any("评审结论：不通过" in event.what for event in found)
    found = told(NAME, 申报批次=[applied(评审结论="通过")], 公示命名=[public(异议="实名反映", 异议处理结果="成立")])
    assert any("异议处理结果：成立" in event.what for event in found)


def test_a_studio_of_the_same_name_in_another_district_is_somebody_else():
    watch = Watch(Books(ledger(工作室=[studio()], 申报批次=[applied(推荐区县="天山区"), applied(推荐区县="米东区")])), LAW, ON, holidays())
    (subject,) = subjects.called(watch, NUMBER)
    assert [row.record["推荐区县"] for row in rows_of(subject) if "推荐区县" in row.record.values] == ["天山区"]


def test_every_rule_of_an_event_has_a_clause_and_the_studio_comes_last():
    assert all(LAW.clause(kind.rule) for kinds in EVENTS.values() for kind in kinds)
    assert list(EVENTS)[-1] is StudioRow and LEADER
