"""What runs on the clerk's computer: where things go, what Excel is told, what is never overwritten, what a double click asks."""

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from toolkit import resources
from toolkit.errors import UserError
from toolkit.forms.papers import OFFERED
from toolkit.forms.tasks import MADE, RETURNS
from toolkit.install import environment, icon_task, layout_desk, starters
from toolkit.install.icon_desk import Desk
from toolkit.jobs.merge import MERGED_FORMS


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


def test_a_python_without_venv_is_told(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "venv" else object())
    assert "缺少自带的 venv" in environment.unfit(["{}.{}".format(*sys.version_info[:2])])


@pytest.mark.parametrize("length, told", [(259, False), (260, True)])
def test_a_bundle_that_was_unpacked_too_deep_is_told(tmp_path, length, told):
    """Windows takes paths of 259 characters."""
    folder = tmp_path
    while len(str(folder)) < length - 60:
        folder = folder / ("层" * 20)
    folder.mkdir(parents=True)
    (folder / ("x" * (length - len(str(folder)) - 1))).touch()
    said = environment.too_deep(tmp_path, windows=True)
    assert bool(said) is told and ("请把" in said) is told
    assert environment.too_deep(tmp_path, windows=False) == ""


@pytest.mark.parametrize("probe", [True, False])
def test_a_python_that_does_not_fit_says_why(tmp_path, probe):
    """What `--probe` prints is what a clerk is shown when no Python fits."""
    (tmp_path / "installer").mkdir()
    shutil.copyfile(environment.__file__, tmp_path / "installer" / "environment.py")
    (tmp_path / "installer" / "bundle.json").write_text('{"python": ["3.99"]}')
    command = [sys.executable, "-I", tmp_path / "installer" / "environment.py", *(["--probe"] if probe else [])]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 1 and "安装包带的是 3.99 版" in (done.stdout if probe else done.stderr)


class Place:
    """A folder to install into, with an installation in it, and a bundle whose installing ends as it is told to."""

    def __init__(self, base: Path, monkeypatch):
        self.base, self.bundle = base / "base", base / "bundle"
        (self.base / "env").mkdir(parents=True)
        (self.base / "env" / "version").write_text("old")
        self.status, self.ended_in = 0, []
        monkeypatch.setattr(environment, "built", self.built)
        monkeypatch.setattr(environment.subprocess, "run", self.second_half)
        monkeypatch.setattr(environment.time, "sleep", lambda seconds: None)

    def built(self, bundle, base):
        (base / "env-new").mkdir()
        (base / "env-new" / "version").write_text("new")
        return base / "env-new"

    def second_half(self, command, check):
        self.ended_in.append((self.base / "env" / "version").read_text())
        return subprocess.CompletedProcess(command, self.status)

    @property
    def version(self) -> str:
        return (self.base / "env" / "version").read_text()

    @property
    def folders(self) -> set[str]:
        return {path.name for path in self.base.iterdir()}


@pytest.fixture
def place(tmp_path, monkeypatch):
    return Place(tmp_path, monkeypatch)


@pytest.mark.parametrize("status, version, why", [
    (0, "new", "体检都正常"), (1, "new", "程序好的，别处有要处理的"), (environment.BROKEN, "old", "新版程序不好"), (-11, "old", "新版一运行就倒下")])
def test_the_old_version_stays_until_the_new_one_has_passed(place, status, version, why):
    place.status = status
    if version == "old":
        with pytest.raises(environment.CannotInstall, match="已经换回原来的版本"):
            environment.settled(place.bundle, place.base)
    else:
        assert environment.settled(place.bundle, place.base) == status
    assert (place.version, place.folders, place.ended_in) == (version, {"env"}, ["new"]), why


def test_a_first_version_that_does_not_pass_stays_to_be_looked_at(place):
    shutil.rmtree(place.base / "env")
    place.status = environment.BROKEN
    assert environment.settled(place.bundle, place.base) == environment.BROKEN and place.version == "new"


@pytest.mark.parametrize("stop", [environment.CannotInstall("程序没有装全。请重新解压再试。"), OSError(28, "No space left", "env-new")])
def test_an_upgrade_that_breaks_off_leaves_the_old_version(place, monkeypatch, stop):
    def broken(bundle, base):
        place.built(bundle, base)
        raise stop

    monkeypatch.setattr(environment, "built", broken)
    with pytest.raises(environment.CannotInstall, match=r"请.*原来装的没有动，可以照常使用"):
        environment.settled(place.bundle, place.base)
    assert (place.version, place.folders) == ("old", {"env"})


