"""The command line as other programs call it: exit status, one JSON object, one Chinese line where it cannot go on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FINDING = {"code", "level", "clause", "file", "sheet", "cell", "field", "value", "message"}
FILE = {"path", "form", "district", "year", "rows", "status", "reason"}


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "toolkit", *map(str, arguments)], capture_output=True, text=True,
                          env={**os.environ, **environment})


def test_check_tells_everything_as_json(finished_demo):
    done = run("check", finished_demo.returns, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1 and not done.stderr
    assert set(told) == {"files", "findings", "outputs"}
    assert all(set(line) == FILE for line in told["files"]) and all(set(found) == FINDING for found in told["findings"])
    assert {line["status"] for line in told["files"]} == {"已读", "忽略"}


def test_a_clean_return_exits_zero(finished_demo):
    clean = next(finished_demo.returns.glob("米东区*"))
    done = run("check", clean)
    assert done.returncode == 0 and "没有发现问题" in done.stdout
    assert json.loads(run("check", clean, "--json").stdout)["findings"] == []


def test_marked_copies_are_listed_as_outputs(finished_demo, tmp_path):
    told = json.loads(run("check", finished_demo.returns, "--marked", tmp_path, "--json").stdout)
    assert len(told["outputs"]) == 8 and all(Path(path).is_file() for path in told["outputs"])


def test_findings_left_out_are_where_it_says(tmp_path):
    """A screen has room for some; a marked copy is named only where one was written."""
    run("new", "申报工作簿", "--out", tmp_path)
    without, marked = (run("check", tmp_path, *more).stdout for more in ((), ("--marked", tmp_path.parent / "标记")))
    assert "条没有列出，报表的，用 check 命令加 --marked" in without
    assert "条没有列出，见标记副本的“问题清单”表" in marked and list((tmp_path.parent / "标记").glob("*_校验.xlsm"))


def test_marked_copies_never_replace_their_originals(finished_demo):
    clean = next(finished_demo.returns.glob("米东区*"))
    before = clean.read_bytes()
    assert run("check", clean, "--marked", clean.parent).returncode == 0
    marked = clean.with_name(f"{clean.stem}_校验.xlsx")
    assert clean.read_bytes() == before and marked.is_file()
    marked.unlink()


def test_merge_tells_districts_and_plan(finished_demo, tmp_path):
    done = run("merge", finished_demo.returns, "--year", 2026, "--ledger", tmp_path / "台账.xlsx", "--out", tmp_path / "出", "--dry-run",
               "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1 and len(told["districts"]) == 8
    assert set(told["plan"]) == {"added", "changed", "unchanged", "conflicts"} and told["plan"]["added"] > 0
    assert list(tmp_path.iterdir()) == []


def test_docs_and_undo(finished_demo, tmp_path):
    ledger = tmp_path / "台账.xlsx"
    ledger.write_bytes(finished_demo.ledger.read_bytes())
    done = run("docs", "授牌名单", "--ledger", ledger, "--out", tmp_path / "公文", "--on", "2026-12-01", "--json")
    assert done.returncode == 0 and len(json.loads(done.stdout)["outputs"]) == 2
    done = run("undo", "--ledger", ledger)
    assert done.returncode == 2 and "没有可以撤销" in done.stderr


@pytest.mark.parametrize("arguments, said", [
    (("check", "没有.xlsx"), "找不到"), (("check",), "缺少"), (("check", "x", "--foo"), "没有“--foo”"), (("chek",), "没有“chek”这个命令"),
    (("new", "工资表"), "没有名为“工资表”的表"), (("new", "区县推荐汇总表", "--district", "别处"), "别处"), (("merge", ".", "--year", "今年"), "--year"),
    (("docs", "公告", "--ledger", "x.xlsx", "--out", "."), "没有“公告”"), (("undo", "--ledger", "没有.xlsx"), "找不到台账")])
def test_what_cannot_go_on_says_so_in_one_line(arguments, said, tmp_path):
    done = run(*arguments)
    assert done.returncode == 2 and done.stdout == ""
    line = done.stderr.strip()
    assert said in line and "请" in line and "\n" not in line and "Traceback" not in line


@pytest.mark.parametrize("arguments, said", [
    (("--platform", "amiga"), "没有“amiga”这种平台"), (("--platform", "win_amd64", "--python-version", "2.7x"), "“2.7x”不是 Python 的版本号"),
    (("--platform", "win_amd64", "--wheels", "没有"), "找不到文件夹“没有”"), (("--platform", "linux_x86_64", "--python-embed", __file__), "只用于 Windows")])
def test_a_bundle_that_cannot_be_says_why(arguments, said, tmp_path):
    """曾经一律说“程序出了问题”：命令没有把要做的事交给做的人。"""
    done = run("bundle", "--out", tmp_path, *arguments)
    line, = done.stderr.splitlines()
    assert done.returncode == 2 and said in line and "请" in line


def test_a_fault_is_logged_and_said_in_one_line(tmp_path):
    code = "import toolkit.jobs.check as job; job.check = lambda *a: 1 / 0; from toolkit.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "check", "x.xlsx"], capture_output=True, text=True,
                          env={**os.environ, "XDG_STATE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)})
    log, = tmp_path.rglob("toolkit.log")
    assert done.returncode == 2 and str(log) in done.stderr and "ZeroDivisionError" in log.read_text("utf-8")
    assert "\n" not in done.stderr.strip()


def test_an_encrypted_return_asks_for_its_password(finished_demo, tmp_path):
    from msoffcrypto.format.ooxml import OOXMLFile

    source = next(finished_demo.returns.glob("米东区*"))
    locked = tmp_path / "加密.xlsx"
    with source.open("rb") as plain, locked.open("wb") as target:
        OOXMLFile(plain).encrypt("123", target)
    done = run("check", locked)
    assert done.returncode == 2 and "--password" in done.stderr
    assert run("check", locked, "--password", "123", "--marked", tmp_path / "出").returncode == 0


def test_help_is_chinese():
    for command in ((), ("check",), ("merge",), ("docs",), ("undo",), ("new",), ("build",), ("demo",), ("doctor",)):
        shown = run(*command, "--help").stdout
        assert "用法" in shown and "显示用法" in shown
        assert not any(word in shown for word in ("Usage", "Options", "Arguments", "Commands", "Show this message"))


def test_doctor_finds_this_installation_sound():
    done = run("doctor")
    assert done.returncode == 0 and "模板 工作室管理台账：第" in done.stdout


def test_a_check_imports_nothing_heavy(finished_demo):
    code = ("import sys; sys.argv = ['toolkit', 'check', sys.argv[1], '--json']; from toolkit.cli import main\n"
            "try: main()\nexcept SystemExit: pass\n"
            "heavy = {'pandas', 'numpy', 'xlwings', 'openpyxl', 'lxml', 'docx', 'docxtpl', 'jinja2', 'xlsxwriter', 'rich', 'pydantic', "
            "'msoffcrypto', 'cn2an', 'multiprocessing'} & set(sys.modules)\n"
            "print(sorted(heavy), file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code, str(next(finished_demo.returns.glob("米东区*")))], capture_output=True,
                          text=True)
    assert done.stderr.strip() == "[]"
