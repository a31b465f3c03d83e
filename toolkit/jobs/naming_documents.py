"""公示, 命名授牌通知, 授牌名单, 证书与牌匾: from the review to the plaque.

Source: 乌人社规〔2023〕1号 第十二条
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from toolkit.forms.register_rows import ApplicationRow, PublicityRow
from toolkit.jobs.drafts import Draft, insist, nothing, numbered, stop
from toolkit.jobs.issuing import (
    IssuingContext,
    contact,
    deciding,
    heading,
    in_year,
    issued,
    law_named,
    ordered,
    red_head,
    unknown_strokes,
)
from toolkit.ledger import act_decisions, acts, decisions, issued_acts
from toolkit.ledger.decisions import Decision, Selection
from toolkit.ledger.plan import Plan
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Publicity, add_years, publicity
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

PUBLIC_NOTICE, NAMING_NOTICE, NAMED_LIST, CERTIFICATES = "公示", "命名授牌通知", "授牌名单", "证书与牌匾"
APPLIED = ("申报批次", "没有申报。请先合并区县报表。")
PUBLISHED = ("公示命名", "还没有公示登记。请先生成公示。")
COLUMNS = {"工作室名称": "工作室名称", "领办人": "领办人", "申办单位": "申办单位", "职业": "职业(工种)", "区县": "区县",
           "牌匾编号": "牌匾编号"}


# ---- 公示 ----

def public_notice(issuing: IssuingContext) -> Draft:
    """What passed the review, made public from the day on; registered with the last day of the period."""
    issuing = in_year(issuing, *APPLIED)
    period = publicity(issuing.on, issuing.law, issuing.holidays)
    selected, plan = _to_publish(issuing, period)
    context = _public_context(issuing, [{**row.record.values, "区县": row.district} for row in selected.chosen], period)
    return Draft([context], plan, [*selected.left_out, *unknown_strokes(issuing, selected.chosen)], f"{issuing.year}年度公示",
                 f"登记{len(plan.added)}个工作室，公示期{period.first}至{period.last}")


def _to_publish(issuing: IssuingContext, period: Publicity) -> tuple[Selection[ApplicationRow], Plan]:
    """The applications this notice lists, and the 公示命名 rows to write.

    UserError where there is nothing to publish, or where what decides cannot be read or is not known.
    """
    with deciding(issuing.law):
        insist(decisions.days_known(period, Place(issuing.name, "年度安排", "", "放假安排已核对"), issuing.law))
        selected = decisions.publishable(issuing.books, issuing.year, issuing.on, issuing.law)
        stop(selected)
        if not selected.chosen:
            raise nothing(f"{issuing.year}年度没有评审通过的申报。请先评审，把“评审表决”表入账后再生成公示。", selected.left_out)
        return selected, acts.publish(selected.chosen, issuing.books, issuing.year, period)


def _public_context(issuing: IssuingContext, passed: Sequence[Mapping[str, object]], period: Publicity) -> dict:
    from toolkit.documents.wording import chinese_date

    law = issuing.law
    return {
        **heading(issuing.law, issuing.year), "称号": law.facts["honour_title"],
        "办法": law_named(law, 命名条款=law.clause("R12-2")),
        "公示": {"起": chinese_date(period.first), "止": chinese_date(period.last), "天数": str(law["publicity_days"]),
               "说明": _how_counted(law, period)},
        "发文": {**issued(issuing.law, issuing.on), "联系": contact(law, "科室", "电话", "地址", "邮箱", "监督电话")},
        "名单": studio_list(issuing, passed, with_plaque=False),
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

def _nameable(issuing: IssuingContext, once: bool = False) -> tuple[list[PublicityRow], list[Finding]]:
    """Studios that may be named on the day, and why others may not. once: none that was named on another day."""
    with deciding(issuing.law):
        selected = decisions.nameable(issuing.books.publicity, issuing.year, issuing.on, issuing.law, issuing.holidays, once)
    stop(selected)
    if not selected.chosen:
        raise nothing(f"{issuing.year}年度还没有公示登记。请先生成公示，公示期满后再命名。", selected.left_out)
    return selected.chosen, [*selected.left_out, *unknown_strokes(issuing, selected.chosen)]


def naming_notice(issuing: IssuingContext) -> Draft:
    """The notice, and what it decides: number, day, 编号, the studios' rows."""
    issuing = in_year(issuing, *APPLIED)
    named, left_out = _nameable(issuing, once=True)
    arranged = shown(issuing.law["naming_document_number"])
    (number,), lines, said = numbered(issuing, NAMING_NOTICE, [f"{issuing.year}年度"], arranged=arranged)
    with deciding(issuing.law):
        plan = acts.name(named, issuing.books, issuing.law, number, issuing.on)
    return Draft([_naming_context(issuing, named, number)], _with_lines(plan, lines), [*left_out, *said], number,
                 f"命名{len(named)}个工作室，命名日期{issuing.on}")


def _with_lines(plan: Plan, lines: Plan) -> Plan:
    """A plan with its lines of 发文登记. What was registered before there was such a register stays as it is."""
    return plan if plan.empty else issued_acts.together((plan, lines))