@pytest.mark.parametrize("refused, built, why", [
    ({("env", "env-old")}, False, "有程序开着：不等装完就说"), ({("env-new", "env")}, True, "杀毒软件抓着新文件：换回原来的")])
def test_a_folder_in_use_is_told_and_nothing_has_changed(place, monkeypatch, refused, built, why):
    """Windows moves no folder in which a file is open."""
    rename, made = os.rename, []

    def guarded(source, target):
        if (Path(source).name, Path(target).name) in refused:
            raise PermissionError(13, "in use", str(source))
        rename(source, target)

    monkeypatch.setattr(environment.os, "rename", guarded)
    monkeypatch.setattr(environment, "built", lambda bundle, base: made.append(place.built(bundle, base)))
    with pytest.raises(environment.CannotInstall, match=r"正在使用.*请关闭 Excel.*原来装的没有动"):
        environment.settled(place.bundle, place.base)
    assert (place.version, place.folders, bool(made)) == ("old", {"env"}, built), why


def test_a_moment_s_refusal_is_waited_for(place, monkeypatch):
    """An antivirus program lets go after a while."""
    rename, tries = os.rename, []

    def at_first(source, target):
        tries.append(source)
        if len(tries) < 4:
            raise PermissionError
        rename(source, target)

    monkeypatch.setattr(environment.os, "rename", at_first)
    assert environment.settled(place.bundle, place.base) == 0 and place.version == "new"


def test_power_lost_between_the_two_renames_is_mended(place):
    (place.base / "env").rename(place.base / "env-old")
    (place.base / "env-new").mkdir()
    environment.put_back_broken_off(place.base)
    assert (place.version, place.folders) == ("old", {"env"})


def test_what_could_not_be_removed_is_in_nobody_s_way(place, monkeypatch):
    (place.base / "env-old").mkdir()
    monkeypatch.setattr(environment.shutil, "rmtree", lambda folder, ignore_errors=False: None)
    assert environment.settled(place.bundle, place.base) == 0 and place.version == "new"
    assert (place.base / "env-old-2" / "version").read_text() == "old"


@pytest.mark.parametrize("windows, command", [(True, "toolkit.cmd"), (False, "toolkit")])
def test_the_command_lies_beside_its_python(tmp_path, monkeypatch, windows, command):
    """Of pip's starters nothing stays: they know the place they were made in, and antivirus programs take them away."""
    monkeypatch.setattr(starters, "WINDOWS", windows)
    for name in ("python.exe", "pythonw.exe", "toolkit.exe", "Scripts/f2py.exe"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    starters.write_command(tmp_path / "python.exe")
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"python.exe", "pythonw.exe", command}
    assert "-I -m toolkit" in (tmp_path / command).read_text()


def test_python_is_told_to_start_excel_s_command_without_pandas(tmp_path):
    """The line runs at every start, and does something at Excel's alone."""
    packages = tmp_path / "Lib" / "site-packages"
    packages.mkdir(parents=True)
    starters.write_start(packages)
    line = (packages / starters.START).read_text("ascii").strip()
    for command, loaded in (("import xlwings.utils", True), ("import json", False)):
        program = [sys.executable, "-c", f"{line}; {command}; print(*sys.modules)"]
        program[2] = f"import sys; sys.orig_argv = ['python', '-c', {command!r}]\n{program[2]}"
        found = subprocess.run(program, capture_output=True, text=True, check=True).stdout.split()
        assert ("toolkit.sheets.lean_xlwings" in found) is loaded and "pandas" not in found


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
    with pytest.raises(UserError, match=r"找不到.*请重新双击图标，把"):
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


def test_every_form_that_is_merged_or_made_is_offered(tmp_path):
    folder = tmp_path / "报表_2026"
    folder.mkdir()
    assert {form.name for form in MERGED_FORMS} == set(RETURNS)
    for number, form in enumerate(RETURNS, 1):
        (preview,) = does(Clerk(str(number), "", ""), "merge", tmp_path, folder)
        assert preview[preview.index("--form") + 1] == form
    ledger = tmp_path / "工作室管理台账.xlsm"
    ledger.touch()
    assert does(Clerk("2", ""), "make", tmp_path) == [
        ["new", MADE[1], "--ledger", str(ledger), "--year", "2026", "--out", str(tmp_path / "待填报表")]]


