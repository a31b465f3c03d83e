"""同一行登记，校验台账、催办、个案状态、文书只有一个说法：填法一格一格地换，四处的回答都列出来对照。"""

from datetime import date, timedelta

import pytest

from tests.ledger.moving import (
    AFTER,
    NAME,
    NUMBER,
    ON,
    OVER,
    REGISTERS,
    applied,
    naming,
    public,
    result,
    studio,
    withdrawal,
)
from tests.returns.make import ARRANGED, LAW, ledger, review
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger import act_decisions, decisions, dues, preconditions, subjects
from toolkit.ledger.audit import audit
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Watch
from toolkit.regulation.calendar import holidays
from toolkit.sheets.grid import CellError

ERROR = CellError("#N/A")
PASSED = applied(评审结论="通过")
PAYS, NAMES, PUBLISHES = "经费拨付通知", "命名授牌通知", "公示"


def seen(on=ON, **tables) -> Watch:
    return Watch(Books(ledger(**{**{name: [] for name in REGISTERS}, **tables})), LAW, on, holidays())


def told(watch: Watch) -> set[str]:
    """The papers that the list of what is due asks for."""
    return {means.name for due in dues.find(watch.books, LAW, watch.on, watch.holidays) for means in due.means}


def found(watch: Watch) -> set[str]:
    return {each.code for each in audit(watch.books, LAW, watch.on, watch.holidays)}


def stage(watch: Watch) -> str:
    (one, *_) = subjects.everything(watch)
    try:
        return one.stage
    except UnreadableCell:
        return "读不懂"


def chosen(selection) -> tuple[int, set[str]]:
    return len(selection.chosen), {each.code for each in (*selection.left_out, *selection.stopping)}


# ---- 公示、命名 ----

@pytest.mark.rule("R12-1", "R12-2")
@pytest.mark.parametrize("changes, state, why, audited", [
    ({}, "公示期满", set(), True), ({"异议处理结果": "成立"}, "异议待处理", {"R12-2.contradicts"}, True),
    ({"异议": "否", "异议处理结果": "不成立"}, "异议待处理", {"R12-2.contradicts"}, True),
    ({"异议": "是", "异议处理结果": "部分成立"}, "读不懂", {"D-unreadable"}, False),
    ({"公示止日": date(2026, 11, 16)}, "公示期满", set(), True), ({"公示止日": date(2026, 11, 15)}, "公示期满", {"R12-1.short"}, True),
    ({"公示止日": date(2026, 11, 1)}, "公示期满", {"R12-1.short"}, True), ({"公示发布日": None}, "评审通过", {"R12-1.unpublished"}, False)])
def test_a_naming_is_asked_for_where_it_can_be_done(changes, state, why, audited):
    watch = seen(申报批次=[PASSED], 评审=[review(PASSED)], 年度安排=[ARRANGED], 公示命名=[public(**OVER) | changes])
    assert stage(watch) == state
    assert chosen(decisions.nameable(watch.books.publicity, 2026, ON, LAW, watch.holidays)) == (0 if why else 1, why)
    assert (NAMES in told(watch)) is not why and (not audited or why <= found(watch))


@pytest.mark.rule("R11", "R21")
def test_a_year_arranged_twice_counts_no_ballots():
    watch = seen(申报批次=[applied()], 评审=[review(applied())], 年度安排=[ARRANGED, ARRANGED | {"通过比例": "不少于2/3"}])
    assert chosen(decisions.publishable(watch.books, 2026, ON, LAW)) == (0, {"D-twice"}) and PUBLISHES not in told(watch)
    assert "D-twice" in found(watch)


@pytest.mark.rule("R17", "R19-1")
@pytest.mark.parametrize("state, asked", [("已受理", False), (None, False), ("待核撤回", False), ("已撤回", True)])
def test_what_was_withdrawn_is_asked_for_again(state, asked):
    own = {"工作室编号": NUMBER, "工作室名称": NAME, "入账状态": state}
    goals = own | {"年度": 2026, "单位签字日期": ON, "领办人签字日期": ON}
    yearly = own | {"年度": 2025, "总结报送日": ON, "计划报送日": ON}
    watch = seen(工作室=[studio()], 公示命名=[naming()], 目标任务=[goals], 年度评估=[yearly])
    said = "".join(due.what for due in dues.find(watch.books, LAW, ON, watch.holidays))
    assert ("还没有签订2026年度目标任务书" in said) is ("还没有报送2025年度总结" in said) is asked


@pytest.mark.rule("R11", "R03-2")
@pytest.mark.parametrize("application, reviewed, public_rows, why", [
    ({}, {}, [], set()), ({}, {"申办单位": ERROR}, [], {"D-unreadable"}), ({}, {"工作室名称": ERROR}, [], {"D-unreadable"}),
    ({}, {"年度": "今年"}, [], {"D-unreadable"}), ({"申办单位": ERROR}, {}, [], {"D-unreadable"}),
    ({}, {"实名表决日": ON}, [], set()), ({}, {"实名表决日": ON + timedelta(1)}, [], {"R11.ahead"}),
    ({"申报状态": "挂起", "裁定": "不保留"}, {}, [], {"R03-2.ruled"}), ({"裁定": "不保留"}, {}, [], {"R03-2.ruled"}),
    ({"申报状态": "挂起", "裁定": "保留"}, {}, [], set()), ({}, {}, [public(工作室名称=ERROR)], {"D-unreadable"})])
