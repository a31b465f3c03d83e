"""Whether a paper may be issued about a studio or a row, and if not, why: filing, payment, withdrawal, recovery, the answer to a change.

Nothing is inferred: an authority concludes, people enter it, here it is only asked whether everything is there and fits together.
Source: 乌人社规〔2023〕1号 第十二条、第十三条、第十八条至第二十条
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.forms.register_rows import ChangeRow, FundRow, PublicityRow, StudioRow, WithdrawalRow
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger import change_rules, money, withdrawal_rules
from toolkit.ledger.decisions import UPHELD, Decision, objection
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation, rubric
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

REVOKES, CANCELS = "revokes", "cancels"
"""What a ground of withdrawal does, as the list of grounds flags it."""


def blank(row: TypedRow, *fields: RowField) -> Iterator[Finding]:
    """The cells that have to be printed or counted and are empty. Raises UnreadableCell where one cannot be read."""
    for field in fields:
        if field.__get__(row, type(row)) is None:
            yield finding("D-needed", row.record.place(field.header), field.header, field.column.clause)


# ---- 备案、拨付 ----

def may_be_filed(row: PublicityRow, on: date, law: Regulation) -> Decision:
    """R12-2: named, and not reported for filing on another day."""
    clause = law.clause("R12-2")
    if row.named_on is None or row.naming_number is None:
        raised = objection(row, law)
        if raised.state == UPHELD and raised.finding is not None:
            return Decision((raised.finding,))
        return Decision((finding("R12-2.unnamed", row.record.place(PublicityRow.named_on.header), shown(row.studio), clause),))
    if row.filed_on not in (None, on):
        return Decision((finding("R12-2.filed", row.record.place(PublicityRow.filed_on.header), shown(row.studio), clause, day=row.filed_on),))
    if row.named_on > on:
        return Decision((finding("R12-2.later", row.record.place(PublicityRow.named_on.header), shown(row.studio), clause, day=row.named_on),))
    return Decision(stopping=tuple(blank(row, PublicityRow.studio, PublicityRow.leader, PublicityRow.unit, PublicityRow.occupation,
                                         PublicityRow.district, PublicityRow.published_on)))


def may_be_paid(studio: Studio, on: date, number: str, law: Regulation) -> Decision:
    """R13-1: named and valid, within the construction period, not paid by another act than the one with this number of this day."""
    clause, row = law.clause("R13-1"), studio.row
    place = row.record.place(type(row).fields["name" if studio.registered else "studio"].header)
    if not studio.counts:
        return Decision((finding("R13-1.state", place, studio.name, clause, status=studio.status),))
    if not any(entry.day == on and number and number in (entry.summary or "") for entry in money.payments(studio, law)) \
            and (paid := list(paid_already(studio, law))):
        unclear = tuple(money.unclear_payments(studio, law))
        return Decision(stopping=unclear) if unclear else Decision(tuple(paid))
    if studio.begins is None or studio.ends is None:
        return Decision(stopping=(finding("D-needed", row.record.place(type(row).fields["named_on"].header), StudioRow.named_on.header, clause),))
    if not studio.begins <= on <= studio.ends:
        return Decision((finding("R13-1.over", place, studio.name, clause, first=studio.begins, last=studio.ends),))
    return Decision()


def paid_already(studio: Studio, law: Regulation) -> Iterator[Finding]:
    """R13-1: the subsidy stands in 经费, or as a total in 工作室; it is paid once in a construction period. An entry of which nobody can
    tell whether it is the subsidy comes first."""
    yield from (unclear := list(money.unclear_payments(studio, law)))
    entries, row = money.payments(studio, law), studio.row
    if unclear or not (entries or money.subsidy_paid(studio, law) > 0):
        return
    place = entries[-1].record.place(FundRow.amount.header) if entries else row.record.place(StudioRow.subsidy.header)
    yield finding("R13-1.paid", place, studio.name, law.clause("R13-1"), where=f"“{place.sheet}”表 {place.cell}")


# ---- 撤销、取消、追回 ----

@dataclass(frozen=True)
class Withdrawal:
    """A row of 撤销追缴禁申 with the studio it is about (None: no register has it)."""

    row: WithdrawalRow
    studio: Studio | None

    @property
    def name(self) -> str:
        return shown(self.row.studio) or (self.studio.name if self.studio else "")


def waits_for_decision(row: WithdrawalRow, flag: str, law: Regulation) -> bool:
    """Whether a row asks for a decision that revokes or cancels (`flag`), issued or not. Raises UnreadableCell."""
    return row.ground in law.lists["withdrawal_grounds"].where(flag)


def may_be_decided(found: Withdrawal, watch: Watch) -> Decision:
    """R18-1, R19-4, R20-5: established, facts known, sum known where the ground recovers, grade and four years as the ground wants."""
    row, studio, clause, on, law = found.row, found.studio, found.row.ground or "", watch.on, watch.law
    if row.decided_on not in (None, on):
        return Decision((finding("R19-4.done", row.record.place(WithdrawalRow.decided_on.header), found.name, clause, day=row.decided_on),))
    if studio is None:
        return Decision(stopping=(finding("R19-4.unknown", row.record.place(WithdrawalRow.studio.header), found.name, clause),))
    stopping = [*blank(row, WithdrawalRow.found_on, *_named(found)), *_sum(row, law), *_fits(found, law),
                *(each for rule in withdrawal_rules.RULES for each in rule(row, watch)), *withdrawal_rules.issued_after_finding(row, on, law)]
    if not facts_known(found, law):
        stopping.append(finding("R19-4.facts", row.record.place(WithdrawalRow.facts.header), found.name, clause))
    return Decision(stopping=tuple(stopping))


def facts_known(found: Withdrawal, law: Regulation) -> bool:
    """Whether the facts stand there, or are the grade that the ledger holds."""
    return found.row.facts is not None or (_failed(found.row, law) and found.studio is not None and found.studio.result is not None)


def _failed(row: WithdrawalRow, law: Regulation) -> bool:
    return row.ground in law.lists["withdrawal_grounds"].where("bars")


def _named(found: Withdrawal) -> list[RowField]:
    """Leader and unit, where neither the row nor the studio says them."""
    studio = found.studio
    return [field for field, known in ((WithdrawalRow.leader, studio and studio.leader), (WithdrawalRow.unit, studio and studio.unit)) if not known]


def _sum(row: WithdrawalRow, law: Regulation) -> Iterator[Finding]:
    recovers = row.ground in law.lists["withdrawal_grounds"].where("recovers")
    if recovers and row.owed is None:
        yield finding("R19-4.owed", row.record.place(WithdrawalRow.owed.header), row.ground, row.ground or "")
    elif not recovers and row.owed:
        yield finding("R19-4.noclaim", row.record.place(WithdrawalRow.owed.header), row.ground, row.ground or "")


def _fits(found: Withdrawal, law: Regulation) -> Iterator[Finding]:
    """R19-4: an assessment that was passed is no ground of 第十九条（二）."""
    studio, row = found.studio, found.row
    if studio is None or not _failed(row, law) or studio.grade is None:
        return
    failing = {band.name for band in rubric.of(law).bands if band.consequence}
    if studio.grade not in failing:
        yield finding("R19-4.grade", row.record.place(WithdrawalRow.ground.header), studio.grade, row.ground or "")


def may_be_recovered(found: Withdrawal, on: date, law: Regulation) -> Decision:
    """R19-4, R20-1a: decided, something still owed, its unit not told on another day."""
    row, clause = found.row, found.row.ground or law.clause("R19-4")
    if row.recovery_on not in (None, on):
        return Decision((finding("R19-4.told", row.record.place(WithdrawalRow.recovery_on.header), found.name, clause, day=row.recovery_on),))
    if row.decided_on is None or row.decision_number is None:
        return Decision((finding("R19-4.undecided", row.record.place(WithdrawalRow.decided_on.header), found.name, clause),))
    if found.studio is None:
        return Decision(stopping=(finding("R19-4.unknown", row.record.place(WithdrawalRow.studio.header), found.name, clause),))
    if row.owed is not None and (settled := list(settled_already(found, law, on))):
        return Decision(tuple(settled))
    return Decision(stopping=tuple(blank(row, WithdrawalRow.owed, *_named(found))))


def settled_already(found: Withdrawal, law: Regulation, on: date | None = None) -> Iterator[Finding]:
    """R19-4: nothing is owed any more, or was on that day."""
    if found.studio is None or money.outstanding(found.studio, law, on) <= 0:
        place = found.row.record.place(WithdrawalRow.owed.header)
        yield finding("R19-4.settled", place, found.name, found.row.ground or law.clause("R19-4"))


# ---- 变更 ----

def may_be_answered(row: ChangeRow, studio: Studio | None, watch: Watch) -> Decision:
    """R18-0, R18-1, R18-2: applied for in writing, verified by the district, as the article wants it, not answered on another day."""
    clause, on = watch.law.clause("R18-0"), watch.on
    if row.answered_on not in (None, on) or (row.approval_number is not None and row.answered_on is None):
        place = row.record.place(ChangeRow.approval_number.header)
        return Decision((finding("R18-0.done", place, shown(row.studio), clause, number=row.approval_number or ""),))
    if studio is None:
        return Decision(stopping=(finding("R19-4.unknown", row.record.place(ChangeRow.studio.header), shown(row.studio), clause),))
    wanted: list[RowField] = [ChangeRow.matter, ChangeRow.applied_on]
    if row.before is not None or row.after is not None:
        wanted += [ChangeRow.before, ChangeRow.after]
    against = [found for rule in change_rules.RULES for found in rule(row, watch)]
    if row.applied_on is not None and on < row.applied_on:
        against.append(finding("R18-0.order", row.record.place(ChangeRow.applied_on.header), on, clause, wanted=row.applied_on))
    return Decision(stopping=(*blank(row, *wanted), *verified(row, watch.law), *against))


def verified(row: ChangeRow, law: Regulation) -> Iterator[Finding]:
    """R18-0, R18-1, R18-2: by the district, before the city answers."""
    if row.verified is None:
        yield finding("R18-0.verify", row.record.place(ChangeRow.verified.header), row.matter or "", law.clause("R18-0"))


def naming_known(studio: Studio) -> Decision:
    """Whether the day and the number of a studio's naming, which documents about it print, stand anywhere."""
    row = studio.row
    lacking = [field for field, known in (("named_on", named_on(studio)), ("naming_number", naming_number(studio))) if not known]
    return Decision(stopping=tuple(finding("D-needed", row.record.place(type(row).fields[field].header), type(row).fields[field].header,
                                           StudioRow.named_on.column.clause) for field in lacking))


def named_on(studio: Studio) -> date | None:
    """The day a studio was named, as 工作室 says, else 公示命名."""
    return studio.row.named_on or (studio.naming.named_on if studio.naming else None)


def naming_number(studio: Studio) -> str | None:
    """The number of the document that named it, as 工作室 says, else 公示命名."""
    return studio.row.naming_number or (studio.naming.naming_number if studio.naming else None)


def may_be_printed(row: PublicityRow, law: Regulation) -> Decision:
    """R12-2: certificates and plaques say who was named, by which document."""
    if row.named_on is None or row.naming_number is None:
        return Decision((finding("R12-2.unproved", row.record.place(PublicityRow.named_on.header), shown(row.studio), law.clause("R12-2")),))
    return Decision(stopping=tuple(blank(row, PublicityRow.studio, PublicityRow.leader, PublicityRow.unit, PublicityRow.district)))
