"""Official documents from the ledger: 公示, 命名授牌通知, 授牌名单 here, those of the assessment in `assessment_documents.py`.

What they say equals what the ledger says.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from toolkit.errors import UserError, likely
from toolkit.forms.register_rows import ApplicationRow, PublicityRow
from toolkit.jobs.assessment_documents import ASSESSMENT
from toolkit.jobs.document_index import indexed, left_out
from toolkit.jobs.issuing import (
    IssuingContext,
    contact,
    deciding,
    heading,
    in_year,
    issued,
    open_issuing,
    ordered,
    red_head,
    unknown_strokes,
    written,
)
from toolkit.jobs.keeping import Keeper, keeper
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import Report
from toolkit.ledger import acts, arrangements, decisions, validity
from toolkit.ledger.decisions import Decision, Selection
from toolkit.ledger.plan import Plan
from toolkit.pages import register
from toolkit.regulation import Regulation, in_force
from toolkit.regulation.calendar import Publicity, add_years, publicity
from toolkit.returns.findings import Place
from toolkit.returns.values import shown
from toolkit.sheets.disk import uninterrupted

TEMPLATES = "公文模板"  # folder beside the ledger for Word templates the bureau made its own
PUBLIC_NOTICE, NAMING_NOTICE, NAMED_LIST = "公示", "命名授牌通知", "授牌名单"
KINDS = (PUBLIC_NOTICE, NAMING_NOTICE, NAMED_LIST, *ASSESSMENT)
APPLIED = ("申报批次", "没有申报。请先合并区县报表。")
COLUMNS = {"工作室名称": "工作室名称", "领办人": "领办人", "申办单位": "申办单位", "职业": "职业(工种)", "区县": "区县",
           "牌匾编号": "牌匾编号"}


def documents(kind: str, place: Path | Keeper, out: Path, on: date, now: datetime, year: int | None = None,
              template: Path | None = None, number: str = "", replace: bool = False) -> Report:
    """Write the documents of one kind into `out`. `on`: the day of the document (公示: the day it is published).

    `template`: the bureau's own; None: the one of that name in 公文模板 beside the ledger, else the one that ships.
    公示 and 命名授牌通知 register in the ledger what they decide; `number` is the 文号 of the latter. A document that stands there
    and says something else stays, the new one beside it, unless `replace`.
    UserError where the ledger is not ready for the document.
    """
    kept = keeper(place)
    if kind not in KINDS:
        raise UserError(f"没有“{kind}”这种文书。{likely(kind, KINDS)}请从这些里选：{'、'.join(KINDS)}。")
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    with Outputs(out, keeps=not replace) as outputs:
        indexed(outputs, kept, on, now)
        report = issue(kind, kept, outputs, on, now, year, template, number)
        outputs.left_out = left_out(report.findings)
        outputs.release()
        report.outputs = outputs.where(report.outputs)
        report.findings += outputs.findings
    return report


def issue(kind: str, kept: Keeper, out: Outputs, on: date, now: datetime, year: int | None, template: Path | None,
            number: str) -> Report:
    own = kept.path.parent / TEMPLATES / f"{kind}.docx"
    template = template or (own if own.is_file() else None)
    place, law = Place(kept.path.name), in_force(on)
    _stop((validity.may_begin if kind in ACTS else validity.may_go_on)(on, place, law))
    if kind in ACTS:
        with kept.held():
            return ACTS[kind](in_year(open_issuing(kept, on, year, template, number), *APPLIED), out, now)
    issuing = open_issuing(kept, on, year, template)
    report = ASSESSMENT[kind](issuing, out) if kind in ASSESSMENT else _named_list(in_year(issuing, *APPLIED), out)
    report.findings += validity.for_review(on, place, law)
    return report


# ---- 公示 ----

def _public_notice(issuing: IssuingContext, out: Outputs, now: datetime) -> Report:
    period = publicity(issuing.on, issuing.law, issuing.holidays)
    selected, plan = _to_publish(issuing, period)
    report = Report(plan=plan, findings=[*selected.left_out])
    context = _public_context(issuing, [{**row.record.values, "区县": row.district} for row in selected.chosen], period)
    report.findings += unknown_strokes(issuing, selected.chosen)
    report.outputs.append(written(PUBLIC_NOTICE, context, out, issuing.template))
    _write(issuing, plan, register.Entry(now, "生成公示", getpass.getuser(), f"{issuing.year}年度公示",
                                         f"登记{len(plan.added)}个工作室，公示期{period.first}至{period.last}"), report, out)
    return report


def _to_publish(issuing: IssuingContext, period: Publicity) -> tuple[Selection[ApplicationRow], Plan]:
    """The applications this notice lists, and the 公示命名 rows to write.

    UserError where there is nothing to publish, or where what decides cannot be read or is not known.
    """
    with deciding(issuing.law):
        _stop(decisions.days_known(period, Place(issuing.name, "年度安排", "", "放假安排已核对"), issuing.law))
        selected = decisions.publishable(issuing.books, issuing.year, issuing.on, issuing.law)
        _stop(selected)
        if not selected.chosen:
            said = "".join(found.message for found in selected.left_out[:3])
            raise UserError(said or f"{issuing.year}年度没有评审通过的申报。请先评审，把“评审表决”表入账后再生成公示。")
        return selected, acts.publish(selected.chosen, issuing.books, issuing.year, period)


def _stop(decided: Selection | Decision) -> None:
    """UserError names every cell that must be mended before anything can be decided, or why something may not be done at all."""
    against = decided.against if isinstance(decided, Decision) else ()
    if found := (*decided.stopping, *against):
        raise UserError("\n".join(f"{each.place}：{each.message}" for each in found))


def _public_context(issuing: IssuingContext, passed: Sequence[Mapping[str, object]], period: Publicity) -> dict:
    from toolkit.documents.wording import chinese_date

    law = issuing.law
    return {
        **heading(issuing.law, issuing.year), "称号": law.facts["honour_title"],
        "办法": {"名称": law.title, "文号": law.number, "命名条款": law.clause("R12-2")},
        "公示": {"起": chinese_date(period.first), "止": chinese_date(period.last), "天数": str(law["publicity_days"]),
               "说明": _how_counted(law, period)},
        "发文": {**issued(issuing.law, issuing.on), "联系": contact(law, "科室", "电话", "地址", "邮箱", "监督电话")},
        "名单": _list(issuing, passed, with_plaque=False),
    }


def _how_counted(law: Regulation, period: Publicity) -> str:
    from toolkit.documents.wording import chinese_date

    text = "自发布当日起算" if law.yes("publicity_counts_first_day") else "自发布次日起算"
    if law["publicity_day_kind"] == "工作日":
        text += "，按工作日计"
    if period.postponed_from:
        text += f"，末日{chinese_date(period.postponed_from)}为休息日，顺延至{chinese_date(period.last)}"
    return text


# ---- 命名授牌通知、授牌名单 ----

def _named(issuing: IssuingContext, once: bool = False) -> tuple[list[PublicityRow], Report]:
    """Studios that may be named on the day, and why others may not. once: none that was named on another day."""
    selected = decisions.nameable(issuing.books.publicity, issuing.year, issuing.on, issuing.law, issuing.holidays, once)
    _stop(selected)
    if not selected.chosen:
        said = "".join(found.message for found in selected.left_out[:3])
        raise UserError(said or f"{issuing.year}年度还没有公示登记。请先生成公示，公示期满后再命名。")
    report = Report(findings=[*selected.left_out, *unknown_strokes(issuing, selected.chosen)])
    return selected.chosen, report


def _naming_notice(issuing: IssuingContext, out: Outputs, now: datetime) -> Report:
    """The notice, and what it decides written into the ledger: number, day, 编号, the studios' rows."""
    named, report = _named(issuing, once=True)
    number = issuing.number or shown(issuing.law["naming_document_number"])
    if not number:
        raise UserError(f"命名通知要有文号。请在台账“年度安排”表{issuing.year}年一行填写命名通知文号，或随命令给出。")
    with deciding(issuing.law):
        if refused := arrangements.number_refused(number, issuing.on, issuing.books, issuing.law):
            raise UserError(f"{refused.place}：{refused.message}")
        plan = acts.name(named, issuing.books, issuing.law, number, issuing.on)
    issuing = replace(issuing, law=issuing.law.overridden({"naming_document_number": number}))
    report.plan = plan
    report.outputs.append(written(NAMING_NOTICE, _naming_context(issuing, named), out, issuing.template))
    _write(issuing, plan, register.Entry(now, "生成命名授牌通知", getpass.getuser(), number,
                                         f"命名{len(named)}个工作室，命名日期{issuing.on}"), report, out)
    return report


