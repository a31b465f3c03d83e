"""Every studio that has been named, wherever the ledger registers it, with its periods and what became of it.

A studio is its 编号 where both rows carry one, else its name. Source: 乌人社规〔2023〕1号 第三条、第十三条、第十九条、第二十条 (R12-3)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from toolkit.forms.register_rows import (
    AchievementRow,
    ActivityRow,
    ApplicationRow,
    AssessmentRow,
    ChangeRow,
    FundRow,
    GoalRow,
    PublicityRow,
    StudioRow,
    TraineeRow,
    WithdrawalRow,
    YearlyRow,
)
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import add_months, add_years
from toolkit.returns.checks import HELD
from toolkit.returns.values import shown

VALID = "有效"
BETWEEN_NAMES = "、"


class OfStudio(Protocol):
    """A row of a register that names its studio."""

    record: Any


RowOfStudio = TypeVar("RowOfStudio", bound=OfStudio)
Counting = TypeVar("Counting", FundRow, TraineeRow, ActivityRow, AchievementRow)


def _name(row: OfStudio) -> str:
    return shown(row.record.values.get(StudioRow.name.header))


def _number(row: OfStudio) -> str:
    return shown(row.record.values.get(StudioRow.number.header))


class Called(NamedTuple):
    """What a studio is found by: its number (`` where it has none), and its names, the present one first (R18-1)."""

    number: str
    names: tuple[str, ...]


def called(row: OfStudio) -> Called:
    """What the studio of this row is found by."""
    former = former_names(shown(row.record.values.get(StudioRow.former_names.header)))
    return Called(_number(row), tuple(dict.fromkeys((_name(row), *former))))


class ByStudio(Generic[RowOfStudio]):
    """The rows of a register, found for a studio: by number where both say one, else by name."""

    def __init__(self, rows: Iterable[RowOfStudio]) -> None:
        self._by_number: dict[str, list[RowOfStudio]] = defaultdict(list)
        self._by_name: dict[str, list[RowOfStudio]] = defaultdict(list)
        self._numberless: dict[str, list[RowOfStudio]] = defaultdict(list)
        for row in rows:
            number, name = _number(row), _name(row)
            (self._by_number[number] if number else self._numberless[name]).append(row)
            if name or not number:
                self._by_name[name].append(row)

    def of(self, studio: Called) -> list[RowOfStudio]:
        """In the order of the register."""
        if not studio.number:
            return [row for name in studio.names for row in self._by_name.get(name, ())]
        numbered = self._by_number.get(studio.number, [])
        named = [row for name in studio.names for row in self._numberless.get(name, ())]
        return sorted([*numbered, *named], key=lambda row: row.record.row) if named else list(numbered)

    def last(self, studio: Called) -> RowOfStudio | None:
        """The last of them."""
        found = self.of(studio)
        return found[-1] if found else None


@dataclass(frozen=True)
class Studio:
    """A named studio. Asking for what stands in a cell that cannot be read raises UnreadableCell.

    row: its row of 工作室, of 公示命名 while it stands in no other; naming: its row of 公示命名, which says what 工作室 leaves empty;
    application: the application it was named on. Money and evidence are what counts: rows that the city withdrew are left out.
    """

    row: StudioRow | PublicityRow
    law: Regulation
    naming: PublicityRow | None = None
    application: ApplicationRow | None = None
    withdrawal: WithdrawalRow | None = None
    money: Sequence[FundRow] = ()
    years: Sequence[YearlyRow] = ()
    changes: Sequence[ChangeRow] = ()
    goals: Sequence[GoalRow] = ()
    result: AssessmentRow | None = None
    trained: Sequence[TraineeRow] = ()
    held: Sequence[ActivityRow] = ()
    achieved: Sequence[AchievementRow] = ()

    @property
    def registered(self) -> bool:
        """Whether it stands in 工作室."""
        return isinstance(self.row, StudioRow)

    @property
    def name(self) -> str:
        return shown(self.row.name if isinstance(self.row, StudioRow) else self.row.studio)

    @property
    def names(self) -> tuple[str, ...]:
        """R18-1: its name, and those it had before its leader changed."""
        return called(self.row).names if isinstance(self.row, StudioRow) else (self.name,)

    @property
    def number(self) -> str:
        return shown(self.row.number) if isinstance(self.row, StudioRow) else ""

    @property
    def district(self) -> str | None:
        return self.row.district or (self.naming.district if self.naming else None)

    @property
    def leader(self) -> str | None:
        return self.row.leader or (self.naming.leader if self.naming else None)

    @property
    def unit(self) -> str | None:
        return self.row.unit or (self.naming.unit if self.naming else None)

    @property
    def occupation(self) -> str | None:
        return self.row.occupation or (self.naming.occupation if self.naming else None)

    @property
    def leader_id(self) -> str | None:
        """Of 公示命名 alone: the ID number on the application."""
        if isinstance(self.row, StudioRow):
            return self.row.leader_id
        return self.application.leader_id if self.application else None

    @property
    def unit_code(self) -> str | None:
        if isinstance(self.row, StudioRow):
            return self.row.unit_code
        return self.application.unit_code if self.application else None

    @cached_property
    def status(self) -> str:
        """What it counts as: revoked or cancelled by a decision, else as 工作室 says, else 有效."""
        if self.withdrawal is not None:
            return withdrawn_status(self.withdrawal, self.law)
        return (self.row.status if isinstance(self.row, StudioRow) else None) or VALID

    @property
    def counts(self) -> bool:
        """R03-2, R18-3: whether it takes up the place of its leader and of its unit's occupation."""
        return self.status in self.law.lists["studio_statuses"].where("counts")

    @property
    def keeps_plaque(self) -> bool:
        """R18-3: whether nothing but its plaque is left of it."""
        return self.status in self.law.lists["studio_statuses"].where("keeps_plaque")

    def is_settled(self, on: date) -> bool:
        """R19-2: whether its construction period is over and assessed: what the period asked for has had its consequence."""
        return self.ends is not None and on > self.ends and self.grade is not None

    @property
    def is_withdrawn(self) -> bool:
        return self.status in self.law.lists["studio_statuses"].where("revoked")

    @cached_property
    def begins(self) -> date | None:
        """R12-3: the first day of the construction period."""
        return self.row.begins or self.row.named_on or (self.naming.named_on if self.naming else None)

    @cached_property
    def ends(self) -> date | None:
        """R12-3: the last day of the construction period."""
        return self.row.ends or (add_years(self.begins, self.law["construction_years"]) if self.begins else None)

    @cached_property
    def liable_until(self) -> date | None:
        """R20-5: the last day on which 第二十条 can be applied, whatever the state."""
        return self.row.liable_until or (add_years(self.begins, self.law["liability_years"]) if self.begins else None)

    @property
    def open_change(self) -> ChangeRow | None:
        """R18-0: the last change that was applied for and has no answer yet."""
        return next((row for row in reversed(self.changes) if row.approval_number is None), None)

    @property
    def last_day(self) -> date | None:
        """R18-2: the day on which its leader leaves: statutory retirement, or later as it was filed."""
        return self.stays_until or self.retires_on

    @property
    def retires_on(self) -> date | None:
        """R07-1c: statutory retirement of its leader."""
        if not isinstance(self.row, StudioRow):
            return self.application.retires_on if self.application else None
        return self.row.retires_on or (self.application.retires_on if self.application and self._same_leader else None)

    @property
    def stays_until(self) -> date | None:
        """R18-2: the day a leader stays to who was taken on anew or retires later, as 工作室 says, else as it was approved."""
        stated = self.row.leaves_on if isinstance(self.row, StudioRow) else None
        if stated is not None:
            return stated
        matters, filed = self.law.lists["change_matters"], None
        for change in self.changes:
            if change.approval_number is not None and change.matter in matters.where("leader"):
                filed = None
            elif change.approval_number is not None and change.matter in matters.where("stays"):
                filed = change.leaves_on or filed
        return filed

    @property
    def _same_leader(self) -> bool:
        """Whether whom it was named with still leads it."""
        applied = self.application.record.values.get(ApplicationRow.leader_id.header) if self.application else None
        return applied == self.leader_id

    @property
    def window(self) -> tuple[date, date] | None:
        """R19-2: first and last day of the end-of-term assessment."""
        return window(self.ends, self.law) if self.ends else None

    @property
    def grade(self) -> str | None:
        """R19-3: the grade as 工作室 says, else as its result says; one that is held says nothing yet."""
        stated = self.row.grade if isinstance(self.row, StudioRow) else None
        if stated is not None or self.result is None or self.result.status == HELD:
            return stated
        return self.result.grade

    def is_due(self, on: date) -> bool:
        """R19-2: whether it is to be assessed on the day: its window has begun, late ones too, still valid, without a grade."""
        return self.counts and self.window is not None and self.window[0] <= on and self.grade is None


