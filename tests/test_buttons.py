"""Buttons on a workbook that is open: each does what its command does to a file."""

import locale
import shutil
from datetime import date, datetime

import openpyxl
import pytest
import xlwings as xw

from tests.conftest import SINCE_REVIEW
from tests.jobs import assessments
from tests.lo_engine.answers import Answers
from tests.same_ledgers import same_ledger
from toolkit import buttons, resources
from toolkit.forms.model import DUE_SHEET, ISSUE_SHEET, PREVIEW_SHEET
from toolkit.jobs import handover
from toolkit.jobs import merge as merging
from toolkit.jobs.check import check
from toolkit.jobs.documents import documents
from toolkit.jobs.due import due
from toolkit.jobs.score import score
from toolkit.ledger import oplog
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.returns.values import shown
from toolkit.sheets import edit, read
from toolkit.sheets.grid import a1
from toolkit.sheets.recalculate import refresh

TODAY = date.today()
LAW = in_force(TODAY)


class Desk:
    """A clerk before Excel: opens workbooks, presses buttons, answers what is asked."""

    def __init__(self, app):
        self._app = app
        self.book = None

    def open(self, path):
        self.book = self._app.books.open(str(path))
        self.book.set_mock_caller()
        return self

    def press(self, button, *alerts, folders=()):
        """What the closing box says; `alerts` and `folders` answer what is asked before."""
        self._app.impl.answers = Answers(alerts=alerts, folders=tuple(map(str, folders)))
        getattr(buttons, button)()
        told = [each["text"] for each in self._app.impl.answers.record if each["kind"] == "alert"]
        return told[-1] if told else ""

    def values(self, sheet):
        return self.book.sheets[sheet].used_range.options(ndim=2).value

    @property
    def sheets(self):
        return [sheet.name for sheet in self.book.sheets]

    @property
    def at(self):
        return self.book.sheets.active.name, self._app.selection.address.replace("$", "")


@pytest.fixture
def desk(excel):
    return Desk(excel)


def differences(seen, wanted, sheet):
    """Address → what stands there on screen and in the file, where that differs; formulas the file never computed aside."""
    grids = [next(grid for grid in book.grids if grid.name == sheet) for book in (seen, wanted)]
    one, other = ({(row, column): shown(value) for row, values in enumerate(grid.rows) for column, value in enumerate(values)}
                  for grid in grids)
    return {a1(*place): (one.get(place, ""), other.get(place, "")) for place in (one.keys() | other.keys()) - grids[1].uncached
            if one.get(place, "") != other.get(place, "")}


def saved(desk, path):
    desk.book.save(str(path))
    return read.workbook(path)


def comments(path, sheet):
    """Our comments by cell; in Excel they stand between two marks, in files they carry our name."""
    return {cell.coordinate: cell.comment.text.replace("〔校验〕", "").replace("〔校验完〕", "") for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row
            if cell.comment and "【" in cell.comment.text}


# ---- 校验 ----

@pytest.fixture
def wrong_return(copy):
    return copy.returns / "新市区（高新区）报送.xlsx"


def test_checking_on_screen_marks_what_the_command_marks(desk, wrong_return, tmp_path):
    report = check([wrong_return], TODAY, tmp_path / "命令")
    said = desk.open(wrong_return).press("check")
    assert said.startswith(f"错误{report.errors}条，必须修改；提示")
    by_command, on_screen = report.outputs[0], tmp_path / "屏幕.xlsx"
    seen, wanted = saved(desk, on_screen), read.workbook(by_command)
    for sheet in ("推荐汇总", "团队成员", "材料清单", ISSUE_SHEET):
        assert differences(seen, wanted, sheet) == {}
        assert comments(on_screen, sheet) == comments(by_command, sheet), sheet
    assert len(comments(on_screen, "推荐汇总")) > 5


def test_what_is_typed_and_not_saved_is_judged(desk, wrong_return):
    desk.open(wrong_return).press("check")
    line = next(row for row in desk.values(ISSUE_SHEET) if row[4] == "技能等级")
    before = len(desk.values(ISSUE_SHEET))
    stored = wrong_return.read_bytes()
    desk.book.sheets["推荐汇总"].range(line[3]).value = "技师"
    desk.press("check")
    left = desk.values(ISSUE_SHEET)
    assert len(left) == before - 1 and not [row for row in left if row[4] == "技能等级"]
    assert wrong_return.read_bytes() == stored


