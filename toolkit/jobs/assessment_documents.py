"""Documents of evaluation and assessment: 附件2 as a form per studio, the 通报 of a year's results, the 通报 of the yearly evaluation.

Source: 乌人社规〔2023〕1号 第十九条、附件2
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from toolkit.documents.assessment_contexts import (
    AssessedStudio,
    annual_context,
    conclusion,
    form_context,
    results_context,
)
from toolkit.documents.context_parts import red_head
from toolkit.errors import UserError
from toolkit.forms.register_rows import AssessmentRow, PublicityRow, StudioRow, YearlyRow
from toolkit.jobs.drafts import Draft, nothing, numbered, stop
from toolkit.jobs.issuing import IssuingContext, deciding, in_year, written
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.studio_documents import asked
from toolkit.ledger.decisions import Decision
from toolkit.ledger.studios import Studio, studios
from toolkit.ledger.yearly_duties import is_evaluated_in
from toolkit.regulation import Regulation, rubric
from toolkit.regulation.consequences import grade_of
from toolkit.regulation.rubric import Rubric, Score
from toolkit.regulation.rubric.cell_values import cell, number, plain
from toolkit.returns.checks import HELD
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

FORM, RESULTS, ANNUAL = "考核评估标准", "考核结果通报", "年度评估通报"
RESULT_SHEET, STUDIO_SHEET, NAMING_SHEET = AssessmentRow.sheet.name, StudioRow.sheet.name, PublicityRow.sheet.name
_FACTS = (StudioRow.leader, StudioRow.unit, StudioRow.district)

# ---- 考核评估标准 ----


def forms(issuing: IssuingContext) -> Draft:
    """An empty form for every studio that is to be assessed on the day."""
    with deciding(issuing.law):
        known = studios(issuing.books, issuing.law)
        due = [_facts(studio) for studio in known if asked(issuing, studio) and studio.counts and studio.window
               and studio.window[0] <= issuing.on and studio.grade is None]
    if not due:
        who = f"，编号或名称是“{issuing.studio}”的" if issuing.studio else ""
        raise UserError(f"到{issuing.on}没有进入期满考核期、还没有考核的工作室{who}。"
                        f"请核对台账“{STUDIO_SHEET}”表的建设周期止、“{NAMING_SHEET}”表的命名日期，或换一个业务日期。")
    lacking = [f"“{studio.studio}”没有{'、'.join(blank)}" for studio in due
               if (blank := [field.header for field, said in zip(_FACTS, (studio.leader, studio.unit, studio.district), strict=True) if not said])]
    if lacking:
        raise UserError(f"{'；'.join(lacking)}。请在台账“{STUDIO_SHEET}”表补填后重新生成。")
    return Draft([form_context(issuing.law, studio, issuing.on) for studio in due])


def _facts(studio: Studio) -> AssessedStudio:
    return AssessedStudio(studio.name, studio.leader, studio.unit, studio.district, studio.begins, studio.ends)


def write_form(law: Regulation, facts: AssessedStudio, out: Outputs, on: date, score: Score | None = None,
               reasons: Mapping[str, str] | None = None, template: Path | None = None) -> Path:
    """One studio's form in `out`, filled in where there is a `score`. See `form_context`."""
    return written(FORM, form_context(law, facts, on, score, reasons), out, template)


# ---- 考核结果通报 ----


