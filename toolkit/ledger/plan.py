"""What a merge would do to the ledger. The preview shows it, the commit applies it; nothing else writes the ledger.

Rows are known by key, never by position. A row nobody has touched since the toolkit wrote it follows its return; a row
that people changed is left alone and the difference is put side by side as a conflict until someone chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.forms.ledger import LEDGER
from toolkit.forms.register_rows import ApplicationRow, ConflictRow, ExplanationRow
from toolkit.ledger import same_day
from toolkit.ledger.books import Books
from toolkit.ledger.changes import Change, Withdrawn
from toolkit.ledger.conclusions import conclusions
from toolkit.ledger.disputes import Conflict, Disputes
from toolkit.ledger.ledger_rows import (
    DERIVED,
    FILLED,
    FINGERPRINT,
    OUTCOMES,
    PROVENANCE_HEADERS,
    SOURCE_FILE,
    STATUS,
    TARGETS,
    LedgerRow,
    about,
    key_of,
    owned,
    rows,
    sealed,
    untouched,
)
from toolkit.ledger.same_day import SameDay
from toolkit.ledger.succession import Succession, received, sender_of, superseded
from toolkit.ledger.versions import Choice
from toolkit.regulation import Regulation
from toolkit.returns.checks import REFUSED, Checked
from toolkit.returns.checks.case import Case
from toolkit.returns.records import Record, Return
from toolkit.returns.standing import Standing

_PLACE = tuple(field.header for field in (ApplicationRow.source_hash, ApplicationRow.source_sheet, ApplicationRow.source_row))


@dataclass
class Plan:
    """added, changed (old → new per field), unchanged, conflicts; ledger rows that a return of the same day no longer has (missing), that a
    newer one no longer has (withdrawn); returns older than one the ledger has seen; the rows of 报表登记 for those it has not."""

    added: list[LedgerRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[Record] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    older: list[Return] = field(default_factory=list)
    received: list[LedgerRow] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether the ledger stays as it is."""
        return not (self.added or self.changed or self.received)


def build(choices: Sequence[Choice], checked: Checked, books: Books, law: Regulation) -> Plan:
    """The plan for one year's returns; refused returns and applications stay out of it."""
    plan = Plan()
    standing = books.standing
    disputes = Disputes(standing.records(ConflictRow.sheet.name))
    taken = [choice for choice in choices if not checked.refusal(choice.chosen)]
    succession = Succession.of(taken, books, law)
    plan.older = succession.older
    index = {(sheet, key_of(record, LEDGER.sheet(sheet))): record for sheet in dict.fromkeys(TARGETS.values())
             for record in standing.records(sheet)}
    incoming = _incoming(taken, checked, succession, disputes, books)
    followed: set[tuple[str, tuple]] = set()
    renamed = _retyped(index)
    for row in incoming:
        existing = index.get((row.sheet, row.key)) or renamed.get((row.sheet, *map(row.values.get, _PLACE)))
        if existing is None or not superseded(row, existing):
            followed.add((row.sheet, row.key))
            followed.add((row.sheet, key_of(existing, LEDGER.sheet(row.sheet)) if existing else row.key))
            place(plan, row, existing, disputes)
            status = STATUS[row.sheet]
            if row.values.get(status) == succession.withdrawing and (existing is None or existing.values.get(status) != succession.withdrawing):
                plan.withdrawn.append(Withdrawn(row.sheet, about(row.values), existing.row if existing else None))
    _leave_behind(plan, [record for place, record in index.items() if place not in followed], succession)
    accepted = [case for case in _in_order(checked.cases, law) if case.source in (choice.chosen for choice in taken)
                and checked.outcome(case) != REFUSED and succession.is_newest(case.source)]
    _remember_explanations(plan, accepted, checked, standing)
    plan.changed += conclusions(taken, checked, books, law)
    plan.conflicts = disputes.open
    plan.added += disputes.new_rows()
    plan.received = list(received(taken, books))
    plan.changed += disputes.answered(followed)
    return plan


def _retyped(index: Mapping[tuple[str, tuple], Record]) -> dict[tuple, Record]:
    """Rows that people changed since they were written, by register and where they come from: with a key that was emptied or typed over they
    are still the row that the same return has there."""
    return {(sheet, *map(record.values.get, _PLACE)): record for (sheet, _), record in index.items()
            if record.values.get(FINGERPRINT) is not None and not untouched(record.values, LEDGER.sheet(sheet))}


def _incoming(taken: Sequence[Choice], checked: Checked, succession: Succession, disputes: Disputes, books: Books) -> list[LedgerRow]:
    """Every row that this merge's returns have, as the newest of them has it."""
    cases = _in_order(checked.cases, succession.law)

    def accepted(source: Return) -> Iterator[LedgerRow]:
        for case in cases:
            if case.source is source and checked.outcome(case) != REFUSED:
                yield from rows(case, checked)

    found = [row for choice in taken for row in _chosen(choice, accepted, succession, disputes, books)]
    standing = {choice.chosen.file: succession.is_newest(choice.chosen) for choice in taken}
    placed = {(row.sheet, row.key): row if standing.get(str(row.values[SOURCE_FILE]), True) else _withdrawing(row, succession) for row in found}
    for choice in taken:
        for source in choice.superseded:
            for row in accepted(source):
                placed.setdefault((row.sheet, row.key), _withdrawing(row, succession))
    return list(placed.values())


