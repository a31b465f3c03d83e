"""Commands that cannot be meant: exit 2, one Chinese line that says what to do, nothing written.

Most are generated from the commands themselves: every option of every command with every kind of wrong value.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest
import typer

from toolkit import arguments, cli
from toolkit.jobs.keeping import ARCHIVE, BACKUPS
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.sheets.edit import SetCell, apply

LONG = "长" * 200
GBK = os.fsdecode("天山区报表.xlsx".encode("gbk"))
VALUES = {
    arguments.ledger: ("", " ", "报表", "账.csv", "账.docx", "账.xls", "账.pdf", "账", "没有这个夹/账.xlsm", f"{LONG}.xlsm", "文件.txt/账.xlsm"),
    arguments.folder: ("", "文件.txt", "文件.txt/下一级", LONG),
    arguments.given: ("", "没有这个.xlsx", f"{LONG}.xlsx", GBK),
    arguments.year: ("0", "-5", "99999", "20266", "今年", "", "1e3", "²⁰²⁶", "1999"),
    arguments.day: ("9999-12-31", "0001-01-01", "2026-13-01", "2026年11月20日", "", "昨天"),
    arguments.business_day: ("9999-12-31", "2020-01-01", "2023-08-27", "2026-02-30", "20261120x", ""),
    arguments.password: ("",),
    arguments.word_template: ("", "没有.docx", "文件.txt", "报表"),
    arguments.existing_file: ("", "没有.zip", "报表")}
NAMES = {"form": ("工资表", "推荐汇总", ""), "kind": ("公告", "命名通知", ""), "district": ("别处",), "platform": ("win95",)}
FINE = {arguments.ledger: "工作室管理台账.xlsm", arguments.folder: "新的夹", arguments.given: "报表", arguments.year: "2026", "paths": "公文.docx",
        "form": "区县推荐汇总表", "kind": "公示", "platform": "linux_x86_64", "studio": "工作室"}


def commands():
    return typer.main.get_command(cli.app).commands


def parser_of(parameter):
    """The function in `arguments` that makes the value, or the parameter's name where it is a plain text."""
    return getattr(parameter.type, "func", parameter.name)


def written(parameter, value):
    return [parameter.opts[0], value] if parameter.param_type_name == "option" else [value]


def generated():
    for name, command in commands().items():
        needed = [each for each in command.params if each.required]
        for parameter in command.params:
            kind = parser_of(parameter)
            others = [part for each in needed if each is not parameter for part in written(each, FINE[parser_of(each)])]
            for value in VALUES.get(kind, NAMES.get(kind, ())):
                yield [name, *others, *written(parameter, value)]
        for parameter in needed:
            yield [name, *(part for each in needed if each is not parameter for part in written(each, FINE[parser_of(each)]))]
        fine = [part for each in needed for part in written(each, FINE[parser_of(each)])]
        yield [name, *fine, "--没有这个选项"]
        yield [name, *fine, "--jso"]
        if not any(each.nargs == -1 for each in command.params):
            yield [name, *fine, "多出来的"]


