"""What a button says, asks and shows through an open workbook, and that it leaves Excel as it found it."""

from pathlib import Path

import pytest

from tests.sheets import files, ledgers
from toolkit.errors import UserError
from toolkit.sheets import read
from toolkit.sheets.edit import AddSheet
from toolkit.sheets.live import OpenBook


@pytest.fixture
def opened(live, tmp_path):
    return live.open(files.saved(tmp_path, ledgers.rich(), "台账.xlsx"))


def test_name_and_place(opened, tmp_path):
    assert opened.name == "台账.xlsx" and opened.path == tmp_path / "台账.xlsx"


def test_a_workbook_that_was_never_saved_has_no_place_and_says_how_to_get_one(live):
    opened = live.new()
    assert opened.path is None
    with pytest.raises(UserError, match="还没有存成文件。请先点“文件—另存为”"):
        opened.save()
    assert len(read.from_bytes(opened.copy(), opened.name).grids) == 1


def test_going_to_a_cell(opened, live):
    opened.go("王 姐's 表", 4, 2)
    assert opened.at() == ("王 姐's 表", 4, 2)
    opened.go("工作室", 0, 0)
    assert opened.at() == ("工作室", 0, 0)


def test_a_hidden_sheet_is_not_gone_to(opened, live):
    live.book.sheets["王 姐's 表"].visible = False
    with pytest.raises(UserError, match=r"“王 姐's 表”表是隐藏的.*请右键"):
        opened.go("王 姐's 表", 0, 0)
    with pytest.raises(UserError, match="没有“别的”工作表"):
        opened.go("别的", 0, 0)


def test_messages_and_choices(opened, live, tmp_path):
    live.answers.alerts += ["yes", "no"]
    live.answers.folders += [str(tmp_path), None]
    opened.tell("没有发现问题。")
    assert opened.ask("确认入账？") and not opened.ask("确认入账？")
    assert opened.choose_folder("选择报表所在的文件夹", tmp_path) == tmp_path
    assert opened.choose_folder("选择报表所在的文件夹", None) is None
    asked = live.answers.record
    assert [item["text"] for item in asked[:3]] == ["没有发现问题。", "确认入账？", "确认入账？"]
    assert asked[3]["title"] == "选择报表所在的文件夹" and Path(asked[3]["text"]) == tmp_path


def screen(app) -> tuple:
    return app.screen_updating, app.enable_events, app.display_alerts, app.status_bar


def test_excel_is_quiet_and_then_as_before(opened, live):
    app = live.book.app
    app.enable_events = False
    before = screen(app)
    with pytest.raises(KeyError), opened.quiet():
        opened.progress(3, 10, "天山区.xlsx")
        assert screen(app) == (False, False, False, "3/10　天山区.xlsx")
        with opened.quiet():
            opened.progress(4, 10, "米东区.xlsx")
        assert screen(app) == (False, False, False, "3/10　天山区.xlsx")
        raise KeyError
    assert screen(app) == before
    app.enable_events = True


def test_saving_keeps_what_is_on_screen(opened, live, tmp_path):
    live.book.sheets["工作室"].range("H2").value = "改过"
    opened.save()
    assert read.workbook(tmp_path / "台账.xlsx").grids[0].rows[1][7] == "改过"


def test_a_workbook_opened_read_only_is_not_saved(live, tmp_path):
    path = files.saved(tmp_path, ledgers.rich(), "台账.xlsx")
    live.book = live.app.books.open(path, read_only=True)
    with pytest.raises(UserError, match=r"“台账.xlsx”是以只读方式打开的，不能保存。请"):
        OpenBook(live.book).save()


def test_a_workbook_with_protected_structure_gets_no_sheet_and_is_left_as_it_was(live, tmp_path):
    opened = live.open(files.saved(tmp_path, ledgers.by_openpyxl(), "锁.xlsx"))
    live.book.api._doc.protect("secret")  # LibreOffice does not take it from the file
    with pytest.raises(UserError, match=r"“锁.xlsx”的结构受保护，不能添加“问题清单”表。请点“审阅—保护工作簿”"):
        opened.apply([AddSheet("问题清单", "标题", ("序号",), (6,), [])])
    assert [grid.name for grid in opened.read().grids] == ["工作室"]
