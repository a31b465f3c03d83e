"""用途之外的合计和占比（R13-3）、期满后每年的三类经费（R13-5）、指导记录（R16）：正好有、正好没有的一对。"""

from datetime import date
from decimal import Decimal

import pytest

from tests.returns.make import LAW, ledger
from toolkit.ledger import dues, money
from toolkit.ledger.audit import audit
from toolkit.ledger.books import Books
from toolkit.ledger.studios import studios
from toolkit.regulation.calendar import holidays

NAME = "赵一焊工技能大师工作室"
ENDS, FOUR_YEARS = date(2026, 12, 1), date(2028, 12, 1)
ALL_THREE = ("领办人带徒津贴", "研究（攻关）项目补贴", "日常工作费用")


def studio(**changes):
    return {"工作室编号": "2024-01", "工作室名称": NAME, "区县": "天山区", "状态": "有效", "命名日期": date(2024, 12, 1),
            "建设周期起": date(2024, 12, 1), "建设周期止": ENDS, "四年期止": FOUR_YEARS} | changes


def spent(use, amount=100, day=date(2026, 3, 1), **changes):
    return {"工作室编号": "2024-01", "工作室名称": NAME, "日期": day, "类别": "支出", "资金来源": "单位配套", "用途类别": use, "金额(元)": amount,
            "凭证号": "记001"} | changes


def found(code, on=date(2027, 1, 10), **tables):
    return [each for each in audit(Books(ledger(**tables)), LAW, on, holidays()) if each.code == code]


def only(*entries):
    (each,) = studios(Books(ledger(工作室=[studio()], 经费=list(entries))), LAW)
    return each


def test_what_was_spent_by_use():
    """R13-3: with those outside the listed uses; what was spent before or after the period is not of it."""
    each = only(spent("人才培训", 300), spent("设施设备", 500), spent("人才培训", 100), spent("其他", 100), spent("其他", 900, date(2026, 12, 2)))
    assert money.by_use(each, LAW) == {"设施设备": Decimal(500), "人才培训": Decimal(400), "其他": Decimal(100)}
    assert money.outside_listed(each, LAW) == (Decimal(100), Decimal(1000))


@pytest.mark.parametrize("entries, share", [
    ([spent("人才培训", 300)], None), ([spent("人才培训", 300), spent("其他", 100)], "25.0%"),
    ([spent("日常工作费用", 100), spent("其他", 100)], "100.0%"), ([spent("其他", 100, ENDS)], "100.0%"), ([spent("其他", 100, date(2026, 12, 2))], None)])
def test_uses_outside_the_list_are_a_lead_with_sum_and_share(entries, share):
    """R13-3.outside"""
    told = found("R13-3.outside", 工作室=[studio()], 经费=entries)
    assert [share in each.message for each in told] == ([True] if share else [])
    assert all(each.level == "提示" and "由有权单位认定" in each.message for each in told), "只是线索，不是结论"


def test_a_use_that_cannot_be_read_is_said_and_nothing_is_summed_up():
    """R13-3: what cannot be read is not empty."""
    tables = {"工作室": [studio()], "经费": [spent("其他"), spent("不知道什么")]}
    assert not found("R13-3.outside", **tables)
    assert [each.place.field for each in audit(Books(ledger(**tables)), LAW, ENDS, holidays()) if each.value == "不知道什么"] == ["用途类别"]


def reminders(on, *entries, **changes):
    told = dues.find(Books(ledger(工作室=[studio(**changes)], 经费=list(entries))), LAW, on, holidays())
    return [(each.date, each.state) for each in told if "建设期满后" in each.what]


@pytest.mark.parametrize("on, wanted", [
    (date(2026, 12, 31), []), (date(2027, 11, 30), []), (date(2027, 12, 1), [(date(2027, 12, 31), "将到期")]),
    (date(2027, 12, 31), [(date(2027, 12, 31), "今天")]), (date(2028, 1, 1), [(date(2027, 12, 31), "逾期")]),
    (date(2029, 6, 1), [(date(2028, 12, 31), "逾期")]), (date(2030, 1, 1), [])])  # 再早的不再提
def test_after_the_period_every_year_is_reminded_of(on, wanted):
    """R13-5: from the year after the end, as long as the four years run."""
    assert reminders(on) == wanted


@pytest.mark.parametrize("uses, lacking", [(ALL_THREE, None), (ALL_THREE[:2], ALL_THREE[2]), ((), "、".join(ALL_THREE))])
def test_what_was_paid_is_not_asked_for_again(uses, lacking):
    """R13-5: each of the three once a year, whatever the sum."""
    entries = [spent(use, 1, date(2027, 5, 1)) for use in uses]
    told = [each.what for each in dues.find(Books(ledger(工作室=[studio()], 经费=entries)), LAW, date(2027, 12, 31), holidays()) if "建设期满后" in each.what]
    assert [lacking in what for what in told] == ([True] if lacking else [])


@pytest.mark.parametrize("status, reminded", [("有效", True), ("已届满", True), ("退休保牌", False), ("已撤销", False)])
def test_who_has_lost_the_title_owes_none(status, reminded):
    """R13-5"""
    assert bool(reminders(date(2028, 1, 1), 状态=status)) == reminded


def guided(**changes):
    return {"工作室编号": "2024-01", "工作室名称": NAME, "指导日期": date(2027, 1, 10), "指导单位": "区人社局", "指导人": "钱二", "指导内容": "带徒计划"} | changes


@pytest.mark.parametrize("row, code, field", [
    (guided(), "", ""), (guided(指导人=None), "", ""), (guided(指导日期=None), "R16.lacking", "指导日期"),
    (guided(指导单位=None), "R16.lacking", "指导单位"), (guided(指导内容=None), "R16.lacking", "指导内容"),
    (guided(指导日期=date(2027, 1, 11)), "R16.future", "指导日期"), (guided(指导日期="上周"), "F-date", "指导日期"),
    (guided(工作室编号="2024-99"), "D-number", "工作室编号")])
def test_guidance_says_when_who_and_what(row, code, field):
    """R16"""
    told = [each for each in audit(Books(ledger(工作室=[studio()], 指导记录=[row])), LAW, date(2027, 1, 10), holidays())
            if each.place.sheet == "指导记录" and each.code != "D-columns"]
    assert [(each.code, each.place.field) for each in told] == ([(code, field)] if code else [])