def test_the_problems_come_one_after_the_other_and_begin_again(desk, wrong_return):
    assert desk.open(wrong_return).press("next_problem") == "这份表还没有校验过。请先点“校验”（评分表点“复算”），再定位问题。"
    desk.press("check")
    listed = [(row[2], row[3]) for row in desk.values(ISSUE_SHEET) if row[3] and str(row[9]).startswith("待")]
    desk.book.sheets["推荐汇总"].activate()
    desk.book.sheets["推荐汇总"].range("A1").select()
    places = [place for place in dict.fromkeys(listed) if place[0] in desk.sheets]
    seen = []
    for _ in range(len(places) + 1):
        assert desk.press("next_problem") == ""
        seen.append(desk.at)
    assert seen == [*places, places[0]] and len(places) > 5


def test_a_return_without_problems_says_so(desk, copy):
    clean = next(path for path in sorted(copy.returns.glob("*.xlsx")) if not check([path], TODAY).findings)
    assert desk.open(clean).press("check") == "没有发现问题。"
    assert desk.press("next_problem") == "没有要处理的问题了。改过内容的，请再校验一次。"


def test_a_workbook_that_is_no_return_is_told(desk, tmp_path):
    path = tmp_path / "别的.xlsx"
    made = openpyxl.Workbook()
    made.active["A1"] = "通讯录"
    made.save(path)
    assert desk.open(path).press("check").startswith("错误1条")


# ---- 导出上报 ----

def test_what_is_exported_has_no_macros_and_the_prescribed_name(desk, copy, tmp_path):
    clean = next(path for path in sorted(copy.returns.glob("*.xlsx")) if not check([path], TODAY).findings)
    place = shutil.copy(clean, tmp_path / "随便起名.xlsx")
    (own,) = check([clean], TODAY).files
    said = desk.open(place).press("export")
    target = tmp_path / f"{own.district}_区县推荐汇总表_2026.xlsx"
    assert said == f"已导出“{target.name}”，在“{tmp_path}”。请报送这一份。"
    again = check([target], TODAY)
    assert not again.findings and again.files[0].rows == own.rows
    assert ISSUE_SHEET not in [grid.name for grid in read.workbook(target).grids]
    first = target.read_bytes()
    assert desk.press("export", "no") == "没有导出，原来的一份没有动。" and target.read_bytes() == first
    assert desk.press("export", "yes").startswith("已导出")


def test_errors_stop_the_export_and_queries_ask(desk, wrong_return):
    before = sorted(wrong_return.parent.iterdir())
    assert desk.open(wrong_return).press("export").endswith("改正之后再导出。")
    assert sorted(path for path in wrong_return.parent.iterdir() if not path.name.startswith((".~", "~$"))) == before


# ---- 复算 ----

def test_scoring_on_screen_finds_what_the_command_finds(desk, tmp_path):
    data = assessments.finished()
    item = "score_4_1"
    path = tmp_path / "评分表.xlsx"
    path.write_bytes(refresh(assessments.changed(data, **{item: 5})).data)
    report = score([path], TODAY)
    said = desk.open(path).press("rescore")
    (own,) = report.scores
    assert said.startswith(f"{own.summary}。错误{report.errors}条") and own.tampered
    listed = {(row[2], row[3], row[8]) for row in desk.values(ISSUE_SHEET)[1:] if row[8]}
    assert {(found.place.sheet, found.place.cell, found.code) for found in report.findings} <= listed


# ---- 台账 ----

@pytest.fixture
def two_ledgers(copy):
    """One ledger to be written by the command, one by buttons: before the first merge both are new."""
    merging.merge(merging.order_for(copy.returns, 2025, ledger=copy.folder / "甲" / "工作室管理台账.xlsm", out=copy.folder / "无"), datetime.now())
    (copy.folder / "乙").mkdir()
    shutil.copy(copy.folder / "甲" / "工作室管理台账.xlsm", copy.folder / "乙")
    return copy.folder / "甲" / "工作室管理台账.xlsm", copy.folder / "乙" / "工作室管理台账.xlsm"


