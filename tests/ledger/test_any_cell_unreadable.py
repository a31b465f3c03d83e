"""台账任何一格读不懂：看板、催办、校验台账、个案清单、收表校验都照样做完，这一格本身有一条问题。由表的声明生成。"""

from datetime import date

import pytest

from tests.ledger.moving import NAME, NUMBER, ON, applied, change, naming, public, result, studio, withdrawal
from tests.returns.make import ARRANGED, LAW, application, book, check, ledger, review
from toolkit.forms.register_rows import ROWS, LogRow, ParameterRow, WithdrawalRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger import dues, overview, subjects
from toolkit.ledger.audit import audit
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Watch
from toolkit.regulation.calendar import holidays
from toolkit.sheets.grid import CellError

OWN = {"工作室编号": NUMBER, "工作室名称": NAME}
NEXT = {"领办人": "孙九", "工作室名称": "孙九焊工技能大师工作室"}
TABLES = {
    "工作室": [studio()], "申报批次": [applied(年度=2025), applied(**NEXT)], "公示命名": [naming(), public(**NEXT)], "评审": [review(applied(**NEXT))],
    "评委": [{"年度": 2026, "评委": "甲", "单位": "乙", "类别": "院校"}], "年度安排": [ARRANGED | {"申报截止日": ON}],
    "经费": [OWN | {"日期": ON, "类别": "补助拨付", "资金来源": "市级补助", "金额(元)": 100000},
           OWN | {"日期": ON, "类别": "支出", "资金来源": "市级补助", "用途类别": "设施设备", "金额(元)": 1000}],
    "期满考核": [result("合格", 60)], "变更与重大事项": [change()], "目标任务": [OWN | {"年度": 2026, "单位签字日期": ON, "领办人签字日期": ON}],
    "年度评估": [OWN | {"年度": 2025, "总结报送日": ON, "计划报送日": ON, "报市日期": ON}],
    "学员": [OWN | {"徒弟姓名": "李四", "身份证号": "1", "协议日期": ON}], "活动": [OWN | {"日期": ON, "类型": "培训"}],
    "成果": [OWN | {"类别": "攻关", "项目名称": "丙", "完成日期": ON}], "指导记录": [OWN | {"指导日期": ON, "指导单位": "丁", "指导内容": "戊"}]}
FIELDS = [(kind, field) for kind in ROWS if kind not in (LogRow, ParameterRow) for field in kind.fields.values()]


def look(tables, *changed):
    """Everything that reads the whole ledger, one after the other."""
    books, table = Books(ledger(**tables)), holidays()
    watch = Watch(books, LAW, ON, table)
    overview.of_books(books, LAW, ON, table)
    dues.find(books, LAW, ON, table)
    for subject in subjects.under_way(watch):
        try:
            assert subject.label and subject.stage
        except UnreadableCell:
            continue
    if {"工作室", "申报批次", "公示命名", "撤销追缴禁申", "上级命名库"} & set(changed):
        check(book([application(**NEXT | {"领办人": "赵一"})]), against=books.standing)
    return audit(books, LAW, ON, table)


@pytest.mark.parametrize("kind, field", FIELDS, ids=lambda each: getattr(each, "header", ""))
def test_one_cell_that_cannot_be_read_stops_nothing_but_what_rests_on_it(kind, field):
    tables = TABLES | ({"撤销追缴禁申": [withdrawal()]} if kind is WithdrawalRow else {})
    first, *others = tables.get(kind.sheet.name) or [OWN | {"年度": 2026, "领办人": "赵一", "键": "乙", "文号": "丙", "来源文件": "丁"}]
    found = look(tables | {kind.sheet.name: [first | {field.header: CellError("#N/A")}, *others]}, kind.sheet.name)
    assert any(each.place.sheet == kind.sheet.name and each.place.field == field.header for each in found)


def test_the_ledger_itself_is_sound():
    assert date(2026, 1, 1) < ON and not [each for each in look(TABLES) if each.code == "F-error"]
