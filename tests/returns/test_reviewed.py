"""评审表决：环节的次序、三类专家、缺票、缺席、回避、票数、票数相等、没有定比例——每一条一对边界。"""

from datetime import date

import pytest

from tests.returns.make import ARRANGED, ledger, review
from tests.returns.reviews import DAY, FIRST, SECOND, book, check, committee, expert, studio
from toolkit.returns.checks import ACCEPTED, QUERIED, REFUSED, reviewed

APPLICATION = {"年度": 2026, "推荐区县": "天山区", "工作室名称": FIRST, "领办人": "赵一", "申办单位": "甲公司", "申报状态": "已受理"}
OTHER = {"年度": 2026, "推荐区县": "天山区", "工作室名称": SECOND, "领办人": "钱二", "申办单位": "乙公司", "申报状态": "已受理"}


def codes(checked):
    return [found.code for found in checked.findings]


def outcomes(checked):
    return [checked.outcome(case) for case in checked.cases]


@pytest.mark.rule("R11")
def test_a_complete_review_is_clean_and_counted():
    checked = check(book())
    assert codes(checked) == [] and outcomes(checked) == [ACCEPTED, ACCEPTED]
    kept = reviewed.completed(checked.cases[0])
    assert (kept["应到评委"], kept["实到评委"], kept["同意票"], kept["表决结果"]) == (6, 6, 6, "通过")
    assert (kept["院校专家"], kept["行业专家"], kept["企业专家"]) == (2, 2, 2) and kept["同意评委"] == "评委甲、评委乙、评委丙、评委丁、评委戊、评委己"
    assert (kept["出席比例"], kept["回避评委"]) == ("不少于2/3", None)


@pytest.mark.rule("R11")
@pytest.mark.parametrize("changes, code, field, why", [
    ({"现场考察日": date(2026, 11, 2)}, "", "", "与审阅同一天"), ({"现场考察日": date(2026, 11, 1)}, "R11.order", "现场考察日", "早一天"),
    ({"集中评议日": date(2026, 11, 5)}, "R11.order", "实名表决日", "评议晚于表决"), ({"实名表决日": DAY}, "", "", "表决当天填报"),
    ({"实名表决日": date(2026, 11, 20)}, "F-future", "实名表决日", "晚于填报日期"), ({"审阅材料日": None}, "F-required", "审阅材料日", "缺一个环节")])
def test_the_four_steps_are_there_and_in_order(changes, code, field, why):
    checked = check(book([studio(**changes), studio(SECOND)]))
    assert [(each.code, each.place.field) for each in checked.findings] == ([(code, field)] if code else []), why
    assert outcomes(checked) == [REFUSED if code else ACCEPTED, ACCEPTED], why


@pytest.mark.rule("R11")
@pytest.mark.parametrize("experts, code, field, outcome, why", [
    (committee(二={FIRST: None}), "R11.missing", FIRST, REFUSED, "出席了没有投"),
    (committee(二={FIRST: None, SECOND: None, "出席": "否"}), "", "", ACCEPTED, "缺席的不投"),
    (committee(二={FIRST: "同意", SECOND: None, "出席": "否"}), "R11.absent", FIRST, REFUSED, "缺席的投了"),
    (committee(二={FIRST: "看情况"}), "F-choice", FIRST, REFUSED, "看不懂的票不当作没有投"),
    (committee(一={FIRST: "回避"}, 四={FIRST: "回避"}), "R11.kinds", "工作室名称", REFUSED, "两位行业专家都回避了"),
    (committee(一={FIRST: "回避"}), "", "", ACCEPTED, "还有一位行业专家"),
    (committee(三={"单位": "甲公司"}), "R11.recuse", FIRST, QUERIED, "同单位没有回避"),
    (committee(三={"单位": "甲公司", FIRST: "回避"}), "", "", ACCEPTED, "同单位回避了"),
    (committee(三={"利害关系": "领办人赵一是本人学生"}), "R11.recuse", FIRST, QUERIED, "本人申报了"),
    (committee(三={FIRST: "不同意", SECOND: "不同意"}, 四={FIRST: "不同意"}, 五={FIRST: "不同意"}), "R11.tie", "表决结果", QUERIED, "三比三"),
    (committee(三={FIRST: "不同意"}, 四={FIRST: "不同意"}), "", "", ACCEPTED, "四比二")])
def test_ballots_and_recusals(experts, code, field, outcome, why):
    checked = check(book(experts=experts))
    found = [(each.code, each.place.field) for each in checked.findings if each.code != "F-required"]
    assert found == ([(code, field)] if code else []), (why, codes(checked))
    assert outcomes(checked) == [outcome, ACCEPTED], why


@pytest.mark.rule("R11")
def test_who_stands_for_the_district_is_asked_to_stand_aside_from_both():
    checked = check(book(experts=committee(六={"所在区县": "天山区"})))
    assert codes(checked) == ["R11.recuse", "R11.recuse"] and "推荐的区（县）" in checked.findings[0].message
    assert codes(check(book(experts=committee(六={"所在区县": "米东区"})))) == []


@pytest.mark.rule("R11")
def test_a_reason_in_the_remarks_of_the_application_settles_a_recusal():
    asked = committee(三={"单位": "甲公司"})
    assert outcomes(check(book([studio(备注="该评委已调离，评委会同意其参加表决"), studio(SECOND)], asked)))[0] == ACCEPTED
    assert outcomes(check(book([studio(备注="无"), studio(SECOND)], asked)))[0] == QUERIED