def results_notice(issuing: IssuingContext) -> Draft:
    """R19-2: the 通报 of a year's results, naming the studios due in it that have none. UserError where a result is not ready to be announced."""
    issuing = in_year(issuing, AssessmentRow, "没有考核结果。请先合并区县考核汇总表。")
    with deciding(issuing.law):
        gone = issuing.law.lists["application_statuses"].where("withdrawn")
        results = [row for row in issuing.books.of(AssessmentRow) if row.year == issuing.year and row.status not in gone]
        if not results:
            raise UserError(f"台账“{RESULT_SHEET}”表没有{issuing.year}年度的考核结果。请核对年度，或先合并区县考核汇总表。")
        if faults := list(_faults(results, rubric.of(issuing.law), issuing.law.lists["application_statuses"].where("withdrawing"))):
            raise UserError("\n".join(faults))
        lacking = _unassessed(issuing, results)
    (number,), lines, said = numbered(issuing, RESULTS, [f"{issuing.year}年度"], arranged=shown(issuing.law["results_document_number"]))
    said += [finding("R19-2.none", studio.row.record.place(), studio.name, issuing.law.clause("R19-2"), until=studio.ends) for studio in lacking]
    return Draft([results_context(issuing.law, issuing.year, issuing.on, results, number, lacking)], lines, said, number,
                 f"{len(results)}个工作室的考核结果，{len(lacking)}个还没有结果")


def _unassessed(issuing: IssuingContext, results: Sequence[AssessmentRow]) -> list[Studio]:
    """The studios whose construction period ends in the year and that have no result in any."""
    has = {shown(row.studio) for row in results}
    return [studio for studio in studios(issuing.books, issuing.law)
            if studio.counts and studio.ends and studio.ends.year == issuing.year and studio.name not in has and studio.grade is None]


def _faults(results: Sequence[AssessmentRow], standard: Rubric, withdrawing: Collection[str]) -> Iterator[str]:
    """Why results cannot be announced, each a sentence with its remedy. withdrawing: the states of what its district does not report any more."""
    kind, seen = AssessmentRow, set()
    for row in results:
        name = f"“{shown(row.studio)}”"
        blank = [field.header for field in (kind.leader, kind.unit, kind.district, kind.assessed_on, kind.total, kind.grade)
                 if field.__get__(row, kind) is None]
        if blank:
            yield f"{name}没有{'、'.join(blank)}。请在台账“{RESULT_SHEET}”表补填后再生成通报。"
        elif row.grade != (grade := grade_of(total := number(cell(row.total)), standard)):
            yield f"{name}总分{plain(total)}，等次是“{grade}”，台账写的是“{row.grade}”。请核对后改正，再生成通报。"
        if row.status == HELD or row.status in withdrawing:
            yield f"{name}是“{row.status}”（“{RESULT_SHEET}”表{row.record.place(kind.status.header).cell}）。请先处理，再生成通报。"
        if row.open_issues:
            yield f"{name}还有未了问题：{shown(row.open_issues)}请先处理，再生成通报。"
        if name in seen:
            yield f"{name}在“{RESULT_SHEET}”表有两行。请只保留一行，再生成通报。"
        seen.add(name)


# ---- 年度评估通报 ----

def annual_notice(issuing: IssuingContext) -> Draft:
    """R19-1: what the districts concluded on the studios that had to report on the year; those without are named."""
    issuing = in_year(issuing, YearlyRow, "没有年度评估。请先登记，或合并年度绩效评估表。")
    law, year = issuing.law, issuing.year
    with deciding(law):
        due = [(studio, next((row for row in studio.years if row.year == year), None)) for studio in studios(issuing.books, law)
               if is_evaluated_in(studio, year, issuing.law)]
        judged = [(studio, row) for studio, row in due if row is not None and row.reported_on is not None]
        lacking = [studio for studio, row in due if row is None or row.reported_on is None]
        clause = law.clause("R19-1")
        stop(Decision(stopping=tuple(finding("D-comment", row.record.place(YearlyRow.comment.header), shown(row.studio), clause)
                                     for _, row in judged if not conclusion(row))))
        said = [finding("R19-1.none", studio.row.record.place(), studio.name, clause, year=year) for studio in lacking]
        if not judged:
            raise nothing(f"{year}年度没有应评估的工作室。请核对年度、台账“工作室”表的建设周期。", said)
        (number,), lines, more = numbered(issuing, ANNUAL, [f"{year}年度"])
        context = annual_context(law, year, red_head(law, issuing.on, number), judged, lacking)
    return Draft([context], lines, [*said, *more], number, f"{len(judged)}个工作室的年度评估，{len(lacking)}个还没有结果")


