"""A studio in its years: money, yearly reports, assessment at the end, activity, the four years of 第二十条.

Source: 乌人社规〔2023〕1号 第十三条、第十七条、第十九条、第二十条
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from toolkit.forms.register_rows import FundRow, StudioRow, YearlyRow
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger import grade_fit, money
from toolkit.ledger.dues import charges
from toolkit.ledger.dues.watch import Obligation, Watch
from toolkit.ledger.studios import Studio
from toolkit.ledger.tallies import working_days
from toolkit.ledger.yearly_duties import (
    SIGNED,
    after_funds_term,
    goals_term,
    is_evaluated_in,
    is_under_goals_in,
    lacking_of_evaluation,
    lacking_of_goals,
    report_term,
)
from toolkit.regulation import Regulation, consequences
from toolkit.regulation import rubric as annex
from toolkit.regulation.calendar import DAY, add_years
from toolkit.regulation.rubric.cell_values import plain

# column of 年度评估 → what is handed in on that day
_REPORTS: tuple[tuple[RowField, str], ...] = ((YearlyRow.summary_on, "{0}年度总结"), (YearlyRow.plan_on, "{1}年度计划"))


def tasks(watch: Watch) -> Iterator[Iterator[Obligation]]:
    """What each studio asks for that has not lost its title, part by part."""
    for studio in watch.studios:
        yield from (part(studio, watch) for part in _PARTS)


def _running(studio: Studio) -> bool:
    """Whether the construction period's own duties still bind it."""
    return studio.counts


def _at(studio: Studio, field: RowField) -> tuple[TypedRow, RowField]:
    """Where something of a studio is recorded: in its row of 工作室, as long as there is none at its name in 公示命名."""
    return studio.row, field if studio.registered else type(studio.row).fields["studio"]


