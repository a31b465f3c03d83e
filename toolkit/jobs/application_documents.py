"""申报表, 初审推荐报告, 评审表决记录: what stands before the publicity, from the applications of a year.

Source: 乌人社规〔2023〕1号 第九条至第十一条、附件1
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from toolkit.documents.application_contexts import printed_form, report_context, voting_context
from toolkit.errors import UserError
from toolkit.forms.register_rows import ApplicationRow, AwardRow, ExpertRow, TeamRow
from toolkit.jobs.drafts import Draft, nothing, stop
from toolkit.jobs.issuing import IssuingContext, deciding, in_year
from toolkit.jobs.naming_documents import APPLIED
from toolkit.ledger import decisions
from toolkit.ledger.decisions import Decision
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.values import shown


def _applications(issuing: IssuingContext) -> list[ApplicationRow]:
    """The year's applications of the studio and the district that were asked for, withdrawn ones left out."""
    gone = issuing.law.lists["application_statuses"].where("withdrawn")
    chosen = [row for row in issuing.books.applications if row.year == issuing.year and row.status not in gone
              and issuing.district in ("", row.district) and issuing.studio in ("", row.studio)]
    if not chosen:
        asked = "、".join(filter(None, (issuing.district, issuing.studio)))
        raise UserError(f"{issuing.year}年度没有{f'“{asked}”的' if asked else ''}申报。请核对年度、区（县）、工作室名称，或先合并区县报表。")
    return chosen


# ---- 初审推荐报告 ----

def recommendation_reports(issuing: IssuingContext) -> Draft:
    """One report a district, for the district to number, sign and send."""
    issuing = in_year(issuing, *APPLIED)
    by_district: dict[str, list[ApplicationRow]] = defaultdict(list)
    left_out: list[Finding] = []
    contexts = []
    with deciding(issuing.law):
        for row in _applications(issuing):
            by_district[row.district or ""].append(row)
        for district in filter(by_district.get, issuing.law.lists["districts"].names):
            rows = by_district[district]
            selected = decisions.select(rows, lambda row: True, lambda row: _recommended(row, issuing),
                                        (ApplicationRow.leader_id, ApplicationRow.studio), issuing.law)
            stop(selected)
            left_out += selected.left_out
            if selected.chosen:
                contexts.append(report_context(issuing.law, issuing.year, issuing.on, selected.chosen, len(rows), issuing.number))
    if not contexts:
        raise nothing(f"{issuing.year}年度没有区（县）同意推荐的申报。请核对“申报批次”表的初审意见。", left_out)
    return Draft(contexts, findings=left_out)


def _recommended(row: ApplicationRow, issuing: IssuingContext) -> Decision:
    """R10: what the district let pass, with everything that the list prints."""
    law = issuing.law
    if row.opinion not in law.lists["opinions"].where("passes"):
        place = row.record.place(ApplicationRow.opinion.header)
        return Decision((finding("R10.opinion", place, shown(row.studio), law.clause("R10"), status=row.opinion or "空"),))
    return Decision(stopping=tuple(decisions.unprintable(row, (*decisions.PRINTED_OF_APPLICATION, ApplicationRow.opinion_on), law)))


# ---- 申报表 ----

def application_forms(issuing: IssuingContext) -> Draft:
    """A1-1 … A1-5: 附件1 for each application, as the registers have it; what no register has is left to be written by hand."""
    issuing = in_year(issuing, *APPLIED)
    with deciding(issuing.law):
        rows = _applications(issuing)
        for row in rows:
            stop(Decision(stopping=tuple(decisions.unprintable(row, decisions.PRINTED_OF_APPLICATION, issuing.law))))
        team, awards = _standing(issuing, TeamRow), _standing(issuing, AwardRow)
        return Draft([_form_context(issuing, row, team[_key(row)], awards[_key(row)]) for row in rows])


def _key(row: ApplicationRow | TeamRow | AwardRow) -> tuple:
    kind = type(row)
    return tuple(tuple(row.known(field)) for field in (kind.year, kind.district, kind.studio))


def _standing(issuing: IssuingContext, kind: type[TeamRow] | type[AwardRow]) -> Mapping[tuple, list]:
    """The rows of a register that are not withdrawn, by year, district and studio."""
    gone, found = issuing.law.lists["row_states"].where("withdrawn"), defaultdict(list)
    for row in issuing.books.of(kind):
        if row.standing not in gone:
            found[_key(row)].append(row)
    return found


def _form_context(issuing: IssuingContext, row: ApplicationRow, team: Sequence[TeamRow], awards: Sequence[AwardRow]) -> dict:
    return printed_form(row, team, awards, issuing.law, row.filled_on or issuing.on)


# ---- 评审表决记录 ----

def voting_record(issuing: IssuingContext) -> Draft:
    """R11: the four steps and the votes as registered; without a register, the record to be filled in by hand."""
    issuing = in_year(issuing, *APPLIED)
    law = issuing.law
    with deciding(law):
        reviews = {shown(row.studio): row for row in issuing.books.reviews if row.year == issuing.year}
        absent = law.lists["yes_no"].names[1]
        experts = [row for row in issuing.books.of(ExpertRow) if row.year == issuing.year and row.attended != absent]
        return Draft([voting_context(law, issuing.year, issuing.on, _applications(issuing), reviews, experts)])
