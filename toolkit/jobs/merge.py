"""Merge the districts' returns into the ledger: read, check, plan, and on commit write once, logged and undoable."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit import forms
from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.jobs import outcome
from toolkit.jobs.check import nothing_to_read, write_marked
from toolkit.jobs.intake import Intake, Progress, silent, take_in
from toolkit.jobs.issuing import deciding
from toolkit.jobs.keeping import ARCHIVE, Keeper, keeper
from toolkit.jobs.report import Report
from toolkit.jobs.workers import RETURN_FORMS
from toolkit.ledger import admission, plan, versions
from toolkit.ledger.arrangements import of_year
from toolkit.ledger.books import Books
from toolkit.ledger.plan import Plan
from toolkit.pages import register
from toolkit.regulation import Regulation, in_force
from toolkit.returns.checks import Checked
from toolkit.returns.findings import Place
from toolkit.returns.messages import finding
from toolkit.sheets import store


@dataclass(frozen=True)
class MergeOrder:
    """What to merge: a folder of returns for one year into one ledger. `previewed`: the code of the preview that was
    agreed to; with any other outcome nothing is written."""

    folder: Path
    year: int
    ledger: Keeper
    out: Path
    form: str = RECOMMENDATION.name
    password: str | None = None
    dry_run: bool = False
    previewed: str = ""


@dataclass
class Merge:
    """Everything a merge found out, before and after the commit."""

    order: MergeOrder
    now: datetime
    law: Regulation
    ledger: register.Ledger
    intake: Intake
    choices: Sequence[versions.Choice]
    checked: Checked
    plan: Plan

    @property
    def report(self) -> Report:
        findings = self.intake.unreadable_findings() + self.checked.findings + outcome.findings(self)
        return Report(self.intake.statuses(self.checked), findings, outcome.districts(self), self.plan)

    @property
    def code(self) -> str:
        """Sixteen hexadecimal digits that change with any return and with anything the plan would write."""
        plan = self.plan
        parts = (self.order.year, self.order.form, sorted((source.file, source.sha256) for source in self.intake.returns),
                 [(row.sheet, row.key, sorted(row.values.items())) for row in plan.added],
                 [(change.sheet, change.row, sorted(change.fields.items())) for change in plan.changed], plan.conflicts)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16].upper()


def order_for(folder: Path, year: int, *, ledger: Path | Keeper | None = None, out: Path | None = None, form: str | None = None,
          **given: Any) -> MergeOrder:
    """An order with the customary places: ledger and results beside the folder of returns. UserError where that cannot be merged."""
    if not folder.is_dir():
        raise UserError(f"“{folder}”不是文件夹。请给出存放各区（县）报表的文件夹。")
    form = form or RECOMMENDATION.name
    if forms.find(form) not in RETURN_FORMS:
        known = "”“".join(form.name for form in RETURN_FORMS)
        raise UserError(f"“{form}”不能汇总入账。请从“{known}”中选择。")
    beside = folder.resolve().parent
    return MergeOrder(folder, year, keeper(ledger or _customary(beside)), out or beside / f"{folder.resolve().name}_合并结果", form, **given)


def _customary(folder: Path) -> Path:
    """The ledger in a folder: with buttons, unless one without them is there already."""
    plain = folder / f"{LEDGER.name}.xlsx"
    buttons = plain.with_suffix(".xlsm")
    return plain if plain.exists() and not buttons.exists() else buttons


def merge(order: MergeOrder, now: datetime, progress: Progress = silent) -> Report:
    """Merge one folder. A dry run goes the same way up to the write. UserError where a path stands in the way."""
    if order.dry_run:
        return prepared(order, now, progress).report
    order.ledger.path.parent.mkdir(parents=True, exist_ok=True)
    with order.ledger.held():
        done = prepared(order, now, progress)
        if order.previewed not in ("", done.code):
            raise UserError("预览之后，报表或台账有了变化，没有入账。请重新预览，核对后再确认。")
        report = done.report
        _commit(done, report)
    report.outputs += outcome.write(done, report)
    report.outputs += write_marked(done.intake, done.checked, order.out / "标记副本", order.password)
    return report


def prepared(order: MergeOrder, now: datetime, progress: Progress = silent) -> Merge:
    """Everything but the writing. UserError where there is nothing to merge."""
    law = in_force(now.date())
    opened = order.ledger.load(law)
    standing = opened.standing
    books = Books(standing)
    with deciding(law):
        law = of_year(books, standing.parameters(law), order.year, now.date())
    intake = take_in([order.folder], law, order.password, progress)
    if not intake.returns and not intake.unreadable:
        raise UserError(nothing_to_read(intake))
    wanted = forms.find(order.form)
    for source in intake.returns:
        if source.form and source.form is not wanted and not source.refused:
            source.findings.append(finding("F-form-other", Place(source.file), source.form.name, wanted=wanted.name))
        elif source.year is not None and source.year != order.year and not source.refused:
            source.findings.append(finding("F-year-other", Place(source.file), source.year, wanted=order.year))
    choices = versions.choose([source for source in intake.returns if source.form is wanted and source.year in (None, order.year)])
    checked = admission.run(intake.returns, law, books, [choice.chosen for choice in choices])
    return Merge(order, now, law, opened, intake, choices, checked, plan.build(choices, checked, books, law))


def _commit(done: Merge, report: Report) -> None:
    """Archive the originals and write the ledger once; a plan that changes nothing writes nothing."""
    kept = done.order.ledger
    for source in done.intake.returns:
        store.archive(done.intake.paths[source.file], kept.path.parent / ARCHIVE)
    if done.plan.empty and kept.exists:
        return
    entry = register.Entry(done.now, "合并区县报表", getpass.getuser(), f"{done.order.year}年度{done.order.form}",
                         outcome.summary(report))
    kept.write(done.ledger, register.edits(done.ledger, done.plan, entry, done.law), done.now)
    report.outputs.append(kept.path)


def undo(place: Path | Keeper, now: datetime) -> Report:
    """Back to the copy before the last write. The undone state is kept, and 操作日志 says what was undone."""
    kept = keeper(place)
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置。")
    law = in_force(now.date())
    last = register.log_rows(kept.load(law))
    what = "，".join(str(part) for part in last[-1][1:6] if part) if last else "上一次写入"
    kept.undo(register.Entry(now, "撤销上一步", getpass.getuser(), kept.path.name, f"撤销：{what}"), law)
    return Report(outputs=[kept.path])
