"""Who may not apply, for what, until when. Source: 乌人社规〔2023〕1号 第十九条（二） (R19-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from toolkit.forms.register_rows import WithdrawalRow
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import add_years


@dataclass(frozen=True)
class Bar:
    """A bar that a revocation brings: on its leader, on its unit for the same occupation, or both; `until` still belongs to it."""

    row: WithdrawalRow
    until: date
    on_person: bool
    on_unit: bool

    def subject(self, law: Regulation) -> str:
        """Whom it meets, as the list of the register says it."""
        return next(item.name for item in law.lists["bar_subjects"].items
                    if bool(item["person"]) == self.on_person and bool(item["unit"]) == self.on_unit)


def bar(row: WithdrawalRow, law: Regulation) -> Bar | None:
    """The bar of one withdrawal: only 第十九条（二） bars; without a document there is none yet.

    Whom it meets is as the row says, else the default of `bar_covers_unit_occupation`.
    """
    return None if row.decided_on is None and row.barred_until is None else bar_of(row, row.decided_on, law)


def bar_of(row: WithdrawalRow, decided_on: date | None, law: Regulation) -> Bar | None:
    """The bar that a withdrawal brings whose document is of the day `decided_on`; as `bar`."""
    if row.ground not in law.lists["withdrawal_grounds"].where("bars"):
        return None
    until = row.barred_until or (add_years(decided_on, law["bar_years"]) if decided_on else None)
    if until is None:
        return None
    subjects = law.lists["bar_subjects"]
    if row.bar_subject is None:
        return Bar(row, until, True, law.yes("bar_covers_unit_occupation"))
    return Bar(row, until, row.bar_subject in subjects.where("person"), row.bar_subject in subjects.where("unit"))
