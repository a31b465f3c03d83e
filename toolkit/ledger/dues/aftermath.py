"""Changes that wait for an answer; titles withdrawn: plaque, money, filing; bars that end.

Source: 乌人社规〔2023〕1号 第十八条至第二十条. The law gives no term for any of them but the bar.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from toolkit.forms.register_rows import ChangeRow, WithdrawalRow
from toolkit.ledger import money
from toolkit.ledger.bars import bar
from toolkit.ledger.dues import charges
from toolkit.ledger.dues.watch import Obligation, Watch


def tasks(watch: Watch) -> Iterator[Iterator[Obligation]]:
    """What changes and withdrawals ask for, row by row."""
    yield from (_change(row, watch) for row in watch.books.of(ChangeRow))
    yield from (_withdrawal(row, watch) for row in watch.books.withdrawals)
    yield from (_bar(row, watch) for row in watch.books.withdrawals)


def _change(row: ChangeRow, watch: Watch) -> Iterator[Obligation]:
    """R18-0, R18-1, R18-2: applied for in writing, verified by the district, filed or approved by the city: one step at a time.

    A studio that has lost its title, or whose plaque alone is kept, has nothing left to change.
    """
    studio = watch.studio_of(row)
    if row.approval_number or (studio is not None and (studio.is_withdrawn or studio.keeps_plaque)):
        return
    law, what = watch.law, f"“{row.matter}”" if row.matter else "变更"
    if row.applied_on:
        field = ChangeRow.approval_number if row.verified else ChangeRow.verified
        step = "请市局备案或批复" if row.verified else "请区（县）核实并报市局"
        charge = charges.CHANGE_ANSWERED if row.verified else charges.CHANGE_VERIFIED
        yield Obligation(row, field, law.clause("R18-0"), f"{what}已于{row.applied_on}申请，{step}。", charge=charge)
        return
    term = row.happened_on + timedelta(law["change_report_days"]) if row.happened_on else None
    since = f"发生于{row.happened_on}，" if row.happened_on else ""
    yield Obligation(row, ChangeRow.applied_on, law.clause("R18-0"), f"{what}{since}还没有书面申请，请督促申办单位提出。", term, now=True,
                     charge=charges.CHANGE_APPLIED)


def _withdrawal(row: WithdrawalRow, watch: Watch) -> Iterator[Obligation]:
    """R18-1, R19-4, R20-1a, R20-1c, R20-2, R20-3, R20-4: the document first; then the plaque, the money, the filing."""
    grounds = watch.law.lists["withdrawal_grounds"]
    clause, cancels = row.ground or watch.law.clause("R19-4"), row.ground in grounds.where("cancels")
    if row.ground is None:
        yield Obligation(row, WithdrawalRow.ground, grounds.clause, "没有填依据条款，不能判断是否追回、禁申、备案，请从下拉框选择。",
                         charge=charges.BY_CITY_IN_CELL)
    if row.decided_on is None:
        yield Obligation(row, WithdrawalRow.decided_on, clause, "已认定，撤销文件还没有印发，请印发并登记文号、印发日。",
                         charge=charges.CANCELLING if cancels else charges.REVOKING)
        return
    if row.plaque_returned_on is None:
        yield Obligation(row, WithdrawalRow.plaque_returned_on, clause, "牌匾还没有收回，请收回并登记收回日。", charge=charges.PLAQUE_BACK)
    yield from _recovery(row, clause, watch)
    if cancels and row.filed_on is None:
        yield Obligation(row, WithdrawalRow.filed_on, clause, "请报市委人才工作领导小组办公室备案，登记备案日。", charge=charges.CANCELLING_FILED)


def _recovery(row: WithdrawalRow, clause: str, watch: Watch) -> Iterator[Obligation]:
    """R19-4: the unit is told what to pay back and until when; then the money is asked for until all of it is there."""
    studio = watch.studio_of(row)
    owed = Decimal((row.owed or 0) - (row.recovered or 0)) if studio is None or studio.withdrawal is not row \
        else money.outstanding(studio, watch.law)
    if owed <= 0:
        return
    told = row.recovery_on is not None
    until = f"（缴款期限{row.repay_until}）" if told and row.repay_until else ""
    step = "请追回并登记凭证" if told else "请通知申办单位缴款，追回后登记凭证"
    yield Obligation(row, WithdrawalRow.recovered, clause, f"还有{owed:,}元没有追回{until}，{step}。", row.repay_until if told else None, now=True,
                     charge=charges.RECOVERY if told else charges.RECOVERY_TOLD)


def _bar(row: WithdrawalRow, watch: Watch) -> Iterator[Obligation]:
    """R19-4: the corresponding day still belongs to the bar."""
    found = bar(row, watch.law)
    if found is not None and watch.on <= found.until:
        yield Obligation(row, WithdrawalRow.barred_until, watch.law.clause("R19-4"),
                         f"禁申期至{found.until}届满，次日起可以申办，受理申报时请留意。", found.until, charge=charges.BY_CITY_IN_CELL)
