"""What the bureau writes into 参数 is understood or refused, never passed over."""

import pytest

from tests.jobs.test_road import change, merge, rows
from toolkit.errors import UserError


def set_parameter(copy, name, value):
    number = next(n for n, row in enumerate(rows(copy.ledger, "参数")) if row["参数"] == name)
    change(copy.ledger, "参数", number, 取值=value)


@pytest.mark.rule("R21")
@pytest.mark.parametrize("name, typed, says", [
    ("matching_minimum_yuan", "看情况", "之间的整数"), ("publicity_day_kind", "按工作日", "“自然日”或“工作日”"),
    ("publicity_counts_first_day", "也许", "“是”或“否”"), ("application_deadline", "月底", "2026-11-20"),
    ("list_order", "拼音", "“姓氏笔画”或“区县”")])
def test_a_setting_that_cannot_be_read_stops_the_work_and_says_so(copy, name, typed, says):
    set_parameter(copy, name, typed)
    with pytest.raises(UserError, match=typed) as stopped:
        merge(copy)
    assert says in str(stopped.value)


@pytest.mark.rule("R21")
@pytest.mark.parametrize("name, typed", [
    ("matching_minimum_yuan", "120000"), ("publicity_day_kind", " 工作日 "), ("publicity_counts_first_day", "√"),
    ("application_deadline", "2026年11月30日"), ("naming_document_number", "乌人社发〔2026〕7号")])
def test_a_setting_that_can_be_read_is_taken(copy, name, typed):
    set_parameter(copy, name, typed)
    assert merge(copy).plan is not None


@pytest.mark.rule("R21")
def test_a_higher_minimum_set_by_the_bureau_is_applied(copy):
    set_parameter(copy, "matching_minimum_yuan", 125000)
    assert any(found.code == "R07-6" and "125,000" in found.message for found in merge(copy).findings)