def test_preview_and_agreement_write_what_the_command_writes(desk, copy, two_ledgers):
    by_command, by_button = two_ledgers
    stored = by_button.read_bytes()
    wanted = merging.merge(merging.order_for(copy.returns, 2026, ledger=by_command, out=copy.folder / "果"), datetime.now())
    said = desk.open(by_button).press("merge", folders=[copy.returns])
    assert said.startswith(f"预览：新增{len(wanted.plan.added)}行") and by_button.read_bytes() == stored
    assert desk.at[0] == PREVIEW_SHEET
    assert sum(row[1] == "新增" for row in desk.values(PREVIEW_SHEET)) == len(wanted.plan.added)
    assert desk.press("commit").startswith(f"已入账：新增{len(wanted.plan.added)}行")
    same_ledger(by_command, by_button)
    log = register.log_rows(register.load(by_button, LAW))
    assert not oplog.verify(log) and log[-1][2] == "合并区县报表"
    assert list((by_button.parent / "备份").glob("*.xlsm")) and list((by_button.parent / "归档").iterdir())
    assert desk.press("commit").startswith("还没有可以确认的预览")


def test_a_return_that_changed_after_the_preview_is_not_merged(desk, copy, two_ledgers):
    _, by_button = two_ledgers
    desk.open(by_button).press("merge", folders=[copy.returns])
    next(copy.returns.glob("*.xlsx")).unlink()
    before = by_button.read_bytes()
    assert desk.press("commit").startswith("预览之后，报表或台账有了变化，没有入账。")
    assert by_button.read_bytes() == before


def test_undoing_restores_what_the_command_restores(desk, copy, two_ledgers):
    by_command, by_button = two_ledgers
    for path in (by_command, by_button):
        merging.merge(merging.order_for(copy.returns, 2026, ledger=path, out=copy.folder / "果"), datetime.now())
    merging.undo(by_command, datetime.now())
    assert desk.open(by_button).press("undo", "no") == "没有撤销。"
    assert desk.press("undo", "yes").startswith("已撤销上一步")
    same_ledger(by_command, by_button, "操作日志")
    log = register.log_rows(register.load(by_button, LAW))
    assert not oplog.verify(log) and log[-1][2] == "撤销上一步"
    assert [line[2] for line in log] == [line[2] for line in register.log_rows(register.load(by_command, LAW))]


def test_the_notice_is_registered_in_the_open_ledger(desk, copy, tmp_path):
    for _ in range(SINCE_REVIEW):
        merging.undo(copy.ledger, datetime.now())
    (tmp_path / "另").mkdir()
    by_command = shutil.copy(copy.ledger, tmp_path / "另" / copy.ledger.name)
    wanted = documents("公示", by_command, tmp_path / "文", TODAY, datetime.now())
    said = desk.open(copy.ledger).press("docs")
    assert wanted.outputs[0].name in said and (copy.folder / "公文" / wanted.outputs[0].name).is_file()
    same_ledger(by_command, copy.ledger)
    assert desk.press("docs").startswith("已生成")  # 再点一次，不重复登记
    same_ledger(by_command, copy.ledger)


def test_what_is_due_is_listed_in_the_ledger(desk, copy):
    wanted = due(copy.ledger, TODAY).dues
    said = desk.open(copy.ledger).press("due")
    assert said.startswith(f"截至{TODAY}") and desk.at[0] == DUE_SHEET
    listed = [row for row in desk.values(DUE_SHEET) if row[1] in {"逾期", "今天", "将到期", "可办理"}]
    assert [(row[0], row[6]) for row in listed] == [(each.who, each.what) for each in wanted] and wanted


def test_the_ledger_is_checked_on_screen_as_by_the_command(desk, copy, tmp_path):
    opened = register.load(copy.ledger, LAW)
    columns, rows = opened.standing.tables["公示命名"].layout.columns, opened.standing.records("公示命名")
    copy.ledger.write_bytes(edit.apply(opened.data, [edit.SetCell("公示命名", rows[0].row, columns["异议"], "有异议，待查"),
                                                     edit.SetCell("公示命名", rows[1].row, columns["命名日期"], date(2026, 11, 22))]))
    report = check([copy.ledger], TODAY, tmp_path / "命令")
    stored = copy.ledger.read_bytes()
    said = desk.open(copy.ledger).press("check_ledger")
    assert report.errors >= 2 and said.startswith(f"错误{report.errors}条") and copy.ledger.read_bytes() == stored
    seen, wanted = saved(desk, tmp_path / "屏幕.xlsx"), read.workbook(report.outputs[0])
    for sheet in ("公示命名", "工作室", ISSUE_SHEET):
        assert differences(seen, wanted, sheet) == {}
        assert comments(tmp_path / "屏幕.xlsx", sheet) == comments(report.outputs[0], sheet)
    desk.press("next_problem")
    assert desk.at[0] == "公示命名"


