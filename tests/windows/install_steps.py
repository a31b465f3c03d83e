"""Unpack, install, check up, demonstrate: what happens once on a computer."""

from __future__ import annotations

import json

from tests.windows.computer import Computer, told
from toolkit.forms import FORMS

FOLDER = "安装 包（1）"
"""A folder with Chinese, a space and brackets in its path, as people make them."""


def install(computer: Computer) -> None:
    """在有中文和空格的路径里双击“安装”：不用 venv，装好并且体检正常"""
    unpacked = computer.unpack(FOLDER)
    done = told(computer.double_click(unpacked / "安装.cmd", timeout=900), "装好了。工作簿在", status=0)
    assert "要处理" not in done.text, done.text
    assert (computer.installed / "env" / "python.exe").is_file() and not list(computer.installed.glob("env-*"))
    laid_out = {path.name for path in computer.desk.iterdir()}
    assert {f"{form.name}.xlsm" for form in FORMS} <= laid_out and "校验.cmd" in laid_out, laid_out


def settings_name_python(computer: Computer) -> None:
    """Excel 的按钮登记的就是装好的 Python，路径是英文"""
    config = (computer.windows.home / ".xlwings" / "xlwings.conf").read_bytes()
    assert config.isascii() and b"INTERPRETER_WIN" in config and b"python.exe" in config, config


def doctor(computer: Computer) -> None:
    """双击“体检”：每行都是正常"""
    done = told(computer.icon("体检"), "正常　程序文件：齐备", status=0)
    assert "要处理" not in done.text, done.text


def prompt(computer: Computer) -> None:
    """双击“命令行”：toolkit 是一个命令"""
    told(computer.icon("命令行", typed="toolkit rules --json >nul && echo 认得toolkit\r\nexit"), "认得toolkit")


def demo(computer: Computer) -> None:
    """演示走完全程：校验、合并、公文、期满考核"""
    told(computer.toolkit("demo", "演示"), "区县考核汇总表、标记副本在", status=0)
    assert computer.ledger.is_file()


def missing_library(computer: Computer) -> None:
    """少一个 .pyd，体检说得出是哪个，自己不倒下"""
    library = next((computer.packages / "lxml").glob("etree*.pyd"))
    aside = library.with_suffix(".away")
    library.rename(aside)
    try:
        done = told(computer.icon("体检"), "要处理　程序包 lxml", "要处理　程序文件：少了", library.name, "请重新安装", status=1)
    finally:
        aside.rename(library)
    assert "正常　日志文件夹" in done.text, done.text


def missing_foundation(computer: Computer) -> None:
    """命令行自己要用的程序包没有了：体检照做，别的命令一句中文"""
    package = computer.packages / "typer"
    package.rename(package.with_name("typer-away"))
    try:
        told(computer.icon("体检"), "要处理　程序包 typer：没有安装", "正常　程序包 openpyxl", status=1)
        told(computer.toolkit("rules"), "程序不完整，缺少 typer", status=2)
    finally:
        package.with_name("typer-away").rename(package)


def redirected(computer: Computer) -> None:
    """936 的窗口里把结果存成文件，那个窗口读得出来；给程序读的 JSON 仍是 UTF-8"""
    script = computer.windows.prefix / "drive_c" / "redirected.py"
    script.write_text(_IN_A_WINDOW, "utf-8")
    told(computer.python("-c", _A_WINDOW), status=0)
    drive = script.parent
    assert "年度（--year）“甲”不对" in (drive / "text.txt").read_bytes().decode("gbk")
    assert json.loads((drive / "json.txt").read_bytes().decode("utf-8"))


_A_WINDOW = r"import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-I', r'C:\redirected.py'], creationflags=0x08000000))"
_IN_A_WINDOW = r"""
import ctypes, subprocess, sys
kernel = ctypes.windll.kernel32
assert kernel.SetConsoleOutputCP(936), kernel.GetLastError()
for name, command in (("text", ["merge", "C:\\", "--year", "甲"]), ("json", ["rules", "--json"])):
    with open(rf"C:\{name}.txt", "wb") as out:
        subprocess.run([sys.executable, "-I", "-m", "toolkit", *command], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
"""

INSTALL = (install,)
STEPS = (install, settings_name_python, doctor, prompt, demo, missing_library, missing_foundation, redirected)
