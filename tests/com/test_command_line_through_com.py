"""From the macro's command line through cmd.exe into another process, and from there to the open workbook by COM. Windows only."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.com import gateway, macro, statement
from tests.com.desktop import Desktop
from tests.com.model.application import Application
from tests.lo_engine.answers import Answers
from toolkit import resources
from toolkit.forms.model import ISSUE_SHEET
from toolkit.jobs import handover

PLACES = [("报 表", "天山区 2026.xlsm", "空格"), ("甲&乙", "天山区 & 高新区.xlsm", "&"), ("甲（新）(2)", "天山区(1).xlsm", "括号"),
          ("王 姐's", "“天山区”'.xlsm", "引号"), ("100%", "50%.xlsm", "百分号"), ("甲;乙,丙!^", "天山区;1,2!^.xlsm", "标点")]
TOUCH = "import xlwings as xw; xw.Book.caller().app.status_bar = 'OK'"


@pytest.fixture
def excel():
    application = Application(Answers())
    desktop = Desktop(lambda: application.ActiveWindow)
    application._window = desktop.handle
    yield application
    for book in list(application.books):
        book.Close()
    desktop.close()
    assert not gateway.faults, gateway.faults.pop()


def pressed(excel, folder, name, command, **settings):
    """The workbook opened there, and how the macro's command for it ended."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    shutil.copy(resources.workbook_template("区县推荐汇总表"), path)
    book = excel.Workbooks.Open(str(path))
    log = str(folder / "xlwings.log")
    return book, macro.run(macro.command_line(sys.executable, str(path), command, excel.Hwnd, log, **settings), log)


@pytest.mark.parametrize("folder, name, why", PLACES, ids=[why for *_, why in PLACES])
def test_the_command_finds_the_workbook_whatever_it_is_called(excel, tmp_path, folder, name, why):
    _, ended = pressed(excel, tmp_path / folder, name, TOUCH)
    assert (ended.status, ended.log, excel.StatusBar) == (0, "", "OK")


def test_the_button_marks_the_workbook_and_tells_the_clerk(excel, tmp_path):
    book, ended = pressed(excel, tmp_path / "甲 & 乙（新）(2)", "王 姐's “天山区” & (1).xlsm", statement.pressed("check"))
    assert (ended.status, ended.log) == (0, "")
    assert ended.told and ended.told[-1].startswith("错误")
    assert ISSUE_SHEET in [sheet.Name for sheet in book.worksheets]


def test_a_workbook_that_cannot_be_reached_is_handed_over_as_a_file(excel, tmp_path, monkeypatch):
    """What the macro needs to go on with a copy."""
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    path = Path(shutil.copy(resources.workbook_template("区县推荐汇总表"), tmp_path))
    excel.Workbooks.Open(str(path))
    log = str(tmp_path / "xlwings.log")
    ended = macro.run(macro.command_line(sys.executable, str(path), statement.pressed("check"), 1, log), log)
    assert not ended.status and not ended.told and (handover.place() / handover.UNREACHED).is_file()


def test_programs_beside_the_workbook_are_not_loaded(excel, tmp_path):
    """Where the program is not called Microsoft Excel, xlwings puts the workbook's folder before all others."""
    for planted in (tmp_path / "toolkit" / "__init__.py", tmp_path / "openpyxl.py", tmp_path / "locale.py"):
        planted.parent.mkdir(exist_ok=True)
        planted.write_text("raise SystemExit(9)", "utf-8")
    book, ended = pressed(excel, tmp_path, "天山区.xlsm", statement.pressed("check"), beside=True)
    assert (ended.status, ended.log) == (0, "") and ended.told
    assert ISSUE_SHEET in [sheet.Name for sheet in book.worksheets]
