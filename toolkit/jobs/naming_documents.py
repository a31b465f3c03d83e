"""公示, 命名授牌通知, 授牌名单, 证书与牌匾: from the review to the plaque.

Source: 乌人社规〔2023〕1号 第十二条
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit.documents.naming_contexts import (
    certificate_context,
    listing_context,
    naming_context,
    public_context,
    studio_list,
)
from toolkit.forms.register_rows import ApplicationRow, ArrangementRow, PublicityRow
from toolkit.jobs.drafts import Draft, insist, nothing, numbered, stop
from toolkit.jobs.issuing import IssuingContext, deciding, in_year, unknown_strokes
from toolkit.ledger import act_decisions, acts, decisions, issued_acts, numbering
from toolkit.ledger.decisions import Decision, Selection
from toolkit.ledger.plan import Plan
from toolkit.regulation.calendar import Publicity, publicity
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

PUBLIC_NOTICE, NAMING_NOTICE, NAMED_LIST, CERTIFICATES = "公示", "命名授牌通知", "授牌名单", "证书与牌匾"
APPLIED = (ApplicationRow, "没有申报。请先合并区县报表。")
PUBLISHED = (PublicityRow, "还没有公示登记。请先生成公示。")
# ---- 公示 ----

def public_notice(issuing: IssuingContext) -> Draft:
    """What passed the review, made public from the day on; registered with the last day of the period."""
    issuing = in_year(issuing, *APPLIED)
    period = publicity(issuing.on, issuing.law, issuing.holidays)
    selected, plan = _to_publish(issuing, period)
    context = public_context(issuing.law, issuing.year, issuing.on, selected.chosen, period)
    return Draft([context], plan, [*selected.left_out, *unknown_strokes(issuing, selected.chosen)], f"{issuing.year}年度公示",
                 f"登记{len(plan.added)}个工作室，公示期{period.first}至{period.last}")


def _to_publish(issuing: IssuingContext, period: Publicity) -> tuple[Selection[ApplicationRow], Plan]:
    """The applications this notice lists, and the 公示命名 rows to write.

    UserError where there is nothing to publish, or where what decides cannot be read or is not known.
    """
    with deciding(issuing.law):
        insist(decisions.days_known(period, Place(issuing.name, ArrangementRow.sheet.name, "", ArrangementRow.holidays_complete.header), issuing.law))
        selected = decisions.publishable(issuing.books, issuing.year, issuing.on, issuing.law)
        stop(selected)
        if not selected.chosen:
            raise nothing(f"{issuing.year}年度没有评审通过的申报。请先评审，把“评审表决”表入账后再生成公示。", selected.left_out)
        return selected, acts.publish(selected.chosen, issuing.books, issuing.year, period)


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
    named, own, others = _of_one_document(named, issuing, arranged)
    left_out += others
    (number,), lines, said = numbered(issuing, NAMING_NOTICE, [f"{issuing.year}年度"], [own], arranged)
    with deciding(issuing.law):
        plan = acts.name(named, issuing.books, issuing.law, number, issuing.on)
    context = naming_context(issuing.law, issuing.year, issuing.on, named, number, issuing.holidays)
    return Draft([context], _with_lines(plan, lines), [*left_out, *said], number,
                 f"命名{len(named)}个工作室，命名日期{issuing.on}")


def _of_one_document(rows: list[PublicityRow], issuing: IssuingContext, arranged: str) -> tuple[list[PublicityRow], str | None, list[Finding]]:
    """The studios of one notice, the number it has already (None: it gets one), and those that another number of the day named.

    Those that are named already keep their number: without anybody new the notice is made again, with somebody new it is another one unless
    it has the same number.
    """
    with deciding(issuing.law):
        numbers = {id(row): row.naming_number for row in rows if row.named_on == issuing.on and row.naming_number}
    fresh = [row for row in rows if id(row) not in numbers]
    asked = issuing.number or arranged
    own = next((number for number in numbers.values() if asked and numbering.same(number, asked)), None)
    if own is None and not fresh:
        own = next(iter(numbers.values()))
    chosen = [row for row in rows if numbers.get(id(row), own) == own] if fresh else [row for row in rows if numbers[id(row)] == own]
    clause = issuing.law.clause("R12-2")
    others = [finding("R12-2.other", row.record.place(PublicityRow.naming_number.header), shown(row.studio), clause,
                      number=numbers[id(row)], wanted=own or asked) for row in rows if row not in chosen]
    return chosen, own, others


def _with_lines(plan: Plan, lines: Plan) -> Plan:
    """A plan with its lines of 发文登记. What was registered before there was such a register stays as it is."""
    return plan if plan.empty else issued_acts.together((plan, lines))


def named_list(issuing: IssuingContext) -> Draft:
    """The list of plaques in Word and in Excel; both are public."""
    issuing = in_year(issuing, *APPLIED)
    named, left_out = _nameable(issuing)
    listed = studio_list(issuing.law, named, with_plaque=True)
    context = listing_context(issuing.law, issuing.year, issuing.on, listed)
    table = (NAMED_LIST, tuple(listed[0]), [tuple(row.values()) for row in listed])
    title = f"{issuing.year}年度{issuing.law.facts['studio_title']}授牌名单"
    return Draft([context], findings=left_out, workbook=([table], title, context["排序"]))


def certificates(issuing: IssuingContext) -> Draft:
    """Proofs of what the workshop is to print: of the studios that one document named."""
    issuing = in_year(issuing, *PUBLISHED)
    rows, left_out = registered_namings(issuing, lambda row: act_decisions.may_be_printed(row, issuing.law))
    return Draft([certificate_context(issuing.law, issuing.year, issuing.on, rows)], findings=left_out)


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


