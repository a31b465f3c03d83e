"""Evidence of 期满考核: what counts at each edge, and what a district is told about the rest."""

from datetime import date
from decimal import Decimal

import pytest

from tests.pages.evidence_sets import (
    HELD,
    LAW,
    PERIOD,
    TO,
    WRONG_IDS,
    achievement,
    activity,
    expense,
    received,
    tables,
    trainee,
)
from tests.returns.make import grid
from toolkit.forms import ASSESSMENT
from toolkit.forms.assessment import WHY_NOT
from toolkit.returns import evidence
from toolkit.returns.messages import MESSAGES
from toolkit.sheets.grid import Book

SUBSIDY = received(来源="市级补助", 凭证号="记0")
PLACES = {"带徒花名册": trainee, "经费到位": received, "经费支出": expense, "攻关成果": achievement, "交流活动": activity}


def count(facts=PERIOD, **rows):
    """The evidence of one studio, sheets by keyword."""
    grids = tuple(grid(ASSESSMENT.sheet(name), entries) for name, entries in rows.items())
    return evidence.count(tables(Book("考核.xlsx", grids)), facts, LAW, "考核.xlsx")


def trained(*rows, facts=PERIOD | {"领办人": "领办人"}):
    return count(facts, 带徒花名册=rows).inputs["培养高技能人才_人"]


def codes(counted):
    return [found.code for found in counted.findings]


@pytest.mark.rule("R04")
@pytest.mark.parametrize("change, number, why", [
    ({}, 1, "周期内由中级工到高级工"),
    ({"发证日期": date(2024, 8, 28), "协议日期": date(2024, 8, 27)}, 1, "建设周期起当日"),
    ({"发证日期": date(2024, 8, 27), "协议日期": date(2024, 8, 26)}, 0, "起日前一天"),
    ({"发证日期": HELD}, 1, "考核当日"), ({"发证日期": date(2026, 7, 16)}, 0, "考核次日"),
    ({"协议日期": date(2025, 5, 31)}, 1, "协议次日取证"), ({"协议日期": date(2025, 6, 1)}, 0, "协议当日取证"),
    ({"取得等级": "中级工", "入门时等级": "学徒工"}, 0, "不到高级工"), ({"入门时等级": "高级工"}, 0, "入门时已是高级工"),
    ({"入门时等级": "技师"}, 0, "入门时等级更高"), ({"取得等级": "技师", "入门时等级": "高级工"}, 1, "高级工升技师"),
    ({"协议编号": None}, 0, "没有协议"), ({"协议日期": None}, 0, "没有协议日期"), ({"证书编号": None}, 0, "没有证书编号"),
    ({"身份证号": "65010219950304"}, 0, "身份证号位数不够"), *(({"身份证号": number}, 0, "身份证号录入有误") for number in WRONG_IDS),
    ({"徒弟姓名": "领办人"}, 0, "领办人本人"), ({"徒弟姓名": "领办人二"}, 1, "另一人"), ({"取得等级": None, "发证日期": None}, 0, "尚未取证"),
    ({"发证日期": "2025.6.1"}, 0, "按文本写的日期，表内不算")])
def test_one_trainee(change, number, why):
    assert trained(trainee(**change)) == number, why


@pytest.mark.rule("R04", "X01")
def test_a_person_counts_once_at_the_highest_level():
    """同一人先技师后高级技师：培养高技能人才1人，技师0人，高级技师1人（X01）."""
    rows = [trainee(1, 取得等级="技师"), trainee(1, 取得等级="高级技师", 发证日期=date(2026, 1, 1)), trainee(1, 取得等级="高级技师"), trainee(2)]
    counted = count(带徒花名册=rows)
    assert [one.shown for one in counted.verdicts["带徒花名册"]] == ["否", "是", "否", "是"]
    assert {label: int(value) for label, value in counted.inputs.items() if value is not None} == {
        "培养高技能人才_人": 2, "培养技师_人": 0, "培养高级技师_人": 1}
    assert [(found.place.cell, found.message[:10]) for found in counted.findings] == [("D2", "“徒弟1”已在第3行"), ("D4", "“徒弟1”已在第3行")]


def test_a_row_that_does_not_count_does_not_shadow_one_that_does():
    rows = [trainee(1, 取得等级="高级技师", 发证日期=date(2023, 1, 1)), trainee(1)]
    assert [one.shown for one in count(带徒花名册=rows).verdicts["带徒花名册"]] == ["否", "是"]


def test_levels_above_senior_technician_count_as_such():
    counted = count(带徒花名册=[trainee(1, 取得等级="特级技师", 入门时等级="高级技师"), trainee(2, 取得等级="技师")])
    assert (counted.inputs["培养技师_人"], counted.inputs["培养高级技师_人"]) == (1, 1)


