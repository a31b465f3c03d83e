"""Evidence of a 期满考核评分表 as the registers 学员, 经费, 活动 and 成果 hold it: each thing once, by studio.

What a row is known by: a trainee by the ID number, money by kind and voucher, an activity by day and topic, an achievement by kind and
project; several of one kind are told apart by their order in time. Source: 乌人社规〔2023〕1号 第四条至第六条、第十三条 (R04, R05, R06, R13-2, R13-3)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from toolkit.forms.assessment import ACHIEVEMENTS, ACTIVITIES, EXPENSES, FUNDS, ROSTER
from toolkit.forms.assessment_rows import ReceiptRow
from toolkit.forms.register_rows import AchievementRow, ActivityRow, FundRow, TraineeRow
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger.ledger_rows import FINGERPRINT, LedgerRow, sealed
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation
from toolkit.returns.records import Record
from toolkit.returns.values import shown

RegisterKey = tuple[str, ...]
"""What the row is known by within its studio, and its number among those of one kind."""
EVIDENCE: Mapping[str, type[TypedRow]] = {
    ROSTER.name: TraineeRow, FUNDS.name: FundRow, EXPENSES.name: FundRow, ACHIEVEMENTS.name: AchievementRow, ACTIVITIES.name: ActivityRow}
"""Sheet of evidence → its register."""
REGISTERS = tuple(dict.fromkeys(EVIDENCE.values()))
_KNOWN_BY: Mapping[type[TypedRow], Sequence[RowField]] = {
    TraineeRow: (TraineeRow.trainee_id,), FundRow: (FundRow.kind, FundRow.voucher),
    ActivityRow: (ActivityRow.day, ActivityRow.topic), AchievementRow: (AchievementRow.kind, AchievementRow.project)}
_IN_ORDER: Mapping[type[TypedRow], Sequence[RowField]] = {
    TraineeRow: (TraineeRow.issued_on, TraineeRow.level), FundRow: (FundRow.day, FundRow.summary, FundRow.amount),
    ActivityRow: (ActivityRow.kind, ActivityRow.scope), AchievementRow: (AchievementRow.finished_on,)}


def keyed(kind: type[TypedRow], records: Iterable[Record]) -> Iterator[tuple[RegisterKey, Record]]:
    """One studio's rows of a register with their keys; a cell that cannot be read stands for itself."""
    def said(record: Record) -> dict[str, Any]:
        return {**record.values, **{header: shown(record.raw(header)) for header in record.problems}}

    yield from _numbered((_identity(kind, said(record)), _order(kind, said(record)), record) for record in records)


def is_by_hand(record: Record) -> bool:
    """Whether people entered the row, or a move that they carried out: no return says what becomes of it."""
    return record.raw(FINGERPRINT) is None and record.values.get(FINGERPRINT) is None


def of_return(records: Iterable[Record], studio: Studio, source: dict[str, Any], law: Regulation) -> list[LedgerRow]:
    """The rows of one return's evidence. source: where they come from, by header of the registers, but for sheet and row."""
    found: dict[type[TypedRow], list[tuple[RegisterKey, tuple, dict[str, Any]]]] = defaultdict(list)
    for record in records:
        kind = EVIDENCE[record.table.sheet.name]
        values = _values(record, kind, law) | _whose(studio, kind) | source
        values |= {TraineeRow.source_sheet.header: record.table.name, TraineeRow.source_row.header: record.row + 1}
        found[kind].append((_identity(kind, values), _order(kind, values), values))
    return [sealed(LedgerRow(kind.sheet.name, key, values)) for kind, items in found.items() for key, values in _numbered(items)]


def _whose(studio: Studio, kind: type[TypedRow]) -> dict[str, Any]:
    own = {TraineeRow.number.header: studio.number or None, TraineeRow.studio.header: studio.name, TraineeRow.district.header: studio.district}
    return {header: value for header, value in own.items() if header in kind.sheet.by_header}


def _values(record: Record, kind: type[TypedRow], law: Regulation) -> dict[str, Any]:
    if kind is FundRow:
        return _money(record, law)
    return {header: value for header, value in record.values.items() if header in kind.sheet.by_header and value is not None}


def _money(record: Record, law: Regulation) -> dict[str, Any]:
    """R13-2, R13-3: what came in, by its source; what was spent."""
    kinds, sources, fund, receipt = law.lists["fund_kinds"], law.lists["fund_sources"], FundRow, ReceiptRow
    if record.table.sheet is EXPENSES:
        same = (fund.day, fund.source, fund.use, fund.summary, fund.amount, fund.voucher, fund.payee, fund.separate_account)
        return {fund.kind.header: next(iter(kinds.where("spent")))} | {field.header: record[field.header] for field in same}
    flag = next(flag for flag in ("subsidy", "matching") if record[receipt.source.header] in sources.where(flag))
    return {fund.kind.header: next(iter(kinds.where(flag)))} | {field.header: record[own.header] for field, own in (
        (fund.day, receipt.day), (fund.source, receipt.source), (fund.summary, receipt.remark), (fund.amount, receipt.amount),
        (fund.voucher, receipt.voucher))}


def _identity(kind: type[TypedRow], values: Mapping[str, Any]) -> RegisterKey:
    return tuple(shown(values.get(field.header)) for field in _KNOWN_BY[kind])


def _order(kind: type[TypedRow], values: Mapping[str, Any]) -> tuple[tuple[bool, int, str], ...]:
    """In time, then by size; what is empty last."""
    texts = (shown(values.get(field.header)) for field in _IN_ORDER[kind])
    return tuple((not text, len(text) if text.replace(".", "").isdigit() else 0, text) for text in texts)


def _numbered(items: Iterable[tuple[RegisterKey, tuple, Any]]) -> Iterator[tuple[RegisterKey, Any]]:
    """Those of one identity in their order, numbered from one."""
    together: dict[RegisterKey, list[tuple[tuple, Any]]] = defaultdict(list)
    for identity, order, item in items:
        together[identity].append((order, item))
    for identity, found in together.items():
        for number, (_, item) in enumerate(sorted(found, key=lambda pair: pair[0]), 1):
            yield (*identity, str(number)), item
