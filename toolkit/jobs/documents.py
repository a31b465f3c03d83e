"""Official documents from the ledger: what they say equals what the ledger says, and what they decide is registered with them.

A draft is made first; a preview shows it, otherwise it is written: paper aside, ledger, paper in place.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from toolkit.errors import UserError, likely
from toolkit.forms.papers import OFFERED, paper
from toolkit.jobs import (
    application_documents,
    assessment_documents,
    entry_documents,
    naming_documents,
    reminder_documents,
    studio_documents,
    support_documents,
    training_documents,
)
from toolkit.jobs.both_sides import BothSides
from toolkit.jobs.document_index import indexed, left_out
from toolkit.jobs.drafts import Builder, Draft, insist
from toolkit.jobs.issuing import IssuingContext, deciding, open_issuing, written
from toolkit.jobs.keeping import Keeper, grown, keeper
from toolkit.jobs.naming_documents import NAMED_LIST, NAMING_NOTICE, PUBLIC_NOTICE
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import Report
from toolkit.ledger import validity
from toolkit.ledger.decisions import Decision
from toolkit.ledger.simulation import foreseen
from toolkit.pages import register
from toolkit.returns.findings import ERROR, Place
from toolkit.sheets.disk import uninterrupted

__all__ = ["BUILDERS", "NAMED_LIST", "NAMING_NOTICE", "PUBLIC_NOTICE", "documents", "draft"]

TEMPLATES = "公文模板"  # folder beside the ledger for Word templates the bureau made its own
BEGINNINGS = ("公示", "命名")  # acts that begin something, which R22 allows within the term only

BUILDERS: Mapping[str, Builder] = {
    PUBLIC_NOTICE: naming_documents.public_notice, NAMING_NOTICE: naming_documents.naming_notice, NAMED_LIST: naming_documents.named_list,
    "证书与牌匾": naming_documents.certificates, "备案报告": support_documents.filing_report, "经费拨付通知": support_documents.funding_notice,
    "初审推荐报告": application_documents.recommendation_reports, "申报表": application_documents.application_forms,
    "评审表决记录": application_documents.voting_record, "目标任务书": studio_documents.targets, "师带徒协议": studio_documents.apprenticeships,
    "培训补贴名单": training_documents.subsidy_list,
    "年度评估通报": assessment_documents.annual_notice, "考核评估标准": assessment_documents.forms,
    "考核结果通报": assessment_documents.results_notice, "撤销称号决定": entry_documents.revoking_decisions,
    "取消称号决定": entry_documents.cancelling_decisions, "追回资金通知书": entry_documents.recovery_notices,
    "变更复函": entry_documents.change_replies, "催报函": reminder_documents.reminders}
"""Kind → what makes its draft from the ledger."""


@dataclass(frozen=True)
class _Run:
    """One run of one kind."""

    kind: str
    issuing: IssuingContext
    draft: Draft
    now: datetime


def documents(kind: str, place: Path | Keeper, out: Path, on: date, now: datetime, year: int | None = None,
              template: Path | None = None, number: str = "", replace: bool = False, studio: str = "", district: str = "",
              dry_run: bool = False) -> Report:
    """Write the documents of one kind into `out`. `on`: the day of the document (公示: the day it is published).

    `template`: the bureau's own; None: the one of that name in 公文模板 beside the ledger, else the one that ships. `number`: the 文号,
    of several papers the first; `studio`: 编号 or name of the one studio, `district`: the one district that is meant. What a document
    decides is registered in the ledger. `dry_run`: nothing is written, the report tells what would be. A document that stands there and
    says something else stays, the new one beside it, unless `replace`. UserError where the ledger is not ready for the document.
    """
    kept = keeper(place)
    if kind not in OFFERED:
        raise UserError(f"没有“{kind}”这种文书。{likely(kind, OFFERED)}请从这些里选：{'、'.join(OFFERED)}。")
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    own = kept.path.parent / TEMPLATES / f"{kind}.docx"
    template = template or (own if own.is_file() else None)

    def opened() -> _Run:
        issuing = open_issuing(kept, on, year, template, number=number, studio=studio, district=district, preview=dry_run)
        return _Run(kind, issuing, draft(kind, issuing), now)

    if dry_run:
        return _previewed(opened())
    with Outputs(out, keeps=not replace) as outputs:
        indexed(outputs, kept, on, now)
        if paper(kind).register or paper(kind).series:
            with kept.held():
                report = _carried_out(opened(), outputs)
        else:
            report = _carried_out(opened(), outputs)
        outputs.release()
        report.outputs = outputs.where(report.outputs)
        report.findings += outputs.findings
    return report


def draft(kind: str, issuing: IssuingContext) -> Draft:
    """What the documents of a kind say and register. UserError where the ledger, or R22, does not let them be made."""
    place, law, on = Place(issuing.name), issuing.law, issuing.on
    begins = paper(kind).act in BEGINNINGS
    insist((validity.may_begin if begins else validity.may_go_on)(on, place, law))
    with deciding(law):
        made = BUILDERS[kind](issuing)
    if not made.plan.empty:
        with deciding(law):
            insist(Decision(tuple(found for found in foreseen(issuing.watch, made.plan)[1] if found.level == ERROR)))
    made.findings += [] if begins else validity.for_review(on, place, law)
    return made


def _previewed(run: _Run) -> Report:
    """What would be written, rendered to see that it can be; the report names the files and what the ledger would get."""
    from toolkit.documents.context import file_name
    from toolkit.documents.kinds import kind_named
    from toolkit.documents.render import render

    for context in run.draft.contexts:
        render(run.kind, context, run.issuing.template)
    planned = [file_name(kind_named(run.kind), context) for context in run.draft.contexts]
    return Report(plan=run.draft.plan, findings=run.draft.findings, planned=planned)


def _carried_out(run: _Run, out: Outputs) -> Report:
    """Everything is made aside; then the ledger is written, and at once the papers are put in place."""
    issuing, made = run.issuing, run.draft
    report = Report(plan=made.plan, findings=made.findings)
    sides = BothSides(issuing.law, issuing.name)
    report.outputs += [written(run.kind, context, out, issuing.template, sides.finish) for context in made.contexts]
    report.findings += sides.findings
    if made.workbook:
        report.outputs.append(_workbook(made, report.outputs[0].stem, out, paper(run.kind).public))
    out.left_out = left_out(report.findings)
    if made.plan.empty:
        return report
    entry = register.Entry(run.now, f"生成{run.kind}", getpass.getuser(), made.subject, made.summary)
    edits = register.edits(issuing.ledger, made.plan, entry, issuing.law)
    with uninterrupted():
        issuing.keeper.write(issuing.ledger, edits, entry.time)
        out.release(f"“{entry.subject}”已登记进台账，再生成一次可以补出公文。但是")
    report.outputs.append(issuing.keeper.path)
    report.findings += grown(issuing.ledger)
    return report


def _workbook(made: Draft, stem: str, out: Outputs, public: bool) -> Path:
    """The list that goes out in Excel; it is public where its paper is."""
    from toolkit.documents.docx_package import unpack
    from toolkit.documents.privacy import refuse_personal
    from toolkit.pages import result_tables

    assert made.workbook is not None, "asked for"
    aside = out.room()
    result_tables.write(aside, *made.workbook)
    if public:
        refuse_personal(f"{stem}.xlsx", unpack(aside.read_bytes()))
    return out.take(aside, f"{stem}.xlsx")
