"""A task by double click, for computers without Excel or with WPS: asks for what is missing, then runs the command.

`python -I -m toolkit.install.icon_task TASK FOLDER [dropped files and folders]`; FOLDER is where the script lies.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms.tasks import MADE, RETURNS
from toolkit.install.desk_ledger import FILE, lying_in
from toolkit.install.icon_desk import Desk
from toolkit.jobs.crash_log import log_folder
from toolkit.jobs.streams import speak
from toolkit.sheets.disk import refuse_too_long

CANNOT_GO_ON = 2
LEDGER_SHOWN = "ledger"


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
    form = desk.choose("合并哪一种报表", RETURNS)
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


def gather(desk: Desk) -> int:
    """申报工作簿 into the district's 推荐汇总表, which is asked for."""
    paths = desk.dropped or [desk.path("申报工作簿或存放它们的文件夹")]
    into = desk.typed("本区（县）的推荐汇总表")
    return desk.run(["gather", *map(str, paths), "--into", str(into)])


def make(desk: Desk) -> int:
    """What the city sends out to be filled in, made from the ledger."""
    ledger = desk.ledger()
    form = desk.choose("生成哪一种表", MADE)
    usual = str(desk.today.year)
    year = desk.ask(f"年度（直接回车是{usual}）：").strip() or usual
    out = ledger.absolute().parent / "待填报表"
    return desk.run(["new", form, "--ledger", str(ledger), "--year", year, "--out", str(out)])


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


def print_form(desk: Desk) -> int:
    """附件1 on paper, beside the 申报工作簿 that was dropped."""
    paths = desk.dropped or [desk.path("填好的申报工作簿")]
    given = [part for path in paths for part in ("--from", str(path))]
    return desk.run(["docs", "申报表", *given, "--out", str(paths[0].absolute().parent)])


def act(desk: Desk) -> int:
    """The state and the moves first; then one move, asked for cell by cell, shown, and, agreed, made."""
    ledger = desk.ledger()
    studio = desk.ask("工作室编号或名称（还没有命名的，写申报的工作室名称或领办人身份证号）：").strip()
    if not studio:
        raise UserError("没有写办哪一件，什么都没有做。请写工作室编号或名称。")
    whom = ["--ledger", str(ledger), "--studio", studio]
    listed = desk.run(["act", *whom])
    if listed == CANNOT_GO_ON:
        return listed
    name = desk.ask("办哪个事项，照上面写它的名称（不办就直接回车）：").strip()
    if not name:
        return listed
    command = ["act", name, *answered(desk, name), *whom]
    preview = desk.run([*command, "--dry-run"])
    if preview or not desk.agreed("确认办理？"):
        return preview
    return desk.run(command)


def answered(desk: Desk, name: str) -> list[str]:
    """字段=值 of every cell that a move of this name asks for and that is not left empty."""
    from toolkit.forms.register_rows import row_field
    from toolkit.regulation import in_force

    law = in_force(desk.today)
    if name not in law.procedure.moves:
        return []
    move, cells = law.procedure.moves[name], []
    for path in move.fills:
        column = row_field(path)[1].column
        how = "、".join(law.lists[column.choices].names) if column.choices else column.kind.how
        if answer := desk.ask(f"{column.header}（{'必填' if path in move.required else '可不填'}；{how}）：").strip():
            cells.append(f"{column.header}={answer}")
    return cells


def due(desk: Desk) -> int:
    return desk.run(["due", "--ledger", str(desk.ledger())])


def case(desk: Desk) -> int:
    """Of one studio or application. UserError where none is named."""
    ledger = desk.ledger()
    studio = desk.ask("工作室编号或名称（没有命名的申报，写名称或领办人身份证号）：").strip()
    if not studio:
        raise UserError("没有写工作室。请再双击一次，写上编号或名称。")
    return desk.run(["case", studio, "--ledger", str(ledger)])


def statistics(desk: Desk) -> int:
    ledger = desk.ledger()
    return desk.run(["statistics", "--ledger", str(ledger), "--out", str(ledger.absolute().parent / "综合统计")])


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
    "check": ("校验", check), "print_form": ("申报表", print_form), "gather": ("汇入申报", gather), "merge": ("合并", merge),
    "make": ("生成报表", make), "score": ("复算", score), "docs": ("公文", docs), "act": ("个案办理", act),
    "due": ("到期提醒", due), "case": ("个案档案", case), "statistics": ("综合统计", statistics),
    "undo": ("撤销", undo), "doctor": ("体检", doctor)}
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
