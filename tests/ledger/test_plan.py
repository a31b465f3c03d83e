"""Merging: order never matters, twice changes nothing, people's values stand, resubmissions are compared."""

import itertools
from datetime import date, timedelta

import pytest

from tests.returns.make import LAW, TODAY, application, book, credit_code, id_number, ledger, member, read
from toolkit.ledger import admission, plan, versions
from toolkit.ledger.books import Books


def second(**changes):
    row = application(**({"推荐区县": "米东区", "领办人": "孙三", "身份证号": id_number(date(1980, 5, 20), "男", 5), "申办单位": "乙公司",
                          "统一社会信用代码": credit_code(2), "职业编码": "6-31-01-03", "职业(工种)": "电工"} | changes))
    return book([row], [member(row["工作室名称"], n) for n in (71, 72)], file="米东区.xlsx", unit="米东区人力资源和社会保障局")


def merge(*books, standing=None):
    standing = standing or ledger()
    returns = read(*books)
    choices = versions.choose(returns)
    checked = admission.run(returns, LAW, Books(standing), [choice.chosen for choice in choices])
    return plan.build(choices, checked, Books(standing), LAW)


def entered(*plans, **changes):
    """The ledger after plans that only add, with cells people changed as {sheet: {row number: {header: value}}}."""
    tables = {}
    for each in plans:
        for row in (*each.added, *each.received):
            tables.setdefault(row.sheet, []).append(dict(row.values))
    for sheet, rows in changes.items():
        for number, cells in rows.items():
            tables[sheet][number] |= cells
    return ledger(**tables)


def added(done, sheet="申报批次"):
    return [row for row in done.added if row.sheet == sheet]


def test_the_first_merge_adds_application_team_and_papers():
    done = merge(book([application()]), second())
    assert {sheet: len(added(done, sheet)) for sheet in ("申报批次", "人员", "材料")} == {"申报批次": 2, "人员": 4, "材料": 2}
    row = added(done)[0].values
    assert (row["来源文件"], row["来源行"], row["申报状态"], row["年度"]) == ("天山区.xlsx", 4, "已受理", 2026)


def test_merging_again_changes_nothing():
    books = book([application()]), second()
    again = merge(*books, standing=entered(merge(*books)))
    assert again.empty and not again.conflicts and again.unchanged == 8


def test_the_order_of_files_never_matters():
    later = book([application(**{"承诺配套资金(元)": 150000})], file="天山区补报.xlsx", filled=TODAY + timedelta(1))
    books = [book([application()]), later, second()]
    plans = [merge(*order) for order in itertools.permutations(books)]
    assert all(each == plans[0] for each in plans)


def test_an_untouched_row_follows_its_return():
    standing = entered(merge(book([application()])))
    done = merge(book([application(工作室地点="新址2号")]), standing=standing)
    change, = done.changed
    assert change.fields["工作室地点"] == ("示例路1号", "新址2号") and not done.conflicts


def test_a_row_people_changed_stands_and_the_difference_is_put_side_by_side():
    standing = entered(merge(book([application()])), 申报批次={0: {"工作室地点": "市局核定地址"}})
    done = merge(book([application(工作室地点="新址2号")]), standing=standing)
    conflict, = done.conflicts
    assert (conflict.header, conflict.recorded, conflict.incoming) == ("工作室地点", "市局核定地址", "新址2号")
    assert [row.sheet for row in done.added] == ["冲突"] and not done.changed


def test_the_answer_to_a_conflict_is_carried_out_once():
    first = merge(book([application()]))
    standing = entered(first, 申报批次={0: {"工作室地点": "市局核定地址"}})
    returned = book([application(工作室地点="新址2号")])
    asked = merge(returned, standing=standing)
    places = {0: {"工作室地点": "市局核定地址"}}
    kept = merge(returned, standing=entered(first, asked, 申报批次=places, 冲突={0: {"采用": "台账"}}))
    assert not kept.conflicts and [change.sheet for change in kept.changed] == ["冲突"]
    taken = merge(returned, standing=entered(first, asked, 申报批次=places, 冲突={0: {"采用": "来件"}}))
    assert taken.changed[0].fields["工作室地点"] == ("市局核定地址", "新址2号") and not taken.conflicts
    unanswered = merge(returned, standing=entered(first, asked, 申报批次=places))
    assert unanswered.empty and len(unanswered.conflicts) == 1


