"""培训补贴名单: the trainees who were certified in a year and for whom 职业技能培训补贴 can be applied for.

Source: 乌人社规〔2023〕1号 第十四条 (R14); the standard stands in another document and is the bureau's parameter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from toolkit.documents.training_context import COLUMNS, subsidy_context
from toolkit.errors import UserError
from toolkit.forms.register_rows import ParameterRow, TraineeRow
from toolkit.jobs.drafts import Draft, nothing
from toolkit.jobs.issuing import IssuingContext, deciding
from toolkit.ledger.tallies import judged
from toolkit.pages.result_heads import SUBSIDIES
from toolkit.regulation import Regulation
from toolkit.regulation.training_standards import PARAMETER, standards
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.values import shown
from toolkit.returns.verdicts import Verdict

LIST = "培训补贴名单"


def subsidy_list(issuing: IssuingContext) -> Draft:
    """R14: everyone certified in the year, as 学员 says; those who do not count are told with the reason."""
    law, year = issuing.law, issuing.year or issuing.on.year
    with deciding(law):
        found = [each for studio in issuing.watch.studios for each in judged(studio, law) if _year(each) == year]
        listed, left_out = _told_apart(found, law)
    if not listed:
        raise nothing(f"台账“学员”表里{year}年没有可以申请培训补贴的取证。请核对年度；还没有入账的，先把期满考核评分表入账。", left_out)
    amounts = standards(law)
    if not amounts:
        left_out.append(finding("R14.standard", Place(issuing.name, ParameterRow.sheet.name), law.parameters[PARAMETER].label, law.clause("R14")))
    elif lacking := sorted({_level(each) for each in listed} - amounts.keys()):
        raise UserError(f"“参数”表“{law.parameters[PARAMETER].label}”没有写{'、'.join(lacking)}的标准。请补上，或清空后金额留空。")
    context = subsidy_context(law, year, issuing.on, [one.record for one in listed], amounts)
    return Draft([context], findings=left_out, workbook=_workbook(issuing, year, listed, amounts))


def _told_apart(found: Iterable[Verdict], law: Regulation) -> tuple[list[Verdict], list[Finding]]:
    """Those with a certificate that counts and stands once; a certificate that two studios claim is no one's until it is settled."""
    clause, counting, left_out = law.clause("R14"), [], []
    for one in found:
        if one.rank is None:
            left_out.append(finding("R14.out", one.record.place(TraineeRow.name.header), shown(one.record[TraineeRow.name.header]), clause,
                                    why=one.reason(law)))
        else:
            counting.append(one)
    by_number: dict[str, list[Verdict]] = defaultdict(list)
    for one in counting:
        by_number[shown(one.record[TraineeRow.certificate.header]).upper()].append(one)
    for number, same in by_number.items():
        for one in same if len(same) > 1 else ():
            others = "、".join(f"第{each.record.row + 1}行" for each in same if each is not one)
            left_out.append(finding("R14.twice", one.record.place(TraineeRow.certificate.header), number, clause, other=others))
    return [same[0] for same in by_number.values() if len(same) == 1], left_out


def _year(one: Verdict) -> int | None:
    day = one.record[TraineeRow.issued_on.header]
    return day.year if day is not None else None


def _level(one: Verdict) -> str:
    return shown(one.record[TraineeRow.level.header])


def _workbook(issuing: IssuingContext, year: int, listed: Sequence[Verdict], amounts: Mapping[str, Decimal]) -> tuple:
    rows = [(number, *(one.record[field.header] for field in COLUMNS.values()), amounts.get(_level(one))) for number, one in enumerate(listed, 1)]
    title = f"{year}年度{issuing.law.facts['studio_title']}{LIST}"
    return [SUBSIDIES.over(rows)], title, f"{issuing.law.clause('R14')}；共{len(rows)}人次"
