"""Before publicity: districts that have not reported, applications that wait for the review, those that wait for publicity."""

from datetime import date, timedelta

import pytest

from tests.ledger import moving
from tests.ledger.test_dues import NAME, find, named
from tests.ledger.test_reviewing import APPLICATION, ON
from tests.returns.make import ARRANGED, LAW, review
from toolkit.ledger.dues import OPEN, OVERDUE, SOON, TODAY

DEADLINE = date(2026, 10, 30)
DISTRICTS = LAW.lists["districts"].names


def arranged(**changes):
    return {"年度": 2026, "申报截止日": DEADLINE, "出席比例": "不少于2/3", "通过比例": "超过1/2", "计票基数": "应到评委", "回避计法": "不计入应到"} | changes


def accepted(**changes):
    return moving.applied(**changes)


def of_means(found, name):
    return [due for due in found if name in [means.name for means in due.means]]


@pytest.mark.rule("R10")
@pytest.mark.parametrize("days, state", [
    (LAW["due_soon_days"] + 1, None), (LAW["due_soon_days"], SOON), (1, SOON), (0, TODAY), (-1, OVERDUE)])
def test_a_district_is_told_until_it_has_reported(days, state):
    found = of_means(find(DEADLINE - timedelta(days), 年度安排=[arranged()]), "催报函")
    assert [due.district for due in found] == (list(DISTRICTS) if state else [])
    assert {(due.who, due.state, due.date, due.studio) for due in found} == ({("区县", state, DEADLINE, "")} if state else set())


@pytest.mark.rule("R10")
@pytest.mark.parametrize("tables, why", [
    ({"报表登记": [{"年度": 2026, "区县": "天山区", "报表": "区县推荐汇总表", "无推荐": "是"}]}, "报了无推荐"), ({"申报批次": [accepted()]}, "有申报")])
def test_who_reported_is_not_told(tables, why):
    told = [due.district for due in of_means(find(DEADLINE, 年度安排=[arranged()], **tables), "催报函")]
    assert "天山区" not in told and len(told) == len(DISTRICTS) - 1, why


@pytest.mark.rule("R03-1", "R10")
@pytest.mark.parametrize("changes, tables, why", [
    ({"申报截止日": None}, {}, "没有定截止日"), ({"申报截止日": "月底"}, {}, "截止日读不懂，由校验台账指出"), ({"年度": "今年"}, {}, "年度读不懂"),
    ({}, {"公示命名": [named(命名日期=date(2026, 12, 1))]}, "这一年已经命名")])
def test_without_a_deadline_or_once_the_year_is_over_nobody_is_told(changes, tables, why):
    assert of_means(find(date(2026, 12, 5), 年度安排=[arranged(**changes)], **tables), "催报函") == [], why


@pytest.mark.rule("R11")
@pytest.mark.parametrize("on, told", [(DEADLINE, False), (DEADLINE + timedelta(1), True)])
def test_the_review_waits_for_the_deadline(on, told):
    found = of_means(find(on, 年度安排=[arranged()], 申报批次=[accepted()]), "评审表决")
    assert [(due.who, due.state, due.studio, due.district, due.date) for due in found] == ([("市局", OPEN, "", "", None)] if told else [])


@pytest.mark.rule("R11")
@pytest.mark.parametrize("changes, count, why", [
    ({}, 2, "已受理"), ({"申报状态": "待说明"}, 1, "还有提示"), ({"申报状态": "挂起"}, 1, "挂起"), ({"申报状态": "挂起", "裁定": "保留"}, 2, "裁定保留"),
    ({"申报状态": "挂起", "裁定": "不保留"}, 1, "裁定不保留"), ({"申报状态": "已撤回"}, 1, "已撤回"), ({"评审结论": "不通过"}, 1, "评审过"),
    ({"评审结论": "再说"}, 1, "读不懂，不影响别的"), ({"年度": 2025}, 1, "别的年度另成一项")])
def test_what_waits_for_the_review_is_counted_once_for_the_year(changes, count, why):
    rows = [accepted(), accepted(工作室名称="钱二车工技能大师工作室", **changes)]
    found = of_means(find(date(2026, 11, 20), 年度安排=[arranged()], 申报批次=rows), "评审表决")
    assert f"2026年度已受理{count}件申报" in next(due for due in found if "2026年度" in due.what).what, why


@pytest.mark.rule("R11")
def test_where_the_shares_are_not_set_that_comes_first():
    due, = of_means(find(date(2026, 11, 20), 申报批次=[accepted()]), "评审表决")
    assert "先在“年度安排”表定出席比例" in due.what


@pytest.mark.rule("R11")
@pytest.mark.parametrize("conclusion, changes, told, why", [
    (None, {"实到评委": 5, "同意票": 5, "不同意票": 0, "弃权票": 0, "表决结果": "未达出席比例"}, "表决时出席没有达到比例", "到会的不够，不能就此不提"),
    ("缓议", {}, "有1件申报缓议", "再议时重新表决"), (None, {"入账状态": "待说明"}, "还有提示没有改正或说明", "平票没有说明"),
    ("不通过", {"同意票": 1, "不同意票": 7, "表决结果": "不通过"}, "", "评完了")])
def test_what_was_voted_on_and_not_decided_is_told(conclusion, changes, told, why):
    row = APPLICATION | {"评审结论": conclusion}
    found = [due.what for due in find(ON, 年度安排=[ARRANGED], 申报批次=[row], 评审=[review(APPLICATION, **changes)]) if "2026年度" in due.what]
    assert [told in what and "再" in what for what in found] == ([True] if told else []), why


@pytest.mark.rule("R11", "R12-1")
@pytest.mark.parametrize("tables, told, why", [
    ({}, True, "评审通过"), ({"公示命名": [named(公示发布日=ON - timedelta(1), 公示止日=None)]}, False, "公示过"),
    ({"公示命名": [named(公示发布日=ON, 公示止日=None)]}, False, "当天公示的"), ({"评审": []}, False, "没有评审"),
    ({"评审": [review(APPLICATION, 同意票=1, 不同意票=5, 表决结果="不通过")]}, False, "没有通过"),
    ({"评审": [review(APPLICATION, 院校专家=0)]}, False, "评审不合规，由校验台账指出")])
def test_what_passed_and_was_not_made_public_is_told(tables, told, why):
    found = find(ON, **{"年度安排": [ARRANGED], "申报批次": [APPLICATION], "评审": [review(APPLICATION)]} | tables)
    assert [(due.who, due.what) for due in of_means(found, "公示")] == (
        [("市局", "2026年度评审通过1件，还没有公示，请公示。")] if told else []), why


@pytest.mark.rule("R12-1", "R12-2")
@pytest.mark.parametrize("changes, on, told, why", [
    ({"异议": "是"}, date(2026, 11, 30), "还没有处理", "公示期内也要处理"), ({"异议": "是"}, date(2026, 12, 1), "还没有处理", "公示期满"),
    ({"异议": "是", "异议处理结果": "成立"}, date(2026, 11, 30), None, "不予命名"), ({"异议": "是", "异议处理结果": "成立"}, date(2026, 12, 1), None, "不予命名"),
    ({"异议": "是", "异议处理结果": "不成立"}, date(2026, 11, 30), "请收集异议", "照常"), ({}, date(2026, 11, 30), "请收集异议", "没有异议")])
def test_an_objection_decides_what_publicity_asks_for(changes, on, told, why):
    found = [due.what for due in find(on, 公示命名=[named(**changes)]) if due.studio == NAME]
    assert [told in what for what in found] == ([True] if told else []), why
