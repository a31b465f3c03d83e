"""A task by double click, for computers without Excel or with WPS: asks for what is missing, then runs the command.

`python -I -m toolkit.install.icon_task TASK FOLDER [dropped files and folders]`; FOLDER is where the script lies.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.summary import SUMMARY

CANNOT_GO_ON = 2
YES = ("是", "y", "Y", "yes")


@dataclass(frozen=True)
class Desk:
    """What a task may use. beside: the script's folder; dropped: what was dragged onto it; run: the command line → its exit
    status; ask: a question → the answer typed."""

    beside: Path
    dropped: Sequence[Path]
    run: Callable[[Sequence[str]], int]
    ask: Callable[[str], str]
    today: date

    def path(self, what: str) -> Path:
        """The one thing dropped, or typed or dragged into the window. UserError where it is not there."""
        path = self.dropped[0] if self.dropped else Path(self.ask(f"请把{what}拖进这个窗口，按回车：").strip().strip('"'))
        if not path.name or not path.exists():
            raise UserError(f"找不到“{path}”。请把{what}拖到图标上，或拖进窗口再按回车。")
        return path

    def ledger(self) -> Path:
        """The ledger dropped, or the one that lies beside the script, or the one typed."""
        if not self.dropped:
            for suffix in (".xlsm", ".xlsx"):
                if (found := self.beside / f"{LEDGER.name}{suffix}").is_file():
                    print(f"台账：{found}")
                    return found
        return self.path("台账文件")

    def choose(self, what: str, names: Sequence[str]) -> str:
        """One of the names by its number; the first on Enter alone. UserError for anything else."""
        for number, name in enumerate(names, 1):
            print(f"　{number}　{name}")
        answer = self.ask(f"{what}，输入序号后按回车（直接回车选1）：").strip() or "1"
        if not answer.isdecimal() or not 1 <= int(answer) <= len(names):
            raise UserError(f"没有第“{answer}”项。请输入1到{len(names)}之间的序号。")
        return names[int(answer) - 1]

    def agreed(self, question: str) -> bool:
        return self.ask(f"{question}输入“是”再按回车；不做就直接回车：").strip() in YES


def check(desk: Desk) -> int:
    paths = desk.dropped or [desk.path("报表文件或文件夹")]
    return desk.run(["check", *map(str, paths), "--marked", str(paths[0].absolute().parent / "标记副本")])


def merge(desk: Desk) -> int:
    """Preview, then, agreed, for good."""
    folder = desk.path("存放各区（县）报表的文件夹")
    form = desk.choose("合并哪一种报表", (RECOMMENDATION.name, SUMMARY.name))
    named = re.search(r"20\d\d", folder.name)
    usual = named.group() if named else str(desk.today.year)
    year = desk.ask(f"年度（直接回车是{usual}）：").strip() or usual
    command = ["merge", str(folder), "--year", year, "--form", form]
    preview = desk.run([*command, "--dry-run"])
    if preview == CANNOT_GO_ON or not desk.agreed("确认入账？"):
        return preview
    return desk.run(command)


def score(desk: Desk) -> int:
    paths = desk.dropped or [desk.path("评分表文件或文件夹")]
    return desk.run(["score", *map(str, paths), "--out", str(paths[0].absolute().parent / "考核结果")])


def docs(desk: Desk) -> int:
    from toolkit.forms.papers import OFFERED, paper

    ledger = desk.ledger()
    kind = desk.choose("生成哪一种公文", OFFERED)
    on = desk.ask(f"公文的日期（直接回车是{desk.today:%Y-%m-%d}）：").strip() or f"{desk.today:%Y-%m-%d}"
    number = desk.ask("文号（命名通知、考核通报已填在台账的，直接回车）：").strip() if paper(kind).series else ""
    numbered = ["--number", number] if number else []
    return desk.run(["docs", kind, "--ledger", str(ledger), "--out", str(ledger.absolute().parent / "公文"), "--on", on, *numbered])


def due(desk: Desk) -> int:
    return desk.run(["due", "--ledger", str(desk.ledger())])


def undo(desk: Desk) -> int:
    ledger = desk.ledger()
    return desk.run(["undo", "--ledger", str(ledger)]) if desk.agreed("台账恢复到上次写入之前？") else 0


def doctor(desk: Desk) -> int:
    return desk.run(["doctor"])


TASKS: dict[str, tuple[str, Callable[[Desk], int]]] = {
    "check": ("校验", check), "merge": ("合并", merge), "score": ("复算", score), "docs": ("公文", docs),
    "due": ("到期提醒", due), "undo": ("撤销", undo), "doctor": ("体检", doctor)}


def command(arguments: Sequence[str]) -> int:
    """Run one command of the toolkit in this window; -I: nothing that lies in the clerk's folder is taken for a program."""
    return subprocess.run([sys.executable, "-I", "-m", "toolkit", *arguments], check=False).returncode


def main(arguments: list[str]) -> int:
    """Exit status of the last command; 2 where the task could not go on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # pythonw has none
            stream.reconfigure(encoding="utf-8", errors="replace")
    name, beside, *dropped = arguments
    try:
        return TASKS[name][1](Desk(Path(beside), [Path(path) for path in dropped], command, input, date.today()))
    except UserError as stop:
        print(stop, file=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        print("没有做，什么都没有改。", file=sys.stderr)
    return CANNOT_GO_ON


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
