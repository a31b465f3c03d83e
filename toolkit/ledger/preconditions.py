"""What must hold before a move can be made, by the name the law's file gives it: each tells why not, and cites its clause.

Source: 乌人社规〔2023〕1号 第十一条至第十三条、第十八条至第二十条
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from toolkit.forms.register_rows import ChangeRow, FundRow, PublicityRow, StudioRow, WithdrawalRow
from toolkit.ledger import act_decisions, decisions
from toolkit.ledger.references import owners_known
from toolkit.ledger.subjects import Subject
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding

Need = Callable[[Subject], Iterator[Finding]]


def may_be_published(subject: Subject) -> Iterator[Finding]:
    """R11: as the 公示 decides."""
    if subject.application is not None:
        decision = decisions.may_be_published(subject.application, subject.watch.law, subject.watch.reviews, subject.watch.on)
        yield from (*decision.against, *decision.stopping)


def may_be_named(subject: Subject) -> Iterator[Finding]:
    """R12-1, R12-2: as the naming decides."""
    if subject.publicity is not None:
        decision = decisions.may_be_named(subject.publicity, subject.watch.on, subject.watch.law, subject.watch.holidays)
        yield from (*decision.against, *decision.stopping)


def naming_registered(subject: Subject) -> Iterator[Finding]:
    """R12-2: there is a row of 公示命名 to write into."""
    if PublicityRow.sheet.name not in subject.rows:
        yield finding("R12-2.unregistered", subject.place, subject.name, subject.watch.law.clause("R12-2"))


def naming_not_filed(subject: Subject) -> Iterator[Finding]:
    """R12-2: reported to the committee's office once."""
    yield from naming_registered(subject)
    row = subject.publicity
    if row is not None and row.filed_on is not None:
        yield finding("R12-2.filed", row.record.place(PublicityRow.filed_on.header), subject.name, subject.watch.law.clause("R12-2"),
                      day=row.filed_on)


def not_paid(subject: Subject) -> Iterator[Finding]:
    """R13-1: paid once in a construction period."""
    assert subject.studio is not None
    owners_known(subject.watch.books, FundRow, WithdrawalRow)
    yield from act_decisions.paid_already(subject.studio, subject.watch.law)


def no_open_change(subject: Subject) -> Iterator[Finding]:
    """R18-0: one change after the other."""
    assert subject.studio is not None
    change = subject.studio.open_change
    if change is not None:
        yield finding("R18-0.open", change.record.place(ChangeRow.approval_number.header), change.matter or "", subject.watch.law.clause("R18-0"))


def open_change(subject: Subject) -> Iterator[Finding]:
    """R18-0: a change that waits."""
    assert subject.studio is not None
    if subject.studio.open_change is None:
        yield finding("R18-0.none", subject.place, subject.name, subject.watch.law.clause("R18-0"))


def change_verified(subject: Subject) -> Iterator[Finding]:
    """R18-0, R18-1, R18-2: verified by the district before the city answers."""
    yield from open_change(subject)
    assert subject.studio is not None
    change = subject.studio.open_change
    if change is not None:
        yield from act_decisions.verified(change, subject.watch.law)


def result_not_entered(subject: Subject) -> Iterator[Finding]:
    """R19-2: a result that came in and does not stand in 工作室 yet."""
    studio = subject.studio
    assert studio is not None
    clause = subject.watch.law.clause("R19-2")
    if studio.result is None:
        yield finding("R19-2.noresult", subject.place, subject.name, clause)
    elif isinstance(studio.row, StudioRow) and studio.row.grade is not None and studio.row.points is not None:
        yield finding("R19-2.entered", studio.row.record.place(StudioRow.grade.header), studio.row.grade, clause)


def period_over(subject: Subject) -> Iterator[Finding]:
    """R12-3: the last day of the construction period still belongs to it."""
    assert subject.studio is not None
    end = subject.studio.ends
    if end is not None and subject.watch.on <= end:
        yield finding("R12-3.running", subject.place, subject.name, subject.watch.law.clause("R12-3"), until=end)


def ground_revokes(subject: Subject) -> Iterator[Finding]:
    """R18-1, R19-4: 撤销, not 取消."""
    yield from _ground(subject, "revokes")


def ground_cancels(subject: Subject) -> Iterator[Finding]:
    """R20-1a, R20-1c, R20-2, R20-3, R20-4: 取消, not 撤销."""
    yield from _ground(subject, "cancels")


def _ground(subject: Subject, flag: str) -> Iterator[Finding]:
    row, grounds = _withdrawal(subject), subject.watch.law.lists["withdrawal_grounds"]
    if row.ground not in grounds.where(flag):
        wanted = "取消" if row.ground in grounds.where("cancels") else "撤销"
        yield finding("R19-4.other", row.record.place(WithdrawalRow.ground.header), row.ground or "", grounds.clause, wanted=wanted)


def plaque_not_returned(subject: Subject) -> Iterator[Finding]:
    """R18-1, R19-4: the plaque is still out."""
    row = _withdrawal(subject)
    if row.plaque_returned_on is not None:
        yield finding("R19-4.returned", row.record.place(WithdrawalRow.plaque_returned_on.header), row.plaque_returned_on,
                      row.ground or subject.watch.law.clause("R19-4"))


def money_outstanding(subject: Subject) -> Iterator[Finding]:
    """R19-4: money is owed and not all of it recovered."""
    row = _withdrawal(subject)
    yield from act_decisions.settled_already(act_decisions.Withdrawal(row, subject.studio), subject.watch.law)


def cancelling_not_filed(subject: Subject) -> Iterator[Finding]:
    """R20-1a, R20-1c, R20-2, R20-3, R20-4: reported to the committee's office once."""
    row = _withdrawal(subject)
    if row.filed_on is not None:
        yield finding("R12-2.filed", row.record.place(WithdrawalRow.filed_on.header), subject.name, row.ground or "", day=row.filed_on)


def _withdrawal(subject: Subject) -> WithdrawalRow:
    assert subject.studio is not None and subject.studio.withdrawal is not None
    return subject.studio.withdrawal


BY_NAME: Mapping[str, Need] = {function.__name__: function for function in (
    may_be_published, may_be_named, naming_registered, naming_not_filed, not_paid, no_open_change, open_change, change_verified,
    result_not_entered, period_over, ground_revokes, ground_cancels, plaque_not_returned, money_outstanding, cancelling_not_filed)}
