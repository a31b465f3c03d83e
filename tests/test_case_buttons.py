"""个案办理 on a workbook that is open: what its three buttons show and register is what the command `act` lists and registers."""

import shutil
from datetime import date, datetime

import pytest

from tests.ledger import moving
from tests.same_ledgers import same_ledger
from tests.test_buttons import Desk
from toolkit.forms import LEDGER
from toolkit.forms.model import CASE_SHEET
from toolkit.jobs.act import act, standing
from toolkit.ledger import oplog
from toolkit.pages import fresh, register
from toolkit.pages.case_page import FIELD_LINE, KIND
from toolkit.pages.desk_block import BUTTONS, HELP, INPUT, LABEL
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import in_force
from toolkit.returns.values import shown
from toolkit.sheets import edit
from toolkit.sheets.grid import a1, from_a1

ON = date(2026, 11, 25)
LAW = in_force(ON)


class CaseDesk(Desk):
    """A clerk before the page 个案办理."""

    def choose(self, subject="", move="", day=ON):
        for name, value in (("case_subject", subject), ("case_move", move), ("case_day", day)):
            self.book.names[name].refers_to_range.value = value or None
        return self

    @property
    def lines(self):
        """The lines below the inputs, from column A to the hidden ones; the row (zero-based) of the first."""
        first = self.book.names["case_lines"].refers_to_range.row - 1
        rows = self.book.sheets[CASE_SHEET].range((first + 1, 1), (first + 80, KIND + 2)).options(ndim=2).value
        return [row for row in rows if row[KIND]], first

    @property
    def told(self):
        return self.book.names["case_state"].refers_to_range.value

    def words(self, word):
        """What stands beside a word: (事项 or cell, text)."""
        return [(row[INPUT], row[HELP]) for row in self.lines[0] if row[LABEL] == word]

    def fill(self, **values):
        """Write into the white cells, as text as Excel keeps it there."""
        lines, first = self.lines
        for number, row in enumerate(lines, first):
            if row[KIND] == FIELD_LINE and row[LABEL] in values:
                self.book.sheets[CASE_SHEET].range((number + 1, INPUT + 1)).value = values[row[LABEL]]
        return self


@pytest.fixture
def desk(excel):
    return CaseDesk(excel)


def ledger_file(folder, tables):
    """A ledger with its buttons, and rows in some of its registers."""
    folder.mkdir()
    empty = fresh.workbook(LEDGER, has_macros=True)
    columns = {name: table.layout.columns for name, table in register.open_ledger(empty, "台账.xlsm", LAW).standing.tables.items()}
    path = folder / "工作室管理台账.xlsm"
    path.write_bytes(edit.apply(empty, [edit.AppendRows(sheet, FIRST_ROW, [
        {columns[sheet][header]: value for header, value in row.items() if value is not None and header in columns[sheet]} for row in rows])
        for sheet, rows in tables.items()]))
    return path


@pytest.fixture
def path(tmp_path):
    """One studio in its construction period, its naming not reported yet."""
    return ledger_file(tmp_path / "台账", moving.of_studio())


def test_what_may_be_done_is_what_the_command_lists(desk, path):
    wanted, stored = standing(path, moving.NUMBER, ON), path.read_bytes()
    desk.open(path).choose()
    assert "下拉框里现在有1件" in desk.press("case_options")
    offered = desk.book.sheets["_个案"].range("A2").value
    desk.choose(offered)
    said = desk.press("case_options")
    assert said == desk.told and f"{wanted.label}：{wanted.stage}（" in said
    able = [each.move for each in wanted.options if each.allowed]
    assert desk.words("可以办") == [(move.name, row[1]) for move, row in zip(able, desk.words("可以办"), strict=True)]
    refused = {row[INPUT]: (row[HELP], row[BUTTONS]) for row in desk.lines[0] if row[LABEL] == "不能办"}
    assert refused == {each.move.name: ("".join(found.message for found in each.against), "、".join(dict.fromkeys(found.clause for found in each.against)))
                       for each in wanted.options if not each.allowed}
    assert refused["登记届满"][1] == "第十九条" and path.read_bytes() == stored


