"""综合统计: applications, studios, money and results by year, district, cluster, unit and state, as a workbook with charts.

What counts as passed, valid, paid, spent is asked of the ledger's own functions; here it is only added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas

from toolkit.forms.register_rows import ApplicationRow, StudioRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.jobs.act import opened_ledger
from toolkit.jobs.issuing import IssuingContext
from toolkit.jobs.keeping import Keeper
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import Report
from toolkit.ledger import money, subjects
from toolkit.ledger.decisions import unreadable_cell
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation
from toolkit.regulation import rubric as annex
from toolkit.returns.findings import Finding
from toolkit.returns.values import shown

BOOK = "综合统计"
UNREADABLE, UNSTATED = "读不懂", "没有登记"
APPLIED, PASSED, NAMED, VALID_NOW = "申报", "评审通过", StudioRow.sheet.name, "有效"
PAID, MATCHED, SPENT, RECOVERED = "补助(元)", "配套(元)", StudioRow.spent.header, "追回(元)"
_KIND = "申报或工作室"
_YEAR, _DISTRICT, _CLUSTER, _UNIT, _STATE = (field.header for field in (
    ApplicationRow.year, StudioRow.district, ApplicationRow.cluster, StudioRow.unit, StudioRow.status))
BY_YEAR, BY_DISTRICT, BY_CLUSTER, BY_UNIT, BY_STATE = "按年度", "按区县", "按产业集群", "按申办单位", "按状态"
_GROUPS = {BY_YEAR: _YEAR, BY_DISTRICT: _DISTRICT, BY_CLUSTER: _CLUSTER, BY_UNIT: _UNIT}
_COUNTS, _MONEY = (APPLIED, PASSED, NAMED, VALID_NOW), (PAID, MATCHED, SPENT, RECOVERED)
TOTAL = "合计"


def statistics(place: Path | Keeper, on: date, out: Path) -> Report:
    """Write 综合统计 into `out`. UserError where there is no ledger; findings are the cells that could not be read and count as 读不懂."""
    from toolkit.pages import charted_tables

    issuing = opened_ledger(place, on)
    report = Report()
    tables = tables_of(issuing, report.findings)
    charts = [charted_tables.ChartedTable(name, list(table.columns), table.to_numpy().tolist(), _charts_of(name, table))
              for name, table in tables.items()]
    with Outputs(out, keeps=True) as outputs:
        made = outputs.room()
        charted_tables.write_charted(made, charts, BOOK, f"截至{on}，数自台账“{issuing.name}”；一个工作室按命名的年度计")
        path = outputs.take(made, f"{BOOK}_{on}.xlsx")
        outputs.release()
        report.outputs = outputs.where([path])
        report.findings += outputs.findings
    return report


def tables_of(issuing: IssuingContext, told: list[Finding]) -> dict[str, pandas.DataFrame]:
    """Sheet → a line a group and one of the sums, its first column the group."""
    watch = Watch(issuing.books, issuing.law, issuing.on, issuing.holidays)
    grades = [band.name for band in annex.of(issuing.law).bands]
    lines = pandas.DataFrame([*_applications(watch, told), *_studios(watch, grades, told)],
                             columns=[_KIND, *_GROUPS.values(), _STATE, *_COUNTS, *_MONEY, *grades])
    numbers = [*_COUNTS, *_MONEY, *grades]
    lines[numbers] = lines[numbers].fillna(0)
    found = {}
    for name, group in _GROUPS.items():
        table = lines.groupby(group, sort=False)[numbers].sum()
        table = table.loc[_ordered(name, table, issuing.law)]
        found[name] = _with_total(table, group)
    counted = lines.pivot_table(index=_STATE, columns=_KIND, aggfunc="size", fill_value=0, sort=False) if len(lines) else pandas.DataFrame()
    counted = counted.reindex(columns=[APPLIED, NAMED], fill_value=0)
    counted.index.name = _STATE
    found[BY_STATE] = _with_total(counted, _STATE)
    return found


def _with_total(table: pandas.DataFrame, group: str) -> pandas.DataFrame:
    table = table.copy()
    table.loc[TOTAL] = table.sum()
    return table.rename_axis(group).reset_index()


def _ordered(name: str, table: pandas.DataFrame, law: Regulation) -> list[str]:
    """Groups as the law lists them, years as they come, units by how much there is of them; what is not known last."""
    if name == BY_UNIT:
        ranked = table.sort_values([NAMED, APPLIED], ascending=False, kind="stable").index
        return [*(each for each in ranked if each not in (UNREADABLE, UNSTATED)), *(each for each in (UNSTATED, UNREADABLE) if each in ranked)]
    known = {BY_DISTRICT: law.lists["districts"].names, BY_CLUSTER: law.lists["clusters"].names}.get(name, ())
    last = {UNSTATED: 1, UNREADABLE: 2}
    return sorted(table.index, key=lambda each: (last.get(each, 0), known.index(each) if each in known else len(known), each))


def _applications(watch: Watch, told: list[Finding]) -> Iterator[dict[str, Any]]:
    """A line an application."""
    for row in watch.books.applications:
        yield _application(row, watch, _Asked(watch.law, told))


def _application(row: ApplicationRow, watch: Watch, ask: _Asked) -> dict[str, Any]:
    passes = watch.law.lists["review_results"].where("passes")
    return {_KIND: APPLIED, _YEAR: ask(lambda: row.year), _DISTRICT: ask(lambda: row.district), _CLUSTER: ask(lambda: row.cluster),
            _UNIT: ask(lambda: row.unit), _STATE: ask(lambda: subjects.of_application(row, watch).stage), APPLIED: 1,
            PASSED: int(ask(lambda: row.review) in passes)}


def _studios(watch: Watch, grades: list[str], told: list[Finding]) -> Iterator[dict[str, Any]]:
    """A line a studio."""
    for studio in watch.studios:
        yield _studio(studio, watch, grades, _Asked(watch.law, told))


def _studio(studio: Studio, watch: Watch, grades: Sequence[str], ask: _Asked) -> dict[str, Any]:
    return {_KIND: NAMED, _YEAR: ask(lambda: studio.begins.year if studio.begins else None), _DISTRICT: ask(lambda: studio.district),
            _CLUSTER: ask(lambda: studio.application.cluster if studio.application else None), _UNIT: ask(lambda: studio.unit),
            _STATE: ask(lambda: subjects.of_studio(studio, watch).stage), NAMED: 1, VALID_NOW: int(ask(lambda: studio.counts or None) is True),
            **{name: ask.amount(how) for name, how in _amounts(studio, watch.law).items()},
            **{grade: int(ask(lambda: studio.grade) == grade) for grade in grades}}


def _amounts(studio: Studio, law: Regulation) -> dict[str, Callable[[], Any]]:
    return {PAID: lambda: money.subsidy_paid(studio, law), MATCHED: lambda: money.received(studio, "matching", law),
            SPENT: lambda: money.spent(studio, law), RECOVERED: lambda: money.recovered(studio, law)}


class _Asked:
    """What a row says; a cell that cannot be read is told once and is a group of its own."""

    def __init__(self, law: Regulation, told: list[Finding]) -> None:
        self._law, self._told = law, told

    def __call__(self, ask: Callable[[], Any]) -> Any:
        try:
            value = ask()
        except UnreadableCell as cell:
            self._tell(cell)
            return UNREADABLE
        return value if value is True else shown(value) or UNSTATED

    def amount(self, ask: Callable[[], Any]) -> float:
        try:
            return float(ask() or 0)
        except UnreadableCell as cell:
            self._tell(cell)
            return 0

    def _tell(self, cell: UnreadableCell) -> None:
        found = unreadable_cell(cell, self._law)
        if found not in self._told:
            self._told.append(found)



def _charts_of(name: str, table: pandas.DataFrame) -> list[tuple[str, Sequence[str]]]:
    if name == BY_STATE:
        return [(_STATE, list(table.columns[1:]))]
    return [(f"{name}：申报和工作室", _COUNTS), (f"{name}：资金（元）", _MONEY),
            (f"{name}：期满考核结果", list(table.columns[1 + len(_COUNTS) + len(_MONEY):]))]
