"""A ledger of version 0.1.0 gets at the first write what came later; what people have in it stays.

`台账_0.1.0.xlsm` is the demonstration's ledger as 0.1.0 wrote it: all people, units and numbers in it are invented.
"""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from tests.com.model.application import Application
from tests.conftest import without_ledger
from tests.lo_engine.answers import Answers
from tests.lo_engine.xlwings_engine import install_over
from toolkit.demo.demo_returns import GATHERED, LATE, invented_returns, whole_return
from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.jobs import merge as merging
from toolkit.jobs.act import act
from toolkit.pages import register, upgrade
from toolkit.regulation import FILES, in_force, load
from toolkit.sheets import edit
from toolkit.sheets.edit import AddSheet, SetCell
from toolkit.sheets.live import OpenBook

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


def test_a_move_tells_what_it_added(old):
    studio = "钱虚构铣工技能大师工作室"
    first = act(old.ledger, studio, "登记异议", {}, LATER.date(), LATER)
    again = act(old.ledger, studio, "异议不成立", {"处理理由": "查无此事"}, LATER.date(), LATER)
    assert [found.code for found in first.findings].count("M-ledger-grown") == 1
    assert again.outputs and "M-ledger-grown" not in [found.code for found in again.findings]


def test_the_first_write_adds_what_came_later(old):
    assert lacking(old.ledger)
    before = old.ledger.read_bytes()
    report = merged(old)
    assert not report.plan.added or {row.sheet for row in report.plan.added} <= {"报表登记"}
    assert all(set(change.fields) <= FOLLOWS for change in report.plan.changed)
    assert lacking(old.ledger) == []
    (told,) = [found.message for found in report.findings if found.code == "M-ledger-grown"]
    assert re.search("“申报批次”表[1-9]列、.*“学员”表", told)
    assert not [found for found in merged(old).findings if found.code == "M-ledger-grown"]
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


NUMBERS = "='工作室'!$A$6:INDEX('工作室'!$A$6:$A$20000,MAX(1,COUNTA('工作室'!$A$6:$A$20000)))"


def rules(book):
    """(sheet, header) → what the column accepts from its first row on; dropdowns by what they offer."""
    lists = {name: [cell.value for (cell,) in book["_清单"][defined.attr_text.partition("!")[2].replace("$", "")]]
             for name, defined in book.defined_names.items() if name.startswith("list_")}
    found = {}
    for sheet in (sheet for sheet in LEDGER.sheets if sheet.name in book.sheetnames):
        shown = book[sheet.name]
        head = next(row for row in shown.iter_rows(max_row=6) if sheet.headers[0] in {cell.value for cell in row})
        for rule in shown.data_validations.dataValidation:
            for cell in head:
                if f"{cell.column_letter}{cell.row + 1}" in rule.sqref:
                    offered = lists.get(rule.formula1) or (rule.formula1 or "").strip('"').split(",") if rule.type == "list" else rule.formula1
                    found[sheet.name, cell.value] = (rule.type or "none", rule.operator or "between", offered, rule.formula2, rule.errorStyle or "stop", rule.promptTitle, rule.prompt,
                                                     rule.errorTitle, rule.error)
    return found


def formats(book, places):
    """(sheet, header) → the number format of a cell in which nothing stands yet."""
    found = {}
    for name, header in places:
        head = next(cell for row in book[name].iter_rows(max_row=6) for cell in row if cell.value == header)
        column = next(each for each in book[name].column_dimensions.values() if each.min <= head.column <= each.max)
        found[name, header] = column.number_format
    return found


def later_columns(ledger):
    """The columns that people fill in and that a ledger lacks, by sheet and header."""
    later = {(sheet, header) for sheet, header in lacking(ledger) if LEDGER.sheet(sheet).by_header[header].people}
    assert ("变更与重大事项", "技能等级") in later and ("年度安排", "通过比例") in later and ("指导记录", "工作室编号") in later
    return later


@pytest.fixture(scope="module")
def fresh_rules(finished_demo):
    return rules(load_workbook(finished_demo.ledger))


def assert_offered(ledger, later, fresh):
    found = rules(load_workbook(ledger))
    for place in later:
        offered = found[place]
        if fresh[place][2] == ["studio_numbers"]:
            assert ",".join(offered[2]).removeprefix("=") == NUMBERS.removeprefix("=") and offered[3:] == fresh[place][3:], place
        else:
            assert offered == fresh[place], place


def test_the_new_columns_accept_and_offer_what_those_of_a_new_ledger_do(old, fresh_rules):
    later, before = later_columns(old.ledger), rules(load_workbook(old.ledger))
    merged(old)
    assert_offered(old.ledger, later, fresh_rules)
    assert before.items() <= rules(load_workbook(old.ledger)).items()


def test_what_is_typed_into_the_new_columns_stays_what_it_is(old, finished_demo):
    later = later_columns(old.ledger)
    merged(old)
    found = formats(load_workbook(old.ledger), later)
    assert found == formats(load_workbook(finished_demo.ledger), later)
    assert found["变更与重大事项", "身份证号"] == "@" and found["年度安排", "申报截止日"] == "yyyy-mm-dd"


def test_the_open_ledger_gets_the_same(old, fresh_rules):
    """On the stand-in for Excel; how LibreOffice takes such edits is tested with the engine."""
    later = later_columns(old.ledger)
    app = install_over(Application(Answers()))
    opened = OpenBook(app.books.open(old.ledger))
    ledger = register.of_book(opened.read(), LAW)
    opened.apply(upgrade.upgraded(ledger.book, ledger.standing, LAW)[2])
    opened.save()
    for book in list(app.books):
        book.close()
    assert_offered(old.ledger, later, fresh_rules)


def test_a_rule_that_people_set_for_the_free_columns_stays(old):
    book = load_workbook(old.ledger, keep_vba=True)
    book["变更与重大事项"].add_data_validation(DataValidation("list", formula1='"甲,乙"', sqref="A900:AZ999"))
    book.save(old.ledger)
    merged(old)
    theirs = [rule for rule in load_workbook(old.ledger)["变更与重大事项"].data_validations.dataValidation if "AZ999" in str(rule.sqref)]
    assert [rule.formula1 for rule in theirs] == ['"甲,乙"']
    assert ("变更与重大事项", "技能等级") not in rules(load_workbook(old.ledger)) and ("申报批次", "荣誉认定") in rules(load_workbook(old.ledger))


def test_every_list_fits_into_a_rule():
    """Excel takes up to 255 characters of texts in a rule."""
    named = {column.choices for sheet in LEDGER.sheets for column in sheet.columns if column.people and column.choices}
    assert named and all(len(",".join(law.lists[name].names)) <= 255 and not any("," in each or '"' in each for each in law.lists[name].names)
                         for law in map(load, FILES) for name in named)


def test_a_sheet_that_people_named_like_a_new_one_is_not_touched(old):
    old.ledger.write_bytes(edit.apply(old.ledger.read_bytes(), [AddSheet("年度安排", "我的安排", ("事", "人"), (20, 20), [("开会", "王姐")])]))
    before = old.ledger.read_bytes()
    with pytest.raises(UserError, match=r"有一张“年度安排”表，表头不是规定的.*请把它改名后再试"):
        merged(old)
    assert old.ledger.read_bytes() == before
