"""A studio in its years: money, yearly reports, assessment at the end, activity, the four years of 第二十条.

Source: 乌人社规〔2023〕1号 第十三条、第十九条、第二十条
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.ledger.dues.studios import Studio, studios
from toolkit.ledger.dues.watch import Obligation, Watch
from toolkit.regulation import consequences
from toolkit.regulation import rubric as annex
from toolkit.regulation.calendar import DAY, add_months, add_years
from toolkit.regulation.rubric.cell_values import plain
from toolkit.returns import funds
from toolkit.returns.checks.assessed import window
from toolkit.returns.records import Record

_REPORTS = {"总结报送日": "{0}年度总结", "计划报送日": "{1}年度计划"}  # column of 年度评估 → what is handed in on that day
WHOLE_TIME = "有效期间"  # as annual_report_span says it; otherwise the construction period


@dataclass(frozen=True)
class File:
    """What the other sheets hold on one studio."""

    money: Sequence[Record]
    years: Mapping[int, Record]
    result: Record | None
    revoked: bool


def tasks(watch: Watch) -> Iterator[Obligation]:
    """What each studio asks for that has not lost its title."""
    counts, revoked = (watch.law.lists["studio_statuses"].where(flag) for flag in ("counts", "revoked"))
    files = _files(watch)
    nothing = File((), {}, None, False)
    for studio in studios(watch):
        file = files.get(studio.name, nothing)
        if studio.status in revoked or file.revoked:
            continue
        yield from _liability(studio, watch)
        if studio.status and studio.status not in counts:
            continue
        yield from _registered(studio, watch)
        for part in (_assessment, _money, _reports, _activity):
            yield from part(studio, file, watch)


def _files(watch: Watch) -> dict[str, File]:
    """Studio → its file."""
    money: dict[str, list[Record]] = {}
    years: dict[str, dict[int, Record]] = {}
    for row in watch.standing.records("经费"):
        money.setdefault(row["工作室名称"], []).append(row)
    for row in watch.standing.records("年度评估"):
        years.setdefault(row["工作室名称"], {})[row["年度"]] = row
    results = {row["工作室名称"]: row for row in watch.standing.records("期满考核") if row["等次"]}
    revoked = {row["工作室名称"] for row in watch.standing.records("撤销追缴禁申")}
    return {name: File(money.get(name, ()), years.get(name, {}), results.get(name), name in revoked)
            for name in {*money, *years, *results, *revoked}}


def _registered(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """What is missing from its row, so that nothing can be told of it."""
    clause = watch.law.clause("R12-3")
    if studio.row.table.sheet.name == "工作室" and not studio.status:
        yield Obligation(studio.row, "状态", clause, "没有填状态，看板不计入有效工作室，请从下拉框选择。")
    if studio.ends is None:
        yield Obligation(studio.row, "建设周期止", clause, "没有命名日期和建设周期，期满考核不能提醒，请补填。")


def _assessment(studio: Studio, file: File, watch: Watch) -> Iterator[Obligation]:
    """R19-2: assessed in the last months of the construction period; R19-4: what follows from the grade."""
    row, law, result = studio.row, watch.law, file.result
    total, grade = (result["总分"], row["等次"] or result["等次"]) if result else (None, row["等次"])
    if grade:
        said = consequences.advice(grade, annex.of(law))
        if said:
            yield Obligation(row, "等次", law.clause("R19-4"), f"期满考核{grade}，请市局认定后登记“撤销追缴禁申”表。办法规定：{said}")
        elif not row["等次"]:
            said = f"总分{plain(total)}，" if total is not None else ""
            yield Obligation(row, "等次", law.clause("R19-2"), f"期满考核结果已入账（{said}{grade}），请登记期满得分和等次。")
    elif studio.ends:
        first, last = window(studio.ends, law)
        if watch.on < first:
            yield Obligation(row, "建设周期止", law.clause("R19-2"), f"期满考核期间{first}开始，至{last}，请通知区（县）准备。", first)
        else:
            yield Obligation(row, "建设周期止", law.clause("R19-2"), f"建设周期至{last}届满，还没有考核结果，请完成期满考核并入账。", last, now=True)


def _money(studio: Studio, file: File, watch: Watch) -> Iterator[Obligation]:
    """R13-1, R13-2, R13-4: the subsidy paid, the matching funds in, and both used by the end of the construction period."""
    if studio.ends is None:
        return
    row, law, end = studio.row, watch.law, studio.ends
    subsidy = _known(funds.received(file.money, "subsidy", law), row["补助额(元)"])
    matching = _known(funds.received(file.money, "matching", law), row["配套额(元)"])
    if subsidy < law["subsidy_yuan"]:
        yield Obligation(row, "补助额(元)", law.clause("R13-1"),
                   f"市级补助到位{subsidy:,}元，应为{law['subsidy_yuan']:,}元，请在建设周期内（至{end}）拨付。", end, now=True)
    if matching < law["matching_minimum_yuan"]:
        yield Obligation(row, "配套额(元)", law.clause("R13-2"),
                   f"配套资金到位{matching:,}元，不足{law['matching_minimum_yuan']:,}元，请申办单位在建设周期内（至{end}）补足。", end)
    balance = subsidy + matching - _known(funds.spent(file.money), row["支出(元)"])
    if balance > 0 and watch.on <= end:
        yield Obligation(row, "余额(元)", law.clause("R13-4"), f"还有余额{balance:,}元，原则上应在建设周期内（至{end}）使用完毕，请督促。", end)


def _known(entries: Decimal | None, total: Decimal | None) -> Decimal:
    """What the entries of 经费 come to; without any, the total that stands in 工作室."""
    return entries if entries is not None else total or Decimal(0)


def _reports(studio: Studio, file: File, watch: Watch) -> Iterator[Obligation]:
    """R19-1: summary and plan at the end of every year, then the district's evaluation, for which the law gives no term."""
    clause = watch.law.clause("R19-1")
    for year, term in _year_ends(studio, watch):
        row = file.years.get(year)
        unreported = _unreported(row) if row else list(_REPORTS)
        if unreported:
            lacking = "、".join(_REPORTS[header].format(year, year + 1) for header in unreported)
            where, header = (row, unreported[0]) if row else (studio.row, "工作室名称")
            yield Obligation(where, header, clause, f"还没有报送{lacking}，请催申办单位报区（县）。", term)
        elif row and not row["报市日期"]:
            yield Obligation(row, "报市日期", clause, f"{year}年度总结和计划已报，请区（县）完成年度绩效评估并报市局。")