def test_publicity_is_asked_for_where_it_can_be_done(application, reviewed, public_rows, why):
    watch = seen(申报批次=[applied() | application], 评审=[review(applied()) | reviewed], 年度安排=[ARRANGED], 公示命名=public_rows)
    count, codes = chosen(decisions.publishable(watch.books, 2026, ON, LAW))
    assert codes == why and (count == 1 or why)
    assert public_rows or (PUBLISHES in told(watch)) is not why
    assert (stage(watch) == "裁定不保留") is (why == {"R03-2.ruled"})


# ---- 拨付 ----

def paid(**changes):
    return {"工作室编号": NUMBER, "工作室名称": NAME, "日期": date(2026, 3, 3), "类别": "补助拨付", "资金来源": "市级补助", "金额(元)": 100000} | changes


@pytest.mark.rule("R13-1")
@pytest.mark.parametrize("entries, asked, code, audited", [
    ([], True, None, None), ([paid()], False, "R13-1.paid", None), ([paid(类别=None)], False, "D-entry", "D-entry"),
    ([paid(**{"金额(元)": None})], False, "D-entry", "D-entry"), ([paid(**{"金额(元)": 0})], False, "R13-1.paid", "R13-1.amount"),
    ([paid(**{"金额(元)": 50000})], False, "R13-1.paid", "R13-1.amount"), ([paid(资金来源="单位配套")], False, "R13-1.source", "R13-1.source"),
    ([paid(日期=None)], False, "R13-1.paid", "D-entry"), ([paid(日期=date(2025, 3, 2))], False, "R13-1.paid", "R13-1.outside"),
    ([paid(日期=date(2025, 3, 3))], False, "R13-1.paid", None), ([paid(日期=date(2027, 3, 3))], False, "R13-1.paid", None),
    ([paid(日期=date(2027, 3, 4))], False, "R13-1.paid", "R13-1.outside"), ([paid(), paid()], False, "R13-1.paid", "R13-1.twice"),
    ([paid(类别="配套到位", 资金来源="单位配套")], True, None, None), ([paid(类别="配套到位")], False, "R13-1.source", "R13-1.source"),
    ([paid(类别=None, 资金来源="单位配套")], True, None, "D-entry")])
def test_the_subsidy_is_asked_for_where_it_can_be_paid(entries, asked, code, audited):
    watch = seen(工作室=[studio()], 公示命名=[naming()], 经费=entries)
    (one,) = watch.studios
    decision = act_decisions.may_be_paid(one, ON, "", LAW)
    by_move = [each.code for each in preconditions.not_paid(next(iter(subjects.everything(watch))))]
    assert (PAYS in told(watch)) is asked is decision.allowed and (code in by_move or (not by_move and code is None))
    assert {each.code for each in (*decision.against, *decision.stopping)} == ({code} if code else set())
    assert audited is None or audited in found(watch)


@pytest.mark.rule("R13-1")
@pytest.mark.parametrize("sheet, row", [("经费", paid()), ("撤销追缴禁申", withdrawal())])
@pytest.mark.parametrize("changes, stopped", [({}, False), ({"工作室编号": ERROR}, False), ({"工作室名称": ERROR}, False),
                                              ({"工作室编号": None, "工作室名称": ERROR}, True), ({"工作室编号": ERROR, "工作室名称": None}, True)])
def test_nothing_is_paid_while_a_row_may_be_any_studio_s(sheet, row, changes, stopped):
    one = next(iter(subjects.everything(seen(工作室=[studio()], 公示命名=[naming()], **{sheet: [row | changes]}))))
    if stopped:
        with pytest.raises(UnreadableCell):
            list(preconditions.not_paid(one))
    else:
        assert list(preconditions.not_paid(one)) or sheet != "经费"


# ---- 期满考核 ----

@pytest.mark.rule("R19-3", "R19-4")
@pytest.mark.parametrize("changes, state, code", [
    ({}, "考核合格", None), ({"等次": "不及格"}, "读不懂", "F-choice"), ({"等次": "良好"}, "读不懂", "F-choice"), ({"等次": ERROR}, "读不懂", "F-error"),
    ({"等次": "不合格"}, "考核不合格", "R19-3.grade"), ({"总分": 59.9}, "考核合格", "R19-3.grade"), ({"总分": 90}, "考核合格", "R19-3.grade"),
    ({"总分": 89.99}, "考核合格", None), ({"入账状态": ERROR}, "读不懂", "F-error"), ({"入账状态": "已撤回"}, "期满考核", None),
    ({"入账状态": "挂起"}, "期满考核", None), ({"入账状态": "待核撤回"}, "考核合格", None), ({"等次": None}, "期满考核", None)])
def test_a_result_counts_once_it_can_be_read_and_fits(changes, state, code):
    watch = seen(AFTER, 工作室=[studio()], 公示命名=[naming()], 期满考核=[result("合格", 60) | changes])
    said = {means.name for due in dues.find(watch.books, LAW, AFTER, watch.holidays) for means in due.means}
    assert stage(watch) == state and (code is None or code in found(watch))
    assert ("登记考核结果" in said) is (state == "考核合格" and code is None) and ("认定考核不合格撤销" in said) is False


def test_what_was_not_paid_within_the_period_is_not_asked_for_behind_it():
    (named,) = seen(工作室=[studio()]).studios
    for on, pays in ((named.ends, True), (named.ends + timedelta(days=1), False)):
        watch = seen(on, 工作室=[studio()])
        assert ((PAYS in told(watch)), act_decisions.may_be_paid(watch.studios[0], on, "", LAW).allowed) == (pays, pays)
        assert pays or any("周期以外不再拨付" in due.what for due in dues.find(watch.books, LAW, on, watch.holidays))