def _naming_context(issuing: IssuingContext, named: Sequence[PublicityRow], number: str) -> dict:
    from toolkit.documents.wording import amount, chinese_date

    law, on = issuing.law, chinese_date(issuing.on)
    subsidy = Decimal(law["subsidy_yuan"])
    return {
        **heading(issuing.law, issuing.year), "称号": law.facts["honour_title"],
        "办法": law_named(
            law, 命名条款=law.clause("R12-2"), 经费条款=law.clause("R13-1"), 任务条款=law.parameters["trainees_per_cycle"].clause,
            变更条款=law.clause("R18-0"), 考核条款=law.parameters["construction_years"].clause),
        "公示": public_period(issuing, named),
        "经费": {"单项": amount(subsidy), "合计": amount(subsidy * len(named)),
               "配套": amount(Decimal(law["matching_minimum_yuan"])), "来源": law.facts["subsidy_source"]},
        "周期": {"年数": str(law["construction_years"]), "起": on,
               "止": chinese_date(add_years(issuing.on, law["construction_years"]))},
        "要求": {"培养年数": str(law["construction_years"]), "培养人数": str(law["trainees_per_cycle"]),
               "考核提前": str(law["assessment_window_months"]), "禁申年数": str(law["bar_years"])},
        "发文": red_head(law, issuing.on, number),
        "名单": studio_list(issuing, [row.record.values for row in named], with_plaque=True),
    }


def public_period(issuing: IssuingContext, named: Sequence[PublicityRow]) -> dict[str, str]:
    """R12-1: the first and the last day of publicity, as the 公示 printed them."""
    from toolkit.documents.wording import chinese_date

    first = min(publicity(row.published_on, issuing.law, issuing.holidays).first for row in named if row.published_on)
    last = max(filter(None, (decisions.public_until(row, issuing.law, issuing.holidays) for row in named)))
    return {"起": chinese_date(first), "止": chinese_date(last)}


def named_list(issuing: IssuingContext) -> Draft:
    """The list of plaques in Word and in Excel; both are public."""
    issuing = in_year(issuing, *APPLIED)
    named, left_out = _nameable(issuing)
    listed = studio_list(issuing, [row.record.values for row in named], with_plaque=True)
    head, headers = heading(issuing.law, issuing.year), ("序号", *COLUMNS)
    table = (NAMED_LIST, headers, [tuple(row[header] for header in headers) for row in listed])
    title = f"{issuing.year}年度{issuing.law.facts['studio_title']}授牌名单"
    return Draft([{**head, "发文": issued(issuing.law, issuing.on), "名单": listed}], findings=left_out, workbook=([table], title, head["排序"]))


def certificates(issuing: IssuingContext) -> Draft:
    """Proofs of what the workshop is to print: of the studios that one document named."""
    from toolkit.documents.wording import chinese_date

    issuing = in_year(issuing, *PUBLISHED)
    rows, left_out = registered_namings(issuing, lambda row: act_decisions.may_be_printed(row, issuing.law))
    law, first = issuing.law, rows[0]
    assert first.named_on is not None, "decided on"
    keys = ("序号", "工作室名称", "领办人", "申办单位", "牌匾编号")
    listed = studio_list(issuing, [row.record.values for row in rows], with_plaque=True)
    return Draft([{
        "年度": str(issuing.year), "牌匾": law.facts["studio_title"], "称号": law.facts["honour_title"],
        "办法": law_named(law, 命名条款=law.clause("R12-2")), "命名": {"文号": shown(first.naming_number), "日期": chinese_date(first.named_on)},
        "名单": [{key: row[key] for key in keys} for row in listed], "发文": issued(law, issuing.on)}], findings=left_out)


def registered_namings(issuing: IssuingContext, decide: Callable[[PublicityRow], Decision]) -> tuple[list[PublicityRow], list[Finding]]:
    """The year's studios that one document named and `decide` lets through, the earliest such document first; why others are left out.

    UserError where there is none, or where a cell cannot be read.
    """
    with deciding(issuing.law):
        selected = decisions.select(issuing.books.publicity, lambda row: row.year == issuing.year, decide, (PublicityRow.studio,), issuing.law)
        stop(selected)
        if not selected.chosen:
            raise nothing(f"{issuing.year}年度没有这样的工作室。请核对台账“公示命名”表。", selected.left_out)
        first = min(selected.chosen, key=lambda row: (row.named_on or issuing.on, row.naming_number or ""))
        chosen = [row for row in selected.chosen if row.naming_number == first.naming_number and row.named_on == first.named_on]
    clause = issuing.law.clause("R12-2")
    others = [finding("R12-2.other", row.record.place(PublicityRow.naming_number.header), shown(row.studio), clause, number=row.naming_number or "",
                      wanted=first.naming_number or "") for row in selected.chosen if row not in chosen]
    return chosen, [*selected.left_out, *others]


def studio_list(issuing: IssuingContext, rows: Sequence[Mapping[str, object]], with_plaque: bool) -> list[dict[str, str]]:
    """The list as printed: ordered by the bureau's choice, numbered, no ID or phone columns."""
    columns = {key: header for key, header in COLUMNS.items() if with_plaque or key != "牌匾编号"}
    return [{"序号": str(number)} | {key: shown(row.get(header)) for key, header in columns.items()}
            for number, row in enumerate(ordered(issuing.law, rows), 1)]
