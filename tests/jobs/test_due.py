"""到期提醒 from a real ledger file: what the command prints, what a program gets, and the page in the ledger."""

import io
import json
from datetime import date, timedelta

import openpyxl
import pytest
from typer.testing import CliRunner

from tests.ledger.test_dues import ENDS, GOALS, NAME, REPORTS, named, revoked, studio
from tests.returns.make import LAW
from toolkit.cli import app
from toolkit.errors import UserError
from toolkit.forms import LEDGER
from toolkit.forms.model import DUE_SHEET
from toolkit.jobs.due import due, dues_of
from toolkit.ledger.dues import OPEN, OVERDUE, SOON, TODAY
from toolkit.pages import fresh, register
from toolkit.pages.due_list import due_edits
from toolkit.pages.layout import FIRST_ROW
from toolkit.sheets import edit, look

ON = date(2026, 11, 22)
STUDIOS = (NAME, "王五车工技能大师工作室", "李四电工技能大师工作室")
KEYS = {"date", "days", "studio", "what", "clause", "who", "state", "district", "sheet", "cell", "means"}


@pytest.fixture
def book(tmp_path):
    """Write a ledger with rows in some of its sheets; `set_` sets parameters."""
    def write(set_=(), **rows):
        empty = fresh.workbook(LEDGER)
        tables = register.open_ledger(empty, "台账.xlsx", LAW).standing.tables
        edits = [edit.AppendRows(sheet, FIRST_ROW, [{tables[sheet].layout.columns[header]: value for header, value in row.items()}
                                                    for row in given]) for sheet, given in rows.items()]
        parameters = tables["参数"]
        lines = {row["参数"]: row.row for row in parameters.records}
        edits += [edit.SetCell("参数", lines[name], parameters.layout.columns["取值"], value) for name, value in dict(set_).items()]
        path = tmp_path / "台账.xlsx"
        path.write_bytes(edit.apply(empty, edits))
        return path
    return write


@pytest.fixture
def full(book):
    """Overdue, due today, coming, ready."""
    return book(工作室=[studio(), studio("王五车工技能大师工作室", 区县="米东区", 建设周期止=date(2026, 11, 20)),
                     studio("李四电工技能大师工作室", 区县="新市区", 建设周期止=ON)],
                年度评估=[row | {"工作室名称": name} for name in STUDIOS for row in REPORTS],
                目标任务=[row | {"工作室名称": name} for name in STUDIOS for row in GOALS],
                公示命名=[named(工作室名称="周六钳工技能大师工作室", 公示发布日=date(2026, 11, 9), 公示止日=date(2026, 11, 16))],
                撤销追缴禁申=[revoked(工作室名称="吴七铣工技能大师工作室", 牌匾收回日=None)])


def run(*arguments):
    return CliRunner().invoke(app, ["due", *map(str, arguments)])


