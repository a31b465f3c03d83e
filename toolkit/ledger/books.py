"""The ledger as typed rows: one list a register, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from toolkit.forms import register_rows as rows
from toolkit.forms.typed_rows import TypedRow
from toolkit.returns.standing import Standing

Typed = TypeVar("Typed", bound=TypedRow)


@dataclass(frozen=True)
class Books:
    """Every register of a ledger. Rows that say nothing but what the template prints are no rows (see `RowReader`)."""

    standing: Standing

    def of(self, kind: type[Typed]) -> Sequence[Typed]:
        """The rows of one register, `[]` where the ledger lacks the sheet."""
        return [kind(record) for record in self.standing.records(kind.sheet.name)]

    @cached_property
    def studios(self) -> Sequence[rows.StudioRow]:
        return self.of(rows.StudioRow)

    @cached_property
    def applications(self) -> Sequence[rows.ApplicationRow]:
        return self.of(rows.ApplicationRow)

    @cached_property
    def publicity(self) -> Sequence[rows.PublicityRow]:
        return self.of(rows.PublicityRow)

    @cached_property
    def funds(self) -> Sequence[rows.FundRow]:
        return self.of(rows.FundRow)

    @cached_property
    def assessments(self) -> Sequence[rows.AssessmentRow]:
        return self.of(rows.AssessmentRow)

    @cached_property
    def withdrawals(self) -> Sequence[rows.WithdrawalRow]:
        return self.of(rows.WithdrawalRow)

    @cached_property
    def reviews(self) -> Sequence[rows.ReviewRow]:
        return self.of(rows.ReviewRow)
