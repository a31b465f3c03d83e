"""Official documents from the ledger: 公示, 命名授牌通知, 授牌名单 here, those of the assessment in `assessment_documents.py`.

What they say equals what the ledger says.
"""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from toolkit.errors import UserError, likely
from toolkit.jobs.assessment_documents import ASSESSMENT
from toolkit.jobs.issuing import (
    IssuingContext,
    contact,
    heading,
    in_year,
    issued,
    open_issuing,
    ordered,
    red_head,
    written,
)
from toolkit.jobs.keeping import Keeper, keeper
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import Report
from toolkit.ledger.ledger_rows import LedgerRow
from toolkit.ledger.plan import Change, Plan
from toolkit.pages import register
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Publicity, add_years, publicity
from toolkit.returns.findings import Place
from toolkit.returns.messages import finding
from toolkit.returns.values import shown
from toolkit.sheets.disk import uninterrupted

TEMPLATES = "公文模板"  # folder beside the ledger for Word templates the bureau made its own
PUBLIC_NOTICE, NAMING_NOTICE, NAMED_LIST = "公示", "命名授牌通知", "授牌名单"
KINDS = (PUBLIC_NOTICE, NAMING_NOTICE, NAMED_LIST, *ASSESSMENT)
APPLIED = ("申报批次", "没有申报。请先合并区县报表。")
COLUMNS = {"工作室名称": "工作室名称", "领办人": "领办人", "申办单位": "申办单位", "职业": "职业(工种)", "区县": "区县",
           "牌匾编号": "牌匾编号"}


def documents(kind: str, place: Path | Keeper, out: Path, on: date, now: datetime, year: int | None = None,
              template: Path | None = None) -> Report:
    """Write the documents of one kind into `out`. `on`: the day of the document (公示: the day it is published).

    `template`: the bureau's own; None: the one of that name in 公文模板 beside the ledger, else the one that ships.
    公示 is registered in the ledger's 公示命名. UserError where the ledger is not ready for the document.
    """
    kept = keeper(place)
    if kind not in KINDS:
        raise UserError(f"没有“{kind}”这种文书。{likely(kind, KINDS)}请从这些里选：{'、'.join(KINDS)}。")
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    with Outputs(out) as outputs:
        report = _issued(kind, kept, outputs, on, now, year, template)
        outputs.release()
        report.outputs = outputs.where(report.outputs)
        report.findings += outputs.findings
    return report


def _issued(kind: str, kept: Keeper, out: Outputs, on: date, now: datetime, year: int | None, template: Path | None) -> Report:
    own = kept.path.parent / TEMPLATES / f"{kind}.docx"
    template = template or (own if own.is_file() else None)
    if kind == PUBLIC_NOTICE:
        with kept.held():
            return _public_notice(in_year(open_issuing(kept, on, year, template), *APPLIED), out, now)
    issuing = open_issuing(kept, on, year, template)
    if kind in ASSESSMENT:
        return ASSESSMENT[kind](issuing, out)
    issuing = in_year(issuing, *APPLIED)
    return _naming_notice(issuing, out) if kind == NAMING_NOTICE else _named_list(issuing, out)


# ---- 公示 ----

def _public_notice(issuing: IssuingContext, out: Outputs, now: datetime) -> Report:
    passed = _passed(issuing)
    period = publicity(issuing.on, issuing.law, issuing.holidays)
    plan = _register(issuing, passed, period)
    context = _public_context(issuing, passed, period)
    report = Report(plan=plan, outputs=[written(PUBLIC_NOTICE, context, out, issuing.template)])
    if not period.calendar_known:
        report.findings.append(finding("M-holidays", Place(issuing.name, "参数", "", "增补休息日"),
                                       period.last.year, issuing.law.clause("R12-1")))
    if not plan.empty:
        entry = register.Entry(now, "生成公示", getpass.getuser(), f"{issuing.year}年度公示",
                             f"登记{len(plan.added)}个工作室，公示期{period.first}至{period.last}")
        with uninterrupted():
            issuing.keeper.write(issuing.ledger, register.edits(issuing.ledger, plan, entry, issuing.law), now)
            out.release("公示已登记进台账，再生成一次可以补出公文。但是")
        report.outputs.append(issuing.keeper.path)
    return report


def _passed(issuing: IssuingContext) -> list[dict[str, object]]:
    """Applications that passed the review; held ones must be ruled on first."""
    passes, keeps = issuing.law.lists["review_results"].where("passes"), issuing.law.lists["rulings"].where("keeps")
    rows = [row for row in issuing.ledger.standing.records("申报批次")
            if row["年度"] == issuing.year and row["评审结论"] in passes]
    if not rows:
        raise UserError(f"{issuing.year}年度没有评审结论为“通过”的申报。请在台账“申报批次”表填写评审结论后再生成公示。")
    for status, action in (("挂起", "裁定"), ("待说明", "说明")):
        waiting = [row["工作室名称"] for row in rows if row["申报状态"] == status and row["裁定"] not in keeps]
        if waiting:
            raise UserError(f"“{'”“'.join(map(shown, waiting))}”还是“{status}”，不能公示。请先{action}，再生成公示。")
    return [{**row.values, "区县": row["推荐区县"]} for row in rows]