def withdrawn_status(withdrawal: WithdrawalRow, law: Regulation) -> str:
    """R19-4, R20-1a, R20-1c, R20-2, R20-3, R20-4: 已撤销, or 已取消 where the ground is one of 第二十条."""
    statuses = law.lists["studio_statuses"]
    cancelled = withdrawal.ground in law.lists["withdrawal_grounds"].where("cancels")
    return next(name for name in statuses.names if name in statuses.where("revoked") and (name in statuses.where("cancelled")) == cancelled)


def former_names(text: str) -> list[str]:
    """The names that one cell of 曾用名 lists."""
    return [name.strip() for name in text.split(BETWEEN_NAMES) if name.strip()]


def window(ends: date, law: Regulation) -> tuple[date, date]:
    """First and last day on which a studio whose construction period ends on `ends` is assessed (R19-2)."""
    return add_months(ends, -law["assessment_window_months"]), ends


def studios(books: Books, law: Regulation) -> Sequence[Studio]:
    """Every studio that has been named, those of 工作室 first, whatever became of them."""
    _, found = books.once((Studio, id(law)), lambda: (law, _named(books, law)))  # the law is kept, so that no other gets its id
    return found


def _named(books: Books, law: Regulation) -> list[Studio]:
    registered = [row for row in books.studios if row.known(StudioRow.name)]
    keys = {name for row in registered for name in called(row).names}
    numbers = {number for row in registered for number in row.known(StudioRow.number)}
    named = [row for row in books.publicity if row.record.raw(PublicityRow.named_on.header) is not None
             and shown(row.record.values.get(PublicityRow.studio.header)) not in keys
             and not numbers.intersection(row.known(PublicityRow.number))]
    found = _Surroundings(books, law)
    rows: list[StudioRow | PublicityRow] = [*registered, *named]
    return [found.studio(row, law) for row in rows]


