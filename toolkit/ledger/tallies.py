"""带徒数, 取证数 and 最近活动日 of a studio, as the registers 学员, 活动, 成果 and 经费 say.

Source: 乌人社规〔2023〕1号 第四条、第二十条（一） (R04, R20-1b)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from toolkit.forms.assessment import NO, YES
from toolkit.forms.register_rows import AchievementRow, ActivityRow, FundRow, StudioRow, TraineeRow
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger import money
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation, identity
from toolkit.regulation.rubric.cell_values import cell, number
from toolkit.returns import verdicts
from toolkit.returns.records import Record
from toolkit.returns.values import shown
from toolkit.returns.verdicts import Period, Verdict

TALLIED: Mapping[RowField, str] = {StudioRow.trainees: "R04", StudioRow.certified: "R04", StudioRow.last_activity: "R20-1b"}
"""The columns of 工作室 that follow the registers, and the rule that asks for each."""
_DATED: Mapping[type[TypedRow], tuple[RowField, ...]] = {
    TraineeRow: (TraineeRow.agreed_on, TraineeRow.issued_on), ActivityRow: (ActivityRow.day,), AchievementRow: (AchievementRow.finished_on,),
    FundRow: (FundRow.day,)}


def tallies(studio: Studio, law: Regulation) -> dict[str, Any]:
    """Header of 工作室 → what the registers come to; nothing where they hold no evidence of the studio."""
    if not (studio.trained or studio.held or studio.achieved):
        return {}
    return {StudioRow.trainees.header: len(persons(studio)), StudioRow.certified.header: len(certified(studio, law)),
            StudioRow.last_activity.header: max(working_days(studio, law), default=None)}


def persons(studio: Studio) -> set[str]:
    """R04: the ID numbers of those who are trained: sound ones, each once, the leader's never."""
    numbers = {shown(number).upper() for row in studio.trained for number in row.known(TraineeRow.trainee_id)}
    return {number for number in numbers - {shown(studio.leader_id).upper()} if not identity.id_problem(number)}


def judged(studio: Studio, law: Regulation) -> list[Verdict]:
    """R04, R14: the rows of 学员, judged as 期满考核评分表 judges them, over the whole construction period; the leader, who is known by
    number here, is no trainee."""
    if studio.begins is None or studio.ends is None:
        return []
    span = Period(number(cell(studio.begins)), number(cell(studio.ends)))
    records = [row.record for row in studio.trained if isinstance(row.record, Record)]
    others = persons(studio)
    return [one if verdicts.person(one) in others or one.rank is None else Verdict(one.record, NO, "leader")
            for one in verdicts.roster(records, span, law, studio.leader or "")]


def certified(studio: Studio, law: Regulation) -> list[Verdict]:
    """R04: those that count, each person once."""
    return [one for one in judged(studio, law) if one.shown == YES]


def working_days(studio: Studio, law: Regulation) -> Iterator[date]:
    """R20-1b: every day on which the registers show work: agreements, certificates, activities, achievements, expenses.

    What is dated after the assessment that told of it was not done yet.
    """
    spent = [entry for entry in studio.money if money.is_spent(entry, law)]
    for row in (*studio.trained, *studio.held, *studio.achieved, *spent):
        told_on = next(iter(row.known(TraineeRow.filled_on)), date.max)
        yield from (day for day in row.known(*_DATED[type(row)]) if day <= told_on)
