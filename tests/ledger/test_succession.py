"""补报、旧表、撤回：无论报表先来后到、分几次合并，台账都一样；不再有的行看得见，由人选择。"""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.test_plan import merge, second
from tests.returns.make import TODAY, application, book, id_number, ledger, member
from toolkit.ledger.ledger_rows import ENTERED, FINGERPRINT, SOURCE_FILE

NAME = application()["工作室名称"]
NOT_COMPARED = {FINGERPRINT, ENTERED, SOURCE_FILE, "来源行", "原件校验码"}


class Kept:
    """A ledger in memory that plans are carried out on."""

    def __init__(self):
        self.tables = {}

    def merge(self, *books):
        done = merge(*books, standing=ledger(**self.tables))
        for change in done.changed:
            row = self.tables[change.sheet][change.row - 1]
            row |= {header: new for header, (_, new) in change.fields.items()}
        for row in (*done.added, *done.received):
            self.tables.setdefault(row.sheet, []).append(dict(row.values))
        return done

    def rows(self, sheet="申报批次"):
        return self.tables.get(sheet, [])

    def state(self):
        """Everything but provenance, whatever the order of the rows."""
        return {sheet: sorted(repr(sorted((header, str(value)) for header, value in row.items()
                                          if header not in NOT_COMPARED and value is not None)) for row in rows)
                for sheet, rows in self.tables.items() if sheet != "报表登记"}


def returned(days, *applications, **given):
    """天山区's return of a day."""
    return book(list(applications), filled=TODAY + timedelta(days), file=f"天山区{days}.xlsx", **given)


OTHER = {"领办人": "钱二", "身份证号": id_number(date(1980, 5, 20), "男", 8), "职业(工种)": "电工", "职业编码": "6-31-01-03", "申办单位": "乙公司"}


def test_what_a_newer_return_no_longer_has_waits_for_the_city():
    kept = Kept()
    kept.merge(returned(0, application(), application(**OTHER)))
    done = kept.merge(returned(1, application()))
    assert [row["申报状态"] for row in kept.rows()] == ["已受理", "待核撤回"]
    assert [row.label for row in done.withdrawn if row.sheet == "申报批次"] == [application(**OTHER)["工作室名称"]]
    assert {row.get("在册情况") for row in kept.rows("人员") if row["工作室名称"] != NAME} == {"待核撤回"}
    assert kept.merge(returned(1, application())).empty, "再合并一次不变"


@pytest.mark.parametrize("answer, status", [("撤回", "已撤回"), ("保留", "已受理"), (None, "待核撤回")])
def test_the_city_s_choice_is_carried_out(answer, status):
    kept = Kept()
    kept.merge(returned(0, application(), application(**OTHER)))
    kept.merge(returned(1, application()))
    kept.rows()[1]["撤回处理"] = answer
    kept.merge(returned(1, application()))
    assert kept.rows()[1]["申报状态"] == status
    assert kept.merge(returned(1, application())).empty


@pytest.mark.parametrize("changes, what", [
    ({"职业(工种)": "电工", "职业编码": "6-31-01-03"}, "换了职业"), ({"身份证号": id_number(date(1980, 5, 20), "男", 8)}, "换了身份证号"),
    ({"领办人": "赵一一", "身份证号": id_number(date(1980, 5, 20), "男", 8)}, "换了领办人")])
def test_one_application_never_becomes_two(changes, what):
    kept = Kept()
    kept.merge(returned(0, application()))
    kept.merge(returned(1, application(**changes)))
    assert sorted(row["申报状态"] for row in kept.rows()) == ["已受理", "待核撤回"], what


def test_a_new_name_is_the_same_application():
    kept = Kept()
    kept.merge(returned(0, application()))
    kept.merge(returned(1, application(工作室地点="新址")))
    assert [(row["申报状态"], row["工作室地点"]) for row in kept.rows()] == [("已受理", "新址")]


def test_an_older_return_changes_nothing_and_says_so():
    kept = Kept()
    kept.merge(returned(1, application(工作室地点="新址")))
    before = kept.state()
    done = kept.merge(returned(0, application(工作室地点="旧址")))
    assert kept.state() == before and [source.file for source in done.older] == ["天山区0.xlsx"]


def test_a_team_member_left_out_is_seen():
    kept = Kept()
    team = [member(NAME, number) for number in (1, 2, 3)]
    kept.merge(returned(0, application(**{"团队人数(不含领办人)": 3}), team=team))
    kept.merge(returned(1, application(**{"团队人数(不含领办人)": 2}), team=team[:2]))
    assert [row.get("在册情况") for row in kept.rows("人员")] == [None, None, "待核撤回"]


def test_who_comes_back_counts_again():
    kept = Kept()
    kept.merge(returned(0, application(), application(**OTHER)))
    kept.merge(returned(1, application()))
    kept.merge(returned(2, application(), application(**OTHER)))
    assert [row["申报状态"] for row in kept.rows()] == ["已受理", "已受理"]


