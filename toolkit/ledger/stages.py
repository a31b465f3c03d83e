"""In which state an application or a studio is, told from the registers and never typed.

Source: 乌人社规〔2023〕1号 第三条、第十条至第十二条、第十八条至第二十条
"""

from __future__ import annotations

from datetime import date

from toolkit.forms.register_rows import ApplicationRow, PublicityRow
from toolkit.ledger import decisions
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation, consequences
from toolkit.regulation import rubric as annex
from toolkit.regulation.calendar import Holidays
from toolkit.returns.checks import ACCEPTED, HELD

WITHDRAWN, RULED_OUT, PASSED, FAILED, PUBLIC = "已撤回", "裁定不保留", "评审通过", "评审未通过", "公示中"
OBJECTED, NAMEABLE, REFUSED_NAMING, NAMED = "异议待处理", "公示期满", "不予命名", "已命名"
UNDATED, BUILDING, IN_WINDOW, UNFIT, FIT = "周期未登记", "建设期", "期满考核", "考核不合格", "考核合格"
FINISHED, FOUR_YEARS, UNISSUED = "已届满", "四年期满", "待印发决定"


def of_application(row: ApplicationRow, publicity: PublicityRow | None, law: Regulation, on: date, table: Holidays) -> str:
    """R10, R11, R12-1, R12-2: the state of an application on a day. Raises UnreadableCell where a deciding cell cannot be read.

    publicity: its row of 公示命名, None where it was not made public.
    """
    if publicity is not None and not _passed_again(row, publicity) and (publicity.named_on or decisions.public_until(publicity, law, table)):
        return _published(publicity, law, on, table)
    statuses = law.lists["application_statuses"]
    status = row.status or ACCEPTED
    if status in statuses.where("withdrawn"):
        return WITHDRAWN
    if status in statuses.where("withdrawing"):
        return status
    if decisions.ruled_out(row, law):
        return RULED_OUT
    results = law.lists["review_results"]
    if row.review is not None:
        return PASSED if row.review in results.where("passes") else row.review if row.review in law.procedure.stages else FAILED
    if status == HELD and row.ruling is not None:
        return ACCEPTED
    return status


def _passed_again(row: ApplicationRow, publicity: PublicityRow) -> bool:
    """R12-1: whether it passed the review once more after it was made public: then it waits for another round."""
    return bool(publicity.named_on is None and row.reviewed_on and publicity.published_on and row.reviewed_on > publicity.published_on)


def _published(row: PublicityRow, law: Regulation, on: date, table: Holidays) -> str:
    if row.named_on:
        return NAMED
    last, raised = decisions.public_until(row, law, table), decisions.objection(row, law)
    if raised.state == decisions.UPHELD:
        return REFUSED_NAMING
    if last is not None and on <= last:
        return PUBLIC
    return OBJECTED if raised.state in (decisions.OPEN, decisions.CONTRADICTORY) else NAMEABLE


def of_studio(studio: Studio, on: date) -> str:
    """R12-3, R18-3, R19-2, R19-3, R19-4, R20-5: the state of a studio on a day. Raises UnreadableCell as `of_application`."""
    statuses = studio.law.lists["studio_statuses"]
    if studio.withdrawal is not None:
        return studio.status if studio.withdrawal.decided_on else UNISSUED
    if studio.status in statuses.where("keeps_plaque") or studio.status in statuses.where("revoked"):
        return studio.status
    if not studio.counts:
        return FOUR_YEARS if studio.liable_until and on > studio.liable_until else FINISHED
    if studio.grade:
        return UNFIT if consequences.advice(studio.grade, annex.of(studio.law)) else FIT
    if studio.window is None:
        return UNDATED
    return BUILDING if on < studio.window[0] else IN_WINDOW