def test_a_program_gets_the_facts_of_each_due(full):
    done = run("--ledger", full, "--on", ON, "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 0 and set(told) == {"files", "findings", "due", "outputs"}
    assert all(set(line) == KEYS for line in told["due"])
    assert [(line["date"], line["days"], line["studio"][:2]) for line in told["due"]] == [
        (None, None, "周六"), (None, None, "吴七"), ("2026-11-20", -2, "王五"), ("2026-11-22", 0, "李四"), ("2026-12-01", 9, "赵一")]
    assert [line["clause"] for line in told["due"]] == ["第十二条", *["第十九条（二）"] * 4]
    assert [(line["who"], line["state"]) for line in told["due"]] == [
        ("市局", OPEN), ("市局", OPEN), ("区县", OVERDUE), ("区县", TODAY), ("区县", SOON)]
    assert told["due"][0]["means"] == [{"kind": "公文", "name": "命名授牌通知"}] and told["due"][0]["sheet"] == "公示命名"
    assert told["due"][2]["means"] == [{"kind": "报表", "name": "期满考核评分表"}, {"kind": "按钮", "name": "合并区县报表"}]


def test_a_clerk_reads_state_days_what_clause_and_cell(full):
    done = run("--ledger", full, "--on", ON)
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert lines[0] == "市局（2项）" and lines[3] == "区县（3项）"
    assert lines[4].startswith("逾期　2026-11-20，逾期2天　米东区 王五车工技能大师工作室：建设周期至2026-11-20届满")
    assert lines[5].startswith("今天　2026-11-22　新市区 李四") and lines[6].startswith("将到期　2026-12-01，还有9天　天山区 赵一")
    assert lines[1].startswith("可办理　天山区 周六") and "（第十二条）　“公示命名”表 " in lines[1]
    assert lines[1].endswith("　怎么办：生成公文“命名授牌通知”") and lines[2].endswith("　怎么办：办理“收回牌匾”")
    assert lines[-1] == "逾期1项，今天1项，将到期1项，可办理2项。市局2项，区县3项（逾期1项）。"


@pytest.mark.parametrize("asked, studios", [
    (("--who", "市局"), ["周六", "吴七"]), (("--who", "区县"), ["王五", "李四", "赵一"]), (("--who", "区（县）"), ["王五", "李四", "赵一"]),
    (("--who", "单位"), []), (("--district", "米东区"), ["王五"]), (("--district", "高新区"), ["李四"]),
    (("--who", "区县", "--district", "天山区"), ["赵一"])])
def test_what_one_party_has_to_do_and_one_district(full, asked, studios):
    done = run("--ledger", full, "--on", ON, "--json", *asked)
    assert done.exit_code == 0 and [line["studio"][:2] for line in json.loads(done.stdout)["due"]] == studios


@pytest.mark.parametrize("who, district, said", [
    ("评委", "", "没有“评委”要办的到期事项。请从这些里选：市局、区县、单位。"), ("谁", "", "没有“谁”要办的到期事项。请从这些里选：市局、区县、单位。"),
    ("", "喀什市", "没有“喀什市”这个区（县）。请从这些里选：天山区")])
def test_a_party_or_district_that_there_is_not(full, who, district, said):
    with pytest.raises(UserError, match=said):
        due(full, ON, who, district)


def test_nothing_is_written(full):
    before = full.read_bytes()
    due(full, ON)
    assert full.read_bytes() == before and list(full.parent.iterdir()) == [full]


def test_an_empty_ledger_has_nothing_due(book):
    path = book()
    done = run("--ledger", path, "--on", ON)
    assert (done.exit_code, done.stdout.strip()) == (0, "没有到期的事项。")
    assert json.loads(run("--ledger", path, "--json").stdout)["due"] == []


def test_without_a_ledger_it_cannot_go_on(tmp_path):
    with pytest.raises(UserError, match="找不到台账"):
        due(tmp_path / "没有.xlsx", ON)


@pytest.mark.parametrize("header, typed, code", [("建设周期止", "2026年底", "F-date"), ("状态", "在建", "F-choice"), ("补助额(元)", "十来万", "F-number")])
def test_a_cell_no_due_can_be_told_from_is_pointed_out(book, header, typed, code):
    path = book(工作室=[studio(**{header: typed})])
    found, = due(path, ON).findings
    assert (found.code, found.value, found.place.field, found.place.sheet) == (code, typed, header, "工作室")
    done = run("--ledger", path, "--on", ON)
    assert done.exit_code == 1 and typed in done.stdout and "错误1条" in done.stdout


def test_what_the_bureau_sets_in_the_ledger_holds(book):
    path = book({"due_soon_days": 8}, 工作室=[studio()], 年度评估=REPORTS, 目标任务=GOALS)
    assert [each.state for each in due(path, ON).dues] == [OPEN]
    path = book({"extra_days_off": "2026-11-25"}, 申报批次=[
        {"年度": 2026, "推荐区县": "米东区", "领办人": "赵一", "工作室名称": NAME, "申报状态": "待说明", "入账时间": "2026-11-20 09:30:00"}])
    assert [each.date for each in due(path, ON).dues] == [date(2026, 11, 30)]


def on_dashboard(today: date) -> list[dict[str, object]]:
    """Six studios: due in 10 days, due today, overdue, graded, revoked, due in 31 days."""
    facts = (("甲", 10, "", "有效"), ("乙", 0, "", "有效"), ("丙", -1, "", "有效"), ("丁", 5, "优秀", "有效"),
             ("戊", 5, "", "已撤销"), ("己", 31, "", "有效"))
    return [{"工作室名称": name, "区县": "天山区", "状态": status, "等次": grade or None, "补助额(元)": 100000,
             "配套额(元)": 50000, "建设周期止": today + timedelta(days=days)} for name, days, grade, status in facts]


def test_studios_are_told_by_the_end_of_their_period(book):
    today = date.today()
    found = due(book(工作室=on_dashboard(today)), today).dues
    ends = [(each.studio, each.days, each.state) for each in found if each.place.field == "建设周期止"]
    assert sorted(ends) == sorted([("丙", -1, OVERDUE), ("乙", 0, TODAY), ("甲", 10, SOON), ("己", 31, OPEN)])


def test_a_ledger_in_hand_is_told_like_its_file(full):
    opened = register.load(full, LAW)
    assert dues_of(opened, LAW, ON) == due(full, ON).dues


def applied(path, on):
    opened = register.load(path, LAW)
    return edit.apply(opened.data, due_edits(dues_of(opened, LAW, on), on))


def test_the_page_lists_every_due_with_a_link_to_its_cell(full):
    sheet = openpyxl.load_workbook(io.BytesIO(applied(full, ON)))[DUE_SHEET]
    found = due(full, ON).dues
    assert sheet["A2"].value == "截至2026-11-22：逾期1项，今天1项，将到期1项，可办理2项。市局2项，区县3项（逾期1项）。"
    assert [cell.value for cell in sheet[4]] == ["由谁办", "状态", "到期日", "天数", "区县", "工作室", "要办的事", "怎么办", "条款", "出处"]
    rows = list(sheet.iter_rows(min_row=5))
    assert [[cell.value for cell in row][:2] + [cell.value for cell in row][3:9] for row in rows] == [
        [each.who, each.state, each.days, each.district or None, each.studio, each.what, str(each.charge), each.clause] for each in found]
    assert [row[2].value and row[2].value.date() for row in rows] == [each.date for each in found]
    assert [row[9].hyperlink.location.replace("'", "") for row in rows] == [f"{each.place.sheet}!{each.place.cell}" for each in found]
    fills = {row[1].value: row[1].fill.fgColor.rgb[-6:] for row in rows}
    assert fills[OVERDUE] == fills[TODAY] == look.ERROR_FILL[1:] and fills[SOON] == look.QUERY_FILL[1:] and fills[OPEN] == look.SUB[1:]


def test_the_next_page_takes_the_place_of_the_last(full):
    full.write_bytes(applied(full, ON))
    assert due(full, ON).findings == [] and ENDS in {each.date for each in due(full, ON).dues}
    later = ON + timedelta(30)
    book = openpyxl.load_workbook(io.BytesIO(applied(full, later)))
    assert [name for name in book.sheetnames if name.startswith(DUE_SHEET)] == [DUE_SHEET]
    assert book[DUE_SHEET]["A2"].value.startswith(f"截至{later}：逾期") and book[DUE_SHEET]["D7"].value == (date(2026, 11, 20) - later).days