class _Surroundings:
    """What the other registers hold, by studio."""

    def __init__(self, books: Books, law: Regulation) -> None:
        withdrawn = law.lists["row_states"].where("withdrawn")

        def counting(kind: type[Counting]) -> ByStudio[Counting]:
            return ByStudio(row for row in books.of(kind) if row.record.values.get(FundRow.standing.header) not in withdrawn)

        self._applications = ByStudio(books.applications)
        self._withdrawals = ByStudio(books.withdrawals)
        self._money, self._trained = counting(FundRow), counting(TraineeRow)
        self._held, self._achieved = counting(ActivityRow), counting(AchievementRow)
        gone = law.lists["application_statuses"].where("withdrawn")
        self._years = ByStudio(row for row in books.of(YearlyRow) if row.record.values.get(YearlyRow.status.header) not in gone)
        self._changes = ByStudio(books.of(ChangeRow))
        self._goals = ByStudio(row for row in books.of(GoalRow) if row.record.values.get(GoalRow.status.header) not in gone)
        self._namings = ByStudio(row for row in books.publicity if row.record.raw(PublicityRow.named_on.header) is not None)
        self._results = ByStudio(row for row in books.assessments if row.record.raw(AssessmentRow.grade.header) is not None
                                 and row.record.values.get(AssessmentRow.status.header) not in gone)

    def studio(self, row: StudioRow | PublicityRow, law: Regulation) -> Studio:
        whose = called(row)
        year = None if isinstance(row, StudioRow) else row.record.values.get(PublicityRow.year.header)
        applications = [each for each in self._applications.of(whose)
                        if year is None or each.record.values.get(ApplicationRow.year.header) == year]
        naming = self._namings.last(whose) if isinstance(row, StudioRow) else row
        return Studio(row, law, naming, applications[-1] if applications else None, self._withdrawals.last(whose), self._money.of(whose),
                      self._years.of(whose), self._changes.of(whose), self._goals.of(whose), self._results.last(whose), self._trained.of(whose),
                      self._held.of(whose), self._achieved.of(whose))
