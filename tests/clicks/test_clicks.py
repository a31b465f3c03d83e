"""Every shipped button is pressed with the mouse, and does what its command does."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.clicks.display import wait_for
from tests.clicks.workbooks import seen, with_buttons
from tests.com.statement import pressed
from tests.same_ledgers import same_ledger
from toolkit import forms, resources
from toolkit.demo.demo_review import voted
from toolkit.forms import ASSESSMENT, LEDGER, RECOMMENDATION, SUMMARY
from toolkit.forms.model import DUE_SHEET, ISSUE_SHEET, PREVIEW_SHEET
from toolkit.jobs import merge as merging
from toolkit.jobs.act import act
from toolkit.jobs.check import check
from toolkit.jobs.documents import documents
from toolkit.jobs.export import export
from toolkit.jobs.new import new
from toolkit.jobs.score import score
from toolkit.ledger import oplog
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.regulation.voting import suggested
from toolkit.sheets import read

TODAY = date.today()
YEAR = 2026
LAW = in_force(TODAY)
TITLE = "技能大师工作室工具箱"
DESK_PAGE, CASE_PAGE = "办理", "个案办理"


def captions(form):
    """Caption by action of the form's buttons, as they are declared."""
    return {action.id: action.caption for action in form.buttons}


def told(asked):
    """What the last message box said."""
    return [each["text"] for each in asked if each["kind"] == "alert"][-1]


def opened_by_command(desk, path):
    """What the workbook that a command wrote shows."""
    desk.open(path)
    return seen(desk.book)


def all_pressed(desk):
    """No kind of button of the open workbook is left that this test has not pressed."""
    assert desk.pressed == {button.macro for button in desk.buttons()}


# ---- 每一个按钮 ----

@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.name)
def test_every_button_gives_python_its_action(desk, tmp_path, form):
    desk.open(shutil.copy(resources.workbook_template(form.name), tmp_path))
    buttons = desk.buttons()
    desk.record_commands()
    for button in buttons:
        desk.click(button)
    actions = [button.macro.partition(".Btn_")[2] for button in buttons]
    assert desk.commands == [pressed(action) for action in actions]
    assert dict(zip(actions, (button.caption for button in buttons), strict=True)) == captions(form)


# ---- 报表 ----

def test_return(desk, finished_demo, tmp_path):
    dirty = with_buttons(RECOMMENDATION, finished_demo.returns / "新市区（高新区）报送.xlsx", tmp_path / "新市区.xlsm", "新市区", YEAR)
    report = check([dirty], TODAY, tmp_path / "命令")
    desk.open(dirty)
    desk.photograph("报表_校验前")
    said = told(desk.click(desk.button("推荐汇总", "check")))
    desk.photograph("报表_校验后")
    assert said.startswith(f"错误{report.errors}条，必须修改；提示")
    on_screen = seen(desk.book)
    assert len(on_screen["推荐汇总"]["marks"]) > 5 and len(on_screen["推荐汇总"]["comments"]) > 5
    listed = [(row[2], row[3]) for row in on_screen[ISSUE_SHEET]["values"] if row[3] and str(row[9]).startswith("待")]
    desk.click(desk.button("团队成员", "next_problem"))
    desk.photograph("报表_定位")
    place = desk.book.sheets.active.name, desk.app.selection.address.replace("$", "")
    assert place in listed
    assert told(desk.click(desk.button("推荐汇总", "export"))).endswith("改正之后再导出。")
    (tmp_path / "申报").mkdir()
    assert told(desk.click(desk.button("推荐汇总", "gather"), folders=(str(tmp_path / "申报"),)))
    all_pressed(desk)
    assert opened_by_command(desk, report.outputs[0]) == on_screen


def test_clean_return_is_exported(desk, finished_demo, tmp_path):
    source = next(path for path in sorted(finished_demo.returns.glob("天山区*.xlsx")))
    desk.open(with_buttons(RECOMMENDATION, source, tmp_path / "随便起名.xlsm", "天山区", YEAR))
    assert told(desk.click(desk.button("推荐汇总", "export"))).startswith("已导出")
    exported = tmp_path / f"天山区_区县推荐汇总表_{YEAR}.xlsx"
    again = check([exported], TODAY)
    assert not again.findings and again.files[0].rows == check([source], TODAY).files[0].rows


def test_summary(desk, finished_demo, tmp_path):
    source = next((finished_demo.folder / "期满考核").rglob("*区县考核汇总表*.xlsx"))
    path = with_buttons(SUMMARY, source, tmp_path / "天山区.xlsm", "天山区", YEAR)
    report = check([path], TODAY, tmp_path / "命令")
    desk.open(path)
    sheet = desk.buttons()[0].sheet
    desk.click(desk.button(sheet, "check"))
    on_screen = seen(desk.book)
    desk.click(desk.button(sheet, "next_problem"))
    said = told(desk.click(desk.button(sheet, "export"), alerts=("yes",)))
    assert said.endswith("改正之后再导出。") == bool(report.errors)
    all_pressed(desk)
    assert opened_by_command(desk, report.outputs[0]) == on_screen


