"""备案报告 and 经费拨付通知: what follows a naming at once.

Source: 乌人社规〔2023〕1号 第十二条、第十三条
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.forms.register_rows import PublicityRow
from toolkit.jobs.drafts import Draft, nothing, numbered, stop
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
)
from toolkit.jobs.naming_documents import PUBLISHED, public_period, registered_namings, studio_list
from toolkit.ledger import act_decisions, issued_acts
from toolkit.ledger.studios import Studio, studios
from toolkit.regulation import Regulation
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

FILING, FUNDING = "备案报告", "经费拨付通知"

# ---- 备案报告 ----


def filing_report(issuing: IssuingContext) -> Draft:
    """The studios that one document named, reported for filing; registers the day and the number of the report."""
    issuing = in_year(issuing, *PUBLISHED)
    law, on = issuing.law, issuing.on
    rows, left_out = registered_namings(issuing, lambda row: act_decisions.may_be_filed(row, on, law))
    with deciding(law):
        own = next((row.filing_number for row in rows if row.filed_on == on and row.filing_number), None)
    (number,), lines, said = numbered(issuing, FILING, [f"{issuing.year}年度"], [own])
    plan = issued_acts.together((issued_acts.file(rows, number, on), lines))
    return Draft([_filing_context(issuing, rows, number)], plan, [*left_out, *said], number, f"{len(rows)}个工作室报备案，{on}")


def _filing_context(issuing: IssuingContext, rows: Sequence[PublicityRow], number: str) -> dict:
    from toolkit.documents.wording import chinese_date

    law, first = issuing.law, rows[0]
    assert first.named_on is not None, "decided on"
    head = heading(law, issuing.year)
    listed = studio_list(issuing, [row.record.values for row in rows], with_plaque=False)
    return {
        "年度": head["年度"], "牌匾": head["牌匾"], "排序": head["排序"], "称号": law.facts["honour_title"],
        "办法": law_named(law, 命名条款=law.clause("R12-2")), "公示": public_period(issuing, rows),
        "命名": {"文号": shown(first.naming_number), "日期": chinese_date(first.named_on)},
        "发文": upward_head(law, issuing, number), "名单": listed}


def upward_head(law: Regulation, issuing: IssuingContext, number: str) -> dict:
    """发文 of the bureau's report to the office that keeps the files."""
    said = issued(law, issuing.on)
    return {**said, "字号": number, "签发人": law["signer"], "主送": law.facts["filing_office"], "抄送": law.facts["filing_copies_to"],
            "印发机关": law.facts["printer"], "印发日期": said["日期"], "联系": contact(law, "科室", "电话")}


# ---- 经费拨付通知 ----

def funding_notice(issuing: IssuingContext) -> Draft:
    """The subsidy of the studios that one document named; registers a line of 经费 for each."""
    issuing = in_year(issuing, *PUBLISHED)
    law, on = issuing.law, issuing.on
    with deciding(law):
        found, left_out = _payable(issuing)
        if not found:
            raise nothing(f"{issuing.year}年度没有已命名、还没有拨付补助的工作室。请核对台账“公示命名”“经费”表。", left_out)
        own = _number_of_payment(found, issuing)
    (number,), lines, said = numbered(issuing, FUNDING, [f"{issuing.year}年度"], [own])
    with deciding(law):
        plan = issued_acts.together((issued_acts.pay(found, number, on, law), lines))
        context = _funding_context(issuing, found, number)
    return Draft([context], plan, [*left_out, *said], number, f"拨付{len(found)}个工作室，每个{law['subsidy_yuan']:,}元，{on}")


def _payable(issuing: IssuingContext) -> tuple[list[Studio], list[Finding]]:
    """Studios of the year that one document named and that may be paid. UserError where a cell must be mended first."""
    law = issuing.law
    chosen: list[Studio] = []
    left_out: list[Finding] = []
    for studio in studios(issuing.books, law):
        if (studio.naming.year if studio.naming else None) != issuing.year:
            continue
        decision = act_decisions.may_be_paid(studio, issuing.on, issuing.number, law)
        stop(decision)
        stop(act_decisions.naming_known(studio))
        chosen += [studio] if decision.allowed else []
        left_out += decision.against
    numbers = sorted({(act_decisions.named_on(each) or issuing.on, act_decisions.naming_number(each) or "") for each in chosen})
    for studio in chosen:
        number = act_decisions.naming_number(studio)
        if number != numbers[0][1]:
            place = studio.row.record.place(type(studio.row).fields["naming_number"].header)
            left_out.append(finding("R12-2.other", place, studio.name, law.clause("R13-1"), number=number or "", wanted=numbers[0][1]))
    return [each for each in chosen if act_decisions.naming_number(each) == numbers[0][1]], left_out


def _number_of_payment(found: Sequence[Studio], issuing: IssuingContext) -> str | None:
    """The number that was given with the command, where it has paid these studios already."""
    return issuing.number if issuing.number and all(studio.money for studio in found) else None


def _funding_context(issuing: IssuingContext, found: Sequence[Studio], number: str) -> dict:
    from toolkit.documents.wording import amount

    law = issuing.law
    subsidy, head = Decimal(law["subsidy_yuan"]), heading(law, issuing.year)
    rows: list[Mapping[str, object]] = [
        {"工作室名称": each.name, "领办人": each.leader, "申办单位": each.unit, "区县": each.district} for each in found]
    return {
        "年度": head["年度"], "牌匾": head["牌匾"], "排序": head["排序"], "办法": law_named(law, 经费条款=law.clause("R13-1")),
        "经费": {"单项": amount(subsidy), "合计": amount(subsidy * len(found)), "配套": amount(Decimal(law["matching_minimum_yuan"])),
               "来源": law.facts["subsidy_source"]},
        "命名": {"文号": shown(act_decisions.naming_number(found[0]))}, "发文": red_head(law, issuing.on, number),
        "名单": [{"序号": str(place), "金额": amount(subsidy)["数字"], **{key: shown(row[key]) for key in ("工作室名称", "领办人", "申办单位")}}
               for place, row in enumerate(ordered(law, rows), 1)]}
