"""Merge the districts' returns into the ledger: read, check, plan, and on commit write once, logged and undoable."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit import forms
from toolkit.errors import UserError
from toolkit.jobs import outcome
from toolkit.jobs.check import nothing_to_read, write_marked
from toolkit.jobs.intake import Intake, Progress, silent, take_in
from toolkit.jobs.report import Report
from toolkit.jobs.workers import RETURN_FORMS
from toolkit.regulation import Regulation, in_force
from toolkit.resources import workbook_template
from toolkit.returns import checks, plan, versions
from toolkit.returns.checks import Checked
from toolkit.returns.findings import Place
from toolkit.returns.messages import finding
from toolkit.returns.plan import Plan
from toolkit.workbooks import ledger, store

BACKUPS, ARCHIVE = "备份", "归档"


@dataclass(frozen=True)
class Order:
    """What to merge: a folder of returns for one year into one ledger."""

    folder: Path
    year: int
    ledger: Path
    out: Path
    form: str = "区县推荐汇总表"
    password: str | None = None
    dry_run: bool = False


@dataclass
class Merge:
    """Everything a merge found out, before and after the commit."""

    order: Order
    now: datetime
    law: Regulation
    ledger: ledger.Ledger
    intake: Intake
    choices: Sequence[versions.Choice]
    checked: Checked
    plan: Plan


def order(folder: Path, year: int, **given) -> Order:
    """An order with the customary places: ledger and results beside the folder of returns."""
    beside = folder.resolve().parent
    defaults = {"ledger": beside / forms.LEDGER.file_name.format(name=forms.LEDGER.name),
                "out": beside / f"{folder.resolve().name}_合并结果"}
    return Order(folder, year, **defaults | {key: value for key, value in given.items() if value is not None})


def merge(asked: Order, now: datetime, progress: Progress = silent) -> Report:
    """Merge one folder. A dry run goes the same way up to the write. UserError where a path stands in the way."""
    if not asked.folder.is_dir():
        raise UserError(f"“{asked.folder}”不是文件夹。请给出存放各区（县）报表的文件夹。")
    if forms.find(asked.form) not in RETURN_FORMS:
        known = "”“".join(form.name for form in RETURN_FORMS)
        raise UserError(f"“{asked.form}”不能汇总入账。请从“{known}”中选择。")
    if asked.dry_run:
        done = _plan(asked, now, progress)
        return _report(done)
    asked.ledger.parent.mkdir(parents=True, exist_ok=True)
    with store.locked(asked.ledger):
        done = _plan(asked, now, progress)
        report = _report(done)
        _commit(done, report)
    report.outputs += outcome.write(done, report)
    report.outputs += write_marked(done.intake, done.checked, asked.out / "标记副本", asked.password)
    return report


def _plan(asked: Order, now: datetime, progress: Progress) -> Merge:
    law = in_force(now.date())
    opened = _open(asked.ledger, law)
    standing = opened.standing
    law = standing.parameters(law)
    intake = take_in([asked.folder], law, asked.password, progress)
    if not intake.returns and not intake.unreadable:
        raise UserError(nothing_to_read(intake))
    wanted = forms.find(asked.form)
    for source in intake.returns:
        if source.form and source.form is not wanted and not source.refused:
            source.findings.append(finding("F-form-other", Place(source.file), source.form.name, wanted=wanted.name))
        elif source.year is not None and source.year != asked.year and not source.refused:
            source.findings.append(finding("F-year-other", Place(source.file), source.year, wanted=asked.year))
    choices = versions.choose([source for source in intake.returns if source.form is wanted and source.year in (None, asked.year)])
    checked = checks.run(intake.returns, law, standing, [choice.chosen for choice in choices])
    return Merge(asked, now, law, opened, intake, choices, checked, plan.build(choices, checked, standing, law))


def _open(path: Path, law: Regulation) -> ledger.Ledger:
    """The ledger, or the empty one that ships with the toolkit."""
    source = path if path.exists() else workbook_template(forms.LEDGER.name)
    return ledger.load(source, law)


def _report(done: Merge) -> Report:
    findings = done.intake.unreadable_findings() + done.checked.findings + outcome.findings(done)
    return Report(done.intake.statuses(done.checked), findings, outcome.districts(done), done.plan)


def _commit(done: Merge, report: Report) -> None:
    """Archive the originals and write the ledger once; a plan that changes nothing writes nothing."""
    path = done.order.ledger
    home = path.parent
    for source in done.intake.returns:
        store.archive(done.intake.paths[source.file], home / ARCHIVE)
    if done.plan.empty and path.exists():
        return
    entry = ledger.Entry(done.now, "合并区县报表", getpass.getuser(), f"{done.order.year}年度{done.order.form}",
                         outcome.summary(done))
    store.write(path, ledger.applied(done.ledger, done.plan, entry, done.law), backups=home / BACKUPS, at=done.now)
    report.outputs.append(path)


def undo(path: Path, now: datetime) -> Report:
    """Back to the copy before the last write. The undone state is kept, and 操作日志 says what was undone."""
    if not path.is_file():
        raise UserError(f"找不到台账“{path}”。请核对文件位置。")
    law = in_force(now.date())
    last = ledger.log_rows(ledger.load(path, law))
    what = "，".join(str(part) for part in last[-1][1:6] if part) if last else "上一次写入"
    entry = ledger.Entry(now, "撤销上一步", getpass.getuser(), path.name, f"撤销：{what}")

    def amended(before: bytes) -> bytes:
        return ledger.applied(ledger.open_ledger(before, path.name, law), Plan(), entry, law)

    store.undo(path, backups=path.parent / BACKUPS, at=now, amended=amended)
    return Report(outputs=[path])