# ---- 评分表 ----

def test_assessment(desk, finished_demo, tmp_path):
    folder = finished_demo.folder / "期满考核" / "评分表"
    source = folder / next(own.filed.file for own in score([folder], TODAY).scores if own.tampered)
    path = with_buttons(ASSESSMENT, source, tmp_path / "评分表.xlsm", "天山区", YEAR)
    report = score([path], TODAY, tmp_path / "命令")
    desk.open(path)
    sheet = desk.buttons()[0].sheet
    said = told(desk.click(desk.button(sheet, "rescore")))
    desk.photograph("评分表_复算后")
    assert report.errors and said.startswith(f"{report.scores[0].summary}。错误{report.errors}条")
    on_screen = seen(desk.book)
    desk.click(desk.button(sheet, "next_problem"))
    assert told(desk.click(desk.button(sheet, "export"))).endswith("改正之后再导出。")
    all_pressed(desk)
    marked = next(output for output in report.outputs if output.name.startswith(path.stem))
    assert opened_by_command(desk, marked) == on_screen


# ---- 台账 ----

def type_in(desk, name, value):
    desk.book.names[name].refers_to_range.value = value


def give_opinions(desk):
    """What people decide and fill in by hand: how ballots count this year, the bureau's contact."""
    standing = register.load(Path(desk.book.fullname), LAW).standing
    layout = standing.tables["年度安排"].layout
    for header, value in {"年度": YEAR, **suggested(LAW)}.items():
        desk.book.sheets["年度安排"][layout.row + 1, layout.columns[header]].value = value
    layout = standing.tables["参数"].layout
    for row in standing.records("参数"):
        if row["参数"].startswith(("contact", "supervision")):
            desk.book.sheets["参数"][row.row, layout.columns["取值"]].value = f"虚构的{row['参数']}"
    desk.book.save()


def handle_a_case(desk, by_command):
    """An objection of a studio that is made public is not upheld: looked up, previewed, registered by buttons, and by the command."""
    path = Path(desk.book.fullname)
    name = register.load(path, LAW).standing.records("公示命名")[0]["工作室名称"]
    type_in(desk, "case_subject", name)
    type_in(desk, "case_move", "异议不成立")
    assert "公示中" in told(desk.click(desk.button(CASE_PAGE, "case_options")))
    desk.photograph("台账_看能办什么")
    stored = path.read_bytes()
    field = desk.book.names["case_lines"].refers_to_range.offset(1, 1)
    assert field.offset(0, -1).value == "处理理由"
    field.value = "经核查，反映的问题不属实"
    assert told(desk.click(desk.button(CASE_PAGE, "case_preview"))).startswith("预览码 ") and path.read_bytes() == stored
    desk.photograph("台账_预览办理")
    assert told(desk.click(desk.button(CASE_PAGE, "case_act"))).startswith("已办“异议不成立”")
    desk.photograph("台账_确认办理")
    act(by_command, name, "异议不成立", {"处理理由": "经核查，反映的问题不属实"}, TODAY, datetime.now())
    same_ledger(by_command, path)


def test_ledger(desk, finished_demo, tmp_path):
    (path,) = new(LEDGER.name, out=tmp_path / "台账")
    by_command = Path(shutil.copytree(path.parent, tmp_path / "命令")) / path.name
    returns = Path(shutil.copytree(finished_demo.returns, tmp_path / "报表"))
    wanted = merging.merge(merging.order_for(returns, YEAR, ledger=by_command, out=tmp_path / "果"), datetime.now())

    desk.open(path)
    type_in(desk, "task_year", YEAR)
    stored = path.read_bytes()
    said = told(desk.click(desk.button(DESK_PAGE, "merge"), folders=(str(returns),)))
    desk.photograph("台账_合并预览")
    assert said.startswith(f"预览：新增{len(wanted.plan.added)}行") and path.read_bytes() == stored
    assert desk.book.sheets.active.name == PREVIEW_SHEET
    said = told(desk.click(desk.button(DESK_PAGE, "commit")))
    desk.photograph("台账_入账")
    assert said.startswith(f"已入账：新增{len(wanted.plan.added)}行")
    same_ledger(by_command, path)

    give_opinions(desk)
    said = told(desk.click(desk.button(DESK_PAGE, "make")))
    empty = path.parent / "待填报表" / f"评审表决_{YEAR}.xlsm"
    assert said.startswith(f"已生成“{empty.name}”") and empty.is_file()
    ballots = tmp_path / "评审报表"
    ballots.mkdir()
    export(voted(empty, LAW, TODAY), ballots / f"评审表决_{YEAR}.xlsx")
    type_in(desk, "task_form", "评审表决")
    type_in(desk, "task_folder", str(ballots))
    told(desk.click(desk.button(DESK_PAGE, "merge")))
    assert told(desk.click(desk.button(DESK_PAGE, "commit"))).startswith("已入账")
    desk.photograph("台账_评审入账")
    shutil.copy(path, by_command)
    notice = documents("公示", by_command, tmp_path / "文", TODAY, datetime.now())
    said = told(desk.click(desk.button(DESK_PAGE, "docs")))
    desk.photograph("台账_公文")
    assert notice.outputs[0].name in said and (path.parent / "公文" / notice.outputs[0].name).is_file()
    desk.book.save()
    same_ledger(by_command, path)

    handle_a_case(desk, by_command)

    said = told(desk.click(desk.button(DESK_PAGE, "due")))
    desk.photograph("台账_到期提醒")
    assert said.startswith(f"截至{TODAY}") and DUE_SHEET in [sheet.name for sheet in desk.book.sheets]

    merging.undo(by_command, datetime.now())
    said = told(desk.click(desk.button(DESK_PAGE, "undo"), alerts=("yes",)))
    assert said.startswith("已撤销上一步")
    same_ledger(by_command, path, "操作日志")
    log = register.log_rows(register.load(path, LAW))
    assert not oplog.verify(log) and log[-1][2] == "撤销上一步"

    report = check([path], TODAY)
    said = told(desk.click(desk.button(DESK_PAGE, "check_ledger")))
    desk.photograph("台账_校验台账")
    assert said.startswith(f"错误{report.errors}条" if report.findings else "没有发现问题")
    desk.click(desk.button(DESK_PAGE, "next_problem"))
    all_pressed(desk)


