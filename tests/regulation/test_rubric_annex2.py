"""附件2 as printed, its sums, its boundaries, and what hangs on them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from toolkit.errors import UserError
from toolkit.regulation import in_force
from toolkit.regulation.rubric import State, load, of

RUBRIC = load()
PRINTED = "".join((Path(__file__).parent / "annex2.txt").read_text("utf-8").split())
FULL = {
    "组织体系_已建立": "是", "组织体系_视情扣分": 0, "年度计划_有": "是", "管理规定_已上墙": "是", "标识牌_有": "是", "展示栏_有": "是",
    "配套资金_元": 100000, "配套资金_计扣方式": "舍去", "场所面积_平方米": 30, "设施设备_已配备": "是", "设施设备_视情扣分": 0,
    "团队正式员工数_人": 2, "攻关1_评分": 3, "攻关2_评分": 3, "攻关3_评分": 3, "攻关4_评分": 3, "攻关5_评分": 3, "带徒计划_有": "是", "花名册_有": "是",
    "师带徒协议_已签": "是", "过程记录_有": "是", "培养高技能人才_人": 5, "内部培训_评分": 4, "交流会_第1年次数": 1, "交流会_第2年次数": 1,
    "技能服务社会_已参加": "是"}
BONUS_10 = {"培养技师_人": 0, "培养高级技师_人": 4, "媒体报道_有": "是", "专利奖项_有": "是", "论文教材_有": "是"}


def test_every_item_stands_in_the_regulation_in_its_own_words_and_order():
    place = 0
    for item in RUBRIC.items:
        line = "".join(f"{item.text}{item.points}{item.criteria}".split())
        found = PRINTED.find(line, place)
        assert found >= place, item.id
        place = found + len(line)
    assert len(RUBRIC.items) == 25


@pytest.mark.parametrize("section, points", [
    ("制度建设", 10), ("保障建设", 35), ("技术攻关、研发", 15), ("带徒传艺", 30), ("技术交流", 10)])
def test_sections_and_their_points_are_printed(section, points):
    assert f"{section}（{points}分）" in PRINTED
    assert {one.title: one.points for one in RUBRIC.sections}[section] == points


def test_declared_totals_are_printed():
    assert "基础分100分100" in PRINTED and "总分110" in PRINTED
    assert (RUBRIC.base, RUBRIC.bonus, RUBRIC.total) == (100, 10, 110)
    assert [one.points for one in RUBRIC.sections] == [10, 35, 15, 30, 10, 10]


def test_inputs_have_ascii_names_and_the_labels_of_the_form():
    assert len({asked.name for asked in RUBRIC.inputs}) == len(RUBRIC.inputs) == 33
    assert all(asked.name.isascii() and asked.label for asked in RUBRIC.inputs)
    assert {asked.label for asked in RUBRIC.inputs} == FULL.keys() | BONUS_10.keys() | {"场所_视情扣分", "交流会_裁定分"}


def test_full_marks():
    score = RUBRIC.score(FULL | BONUS_10 | {"培养高技能人才_人": 5})
    assert (score.base, score.bonus, score.total) == (100, 10, 110)
    assert (score.grade, score.result, score.complete) == ("优秀", "优秀", 25)
    assert (score.sensitive, score.notes, score.deductions) == ((), (), {})
    assert list(score.sections.values()) == [10, 35, 15, 30, 10, 10]


@pytest.mark.rule("R13-2")
@pytest.mark.parametrize("matching, mode, points, why", [
    (100000, "舍去", "20", "足额"), (99999, "舍去", "20", "不足一万元不扣"), (99999, "进一", "18", "不足一万元按一万元"),
    (99999.99, "进一", "18", "少一分钱也按一万元"), (99999, "线性", "19.9998", "按比例"), (90000, "舍去", "18", "少一万元扣2分"),
    (90000, "进一", "18", "整数不进"), (90001, "进一", "18", "不足一万元"), (10000, "舍去", "2", "少九万元"), (1, "舍去", "2", "少九万余元"),
    (1, "进一", "0", "按十万元扣完"), (0, "舍去", "0", "无配套不得分"), (70000, "舍去", "14", "恰三万元，二进制小数不影响"),
    (99999, None, "20", "未选计扣方式按默认"), (99999, " 进一 ", "18", "前后空格不影响")])
def test_matching_funds(matching, mode, points, why):
    score = RUBRIC.score(FULL | {"配套资金_元": matching, "配套资金_计扣方式": mode})
    assert score.items["2.1"] == Decimal(points), why


@pytest.mark.parametrize("label, value, item, expected", [
    ("场所面积_平方米", 30, "2.2", 5), ("场所面积_平方米", 29.99, "2.2", "待评"), ("场所面积_平方米", 0, "2.2", 0),
    ("团队正式员工数_人", 2, "2.4", 5), ("团队正式员工数_人", 1, "2.4", Decimal("2.5")), ("团队正式员工数_人", 0, "2.4", 0),
    ("团队正式员工数_人", 9, "2.4", 5), ("培养高技能人才_人", 5, "4.4", 25), ("培养高技能人才_人", 4, "4.4", 20),
    ("培养高技能人才_人", 0, "4.4", 0), ("组织体系_已建立", "否", "1.1", 0), ("组织体系_视情扣分", 2, "1.1", 0),
    ("组织体系_视情扣分", 2.01, "1.1", "错误:扣分超出0~2"), ("组织体系_视情扣分", -0.01, "1.1", "错误:扣分超出0~2"),
    ("攻关1_评分", 3, "3.1", 3), ("攻关1_评分", 3.01, "3.1", "错误:超出上限3"), ("带徒计划_有", "否", "4.1", 1),
    ("交流会_第2年次数", 0, "5.2", "待裁定"), ("培养技师_人", 9, "6.1", 4), ("培养技师_人", 7, "6.1", Decimal("3.5")),
    ("配套资金_元", "10万", "2.1", "错误:非数字"), ("配套资金_元", "100000", "2.1", "错误:非数字"), ("配套资金_元", "１０００００", "2.1", "错误:非数字"),
    ("标识牌_有", "有", "1.4", "错误:只填是/否"), ("标识牌_有", " 是 ", "1.4", 2), ("标识牌_有", "是\u3000", "1.4", "错误:只填是/否"),
    ("标识牌_有", None, "1.4", "待填"), ("媒体报道_有", None, "6.2", 0), ("团队正式员工数_人", True, "2.4", "错误:非数字")])
def test_item_boundaries(label, value, item, expected):
    assert RUBRIC.score(FULL | {label: value}).items[item] == expected


def test_a_state_tells_kind_and_reason():
    state = RUBRIC.score(FULL | {"配套资金_元": -1}).items["2.1"]
    assert isinstance(state, State) and (state.kind, state.reason) == ("错误", "不得为负")
    assert (State("待评").kind, State("待评").reason) == ("待评", "")


@pytest.mark.rule("R19-3")
def test_the_registers_offer_the_grades_of_annex_2():
    law = in_force(date(2026, 11, 20))
    assert sorted(law.lists["grades"].names) == sorted(band.name for band in of(law).bands)


@pytest.mark.rule("R19-3")
@pytest.mark.parametrize("lost, grade", [
    ([3, 3, 3, 1], "优秀"), ([3, 3, 3, 1.005], "合格"), ([3, 3, 3, 1.000001], "合格"), ([3, 3, 3, 0.995], "优秀")])
def test_ninety_is_never_reached_by_rounding(lost, grade):
    judged = {f"攻关{number}_评分": 3 - points for number, points in enumerate(lost, 1)}
    score = RUBRIC.score(FULL | judged)
    assert score.total == 100 - sum(Decimal(str(points)) for points in lost)
    assert score.grade == grade


@pytest.mark.rule("R19-3")
@pytest.mark.parametrize("judged, grade", [(0.5, "不合格"), (0.99, "不合格"), (0.999999, "不合格"), (1, "合格")])
def test_sixty_is_never_reached_by_rounding(judged, grade):
    zero = dict.fromkeys(("攻关1_评分", "攻关2_评分", "攻关3_评分", "攻关4_评分", "培养高技能人才_人"), 0)
    score = RUBRIC.score(FULL | zero | {"攻关5_评分": judged, "师带徒协议_已签": "否"})
    assert score.total == 59 + Decimal(str(judged)) and score.grade == grade


def test_unfinished_until_all_25_items_have_points():
    score = RUBRIC.score(FULL | {"攻关1_评分": None})
    assert (score.complete, score.grade, score.items["3.1"], score.total) == (24, "未完成", "待评", 97)
    assert RUBRIC.score({}).grade == "未完成"


@pytest.mark.rule("R19-3")
def test_the_grade_may_hang_on_the_bonus():
    lowered = FULL | {"培养高技能人才_人": 3}
    score = RUBRIC.score(lowered | {"媒体报道_有": "是"})
    assert (score.total, score.grade, score.alternatives["仅基础分"]) == (92, "优秀", "优秀")
    score = RUBRIC.score(lowered | {"媒体报道_有": "是", "标识牌_有": "否"})
    assert (score.total, score.grade, score.sensitive) == (90, "优秀", ("等次因是否计入加分而不同",))
    assert score.alternatives["仅基础分"] == "合格"


def test_the_grade_may_hang_on_the_rounding():
    score = RUBRIC.score(FULL | {"配套资金_元": 50001, "配套资金_计扣方式": "舍去"})
    assert (score.total, score.grade) == (92, "优秀")
    score = RUBRIC.score(FULL | {"配套资金_元": 55000, "标识牌_有": "否"})
    assert dict(score.alternatives) == {"仅基础分": "优秀", "舍去": "优秀", "进一": "合格", "线性": "合格"}
    assert score.sensitive == ("等次因配套资金计扣方式而不同",)


@pytest.mark.rule("X02", "R04")
@pytest.mark.parametrize("trained, matching, notes", [
    (5, 100000, ()), (4, 100000, ("未达第四条任务：培养高技能人才不足5名",)), (5, 99999.99, ("未达第十三条义务：配套资金不足100000元",))])
def test_unmet_duties_are_noted_beside_the_points(trained, matching, notes):
    score = RUBRIC.score(FULL | {"培养高技能人才_人": trained, "配套资金_元": matching})
    assert score.notes == notes and score.grade == "优秀"


@pytest.mark.rule("X02", "R21")
def test_a_duty_follows_the_parameter_the_bureau_has_set():
    law = in_force(date(2026, 1, 1)).overridden({"trainees_per_cycle": 8})
    assert of(law).score(FULL).notes == ("未达第四条任务：培养高技能人才不足8名",)


@pytest.mark.rule("X01")
@pytest.mark.parametrize("technicians, seniors, result", [(2, 3, "优秀"), (3, 3, "数据矛盾"), (0, 6, "数据矛盾"), (None, 5, "优秀")])
def test_more_technicians_than_trained_people_contradict(technicians, seniors, result):
    score = RUBRIC.score(FULL | {"培养技师_人": technicians, "培养高级技师_人": seniors})
    assert (score.grade, score.result) == ("优秀", result)
    assert any("数据矛盾" in note for note in score.notes) is (result == "数据矛盾")


def test_a_choice_not_offered_is_told():
    score = RUBRIC.score(FULL | {"配套资金_计扣方式": "四舍五入"})
    assert score.notes == ("配套资金_计扣方式“四舍五入”不是“舍去”“进一”“线性”之一，按默认口径计算。请改选。",)


def test_points_lost_carry_the_criterion():
    score = RUBRIC.score(FULL | {"培养高技能人才_人": 3, "团队正式员工数_人": 1})
    assert score.deductions == {"2.4": "扣2.5分（没有不得分，每少1人扣2.5分）", "4.4": "扣10分（每少1人扣5分）"}


@pytest.mark.parametrize("changed, reasons, missing", [
    ({}, {}, ()), ({"攻关1_评分": 2}, {}, ("3.1",)), ({"攻关1_评分": 2}, {"3.1": "成果未鉴定"}, ()), ({"攻关1_评分": 2}, {"3.1": "  "}, ("3.1",)),
    ({"组织体系_已建立": "否"}, {}, ("1.1",)), ({"组织体系_已建立": "否", "组织体系_视情扣分": None}, {}, ()),
    ({"培养高技能人才_人": 0}, {}, ()), ({"攻关1_评分": None}, {}, ()), ({"场所面积_平方米": 20, "场所_视情扣分": 1}, {}, ("2.2",))])
def test_judgement_below_the_maximum_needs_a_reason(changed, reasons, missing):
    assert RUBRIC.unexplained(FULL | changed, reasons) == missing


def test_an_unknown_label_is_refused():
    with pytest.raises(UserError, match=r"“配套资金”不是.*请"):
        RUBRIC.score({"配套资金": 1})