def _write(issuing: IssuingContext, plan: Plan, entry: register.Entry, report: Report, out: Outputs) -> None:
    """Register what a document decides, then put the document in place; nothing where it is registered already."""
    if plan.empty:
        return
    out.left_out = left_out(report.findings)
    with uninterrupted():
        issuing.keeper.write(issuing.ledger, register.edits(issuing.ledger, plan, entry, issuing.law), entry.time)
        out.release(f"“{entry.subject}”已登记进台账，再生成一次可以补出公文。但是")
    report.outputs.append(issuing.keeper.path)


def _naming_context(issuing: IssuingContext, named: Sequence[PublicityRow]) -> dict:
    from toolkit.documents.wording import amount, chinese_date

    law, on = issuing.law, chinese_date(issuing.on)
    subsidy = Decimal(law["subsidy_yuan"])
    return {
        **heading(issuing.law, issuing.year), "称号": law.facts["honour_title"],
        "办法": {"名称": law.title, "文号": law.number,
               "命名条款": law.clause("R12-2"), "经费条款": law.clause("R13-1"),
               "任务条款": law.parameters["trainees_per_cycle"].clause, "变更条款": law.clause("R18-0"),
               "考核条款": law.parameters["construction_years"].clause},
        "公示": _period(issuing, named),
        "经费": {"单项": amount(subsidy), "合计": amount(subsidy * len(named)),
               "配套": amount(Decimal(law["matching_minimum_yuan"])), "来源": law.facts["subsidy_source"]},
        "周期": {"年数": str(law["construction_years"]), "起": on,
               "止": chinese_date(add_years(issuing.on, law["construction_years"]))},
        "要求": {"培养年数": str(law["construction_years"]), "培养人数": str(law["trainees_per_cycle"]),
               "考核提前": str(law["assessment_window_months"]), "禁申年数": str(law["bar_years"])},
        "发文": red_head(law, issuing.on, "naming_document_number"),
        "名单": _list(issuing, [row.record.values for row in named], with_plaque=True),
    }


