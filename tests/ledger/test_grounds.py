"""第二十条各项与第十八条（一）：登记了依据以后，要办什么，不产生什么。"""

from datetime import date

import pytest

from tests.returns.make import LAW, ledger
from toolkit.forms.register_rows import WithdrawalRow
from toolkit.ledger import dues
from toolkit.ledger.audit import audit
from toolkit.ledger.bars import bar
from toolkit.ledger.books import Books
from toolkit.ledger.studios import studios
from toolkit.regulation.calendar import holidays

NAME, ON = "赵一焊工技能大师工作室", date(2026, 12, 28)
GROUNDS = LAW.lists["withdrawal_grounds"]


def books(ground, **changes):
    row = {"工作室名称": NAME, "领办人": "赵一", "申办单位": "甲机械有限公司", "职业(工种)": "焊工", "依据条款": ground, "认定日": date(2026, 12, 1),
           "文号": "乌人社发〔2026〕8号", "文件印发日": date(2026, 12, 10), "牌匾收回日": date(2026, 12, 20), "应追回额(元)": 100000, "已追回额(元)": 100000}
    return Books(ledger(工作室=[{"工作室名称": NAME, "区县": "天山区", "命名日期": date(2024, 12, 1)}], 撤销追缴禁申=[row | changes]))


def told(found, header):
    return [due for due in dues.find(found, LAW, ON, holidays()) if due.place.sheet == WithdrawalRow.sheet.name and due.place.field == header]


@pytest.mark.rule("R20-1a", "R20-1c", "R20-2", "R20-3", "R20-4")
@pytest.mark.parametrize("ground", sorted(GROUNDS.where("cancels")))
def test_a_cancelled_title_is_filed_and_recovered_and_bars_nobody(ground):
    assert told(books(ground), "备案日")[0].clause == ground and not told(books(ground, 备案日=date(2026, 12, 21)), "备案日")
    assert "40,000元" in told(books(ground, **{"已追回额(元)": 60000}), "已追回额(元)")[0].what
    cancelled = books(ground)
    assert bar(cancelled.withdrawals[0], LAW) is None
    assert [studio.status for studio in studios(cancelled, LAW)] == ["已取消"]
    assert [found.code for found in audit(cancelled, LAW, ON, holidays()) if found.place.sheet == WithdrawalRow.sheet.name and found.place.cell] == []


@pytest.mark.rule("R18-1")
def test_a_title_given_back_is_not_filed_and_bars_nobody():
    given_back = books("第十八条（一）", **{"应追回额(元)": None, "已追回额(元)": None})
    assert not told(given_back, "备案日") and not told(given_back, "已追回额(元)") and bar(given_back.withdrawals[0], LAW) is None
    assert told(books("第十八条（一）", 牌匾收回日=None), "牌匾收回日")[0].clause == "第十八条（一）"


@pytest.mark.rule("R20-1a", "R20-1c", "R20-2", "R20-3", "R20-4")
def test_every_item_of_the_article_can_be_entered():
    assert GROUNDS.where("cancels") == {f"第二十条（{number}）" for number in "一二三四"} and GROUNDS.where("bars") == {"第十九条（二）"}
