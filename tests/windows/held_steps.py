"""Files that others have open, or that are read-only: what was found out is shown, what could not be done is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from tests.windows.computer import Computer, leftovers, report, told
from tests.windows.holding import MODES


def _fresh(computer: Computer, name: str) -> Path:
    """A copy of the demonstration; returns its folder."""
    folder = computer.desktop / f"占用 {name}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(computer.demo, folder)
    return folder


def _held(computer: Computer, file: Path, arguments: tuple[str | Path, ...], modes: tuple[str, ...] = ("Excel",)) -> None:
    """Run the command while `file` is held: it stays as it is, the new one stands beside it and is named, nothing is left."""
    for mode in modes:
        held, beside = file.read_bytes(), file.with_stem(f"{file.stem}(2)")
        done = told(computer.held(mode, file, *arguments, "--json"))
        assert done.status in (0, 1), done.text
        assert file.read_bytes() == held and beside.exists(), f"{mode}：{sorted(path.name for path in file.parent.iterdir())}"
        told_of = [found["message"] for found in report(done)["findings"] if found["code"] == "M-beside"]
        assert any(beside.name in message for message in told_of), (mode, told_of)
        assert leftovers(file.parent) == [], mode
        beside.unlink()


def document(computer: Computer) -> None:
    """授牌名单在 Word 里开着、被别的程序独占、杀毒软件正在查：另存一份，说出名字"""
    place = _fresh(computer, "公文")
    file = place / "公文" / "2026年度技能大师工作室授牌名单.docx"
    later = date.today() + timedelta(days=60)  # the publicity must be over
    command = ("docs", "授牌名单", "--ledger", place / "工作室管理台账.xlsm", "--out", file.parent, "--replace", "--on", str(later))
    _held(computer, file, command, tuple(MODES))


def marked_copy(computer: Computer) -> None:
    """标记副本在 Excel 里开着：问题照样列出，副本另存"""
    place = _fresh(computer, "校验")
    source = next((place / "区县报表_2026").glob("天山区*.xlsx"))
    told(computer.toolkit("check", source, "--marked", place / "标记"))
    _held(computer, next((place / "标记").glob("*_校验.xlsx")), ("check", source, "--marked", place / "标记"))


def receipt(computer: Computer) -> None:
    """回执开着时合并：入账做完，回执另存"""
    place = _fresh(computer, "合并")
    file = next((place / "合并结果" / "回执").glob("天山区*.docx"))
    command = ("merge", place / "区县报表_2026", "--year", "2026", "--ledger", place / "工作室管理台账.xlsm", "--out", place / "合并结果")
    _held(computer, file, command)


def summary(computer: Computer) -> None:
    """汇总表开着时复算：另存一份"""
    place = _fresh(computer, "复算")
    out = place / "期满考核" / "考核结果"
    _held(computer, next(out.glob("*考核汇总表*.xls*")), ("score", place / "期满考核" / "评分表", "--out", out))


def ledger_open(computer: Computer) -> None:
    """台账在 Excel 里开着：撤销说清楚，什么都没有写"""
    _refused(computer, "台账开着", lambda place, command: computer.held("Excel", place / "工作室管理台账.xlsm", *command).text)


def ledger_read_only(computer: Computer) -> None:
    """台账是只读的：撤销说清楚，不留下东西；取消只读就能接着办"""
    def attribute(place: Path, sign: str) -> None:
        computer.windows.run("attrib", f"{sign}r", computer.windows.path(place / "工作室管理台账.xlsm"))

    def undone(place: Path, command: tuple[str | Path, ...]) -> str:
        attribute(place, "+")
        try:
            return computer.toolkit(*command).text
        finally:
            attribute(place, "-")

    _refused(computer, "台账只读", undone)


def _refused(computer: Computer, name: str, run: Callable[[Path, tuple[str | Path, ...]], str]) -> None:
    place = _fresh(computer, name)
    before = (place / "工作室管理台账.xlsm").read_bytes()
    command = ("undo", "--ledger", place / "工作室管理台账.xlsm")
    said = run(place, command)
    assert "工作室管理台账.xlsm" in said and "请" in said and "程序出了问题" not in said, said
    assert (place / "工作室管理台账.xlsm").read_bytes() == before and leftovers(place) == []
    told(computer.toolkit(*command), status=0)
    assert (place / "工作室管理台账.xlsm").read_bytes() != before and leftovers(place) == []


STEPS = (document, marked_copy, receipt, summary, ledger_open, ledger_read_only)
