"""The next version on top of this one, versions that are no good, and the end."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

from tests.windows.computer import Computer, told
from tests.windows.install_steps import FOLDER


def _sound(computer: Computer) -> None:
    """What is installed works, and nothing half-made lies about."""
    told(computer.icon("校验", next((computer.demo / "区县报表_2026").glob("米东区*.xlsx"))), "米东区", status=0)
    assert not (computer.installed / "env-new").exists()


def incomplete(computer: Computer) -> None:
    """新版的安装包不完整：说明，原来装的照常能用"""
    unpacked = computer.desktop / FOLDER / computer.bundle.stem
    wheel = next((unpacked / "wheels").glob("openpyxl*.whl"))
    wheel.rename(unpacked / wheel.name)
    told(computer.double_click(unpacked / "安装.cmd", timeout=900), "没有装成", "请重新解压", "原来装的没有动，可以照常使用", status=1)
    (unpacked / wheel.name).rename(wheel)
    _sound(computer)


def unsound(computer: Computer) -> None:
    """新版装上了，体检不通过：自己换回原来的版本"""
    unpacked = computer.desktop / FOLDER / computer.bundle.stem
    wheel = next((unpacked / "wheels").glob("lxml*.whl"))
    whole = wheel.read_bytes()
    _without(wheel, "etree")
    told(computer.double_click(unpacked / "安装.cmd", timeout=900), "要处理　程序包 lxml", "已经换回原来的版本", status=1)
    wheel.write_bytes(whole)
    _sound(computer)


def _without(wheel: Path, module: str) -> None:
    """The wheel without a compiled module."""
    smaller = wheel.with_suffix(".smaller")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(smaller, "w") as new:
        for name in old.namelist():
            if not (name.endswith(".pyd") and Path(name).name.startswith(module)):
                new.writestr(name, old.read(name))
    smaller.replace(wheel)


def in_use(computer: Computer) -> None:
    """升级时工具箱的一个文件正开着：装好新版或留着旧版，总有一个完好的"""
    ledger = computer.desk / "工作室管理台账.xlsm"
    before = ledger.read_bytes()
    command = [computer.windows.program, computer.windows.path(computer.installed / "env" / "python.exe"), "-I", "-c", "input()"]
    with subprocess.Popen(command, env=dict(computer.windows.environ), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as running:
        done = computer.double_click(computer.desktop / FOLDER / computer.bundle.stem / "安装.cmd", timeout=900)
        assert running.poll() is None, "它一直开着"
        running.communicate(b"\n")
    told(done, "装好了" if done.status == 0 else "正在使用，换不掉。请关闭 Excel")
    assert ledger.read_bytes() == before, "人的台账没有覆盖"
    _sound(computer)


def no_python(computer: Computer) -> None:
    """没有能用的 Python：找到的每一个为什么不能用，都说出来"""
    unpacked = computer.desktop / FOLDER / computer.bundle.stem
    facts = unpacked / "installer" / "bundle.json"
    said = facts.read_text("utf-8")
    facts.write_text(said.replace("3.11", "3.99"), "utf-8")
    told(computer.double_click(unpacked / "安装.cmd"), "没有能用的 Python", "python\\python.exe", "这个 Python 是 3.11 版，安装包带的是 3.99 版", status=1)
    facts.write_text(said, "utf-8")


def uninstall(computer: Computer) -> None:
    """卸载：删去一个文件夹；图标说没有装，工作簿都在"""
    books = {path.name for path in computer.desk.iterdir()}
    shutil.rmtree(computer.installed)
    told(computer.icon("体检"), "工具箱还没有装好。请先双击安装包里的“安装”", status=2)
    told(computer.icon("命令行"), "工具箱还没有装好", status=2)
    assert {path.name for path in computer.desk.iterdir()} == books


STEPS = (incomplete, unsound, in_use, no_python, uninstall)