@pytest.mark.parametrize("sheet, header, value", [
    ("申报批次", "身份证号", None), ("申报批次", "年度", 2062), ("申报批次", "职业(工种)", "焊 接"), ("人员", "姓名", None), ("材料", "工作室名称", "错字")])
def test_a_key_that_was_emptied_or_typed_over_is_a_conflict_and_no_new_row(sheet, header, value):
    first = merge(book([application()]))
    done = merge(book([application()]), standing=entered(first, **{sheet: {0: {header: value}}}))
    assert [row.sheet for row in done.added] == ["冲突"] and [each.header for each in done.conflicts] == [header] and not done.missing
    answered = merge(book([application()]), standing=entered(first, done, **{sheet: {0: {header: value}}, "冲突": {0: {"采用": "来件"}}}))
    change = next(change for change in answered.changed if change.sheet == sheet)
    assert change.fields[header] == (value, dict(added(first, sheet)[0].values)[header])


def test_columns_people_own_are_never_planned():
    standing = entered(merge(book([application()])), 申报批次={0: {"评审结论": "通过", "市局备注": "好"}})
    assert merge(book([application()]), standing=standing).empty


def test_errors_keep_an_application_out_and_queries_let_it_in_as_pending():
    assert not merge(book([application(在职在聘="否")])).added
    assert added(merge(book([application(**{"面积(㎡)": 20})])))[0].values["申报状态"] == "待说明"


def test_a_return_with_a_fault_of_form_is_kept_out_whole():
    assert merge(book([application()], filled=None)).empty


def test_the_later_filling_date_counts_and_every_field_is_compared():
    later = book([application(**{"承诺配套资金(元)": 150000})], file="补报.xlsx", filled=TODAY + timedelta(1))
    earlier = book([application()])
    choice, = versions.choose(read(earlier, later))
    assert (choice.chosen.file, [each.file for each in choice.superseded]) == ("补报.xlsx", ["天山区.xlsx"])
    assert versions.compare(choice.superseded[0], choice.chosen) == [
        ("推荐汇总", f"{application()['身份证号']} 焊工", "承诺配套资金(元)", "100000", "150000")]
    assert added(merge(earlier, later))[0].values["承诺配套资金(元)"] == 150000


def test_the_same_content_in_another_file_is_a_copy():
    choice, = versions.choose(read(book([application()]), book([application()], file="副本.xls")))
    assert len(choice.same) == 1 and not choice.rivals and not choice.superseded


def test_two_returns_of_one_day_are_held_until_someone_chooses():
    one, other = book([application()]), book([application(工作室地点="新址2号")], file="另一份.xlsx")
    done = merge(one, other)
    conflict, = done.conflicts
    assert {conflict.recorded, conflict.incoming} == {"示例路1号", "新址2号"}
    assert added(done)[0].values["申报状态"] == "挂起"
    assert merge(other, one) == done
    for answer, place in (("台账", conflict.recorded), ("来件", conflict.incoming)):
        settled = merge(one, other, standing=entered(done, 冲突={0: {"采用": answer}}))
        after = {header: new for change in settled.changed for header, (_, new) in change.fields.items()}
        assert after["申报状态"] == "已受理" and not settled.conflicts
        assert after.get("工作室地点", conflict.recorded) == place


def test_rows_a_return_no_longer_names_are_told_not_deleted():
    standing = entered(merge(book([application()])))
    assert [row["领办人"] for row in merge(book([], nil="是"), standing=standing).missing] == ["赵一"]


def test_explanations_are_remembered_with_their_value():
    done = merge(book([application(备注="扩建中", **{"面积(㎡)": 20})]))
    row, = added(done, "提示说明")
    assert (row.values["代码"], row.values["值"], row.values["说明"]) == ("R07-5.area", "20", "扩建中")
    again = merge(book([application(备注="扩建中", **{"面积(㎡)": 20})]), standing=entered(done))
    assert again.empty
    silent = merge(book([application(**{"面积(㎡)": 20})]), standing=entered(done))
    assert not any(change.sheet == "提示说明" for change in silent.changed)
