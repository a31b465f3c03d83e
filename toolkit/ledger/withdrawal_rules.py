"""What a revocation, a cancelling and the money that follows must be like, whether entered by the page or typed.

What an authority has concluded is recorded as it concluded it; nothing is inferred. Source: 乌人社规〔2023〕1号 第十三条、第十八条至第二十条
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from toolkit.forms.register_rows import AssessmentRow, FundRow, WithdrawalRow
from toolkit.ledger import money
from toolkit.ledger.dues.watch import Watch
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import add_years
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding

WithdrawalRule = Callable[[WithdrawalRow, Watch], Iterator[Finding]]


def reason_of_ground(row: WithdrawalRow, watch: Watch) -> Iterator[Finding]:
    """R18-1, R19-4, R20-4: the reason is one of the article that is cited."""
    item = watch.law.lists["withdrawal_reasons"].find(row.reason) if row.reason else None
    if item is not None and row.ground is not None and item["ground"] != row.ground:
        yield finding("R19-4.reason", row.record.place(WithdrawalRow.reason.header), row.reason, row.ground, wanted=item["ground"],
                      other=row.ground)


def happened_within_four_years(row: WithdrawalRow, watch: Watch) -> Iterator[Finding]:
    """R20-5: 第二十条 is about what happens after the naming and within four years; the corresponding day still belongs to them."""
    studio = watch.studio_of(row)
    if row.ground not in watch.law.lists["withdrawal_grounds"].where("cancels") or studio is None:
        return
    first, last = studio.begins, studio.liable_until
    if first is None or last is None:
        return
    if row.happened_on is None:
        if row.found_on is not None and row.found_on > last:
            yield finding("R20-5.unknown", row.record.place(WithdrawalRow.happened_on.header), row.found_on, watch.law.clause("R20-5"), last=last)
    elif not first < row.happened_on <= last:
        yield finding("R20-5.outside", row.record.place(WithdrawalRow.happened_on.header), row.happened_on, watch.law.clause("R20-5"),
                      first=first, last=last)


def found_after_it_happened(row: WithdrawalRow, watch: Watch) -> Iterator[Finding]:
    """R19-4, R20-5: a case is found when it has happened: not before the day of the facts, nor before the assessment that was failed."""
    studio = watch.studio_of(row)
    assessed = studio.result.assessed_on if studio is not None and studio.result is not None \
        and row.ground in watch.law.lists["withdrawal_grounds"].where("bars") else None
    for label, day in ((WithdrawalRow.happened_on.header, row.happened_on), (AssessmentRow.assessed_on.header, assessed)):
        if row.found_on is not None and day is not None and row.found_on < day:
            yield finding("R19-4.order", row.record.place(WithdrawalRow.found_on.header), row.found_on, row.ground or watch.law.clause("R19-4"),
                          before=label, earlier=day)


def done_after_the_decision(row: WithdrawalRow, watch: Watch) -> Iterator[Finding]:
    """R19-4, R20-1a: what follows from a decision is usually done after it; for people to look at."""
    if row.decided_on is None:
        return
    studio = watch.studio_of(row)
    paid_back = money.instalments(studio, watch.law) if studio is not None else ()
    done = ((WithdrawalRow.plaque_returned_on, row.plaque_returned_on), (WithdrawalRow.filed_on, row.filed_on))
    days = [(row.record.place(field.header), field.header, day) for field, day in done]
    days += [(entry.record.place(FundRow.day.header), f"追回的{FundRow.day.header}", entry.day) for entry in paid_back]
    for place, label, day in days:
        if day is not None and day < row.decided_on:
            yield finding("R19-4.early", place, day, row.ground or watch.law.clause("R19-4"), field=label, wanted=row.decided_on)


def decided_after_finding(row: WithdrawalRow, watch: Watch) -> Iterator[Finding]:
    """R19-4: a decision is issued when the case has been found, not before."""
    if row.decided_on is not None:
        yield from issued_after_finding(row, row.decided_on, watch.law)


def issued_after_finding(row: WithdrawalRow, day: date, law: Regulation) -> Iterator[Finding]:
    """R19-4: of the decision that is issued on the day."""
    if row.found_on is not None and day < row.found_on:
        yield finding("R19-4.document", row.record.place(WithdrawalRow.decided_on.header), day, row.ground or law.clause("R19-4"),
                      wanted=row.found_on)


def barred_for_three_years(row: WithdrawalRow, watch: Watch) -> Iterator[Finding]:
    """R19-4: the bar ends on the day that corresponds to that of the document, so many years on."""
    if row.decided_on is None or row.barred_until is None or row.ground not in watch.law.lists["withdrawal_grounds"].where("bars"):
        return
    wanted = add_years(row.decided_on, watch.law["bar_years"])
    if row.barred_until != wanted:
        yield finding("R19-4.until", row.record.place(WithdrawalRow.barred_until.header), row.barred_until, row.ground or "", day=row.decided_on,
                      wanted=wanted)


def recovered_within_owed(row: WithdrawalRow, watch: Watch) -> Iterator[Finding]:
    """R19-4: instalments come to no more than is owed, and the total that is written is theirs."""
    studio = watch.studio_of(row)
    if studio is None:
        return
    place, clause = row.record.place(WithdrawalRow.recovered.header), row.ground or watch.law.clause("R19-4")
    vouched = sum(entry.amount or 0 for entry in money.instalments(studio, watch.law))
    if vouched and row.recovered is not None and row.recovered != vouched:
        yield finding("R19-4.sum", place, f"{row.recovered:,}", clause, wanted=f"{vouched:,}")
    paid_back = money.recovered(studio, watch.law)
    if row.owed is not None and paid_back > row.owed:
        yield finding("R19-4.over", place, f"{paid_back:,}", clause, wanted=f"{row.owed:,}")


def subsidy_in_full(row: FundRow, watch: Watch) -> Iterator[Finding]:
    """R13-1: the subsidy is paid once, in full."""
    wanted = watch.law["subsidy_yuan"]
    if row.kind in watch.law.lists["fund_kinds"].where("subsidy") and row.amount is not None and row.amount != wanted:
        yield finding("R13-1.amount", row.record.place(FundRow.amount.header), f"{row.amount:,}", watch.law.clause("R13-1"), wanted=f"{wanted:,}")


RULES: Sequence[WithdrawalRule] = (reason_of_ground, happened_within_four_years, found_after_it_happened, decided_after_finding,
                                   barred_for_three_years, recovered_within_owed)
