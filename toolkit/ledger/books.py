"""The ledger as typed rows: one list a register, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from toolkit.forms import register_rows as rows
from toolkit.forms.typed_rows import TypedRow
from toolkit.returns.standing import Standing

Typed = TypeVar("Typed", bound=TypedRow)
Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Books:
    """Every register of a ledger. Rows that say nothing but what the template prints are no rows (see `RowReader`)."""

    standing: Standing
    _known: dict[object, Any] = field(default_factory=dict, repr=False)

    def once(self, what: object, find: Callable[[], Found]) -> Found:
        """What was found in this ledger, which does not change; many questions begin with the same search."""
        if what not in self._known:
            self._known[what] = find()
        return self._known[what]

    def of(self, kind: type[Typed]) -> Sequence[Typed]:
        """The rows of one register, `[]` where the ledger lacks the sheet."""
        return self.once(kind, lambda: [kind(record) for record in self.standing.records(kind.sheet.name)])

    @property
    def studios(self) -> Sequence[rows.StudioRow]:
        return self.of(rows.StudioRow)

    @property
    def applications(self) -> Sequence[rows.ApplicationRow]:
        return self.of(rows.ApplicationRow)

    @property
    def publicity(self) -> Sequence[rows.PublicityRow]:
        return self.of(rows.PublicityRow)

    @property
    def funds(self) -> Sequence[rows.FundRow]:
        return self.of(rows.FundRow)

    @property
    def assessments(self) -> Sequence[rows.AssessmentRow]:
        return self.of(rows.AssessmentRow)

    @property
    def withdrawals(self) -> Sequence[rows.WithdrawalRow]:
        return self.of(rows.WithdrawalRow)

    @property
    def reviews(self) -> Sequence[rows.ReviewRow]:
        return self.of(rows.ReviewRow)
