"""What documents behind the naming write into the ledger: filing, payment, withdrawal, recovery, answers, and each document's number.

Source: 乌人社规〔2023〕1号 第十二条、第十三条、第十八条至第二十条
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from toolkit.forms.register_rows import ChangeRow, FundRow, IssuedRow, PublicityRow, StudioRow, WithdrawalRow
from toolkit.forms.typed_rows import RowField
from toolkit.ledger import money, numbering, recording
from toolkit.ledger.act_decisions import Withdrawal
from toolkit.ledger.acts import new_row, set_fields
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.plan import Plan
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation


def together(plans: Iterable[Plan]) -> Plan:
    """One plan that does what all of them do."""
    whole = Plan()
    for plan in plans:
        whole.added += plan.added
        whole.changed += plan.changed
        whole.unchanged += plan.unchanged
    return whole


def issue(books: Books, number: str, paper: str, year: int, on: date, subject: str) -> Plan:
    """The line of 发文登记 for a document, unless it is there."""
    plan = Plan()
    if any(row.number and numbering.same(row.number, number) for row in books.of(IssuedRow)):
        plan.unchanged += 1
        return plan
    plan.added.append(new_row(IssuedRow, (number,), {
        IssuedRow.number: number, IssuedRow.paper: paper, IssuedRow.year: year, IssuedRow.issued_on: on, IssuedRow.subject: subject}))
    return plan


def file(rows: Sequence[PublicityRow], number: str, on: date) -> Plan:
    """R12-2: the day and the number of the report for filing."""
    plan = Plan()
    for row in rows:
        set_fields(plan, row, {PublicityRow.filed_on: on, PublicityRow.filing_number: number})
    return plan


def pay(studios: Sequence[Studio], number: str, on: date, law: Regulation) -> Plan:
    """R13-1: the subsidy of each studio as a line of 经费, and its total; the voucher is for people to add."""
    plan = Plan()
    kind = next(iter(law.lists["fund_kinds"].where("subsidy")))
    source = next(iter(law.lists["fund_sources"].where("subsidy")))
    for studio in studios:
        if money.payments(studio, law):
            plan.unchanged += 1
            continue
        entry: dict[RowField, Any] = {
            FundRow.number: studio.number or None, FundRow.studio: studio.name, FundRow.day: on, FundRow.kind: kind, FundRow.source: source,
            FundRow.summary: f"{number}拨付", FundRow.amount: law["subsidy_yuan"]}
        plan.added.append(new_row(FundRow, (studio.number, studio.name), entry))
        _carry_out(plan, recording.totals(studio, entry, law), studio)
    return plan


def decide(found: Withdrawal, number: str, on: date, law: Regulation) -> Plan:
    """R18-1, R19-4, R20-1a: number and day of the decision, the last day for paying back, the bar; the studio's state."""
    plan, row, studio = Plan(), found.row, found.studio
    effects = recording.decided(row, studio, on, law) if studio is not None else {}
    set_fields(plan, row, {
        WithdrawalRow.decision_number: number, WithdrawalRow.decided_on: on, WithdrawalRow.repay_until: repay_until(row, on, law),
        **effects.get(WithdrawalRow, {})})
    if studio is not None:
        _carry_out(plan, effects, studio)
    return plan


def _carry_out(plan: Plan, effects: recording.Writing, studio: Studio) -> None:
    """What follows in 工作室, where the studio stands there."""
    if isinstance(studio.row, StudioRow) and effects.get(StudioRow):
        set_fields(plan, studio.row, effects[StudioRow])


def repay_until(row: WithdrawalRow, on: date, law: Regulation) -> date | None:
    """The last day for paying back: as entered, else counted from the day of the document; None where nothing is owed."""
    if not row.owed:
        return None
    return row.repay_until or (row.decided_on or on) + timedelta(days=law["repay_days"])


def recover(row: WithdrawalRow, number: str, on: date, law: Regulation) -> Plan:
    """Number and day of the notice that asks for the money."""
    plan = Plan()
    set_fields(plan, row, {
        WithdrawalRow.recovery_number: number, WithdrawalRow.recovery_on: on, WithdrawalRow.repay_until: repay_until(row, on, law)})
    return plan


def answer(row: ChangeRow, studio: Studio, number: str, watch: Watch) -> Plan:
    """R18-0: number and day of the answer to a change; it takes effect in 工作室, once."""
    plan = Plan()
    waited = row.approval_number is None
    set_fields(plan, row, {ChangeRow.approval_number: number, ChangeRow.answered_on: watch.on})
    if waited:
        _carry_out(plan, recording.approved(row, studio, watch), studio)
    return plan
