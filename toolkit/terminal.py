"""How a report looks on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console

from toolkit.jobs.outputs import MARKED
from toolkit.jobs.report import FileStatus, Report
from toolkit.returns.findings import ERROR, Finding

if TYPE_CHECKING:
    from toolkit.jobs.rules import RuleStatement
    from toolkit.ledger.dues import Due


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar that follows done/all and names the file in hand."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None, name="")
        yield lambda done, total, name: bars.update(task, completed=done, total=total, name=name)


def show(report: Report, most: int) -> None:
    """Files, districts, plan, outputs, then findings: one a line, the counts where the eye ends."""
    console = Console(highlight=False)

    def line(text: str, style: str | None = None) -> None:
        console.print(text, style=style, markup=False, soft_wrap=True)

    for status in report.files:
        line(_file(status))
    if report.districts:
        line("区（县）：" + "　".join(f"{name} {state}" for name, state in report.districts.items()))
    if report.plan is not None:
        plan = report.plan
        line(f"台账：新增{len(plan.added)}行，更新{len(plan.changed)}行，未变{plan.unchanged}行，"
             f"待选择冲突{len(plan.conflicts)}项")
    if report.planned:
        _show_planned(report, line)
    for assessment in report.scores or ():
        line(f"{assessment.studio or assessment.filed.file}：{assessment.summary}")
    for path in report.outputs:
        line(f"已写出 {path}")
    if report.dues is not None:
        _show_dues(report.dues, line)
        if not report.findings:
            return
    for text, style in _findings(report.findings[:most]):
        line(text, style)
    line(_closing(report, most))


def _show_planned(report: Report, line: Callable[..., None]) -> None:
    """What a preview of documents would write: the files, then what the ledger would get."""
    from toolkit.jobs.preview import plan_lines
    from toolkit.ledger.plan import Plan

    for name in report.planned:
        line(f"会生成 {name}")
    for kind, _, label, where, said in plan_lines(report.plan or Plan()):
        line(f"会登记 {kind}　{where}　{label}{f'　{said}' if said else ''}")


def _show_dues(found: Sequence[Due], line: Callable[..., None]) -> None:
    """One due a line under who must act, then how many there are of each state."""
    from toolkit.ledger import dues

    styles = {dues.OVERDUE: "red", dues.TODAY: "red", dues.SOON: "yellow"}
    for who in dues.PARTIES:
        own = [due for due in found if due.who == who]
        if own:
            line(f"{who}（{len(own)}项）", "bold")
        for due in own:
            line(_due(due), styles.get(due.state))
    line(f"\n{dues.summary(found)}{dues.summary_by_who(found)}" if found else dues.summary(found))


def _due(due: Due) -> str:
    """State, day and days, whose, what, clause, place, by what it is done, in one line."""
    days = "" if not due.days else f"，逾期{-due.days}天" if due.days < 0 else f"，还有{due.days}天"
    when = f"{due.date}{days}" if due.date else ""
    whose = " ".join(filter(None, (due.district, due.studio)))
    clause = f"（{due.clause}）" if due.clause else ""
    said = f"{whose}：{due.what}" if whose else due.what
    return "　".join(filter(None, (due.state, when, f"{said}{clause}", f"“{due.place.sheet}”表 {due.place.cell}",
                               f"怎么办：{due.charge}" if due.means else "")))


def _file(status: FileStatus) -> str:
    about = "，".join(filter(None, (status.district, f"{status.rows}行" if status.rows else "", status.reason)))
    return f"{status.status}　{status.path}{f'（{about}）' if about else ''}"


def _findings(findings: Sequence[Finding]) -> Iterator[tuple[str, str | None]]:
    """A heading per file, then its findings."""
    file = None
    for found in findings:
        if found.place.file != file:
            file = found.place.file
            yield f"\n{file}", "bold"
        style = "red" if found.level == ERROR else "yellow" if found.open else "dim"
        here = str(replace(found, place=replace(found.place, file=""))).strip().lstrip("：")
        yield f"　{found.level if found.open else '已说明'}　{here}", style


def _closing(report: Report, most: int) -> str:
    if not report.findings:
        return "没有发现问题。"
    queries = sum(found.open for found in report.findings) - report.errors
    unlisted = len(report.findings) - most
    marked = any(path.stem.endswith(MARKED) for path in report.outputs)
    where = "见标记副本的“问题清单”表" if marked else "报表的，用 check 命令加 --marked 文件夹，逐条标在副本里；加 --json 全部列出"
    rest = f"还有{unlisted}条没有列出，{where}。" if unlisted > 0 else ""
    return f"\n{rest}错误{report.errors}条，待说明的提示{queries}条。"


def show_rules(found: Sequence[RuleStatement]) -> None:
    """A rule a paragraph, then how many there are of each kind. No columns: screens differ in how wide “ and ” are."""
    from toolkit.jobs.rules import TO_BUILD, summary

    console = Console(highlight=False)

    def line(text: str, style: str | None = None) -> None:
        console.print(text, style=style, markup=False, soft_wrap=True)

    for each in found:
        rule = each.rule
        line(f"{rule.id}　{rule.kind}　{rule.clause}　{rule.title}", "bold")
        if rule.default:
            line(f"　　口径：{rule.default}")
        for parameter in each.parameters:
            line(f"　　参数：{parameter}")
        if each.where:
            line(f"　　在哪里执行：{'、'.join(each.where)}")
        if rule.missing:
            line(f"　　{TO_BUILD}：{rule.missing}", "yellow")
    line(f"\n{summary(found)}")
