"""目标任务书 and 师带徒协议: what unit, leader and apprentices agree on, one for each studio in its construction period.

Source: 乌人社规〔2023〕1号 第四条至第六条、第十七条
"""

from __future__ import annotations

from datetime import date

from toolkit.documents.agreement_contexts import apprenticeship_context, targets_context
from toolkit.errors import UserError
from toolkit.jobs.drafts import Draft, stop
from toolkit.jobs.issuing import IssuingContext, deciding
from toolkit.ledger.decisions import Decision
from toolkit.ledger.studios import Studio, studios
from toolkit.returns.messages import finding


def targets(issuing: IssuingContext) -> Draft:
    """R17: the year's targets; what the law measures is printed, the rest is for the two to agree on."""
    year = issuing.year or issuing.on.year
    with deciding(issuing.law):
        found = _in_construction(issuing, date(year, 1, 1), date(year, 12, 31))
        return Draft([targets_context(issuing.law, year, issuing.on, studio) for studio in found])


def apprenticeships(issuing: IssuingContext) -> Draft:
    """R04: an agreement with the master's side filled in, the apprentice's to be written."""
    law = issuing.law
    with deciding(law):
        found = _in_construction(issuing, issuing.on, issuing.on)
        return Draft([apprenticeship_context(law, issuing.on, studio) for studio in found])


def _in_construction(issuing: IssuingContext, first: date, last: date) -> list[Studio]:
    """The valid studios that were asked for and whose construction period touches these days. UserError where there is none, or where
    what is printed is not known."""
    known = [each for each in studios(issuing.books, issuing.law) if asked(issuing, each)]
    if not known:
        who = issuing.studio or issuing.district
        raise UserError(f"台账里没有{f'“{who}”的' if who else '已命名的'}工作室。请核对编号、名称或区（县），或先命名。")
    found = [each for each in known if each.counts and each.begins and each.ends and each.begins <= last and first <= each.ends]
    if not found:
        raise UserError(f"{first}至{last}没有处在建设周期内的有效工作室。请核对台账“工作室”表的状态、建设周期，或换一个日期、年度。")
    for studio in found:
        fields = type(studio.row).fields
        lacking = [fields[name].header for name, value in (("leader", studio.leader), ("unit", studio.unit)) if not value]
        clause = issuing.law.clause("R17")
        stop(Decision(stopping=tuple(finding("D-needed", studio.row.record.place(header), header, clause) for header in lacking)))
    return found


def asked(issuing: IssuingContext, studio: Studio) -> bool:
    """Whether a studio is among those that were asked for."""
    return issuing.studio in ("", studio.number, studio.name) and issuing.district in ("", studio.district)
