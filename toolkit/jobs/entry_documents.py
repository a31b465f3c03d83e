"""撤销称号决定, 取消称号决定, 追回资金通知书, 变更复函: one paper for one row that people entered, its number and day registered there.

A row that is not ready is left out with the cell that lacks something; the others are made.
Source: 乌人社规〔2023〕1号 第十八条至第二十条
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from toolkit.documents.decision_contexts import decision_context, recovery_context, reply_context
from toolkit.errors import UserError
from toolkit.forms.register_rows import ChangeRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.jobs.drafts import Draft, nothing, numbered
from toolkit.jobs.issuing import IssuingContext, deciding
from toolkit.ledger import act_decisions, issued_acts
from toolkit.ledger.act_decisions import CANCELS, REVOKES, Withdrawal
from toolkit.ledger.decisions import Decision, unreadable_cell
from toolkit.ledger.plan import Plan
from toolkit.ledger.studios import Studio
from toolkit.returns.findings import Finding
from toolkit.returns.values import shown

REVOKING, CANCELLING, RECOVERY, REPLY = "撤销称号决定", "取消称号决定", "追回资金通知书", "变更复函"
RowEntry = TypeVar("RowEntry")


@dataclass(frozen=True)
class _Kind(Generic[RowEntry]):
    """How a kind treats an entry: whether it may be issued, the number the register has for it, what it says, what it registers."""

    name: str
    decide: Callable[[RowEntry], Decision]
    number: Callable[[RowEntry], str | None]
    context: Callable[[RowEntry, str], dict]
    act: Callable[[RowEntry, str], Plan]


def _drafted(issuing: IssuingContext, kind: _Kind[RowEntry], entries: Sequence[tuple[RowEntry, str]], empty: str) -> Draft:
    """A paper for each entry that is ready. entries: with whom each is about."""
    ready: list[tuple[RowEntry, str]] = []
    left_out: list[Finding] = []
    for entry, whom in entries:
        try:
            decision = kind.decide(entry)
        except UnreadableCell as cell:
            decision = Decision(stopping=(unreadable_cell(cell, issuing.law),))
        ready += [(entry, whom)] if decision.allowed else []
        left_out += (*decision.against, *decision.stopping)
    if not ready:
        raise nothing(empty, left_out)
    own = [kind.number(entry) for entry, _ in ready]
    if issuing.number and len(own) == 1 and own[0] not in (None, issuing.number):
        raise UserError(f"“{ready[0][1]}”在台账登记的文号是“{own[0]}”，给的是“{issuing.number}”。请核对后只留一个。")
    numbers, lines, said = numbered(issuing, kind.name, [whom for _, whom in ready], own)
    with deciding(issuing.law):
        done = [(kind.context(entry, number), kind.act(entry, number)) for (entry, _), number in zip(ready, numbers, strict=True)]
    return Draft([context for context, _ in done], issued_acts.together((*(plan for _, plan in done), lines)), [*left_out, *said],
                 "、".join(numbers[:3]) + ("等" if len(numbers) > 3 else ""), "、".join(whom for _, whom in ready))


# ---- 撤销、取消、追回 ----

def revoking_decisions(issuing: IssuingContext) -> Draft:
    """Rows whose ground revokes, that have no document yet."""
    return _decisions(issuing, REVOKING, REVOKES, "第十八条（一）、第十九条（二）")


def cancelling_decisions(issuing: IssuingContext) -> Draft:
    """Rows whose ground cancels, that have no document yet."""
    return _decisions(issuing, CANCELLING, CANCELS, "第二十条")


def _decisions(issuing: IssuingContext, name: str, flag: str, grounds: str) -> Draft:
    law, on = issuing.law, issuing.on
    with deciding(law):
        found = [each for each in _withdrawals(issuing) if act_decisions.waits_for_decision(each.row, flag, law)]
    kind = _Kind[Withdrawal](name, lambda entry: _printable(act_decisions.may_be_decided(entry, issuing.watch), entry.studio),
                 lambda entry: entry.row.decision_number, lambda entry, number: decision_context(law, on, entry, number, flag),
                 lambda entry, number: issued_acts.decide(entry, number, on, law))
    return _drafted(issuing, kind, [(each, _whom(each)) for each in found],
                    f"台账“撤销追缴禁申”表没有依据{grounds}{_only(issuing)}的认定。请先登记认定的结论、依据条款。")


def recovery_notices(issuing: IssuingContext) -> Draft:
    """Rows whose decision is out and whose money is not back."""
    law, on = issuing.law, issuing.on
    with deciding(law):
        found = [each for each in _withdrawals(issuing) if each.row.ground in law.lists["withdrawal_grounds"].where("recovers")]
    kind = _Kind[Withdrawal](RECOVERY, lambda entry: _printable(act_decisions.may_be_recovered(entry, on, law), entry.studio),
                 lambda entry: entry.row.recovery_number, lambda entry, number: recovery_context(law, on, entry, number),
                 lambda entry, number: issued_acts.recover(entry.row, number, on, law))
    return _drafted(issuing, kind, [(each, _whom(each)) for each in found],
                    f"台账“撤销追缴禁申”表没有要追回资金{_only(issuing)}的行。请核对依据条款。")


def _withdrawals(issuing: IssuingContext) -> list[Withdrawal]:
    """The rows of 撤销追缴禁申, those of the studio that was asked for. UserError where that is not there."""
    found = [Withdrawal(row, issuing.watch.studio_of(row)) for row in issuing.books.withdrawals]
    return _asked(issuing, [(each, shown(each.row.number), each.name) for each in found], "撤销追缴禁申")


Asked = TypeVar("Asked")


def _asked(issuing: IssuingContext, found: Sequence[tuple[Asked, str, str]], sheet: str) -> list[Asked]:
    chosen = [entry for entry, number, name in found if issuing.studio in ("", number, name)]
    if issuing.studio and not chosen:
        raise UserError(f"台账“{sheet}”表没有工作室“{issuing.studio}”的行。请核对编号或名称，或先登记。")
    return chosen


def _only(issuing: IssuingContext) -> str:
    return f"、工作室是“{issuing.studio}”" if issuing.studio else ""


def _whom(found: Withdrawal) -> str:
    return shown(found.row.number) or (found.studio.number if found.studio else "") or found.name


def _printable(decision: Decision, studio: Studio | None) -> Decision:
    """Also what every such paper prints of the naming."""
    if studio is None or decision.against:
        return decision
    return replace(decision, stopping=(*decision.stopping, *act_decisions.naming_known(studio).stopping))


# ---- 变更 ----

@dataclass(frozen=True)
class _Change:
    row: ChangeRow
    studio: Studio | None


def change_replies(issuing: IssuingContext) -> Draft:
    """Changes that were applied for and verified and have no answer yet."""
    with deciding(issuing.law):
        found = [_Change(row, issuing.watch.studio_of(row)) for row in issuing.books.of(ChangeRow)]
        asked = _asked(issuing, [(each, shown(each.row.number), shown(each.row.studio)) for each in found], "变更与重大事项")
    kind = _Kind[_Change](REPLY, lambda entry: _printable(act_decisions.may_be_answered(entry.row, entry.studio, issuing.watch), entry.studio),
                 lambda entry: entry.row.approval_number,
                 lambda entry, number: reply_context(issuing.law, issuing.on, entry.row, entry.studio, number),
                 lambda entry, number: _answered(issuing, entry, number))
    return _drafted(issuing, kind, [(each, f"{shown(each.row.number) or shown(each.row.studio)} {shown(each.row.matter)}".strip()) for each in asked],
                    "台账“变更与重大事项”表没有登记变更。请先登记书面申请和区（县）的核实意见。")


def _answered(issuing: IssuingContext, found: _Change, number: str) -> Plan:
    assert found.studio is not None, "decided on"
    return issued_acts.answer(found.row, found.studio, number, issuing.watch)


