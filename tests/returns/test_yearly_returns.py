"""目标任务书、年度绩效评估表：当年签订、空项、评语、参考分、两个区（县）报同一个，与台账比对。"""

from datetime import date

import pytest

from tests.returns.make import LAW, ledger
from toolkit.forms import EVALUATION, GOALS
from toolkit.forms.evaluation import EVALUATED, REFERENCE
from toolkit.ledger import admission, plan, versions
from toolkit.ledger.books import Books
from toolkit.returns import checks, standing
from toolkit.returns.checks import ACCEPTED, QUERIED, REFUSED
from toolkit.returns.checks.evaluated import completed
from toolkit.returns.parse import Parser
from toolkit.sheets.grid import Book, Grid

NAME, OTHER = "赵一焊工技能大师工作室", "钱二车工技能大师工作室"
STUDIO = {"工作室编号": "2026-01", "工作室名称": NAME, "区县": "天山区", "领办人": "赵一", "申办单位": "甲公司", "状态": "有效", "命名日期": date(2026, 12, 1),
          "建设周期起": date(2026, 12, 1), "建设周期止": date(2028, 12, 1)}


def goals(**changes):
    return {"序号": 1, "区县": "天山区", "工作室编号": "2026-01", "工作室名称": NAME, "领办人": "赵一", "申办单位": "甲公司", "带徒人数": 4, "取证人数": 3,
            "攻关项目": "虚构工艺改进", "交流次数": 1, "经费(元)": 60000, "单位签字日期": date(2027, 2, 20), "领办人签字日期": date(2027, 2, 21)} | changes


def evaluation(**changes):
    row = {"序号": 1, "区县": "天山区", "工作室编号": "2026-01", "工作室名称": NAME, "领办人": "赵一", "申办单位": "甲公司",
           "总结报送日": date(2027, 12, 20), "计划报送日": date(2027, 12, 20), "评估人": "孙三"}
    return row | dict.fromkeys(EVALUATED, "达到要求") | {f"{header}评语": "台账、记录齐全" for header in EVALUATED} | changes


def book(form, rows, district="天山区", year=2027, filled=date(2027, 12, 28)):
    (sheet,) = form.sheets
    above = ((f"{form.name}（{year}年度）",), ("填报单位（盖章）：", f"{district}人力资源和社会保障局", "填报日期：", filled, sheet.facts[2].label, "否"))
    body = [tuple(row.get(header) for header in sheet.headers) for row in rows]
    return Book(f"{district}.xlsx", (Grid(sheet.name, (*above, sheet.headers, *body)),), {"表单编号": form.id, "年度": str(year)}, district.rjust(64, "0"))


def read(*books):
    parser = Parser(LAW, (GOALS, EVALUATION))
    returns = [parser.read(each) for each in books]
    for source in returns:
        checks.alone(source, LAW)
    return returns


def check(*books, against=None):
    return admission.run(read(*books), LAW, Books(against or standing.Standing()))


def told(checked):
    return [(found.code, found.place.field) for found in checked.findings], [checked.outcome(case) for case in checked.cases]


@pytest.mark.rule("R17")
@pytest.mark.parametrize("changes, codes, outcome, why", [
    ({}, [], ACCEPTED, "都齐"), ({"单位签字日期": date(2027, 1, 1)}, [], ACCEPTED, "当年第一天"),
    ({"单位签字日期": date(2026, 12, 31)}, [("R17.year", "单位签字日期")], QUERIED, "上一年签的"),
    ({"领办人签字日期": date(2028, 1, 1)}, [("R17.year", "领办人签字日期")], QUERIED, "下一年签的"),
    ({"领办人签字日期": None}, [("F-required", "领办人签字日期")], REFUSED, "只有一方签字"),
    ({"领办人签字日期": date(2027, 12, 29)}, [("F-future", "领办人签字日期")], REFUSED, "晚于填报日期"),
    ({"取证人数": 3}, [], ACCEPTED, "两年6人"), ({"取证人数": 2}, [("R17.few", "取证人数")], QUERIED, "两年4人，不到5人"),
    ({"取证人数": 2, "备注": "第二年安排4人取证"}, [("R17.few", "取证人数")], ACCEPTED, "写明了安排"),
    ({"交流次数": 0}, [("R17.exchange", "交流次数")], QUERIED, "一次也没有"), ({"攻关项目": "无"}, [("F-placeholder", "攻关项目")], REFUSED, "没有写项目")])