@pytest.mark.rule("R13-2")
@pytest.mark.parametrize("rows, yuan, why", [
    ([{}], 100000, "足额"), ([{"金额(元)": 99999.99}], "99999.99", "到分"), ([{"来源": "市级补助"}], 0, "市级补助不算配套"),
    ([{"日期": date(2024, 8, 27)}], 0, "周期前到账"), ([{"日期": date(2026, 7, 16)}], 0, "考核后到账"), ([{"凭证号": None}], 0, "没有凭证"),
    ([{"金额(元)": 0.1}, {"金额(元)": 0.2}], "0.3", "不留二进制尾数"), ([{"金额(元)": "10万"}], 0, "按文本写的金额，表内不算")])
def test_matching_money(rows, yuan, why):
    assert count(经费到位=[received(**row) for row in rows]).inputs["配套资金_元"] == Decimal(yuan), why


@pytest.mark.rule("R05")
@pytest.mark.parametrize("day, year, why", [
    (date(2024, 8, 28), 1, "起日"), (date(2025, 8, 28), 1, "一年后的对应日仍属第1年"), (date(2025, 8, 29), 2, "对应日次日"),
    (HELD, 2, "考核当日"), (date(2024, 8, 27), 0, "起日前"), (date(2026, 7, 16), 0, "考核次日")])
def test_meetings_by_year_of_the_period(day, year, why):
    counted = count(交流活动=[activity(日期=day)]).inputs
    assert [counted[f"交流会_第{each}年次数"] for each in (1, 2)] == [int(year == 1), int(year == 2)], why


@pytest.mark.rule("R05")
@pytest.mark.parametrize("kind, scope, number", [
    ("交流", "行业", 1), ("推广", "区域", 1), ("协作", "行业", 1), ("交流", "单位内", 0), ("培训", "行业", 0), ("技能服务社会", "区域", 0)])
def test_which_activities_are_meetings_of_the_trade(kind, scope, number):
    assert count(交流活动=[activity(类型=kind, 范围=scope)]).inputs["交流会_第1年次数"] == number


def test_nothing_is_counted_without_a_period_or_evidence():
    assert set(count({"建设周期起": None, "考核日期": HELD}, 带徒花名册=[trainee()]).inputs.values()) == {None}
    assert set(count().inputs.values()) == {None}


def test_evidence_beyond_the_period_does_not_count_when_the_assessment_is_late():
    late = {**PERIOD, "考核日期": date(2026, 10, 1)}
    rows = [trainee(1, 发证日期=TO), trainee(2, 发证日期=date(2026, 8, 29))]
    assert trained(*rows, facts=late) == trained(*rows, facts={**late, "建设周期止": None}) == 1


@pytest.mark.rule("R13-1", "R13-3")
def test_money_and_last_activity():
    counted = count(经费到位=[SUBSIDY, received()], 经费支出=[expense(), expense(用途类别="人才培训", **{"金额(元)": 50000.5})],
                    交流活动=[activity(日期=date(2026, 5, 6))])
    shown = {name: str(value) for name, value in counted.figures.items() if value}
    assert shown == {"fund_subsidy": "100000", "fund_matching": "100000", "fund_spent": "150000.5", "fund_use_1": "100000",
                     "fund_use_2": "50000.5", "fund_balance": "49999.5", "last_activity": "2026-05-06"}


# 一条提示一例：代码、哪张表、改了什么、在哪一格。
SAID = [
    ("E-outside", "带徒花名册", {"发证日期": date(2024, 8, 1), "协议日期": date(2024, 7, 1)}, "K2"),
    ("E-date", "带徒花名册", {"发证日期": "2025.6.1"}, "K2"), ("E-date", "攻关成果", {"完成日期": "2025年6月"}, "E2"),
    ("E-choice", "带徒花名册", {"入门时等级": "四级"}, "F2"), ("E-choice", "经费到位", {"来源": "自筹"}, "B2"),
    ("E-lacking", "带徒花名册", {"证书编号": None}, "J2"), ("E-lacking", "带徒花名册", {"协议日期": None}, "H2"),
    ("E-held", "带徒花名册", {"入门时等级": "高级工"}, "I2"), ("E-agreement", "带徒花名册", {"协议编号": None}, "G2"),
    ("E-agreement-late", "带徒花名册", {"协议日期": date(2025, 6, 1)}, "K2"), ("E-amount", "经费到位", {"金额(元)": "10万"}, "C2"),
    ("E-amount", "经费到位", {"金额(元)": 0}, "C2"), ("E-id", "带徒花名册", {"身份证号": 650102}, "D2"), ("E-id", "带徒花名册", {"身份证号": "650102199503040010"}, "D2"),
    ("E-leader", "带徒花名册", {"徒弟姓名": "领办人"}, "B2"), ("E-use", "经费支出", {"用途类别": "其他"}, "D2"),
    ("E-use-after", "经费支出", {"用途类别": "领办人带徒津贴"}, "D2"), ("E-account", "经费支出", {"是否专账": "否"}, "H2")]


