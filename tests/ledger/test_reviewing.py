"""第十一条：没有评审、环节不全不按次序、少一类专家、没有定比例、票数不对的，不能公示；结论随票数走。"""

from datetime import date

import pytest

from tests.returns.make import ARRANGED, LAW, ledger, review
from toolkit.ledger import decisions
from toolkit.ledger.audit import audit
from toolkit.ledger.books import Books
from toolkit.regulation.calendar import holidays

NAME = "赵一焊工技能大师工作室"
APPLICATION = {"年度": 2026, "推荐区县": "天山区", "工作室名称": NAME, "领办人": "赵一", "身份证号": "650102198001010015", "职业(工种)": "焊工",
               "申办单位": "甲公司", "申报状态": "已受理"}
ON = date(2026, 11, 28)


def books(verdict=None, arranged=ARRANGED, reviews=None, publicity=(), **changes):
    rows = [review(APPLICATION, **changes)] if reviews is None else reviews
    return Books(ledger(申报批次=[APPLICATION | {"评审结论": verdict}], 评审=rows, 年度安排=[arranged] if arranged else [],
                        公示命名=[{"年度": 2026, "工作室名称": NAME, "申办单位": "甲公司", "公示发布日": each} for each in publicity]))


def selected(found):
    return decisions.publishable(found, 2026, ON, LAW)


def codes(findings):
    return [each.code for each in findings]


def audited(found):
    return [each.code for each in audit(found, LAW, ON, holidays()) if each.code.startswith("R11")]


@pytest.mark.rule("R11")
@pytest.mark.parametrize("verdict", [None, "通过"])
def test_a_review_as_the_regulation_asks_lets_it_be_published(verdict):
    assert len(selected(books(verdict)).chosen) == 1 and audited(books(verdict)) == []


@pytest.mark.rule("R11")
@pytest.mark.parametrize("changes, code, why", [
    ({"审阅材料日": None}, "R11.blank", "没有审阅材料"), ({"现场考察日": None}, "R11.blank", "没有现场考察"),
    ({"集中评议日": None}, "R11.blank", "没有集中评议"), ({"实名表决日": None}, "R11.blank", "没有实名表决"),
    ({"现场考察日": date(2026, 11, 1)}, "R11.order", "考察在审阅之前"), ({"实名表决日": date(2026, 11, 3)}, "R11.order", "表决在评议之前"),
    ({"院校专家": 0}, "R11.kinds", "没有院校专家"), ({"行业专家": 0}, "R11.kinds", "没有行业专家"), ({"企业专家": 0}, "R11.kinds", "没有企业专家"),
    ({"企业专家": None}, "R11.blank", "没有登记企业专家"), ({"同意票": 8}, "R11.sums", "票数多出一张"), ({"应到评委": 8}, "R11.sums", "实到多于应到"),
    ({"表决结果": "不通过"}, "R11.stated", "结果与票数不符"), ({"通过比例": "不少于2/3"}, "R11.differs", "不是当年定的比例"),
    ({"入账状态": "待说明"}, "R11.open", "还有提示没有说明")])
def test_what_is_lacking_stops_a_typed_pass_and_is_said(changes, code, why):
    typed = selected(books("通过", **changes))
    assert codes(typed.stopping) == [code] and typed.stopping[0].clause == "第十一条" and not typed.chosen, why
    assert code in codes(selected(books(None, **changes)).left_out) and code in audited(books("通过", **changes)), why


@pytest.mark.rule("R11")
def test_all_four_steps_may_be_on_one_day():
    day = date(2026, 11, 4)
    assert selected(books("通过", 审阅材料日=day, 现场考察日=day, 集中评议日=day, 实名表决日=day)).chosen


@pytest.mark.rule("R11")
@pytest.mark.parametrize("label", list(ARRANGED)[1:])
def test_without_the_shares_of_the_year_nothing_is_counted(label):
    (found,) = selected(books("通过", arranged=ARRANGED | {label: None})).stopping
    assert found.code == "R11.unset" and label in found.message and f"建议：{label}" in found.message and found.place.field == label
    assert codes(selected(books("通过", arranged=None)).stopping) == ["R11.unset"]


@pytest.mark.rule("R11")
@pytest.mark.parametrize("verdict, votes, code, why", [
    ("通过", (4, 5, 0), "R11.contradicts", "票数不过，填了通过"), ("不通过", (7, 1, 1), "R11.contradicts", "票数过了，填了不通过"),
    ("不通过", (4, 5, 0), "R11.outcome", "都是不通过，只是不列入"), (None, (4, 5, 0), "R11.outcome", "没有填，按票数不列入"),
    ("缓议", (7, 1, 1), "R11.verdict", "缓议的不列入")])
def test_a_typed_conclusion_agrees_with_the_ballots(verdict, votes, code, why):
    ayes, noes, abstentions = votes
    found = books(verdict, 同意票=ayes, 不同意票=noes, 弃权票=abstentions, 表决结果=None)
    assert codes([*selected(found).stopping, *selected(found).left_out]) == [code] and not selected(found).chosen, why
    assert ("R11.contradicts" in audited(found)) is (code == "R11.contradicts"), why


@pytest.mark.rule("R11")
def test_a_pass_that_nobody_reviewed_is_not_published():
    found = books("通过", reviews=[])
    assert codes(selected(found).stopping) == ["R11.unreviewed"] and audited(found) == ["R11.unreviewed"]
    assert codes(selected(books(None, reviews=[])).left_out) == ["R11.none"]
    other = books("通过", reviews=[review(APPLICATION | {"申办单位": "乙公司"})])
    assert codes(selected(other).stopping) == ["R11.unreviewed"], "同名而不是同一单位的评审不算它的"


@pytest.mark.rule("R11")
def test_what_was_made_public_before_reviews_were_kept_stays():
    """旧台账：那一年没有评审登记、没有定比例，已经公示的照旧；没有公示过的不能跟着算。"""
    before = books("通过", arranged=None, reviews=[], publicity=[date(2026, 11, 1)])
    assert codes(selected(before).left_out) == ["R12-1.published"] and not selected(before).stopping and audited(before) == []
    assert codes(selected(books("通过", arranged=None, reviews=[])).stopping) == ["R11.unreviewed"]
    kept = books("通过", reviews=[], publicity=[date(2026, 11, 1)])
    assert codes(selected(kept).stopping) == ["R11.unreviewed"] and audited(kept) == ["R11.unreviewed", "R11.before"]


@pytest.mark.rule("R11")
@pytest.mark.parametrize("status, ruling, verdict, allowed", [
    ("已受理", None, None, True), ("挂起", None, None, False), ("挂起", "保留", None, True), ("待说明", None, None, False),
    ("已撤回", None, None, False), ("待核撤回", None, None, False), ("已受理", None, "通过", False), ("已受理", None, "缓议", True)])
def test_what_is_taken_in_and_not_reviewed_to_an_end_is_reviewed(status, ruling, verdict, allowed):
    row = Books(ledger(申报批次=[APPLICATION | {"申报状态": status, "裁定": ruling, "评审结论": verdict}])).applications[0]
    assert decisions.may_be_reviewed(row, LAW).allowed is allowed