def _register(issuing: IssuingContext, passed: Sequence[dict], period: Publicity) -> Plan:
    """公示命名 rows of this notice. A studio already published on another day stops the job."""
    known = {(row["年度"], row["工作室名称"]): row for row in issuing.ledger.standing.records("公示命名")}
    plan = Plan()
    for row in passed:
        key = (issuing.year, row["工作室名称"])
        earlier = known.get(key)
        if earlier is not None and earlier["公示发布日"] not in (None, period.published):
            raise UserError(f"“{row['工作室名称']}”已登记于{earlier['公示发布日']}公示。请核对日期；确要改期的，"
                            "先用“撤销上一步”或清空“公示命名”表的公示发布日。")
        values = {header: row.get(header) for header in ("工作室名称", "区县", "领办人", "申办单位", "职业(工种)")}
        values |= {"年度": issuing.year, "公示发布日": period.published, "公示止日": period.last}
        if earlier is None:
            plan.added.append(LedgerRow("公示命名", key, values))
        elif earlier["公示发布日"] is None:
            plan.changed.append(Change("公示命名", earlier.row, shown(key[1]), {
                header: (None, values[header]) for header in ("公示发布日", "公示止日")}))
        else:
            plan.unchanged += 1
    return plan


def _public_context(issuing: IssuingContext, passed: Sequence[dict], period: Publicity) -> dict:
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

def _named(issuing: IssuingContext) -> tuple[list[dict[str, object]], Report]:
    """Studios whose publicity is over by the day and that nobody objects to any more."""
    rows = [row for row in issuing.ledger.standing.records("公示命名") if row["年度"] == issuing.year and row["公示止日"]]
    if not rows:
        raise UserError(f"{issuing.year}年度还没有公示登记。请先生成公示，公示期满后再命名。")
    early = [row for row in rows if issuing.on <= row["公示止日"]]
    if early:
        until = early[0]["公示止日"]
        raise UserError(f"{issuing.on}公示期还没有满（“{early[0]['工作室名称']}”至{until}）。请在期满次日及以后命名。")
    report = Report()
    clear = []
    for row in rows:
        if row["异议"] == "是" and not row["异议处理结果"]:
            place = row.place("异议处理结果")
            report.findings.append(finding("R12-2", place, row["工作室名称"], issuing.law.clause("R12-2")))
        else:
            clear.append(dict(row.values))
    if not clear:
        raise UserError("公示名单都有未了结的异议，不能命名。请在“公示命名”表填写异议处理结果。")
    return clear, report


def _naming_notice(issuing: IssuingContext, out: Outputs) -> Report:
    named, report = _named(issuing)
    report.outputs.append(written(NAMING_NOTICE, _naming_context(issuing, named), out, issuing.template))
    return report


def _naming_context(issuing: IssuingContext, named: Sequence[dict]) -> dict:
    from toolkit.documents.wording import amount, chinese_date

    law, on = issuing.law, chinese_date(issuing.on)
    subsidy = Decimal(law["subsidy_yuan"])
    return {
        **heading(issuing.law, issuing.year), "称号": law.facts["honour_title"],
        "办法": {"名称": law.title, "文号": law.number,
               "命名条款": law.clause("R12-2"), "经费条款": law.clause("R13-1"),
               "任务条款": law.parameters["trainees_per_cycle"].clause, "变更条款": law.clause("R18-0"),
               "考核条款": law.parameters["construction_years"].clause},
        "公示": _period(named),
        "经费": {"单项": amount(subsidy), "合计": amount(subsidy * len(named)),
               "配套": amount(Decimal(law["matching_minimum_yuan"])), "来源": law.facts["subsidy_source"]},
        "周期": {"年数": str(law["construction_years"]), "起": on,
               "止": chinese_date(add_years(issuing.on, law["construction_years"]))},
        "要求": {"培养年数": str(law["construction_years"]), "培养人数": str(law["trainees_per_cycle"]),
               "考核提前": str(law["assessment_window_months"]), "禁申年数": str(law["bar_years"])},
        "发文": red_head(law, issuing.on, "naming_document_number"),
        "名单": _list(issuing, named, with_plaque=True),
    }


def _period(named: Sequence[dict]) -> dict[str, str]:
    from toolkit.documents.wording import chinese_date
    from toolkit.regulation.calendar import DAY

    published, last = min(row["公示发布日"] for row in named), max(row["公示止日"] for row in named)
    return {"起": chinese_date(published + DAY), "止": chinese_date(last)}


def _named_list(issuing: IssuingContext, out: Outputs) -> Report:
    """The list of plaques in Word and in Excel."""
    from toolkit.pages import result_tables

    named, report = _named(issuing)
    context = {**heading(issuing.law, issuing.year), "发文": issued(issuing.law, issuing.on), "名单": _list(issuing, named, with_plaque=True)}
    path = written(NAMED_LIST, context, out, issuing.template)
    made, headers = out.room(), ("序号", *COLUMNS)
    result_tables.write(made, [(NAMED_LIST, headers, [tuple(row[header] for header in headers) for row in context["名单"]])],
                  f"{issuing.year}年度{issuing.law.facts['studio_title']}授牌名单", context["排序"])
    report.outputs += [path, out.take(made, f"{path.stem}.xlsx")]
    return report


def _list(issuing: IssuingContext, rows: Sequence[dict], with_plaque: bool) -> list[dict[str, str]]:
    """The list as printed: ordered by the bureau's choice, numbered, no ID or phone columns."""
    columns = {key: header for key, header in COLUMNS.items() if with_plaque or key != "牌匾编号"}
    return [{"序号": str(number)} | {key: shown(row.get(header)) for key, header in columns.items()}
            for number, row in enumerate(ordered(issuing.law, rows), 1)]