# ---- 办不成的时候 ----

@pytest.mark.parametrize("interpreter, picture, says", [
    ("", "没有装好", "安装.cmd"), ("/nowhere/python", "没有办成", "toolkit.log")])
def test_failure_is_told_in_a_box(desk, tmp_path, interpreter, picture, says):
    desk.open(shutil.copy(resources.workbook_template(RECOMMENDATION.name), tmp_path))
    before = seen(desk.book)
    desk.install_python(interpreter)
    desk.press(desk.button("推荐汇总", "check"))
    assert says in desk.box(TITLE)
    desk.photograph(picture)
    desk.display.press(desk.display.windows(TITLE)[0], "Return")
    wait_for(lambda: not desk.display.windows(TITLE), 60, "提示框关闭")
    assert seen(desk.book) == before


def box_closed(desk):
    """The text of the box that stands there, after a look at it and Return."""
    said = desk.box(TITLE)
    desk.display.press(desk.display.windows(TITLE)[0], "Return")
    wait_for(lambda: not desk.display.windows(TITLE), 60, "提示框关闭")
    return said


def test_settings_that_came_with_the_workbook_choose_no_program(desk, tmp_path):
    """别人发来的压缩包里夹带 xlwings.conf：不办，并说明。"""
    desk.open(shutil.copy(resources.workbook_template(RECOMMENDATION.name), tmp_path))
    (tmp_path / "xlwings.conf").write_text('"INTERPRETER_WIN","/bin/false"\n', "utf-8")
    desk.record_commands()
    desk.press(desk.button("推荐汇总", "check"))
    assert "xlwings.conf" in box_closed(desk)
    assert not desk.commands, "没有运行任何命令"
    desk.install_python("")
    desk.press(desk.button("推荐汇总", "check"))
    assert "xlwings.conf" in box_closed(desk), "先看夹带的设置，里面写的路径不去找"
    (tmp_path / "xlwings.conf").unlink()
    desk.press(desk.button("推荐汇总", "check"))
    assert "安装.cmd" in box_closed(desk)


def test_what_cannot_be_reached_is_checked_as_a_file(desk, finished_demo, tmp_path):
    """连不上打开着的工作簿（WPS、杀毒软件）：存一份副本去办，办完打开标记副本。"""
    dirty = with_buttons(RECOMMENDATION, finished_demo.returns / "新市区（高新区）报送.xlsx", tmp_path / "新市区.xlsm", "新市区", YEAR)
    desk.open(dirty)
    before = seen(desk.book)
    desk.cut_off()
    desk.press(desk.button("推荐汇总", "check"))
    said = box_closed(desk)
    (copied,) = desk.handed_over.iterdir()  # LibreOffice 的 SaveCopyAs 存成旧格式，所以与命令办这一份比
    report = check([copied], TODAY, tmp_path / "命令")
    assert "没有连上打开着的工作簿" in said and f"错误{report.errors}条" in said
    marked = next(book for book in desk.app.books if "校验" in book.name)
    desk.photograph("副本上校验")
    shown, wanted = ([(grid.name, grid.rows) for grid in read.workbook(path).grids] for path in (Path(marked.fullname), report.outputs[0]))
    assert shown == wanted and ISSUE_SHEET in dict(shown)
    assert seen(desk.app.books[dirty.name]) == before, "原来的没有动"


def test_what_cannot_be_reached_in_the_ledger_names_its_icon(desk, tmp_path):
    (path,) = new(LEDGER.name, out=tmp_path / "台账")
    desk.open(path)
    desk.cut_off()
    desk.press(desk.button(DESK_PAGE, "due"))
    assert "“到期提醒”图标" in box_closed(desk)
