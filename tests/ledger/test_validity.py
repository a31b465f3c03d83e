"""施行期：每个行为按自己的日期判断；期内命名的继续办，提示法制审核。"""

from datetime import date

import pytest

from tests.returns.make import LAW
from toolkit.ledger import validity
from toolkit.returns.findings import Place

HERE = Place("台账.xlsm")


@pytest.mark.rule("R22")
@pytest.mark.parametrize("on, begins, goes_on, review", [
    (date(2023, 8, 27), False, False, False), (date(2023, 8, 28), True, True, False),
    (date(2028, 8, 27), True, True, False), (date(2028, 8, 28), False, True, True)], ids=["施行前一日", "施行当日", "有效期末日", "期满次日"])
def test_every_act_is_judged_by_its_own_date(on, begins, goes_on, review):
    assert validity.may_begin(on, HERE, LAW).allowed == begins and validity.may_go_on(on, HERE, LAW).allowed == goes_on
    assert [found.code for found in validity.for_review(on, HERE, LAW)] == (["R22.continued"] if review else [])
    assert [found.code for found in validity.may_begin(on, HERE, LAW).against] == ([] if begins else ["R22.act"])
