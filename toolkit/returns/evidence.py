"""The inputs of 附件2 that evidence decides, counted from the parsed evidence as the workbook's formulas count them.

Source: 第四条、第五条、第十三条、附件2（2.1、4.4、5.2、6.1）.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain

from toolkit.forms import score_sheet
from toolkit.forms.assessment import ACHIEVEMENTS, ACTIVITIES, COVER, EXPENSES, FACTS, FUNDS, ROSTER, YES
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import add_months
from toolkit.regulation.rubric.cell_values import cell, is_number, number, rounded
from toolkit.returns import evidence_findings, verdicts
from toolkit.returns.cell_reader import shown
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Record, Table
from toolkit.returns.verdicts import Period, Verdict
from toolkit.sheets.grid import a1

JUDGES = {FUNDS.name: verdicts.funds, EXPENSES.name: verdicts.expenses,
          ACHIEVEMENTS.name: verdicts.achievements, ACTIVITIES.name: verdicts.activities}
_DATES = ((ROSTER.name, "协议日期"), (ROSTER.name, "发证日期"), (EXPENSES.name, "日期"), (ACHIEVEMENTS.name, "完成日期"),
          (ACTIVITIES.name, "日期"))


@dataclass(frozen=True)
class Counted:
    """`inputs`: rubric label → number, None where the sheet shows nothing yet (empty evidence, no period).

    `money`: cell name (`fund_spent` …) → yuan. `verdicts`: sheet → one a row in use.
    """

    inputs: Mapping[str, Decimal | None]
    money: Mapping[str, Decimal]
    last_activity: date | None
    verdicts: Mapping[str, Sequence[Verdict]]
    findings: Sequence[Finding]

    @property
    def figures(self) -> Mapping[str, Decimal | date | None]:
        """Cell name → yuan, or the day of `last_activity`."""
        return {**self.money, "last_activity": self.last_activity}


def count(tables: Mapping[str, Table], facts: Mapping[str, object], law: Regulation, file: str = "") -> Counted:
    """Count the evidence of one studio. `tables` by sheet name; `facts`: label → cell value of the cover; `file` is named in findings."""
    span = verdicts.period(facts, law)
    judged = {name: judge(tables[name].records if name in tables else (), span, law) for name, judge in JUDGES.items()}
    judged[ROSTER.name] = verdicts.roster(tables[ROSTER.name].records if ROSTER.name in tables else (), span, law, shown(facts.get("领办人")))
    inputs = _inputs(judged, span, law)
    labels = law.rubric["inputs"]
    money = _money(tables, judged, law)
    findings = (*_on_period(facts, span, law, file), *chain.from_iterable(
        evidence_findings.of_row(name, one, span, law) for name, rows in judged.items() for one in rows),
        *evidence_findings.of_whole(judged, money, law))
    return Counted({labels[name]: value for name, value in inputs.items()}, money, _last_activity(tables), judged, findings)


def _inputs(judged: Mapping[str, Sequence[Verdict]], span: Period | None, law: Regulation) -> dict[str, Decimal | None]:
    """Input name → number."""
    trained = [one for one in judged[ROSTER.name] if one.shown == YES]
    found: dict[str, tuple[str, Decimal]] = {"matching_yuan": (FUNDS.name, _received(judged, law, "matching")),
                                             "trained_skilled": (ROSTER.name, Decimal(len(trained)))}
    levels = law.lists["skill_levels"].items
    for name in ("trained_technicians", "trained_senior_technicians"):
        ranks = {item["order"] for item in levels if item["bonus"] == name}
        found[name] = (ROSTER.name, Decimal(sum(one.rank in ranks for one in trained)))
    for year in range(1, law["construction_years"] + 1):
        exchanges = sum(one.shown == f"第{year}年" for one in judged[ACTIVITIES.name])
        found[f"exchange_year{year}"] = (ACTIVITIES.name, Decimal(exchanges))
    return {name: value if span is not None and judged[sheet] else None for name, (sheet, value) in found.items()}


def _money(tables: Mapping[str, Table], judged: Mapping[str, Sequence[Verdict]], law: Regulation) -> dict[str, Decimal]:
    spent = _rows(tables, EXPENSES.name)
    found = {"fund_subsidy": _received(judged, law, "subsidy"), "fund_matching": _received(judged, law, "matching"),
             "fund_spent": _sum(spent)}
    for order, use in enumerate(law.lists["fund_uses"].names, 1):
        found[f"fund_use_{order}"] = _sum(row for row in spent if row.raw("用途类别") == use)
    return found | {"fund_balance": found["fund_subsidy"] + found["fund_matching"] - found["fund_spent"]}


def _last_activity(tables: Mapping[str, Table]) -> date | None:
    """The last day any evidence is dated."""
    days = [cell(row.raw(header)) for sheet, header in _DATES for row in _rows(tables, sheet)]
    latest = max((day for day in days if is_number(day)), default=None)
    return verdicts.to_date(latest) if verdicts.is_day(latest) else None


def _rows(tables: Mapping[str, Table], sheet: str) -> Sequence[Record]:
    return tables[sheet].records if sheet in tables else ()


def _received(judged: Mapping[str, Sequence[Verdict]], law: Regulation, flag: str) -> Decimal:
    sources = law.lists["fund_sources"].where(flag)
    return _sum(one.record for one in judged[FUNDS.name] if one.shown == YES and one.record.raw("来源") in sources)


def _sum(rows: Iterable[Record]) -> Decimal:
    """Yuan and fen."""
    amounts = (cell(row.raw("金额(元)")) for row in rows)
    return rounded(sum(filter(is_number, amounts), Decimal(0)), Decimal(2), "四舍五入")


def _on_period(facts: Mapping[str, object], span: Period | None, law: Regulation, file: str) -> Iterator[Finding]:
    """What is wrong with the dates of the cover. Source: 第十九条."""
    clause = law.clause("R19-2")
    if span is None:
        wrong = next(label for label in ("建设周期起", "考核日期") if not verdicts.is_day(cell(facts.get(label))))
        said = shown(facts.get(wrong))
        yield finding("E-period-date" if said.strip() else "E-period", _place(file, wrong), said, clause)
        return
    first, last = span.days
    if first > last:
        yield finding("E-period-order", _place(file, "建设周期起"), first, clause, last=last)
    assessed = verdicts.to_date(number(cell(facts["考核日期"])))
    end = cell(facts.get("建设周期止"))
    if not (verdicts.blank(end) or verdicts.is_day(end)):
        yield finding("E-period-date", _place(file, "建设周期止"), shown(facts.get("建设周期止")), clause)
    due = verdicts.to_date(end) if verdicts.is_day(end) else add_months(first, law["construction_years"] * 12)
    opens = add_months(due, -law["assessment_window_months"])
    if not opens <= assessed <= due:
        yield finding("E-window", _place(file, "考核日期"), assessed, clause, first=opens, last=due)


def _place(file: str, label: str) -> Place:
    fact = next(fact for fact in FACTS if fact.label == label)
    return Place(file, COVER, a1(*score_sheet.fact_cell(fact)), label)
