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
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.summary import SUMMARY
from toolkit.install.desk_ledger import FILE, LedgerNote, lying_in
from toolkit.jobs.crash_log import log_folder
from toolkit.jobs.streams import speak
from toolkit.sheets.disk import refuse_too_long

CANNOT_GO_ON = 2
LEDGER_SHOWN = "ledger"
YES = ("是", "y", "Y", "yes")


@dataclass(frozen=True)
class Desk:
    """What a task may use. beside: the script's folder; dropped: what was dragged onto it; run: the command line → its exit
    status; ask: a question → the answer typed; note: where the desk's ledger is noted, None: beside the script."""

    beside: Path
    dropped: Sequence[Path]
    run: Callable[[Sequence[str]], int]
    ask: Callable[[str], str]
    today: date
    note: Path | None = None

    @property
    def memory(self) -> LedgerNote:
        return LedgerNote(self.note or self.beside / FILE)

    def path(self, what: str) -> Path:
        """The one thing dropped, or typed or dragged into the window. UserError where it is not there."""
        return there(self.dropped[0], what) if self.dropped else self.typed(what)

    def typed(self, what: str) -> Path:
        """What is typed or dragged into the window. UserError where it is not there."""
        return there(Path(self.ask(f"请把{what}拖进这个窗口，按回车：").strip().strip('"')), what)

    def ledger(self) -> Path:
        """The ledger dropped, or the desk's. The first one that is used is the desk's from then on."""
        if not self.dropped:
            return self.remembered() or self.chosen(lying_in([self.beside]))
        ledger, known = self.path("台账文件"), self.memory.ledger()
        if known is None or not known.is_file():
            return self.chosen([ledger])
        if not known.samefile(ledger):
            print(f"这台电脑上一直用的台账是：{known}")
            if self.agreed(f"以后各个图标都改用“{ledger}”吗？直接回车，只这一次用它。"):
                return self.chosen([ledger])
        print(f"台账：{ledger}")
        return ledger

    def remembered(self) -> Path | None:
        """The desk's ledger, shown; None where none was chosen, or it is gone, which is told."""
        known = self.memory.ledger()
        if known is None:
            return None
        if known.is_file():
            print(f"台账：{known}")
            return known
        print(f"原来用的台账“{known}”不在了，移走了的请放回去；改用另一本的，把它拖到“到期提醒”图标上。")
        return None

    def chosen(self, found: Sequence[Path]) -> Path:
        """One of the ledgers found, or, where there is none, one that is typed; the desk's from now on."""
        ledger = (self.choose("用哪一本台账，以后各个图标都用它", [str(path) for path in found]) if len(found) > 1 else
                  found[0] if found else self.typed("台账文件"))
        kept = self.memory.keep(Path(ledger))
        print(f"台账：{ledger}" + ("（以后各个图标都用这一本；要换，把另一本拖到“到期提醒”图标上）" if kept else "（没有记住，下次还会问）"))
        return Path(ledger)

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


def there(path: Path, what: str) -> Path:
    """The path, if something lies there. UserError otherwise."""
    if not path.name or not path.exists():
        raise UserError(f"找不到“{path}”。请把{what}拖到图标上，或拖进窗口再按回车。")
    return path


def check(desk: Desk) -> int:
    paths = desk.dropped or [desk.path("报表文件或文件夹")]
    return desk.run(["check", *map(str, paths), "--marked", str(paths[0].absolute().parent / "标记副本"), *compared(desk, paths)])


def compared(desk: Desk, paths: Sequence[Path]) -> list[str]:
    """The desk's ledger as an option: what is checked is held against it, unless it is the ledger itself."""
    ledger = desk.remembered()
    if ledger is None or any(path.exists() and path.samefile(ledger) for path in paths):
        return []
    return ["--ledger", str(ledger)]