def test_a_move_is_asked_for_previewed_registered_and_undone(desk, path, tmp_path):
    (tmp_path / "令").mkdir()
    by_command = shutil.copy(path, tmp_path / "令" / path.name)
    desk.open(path).choose(moving.NUMBER, "报命名备案")
    assert "请填好下面的白底格" in desk.press("case_options")
    assert [row[LABEL] for row in desk.lines[0] if row[KIND] == FIELD_LINE] == ["备案日期"]
    stored = path.read_bytes()
    assert desk.press("case_act").startswith("还没有可以确认的预览")
    refused = desk.press("case_preview")
    (line,) = desk.words("不能办")
    assert refused.startswith("不能办“报命名备案”") and line[0].startswith("本页 C") and "备案日期" in line[1]
    desk.fill(备案日期="某天").press("case_preview")
    assert "某天" in desk.words("不能办")[0][1]
    assert desk.fill(备案日期="2026-11-24").press("case_preview").startswith("预览码 ")
    assert path.read_bytes() == stored
    ((where, change),) = desk.words("更新")
    assert where.startswith("公示命名 ") and where.endswith(" 备案日期") and change == "（空） → 2026-11-24"
    said = desk.press("case_act")
    assert said.startswith("已办“报命名备案”，台账已保存")
    assert not [row for row in desk.lines[0] if row[KIND] == FIELD_LINE] and "报命名备案" in dict(desk.words("不能办"))
    act(by_command, moving.NUMBER, "报命名备案", {"备案日期": "2026-11-24"}, ON, datetime.now())
    same_ledger(by_command, path)
    ledger = register.load(path, LAW)
    cell = where.split(" ")[1]
    grid = next(grid for grid in ledger.book.grids if grid.name == "公示命名")
    assert {a1(row, column): shown(value) for row, cells in enumerate(grid.rows) for column, value in enumerate(cells)}[cell] == "2026-11-24"
    log = register.log_rows(ledger)
    assert not oplog.verify(log) and log[-1][2] == "办理：报命名备案"
    assert desk.press("case_act").startswith("还没有可以确认的预览")
    assert desk.press("undo", "yes").startswith("已撤销上一步")
    (row,) = register.load(path, LAW).standing.records("公示命名")
    assert row["备案日期"] is None


def test_what_changed_after_the_preview_is_not_registered(desk, path):
    desk.open(path).choose(moving.NUMBER, "报命名备案").press("case_options")
    desk.fill(备案日期="2026-11-24").press("case_preview")
    before = path.read_bytes()
    desk.fill(备案日期="2026-11-23")
    assert desk.press("case_act").startswith("预览之后，填写的内容或台账有了变化，没有办理。")
    desk.fill(备案日期="2026-11-24")
    desk.book.sheets["工作室"].range("A6").value = moving.NUMBER  # 状态没变，改了别的登记
    desk.choose(moving.NUMBER, "登记牌匾")
    assert desk.press("case_act").startswith("预览之后，填写的内容或台账有了变化，没有办理。")
    assert path.read_bytes() == before


ROADS = {
    "撤销到追回": ("考核不合格", ("认定考核不合格撤销", "印发撤销决定", "收回牌匾", "追回补助")),
    "变更领办人": ("建设期", ("受理变更领办人", "核实变更", "批复变更")),
    "异议": ("公示中", ("登记异议", "异议成立"))}


@pytest.mark.parametrize("road", ROADS)
def test_a_road_of_moves_is_registered_as_by_the_command(desk, tmp_path, road):
    state, names = ROADS[road]
    tables, day = moving.STATES[state]
    if road == "撤销到追回":
        tables = tables | {"工作室": [moving.studio(**{"补助额(元)": 100000})]}
    path = ledger_file(tmp_path / "台账", tables)
    (tmp_path / "令").mkdir()
    by_command = shutil.copy(path, tmp_path / "令" / path.name)
    whom = moving.NUMBER if "工作室" in tables else moving.NAME
    desk.open(path)
    for name in names:
        move = LAW.procedure.moves[name]
        given = {field.partition(".")[2]: shown(value) for field, value in moving.answers(move).items()}
        desk.choose(whom, name, day).press("case_options")
        assert [(row[LABEL], row[BUTTONS].startswith("必填")) for row in desk.lines[0] if row[KIND] == FIELD_LINE] == [
            (field.partition(".")[2], field in move.required) for field in move.fills]
        said = desk.fill(**given).press("case_preview")
        assert said.startswith("预览码 "), (name, said, desk.words("不能办"))
        promised = {(sheet, cell): change.partition(" → ")[2] for where, change in (*desk.words("更新"), *desk.words("新增"))
                    for sheet, cell in [where.split(" ")[:2]]}
        assert desk.press("case_act").startswith(f"已办“{name}”"), name
        stored = {grid.name: grid for grid in register.load(path, LAW).book.grids}
        found = {place: shown(stored[place[0]].at(*from_a1(place[1]))) for place in promised}
        assert found == promised, name
        report = act(by_command, whom, name, given, day, datetime.now())
        assert report.plan and not report.errors
    same_ledger(by_command, path)
