"""催报函: to each district that owes something on the day, one letter a matter, listing what is lacking.

Source: 乌人社规〔2023〕1号 第十条、第十九条
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from toolkit.documents.reminder_context import Lacking, Matter, reminder_context
from toolkit.errors import UserError
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.register_rows import YearlyRow
from toolkit.jobs.drafts import Draft, numbered
from toolkit.jobs.issuing import IssuingContext, deciding
from toolkit.jobs.studio_documents import asked
from toolkit.ledger.arrangements import mend_term
from toolkit.ledger.studios import Studio, studios
from toolkit.ledger.unreported import unreported
from toolkit.ledger.yearly_duties import is_evaluated_in, report_term

REMINDER = "催报函"
def reminders(issuing: IssuingContext) -> Draft:
    """R10, R19-1, R19-2: returns, yearly evaluations, assessments at the end that are overdue on the day."""
    with deciding(issuing.law):
        districts = issuing.law.lists["districts"].names
        if issuing.district and issuing.district not in districts:
            raise UserError(f"没有“{issuing.district}”这个区（县）。请从这些里选：{'、'.join(districts)}。")
        found = sorted((each for each in (*_returns(issuing), *_evaluations(issuing), *_assessments(issuing))
                        if issuing.district in ("", each.district)), key=lambda each: districts.index(each.district))
    if not found:
        raise UserError(f"到{issuing.on}{f'“{issuing.district}”' if issuing.district else ''}没有逾期未报的材料，不用催。"
                        "请核对日期；推荐汇总表按“年度安排”表的申报截止日算。")
    numbers, lines, said = numbered(issuing, REMINDER, [f"{each.district} {each.year}年度{each.name}" for each in found])
    law, until = issuing.law, mend_term(issuing.on, issuing.law, issuing.holidays)
    contexts = [reminder_context(law, issuing.on, each, until, number) for each, number in zip(found, numbers, strict=True)]
    return Draft(contexts, lines, said, numbers[0], "、".join(f"{each.district}{each.name}" for each in found))


def _returns(issuing: IssuingContext) -> Iterator[Matter]:
    """Districts that sent neither applications nor that they have none, behind the deadline of the year."""
    year = issuing.year or issuing.on.year
    found = unreported(issuing.books, issuing.law, year, issuing.on)
    if found is None or issuing.on <= found.deadline or issuing.studio:
        return
    for district in found.districts:
        yield Matter(district, year, RECOMMENDATION.name, issuing.law.clause("R10"), found.deadline, "没有推荐的，请报送“无推荐”。",
                     [(RECOMMENDATION.name, "没有报送，也没有报无推荐")])


def _evaluations(issuing: IssuingContext) -> Iterator[Matter]:
    """Studios whose yearly evaluation is not reported, behind the end of the year that was asked for, else of the last one."""
    year = issuing.year or issuing.on.year - 1

    def lacking(studio: Studio) -> tuple[date, Lacking] | None:
        term = report_term(year, issuing.law)
        row = next((each for each in studio.years if each.year == year), None)
        if not is_evaluated_in(studio, year, issuing.law) or issuing.on <= term or (row is not None and row.reported_on is not None):
            return None
        papers = [said for field, said in ((YearlyRow.summary_on, "全年总结"), (YearlyRow.plan_on, "下年度计划"))
                  if row is None or field.__get__(row, YearlyRow) is None]
        return term, (studio.name, f"没有{'、'.join(papers)}和评估结果" if papers else "没有评估结果")

    yield from _of_studios(issuing, year, "年度绩效评估结果", issuing.law.clause("R19-1"), lacking)


def _assessments(issuing: IssuingContext) -> Iterator[Matter]:
    """Studios whose construction period is over and that have no grade."""
    def lacking(studio: Studio) -> tuple[date, Lacking] | None:
        if studio.window is None or not studio.counts or studio.grade is not None or issuing.on <= studio.window[1]:
            return None
        last = studio.window[1]
        return None if issuing.year not in (0, last.year) else (last, (studio.name, f"建设周期{last}届满，没有考核结果"))

    yield from _of_studios(issuing, issuing.year or issuing.on.year, "期满考核结果", issuing.law.clause("R19-2"), lacking)


def _of_studios(issuing: IssuingContext, year: int, name: str, clause: str,
                lacking: Callable[[Studio], tuple[date, Lacking] | None]) -> Iterator[Matter]:
    """One matter for each district with studios that lack something."""
    found: dict[str, list[tuple[date, Lacking]]] = {}
    for studio in studios(issuing.books, issuing.law):
        if asked(issuing, studio) and studio.district and (each := lacking(studio)):
            found.setdefault(studio.district, []).append(each)
    for district, owed in found.items():
        yield Matter(district, year, name, clause, min(term for term, _ in owed), "", [what for _, what in owed])
