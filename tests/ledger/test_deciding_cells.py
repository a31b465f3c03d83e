"""台账的每一个格子：空、对、同义词、错字、错误值、看不见的字符、日期写成文本，各读成什么——除了空，什么都不当作空。由表的声明生成。"""

from datetime import date

import pytest

from tests.returns.make import LAW, id_number, ledger
from toolkit.forms.register_rows import ROWS, LogRow, ParameterRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger.books import Books
from toolkit.regulation.identity import credit_check_character
from toolkit.sheets.grid import CellError

NOTHING = (None, "", "   ", "\u200b", "\ufeff\u00a0")
ERRORS = (CellError("#N/A"), CellError("#REF!"), CellError("#SPILL!"))
DAY = date(2026, 11, 20)
ID, CREDIT = id_number(date(1980, 1, 2), "男", 1), "91650100MA0000000"
CREDIT += credit_check_character(CREDIT)
# 类型 → 对的和写法不同而意思相同的（写法 → 读成）、读不懂的
READ = {
    "date": ({DAY: DAY, "2026-11-20": DAY, "2026.11.20": DAY, "2026年11月20日": DAY, f"2026-11-20{NOTHING[3]}": DAY}, ("待定", "年底", "2026-13-40")),
    "year": ({2026: 2026, "2026": 2026, "2026年": 2026, "２０２６": 2026}, ("今年", "二〇")),
    "count": ({3: 3, "3": 3, "３": 3}, ("若干", "3.5", "-2")),
    "money": ({100000: 100000, "100,000": 100000, "100000元": 100000}, ("十来万", "10万左右")),
    "points": ({88.5: 88.5, "88.5": 88.5}, ("八九十", "合格")),
    "id_number": ({ID: ID, f" {ID[:6]} {ID[6:]}": ID}, ("待补", ID[:-1])),
    "credit_code": ({CREDIT: CREDIT, CREDIT.lower(): CREDIT}, ("待补", CREDIT[:-1])),
}
TEXTS = [(kind, name, field) for kind in ROWS for name, field in kind.fields.items() if field.column.decides]
FIELDS = [(kind, name, field) for kind in ROWS if kind not in (LogRow, ParameterRow) for name, field in kind.fields.items()
          if not field.column.formula and not field.column.open_choices and (field.column.choices or field.column.kind.name in READ)]


def read(kind, name, field, value):
    """What asking the typed row gives; the row has something else in it, so that it is one."""
    other = next(each.header for each in kind.fields.values() if each.column.kind.name in ("text", "person", "exact", "code") and not each.column.formula
                 and each is not field)
    (row,) = Books(ledger(**{kind.sheet.name: [{other: "虚构", field.header: value}]})).of(kind)
    try:
        return getattr(row, name)
    except UnreadableCell as cell:
        assert cell.column is field.column and row.record.place(field.header).cell
        return UnreadableCell


def understood(field):
    if not field.column.choices:
        return READ[field.column.kind.name]
    items = LAW.lists[field.column.choices].items
    spelled = {spelling: item.name for item in items for spelling in (item.name, f"{item.name}{NOTHING[3]}", f" {item.name} ")}
    return spelled | {also: LAW.lists[field.column.choices].find(also).name for item in items for also in item.also if also not in ("—", "-", "/")}, (
        "待定", "？", f"{items[0].name}（待核实）")


@pytest.mark.parametrize("kind, name, field", FIELDS, ids=lambda each: getattr(each, "header", ""))
def test_every_cell_is_empty_or_has_a_value_or_cannot_be_read(kind, name, field):
    right, wrong = understood(field)
    seen = {value: read(kind, name, field, value) for value in (*NOTHING, *right, *wrong)}
    assert {value: seen[value] for value in NOTHING} == dict.fromkeys(NOTHING)
    assert {value: seen[value] for value in right} == right
    assert {value: seen[value] for value in wrong} == dict.fromkeys(wrong, UnreadableCell)
    assert {read(kind, name, field, error) for error in ERRORS} == {UnreadableCell}


@pytest.mark.parametrize("kind, name, field", TEXTS, ids=lambda each: getattr(each, "header", ""))
def test_a_text_that_decides_says_something(kind, name, field):
    seen = {value: read(kind, name, field, value) for value in ("无", "/", "—", "待定", "见附件", "同上", "#N/A")}
    assert seen == dict.fromkeys(seen, UnreadableCell) and read(kind, name, field, ERRORS[0]) is UnreadableCell
    assert {read(kind, name, field, value) for value in NOTHING} == {None} and read(kind, name, field, "乌人社函〔2026〕5号") == "乌人社函〔2026〕5号"


def test_every_number_of_a_document_and_every_reason_decides():
    assert {field.header for _, _, field in TEXTS} == {
        "核准文号", "核准人", "核准理由", "处理理由", "命名文号", "备案文号", "核实意见", "备案/批复文号", "文号", "认定依据", "查明的事实", "追回通知文号"}