def test_goals_are_signed_in_their_year_and_enough(changes, codes, outcome, why):
    assert told(check(book(GOALS, [goals(**changes)]))) == (codes, [outcome]), why


@pytest.mark.rule("R19-1")
@pytest.mark.parametrize("header", [*EVALUATED, *(f"{header}评语" for header in EVALUATED), "总结报送日", "计划报送日", "评估人"])
def test_an_evaluation_with_a_blank_is_not_done(header):
    assert told(check(book(EVALUATION, [evaluation(**{header: None})]))) == ([("F-required", header)], [REFUSED])


@pytest.mark.rule("R19-1")
@pytest.mark.parametrize("changes, codes, outcome, why", [
    ({}, [], ACCEPTED, "都齐，没有参考分也可以"), ({"资金使用": "没有达到"}, [], ACCEPTED, "没有达到也只是登记"),
    ({"资金使用": "很好"}, [("F-choice", "资金使用")], REFUSED, "不是下拉框里的结论"), ({"资金使用": "达标"}, [], ACCEPTED, "同义词"),
    ({"技艺传承评语": "属实"}, [("R19-1.comment", "技艺传承评语")], QUERIED, "评语没有说什么"),
    ({"总结报送日": date(2027, 1, 1)}, [], ACCEPTED, "当年"), ({"总结报送日": date(2026, 12, 31)}, [("R19-1.early", "总结报送日")], QUERIED, "上一年"),
    ({"计划报送日": date(2027, 12, 29)}, [("F-future", "计划报送日")], REFUSED, "晚于填报日期"),
    ({REFERENCE[0]: 10}, [], ACCEPTED, "制度建设满分"), ({REFERENCE[0]: 11}, [("F-points", REFERENCE[0])], REFUSED, "超过满分"),
    ({REFERENCE[0]: 10, REFERENCE[1]: 30, "参考分": 40}, [], ACCEPTED, "和对"),
    ({REFERENCE[0]: 10, REFERENCE[1]: 30, "参考分": 45}, [("F-computed", "参考分")], QUERIED, "和不对")])
def test_conclusions_comments_days_and_reference_points(changes, codes, outcome, why):
    assert told(check(book(EVALUATION, [evaluation(**changes)]))) == (codes, [outcome]), why


@pytest.mark.rule("R19-1")
def test_reference_points_are_summed_and_the_day_of_the_report_is_kept():
    (case,) = check(book(EVALUATION, [evaluation(**{REFERENCE[0]: 9.5, REFERENCE[3]: 20})])).cases
    assert completed(case) == {"参考分": 29.5, "报市日期": date(2027, 12, 28)}
    (case,) = check(book(EVALUATION, [evaluation()])).cases
    assert completed(case)["参考分"] is None


@pytest.mark.rule("R17", "R19-1")
@pytest.mark.parametrize("form, row", [(GOALS, goals), (EVALUATION, evaluation)], ids=["目标任务书", "年度绩效评估表"])
def test_one_studio_belongs_to_one_district_and_is_the_ledger_s(form, row):
    twice = check(book(form, [row()]), book(form, [row(区县="米东区")], "米东区"))
    assert [code for code, _ in told(twice)[0]] == ["F-two-districts", "F-two-districts"] and set(told(twice)[1]) == {REFUSED}
    known = ledger(工作室=[STUDIO])
    assert told(check(book(form, [row()]), against=known)) == ([], [ACCEPTED])
    rule = form.rule
    assert told(check(book(form, [row(领办人="赵二")]), against=known)) == ([(f"{rule}.differs", "领办人")], [QUERIED])
    assert told(check(book(form, [row(工作室名称=OTHER)]), against=known)) == ([(f"{rule}.studio", "工作室名称")], [QUERIED])
    ended = ledger(工作室=[STUDIO | {"状态": "已撤销"}])
    assert [code for code, _ in told(check(book(form, [row()]), against=ended))[0]] == [f"{rule}.studio"]


