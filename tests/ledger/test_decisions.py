"""起决定作用的格子：空、对、同义词、错字、错误值、看不见的字符、日期写成文本——除了空，什么都不当作空。由表的声明生成。"""

from datetime import date

import pytest

from tests.returns.make import ARRANGED, LAW, ledger, review
from toolkit.forms.ledger import LEDGER
from toolkit.forms.register_rows import ROWS, ApplicationRow, PublicityRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger import decisions
from toolkit.ledger.books import Books
from toolkit.regulation.calendar import holidays
from toolkit.sheets.grid import CellError

NAME = "赵一焊工技能大师工作室"
ON = date(2026, 11, 28)
APPLICATION = {"年度": 2026, "推荐区县": "天山区", "工作室名称": NAME, "领办人": "赵一", "身份证号": "650102198001010015", "职业(工种)": "焊工",
               "申办单位": "甲公司", "申报状态": "已受理", "评审结论": "通过"}
PUBLICITY = {"年度": 2026, "工作室名称": NAME, "区县": "天山区", "领办人": "赵一", "申办单位": "甲公司", "职业(工种)": "焊工",
             "公示发布日": date(2026, 11, 20), "公示止日": date(2026, 11, 27)}
REVIEWED = {"评审": [review(APPLICATION)], "年度安排": [ARRANGED]}
DECIDING = {ApplicationRow: (ApplicationRow.year, ApplicationRow.review, ApplicationRow.ruling, ApplicationRow.status,
                             *decisions.PRINTED_OF_APPLICATION),
            PublicityRow: (PublicityRow.year, PublicityRow.published_on, PublicityRow.public_until, PublicityRow.objection,
                           PublicityRow.objection_result, *decisions.PRINTED_OF_PUBLICITY)}
CASES = [(kind, field) for kind, fields in DECIDING.items() for field in fields]
HIDDEN = "\u200b"


def selection(kind, **changes):
    if kind is ApplicationRow:
        return decisions.publishable(Books(ledger(申报批次=[APPLICATION | changes], **REVIEWED)), 2026, ON, LAW)
    return decisions.nameable(Books(ledger(公示命名=[PUBLICITY | changes])).publicity, 2026, ON, LAW, holidays())


def fill(kind, field, value):
    """The selection when `value` stands in the field; what hangs on an objection is tried with one."""
    objection = {"异议": "是"} if field is PublicityRow.objection_result else {}
    unset = {"公示止日": None} if field is PublicityRow.published_on else {}
    return selection(kind, **{**objection, **unset, field.header: value})


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_every_column_of_every_register_has_one_name(kind):
    assert sorted(field.header for field in kind.fields.values()) == sorted(kind.sheet.headers)
    assert {row.sheet for row in ROWS} == set(LEDGER.sheets)


def test_what_can_be_decided_is_decided():
    assert len(selection(ApplicationRow).chosen) == len(selection(PublicityRow).chosen) == 1


@pytest.mark.parametrize("kind, field", CASES, ids=lambda each: getattr(each, "header", each.__name__ if isinstance(each, type) else None))
@pytest.mark.parametrize("value", [CellError("#N/A"), CellError("#SPILL!")], ids=["错误值", "新的错误值"])
def test_an_error_value_never_counts_as_empty(kind, field, value):
    found = fill(kind, field, value)
    assert [(each.code, each.place.field, each.value) for each in found.stopping] == [("D-unreadable", field.header, value.text)]
    assert not found.chosen


def _typed(field):
    return [field.column.kind.name in ("date", "year"), bool(field.column.choices)]


@pytest.mark.parametrize("kind, field", [(kind, field) for kind, field in CASES if any(_typed(field))],
                         ids=lambda each: getattr(each, "header", each.__name__ if isinstance(each, type) else None))
@pytest.mark.parametrize("word", ["待定", "通过（第一批）", "有异议，待查", "挂起，待裁定", "？"])
def test_a_word_nobody_understands_stops_with_the_cell_and_what_can_stand_there(kind, field, word):
    (found,) = fill(kind, field, word).stopping
    assert (found.code, found.place.field, found.value) == ("D-unreadable", field.header, word)
    assert found.place.cell and "请" in found.message
    if field.column.choices:
        assert all(name in found.message for name in LAW.lists[field.column.choices].names)


@pytest.mark.parametrize("kind, field, spelling, outcome", [
    (ApplicationRow, ApplicationRow.review, f"通过{HIDDEN}", 1), (ApplicationRow, ApplicationRow.review, "缓议", 0),
    (ApplicationRow, ApplicationRow.status, "挂起", None), (PublicityRow, PublicityRow.objection, "无", 1),
    (PublicityRow, PublicityRow.objection, "有", 0), (PublicityRow, PublicityRow.objection_result, "异议成立", 0),
    (PublicityRow, PublicityRow.objection_result, "异议不成立", 1), (PublicityRow, PublicityRow.public_until, "2026.11.27", 1),
    (PublicityRow, PublicityRow.public_until, "2026年11月28日", 0), (PublicityRow, PublicityRow.year, "2026年", 1)])
def test_a_synonym_counts_as_what_it_means(kind, field, spelling, outcome):
    found = fill(kind, field, spelling)
    assert (len(found.chosen) if not found.stopping else None) == outcome


@pytest.mark.parametrize("field", [ApplicationRow.review, ApplicationRow.ruling, ApplicationRow.status])
def test_empty_alone_is_empty(field):
    found = fill(ApplicationRow, field, None)
    assert not found.stopping and len(found.chosen) == 1  # 评审结论空着的，按票数


