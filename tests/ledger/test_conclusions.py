"""评审表决入账：评审、评委两表，评审结论随票数；再合并不变；旧的不盖新的；改了票，结论跟着改；人填的结论不动。"""

from datetime import date, timedelta

import pytest

from tests.returns.make import ARRANGED, LAW, ledger
from tests.returns.reviews import DAY, FIRST, SECOND, book, check, committee, studio
from toolkit.forms import REVIEW
from toolkit.ledger import admission, plan, versions
from toolkit.ledger.books import Books
from toolkit.returns import checks
from toolkit.returns.parse import Parser

APPLICATION = {"年度": 2026, "推荐区县": "天山区", "工作室名称": FIRST, "领办人": "赵一", "身份证号": "650102198001010015", "职业(工种)": "焊工",
               "申办单位": "甲公司", "申报状态": "已受理"}
OTHER = APPLICATION | {"工作室名称": SECOND, "领办人": "钱二", "身份证号": "650102198001010023", "职业(工种)": "车工", "申办单位": "乙公司"}
LOST = committee(一={FIRST: "不同意"}, 二={FIRST: "不同意"}, 三={FIRST: "不同意"}, 四={FIRST: "不同意"})


def registers(**changes):
    return {"申报批次": [dict(APPLICATION), dict(OTHER)], "年度安排": [ARRANGED], "评审": [], "评委": [], "报表登记": []} | changes


def merge(held, *books):
    """The plan, and the registers as it leaves them."""
    standing = ledger(**held)
    parser = Parser(LAW, (REVIEW,))
    returns = [parser.read(each) for each in books]
    for source in returns:
        checks.alone(source, LAW)
    choices = versions.choose(returns)
    checked = admission.run(returns, LAW, Books(standing), [choice.chosen for choice in choices])
    done = plan.build(choices, checked, Books(standing), LAW)
    after = {name: [dict(row) for row in rows] for name, rows in held.items()}
    for change in done.changed:
        after[change.sheet][change.row - 1] |= {header: new for header, (_, new) in change.fields.items()}
    for row in (*done.added, *done.received):
        after.setdefault(row.sheet, []).append(dict(row.values))
    return done, after


def verdicts(held):
    return [(row.get("评审结论"), row.get("评审日期")) for row in held["申报批次"]]


@pytest.mark.rule("R11")
def test_the_result_goes_into_the_review_and_the_application():
    done, after = merge(registers(), book(experts=committee(六={SECOND: "回避"})))
    assert [(row["工作室名称"], row["同意票"], row["应到评委"], row["表决结果"], row["入账状态"]) for row in after["评审"]] == [
        (FIRST, 6, 6, "通过", "已受理"), (SECOND, 5, 5, "通过", "已受理")]
    assert [(row["评委"], row["类别"]) for row in after["评委"]][:2] == [("评委甲", "行业"), ("评委乙", "企业")] and len(after["评委"]) == 6
    assert after["评审"][1]["回避评委"] == "评委己" and after["评审"][0]["来源文件"] == "评审表决_2026.xlsx"
    assert verdicts(after) == [("通过", date(2026, 11, 4))] * 2 and not done.conflicts and not done.withdrawn
    assert [row["报表"] for row in after["报表登记"]] == ["评审表决"]


@pytest.mark.rule("R11")
def test_merging_it_again_changes_nothing():
    _, after = merge(registers(), book())
    done, _ = merge(after, book())
    assert done.empty and not done.conflicts


@pytest.mark.rule("R11")
def test_a_corrected_workbook_takes_the_conclusion_along_and_an_older_one_does_not():
    _, first = merge(registers(), book())
    corrected = book(experts=LOST, filled=DAY + timedelta(1))
    _, after = merge(first, corrected)
    assert [row["表决结果"] for row in after["评审"]] == ["不通过", "通过"] and [each for each, _ in verdicts(after)] == ["不通过", "通过"]
    done, _ = merge(after, book())
    assert not done.changed and not done.added
    assert [each.code for each in check(book(), against=ledger(**after)).findings] == ["M-older"]


@pytest.mark.rule("R11")
def test_what_people_typed_stays_and_is_told():
    held = registers(申报批次=[APPLICATION | {"评审结论": "不通过", "评审日期": date(2026, 11, 1)}, dict(OTHER)])
    _, after = merge(held, book())
    assert verdicts(after) == [("不通过", date(2026, 11, 1)), ("通过", date(2026, 11, 4))]
    assert after["评审"][0]["入账状态"] == "待说明" and "不通过" in after["评审"][0]["未了问题"]


@pytest.mark.rule("R11")
def test_what_is_refused_does_not_enter():
    _, after = merge(registers(), book([studio(现场考察日=date(2026, 11, 1)), studio(SECOND)]))
    assert [row["工作室名称"] for row in after["评审"]] == [SECOND] and len(after["评委"]) == 6
    assert [each for each, _ in verdicts(after)] == [None, "通过"]
    _, after = merge(registers(年度安排=[]), book())
    assert not after["评审"] and not after["评委"] and [each for each, _ in verdicts(after)] == [None, None]


@pytest.mark.rule("R11")
def test_too_few_present_decides_nothing():
    absent = {FIRST: None, SECOND: None, "出席": "否"}
    few = committee(一=absent, 二=absent, 三=absent)
    _, after = merge(registers(), book(experts=few))
    assert {row["表决结果"] for row in after["评审"]} == {"未达出席比例"} and [each for each, _ in verdicts(after)] == [None, None]


@pytest.mark.rule("R11")
def test_a_second_round_leaves_the_first_alone():
    _, first = merge(registers(), book([studio()], committee()))
    done, after = merge(first, book([studio(SECOND)], committee(), file="评审表决_2026（第二次）.xlsx", filled=DAY + timedelta(9)))
    assert [row["工作室名称"] for row in after["评审"]] == [FIRST, SECOND] and not done.withdrawn
    assert [each for each, _ in verdicts(after)] == ["通过", "通过"] and len(after["评委"]) == 6
