"""连不上打开着的工作簿：副本上办的和命令办的一样；台账的按钮说出双击哪个图标；什么也不丢。"""

import locale
import shutil
from datetime import date

import pytest

from toolkit import resources
from toolkit.forms import FORMS
from toolkit.install.icon_task import TASKS
from toolkit.jobs import handover
from toolkit.jobs.check import check

TODAY = date.today()


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "本机"))
    handover.offer()
    return handover.place()


def said(action):
    handover.carry_out(action)
    return (handover.place() / handover.SAID).read_text(locale.getencoding())


def copied(source, folder):
    (folder / handover.ORIGIN).write_text(f"{source}\r\n", locale.getencoding())
    return shutil.copy(source, folder / handover.COPY)


def test_every_button_has_its_way_on_files():
    actions = {action.id for form in FORMS for action in form.buttons}
    ways = [*handover.FILES, *handover.ICONS]
    assert len(ways) == len(set(ways)) and actions - set(ways) == {"next_problem"} and set(ways) <= actions
    assert set(handover.ICONS.values()) <= {name for name, _ in TASKS.values()}


@pytest.mark.parametrize("action", ["merge", "docs", "due", "undo", "gather", "make", "next_problem"])
def test_what_needs_the_open_workbook_says_what_to_do_instead(action):
    text = said(action)
    assert "没有连上打开着的工作簿" in text and ("图标" in text or "问题清单" in text)


def test_checking_the_copy_finds_and_marks_what_the_command_does(finished_demo, folder, tmp_path):
    source = finished_demo.returns / "新市区（高新区）报送.xlsx"
    report = check([source], TODAY, tmp_path / "命令")
    before = source.read_bytes()
    copied(source, folder)
    text = said("check")
    (marked,) = (folder / handover.RESULT).iterdir()
    assert f"错误{report.errors}条" in text and marked.name in text and source.read_bytes() == before
    assert marked.read_bytes() == report.outputs[0].read_bytes()


def test_a_result_that_is_still_open_stays_and_the_next_has_another_name(finished_demo, folder):
    """Excel 里开着的清不掉，也不能再开一个同名的。"""
    copied(finished_demo.returns / "新市区（高新区）报送.xlsx", folder)
    said("check")
    first = (folder / handover.OPEN).read_text(locale.getencoding())
    said("check")
    second = (folder / handover.OPEN).read_text(locale.getencoding())
    assert first != second and "(2)" in second and {path.name for path in (folder / handover.RESULT).iterdir()} == {first, second}


@pytest.mark.parametrize("origin", ["工作簿1", "https://example.sharepoint.com/报表.xlsm", "/没有的/文件夹/报表.xlsm"])
def test_a_workbook_without_a_folder_here_is_to_be_saved_first(finished_demo, folder, origin):
    copied(next(path for path in sorted(finished_demo.returns.glob("天山区*.xlsx"))), folder)
    (folder / handover.ORIGIN).write_text(origin, locale.getencoding())
    assert "请先另存到本机的文件夹" in said("export")


def test_rescoring_the_copy(finished_demo, folder):
    source = next(path for path in sorted((finished_demo.folder / "期满考核" / "评分表").glob("*.xls*")))
    copied(source, folder)
    text = said("rescore")
    assert "分" in text and len(list((folder / handover.RESULT).iterdir())) <= 1


def test_export_lies_beside_the_workbook_and_replaces_nothing(finished_demo, folder, tmp_path):
    clean = shutil.copy(next(path for path in sorted(finished_demo.returns.glob("天山区*.xlsx"))), tmp_path / "随便.xlsx")
    copied(clean, folder)
    assert "已导出" in said("export")
    (made,) = tmp_path.glob("天山区_区县推荐汇总表_*.xlsx")
    first = made.read_bytes()
    assert "已经有了，没有替换" in said("export") and made.read_bytes() == first


def test_with_errors_nothing_is_exported(finished_demo, folder, tmp_path):
    dirty = shutil.copy(finished_demo.returns / "新市区（高新区）报送.xlsx", tmp_path / "脏.xlsx")
    copied(dirty, folder)
    assert "改正之后再导出" in said("export") and len(list(tmp_path.glob("*.xlsx"))) == 1


def test_a_copy_that_was_not_made_or_cannot_be_read_is_told(folder):
    assert "没有存成副本" in said("check")
    (folder / handover.COPY / "坏.xlsm").write_bytes(b"PK\x03\x04")
    text = said("check")
    assert "坏.xlsm" in text or "程序出了问题" not in text


def test_what_an_earlier_time_left_is_gone(folder):
    copied(resources.workbook_template("区县推荐汇总表"), folder)
    handover.offer()
    assert (folder / handover.OPEN).read_text() == "" and not list((folder / handover.COPY).iterdir()) and not (folder / handover.SAID).exists() and (folder / handover.UNREACHED).exists()