def test_a_fault_is_logged_and_told_in_one_sentence(desk, wrong_return, monkeypatch, tmp_path):
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr("toolkit.jobs.check.check_open", lambda *_: 1 / 0)
    said = desk.open(wrong_return).press("check")
    log = tmp_path / "skill-master-toolkit" / "toolkit.log"
    assert said == f"程序出了问题，没有完成。请把日志“{log}”发给维护人员。" and "ZeroDivisionError" in log.read_text("utf-8")


def test_without_a_workbook_the_macro_goes_on_with_a_copy(monkeypatch, tmp_path):
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

    def nobody():
        raise RuntimeError("no caller")

    monkeypatch.setattr(xw.Book, "caller", staticmethod(nobody))
    buttons.check()
    assert (handover.place() / handover.UNREACHED).is_file() and (tmp_path / "skill-master-toolkit" / "toolkit.log").is_file()
    shutil.copy(resources.workbook_template("区县推荐汇总表"), handover.place() / handover.COPY)
    buttons.on_file("check")
    assert "改在副本上办理" in (handover.place() / handover.SAID).read_text(locale.getencoding())


# ---- 申报工作簿、汇入 ----

@pytest.fixture
def application_files(tmp_path):
    """A unit's application in a folder, and the district's empty 推荐汇总表 beside it."""
    from tests.returns import applications
    from toolkit.forms import RECOMMENDATION
    from toolkit.pages import fresh

    (tmp_path / "申报").mkdir()
    (tmp_path / "申报" / "甲.xlsm").write_bytes(applications.workbook())
    (tmp_path / "天山区.xlsm").write_bytes(fresh.workbook(RECOMMENDATION, "天山区", 2026, has_macros=True))
    return tmp_path


def leaders(path):
    from toolkit.forms.recommendation import APPLICATIONS

    grid = next(grid for grid in read.workbook(path).grids if grid.name == APPLICATIONS.name)
    column = APPLICATIONS.headers.index("领办人")
    return [row[column] for row in grid.rows[5:] if len(row) > column and row[column] and row[column] != "领办人"]


def test_an_application_is_checked_and_exported_under_its_studios_name(desk, application_files):
    assert desk.open(application_files / "申报" / "甲.xlsm").press("check") == "没有发现问题。"
    target = application_files / "申报" / "赵一焊工技能大师工作室_申报工作簿.xlsx"
    assert desk.press("export").startswith(f"已导出“{target.name}”") and not check([target], TODAY).findings


def test_the_paper_of_an_application_lies_beside_its_workbook(desk, application_files):
    said = desk.open(application_files / "申报" / "甲.xlsm").press("print_form")
    name = "天山区_赵一焊工技能大师工作室_申报表.docx"
    assert said == f"已生成“{name}”，在“{application_files / '申报'}”。" and (application_files / "申报" / name).is_file()


def test_applications_of_a_folder_go_into_the_open_table(desk, application_files, tmp_path):
    from toolkit.jobs.gather import gather

    by_command = shutil.copy(application_files / "天山区.xlsm", tmp_path / "命令.xlsm")
    gather([application_files / "申报"], tmp_path / "命令.xlsm", datetime.now())
    said = desk.open(application_files / "天山区.xlsm").press("gather", folders=[application_files / "申报"])
    assert said.startswith("新汇入1件。")
    seen, wanted = saved(desk, tmp_path / "屏幕.xlsx"), read.workbook(by_command)
    for sheet in ("推荐汇总", "团队成员", "获奖情况", "材料清单"):
        assert differences(seen, wanted, sheet) == {}, sheet
    assert desk.press("gather", folders=[application_files / "申报"]).startswith("没有变化1件。")


def test_one_application_is_forwarded_from_its_own_workbook(desk, application_files):
    said = desk.open(application_files / "申报" / "甲.xlsm").press("forward", folders=[application_files])
    assert said.startswith("“天山区.xlsm”：新汇入1件。") and leaders(application_files / "天山区.xlsm") == ["赵一"]
    (application_files / "空").mkdir()
    assert "没有天山区2026年度的推荐汇总表" in desk.press("forward", folders=[application_files / "空"])