@pytest.mark.rule("R17", "R19-1")
@pytest.mark.parametrize("form, row, sheet, field, new", [
    (GOALS, goals, "目标任务", "带徒人数", 6), (EVALUATION, evaluation, "年度评估", "带徒传艺评语", "五人签了协议，三人取证")], ids=["目标任务书", "年度绩效评估表"])
def test_returned_and_merged_like_any_return(form, row, sheet, field, new):
    """入账、再合并不变、补报跟着改、不再有的待核撤回、旧的不盖新的。"""
    def merge(held, *books):
        returns = read(*books)
        choices, known = versions.choose(returns), Books(ledger(**held))
        checked = admission.run(returns, LAW, known, [choice.chosen for choice in choices])
        done = plan.build(choices, checked, known, LAW)
        after = {name: [dict(each) for each in rows] for name, rows in held.items()}
        for change in done.changed:
            after[change.sheet][change.row - 1] |= {header: value for header, (_, value) in change.fields.items()}
        for each in (*done.added, *done.received):
            after.setdefault(each.sheet, []).append(dict(each.values))
        return done, after

    held = {"工作室": [STUDIO, STUDIO | {"工作室名称": OTHER, "工作室编号": "2026-02"}], sheet: [], "报表登记": []}
    both = book(form, [row(), row(工作室名称=OTHER, 工作室编号="2026-02", 序号=2)])
    _, first = merge(held, both)
    assert [(each["工作室名称"], each["入账状态"], each["来源文件"], each["年度"]) for each in first[sheet]] == [
        (NAME, ACCEPTED, "天山区.xlsx", 2027), (OTHER, ACCEPTED, "天山区.xlsx", 2027)]
    assert merge(first, both)[0].empty
    again = book(form, [row(**{field: new})], filled=date(2027, 12, 30))
    done, second = merge(first, again)
    assert second[sheet][0][field] == new and second[sheet][1]["入账状态"] == "待核撤回" and [each.label for each in done.withdrawn] == [OTHER]
    done, third = merge(second, both)
    assert third[sheet][0][field] == new and [source.filled_on for source in done.older] == [date(2027, 12, 28)]


@pytest.mark.rule("R17", "R18-1", "R19-1")
@pytest.mark.parametrize("form, row, rule", [(GOALS, goals, "R17"), (EVALUATION, evaluation, "R19-1")])
def test_what_happened_to_a_studio_afterwards_is_not_held_against_its_return(form, row, rule):
    """同一份报表，工作室后来换了领办人、届满、撤销，再合并一次，仍然没有问题。"""
    renamed = STUDIO | {"工作室名称": "孙三焊工技能大师工作室", "领办人": "孙三", "曾用名": NAME}
    change = {"工作室编号": "2026-01", "工作室名称": NAME, "事项": "领办人", "原值": "赵一", "新值": "孙三", "备案/批复文号": "乌人社函〔2028〕1号"}
    revoked = {"工作室编号": "2026-01", "工作室名称": NAME, "依据条款": "第二十条（一）", "文件印发日": date(2028, 3, 1)}
    for tables in ({"工作室": [renamed], "变更与重大事项": [change]}, {"工作室": [STUDIO | {"状态": "已届满"}]},
                   {"工作室": [STUDIO | {"状态": "已取消"}], "撤销追缴禁申": [revoked | {"认定日": date(2028, 2, 1)}]}):
        assert told(check(book(form, [row()]), against=ledger(**tables))) == ([], [ACCEPTED]), tables
    for tables in ({"工作室": [STUDIO | {"状态": "已取消"}], "撤销追缴禁申": [revoked | {"认定日": date(2026, 12, 20)}]},
                   {"工作室": [STUDIO | {"状态": "已取消"}]}):
        assert told(check(book(form, [row()]), against=ledger(**tables)))[0] == [(f"{rule}.studio", "工作室名称")], tables
    assert told(check(book(form, [row(工作室名称=renamed["工作室名称"])]), against=ledger(工作室=[renamed], 变更与重大事项=[change])))[0] == [
        (f"{rule}.differs", "领办人")]