@pytest.mark.rule("R04", "R06", "R13-2", "R13-3", "R13-5")
@pytest.mark.parametrize("code, sheet, change, cell", SAID, ids=[f"{row[0]} {row[1]}" for row in SAID])
def test_what_does_not_count_is_said_where_it_stands(code, sheet, change, cell):
    rows = {"经费到位": [SUBSIDY, received(凭证号="记5")], sheet: [PLACES[sheet](**change)]}
    found = [each for each in count(PERIOD | {"领办人": "领办人"}, **rows).findings if each.code == code]
    assert [(each.place.file, each.place.sheet, each.place.cell) for each in found] == [("考核.xlsx", sheet, cell)]
    assert found[0].clause and (str(next(iter(change.values()))) in found[0].message or found[0].code in (
        "E-lacking", "E-agreement", "E-agreement-late", "E-held"))


WHOLE = [
    ("E-period", {"facts": {"建设周期起": date(2024, 8, 28)}}, "评分表"),
    ("E-period-date", {"facts": PERIOD | {"考核日期": 20260715}}, "评分表"),
    ("E-period-date", {"facts": PERIOD | {"建设周期起": "2024年8月28日"}}, "评分表"),
    ("E-period-date", {"facts": PERIOD | {"建设周期止": 1e12}}, "评分表"),
    ("E-period-order", {"facts": PERIOD | {"建设周期起": date(2026, 8, 1), "建设周期止": None, "考核日期": date(2026, 7, 15)}}, "评分表"),
    ("E-window", {"facts": PERIOD | {"考核日期": date(2026, 5, 27)}}, "评分表"),
    ("E-window", {"facts": PERIOD | {"考核日期": date(2026, 8, 29)}}, "评分表"),
    ("E-voucher-twice", {"经费到位": [received(), received(日期=date(2025, 5, 1))]}, "经费到位"),
    ("E-activity-twice", {"交流活动": [activity(), activity(人数=9)]}, "交流活动"),
    ("E-subsidy", {"经费到位": [SUBSIDY, SUBSIDY | {"凭证号": "记7"}]}, "经费到位"),
    ("E-overspent", {"经费到位": [received()], "经费支出": [expense(**{"金额(元)": 100000.01})]}, "经费支出"),
    ("E-balance", {"经费到位": [received()], "经费支出": [expense(**{"金额(元)": 99999.99})]}, "经费支出")]


@pytest.mark.rule("R13-1", "R13-3")
@pytest.mark.parametrize("code, given, sheet", WHOLE, ids=[row[0] for row in WHOLE])
def test_what_does_not_add_up(code, given, sheet):
    found = [each for each in count(**given).findings if each.code == code]
    assert [each.place.sheet for each in found] == [sheet]


@pytest.mark.parametrize("held", [date(2026, 5, 28), TO])
def test_assessment_within_its_window_is_not_remarked_on(held):
    assert codes(count(PERIOD | {"考核日期": held})) == []


def test_clean_evidence_has_no_findings():
    counted = count(带徒花名册=[trainee(number) for number in range(1, 6)], 经费到位=[SUBSIDY, received()], 经费支出=[
        expense(), expense(凭证号="记10", 资金来源="市级补助")], 攻关成果=[achievement()], 交流活动=[activity(), activity(日期=date(2026, 3, 1))])
    assert codes(counted) == [] and counted.inputs["培养高技能人才_人"] == 5


def test_what_parsing_has_said_is_not_said_again():
    """必填项空着、下拉框外读不懂的，读表时已经提示."""
    rows = [trainee(入门时等级=None), trainee(2, 入门时等级="很高"), trainee(3, 发证日期="明年")]
    assert codes(count(带徒花名册=rows)) == []


def test_every_code_of_the_family_has_a_case():
    told = {row[0] for row in SAID} | {row[0] for row in WHOLE} | {"E-twice", "E-elsewhere"}  # 后一条在 test_score.py
    assert told == {code for code in MESSAGES if code.startswith("E-")}


def test_reasons_are_short_enough_for_their_column():
    assert max(map(len, WHY_NOT.values())) <= 18