def merge(desk: Desk) -> int:
    """Preview, then, agreed, for good. The first ledger that is made is the desk's."""
    folder = desk.path("存放各区（县）报表的文件夹")
    ledger = desk.remembered()
    if ledger is None and (found := lying_in([desk.beside, folder.absolute().parent])):
        ledger = desk.chosen(found)
    form = desk.choose("合并哪一种报表", (RECOMMENDATION.name, SUMMARY.name))
    named = re.search(r"20\d\d", folder.name)
    usual = named.group() if named else str(desk.today.year)
    year = desk.ask(f"年度（直接回车是{usual}）：").strip() or usual
    command = ["merge", str(folder), "--year", year, "--form", form, *(["--ledger", str(ledger)] if ledger else [])]
    preview = desk.run([*command, "--dry-run"])
    if preview == CANNOT_GO_ON or not desk.agreed("确认入账？"):
        return preview
    status = desk.run(command)
    if ledger is None and status != CANNOT_GO_ON and (made := lying_in([folder.absolute().parent])):
        desk.chosen(made)
    return status


def score(desk: Desk) -> int:
    paths = desk.dropped or [desk.path("评分表文件或文件夹")]
    return desk.run(["score", *map(str, paths), "--out", str(paths[0].absolute().parent / "考核结果"), *compared(desk, paths)])


def docs(desk: Desk) -> int:
    from toolkit.forms.papers import OFFERED, paper

    ledger = desk.ledger()
    kind = desk.choose("生成哪一种公文", OFFERED)
    on = desk.ask(f"公文的日期（直接回车是{desk.today:%Y-%m-%d}）：").strip() or f"{desk.today:%Y-%m-%d}"
    number = desk.ask("文号（台账里已填的、不知道下一个是几号的，直接回车）：").strip() if paper(kind).series else ""
    numbered = ["--number", number] if number else []
    return desk.run(["docs", kind, "--ledger", str(ledger), "--out", str(ledger.absolute().parent / "公文"), "--on", on, *numbered])


def due(desk: Desk) -> int:
    return desk.run(["due", "--ledger", str(desk.ledger())])


def undo(desk: Desk) -> int:
    ledger = desk.ledger()
    return desk.run(["undo", "--ledger", str(ledger)]) if desk.agreed("台账恢复到上次写入之前？") else 0


def doctor(desk: Desk) -> int:
    ledger(desk)
    return desk.run(["doctor"])


def ledger(desk: Desk) -> int:
    """What 命令行 shows when its window opens."""
    if desk.remembered() is None:
        print("台账：还没有选定，第一次用到时选")
    return 0


TASKS: dict[str, tuple[str, Callable[[Desk], int]]] = {
    "check": ("校验", check), "merge": ("合并", merge), "score": ("复算", score), "docs": ("公文", docs),
    "due": ("到期提醒", due), "undo": ("撤销", undo), "doctor": ("体检", doctor)}
"""What has an icon of its own: id → its name, and what it does."""


def command(arguments: Sequence[str]) -> int:
    """Run one command of the toolkit in this window; -I: nothing that lies in the clerk's folder is taken for a program."""
    return subprocess.run([sys.executable, "-I", "-m", "toolkit", *arguments], check=False).returncode


def main(arguments: list[str]) -> int:
    """Exit status of the last command; 2 where the task could not go on."""
    speak()
    name, beside, *dropped = arguments
    paths = [Path(path) for path in dropped]
    task = ledger if name == LEDGER_SHOWN else TASKS[name][1]
    try:
        for path in paths:
            refuse_too_long(path)
            if not path.exists():
                raise UserError(f"找不到“{path}”。请核对路径和文件名；名字里有 %、&、^ 的，拖到图标上 Windows 传不完整，请双击图标，再把它拖进窗口。")
        return task(Desk(Path(beside), paths, command, input, date.today(), log_folder() / FILE))
    except UserError as stop:
        print(stop, file=sys.stderr)
    except (EOFError, KeyboardInterrupt):
        print("没有做，什么都没有改。", file=sys.stderr)
    return CANNOT_GO_ON


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
