"""A ledger of version 0.1.0 gets at the first write what came later; what people have in it stays.

`台账_0.1.0.xlsm` is the demonstration's ledger as 0.1.0 wrote it: all people, units and numbers in it are invented.
"""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import without_ledger
from toolkit.demo.demo_returns import GATHERED, LATE, invented_returns, whole_return
from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.jobs import merge as merging
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.sheets import edit
from toolkit.sheets.edit import AddSheet, SetCell

OLD = Path(__file__).with_name("台账_0.1.0.xlsm")
LATER = datetime(2026, 11, 20, 10, 30)
LAW = in_force(LATER.date())
FOLLOWS = {"填报日期", "申报状态", "未了问题", "距退休满2年", "原件校验码", "行指纹", "入账时间", "登记时间", "优先"}
"""What the same returns bring anew: files as they are written today, with their formulas computed, and the rules of today."""


@pytest.fixture
def old(copy):
    """The demonstration with the ledger of 0.1.0, to which people added a column of their own and values in it."""
    without_ledger(copy)
    filled = LATER.date()  # 那时的报表
    for name, data in (*invented_returns(LAW, filled.year, filled), *(whole_return(LAW, own, filled.year, filled) for own in (GATHERED, LATE))):
        (copy.returns / name).write_bytes(data)
    column = register.load(OLD, LAW).book.grids[3]
    assert column.name == "申报批次"
    own = max(map(len, column.rows))
    copy.ledger.write_bytes(edit.apply(OLD.read_bytes(), [SetCell("申报批次", 4, own, "自己加的列"), SetCell("申报批次", 6, own, "自己填的")]))
    copy.own = own
    return copy


def merged(place):
    return merging.merge(merging.order_for(place.returns, 2026, ledger=place.ledger, out=place.out), LATER)


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def lacking(ledger):
    tables = register.load(ledger, LAW).standing.tables
    return [(sheet.name, column.header) for sheet in LEDGER.sheets for column in sheet.columns
            if sheet.name not in tables or column.header not in tables[sheet.name].layout.columns]


def test_the_first_write_adds_what_came_later(old):
    assert lacking(old.ledger)
    before = old.ledger.read_bytes()
    report = merged(old)
    assert not report.plan.added or {row.sheet for row in report.plan.added} <= {"报表登记"}
    assert all(set(change.fields) <= FOLLOWS for change in report.plan.changed)
    assert lacking(old.ledger) == []
    kept, now = parts(before), parts(old.ledger.read_bytes())
    for name in kept:  # 图表、图、宏、按钮
        if name.startswith(("xl/charts/", "xl/drawings/", "customUI/")) or name.endswith(("vbaProject.bin", "theme1.xml")):
            assert now[name] == kept[name], name
    assert any(name.startswith("xl/charts/") for name in kept)
    assert merged(old).plan.empty


def test_every_cell_that_was_there_stays_where_it_was(old):
    before = {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in load_workbook(old.ledger)}
    merged(old)
    after = load_workbook(old.ledger)
    assert after["申报批次"].cell(5, old.own + 1).value == "自己加的列" and after["申报批次"].cell(7, old.own + 1).value == "自己填的"
    for name, rows in before.items():
        if name in ("操作日志", "看板", "_看板"):
            continue
        header = {column.header for column in LEDGER.sheet(name).columns} if name in {sheet.name for sheet in LEDGER.sheets} else set()
        skipped = {place for place, value in enumerate(rows[4]) if value in FOLLOWS} if header else set()
        for number, row in enumerate(rows, 1):
            now = [after[name].cell(number, column + 1).value for column in range(len(row))]
            assert [value for place, value in enumerate(now) if place not in skipped] == \
                [value for place, value in enumerate(row) if place not in skipped], (name, number)


def test_undoing_the_first_write_gives_the_old_ledger_back(old):
    missing = lacking(old.ledger)
    merged(old)
    merging.undo(old.ledger, LATER)
    assert lacking(old.ledger) == missing


def test_the_new_columns_look_like_headers_and_have_room(old):
    merged(old)
    for sheet in load_workbook(old.ledger):
        for row in sheet.iter_rows(min_row=5, max_row=5):
            for cell in row:
                if cell.value in ("核准文号", "撤回处理", "工作室编号"):
                    first = sheet.cell(5, 2)
                    assert cell.font.b == first.font.b and sheet.column_dimensions[cell.column_letter].width >= 10


def test_a_sheet_that_people_named_like_a_new_one_is_not_touched(old):
    old.ledger.write_bytes(edit.apply(old.ledger.read_bytes(), [AddSheet("年度安排", "我的安排", ("事", "人"), (20, 20), [("开会", "王姐")])]))
    before = old.ledger.read_bytes()
    with pytest.raises(UserError, match=r"有一张“年度安排”表，表头不是规定的.*请把它改名后再试"):
        merged(old)
    assert old.ledger.read_bytes() == before