TEAM = [member(NAME, number) for number in (1, 2)]
ONE_DAY = {
    "地点不同": (returned(0, application()), returned(0, application(工作室地点="新址"))),
    "成员的等级不同": (returned(0, application(), team=TEAM), returned(0, application(), team=[TEAM[0], TEAM[1] | {"等级或职称": "技师"}])),
    "换了成员": (returned(0, application(), team=TEAM), returned(0, application(), team=[TEAM[0], member(NAME, 3)])),
    "少一名成员": (returned(0, application(**{"团队人数(不含领办人)": 3}), team=[*TEAM, member(NAME, 3)]), returned(0, application(), team=TEAM)),
    "少一件": (returned(0, application(), application(**OTHER)), returned(0, application())),
    "各报一件": (returned(0, application()), returned(0, application(**OTHER))),
    "没有推荐": (returned(0, application()), returned(0, nil="是")),
    "一份过不了": (returned(0, application()), returned(0, application(技能等级="高级工"))),
    "换了身份证号": (returned(0, application()), returned(0, application(身份证号=OTHER["身份证号"]))),
    "换了职业": (returned(0, application()), returned(0, application(**{"职业(工种)": "电工", "职业编码": "6-31-01-03"}))),
}
"""Two returns of one district that bear one date."""
WAYS = {"一起": ((0, 1),), "先一后二": ((0,), (1,)), "先二后一": ((1,), (0,)), "先一后两份": ((0,), (0, 1)), "先二后两份": ((1,), (0, 1)),
        "三次": ((0,), (1,), (0,))}


def counting(kept):
    """What counts, without provenance."""
    return {sheet: sorted(repr(sorted((header, str(value)) for header, value in row.items() if header not in NOT_COMPARED and value is not None))
                          for row in rows if row.get("申报状态", row.get("在册情况")) != "已撤回")
            for sheet, rows in kept.tables.items() if sheet not in ("报表登记", "冲突", "提示说明")}


def of_one_day(case):
    return [replace(each, file=f"{name}.xlsx", sha256=name * 64) for name, each in zip("12", ONE_DAY[case], strict=True)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", ONE_DAY)
def test_two_returns_of_one_day_wait_for_people_whichever_came_first(case, way):
    books, kept = of_one_day(case), Kept()
    for part in WAYS[way]:
        done = kept.merge(*(books[each] for each in part))
    assert done.conflicts and {row["状态"] for row in kept.rows("冲突")} == {"待选择"}
    concerned = {row["对象"].split()[0] for row in kept.rows("冲突")}
    assert {row["申报状态"] for row in kept.rows() if row["工作室名称"] in concerned} == {"挂起"}
    assert kept.merge(*(books[each] for each in WAYS[way][-1])).empty


@pytest.mark.parametrize("winner", [0, 1])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", ONE_DAY)
def test_what_people_chose_of_one_day_is_the_ledger(case, way, winner):
    books, kept, alone = of_one_day(case), Kept(), Kept()
    for part in WAYS[way]:
        kept.merge(*(books[each] for each in part))
    for row in kept.rows("冲突"):
        row["采用"] = "来件" if row["来件"] == f"{winner + 1}.xlsx" else "台账"
    alone.merge(books[winner])
    for part in ((0, 1), *WAYS[way], (winner,), (1 - winner,)):
        kept.merge(*(books[each] for each in part))
        assert counting(kept) == {sheet: rows for sheet, rows in counting(alone).items() if rows} | {
            sheet: [] for sheet in counting(kept) if not counting(alone).get(sheet)}, part


@pytest.mark.parametrize("case", ["地点不同", "少一件", "成员的等级不同"])
def test_a_newer_return_ends_what_two_of_one_day_left_open(case):
    books, kept = of_one_day(case), Kept()
    kept.merge(*books)
    kept.merge(returned(1, application(), application(**OTHER)))
    assert {row["状态"] for row in kept.rows("冲突")} == {"已处理"} and {row["申报状态"] for row in kept.rows()} == {"已受理"}


def test_what_a_return_works_out_itself_is_no_matter_of_choice():
    """A return that was saved without its results says nothing else."""
    books = [replace(returned(0, application(距退休满2年=value)), file=f"{name}.xlsx", sha256=name * 64) for name, value in (("1", "是"), ("2", None))]
    for first, last in itertools.permutations(books):
        kept = Kept()
        kept.merge(first)
        assert not kept.merge(last).conflicts and [row["申报状态"] for row in kept.rows()] == ["已受理"]


VERSIONS = (
    lambda days: returned(days, application()), lambda days: returned(days, application(), application(**OTHER)),
    lambda days: returned(days, application(工作室地点="新址")), lambda days: returned(days, nil="是"),
    lambda days: returned(days, application(**{"职业(工种)": "电工", "职业编码": "6-31-01-03"})),
    lambda days: returned(days, application(**OTHER)), lambda days: returned(days, application(技能等级="高级工")))


@settings(max_examples=40)
@given(st.lists(st.sampled_from(VERSIONS), min_size=1, max_size=3), st.booleans(), st.data())
def test_merging_in_every_order_and_split_gives_one_ledger(versions, with_other, data):
    books = [version(days) for days, version in enumerate(versions)] + [second()] * with_other
    outcomes = []
    for order in itertools.permutations(books):
        kept = Kept()
        cut = data.draw(st.integers(0, len(order)))
        for part in (order[:cut], *([each] for each in order[cut:])):
            if part:
                kept.merge(*part)
        outcomes.append(kept.state())
    assert all(each == outcomes[0] for each in outcomes)
