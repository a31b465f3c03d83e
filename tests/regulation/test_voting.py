"""实名表决怎样算：比例的边界、基数、回避、缺席；表内公式和程序得一样的数。"""

import pytest

from tests.returns.make import ARRANGED, LAW
from toolkit.regulation.voting import CHOICES, INQUORATE, result, suggested, tally, voting_rules

SET = [ARRANGED[LAW.lists[name].label] for name in CHOICES]


def rules(**changed):
    return voting_rules(LAW, [changed.get(LAW.lists[name].label, value) for name, value in zip(CHOICES, SET, strict=True)])


def ballots(ayes=0, noes=0, abstentions=0, recused=0, absent=0):
    return tally(["同意"] * ayes + ["不同意"] * noes + ["弃权"] * abstentions + ["回避"] * recused + [None] * absent, LAW)


@pytest.mark.rule("R11")
@pytest.mark.parametrize("counts, changed, outcome, why", [
    ((5, 4), {}, "通过", "9人到齐，5票超过半数"),
    ((4, 4, 1), {}, "不通过", "4票不到9人的半数"),
    ((5, 5), {}, "不通过", "10人5票正好半数，不算超过"),
    ((6, 4), {}, "通过", "10人6票"),
    ((5, 0, 1, 0, 3), {}, "通过", "9人到6人，正好三分之二"),
    ((5, 0, 0, 0, 4), {}, INQUORATE, "9人到5人，不到三分之二"),
    ((5, 1, 0, 0, 3), {"计票基数": "实到评委"}, "通过", "实到6人"),
    ((4, 2, 0, 0, 3), {}, "不通过", "应到9人，4票不过半"),
    ((4, 2, 0, 0, 3), {"计票基数": "实到评委"}, "通过", "实到6人，4票过半"),
    ((5, 3, 0, 1), {}, "通过", "回避1人不计入应到，8人5票"),
    ((4, 3, 0, 2), {}, "通过", "回避2人不计入应到，7人4票"),
    ((4, 3, 0, 2), {"回避计法": "计入应到"}, "不通过", "回避2人计入应到，9人4票"),
    ((6, 3), {"通过比例": "不少于2/3"}, "通过", "9人6票正好三分之二"),
    ((5, 4), {"通过比例": "不少于2/3"}, "不通过", "9人5票"),
    ((6, 3), {"通过比例": "超过2/3"}, "不通过", "正好三分之二，不算超过"),
    ((8, 0, 0, 0, 1), {"出席比例": "全体出席"}, INQUORATE, "缺一人"),
    ((0, 0, 0, 3), {}, INQUORATE, "全都回避，没有人应到")])
def test_what_ballots_come_to(counts, changed, outcome, why):
    counted, by = ballots(*counts), rules(**changed)
    assert result(counted.due(by), counted.present, counted.ayes, by, LAW) == outcome, why


@pytest.mark.rule("R11")
@pytest.mark.parametrize("label", list(ARRANGED)[1:])
def test_nothing_is_assumed_where_the_text_is_silent(label):
    assert voting_rules(LAW, [None if LAW.lists[name].label == label else value for name, value in zip(CHOICES, SET, strict=True)]) is None
    assert suggested(LAW)[label] in LAW.lists[dict(zip((LAW.lists[name].label for name in CHOICES), CHOICES, strict=True))[label]].names


@pytest.mark.rule("R11")
def test_a_tie_is_known():
    assert ballots(3, 3, 1).tied and not ballots(3, 2, 1).tied and not ballots(0, 0, 0, 2).tied