def test_applications_are_gathered_into_the_workbook_that_is_dragged_in(tmp_path):
    one, into = tmp_path / "申报工作簿.xlsx", tmp_path / "天山区 推荐汇总表.xlsm"
    into.touch()
    assert does(Clerk(f'"{into}"'), "gather", tmp_path, one) == [["gather", str(one), "--into", str(into)]]
    assert does(Clerk(), "print_form", tmp_path, one, into) == [["docs", "申报表", "--from", str(one), "--from", str(into), "--out", str(tmp_path)]]
    with pytest.raises(UserError, match=r"把本区（县）的推荐汇总表拖"):
        does(Clerk(""), "gather", tmp_path, one)


def test_the_ledger_beside_the_icon_is_taken(tmp_path):
    (tmp_path / "工作室管理台账.xlsm").touch()
    assert does(Clerk("2025-01"), "case", tmp_path) == [["case", "2025-01", "--ledger", str(tmp_path / "工作室管理台账.xlsm")]]
    assert does(Clerk(), "statistics", tmp_path) == [
        ["statistics", "--ledger", str(tmp_path / "工作室管理台账.xlsm"), "--out", str(tmp_path / "综合统计")]]
    assert does(Clerk(), "due", tmp_path) == [["due", "--ledger", str(tmp_path / "工作室管理台账.xlsm")]]
    (tmp_path / "工作室管理台账.xlsm").touch()
    ledger = str(tmp_path / "工作室管理台账.xlsm")
    assert does(Clerk("是"), "undo", tmp_path) == [["undo", "--ledger", ledger]]
    assert does(Clerk(""), "undo", tmp_path) == []
    kind = OFFERED[1]
    wanted = ["docs", kind, "--ledger", ledger, "--out", str(tmp_path / "公文"), "--on", "2026-11-20"]
    assert does(Clerk("2", "", ""), "docs", tmp_path) == [wanted]
    assert does(Clerk("2", "", " 乌人社发〔2026〕7号 "), "docs", tmp_path) == [[*wanted, "--number", "乌人社发〔2026〕7号"]]
    assert does(Clerk(), "doctor", tmp_path) == [["doctor"]]


def test_a_case_is_looked_up_and_a_move_shown_before_it_is_made(tmp_path):
    (tmp_path / "工作室管理台账.xlsm").touch()
    whom = ["--ledger", str(tmp_path / "工作室管理台账.xlsm"), "--studio", "2025-01"]
    assert does(Clerk("2025-01", ""), "act", tmp_path) == [["act", *whom]]
    wanted = ["act", "报命名备案", "备案日期=2026-11-19", *whom]
    assert does(Clerk("2025-01", "报命名备案", "2026-11-19 ", "是"), "act", tmp_path) == [["act", *whom], [*wanted, "--dry-run"], wanted]
    assert does(Clerk("2025-01", "报命名备案", "2026-11-19", ""), "act", tmp_path) == [["act", *whom], [*wanted, "--dry-run"]]
    assert does(Clerk("没有的", status=2), "act", tmp_path) == [["act", *whom[:3], "没有的"]]
    with pytest.raises(UserError, match="没有写办哪一件"):
        does(Clerk(""), "act", tmp_path)


@pytest.mark.parametrize("answer", ["0", "99", "公示", "-1"])
def test_a_number_that_is_not_offered_is_told(tmp_path, answer):
    (tmp_path / "工作室管理台账.xlsm").touch()
    with pytest.raises(UserError, match=f"没有第“{answer}”项。请输入1到"):
        does(Clerk(answer), "docs", tmp_path)


@pytest.mark.parametrize("arguments, typed, said", [
    (("check", "没有.xlsx"), "", "请核对路径和文件名"), (("undo",), "", "什么都没有改"), (("due",), "没有.xlsm\n", "台账文件")])
def test_a_double_click_that_cannot_go_on_says_why(tmp_path, arguments, typed, said, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))  # whoever runs this may have a ledger of his own
    name, *dropped = arguments
    done = subprocess.run([sys.executable, "-m", "toolkit.install.icon_task", name, str(tmp_path), *dropped], input=typed,
                          capture_output=True, encoding="utf-8")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_double_click_ends_as_its_command_does(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "空.xlsx").touch()
    done = subprocess.run([sys.executable, "-m", "toolkit.install.icon_task", "check", str(tmp_path), str(tmp_path / "空.xlsx")],
                          capture_output=True, encoding="utf-8")
    assert done.returncode == subprocess.run([sys.executable, "-m", "toolkit", "check", str(tmp_path / "空.xlsx")], capture_output=True).returncode
    assert "空.xlsx" in done.stdout + done.stderr


