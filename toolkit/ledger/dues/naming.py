"""From the returns to the plaque: what waits in 冲突, 申报批次, 期满考核, and what publicity and naming ask for.

Source: 乌人社规〔2023〕1号 第三条、第十条、第十二条
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from toolkit.ledger.disputes import PENDING
from toolkit.ledger.dues.watch import Obligation, Watch
from toolkit.ledger.ledger_rows import ENTERED, STATUS
from toolkit.regulation.calendar import publicity, workdays_after
from toolkit.returns import values
from toolkit.returns.checks import HELD, QUERIED
from toolkit.returns.records import Record

UPHELD, REJECTED = "成立", "不成立"  # what 异议处理结果 says of an objection


def tasks(watch: Watch) -> Iterator[Obligation]:
    """What is to be done up to and including naming."""
    for row in watch.standing.records("冲突"):
        yield from _conflict(row)
    closed = {row["年度"] for row in watch.standing.records("公示命名") if row["命名日期"]}
    for row in watch.standing.records("申报批次"):
        if row["年度"] not in closed and not row["评审结论"] and not row["裁定"]:
            yield from _returned(row, "裁定", watch)
    for row in watch.standing.records("期满考核"):
        yield from _returned(row, "入账状态", watch)
    registered = {row["工作室名称"] for row in watch.standing.records("工作室")}
    for row in watch.standing.records("公示命名"):
        yield from _named(row, registered, watch) if row["命名日期"] else _published(row, watch)


def _conflict(row: Record) -> Iterator[Obligation]:
    if row["状态"] != PENDING:
        return
    clause = row.table.sheet.by_header["状态"].clause
    field = f"“{row['所在表']}”表“{row['项目']}”" if row["项目"] else f"“{row['所在表']}”表"
    if row["采用"]:
        yield Obligation(row, "采用", clause, f"{field}的冲突已选“{row['采用']}”，请再合并一次使它生效。")
    else:
        yield Obligation(row, "采用", clause, f"{field}的台账值与来件值不同，请在“采用”列选择。")


def _returned(row: Record, ruling: str, watch: Watch) -> Iterator[Obligation]:
    """An application, or a studio's result, that cannot go on as it came. `ruling`: where held ones are ruled on."""
    law, status = watch.law, row[STATUS[row.table.sheet.name]]
    if status == HELD:
        yield Obligation(row, ruling, law.clause("R03-2"), "已挂起，请裁定保留哪一件；同日两份不一致的，在“冲突”表选择。")
    elif status == QUERIED:
        entered = values.day((row[ENTERED] or "")[:len("2026-11-20")]).value
        term = workdays_after(entered, law["mend_days"], watch.holidays) if entered else None
        clause = law.parameters["mend_days"].clause
        yield Obligation(row, "未了问题", clause, "还有提示没有改正或说明，请催区（县）补正后再报。", term, now=True)


def _published(row: Record, watch: Watch) -> Iterator[Obligation]:
    published, clause = row["公示发布日"], watch.law.clause("R12-1")
    last = row["公示止日"] or (publicity(published, watch.law, watch.holidays).last if published else None)
    if last is None:
        return
    if watch.on <= last:
        yield Obligation(row, "公示止日", clause, f"公示期至{last}届满，请收集异议，次日起可以命名。", last)
    elif row["异议"] == "是" and not (said := row["异议处理结果"]):
        yield Obligation(row, "异议处理结果", watch.law.clause("R12-2"), f"公示期已于{last}届满，收到的异议还没有处理，请写明异议处理结果。")
    elif row["异议"] != "是" or UPHELD not in said or REJECTED in said:
        yield Obligation(row, "命名日期", watch.law.clause("R12-2"), _may_be_named(last, row["异议处理结果"]))


def _may_be_named(last: date, settled: str | None) -> str:
    objection = f"异议处理结果是“{settled}”" if settled else "没有未了结的异议"
    return f"公示期已于{last}届满，{objection}，请办理命名授牌，登记命名文号、命名日期。"


def _named(row: Record, registered: set[object], watch: Watch) -> Iterator[Obligation]:
    clause = watch.law.clause("R12-2")
    if not row["备案日期"]:
        yield Obligation(row, "备案日期", clause, f"已于{row['命名日期']}命名，请同时报市委人才工作领导小组办公室备案，登记备案日期。")
    if row["工作室名称"] not in registered:
        yield Obligation(row, "命名日期", watch.law.clause("R12-3"), "已命名，“工作室”表里还没有，请登记，看板才数得到。")
