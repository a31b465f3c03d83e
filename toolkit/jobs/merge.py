"""Merge the districts' returns into the ledger: read, check, plan, and on commit write once, logged and undoable."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from toolkit import forms
from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.jobs import originals, outcome
from toolkit.jobs.check import mark, nothing_to_read, refuse_same_folder
from toolkit.jobs.intake import Intake, Progress, isolated, silent, take_in
from toolkit.jobs.issuing import deciding
from toolkit.jobs.keeping import ARCHIVE, Keeper, grown, keeper
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import Report
from toolkit.jobs.workers import RETURN_FORMS
from toolkit.ledger import admission, plan, versions
from toolkit.ledger.arrangements import of_year
from toolkit.ledger.books import Books
from toolkit.ledger.plan import Plan
from toolkit.pages import register
from toolkit.regulation import Regulation, in_force
from toolkit.returns.checks import Checked
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.sheets.disk import uninterrupted

MERGED_FORMS = (*RETURN_FORMS, forms.ASSESSMENT)
"""What a district returns, and what a studio's assessment holds as evidence."""


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


class Prepared(Protocol):
    """A merge as it was found out, with everything but the writing done."""

    order: MergeOrder
    now: datetime
    law: Regulation
    ledger: register.Ledger
    operation: str
    """As 操作日志 calls it."""

    @property
    def plan(self) -> Plan: ...

    @property
    def report(self) -> Report: ...

    @property
    def code(self) -> str: ...

    @property
    def originals(self) -> Sequence[Path]: ...

    def marked(self, outputs: Outputs) -> list[Finding]:
        """Marked copies are prepared; a file that cannot be marked is a finding."""
        ...

    def results(self, report: Report, outputs: Outputs, logged: Sequence[object] | None) -> None:
        """What people get beside them is prepared. `logged`: the line of 操作日志 that is added, None where none is."""
        ...


@dataclass
class Merge:
    """Everything a merge of districts' returns found out, before and after the commit."""

    order: MergeOrder
    now: datetime
    law: Regulation
    ledger: register.Ledger
    intake: Intake
    operation: str = "合并区县报表"
    choices: Sequence[versions.Choice] = ()
    checked: Checked = field(default_factory=Checked)
    plan: Plan = field(default_factory=Plan)

    @property
    def report(self) -> Report:
        findings = self.intake.unreadable_findings() + self.checked.findings + outcome.findings(self)
        return Report(self.intake.statuses(self.checked), findings, outcome.districts(self), self.plan)

    @property
    def code(self) -> str:
        return preview_code(self.order, [(source.file, source.sha256) for source in self.intake.returns], self.plan)

    @property
    def originals(self) -> Sequence[Path]:
        return [self.intake.paths[source.file] for source in self.intake.returns]

    def marked(self, outputs: Outputs) -> list[Finding]:
        return mark(self.intake, self.checked, outputs, self.order.password)

    def results(self, report: Report, outputs: Outputs, logged: Sequence[object] | None) -> None:
        outcome.prepare(self, report, outputs, logged)


def preview_code(order: MergeOrder, files: Sequence[tuple[str, str]], plan: Plan) -> str:
    """Sixteen hexadecimal digits that change with any file (name, sha256) and with anything the plan would write."""
    parts = (order.year, order.form, sorted(files), [(row.sheet, row.key, sorted(row.values.items())) for row in plan.added],
             [(change.sheet, change.row, sorted(change.fields.items())) for change in plan.changed], plan.conflicts)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16].upper()


def order_for(folder: Path, year: int, *, ledger: Path | Keeper | None = None, out: Path | None = None, form: str | None = None,
          **given: Any) -> MergeOrder:
    """An order with the customary places: ledger and results beside the folder of returns. UserError where that cannot be merged."""
    if not folder.is_dir():
        raise UserError(f"“{folder}”不是文件夹。请给出存放各区（县）报表的文件夹。")
    form = RECOMMENDATION.name if form is None else form
    if forms.find(form) not in MERGED_FORMS:
        known = "”“".join(form.name for form in MERGED_FORMS)
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
    refuse_same_folder([order.folder], order.out)
    order.ledger.path.parent.mkdir(parents=True, exist_ok=True)
    with order.ledger.held(), Outputs(order.out) as outputs, Outputs(order.ledger.path.parent / ARCHIVE) as archive:
        done = prepared(order, now, progress)
        if order.previewed not in ("", done.code):
            raise UserError("预览之后，报表或台账有了变化，没有入账。请重新预览，核对后再确认。")
        return _carried_out(done, outputs, archive)


def prepared(order: MergeOrder, now: datetime, progress: Progress = silent) -> Prepared:
    """Everything but the writing. UserError where there is nothing to merge."""
    if forms.find(order.form) is forms.ASSESSMENT:
        from toolkit.jobs import enter_evidence

        return enter_evidence.prepared(order, now, progress)
    return _of_returns(order, now, progress)


def _of_returns(order: MergeOrder, now: datetime, progress: Progress) -> Merge:
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
    merge = Merge(order, now, law, opened, intake)
    isolated(intake, lambda: _judge(merge, books))
    return merge


def _judge(merge: Merge, books: Books) -> None:
    """Choices, findings and plan of the returns that were taken in."""
    order, returns = merge.order, merge.intake.returns
    wanted = forms.find(order.form)
    merge.choices = versions.choose([source for source in returns if source.form is wanted and source.year in (None, order.year)])
    merge.checked = admission.run(returns, merge.law, books, [choice.chosen for choice in merge.choices])
    merge.plan = plan.build(merge.choices, merge.checked, books, merge.law)


def _carried_out(done: Prepared, outputs: Outputs, archive: Outputs) -> Report:
    """Everything handed out is made first; then the ledger is written once, and the rest put in place.

    A plan that changes nothing writes nothing.
    """
    order, kept, report = done.order, done.order.ledger, done.report
    writes = not done.plan.empty or not kept.exists
    report.findings += done.marked(outputs.below("标记副本"))
    entry = register.Entry(done.now, done.operation, getpass.getuser(), f"{order.year}年度{order.form}", outcome.summary(report))
    edits = register.edits(done.ledger, done.plan, entry, done.law)
    done.results(report, outputs, register.logged(edits) if writes else None)
    originals.prepare(done.originals, archive)
    with uninterrupted():
        if writes:
            kept.write(done.ledger, edits, done.now)
            report.outputs.append(kept.path)
            report.findings += grown(done.ledger)
        said = f"已入账（{outcome.summary(report)}），再运行一次不会重复入账。但是" if writes else ""
        try:
            report.outputs += outputs.release(said)
        finally:
            archive.release(said)
    report.findings += outputs.findings
    return report


def undo(place: Path | Keeper, now: datetime) -> Report:
    """Back to the copy before the last write. The undone state is kept, and 操作日志 says what was undone."""
    kept = keeper(place)
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置。")
    law = in_force(now.date())
    typed = kept.typed()
    try:
        last = register.log_rows(kept.load(law))
    except UserError:  # a damaged ledger is what undoing is for
        last = []
    what = "，".join(str(part) for part in last[-1][1:6] if part) if last else "上一次写入"
    aside = kept.undo(register.Entry(now, "撤销上一步", getpass.getuser(), kept.path.name, f"撤销：{what}"), law)
    place_of = Place(kept.path.name)
    report = Report(outputs=[kept.path])
    if typed is None:
        report.findings.append(finding("M-undone-unknown", place_of, kept=aside))
    elif typed:
        report.findings.append(finding("M-undone", place_of, typed, kept=aside))
    return report