def _unreported(row: Record) -> list[str]:
    return [header for header in _REPORTS if not row[header]]


def _year_ends(studio: Studio, watch: Watch) -> Iterator[tuple[int, date]]:
    """(year, last day to report on it) of the years that end while the studio has to report."""
    if studio.begins is None or studio.ends is None:
        return
    for year in range(studio.begins.year, watch.on.year + 1):
        term = add_months(date(year, 1, 1), watch.law["annual_report_month"]) - DAY
        if term > studio.begins and (watch.law["annual_report_span"] == WHOLE_TIME or term <= studio.ends):
            yield year, term


def _activity(studio: Studio, file: File, watch: Watch) -> Iterator[Obligation]:
    """R20-1b: no work for more than a year, within the four years. For people to establish, never inferred."""
    spent = [row["日期"] for row in file.money if row["类别"] == funds.SPENT and row["日期"]]
    recorded = [day for day in (studio.row["最近活动日"], *spent) if day and day <= watch.on]
    last = max(recorded, default=studio.begins)
    if last is None:
        return
    term = add_years(last, watch.law["inactivity_years"])
    if studio.liable_until is None or term < studio.liable_until:
        since = f"最近一次登记的活动在{last}" if recorded else f"自{last}命名以来没有登记活动"
        yield Obligation(studio.row, "最近活动日", watch.law.clause("R20-1b"),
                   f"{since}，到{term}满{watch.law['inactivity_years']}年，请核实是否开展工作并登记。", term)


def _liability(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R20-5: until when 第二十条 applies."""
    last = studio.liable_until
    if last and watch.on <= last:
        yield Obligation(studio.row, "四年期止", watch.law.clause("R20-5"), f"取消称号的规定适用至{last}，请在此之前核清有无应取消的情形。", last)