def _registered(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """What is missing from its row, so that nothing can be told of it."""
    if not _running(studio):
        return
    clause = watch.law.clause("R12-3")
    if isinstance(studio.row, StudioRow) and studio.row.status is None:
        yield Obligation(studio.row, StudioRow.status, clause, "没有填状态，按有效对待，请从下拉框选择，看板才数得到。",
                         charge=charges.BY_CITY_IN_CELL)
    if studio.ends is None:
        yield Obligation(*_at(studio, StudioRow.ends), clause, "没有命名日期和建设周期，期满考核不能提醒，请补填。", charge=charges.BY_CITY_IN_CELL)


def _assessment(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R19-2: assessed in the last months of the construction period; R19-4: what follows from the grade."""
    if not _running(studio):
        return
    law = watch.law
    if studio.grade:
        yield from _result(studio, studio.grade, watch)
    elif studio.window:
        first, last = studio.window
        where, field = _ending(studio)
        if watch.on < first:
            yield Obligation(where, field, law.clause("R19-2"), f"期满考核期间{first}开始，至{last}，请通知区（县）准备。", first,
                             charge=charges.ASSESSMENT)
        else:
            yield Obligation(where, field, law.clause("R19-2"), f"建设周期至{last}届满，还没有考核结果，请完成期满考核并入账。", last, now=True,
                             charge=charges.ASSESSMENT)


def _ending(studio: Studio) -> tuple[TypedRow, RowField]:
    return studio.row, type(studio.row).fields["ends"]


def _result(studio: Studio, grade: str, watch: Watch) -> Iterator[Obligation]:
    """What a grade asks for: the consequences of the law, else that it be entered in 工作室."""
    law, (row, field) = watch.law, _at(studio, StudioRow.grade)
    said_by = studio.row if isinstance(studio.row, StudioRow) and studio.row.grade is not None else studio.result
    if said_by is not None and (wrong := next(grade_fit.contradicts(said_by, law), None)):
        yield Obligation(said_by, type(said_by).fields["grade"], wrong.clause, wrong.message, charge=charges.BY_CITY_IN_CELL)
        return
    said = consequences.advice(grade, annex.of(law))
    if said:
        yield Obligation(row, field, law.clause("R19-4"), f"期满考核{grade}，请市局认定后登记“撤销追缴禁申”表。办法规定：{said}",
                         charge=charges.FAILED)
    elif isinstance(studio.row, StudioRow) and studio.row.grade is None and studio.result is not None:
        total = studio.result.total
        points = f"总分{plain(Decimal(total))}，" if total is not None else ""
        yield Obligation(row, field, law.clause("R19-2"), f"期满考核结果已入账（{points}{grade}），请登记期满得分和等次。", charge=charges.RESULT_IN)


def _total(studio: Studio, entries: Decimal | None, field: RowField) -> Decimal:
    """What the entries of 经费 come to; without any, the total that stands in 工作室."""
    if entries is not None:
        return entries
    stated = {StudioRow.subsidy: "subsidy", StudioRow.matching: "matching", StudioRow.spent: "spent"}[field]
    return Decimal(getattr(studio.row, stated) or 0) if isinstance(studio.row, StudioRow) else Decimal(0)


def _subsidy(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R13-1: paid once within the construction period."""
    law, end = watch.law, studio.ends
    if end is None or not _running(studio):
        return
    payments = money.payments(studio, law)
    if len(payments) > 1:
        yield Obligation(payments[-1], type(payments[-1]).amount, law.clause("R13-1"),
                         f"市级补助登记了{len(payments)}笔，一个建设周期只补助一次，请核对是否重复拨付。", charge=charges.BY_CITY_IN_CELL)
    if unclear := next(money.unclear_payments(studio, law), None):
        entry, field = next((each, field) for each in studio.money for field in (type(each).kind, type(each).amount, type(each).source)
                            if each.record.place(field.header) == unclear.place)
        yield Obligation(entry, field, unclear.clause, unclear.message, charge=charges.BY_CITY_IN_CELL)
        return
    paid = _total(studio, money.received(studio, "subsidy", law), StudioRow.subsidy)
    if len(payments) == 1 and paid < law["subsidy_yuan"]:
        yield _as_registered(payments[0], studio, law)
    elif not payments and paid < law["subsidy_yuan"] and watch.on > end:
        yield Obligation(*_at(studio, StudioRow.subsidy), law.clause("R13-1"),
                         f"建设周期{end}已满，市级补助到位{paid:,}元，不足{law['subsidy_yuan']:,}元，周期以外不再拨付。已经拨付的，请在“经费”表补登记。",
                         end, charge=charges.BY_CITY_IN_CELL)
    elif not payments and paid < law["subsidy_yuan"]:
        yield Obligation(*_at(studio, StudioRow.subsidy), law.clause("R13-1"),
                         f"市级补助到位{paid:,}元，应为{law['subsidy_yuan']:,}元，请在建设周期内（至{end}）拨付。", end, now=True,
                         charge=charges.SUBSIDY)


def _as_registered(entry: FundRow, studio: Studio, law: Regulation) -> Obligation:
    """R13-1: a payment that stands there and does not count in full; nothing is paid once more."""
    field: RowField = FundRow.amount
    said = f"登记{entry.amount or 0:,}元，应为一次性{law['subsidy_yuan']:,}元"
    if not money.within(entry, studio.begins, studio.ends):
        when = f"登记在{entry.day}" if entry.day else "没有登记日期"
        said, field = f"{when}，建设周期是{studio.begins}至{studio.ends}，不能计入", FundRow.day
    return Obligation(entry, field, law.clause("R13-1"), f"市级补助{said}，请核对。", charge=charges.BY_CITY_IN_CELL)


def _matching(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R13-2: matching funds in by the end of the construction period, not below the subsidy."""
    law, end = watch.law, studio.ends
    if end is None or not _running(studio) or studio.is_settled(watch.on):
        return
    matching = _total(studio, money.received(studio, "matching", law), StudioRow.matching)
    if matching < law["matching_minimum_yuan"]:
        yield Obligation(*_at(studio, StudioRow.matching), law.clause("R13-2"),
                         f"配套资金到位{matching:,}元，不足{law['matching_minimum_yuan']:,}元，请申办单位在建设周期内（至{end}）补足。", end,
                         charge=charges.MATCHING)


def _balance(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R13-4: both used by the end of the construction period, as a rule; afterwards someone has to say why not."""
    law, end = watch.law, studio.ends
    if end is None or not _running(studio):
        return
    income = sum((_total(studio, money.received(studio, flag, law), field)
                  for flag, field in (("subsidy", StudioRow.subsidy), ("matching", StudioRow.matching))), Decimal(0))
    spent = _total(studio, money.spent(studio, law), StudioRow.spent)
    balance = income - spent
    if balance <= 0:
        return
    first = end - law["balance_notice_days"] * DAY
    if watch.on < first:
        return
    said = "至今没有登记支出，" if spent == 0 else ""
    what = f"{said}还有余额{balance:,}元，原则上应在建设周期内（至{end}）使用完毕，请督促，用不完的写明原因。"
    yield Obligation(*_at(studio, StudioRow.balance), law.clause("R13-4"), what, end, now=True, charge=charges.SPENDING)


def _after_period(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R13-5: allowance, projects and daily costs, every year after the one in which the construction period ended, as long as
    第二十条 applies; the law names no sum, so one entry a year of each will do. What is older than last year is no more asked for."""
    law, end, last = watch.law, studio.ends, studio.liable_until
    if end is None or last is None or studio.is_withdrawn or studio.status in law.lists["studio_statuses"].where("keeps_plaque"):
        return
    for year in range(max(end.year, watch.on.year - 2) + 1, min(watch.on.year, last.year) + 1):
        lacking = money.yearly_uses_lacking(studio, year, law)
        if lacking:
            yield Obligation(*_named_at(studio), law.clause("R13-5"),
                             f"建设期满后，{year}年还没有登记{'、'.join(lacking)}，请提醒申办单位提供，并登记到“经费”表。",
                             after_funds_term(year, law), charge=charges.AFTER_PERIOD)


def _reports(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R19-1: summary and plan at the end of every year, then the district's evaluation, for which the law gives no term."""
    if not _running(studio):
        return
    clause, settled = watch.law.clause("R19-1"), studio.is_settled(watch.on)
    years = {row.year: row for row in studio.years}
    for year, term in _year_ends(studio, watch):
        if settled and studio.ends and term <= studio.ends:
            continue
        row = years.get(year)
        missing = [(field, said) for field, said in _REPORTS if row is None or row.record.raw(field.header) is None]
        if missing:
            where, field = _named_at(studio) if row is None else (row, missing[0][0])
            lacking = "、".join(said.format(year, year + 1) for _, said in missing)
            yield Obligation(where, field, clause, f"还没有报送{lacking}，请催申办单位报区（县）。", term, charge=charges.YEARLY_REPORT)
        elif row is not None and (blank := list(lacking_of_evaluation(row))):
            yield Obligation(row, blank[0], clause, f"{year}年度总结和计划已报，请区（县）完成年度绩效评估并报市局"
                                                    f"（还没有{'、'.join(field.header for field in blank)}）。", charge=charges.EVALUATING)


def _year_ends(studio: Studio, watch: Watch) -> Iterator[tuple[int, date]]:
    """(year, last day to report on it) of the years that end while the studio has to report."""
    if studio.begins is not None:
        for year in range(studio.begins.year, watch.on.year + 1):
            if is_evaluated_in(studio, year, watch.law):
                yield year, report_term(year, watch.law)


def _goals(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R17: goals for the year, signed in it by unit and leader, while the period lasts. A studio named behind the term has them without one."""
    year = watch.on.year
    if not _running(studio) or not is_under_goals_in(studio, year) or (studio.ends and watch.on > studio.ends):
        return
    row = next((each for each in studio.goals if each.year == year), None)
    blank = list(SIGNED if row is None else lacking_of_goals(row))
    if blank:
        where, field = _named_at(studio) if row is None else (row, blank[0])
        term = goals_term(year, watch.law)
        lacking = "" if row is None else f"（还没有{'、'.join(field.header for field in blank)}）"
        yield Obligation(where, field, watch.law.clause("R17"),
                         f"还没有签订{year}年度目标任务书{lacking}，请申办单位与领办人签订，由区（县）报市局。",
                         None if studio.begins and studio.begins > term else term, charge=charges.GOALS_AGREED)


def _named_at(studio: Studio) -> tuple[TypedRow, RowField]:
    """Where a studio is named."""
    return studio.row, type(studio.row).fields["name" if studio.registered else "studio"]


def _activity(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R20-1b: no work for more than a year, within the four years whatever the state, but not where the plaque alone is kept.

    For people to establish, never inferred.
    """
    if studio.is_withdrawn or studio.keeps_plaque or (studio.liable_until and watch.on > studio.liable_until):
        return
    noted = studio.row.last_activity if isinstance(studio.row, StudioRow) else None
    recorded = [day for day in (noted, *working_days(studio, watch.law)) if day and (studio.begins or day) <= day <= watch.on]
    last = max(recorded, default=studio.begins)
    if last is None:
        return
    term = add_years(last, watch.law["inactivity_years"])
    if studio.liable_until is None or term < studio.liable_until:
        since = f"最近一次登记的活动在{last}" if recorded else f"自{last}命名以来没有登记活动"
        yield Obligation(*_at(studio, StudioRow.last_activity), watch.law.clause("R20-1b"),
                         f"{since}，到{term}满{watch.law['inactivity_years']}年，请核实是否开展工作并登记。", term,
                         charge=charges.ACTIVITY)


def _liability(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R20-5: until when 第二十条 applies."""
    last = studio.liable_until
    if last and watch.on <= last and not studio.is_withdrawn:
        yield Obligation(studio.row, type(studio.row).fields["liable_until"], watch.law.clause("R20-5"),
                         f"取消称号的规定适用至{last}，请在此之前核清有无应取消的情形。", last, charge=charges.LIABILITY)


_PARTS = (_liability, _registered, _assessment, _subsidy, _matching, _balance, _after_period, _goals, _reports, _activity)
