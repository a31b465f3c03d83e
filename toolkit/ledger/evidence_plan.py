"""What entering 期满考核评分表 would do to the ledger: each studio's evidence stands there once, as its newest return has it.

A row that the newest return no longer has is 待核撤回 until the city chooses. What people entered themselves is left alone: money that
stands there by hand is not entered again. Source: 乌人社规〔2023〕1号 第四条至第六条、第十三条
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import filterfalse
from typing import Any

from toolkit.forms.assessment import ASSESSMENT
from toolkit.forms.register_rows import ConflictRow, FundRow, ReturnRow, StudioRow, TraineeRow
from toolkit.forms.typed_rows import TypedRow
from toolkit.ledger import evidence_rows, simulation
from toolkit.ledger.books import Books
from toolkit.ledger.changes import Change, Withdrawn
from toolkit.ledger.disputes import Disputes
from toolkit.ledger.evidence_rows import REGISTERS, RegisterKey, is_by_hand
from toolkit.ledger.ledger_rows import HASH_DIGITS, LedgerRow
from toolkit.ledger.plan import Plan, place
from toolkit.ledger.studio_ids import StudioIds, known_as
from toolkit.ledger.studios import Studio, studios
from toolkit.ledger.succession import Succession
from toolkit.ledger.tallies import tallies
from toolkit.regulation import Regulation
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Record
from toolkit.returns.values import shown

_SEEN = (ReturnRow.filled_on, ReturnRow.source_hash, ReturnRow.source_file)


@dataclass(frozen=True)
class Filing:
    """A 期满考核评分表 that is taken in: whose, assessed when, from which file, and its rows that can stand in a register."""

    studio: Studio
    assessed_on: date
    file: str
    sha256: str
    records: Sequence[Record]

    @property
    def source(self) -> dict[str, Any]:
        """Where its rows come from, by header."""
        return {TraineeRow.source_file.header: self.file, TraineeRow.source_hash.header: self.sha256[:HASH_DIGITS],
                TraineeRow.filled_on.header: self.assessed_on}


@dataclass
class EvidencePlan:
    """The plan, and what is to be said about it."""

    plan: Plan = field(default_factory=Plan)
    findings: list[Finding] = field(default_factory=list)


def build(filings: Iterable[Filing], books: Books, law: Regulation) -> EvidencePlan:
    """The plan for returns of different studios."""
    made, ids = EvidencePlan(), StudioIds(books, law)
    disputes = Disputes(books.standing.records(ConflictRow.sheet.name))
    standing = {known_as(filing.studio): filing for filing in filings}
    rows = _by_studio(books, ids, standing)
    for subject, filing in standing.items():
        if newer := _newer(filing, subject, books):
            made.findings.append(newer)
            continue
        _follow(made, filing, rows[subject], disputes, law)
        made.plan.received += _received(filing, subject, books)
    plan = made.plan
    plan.conflicts = disputes.open
    plan.added += disputes.new_rows()
    plan.changed += disputes.answered()
    _tally(made, set(standing), books, law)
    return made


def _by_studio(books: Books, ids: StudioIds, subjects: Iterable[str]) -> dict[str, dict[type[TypedRow], list[Record]]]:
    found: dict[str, dict[type[TypedRow], list[Record]]] = {subject: {kind: [] for kind in REGISTERS} for subject in subjects}
    for kind in REGISTERS:
        for record in books.standing.records(kind.sheet.name):
            studio = ids.find(*(shown(record.values.get(field.header)).strip() for field in (StudioRow.number, StudioRow.name)))
            if studio is not None and known_as(studio) in found:
                found[known_as(studio)][kind].append(record)
    return found


def _newer(filing: Filing, subject: str, books: Books) -> Finding | None:
    """What is said where the ledger has a return of a later assessment, or had this very one before another."""
    seen = [row for row in books.of(ReturnRow)
            if row.record.values.get(ReturnRow.form.header) == ASSESSMENT.name and row.record.values.get(ReturnRow.subject.header) == subject]
    days, codes = ([row.record.values.get(field.header) for row in seen] for field in _SEEN[:2])
    if any(isinstance(day, date) and day > filing.assessed_on for day in days):
        return finding("M-older", Place(filing.file), filing.assessed_on)
    if filing.sha256[:HASH_DIGITS] in codes and codes[-1] != filing.sha256[:HASH_DIGITS]:
        return finding("M-entered-before", Place(filing.file), subject, other=shown(seen[-1].record.values.get(ReturnRow.source_file.header)))
    return None


def _follow(made: EvidencePlan, filing: Filing, rows: Mapping[type[TypedRow], Sequence[Record]], disputes: Disputes, law: Regulation) -> None:
    """The studio's rows as this return has them; those that it no longer has."""
    plan = made.plan
    index: dict[tuple[str, RegisterKey], Record] = {}
    for kind, records in rows.items():
        index |= {(kind.sheet.name, key): record
                  for key, record in evidence_rows.keyed(kind, filterfalse(is_by_hand, records))}
    by_hand = [record for record in rows[FundRow] if is_by_hand(record)]
    typed = {(kind.sheet.name, key) for kind, records in rows.items() if kind is not FundRow
             for key, _ in evidence_rows.keyed(kind, filter(is_by_hand, records))}
    followed = set()
    for row in evidence_rows.of_return(filing.records, filing.studio, filing.source, law):
        existing = index.get((row.sheet, row.key))
        if existing is None and row.sheet == FundRow.sheet.name and (twin := _twin(row, by_hand, law)):
            by_hand.remove(twin)
            if twin.values.get(FundRow.amount.header) == row.values[FundRow.amount.header]:
                plan.unchanged += 1
            else:
                made.findings.append(_differs(row, twin, filing.file, law))
            continue
        if existing is None and (row.sheet, row.key) in typed:
            plan.unchanged += 1
            continue
        followed.add((row.sheet, row.key))
        place(plan, row, existing, disputes)
    _leave_behind(plan, (record for key, record in index.items() if key not in followed), Succession(law))