def _chosen(choice: Choice, accepted: Callable[[Return], Iterable[LedgerRow]], succession: Succession, disputes: Disputes,
            books: Books) -> Iterable[LedgerRow]:
    """The rows of the return that counts; where another of that day says otherwise, those of both, with what people chose."""
    ours = same_day.in_ledger(choice, books, succession)
    if choice.chosen.form is None or (ours is None and not choice.rivals):
        return accepted(choice.chosen)
    returns = (choice.chosen, *choice.rivals)
    found = [{(row.sheet, row.key): row for row in accepted(source)} for source in returns]
    form, main = choice.chosen.form, TARGETS[choice.chosen.form.sheets[0].name]
    files, seen = [source.file for source in returns], ours is not None
    standing = found.pop(0) if ours is None else ours
    return SameDay(main, standing, found, files[-len(found):], seen, disputes, same_day.computed(form), succession.withdrawn).rows()


def _withdrawing(row: LedgerRow, succession: Succession) -> LedgerRow:
    """A row that a newer return no longer has."""
    return LedgerRow(row.sheet, row.key, {**row.values, STATUS[row.sheet]: succession.withdrawing})


def _leave_behind(plan: Plan, records: Iterable[Record], succession: Succession) -> None:
    """Rows of the senders of this merge that their newest return no longer has: 待核撤回, or as the city chose."""
    for record in records:
        sender = succession.sender_of(record)
        if sender is None:
            continue
        if not succession.left_behind(record, sender):
            if record.table.sheet.name in OUTCOMES and sender not in map(sender_of, succession.older):
                plan.missing.append(record)
            continue
        header = STATUS[record.table.sheet.name]
        old, new = record.values.get(header), succession.answered(record)
        if old != new:
            sheet, label = record.table.sheet.name, about(record.values)
            plan.changed.append(Change(sheet, record.row, label, {header: (old, new)}))
            plan.withdrawn += [Withdrawn(sheet, label, record.row)] if new == succession.withdrawing else []
        else:
            plan.unchanged += 1


def _in_order(cases: Iterable[Case], law: Regulation) -> list[Case]:
    order = {name: number for number, name in enumerate(law.lists["districts"].names)}
    return sorted(cases, key=lambda case: (order.get(case.source.district, len(order)), case.source.file, case.record.row))


def place(plan: Plan, row: LedgerRow, existing: Record | None, disputes: Disputes) -> None:
    """Add, follow, leave alone or dispute one row."""
    if existing is None:
        plan.added.append(row)
        return
    sheet = LEDGER.sheet(row.sheet)

    def differing(headers: Iterable[str]) -> dict[str, tuple[object, object]]:
        return {header: (existing[header], row.values.get(header)) for header in headers
                if existing[header] != row.values.get(header)}

    fields = differing(header for header in DERIVED if header in sheet.by_header)
    facts = differing(owned(sheet))
    if FILLED in sheet.by_header:
        fields |= differing((FILLED,))
    if facts and untouched(existing.values, sheet):
        fields |= facts | differing(header for header in PROVENANCE_HEADERS if header in row.values)
    elif accepted := disputes.settle(row, existing, facts):
        after = {**existing.values, **{header: new for header, (_, new) in accepted.items()}}
        seal = sealed(LedgerRow(row.sheet, row.key, after)).values[FINGERPRINT]
        fields |= accepted | {FINGERPRINT: (existing[FINGERPRINT], seal)}
    if fields:
        plan.changed.append(Change(row.sheet, existing.row, row.label, fields))
    else:
        plan.unchanged += 1


def _remember_explanations(plan: Plan, taken: Iterable[Case], checked: Checked, standing: Standing) -> None:
    """Explained queries are remembered with the value they explain."""
    known = standing.explanations()
    said: set[tuple[str, str]] = set()
    for case in taken:
        for found in checked.of_case.get(case, ()):
            spot = (case.key, found.code)
            if not found.explained or found.explained != case[ApplicationRow.remark.header] or spot in said:
                continue
            said.add(spot)
            values = {field.header: value for field, value in (
                (ExplanationRow.year, case.source.year), (ExplanationRow.district, case.source.district), (ExplanationRow.key, case.key),
                (ExplanationRow.code, found.code), (ExplanationRow.item, found.place.field or None),
                (ExplanationRow.value, found.value or None), (ExplanationRow.explanation, found.explained),
                (ExplanationRow.source_file, case.source.file))}
            earlier = known.get(spot)
            if earlier is None:
                plan.added.append(LedgerRow(ExplanationRow.sheet.name, spot, values))
            elif fields := {header: (earlier[header], values[header]) for header in (ExplanationRow.value.header, ExplanationRow.explanation.header)
                            if earlier[header] != values[header]}:
                plan.changed.append(Change(ExplanationRow.sheet.name, earlier.row, case.key, fields))
            else:
                plan.unchanged += 1
