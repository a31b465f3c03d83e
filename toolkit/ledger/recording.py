"""What a move writes into the registers: a row of its own, cells that were filled in, cells that follow from them.

Source: 乌人社规〔2023〕1号 第十三条、第十八条至第二十条
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from toolkit.errors import UserError
from toolkit.forms.register_rows import ChangeRow, FundRow, StudioRow, WithdrawalRow, row_field
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger import change_rules, money
from toolkit.ledger.bars import bar_of
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.ledger_rows import LedgerRow
from toolkit.ledger.plan import Change, Plan
from toolkit.ledger.studios import BETWEEN_NAMES, Studio, withdrawn_status
from toolkit.ledger.subjects import Subject
from toolkit.regulation import Regulation, identity
from toolkit.regulation.procedure import Move
from toolkit.regulation.retirement import retirement_date
from toolkit.returns.values import shown

CellsToWrite = dict[RowField, Any]
Writing = Mapping[type[TypedRow], CellsToWrite]
"""Register → its cells with what they are to say."""
Derivation = Callable[[Subject, Writing], Writing]


def plan(move: Move, subject: Subject, answers: Mapping[str, Any]) -> Plan:
    """The rows and cells that the move writes. answers: 表.列 → value, of what was filled in."""
    written: dict[type[TypedRow], CellsToWrite] = {}
    for path, value in {**{path: answers.get(path) for path in move.fills}, **move.sets}.items():
        kind, field = row_field(path)
        if value is not None:
            written.setdefault(kind, {})[field] = value
    for name in move.derives:
        for kind, cells in BY_NAME[name](subject, written).items():
            written.setdefault(kind, {}).update(cells)
    made = Plan()
    for kind, cells in written.items():
        if kind.sheet.name == move.adds:
            made.added.append(_added(kind, subject, cells))
        else:
            _changed(made, kind, subject, cells)
    return made


def _added(kind: type[TypedRow], subject: Subject, cells: CellsToWrite) -> LedgerRow:
    own: CellsToWrite = {kind.fields["number"]: subject.number or None, kind.fields["studio"]: subject.name}
    values = {field.header: value for field, value in (own | cells).items() if value is not None}
    return LedgerRow(kind.sheet.name, (subject.name,), values)


def _changed(made: Plan, kind: type[TypedRow], subject: Subject, cells: CellsToWrite) -> None:
    row = subject.rows.get(kind.sheet.name)
    if row is None:
        missing = "、".join(field.header for field in cells)
        raise UserError(f"“{kind.sheet.name}”表里没有“{subject.name}”的一行，不能登记“{missing}”。请先补登记这一行。")
    values = row.record.values
    fields = {field.header: (values.get(field.header), value) for field, value in cells.items() if values.get(field.header) != value}
    if fields:
        made.changed.append(Change(kind.sheet.name, row.record.row, subject.name, fields))


def _studio(subject: Subject) -> Studio:
    assert subject.studio is not None
    return subject.studio


# ---- 变更 ----

def former_leader(subject: Subject, written: Writing) -> Writing:
    """R18-1: who led it."""
    return {ChangeRow: {ChangeRow.before: _studio(subject).leader}}


def former_unit(subject: Subject, written: Writing) -> Writing:
    """R18-2: which unit it was."""
    return {ChangeRow: {ChangeRow.before: _studio(subject).unit}}


def former_address(subject: Subject, written: Writing) -> Writing:
    """R18-2: where it was, as 工作室 says, else its application."""
    studio = _studio(subject)
    stated = studio.row.address if isinstance(studio.row, StudioRow) else None
    return {ChangeRow: {ChangeRow.before: stated or (studio.application.address if studio.application else None)}}


def change_takes_effect(subject: Subject, written: Writing) -> Writing:
    """R18-1, R18-2, R18-3: as `approved`, of the change that waits."""
    studio = _studio(subject)
    return approved(studio.open_change, studio, subject.watch) if studio.open_change is not None else {}


def approved(row: ChangeRow, studio: Studio, watch: Watch) -> Writing:
    """R18-1, R18-2, R18-3: what was approved stands in 工作室; the name follows a new leader, no period begins anew."""
    cells: CellsToWrite = {}
    if change_rules.of_matter(row, "leader", watch):
        cells = _new_leader(row, studio, watch)
    elif change_rules.of_matter(row, "unit", watch):
        cells = {StudioRow.unit: row.after, StudioRow.unit_code: row.unit_code}
    elif change_rules.of_matter(row, "address", watch):
        cells = {StudioRow.address: row.after}
    elif change_rules.of_matter(row, "stays", watch):
        cells = {StudioRow.leaves_on: row.leaves_on}
    elif change_rules.of_matter(row, "keeps", watch):
        cells = {StudioRow.status: next(iter(watch.law.lists["studio_statuses"].where("keeps_plaque")))}
    return {StudioRow: cells}


def _new_leader(row: ChangeRow, studio: Studio, watch: Watch) -> CellsToWrite:
    leader = shown(row.after)
    born, day = identity.id_birth(shown(row.leader_id)), change_rules.application_day(row, watch)
    retires = retirement_date(born, row.retirement_category, day) if born and row.retirement_category else None
    name = change_rules.new_name(leader, studio, watch)
    former = [each for each in studio.names if each != name]
    return {StudioRow.leader: leader, StudioRow.leader_id: row.leader_id, StudioRow.name: name,
            StudioRow.former_names: BETWEEN_NAMES.join(former), StudioRow.retires_on: retires, StudioRow.leaves_on: None}


# ---- 经费 ----

def money_totals(subject: Subject, written: Writing) -> Writing:
    """R13-1, R13-2: as `totals`, with the entry that is being added."""
    return totals(_studio(subject), written[FundRow], subject.watch.law)


def totals(studio: Studio, entry: CellsToWrite, law: Regulation) -> Writing:
    """R13-1, R13-2: the totals of 工作室 follow the entries of 经费 with a further one."""
    if not isinstance(studio.row, StudioRow):
        return {}
    amount, kinds = Decimal(entry[FundRow.amount]), law.lists["fund_kinds"]
    if entry[FundRow.kind] in kinds.where("spent"):
        return {StudioRow: {StudioRow.spent: _total(money.spent(studio, law), studio.row.spent, amount)}}
    if entry[FundRow.kind] in kinds.where("matching"):
        if studio.ends is not None and entry[FundRow.day] > studio.ends:
            return {}  # 建设周期以后到的，不计入配套额
        return {StudioRow: {StudioRow.matching: _total(money.received(studio, "matching", law), studio.row.matching, amount)}}
    return {StudioRow: {StudioRow.subsidy: _total(money.received(studio, "subsidy", law), studio.row.subsidy, amount)}}


def _total(entries: Decimal | None, stated: int | Decimal | None, amount: Decimal) -> int | Decimal:
    """What the entries come to with the new one; a total that was typed without entries is what there was before them."""
    return money.whole((Decimal(stated or 0) if entries is None else entries) + amount)


def money_recovered(subject: Subject, written: Writing) -> Writing:
    """R19-4: the instalments so far and this one."""
    so_far, amount = money.recovered(_studio(subject), subject.watch.law), Decimal(written[FundRow][FundRow.amount])
    return {WithdrawalRow: {WithdrawalRow.recovered: money.whole(so_far + amount)}}


# ---- 考核 ----

def result_entered(subject: Subject, written: Writing) -> Writing:
    """R19-2: points and grade as the result says."""
    result = _studio(subject).result
    return {StudioRow: {StudioRow.points: result.total, StudioRow.grade: result.grade}} if result else {}


# ---- 撤销、取消 ----

def ground_of_reason(subject: Subject, written: Writing) -> Writing:
    """R20-1a, R20-1c, R20-2, R20-3, R20-4: the item of 第二十条 that the reason is of. UserError where it is of another article."""
    law, reason = subject.watch.law, written[WithdrawalRow][WithdrawalRow.reason]
    item = law.lists["withdrawal_reasons"].find(reason)
    if item is None or item["ground"] not in law.lists["withdrawal_grounds"].where("cancels"):
        said = item["ground"] if item else ""
        raise UserError(f"事由“{reason}”依据{said}，不是取消称号的情形。请换一个事项办理，或者从下拉框另选事由。")
    return {WithdrawalRow: {WithdrawalRow.ground: item["ground"]}}


def whom_it_concerns(subject: Subject, written: Writing) -> Writing:
    """R19-4: leader and unit with their numbers, and the occupation, as they are on the day."""
    studio = _studio(subject)
    code = studio.row.occupation_code if isinstance(studio.row, StudioRow) else None
    return {WithdrawalRow: {
        WithdrawalRow.leader: studio.leader, WithdrawalRow.leader_id: studio.leader_id, WithdrawalRow.unit: studio.unit,
        WithdrawalRow.unit_code: studio.unit_code, WithdrawalRow.occupation: studio.occupation, WithdrawalRow.occupation_code: code}}


def money_owed(subject: Subject, written: Writing) -> Writing:
    """R19-4: what is to be recovered, all or what was not spent, as the bureau set."""
    return {WithdrawalRow: {WithdrawalRow.owed: money.whole(money.owed(_studio(subject), subject.watch.law))}}


def decision_takes_effect(subject: Subject, written: Writing) -> Writing:
    """R19-4: as `decided`, of the decision that is being issued."""
    studio = _studio(subject)
    row, day = studio.withdrawal, written[WithdrawalRow][WithdrawalRow.decided_on]
    return decided(row, studio, day, subject.watch.law) if row is not None else {}


def decided(row: WithdrawalRow, studio: Studio, day: date, law: Regulation) -> Writing:
    """R19-4: the state of the studio, and whom the bar meets until when, from the day the decision is issued."""
    made: dict[type[TypedRow], CellsToWrite] = {StudioRow: {StudioRow.status: withdrawn_status(row, law)}} if studio.registered else {}
    barred = bar_of(row, day, law)
    if barred is not None:
        made[WithdrawalRow] = {WithdrawalRow.bar_subject: barred.subject(law), WithdrawalRow.barred_until: barred.until}
        if studio.registered:
            made[StudioRow][StudioRow.barred_until] = barred.until
    return made


BY_NAME: Mapping[str, Derivation] = {function.__name__: function for function in (
    former_leader, former_unit, former_address, change_takes_effect, money_totals, money_recovered, result_entered, ground_of_reason,
    whom_it_concerns, money_owed, decision_takes_effect)}