def _period(issuing: IssuingContext, named: Sequence[PublicityRow]) -> dict[str, str]:
    """R12-1: the first and the last day of publicity, as the 公示 printed them."""
    from toolkit.documents.wording import chinese_date

    first = min(publicity(row.published_on, issuing.law, issuing.holidays).first for row in named if row.published_on)
    last = max(filter(None, (decisions.public_until(row, issuing.law, issuing.holidays) for row in named)))
    return {"起": chinese_date(first), "止": chinese_date(last)}


def _named_list(issuing: IssuingContext, out: Outputs) -> Report:
    """The list of plaques in Word and in Excel; both are public."""
    from toolkit.documents.docx_package import unpack
    from toolkit.documents.privacy import refuse_personal
    from toolkit.pages import result_tables

    named, report = _named(issuing)
    listed = _list(issuing, [row.record.values for row in named], with_plaque=True)
    head = heading(issuing.law, issuing.year)
    context = {**head, "发文": issued(issuing.law, issuing.on), "名单": listed}
    path = written(NAMED_LIST, context, out, issuing.template)
    made, headers = out.room(), ("序号", *COLUMNS)
    result_tables.write(made, [(NAMED_LIST, headers, [tuple(row[header] for header in headers) for row in listed])],
                   f"{issuing.year}年度{issuing.law.facts['studio_title']}授牌名单", head["排序"])
    refuse_personal(f"{path.stem}.xlsx", unpack(made.read_bytes()))
    report.outputs += [path, out.take(made, f"{path.stem}.xlsx")]
    return report


def _list(issuing: IssuingContext, rows: Sequence[Mapping[str, object]], with_plaque: bool) -> list[dict[str, str]]:
    """The list as printed: ordered by the bureau's choice, numbered, no ID or phone columns."""
    columns = {key: header for key, header in COLUMNS.items() if with_plaque or key != "牌匾编号"}
    return [{"序号": str(number)} | {key: shown(row.get(header)) for key, header in columns.items()}
            for number, row in enumerate(ordered(issuing.law, rows), 1)]


ACTS = {PUBLIC_NOTICE: _public_notice, NAMING_NOTICE: _naming_notice}
"""Documents that register what they decide."""
