"""What may be done with an application or a studio in its state, and for the rest why not: the article, and what is missing.

The moves stand in the law's file. A move that is filled in is judged by the ledger as it would stand afterwards: what checking the
ledger would say of it then, is said before it is written.
Source: 乌人社规〔2023〕1号 第三条、第七条、第十条至第二十条
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from toolkit.ledger import preconditions, recording, simulation, subjects
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.plan import Plan
from toolkit.ledger.subjects import Subject
from toolkit.regulation.procedure import BY_TIME, Move
from toolkit.returns.findings import ERROR, Finding
from toolkit.returns.messages import finding


@dataclass(frozen=True)
class Option:
    """A move seen from the state of one application or studio. against: why it cannot be made now, empty where it can."""

    move: Move
    against: tuple[Finding, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.against


@dataclass(frozen=True)
class Judgement:
    """What a filled-in move would write, what stands against it or is to be looked at (`notes`); after: whom it is about as the ledger would
    tell then, None where it cannot be made."""

    plan: Plan = field(default_factory=Plan)
    against: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    after: Subject | None = None

    @property
    def stage(self) -> str:
        """The state it would lead to."""
        return self.after.stage if self.after else ""


def options(subject: Subject) -> list[Option]:
    """Every move there is for its kind, in the law's order; those that a day passing makes are none."""
    return [option(move, subject) for move in subject.watch.law.procedure.of(subject.kind) if move.by != BY_TIME]


def option(move: Move, subject: Subject) -> Option:
    """Whether the move can be made now. Raises UnreadableCell where a cell that decides cannot be read."""
    if subject.stage not in move.origins:
        stages = "".join(("“", "”、“".join(move.origins), "”"))
        refused = finding("D-move", subject.place, subject.name, move.clause, status=subject.stage, move=move.name, stages=stages)
        return Option(move, (refused,))
    # What only leaves a row out of a list is a refusal here.
    return Option(move, tuple(replace(found, level=ERROR) for name in move.needs for found in preconditions.BY_NAME[name](subject)))


def judge(move: Move, subject: Subject, answers: Mapping[str, Any]) -> Judgement:
    """What the move would do, filled in with answers (表.列 → value). UserError where what it derives cannot be derived."""
    against = list(option(move, subject).against)
    against += [finding("D-fill", subject.place, path.partition(".")[2], move.clause, move=move.name)
                for path in move.fills if path in move.required and answers.get(path) is None]
    against += _days_out_of_place(move, subject, answers)
    if against:
        return Judgement(against=tuple(against))
    plan = recording.plan(move, subject, answers)
    then, found = simulation.foreseen(subject.watch, plan)
    errors = tuple(each for each in found if each.level == ERROR)
    return Judgement(plan, errors, tuple(each for each in found if each.level != ERROR), None if errors else _same(subject, then))


def _days_out_of_place(move: Move, subject: Subject, answers: Mapping[str, Any]) -> Iterator[Finding]:
    """What is registered has been done: not later than the day, and not before the studio was named."""
    any_day, on = subject.watch.law.procedure.any_day, subject.watch.on
    named = subject.studio.begins if subject.studio is not None else None
    for path in move.fills:
        day, header = answers.get(path), path.partition(".")[2]
        if not isinstance(day, date) or path in any_day:
            continue
        if day > on:
            yield finding("D-ahead", subject.place, day, move.clause, field=header, on=on)
        elif named is not None and day < named:
            yield finding("D-early", subject.place, day, move.clause, field=header, first=named)


def _same(subject: Subject, watch: Watch) -> Subject:
    """The subject as another watch sees it."""
    if subject.application is not None and subject.studio is None:
        row = next(row for row in watch.books.applications if row.record.row == subject.application.record.row)
        return subjects.of_application(row, watch)
    assert subject.studio is not None
    kind, row_number = type(subject.studio.row), subject.studio.row.record.row
    studio = next(each for each in watch.studios if type(each.row) is kind and each.row.record.row == row_number)
    return subjects.of_studio(studio, watch)