OTHERS = (
    ["chek"], ["合并"], ["merge", "文件.txt", "--year", "2026"], ["merge", "空夹", "--year", "2026"],
    ["merge", "报表", "--year", "2026", "--out", "报表"], ["merge", "报表", "--year", "2026", "--form", "工作室管理台账"],
    ["merge", "报表", "--year", "2026", "--form", "推荐"], ["merge", "报表", "--year", "2026", "--ledger", "坏/空台账.xlsx"],
    ["merge", "报表", "--year", "2026", "--ledger", "报表/米东区.xlsx"], ["merge", "报表", "--year", "2026", "--ledger", "只读/工作室管理台账.xlsm"],
    ["merge", "报表", "--year", "2026", "--ledger", "开着/工作室管理台账.xlsm"], ["merge", "报表", "--year", "2026", "--ledger", "移走/工作室管理台账.xlsm"],
    ["merge", "报表", "--year", "2026", "--ledger", "移走/工作室管理台账.xlsm", "--dry-run"],
    ["merge", "报表", "--year", "2026", "--ledger", "零/工作室管理台账.xlsm"], ["merge", "报表", "--year", "2026", "--ledger", "多/工作室管理台账.xlsm"],
    ["merge", "报表", "--year", "2026", "--ledger", "负/工作室管理台账.xlsm"],
    ["check", "空夹"], ["check", "报表", "--marked", "报表"], ["check", "文件.txt"], ["check", "坏/坏.xlsx"], ["check", "坏/空台账.xlsx"],
    ["score", "空夹"], ["score", "坏/坏.xlsx"], ["score", "报表", "--out", "报表"],
    ["docs", "公示", "--ledger", "没有.xlsm", "--out", "新的夹"], ["docs", "公示", "--ledger", "坏/空台账.xlsx", "--out", "新的夹"],
    ["docs", "授牌名单", "--ledger", "坏/坏.xlsx", "--out", "新的夹"], ["docs", "公示", "--ledger", "零/工作室管理台账.xlsm", "--out", "新的夹"],
    ["docs", "授牌名单", "--ledger", "多/工作室管理台账.xlsm", "--out", "新的夹"], ["docs", "授牌名单", "--ledger", "工作室管理台账.xlsm", "--out", "新的夹", "--year", "2025"],
    ["docs", "授牌名单", "--ledger", "工作室管理台账.xlsm", "--out", "新的夹", "--on", "2026-11-21"],
    ["due", "--ledger", "没有.xlsm"], ["due", "--ledger", "坏/坏.xlsx"], ["due", "--ledger", "负/工作室管理台账.xlsm"],
    ["undo", "--ledger", "没有.xlsm"], ["undo", "--ledger", "单独/账.xlsm"], ["undo", "--ledger", "开着/工作室管理台账.xlsm"], ["undo", "--ledger", "只读/工作室管理台账.xlsm"],
    ["new", "区县推荐汇总表", "--district", "天山", "--out", "文件.txt"], ["new", "工作室管理台账", "--district", "天山区"],
    ["new", "区县推荐汇总表", "--ledger", "工作室管理台账.xlsm"], ["new", "期满考核评分表", "--ledger", "没有.xlsm"],
    ["new", "期满考核评分表", "--ledger", "工作室管理台账.xlsm", "--on", "2023-09-01"],
    ["demo", "报表"], ["demo", "文件.txt"], ["bundle", "win_amd64", "--out", "新的夹", "--wheels", "没有"],
    ["bundle", "--platform", "win_amd64", "--out", "新的夹", "--python-version", "4"])


@pytest.fixture(scope="module")
def place(finished_demo, tmp_path_factory):
    """A folder with a ledger, returns, and everything that may stand in the way."""
    folder = tmp_path_factory.mktemp("命令")
    shutil.copytree(finished_demo.returns, folder / "报表")
    next((folder / "报表").glob("米东区*")).rename(folder / "报表" / "米东区.xlsx")
    ledger = folder / "工作室管理台账.xlsm"
    shutil.copy(finished_demo.ledger, ledger)
    for name in ("坏", "空夹", "只读", "开着", "移走", "零", "多", "负", "单独"):
        (folder / name).mkdir()
    (folder / "文件.txt").write_text("不是报表", "utf-8")
    (folder / "坏" / "空台账.xlsx").write_bytes(b"")
    (folder / "坏" / "坏.xlsx").write_bytes(ledger.read_bytes()[:5000])
    for name in ("只读", "开着"):
        shutil.copy(ledger, folder / name)
    (folder / "只读" / ledger.name).chmod(0o444)
    (folder / "开着" / f"~${ledger.name}").write_bytes(b"")
    shutil.copy(ledger, folder / "单独" / "账.xlsm")
    for name in (BACKUPS, ARCHIVE):
        shutil.copytree(finished_demo.folder / name, folder / "移走" / name)
    for name, value in (("零", 0), ("多", 10**10), ("负", -3)):
        set_parameter(ledger, folder / name / ledger.name, value)
    return folder


def set_parameter(source, target, value):
    opened = register.load(source, in_force(cli.date(2026, 11, 20)))
    row = next(row for row in opened.standing.records("参数") if row["参数"] == "publicity_days")
    column = opened.standing.tables["参数"].layout.columns["取值"]
    target.write_bytes(apply(opened.data, [SetCell("参数", row.row, column, value)]))


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".lock")}, {
        path for path in folder.rglob("*") if path.is_dir()}


