"""Changes that wait for an answer; revocations: plaque, money, filing; bars that end.

Source: 乌人社规〔2023〕1号 第十八条至第二十条. The law gives no term for any of them but the bar.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from toolkit.ledger.dues.watch import Obligation, Watch
from toolkit.returns.checks.across import barred_until
from toolkit.returns.records import Record

FILED = "备案/批复文号"


def tasks(watch: Watch) -> Iterator[Obligation]:
    """What changes and revocations ask for."""
    for row in watch.standing.records("变更与重大事项"):
        if not row[FILED]:
            yield _change(row, watch)
    for row in watch.standing.records("撤销追缴禁申"):
        yield from _revocation(row, watch)
        yield from _bar(row, watch)


def _change(row: Record, watch: Watch) -> Obligation:
    """R18-0: applied for in writing, verified by the district, filed or approved by the city."""
    law, what = watch.law, f"“{row['事项']}”" if row["事项"] else "变更"
    if row["申请日"]:
        step, header = ("请市局备案或批复", FILED) if row["核实意见"] else ("请区（县）核实并报市局", "核实意见")
        return Obligation(row, header, law.clause("R18-0"), f"{what}已于{row['申请日']}申请，{step}。")
    term = row["发生日"] and row["发生日"] + timedelta(law["change_report_days"])
    since = f"发生于{row['发生日']}，" if row["发生日"] else ""
    return Obligation(row, "申请日", law.clause("R18-0"), f"{what}{since}还没有书面申请，请督促申办单位提出。", term, now=True)


def _revocation(row: Record, watch: Watch) -> Iterator[Obligation]:
    """R19-4, R20: the document, the plaque, the money, the filing."""
    clause = row["依据条款"] or watch.law.clause("R19-4")
    if not row["文件印发日"]:
        yield Obligation(row, "文件印发日", clause, "已认定，撤销文件还没有印发，请印发并登记文号、印发日。")
    if not row["牌匾收回日"]:
        yield Obligation(row, "牌匾收回日", clause, "牌匾还没有收回，请收回并登记收回日。")
    owed = (row["应追回额(元)"] or 0) - (row["已追回额(元)"] or 0)
    if owed > 0:
        yield Obligation(row, "已追回额(元)", clause, f"还有{owed:,}元没有追回，请追回并登记凭证。")
    if clause.startswith(watch.law.clause("R20")) and not row["备案日"]:
        yield Obligation(row, "备案日", clause, "请报市委人才工作领导小组办公室备案，登记备案日。")


def _bar(row: Record, watch: Watch) -> Iterator[Obligation]:
    """R19-4: the corresponding day still belongs to the bar."""
    last = barred_until(row, watch.law)
    if last and watch.on <= last:
        yield Obligation(row, "禁申止日", watch.law.clause("R19-4"), f"禁申期至{last}届满，次日起可以申办，受理申报时请留意。", last)