def _twin(row: LedgerRow, by_hand: Iterable[Record], law: Regulation) -> Record | None:
    """Money that people entered already: by the same voucher; without a voucher, by amount and, of what was spent, by day. The
    subsidy, which is paid once, is any that stands there: the city's voucher is not the unit's. Source: 第十三条"""
    kind, voucher, amount, day = (field.header for field in (FundRow.kind, FundRow.voucher, FundRow.amount, FundRow.day))
    kinds, values = law.lists["fund_kinds"], row.values

    def is_same(other: Record) -> bool:
        if other.values.get(kind) != values[kind]:
            return False
        if values[kind] in kinds.where("subsidy"):
            return True
        if other.raw(voucher) is not None:
            return bool(other.values.get(voucher) == values.get(voucher))
        return bool(other.values.get(amount) == values.get(amount) and (
            values[kind] not in kinds.where("spent") or other.values.get(day) == values.get(day)))

    found = [other for other in by_hand if is_same(other)]
    return min(found, key=lambda other: other.values.get(amount) != values.get(amount), default=None)


def _differs(row: LedgerRow, twin: Record, file: str, law: Regulation) -> Finding:
    amount, values = FundRow.amount.header, row.values
    where = Place(file, shown(values[FundRow.source_sheet.header]), "", amount)
    return finding("M-money-differs", where, shown(values[amount]), law.clause("R13-2"), kind=values[FundRow.kind.header],
                   row=values[FundRow.source_row.header], other=twin.row + 1, wanted=shown(twin.raw(amount)))


def _leave_behind(plan: Plan, records: Iterable[Record], succession: Succession) -> None:
    """Rows that the newest return no longer has: 待核撤回, or as the city chose."""
    header = TraineeRow.standing.header
    for record in records:
        old, new = record.values.get(header), succession.answered(record)
        if old == new:
            plan.unchanged += 1
            continue
        sheet, label = record.table.sheet.name, shown(record.values.get(StudioRow.name.header))
        plan.changed.append(Change(sheet, record.row, label, {header: (old, new)}))
        plan.withdrawn += [Withdrawn(sheet, label, record.row)] if new == succession.withdrawing else []


def _received(filing: Filing, subject: str, books: Books) -> Iterator[LedgerRow]:
    """Its row of 报表登记, where the ledger does not list it yet."""
    sheet = ReturnRow.sheet
    values = {ReturnRow.year.header: filing.assessed_on.year, ReturnRow.district.header: filing.studio.district,
              ReturnRow.form.header: ASSESSMENT.name, ReturnRow.filled_on.header: filing.assessed_on,
              ReturnRow.source_file.header: filing.file, ReturnRow.source_hash.header: filing.sha256[:HASH_DIGITS], ReturnRow.subject.header: subject}
    key = tuple(values.get(header) for header in sheet.key)
    if key not in {tuple(row.record.values.get(header) for header in sheet.key) for row in books.of(ReturnRow)}:
        yield LedgerRow(sheet.name, key, values)


def _tally(made: EvidencePlan, subjects: set[str], books: Books, law: Regulation) -> None:
    """带徒数, 取证数, 最近活动日 of 工作室 follow the registers, unless people wrote something else there."""
    before = {known_as(studio): tallies(studio, law) for studio in studios(books, law)}
    for studio in studios(simulation.after(books, made.plan), law):
        if known_as(studio) not in subjects or not isinstance(studio.row, StudioRow):
            continue
        record, fields = studio.row.record, {}
        for header, new in tallies(studio, law).items():
            old = record.values.get(header)
            if header not in record.problems and old != new and old in (None, before[known_as(studio)].get(header)):
                fields[header] = (old, new)
        if fields:
            made.plan.changed.append(Change(StudioRow.sheet.name, record.row, studio.name, fields))