@pytest.fixture
def run(place, monkeypatch, capsys):
    """Exit status, standard output and error of a command in that folder."""
    def called(arguments):
        monkeypatch.setattr(sys, "argv", ["toolkit", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code, *capsys.readouterr()

    monkeypatch.chdir(place)
    return called


WRONG = [*generated(), *OTHERS]


def test_there_are_enough_of_them_and_every_command_is_among_them():
    assert len(WRONG) >= 200 and {line[0] for line in WRONG} >= set(commands())


@pytest.mark.parametrize("line", WRONG, ids=lambda line: " ".join(line).encode("utf-8", "replace").decode()[:90])
def test_a_wrong_command_is_one_sentence_and_writes_nothing(line, place, run):
    before = contents(place)
    status, out, said = run(line)
    assert status == 2 and out == ""
    assert said.count("\n") == 1 and "请" in said and not any(bad in said for bad in ("程序出了问题", "Traceback", "Error", "非法", "\udcd5"))
    assert contents(place) == before


@pytest.mark.parametrize("line, said", [
    (["docs", "公式", "--ledger", "工作室管理台账.xlsm", "--out", "夹"], "可能是“公示”"), (["merg", "报表"], "可能是“merge”"),
    (["new", "推荐汇总"], "可能是“区县推荐汇总表”"), (["new", "区县推荐汇总表", "--district", "天山曲"], "可能是“天山区”"),
    (["check", "报表", "--markd", "夹"], "可能是“--marked”"), (["due", "--ledger", "工作室管理台账.xlsm", "多"], "“多”是多出来的"),
    (["check", GBK], "天山区报表.xlsx"),
    (["merge", "报表", "--year", "2026", "--ledger", "移走/工作室管理台账.xlsm"], "可能被改名或移走"),
    (["due", "--ledger", "坏/空台账.xlsx"], "空文件（0 字节）"), (["due", "--ledger", "零/工作室管理台账.xlsm"], "“公示期”的取值“0”不能用"),
    (["docs", "公示", "--ledger", "多/工作室管理台账.xlsm", "--out", "夹"], "1至3650之间"),
    (["merge", "报表", "--year", "2026", "--ledger", "只读/工作室管理台账.xlsm"], "去掉“只读”")])
def test_what_was_probably_meant_is_said(line, said, run):
    assert said in run(line)[2]


def test_a_file_name_that_is_no_utf8_is_read_and_shown_as_it_was_meant(place, run, tmp_path):
    folder = tmp_path / "收"
    folder.mkdir()
    shutil.copy(place / "报表" / "米东区.xlsx", folder / os.fsdecode("米东区.xlsx".encode("gbk")))
    status, out, said = run(["merge", str(folder), "--year", "2026", "--ledger", str(tmp_path / "账.xlsx"), "--json"])
    assert (status, said) == (0, ""), said
    assert "收/米东区.xlsx" in out and "米东区_校验.xlsx" in out
    assert Path(tmp_path / "收_合并结果" / "标记副本" / "米东区_校验.xlsx").is_file()


def test_a_name_on_the_command_line_stands_for_itself(tmp_path, monkeypatch):
    """在 Windows 上，名字里的 %、~、[ ] 不换成别的；只有 * 和 ? 代表文件。"""
    monkeypatch.setenv("PATH", "C:/windows")
    monkeypatch.chdir(tmp_path)
    for name in ("天山区.xlsx", "报表1.xlsx", "报表[1].xlsx"):
        (tmp_path / name).touch()
    words = ["check", "%PATH% 天山区.xlsx", "~", "报表[1].xlsx", "$PATH", "没有*.xlsx", "第?条"]
    assert arguments.as_typed(words, True) == words
    assert arguments.as_typed(["报表*.xlsx", "报表[?].xlsx"], True) == ["报表1.xlsx", "报表[1].xlsx", "报表[1].xlsx"]
    assert arguments.as_typed(["报表*.xlsx"], False) == ["报表*.xlsx"], "那里由命令窗口去换"
