"""后面各表的行归哪个工作室：认编号，名称只是标签；归不到的、对不上的都指出来。"""

from datetime import date

import pytest

from tests.returns.make import ledger
from toolkit.forms.ledger import LEDGER
from toolkit.ledger.books import Books
from toolkit.ledger.references import dangling

A, B, C = "赵一焊工技能大师工作室", "钱二车工技能大师工作室", "孙三钳工技能大师工作室"
STUDIOS = [{"工作室编号": "2026-01", "工作室名称": A}, {"工作室编号": "2026-02", "工作室名称": B}, {"工作室编号": "2026-03", "工作室名称": B}]
NAMED = [{"年度": 2026, "工作室名称": C, "命名日期": date(2026, 11, 28)}, {"年度": 2026, "工作室名称": "只公示", "公示发布日": date(2026, 11, 20)}]
RENAMED = [{"工作室编号": "2026-01", "工作室名称": A, "事项": "变更领办人", "原值": "李四焊工技能大师工作室", "新值": A}]


def codes(**tables):
    return [(found.code, found.place.sheet, found.place.field) for found in dangling(Books(ledger(**{"工作室": STUDIOS, "公示命名": NAMED, "变更与重大事项": RENAMED} | tables)))]


@pytest.mark.parametrize("sheet", ["经费", "年度评估", "变更与重大事项", "撤销追缴禁申", "期满考核"])
@pytest.mark.parametrize("number, name, code, field, why", [
    ("2026-01", A, None, "", "编号和名称都对"), ("2026-01", None, None, "", "只有编号"), (None, A, None, "", "只有名称，只有一个"),
    ("2026-09", A, "D-number", "工作室编号", "没有这个编号"), ("2026-02", A, "D-name", "工作室名称", "编号是别的工作室"),
    ("2026-01", "李四焊工技能大师工作室", None, "", "改过名，用的是原名"), (None, B, "D-which", "工作室编号", "同名的有两个"), ("2026-03", B, None, "", "同名，选了编号"),
    (None, "赵一焊技能大师工作室", "D-studio", "工作室名称", "名称写错"), (None, C, None, "", "命名了还没有登记进“工作室”"), (None, "只公示", "D-studio", "工作室名称", "还没有命名")])
def test_a_row_belongs_to_a_studio(sheet, number, name, code, field, why):
    row = {"工作室编号": number, "工作室名称": name, "年度": 2026, "摘要": "虚构", "原因": "虚构", "凭证": "虚构", "备注": "虚构"}
    own = {header: value for header, value in row.items() if header in LEDGER.sheet(sheet).headers}
    rows = RENAMED if sheet == "变更与重大事项" else []
    assert codes(**{sheet: [*rows, own]}) == ([(code, sheet, field)] if code else []), why
