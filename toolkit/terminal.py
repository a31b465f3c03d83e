"""How a report looks on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from toolkit.jobs.report import Report
from toolkit.returns.findings import ERROR, Finding


@contextmanager
def progress_bar(what: str) -> Iterator:
    """A bar that follows done/all and names the file in hand."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None, name="")
        yield lambda done, total, name: bars.update(task, completed=done, total=total, name=name)


def show(report: Report, most: int) -> None:
    """Files, districts, plan, findings and outputs, the findings last written where the eye ends."""
    console = Console(highlight=False, soft_wrap=False)
    for line in report.files:
        about = "，".join(filter(None, (line.district, f"{line.rows}行" if line.rows else "", line.reason)))
        console.print(f"{line.status}　{line.path}{f'（{about}）' if about else ''}", markup=False, soft_wrap=True)
    if report.districts:
        states = "　".join(f"{name} {state}" for name, state in report.districts.items())
        console.print(f"区（县）：{states}", markup=False)
    if report.plan is not None:
        plan = report.plan
        console.print(f"台账：新增{len(plan.added)}行，更新{len(plan.changed)}行，未变{plan.unchanged}行，"
                      f"待选择冲突{len(plan.conflicts)}项", markup=False)
    if report.findings:
        console.print(_table(report.findings[:most]))
        if len(report.findings) > most:
            console.print(f"还有{len(report.findings) - most}条没有列出。", markup=False)
    for path in report.outputs:
        console.print(f"已写出 {path}", markup=False)
    queries = sum(found.open for found in report.findings) - report.errors
    closing = f"错误{report.errors}条，待说明的提示{queries}条。" if report.findings else "没有发现问题。"
    console.print(closing, markup=False)


def _table(findings: list[Finding]) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for header in ("级别", "位置", "问题", "条款"):
        table.add_column(header, overflow="fold", no_wrap=header == "级别")
    for found in findings:
        style = "red" if found.level == ERROR else "yellow" if found.open else "dim"
        level = found.level if found.open else "已说明"
        table.add_row(level, str(found.place), found.message, found.clause, style=style)
    return table
