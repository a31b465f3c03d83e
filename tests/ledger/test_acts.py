"""办理即登记：公示、命名写进台账什么；编号、文号、年度安排。"""

from datetime import date

import pytest

from tests.ledger.test_decisions import APPLICATION, NAME, ON, PUBLICITY
from tests.returns.make import LAW, ledger
from toolkit.ledger import acts
from toolkit.ledger.arrangements import number_refused, of_year
from toolkit.ledger.books import Books
from toolkit.regulation.calendar import publicity

NUMBER = "乌人社发〔2026〕9号"


def named(**tables):
    books = Books(ledger(**tables))
    return acts.name(books.publicity, books, LAW, NUMBER, ON)


def test_publishing_registers_the_days():
    books = Books(ledger(申报批次=[APPLICATION]))
    row, = acts.publish(books.applications, books, 2026, publicity(date(2026, 11, 20), LAW)).added
    assert (row.values["公示发布日"], row.values["公示止日"], row.values["工作室名称"]) == (date(2026, 11, 20), date(2026, 11, 27), NAME)


@pytest.mark.rule("R12-1")
@pytest.mark.parametrize("earlier, rounds, changed", [
    ([], [None], 0), ([{}], [2], 0), ([{}, {"公示轮次": 2}], [3], 0), ([{"公示轮次": 4}], [5], 0), ([{"公示发布日": date(2026, 12, 7)}], [], 1)],
    ids=["首轮", "第二轮", "第三轮", "按登记的轮次接着数", "同一天再生成"])
def test_publishing_again_is_another_round(earlier, rounds, changed):
    books = Books(ledger(申报批次=[APPLICATION], 公示命名=[PUBLICITY | each for each in earlier]))
    plan = acts.publish(books.applications, books, 2026, publicity(date(2026, 12, 7), LAW))
    assert [row.values.get("公示轮次") for row in plan.added] == rounds and len(plan.changed) == changed


def test_naming_writes_the_studio_with_its_number_and_periods():
    plan = named(公示命名=[PUBLICITY], 申报批次=[APPLICATION])
    row, = plan.added
    assert row.sheet == "工作室" and {header: row.values[header] for header in ("工作室编号", "领办人", "身份证号", "状态", "建设周期止", "四年期止")} == {
        "工作室编号": "2026-01", "领办人": "赵一", "身份证号": APPLICATION["身份证号"], "状态": "有效", "建设周期止": date(2028, 11, 28),
        "四年期止": date(2030, 11, 28)}
    change, = plan.changed
    assert {header: new for header, (_, new) in change.fields.items()} == {"命名文号": NUMBER, "命名日期": ON, "工作室编号": "2026-01"}


@pytest.mark.parametrize("taken, number", [([], "2026-01"), (["2026-01"], "2026-02"), (["2026-03"], "2026-04"), (["2025-09"], "2026-01")])
def test_a_number_is_never_given_twice(taken, number):
    there = [{"工作室编号": each, "工作室名称": f"别的{each}"} for each in taken]
    assert named(公示命名=[PUBLICITY], 工作室=there).added[0].values["工作室编号"] == number


def test_naming_again_changes_nothing_and_what_people_wrote_stands():
    done = PUBLICITY | {"命名文号": NUMBER, "命名日期": ON, "工作室编号": "2026-07"}
    studio = {"工作室编号": "2026-07", "工作室名称": NAME, "区县": "天山区", "申办单位": "乙公司", "领办人": "赵一", "职业(工种)": "焊工", "状态": "有效", "命名文号": NUMBER,
              "命名日期": ON, "建设周期起": ON, "建设周期止": date(2028, 11, 28), "四年期止": date(2030, 11, 28), "身份证号": APPLICATION["身份证号"]}
    assert named(公示命名=[done], 工作室=[studio], 申报批次=[APPLICATION]).empty, "申办单位是人改过的，不动"


@pytest.mark.parametrize("number, tables, code", [
    (NUMBER, {}, None), ("乌人社发〔2025〕9号", {}, "R12-2.year"), ("乌人社发[2025]9号", {}, "R12-2.year"), ("自编9号", {}, None),
    (NUMBER, {"命名文号": NUMBER, "命名日期": ON}, None), (NUMBER, {"命名文号": NUMBER, "命名日期": date(2026, 12, 1)}, "R12-2.used")])
def test_a_document_s_number_is_of_its_year_and_used_once(number, tables, code):
    refused = number_refused(number, ON, Books(ledger(公示命名=[PUBLICITY | tables])), LAW)
    assert (refused.code if refused else None) == code


@pytest.mark.parametrize("stated, arranged, year, deadline", [
    (date(2026, 4, 20), None, 2026, date(2026, 4, 20)), (date(2025, 4, 20), None, 2026, ""), ("", date(2026, 4, 25), 2026, date(2026, 4, 25)),
    (date(2026, 4, 20), date(2026, 4, 25), 2026, date(2026, 4, 25))])
def test_last_year_s_deadline_never_counts(stated, arranged, year, deadline):
    books = Books(ledger(年度安排=[{"年度": year, "申报截止日": arranged}]))
    assert of_year(books, LAW.overridden({"application_deadline": stated}), year, ON)["application_deadline"] == deadline


def test_last_year_s_document_number_is_not_printed():
    law = LAW.overridden({"naming_document_number": "乌人社发〔2025〕3号"})
    assert of_year(Books(ledger()), law, 2026, ON)["naming_document_number"] == ""