def test_the_first_ledger_is_the_desk_s_from_then_on(tmp_path):
    """What one icon used, every other uses, wherever it lies."""
    note, elsewhere = tmp_path / "用户" / "台账位置.txt", tmp_path / "别处"
    elsewhere.mkdir()
    ledger = elsewhere / "工作室管理台账.xlsm"
    ledger.touch()
    asked, folder = Clerk("", "", "", "1", "", "是"), tmp_path / "报表_2026"
    folder.mkdir()

    def click(name, *dropped):
        icon_task.TASKS[name][1](replace(asked.desk(tmp_path, *dropped), note=note))

    click("due", ledger)
    click("merge", folder)
    click("docs")
    click("undo")
    click("check", folder)
    click("score", folder)
    assert not asked.answers and len(asked.commands) == 6
    assert all(command[command.index("--ledger") + 1] == str(ledger) for command in asked.commands)
    assert note.read_text("utf-8-sig").strip() == str(ledger)


@pytest.mark.parametrize("answer, kept", [("是", "乙"), ("", "甲")])
def test_another_ledger_is_taken_for_once_or_for_good(tmp_path, answer, kept):
    ledgers = {name: tmp_path / name / "工作室管理台账.xlsm" for name in "甲乙"}
    for ledger in ledgers.values():
        ledger.parent.mkdir()
        ledger.touch()
    does(Clerk(), "due", tmp_path, ledgers["甲"])
    assert does(Clerk(answer), "due", tmp_path, ledgers["乙"]) == [["due", "--ledger", str(ledgers["乙"])]]
    assert does(Clerk(), "due", tmp_path) == [["due", "--ledger", str(ledgers[kept])]]
    assert does(Clerk(), "due", tmp_path, ledgers[kept]) == [["due", "--ledger", str(ledgers[kept])]], "就是那一本，不再问"


def test_with_two_ledgers_a_merge_asks_which(tmp_path):
    """One beside the icon, blank since the installation; one beside the returns, where earlier merges made it."""
    folder = tmp_path / "报表" / "区县报表_2026"
    folder.mkdir(parents=True)
    for place in (tmp_path, folder.parent):
        (place / "工作室管理台账.xlsm").touch()
    commands = does(Clerk("2", "", "", ""), "merge", tmp_path, folder)
    assert commands[0][-3:-1] == ["--ledger", str(folder.parent / "工作室管理台账.xlsm")]
    assert "--ledger" in does(Clerk(), "check", tmp_path, folder)[0]


def test_a_ledger_that_was_moved_away_is_told(tmp_path, capsys):
    ledger = tmp_path / "x" / "工作室管理台账.xlsm"
    ledger.parent.mkdir()
    ledger.touch()
    does(Clerk(), "due", tmp_path, ledger)
    ledger.unlink()
    assert "--ledger" not in does(Clerk(), "check", tmp_path, tmp_path)[0]
    with pytest.raises(UserError, match="把台账文件"):
        does(Clerk(""), "due", tmp_path)
    assert capsys.readouterr().out.count("不在了") == 2


def test_the_ledger_itself_is_checked_against_nothing(tmp_path):
    ledger = tmp_path / "工作室管理台账.xlsm"
    ledger.touch()
    does(Clerk(), "due", tmp_path, ledger)
    assert "--ledger" not in does(Clerk(), "check", tmp_path, ledger)[0]


@pytest.mark.parametrize("name", [*(name for name in icon_task.TASKS if name not in ("gather", "print_form")), icon_task.LEDGER_SHOWN])
def test_every_window_shows_the_ledger(tmp_path, monkeypatch, name):
    state = tmp_path / "skill-master-toolkit"
    state.mkdir()
    ledger = tmp_path / "工作室管理台账.xlsm"
    shutil.copyfile(resources.workbook_template("工作室管理台账"), ledger)
    (state / "台账位置.txt").write_text(str(ledger), "utf-8")
    environ = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    environ.pop("LOCALAPPDATA", None)
    dropped = [str(tmp_path)] if name in ("check", "merge", "score") else []
    done = subprocess.run([sys.executable, "-m", "toolkit.install.icon_task", name, str(tmp_path), *dropped], input="\n\n\n\n",
                          capture_output=True, encoding="utf-8", env=environ)
    assert f"台账：{ledger}" in done.stdout and "Traceback" not in done.stderr, done.stdout + done.stderr


def test_documents_offered_by_the_icon_are_those_of_the_command():
    from toolkit.jobs.documents import BUILDERS

    assert set(BUILDERS) == set(OFFERED), "图标、台账“办理”页、docs 命令是同一份"
