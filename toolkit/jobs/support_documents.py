"""备案报告 and 经费拨付通知: what follows a naming at once.

Source: 乌人社规〔2023〕1号 第十二条、第十三条
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.documents.naming_contexts import filing_context, funding_context
from toolkit.forms.register_rows import FundRow, WithdrawalRow
from toolkit.jobs.drafts import Draft, nothing, numbered, stop
from toolkit.jobs.issuing import IssuingContext, deciding, in_year
from toolkit.jobs.naming_documents import PUBLISHED, registered_namings
from toolkit.ledger import act_decisions, issued_acts
from toolkit.ledger.references import owners_known
from toolkit.ledger.studios import Studio, studios
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding

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
    context = filing_context(law, issuing.year, on, rows, number, issuing.holidays)
    return Draft([context], plan, [*left_out, *said], number, f"{len(rows)}个工作室报备案，{on}")


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
        context = funding_context(law, issuing.year, on, found, number)
    return Draft([context], plan, [*left_out, *said], number, f"拨付{len(found)}个工作室，每个{law['subsidy_yuan']:,}元，{on}")


def _payable(issuing: IssuingContext) -> tuple[list[Studio], list[Finding]]:
    """Studios of the year that one document named and that may be paid. UserError where a cell must be mended first."""
    law = issuing.law
    owners_known(issuing.books, FundRow, WithdrawalRow)
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