@pytest.mark.rule("R11")
@pytest.mark.parametrize("header, shown, wanted", [("同意票", 7, 6), ("实到评委", 5, 6), ("应到评委", 9, 6), ("表决结果", "不通过", "通过"), ("回避人数", 1, 0)])
def test_a_tally_that_was_overwritten_is_told_and_the_ballots_count(header, shown, wanted):
    checked = check(book([studio(**{header: shown}), studio(SECOND)]))
    assert [(each.code, each.place.field, each.value) for each in checked.findings] == [("R11.tally", header, str(shown))]
    assert f"“{wanted}”" in checked.findings[0].message and outcomes(checked) == [REFUSED, ACCEPTED]
    assert codes(check(book([studio(**{header: wanted}), studio(SECOND)]))) == []


@pytest.mark.rule("R11")
@pytest.mark.parametrize("label", list(ARRANGED)[1:])
def test_without_a_share_nothing_is_counted_and_what_is_suggested_is_said(label):
    checked = check(book(**{label: None}))
    assert codes(checked) == ["R11.rules"] and f"建议：{label}" in checked.findings[0].message
    assert outcomes(checked) == [REFUSED, REFUSED] and checked.refusal(checked.cases[0].source)


@pytest.mark.rule("R11")
@pytest.mark.parametrize("experts, code", [([], "R11.experts"), (committee(二={"类别": None}), "F-required"), (committee(二={"类别": "退休"}), "F-choice")])
def test_what_is_wrong_with_the_committee_stops_the_whole(experts, code):
    checked = check(book(experts=experts))
    assert code in codes(checked) and set(outcomes(checked)) == {REFUSED}


@pytest.mark.rule("R11")
def test_a_studio_without_its_column_and_one_in_two_workbooks():
    missing = book()
    ballots = missing.grids[1]
    cut = type(ballots)(ballots.name, tuple(row[:-1] for row in ballots.rows))
    checked = check(type(missing)(missing.file, (missing.grids[0], cut), missing.properties, missing.sha256))
    assert codes(checked) == ["R11.column", "R11.kinds"] and outcomes(checked) == [ACCEPTED, REFUSED]
    twice = check(book(), book([studio()], [expert(number, {FIRST: "同意"}) for number in range(1, 7)], file="评审表决（改）.xlsx"))
    assert codes(twice) == ["R11.twice", "R11.twice"] and outcomes(twice) == [REFUSED, ACCEPTED, REFUSED]


@pytest.mark.rule("R11")
@pytest.mark.parametrize("registers, code, outcome, why", [
    ({"申报批次": [APPLICATION, OTHER], "年度安排": [ARRANGED]}, [], [ACCEPTED, ACCEPTED], "都对得上"),
    ({"申报批次": [APPLICATION, OTHER], "年度安排": []}, ["R11.unset"], [REFUSED, REFUSED], "台账没有定比例"),
    ({"申报批次": [APPLICATION, OTHER], "年度安排": [ARRANGED | {"通过比例": "不少于2/3"}]}, ["R11.differs"], [REFUSED, REFUSED], "表上的比例被改过"),
    ({"申报批次": [OTHER], "年度安排": [ARRANGED]}, ["R11.unknown"], [REFUSED, ACCEPTED], "台账里没有这件"),
    ({"申报批次": [APPLICATION | {"申报状态": "挂起"}, OTHER], "年度安排": [ARRANGED]}, ["R11.notyet"], [REFUSED, ACCEPTED], "还挂起"),
    ({"申报批次": [APPLICATION | {"评审结论": "不通过"}, OTHER], "年度安排": [ARRANGED]}, ["R11.typed"], [QUERIED, ACCEPTED], "已填了相反的结论"),
    ({"申报批次": [APPLICATION | {"评审结论": "通过"}, OTHER], "年度安排": [ARRANGED]}, [], [ACCEPTED, ACCEPTED], "填的一样"),
    ({"申报批次": [APPLICATION, OTHER, OTHER | {"工作室名称": "孙三电工技能大师工作室"}], "年度安排": [ARRANGED]}, ["R11.omitted"], [ACCEPTED, ACCEPTED],
     "还有一件没有列入")])
def test_what_the_ledger_says_to_it(registers, code, outcome, why):
    checked = check(book(), against=ledger(**registers))
    assert codes(checked) == code and outcomes(checked) == outcome, why


@pytest.mark.rule("R11")
def test_a_later_correction_of_what_the_ledger_has_is_no_contradiction():
    registers = {"申报批次": [APPLICATION | {"评审结论": "不通过"}, OTHER], "年度安排": [ARRANGED],
                 "评审": [review(APPLICATION, 同意票=2, 不同意票=4, 弃权票=0, 实到评委=6, 应到评委=6, 表决结果="不通过")]}
    assert codes(check(book(), against=ledger(**registers))) == []


@pytest.mark.rule("R11")
def test_who_stood_alone_is_counted_for_the_bureau_and_counts_for_nothing():
    checked = check(book(experts=committee(二={FIRST: "不同意"}, 三={FIRST: "弃权"})))
    experts = reviewed.experts(checked.cases[0].source)
    assert [reviewed.minority(each, checked.cases) for each in experts] == [0, 1, 0, 0, 0, 0] and outcomes(checked) == [ACCEPTED, ACCEPTED]


@pytest.mark.rule("R11")
def test_ballots_as_people_write_them():
    checked = check(book(experts=committee(二={FIRST: "√"}, 三={FIRST: "反对"})))
    kept = reviewed.completed(checked.cases[0])
    assert (kept["同意票"], kept["不同意票"]) == (5, 1) and outcomes(checked)[0] == ACCEPTED