@pytest.mark.parametrize("kind, field", [(kind, field) for kind, field in CASES if field in decisions.PRINTED_OF_APPLICATION
                                         or field in decisions.PRINTED_OF_PUBLICITY],
                         ids=lambda each: getattr(each, "header", each.__name__ if isinstance(each, type) else None))
@pytest.mark.parametrize("blank", [None, "  ", HIDDEN])
def test_what_a_list_prints_must_stand_there(kind, field, blank):
    (found,) = fill(kind, field, blank).stopping
    assert (found.code, found.place.field) == ("D-blank", field.header)


def test_a_row_that_stands_twice_stops():
    rows = Books(ledger(公示命名=[PUBLICITY, PUBLICITY])).publicity
    (found,) = decisions.nameable(rows, 2026, ON, LAW, holidays()).stopping
    assert found.code == "D-twice" and found.place.cell.endswith("3")


@pytest.mark.parametrize("on, named", [(date(2026, 11, 27), 0), (date(2026, 11, 28), 1)])
def test_naming_waits_for_the_day_after_publicity(on, named):
    found = decisions.nameable(Books(ledger(公示命名=[PUBLICITY])).publicity, 2026, on, LAW, holidays())
    assert len(found.chosen) == named and [each.code for each in found.left_out] == ["R12-1.early"] * (1 - named)


@pytest.mark.parametrize("changes, code", [
    ({"异议": "是"}, "R12-2"), ({"异议": "是", "异议处理结果": "成立"}, "R12-2.upheld"), ({"公示发布日": None, "公示止日": None}, "R12-1.unpublished")])
def test_who_is_left_out_is_said_with_the_reason(changes, code):
    found = selection(PublicityRow, **changes)
    assert [each.code for each in found.left_out] == [code] and not found.chosen and not found.stopping


@pytest.mark.rule("R12-1")
@pytest.mark.parametrize("reviewed, earlier, published, why", [
    (None, [], True, "没有公示过"), (None, [{}], False, "公示过，没有重新评审"), (date(2026, 11, 20), [{}], False, "评审不晚于公示"),
    (date(2026, 11, 21), [{}], True, "公示之后又评审通过"), (date(2026, 11, 21), [{"命名日期": date(2026, 11, 28)}], False, "已经命名"),
    (date(2026, 11, 25), [{}, {"公示轮次": 2, "公示发布日": date(2026, 11, 24)}], True, "第三轮"),
    (date(2026, 11, 24), [{"公示轮次": 2, "公示发布日": date(2026, 11, 24)}, {}], False, "比的是最后一轮，不管写在第几行"),
    (None, [{"公示发布日": None, "公示止日": None}], True, "登记了还没有公示"), (None, [{"公示发布日": ON}], True, "同一天再生成一次"),
    (None, [{"年度": 2025}], True, "往年的公示")])
def test_an_application_is_made_public_once_for_each_review_it_passes(reviewed, earlier, published, why):
    books = Books(ledger(申报批次=[APPLICATION | {"评审日期": reviewed}], 公示命名=[PUBLICITY | each for each in earlier], **REVIEWED))
    found = decisions.publishable(books, 2026, ON, LAW)
    assert (len(found.chosen), [each.code for each in found.left_out]) == ((1, []) if published else (0, ["R12-1.published"])), why


@pytest.mark.parametrize("column, value", [("公示轮次", "二轮"), ("公示轮次", CellError("#N/A")), ("年度", "今年")])
def test_a_round_nobody_can_read_stops_publicity_and_naming(column, value):
    books = Books(ledger(申报批次=[APPLICATION], 公示命名=[PUBLICITY | {column: value}], **REVIEWED))
    again = decisions.publishable(books, 2026, ON, LAW)
    named = decisions.nameable(books.publicity, 2026, ON, LAW, holidays())
    assert [[each.place.field for each in found.stopping] for found in (again, named)] == [[column], [column]]


@pytest.mark.rule("R12-1")
def test_the_last_round_alone_is_named():
    later = PUBLICITY | {"公示轮次": 2, "公示发布日": date(2026, 12, 1), "公示止日": date(2026, 12, 8)}
    for rows in ([PUBLICITY, later], [later, PUBLICITY]):
        publicity = Books(ledger(公示命名=rows)).publicity
        assert not decisions.nameable(publicity, 2026, date(2026, 12, 8), LAW, holidays()).chosen
        assert [row.round for row in decisions.nameable(publicity, 2026, date(2026, 12, 9), LAW, holidays()).chosen] == [2]


@pytest.mark.rule("R12-1")
@pytest.mark.parametrize("until, complete, code", [
    (None, (), "R12-1.calendar"), (date(2027, 1, 5), (), None), (None, (2027,), None)], ids=["不知道放假", "止日已登记", "放假安排已核对"])
def test_nobody_is_named_on_a_last_day_that_cannot_be_counted(until, complete, code):
    rows = Books(ledger(公示命名=[PUBLICITY | {"公示发布日": date(2026, 12, 28), "公示止日": until}])).publicity
    found = decisions.nameable(rows, 2026, date(2027, 1, 20), LAW, holidays().with_extra([date(2027, 1, 1)], complete=complete))
    assert [each.code for each in found.stopping] == ([code] if code else []) and len(found.chosen) == (0 if code else 1)


def test_asking_a_row_for_a_cell_that_cannot_be_read_raises():
    row = Books(ledger(公示命名=[PUBLICITY | {"异议": "有异议，待查"}])).publicity[0]
    with pytest.raises(UnreadableCell):
        _ = row.objection
    assert row.known(PublicityRow.objection) == [] and row.leader == "赵一"
