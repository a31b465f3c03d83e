"""What runs on the clerk's computer: where things go, what Excel is told, what is never overwritten, what a double click asks."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from toolkit.documents.kinds import KINDS
from toolkit.errors import UserError
from toolkit.install import environment, icon_task, layout_desk
from toolkit.install.icon_task import Desk


@pytest.mark.parametrize("path, short, spelled, why", [
    ("C:\\Users\\wang\\x", None, "C:\\Users\\wang\\x", "本来就是英文"),
    ("C:\\Users\\with space\\x", None, "C:\\Users\\with space\\x", "空格不碍事，不必换成短名"),
    ("C:\\Users\\乌鲁木齐市人社局\\x", "C:\\Users\\WLMQ~1\\x", "C:\\Users\\WLMQ~1\\x", "有英文短名"),
    ("C:\\Users\\张三\\x", "C:\\Users\\张三\\x", "", "两个字的中文名，短名还是它自己"),
    ("C:\\Users\\张三丰的电脑\\x", "C:\\Users\\张三丰~1\\x", "", "短名里还有中文")])
def test_a_path_is_spelled_in_ascii(path, short, spelled, why):
    assert environment.ascii_spelling(Path(path), lambda _: short or path) == spelled, why


@pytest.mark.parametrize("user, public, chosen", [
    ("wang", "Public", "wang"), ("张三", "Public", "Public"), ("张三", "公用", None)])
def test_a_chinese_user_name_falls_back_to_the_public_folder(tmp_path, monkeypatch, user, public, chosen):
    monkeypatch.setattr(environment, "WINDOWS", True)
    monkeypatch.setattr(environment, "short_path", str)  # 8.3 短名已关闭
    environ = {"LOCALAPPDATA": str(tmp_path / user), "PUBLIC": str(tmp_path / public)}
    if chosen is None:
        with pytest.raises(environment.CannotInstall, match="请换一个用户"):
            environment.base_folder(environ)
    else:
        assert environment.base_folder(environ) == tmp_path / chosen / "skill-master-toolkit"


@pytest.mark.parametrize("version, widest, prefix, said", [
    ((3, 11, 9), 2**63 - 1, "C:\\Python311", ""), ((3, 12, 0), 2**63 - 1, "C:\\Python312", ""),
    ((3, 10, 9), 2**63 - 1, "C:\\Python310", "3.10 版"), ((3, 13, 0), 2**63 - 1, "C:\\Python313", "3.13 版"),
    ((3, 12, 1), 2**31 - 1, "C:\\Python312", "32位"),
    ((3, 12, 1), 2**63 - 1, "/c/WindowsApps/PythonSoftwareFoundation", "应用商店")])
def test_only_a_fitting_python_is_taken(monkeypatch, version, widest, prefix, said):
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(sys, "maxsize", widest)
    monkeypatch.setattr(sys, "base_prefix", prefix)
    reason = environment.unfit(["3.11", "3.12"])
    assert (said in reason and "请" in reason) if said else reason == ""


def test_an_embeddable_python_learns_to_find_packages(tmp_path, monkeypatch):
    source = tmp_path / "python"
    source.mkdir()
    (source / "python.exe").write_bytes(b"")
    (source / "python311._pth").write_text("python311.zip\n.\n\n# Uncomment to run site.main() automatically\n#import site\n")
    monkeypatch.setattr(sys, "executable", str(source / "python.exe"))
    assert environment.embedded()
    assert environment.unpacked(tmp_path / "env") == tmp_path / "env" / "python.exe"
    lines = (tmp_path / "env" / "python311._pth").read_text().splitlines()
    assert lines[:2] == ["python311.zip", "."] and lines[-2:] == ["Lib\\site-packages", "import site"] and "#import site" not in lines


def test_an_incomplete_bundle_is_told(tmp_path):
    with pytest.raises(environment.CannotInstall, match="请把压缩包重新解压"):
        environment.pip_command(Path("python"), tmp_path)


@pytest.mark.parametrize("before, after, said", [
    (None, b"", ""),
    (b'"PYTHONPATH","D:\\x"\r\n', b'"PYTHONPATH","D:\\x"\r\n', ""),
    (b'"LICENSE_KEY","k"', b'"LICENSE_KEY","k"\r\n', "最后一行没有换行"),
    ('"PYTHONPATH","D:\\我的"\n"interpreter_win","C:\\old\\python.exe"\n'.encode("gbk"), '"PYTHONPATH","D:\\我的"\n'.encode("gbk"), "C:\\old"),
    (b'"INTERPRETER_WIN","C:\\toolkit\\python.exe"\r\n', b"", "")])
def test_excel_is_told_and_other_lines_stay(tmp_path, before, after, said):
    config = tmp_path / ".xlwings" / "xlwings.conf"
    if before is not None:
        config.parent.mkdir()
        config.write_bytes(before)
    sentence = layout_desk.register(config, Path("C:\\toolkit\\python.exe"))
    assert config.read_bytes() == after + b'"INTERPRETER_WIN","C:\\toolkit\\python.exe"\r\n'
    assert layout_desk.interpreter(config.read_bytes()) == "C:\\toolkit\\python.exe"
    assert ("原来登记的" in sentence) == said.startswith("C:")


def test_a_path_the_macro_could_not_read_is_refused(tmp_path):
    with pytest.raises(UserError, match="请把工具装到全英文的文件夹"):
        layout_desk.register(tmp_path / "xlwings.conf", Path("C:\\张三\\python.exe"))
    assert not (tmp_path / "xlwings.conf").exists()


@pytest.fixture
def unpacked(tmp_path):
    """A bundle as it lies unpacked, its workbook marked as come from the internet."""
    for name in ("工作簿/台账.xlsm", "公文模板/公示.docx", "双击运行/校验.cmd"):
        (tmp_path / "bundle" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "bundle" / name).write_text("new")
    return tmp_path / "bundle"


def test_people_s_files_are_never_overwritten(unpacked, tmp_path):
    desk, config = tmp_path / "文档", tmp_path / "xlwings.conf"
    said = list(layout_desk.settle(unpacked, desk, config, Path("C:\\python.exe")))
    assert {path.name for path in desk.iterdir()} == {"台账.xlsm", "公文模板", "校验.cmd"} and config.is_file()
    assert "新放1个文件" in said[1]
    for name in ("台账.xlsm", "公文模板/公示.docx", "校验.cmd"):
        (desk / name).write_text("mine")
    said = list(layout_desk.settle(unpacked, desk, None, Path("C:\\python.exe")))
    assert "台账.xlsm没有覆盖" in said[0]
    kept = {name: (desk / name).read_text() for name in ("台账.xlsm", "公文模板/公示.docx", "校验.cmd")}
    assert kept == {"台账.xlsm": "mine", "公文模板/公示.docx": "mine", "校验.cmd": "new"}, "图标是程序，跟着更新；其余是人的"


def test_the_mark_of_the_web_is_taken_off(tmp_path):
    free, blocked = tmp_path / "甲.xlsm", tmp_path / "乙.xlsm"
    for path in (free, blocked):
        path.write_text("kept")
    Path(f"{blocked}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3")
    assert layout_desk.marked(blocked) and not layout_desk.marked(free)
    assert layout_desk.unblock([free, blocked]) == 1
    assert not layout_desk.marked(blocked) and blocked.read_text() == "kept"


class Clerk:
    """Answers questions in turn, keeps what was run, and lets every command end with `status`."""

    def __init__(self, *answers: str, status: int = 0):
        self.answers, self.status, self.commands = list(answers), status, []

    def ask(self, question: str) -> str:
        return self.answers.pop(0)

    def run(self, command) -> int:
        self.commands.append(list(command))
        return self.status

    def desk(self, beside: Path, *dropped: Path) -> Desk:
        return Desk(beside, dropped, self.run, self.ask, date(2026, 11, 20))


def does(clerk: Clerk, name: str, beside: Path, *dropped: Path) -> list[list[str]]:
    icon_task.TASKS[name][1](clerk.desk(beside, *dropped))
    assert not clerk.answers, "每个回答都用到了"
    return clerk.commands


def test_dropped_returns_are_checked_and_marked_beside_them(tmp_path):
    one, two = tmp_path / "天山区 (1).xlsx", tmp_path / "乙.xlsx"
    assert does(Clerk(), "check", tmp_path, one, two) == [["check", str(one), str(two), "--marked", str(tmp_path / "标记副本")]]
    assert does(Clerk(), "score", tmp_path, one) == [["score", str(one), "--out", str(tmp_path / "考核结果")]]


def test_a_path_dragged_into_the_window_loses_its_quotes(tmp_path):
    assert does(Clerk(f'"{tmp_path}" '), "check", tmp_path)[0][1] == str(tmp_path)


@pytest.mark.parametrize("typed", ["", "没有这个文件.xlsx"])
def test_a_path_that_is_not_there_is_told(tmp_path, typed):
    with pytest.raises(UserError, match=r"找不到.*请把"):
        does(Clerk(typed), "check", tmp_path)


@pytest.mark.parametrize("answers, status, ran", [
    (("", "", "是"), 1, 2), (("", "", ""), 1, 1), (("", "", "不"), 0, 1), (("", ""), 2, 1)])
def test_a_merge_is_shown_before_it_is_done(tmp_path, answers, status, ran):
    """Nothing is written without 是; a preview that could not be made asks nothing."""
    folder = tmp_path / "区县报表_2025"
    folder.mkdir()
    commands = does(Clerk(*answers, status=status), "merge", tmp_path, folder)
    usual = ["merge", str(folder), "--year", "2025", "--form", "区县推荐汇总表"]
    assert commands == [[*usual, "--dry-run"], usual][:ran]


def test_the_ledger_beside_the_icon_is_taken(tmp_path):
    (tmp_path / "工作室管理台账.xlsm").touch()
    assert does(Clerk(), "due", tmp_path) == [["due", "--ledger", str(tmp_path / "工作室管理台账.xlsm")]]
    (tmp_path / "工作室管理台账.xlsm").touch()
    ledger = str(tmp_path / "工作室管理台账.xlsm")
    assert does(Clerk("是"), "undo", tmp_path) == [["undo", "--ledger", ledger]]
    assert does(Clerk(""), "undo", tmp_path) == []
    kind = tuple(KINDS)[1]
    assert does(Clerk("2", ""), "docs", tmp_path) == [
        ["docs", kind, "--ledger", ledger, "--out", str(tmp_path / "公文"), "--on", "2026-11-20"]]
    assert does(Clerk(), "doctor", tmp_path) == [["doctor"]]


@pytest.mark.parametrize("answer", ["0", "99", "公示", "-1"])
def test_a_number_that_is_not_offered_is_told(tmp_path, answer):
    (tmp_path / "工作室管理台账.xlsm").touch()
    with pytest.raises(UserError, match=f"没有第“{answer}”项。请输入1到"):
        does(Clerk(answer), "docs", tmp_path)


@pytest.mark.parametrize("arguments, typed, said", [
    (("check", "没有.xlsx"), "", "请核对路径和文件名"), (("undo",), "", "什么都没有改"), (("due",), "没有.xlsm\n", "台账文件")])
def test_a_double_click_that_cannot_go_on_says_why(tmp_path, arguments, typed, said):
    name, *dropped = arguments
    done = subprocess.run([sys.executable, "-m", "toolkit.install.icon_task", name, str(tmp_path), *dropped], input=typed,
                          capture_output=True, encoding="utf-8")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_double_click_ends_as_its_command_does(tmp_path):
    (tmp_path / "空.xlsx").touch()
    done = subprocess.run([sys.executable, "-m", "toolkit.install.icon_task", "check", str(tmp_path), str(tmp_path / "空.xlsx")],
                          capture_output=True, encoding="utf-8")
    assert done.returncode == subprocess.run([sys.executable, "-m", "toolkit", "check", str(tmp_path / "空.xlsx")], capture_output=True).returncode
    assert "空.xlsx" in done.stdout + done.stderr
