"""From the returns to the plaque: what waits in 冲突, 申报批次, 期满考核, and what publicity and naming ask for.

Source: 乌人社规〔2023〕1号 第三条、第十条、第十二条
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from toolkit.forms.register_rows import ApplicationRow, AssessmentRow, ConflictRow, PublicityRow
from toolkit.forms.typed_rows import RowField
from toolkit.ledger import decisions
from toolkit.ledger.arrangements import mend_term
from toolkit.ledger.disputes import PENDING
from toolkit.ledger.dues import charges
from toolkit.ledger.dues.watch import Obligation, Watch
from toolkit.returns import values
from toolkit.returns.checks import AWAITED, HELD, QUERIED

Returned = ApplicationRow | AssessmentRow
_ISO = len("2026-11-20")


def tasks(watch: Watch) -> Iterator[Iterator[Obligation]]:
    """What is to be done up to and including naming, row by row."""
    yield from (_conflict(row) for row in watch.books.of(ConflictRow))
    closed = closed_years(watch)
    yield from (_application(row, closed, watch) for row in watch.books.applications)
    yield from (_assessment(row, watch) for row in watch.books.assessments)
    registered = {name for studio in watch.studios if studio.registered for name in studio.names}  # 变更领办人以后改了名的，仍是那一个
    rounds = decisions.rounds_of(watch.books.publicity)
    yield from (_publicity(row, rounds, registered, watch) for row in watch.books.publicity)


def closed_years(watch: Watch) -> Callable[[int | None], bool]:
    """R03-1: whether a year's round is over: somebody of it was named, or a later year was made public."""
    years = [(year, bool(row.known(PublicityRow.named_on))) for row in watch.books.publicity for year in row.known(PublicityRow.year)]
    named, newest = {year for year, is_named in years if is_named}, max((year for year, _ in years), default=0)
    return lambda year: year in named or (year is not None and year < newest)


def _conflict(row: ConflictRow) -> Iterator[Obligation]:
    if row.state != PENDING:
        return
    clause = ConflictRow.state.column.clause
    field = f"“{row.register}”表“{row.item}”" if row.item else f"“{row.register}”表"
    if row.chosen:
        yield Obligation(row, ConflictRow.chosen, clause, f"{field}的冲突已选“{row.chosen}”，请再合并一次使它生效。", charge=charges.CONFLICT)
    else:
        yield Obligation(row, ConflictRow.chosen, clause, f"{field}的台账值与来件值不同，请在“采用”列选择。", charge=charges.CONFLICT)


def _application(row: ApplicationRow, closed: Callable[[int | None], bool], watch: Watch) -> Iterator[Obligation]:
    if not closed(row.year) and row.review is None and row.ruling is None:
        yield from _returned(row, ApplicationRow.ruling, ApplicationRow.open_issues, watch)


def _assessment(row: AssessmentRow, watch: Watch) -> Iterator[Obligation]:
    """A result that cannot be entered as it came, of a studio that still waits for one."""
    studio = watch.studio_of(row)
    if studio is None or studio.counts:
        yield from _returned(row, AssessmentRow.status, AssessmentRow.open_issues, watch)


def _returned(row: Returned, ruling: RowField, open_issues: RowField, watch: Watch) -> Iterator[Obligation]:
    """An application, or a studio's result, that cannot go on as it came. `ruling`: where held ones are ruled on."""
    law, is_application = watch.law, isinstance(row, ApplicationRow)
    if row.status in law.lists["application_statuses"].where("withdrawing"):
        field = type(row).fields["withdrawal_answer"]
        if row.record.values.get(field.header) is None:
            yield Obligation(row, field, law.clause("R10"), "新报来的报表里不再有，已标为“待核撤回”，请选“撤回”或“保留”，再合并一次。",
                             charge=charges.APPLICATION_GONE if is_application else charges.RESULT_HELD)
    elif row.status == HELD:
        yield Obligation(row, ruling, law.clause("R03-2"), "已挂起，请裁定保留哪一件；同日两份不一致的，在“冲突”表选择。",
                         charge=charges.RULING if is_application else charges.RESULT_HELD)
    elif row.status == AWAITED:
        yield Obligation(row, ApplicationRow.approval_number if is_application else ruling, law.clause("R07-1a"),
                         "有事项待市局核准，请决定；核准的登记文号、核准人、日期和理由，再合并一次。",
                         charge=charges.APPROVAL if is_application else charges.RESULT_HELD)
    elif row.status == QUERIED:
        entered = values.day((row.entered_at or "")[:_ISO]).value
        term = mend_term(entered, law, watch.holidays) if entered else None
        clause = law.parameters["mend_days"].clause
        yield Obligation(row, open_issues, clause, "还有提示没有改正或说明，请催区（县）补正后再报。", term, now=True, charge=charges.MENDING)


def _publicity(row: PublicityRow, rounds: decisions.Rounds, registered: set[str], watch: Watch) -> Iterator[Obligation]:
    if row.named_on:
        yield from _named(row, registered, watch)
    elif not decisions.superseded(row, rounds):
        yield from _published(row, watch)


def _published(row: PublicityRow, watch: Watch) -> Iterator[Obligation]:
    law = watch.law
    last = decisions.public_until(row, law, watch.holidays)
    if last is None:
        return
    for unknown in decisions.end_known(row, law, watch.holidays).stopping:
        yield Obligation(row, PublicityRow.public_until, unknown.clause, unknown.message, charge=charges.BY_CITY_IN_CELL)
        return
    raised, is_over = decisions.objection(row, law), watch.on > last
    if raised.state == decisions.CONTRADICTORY and raised.finding is not None:
        yield Obligation(row, PublicityRow.objection, raised.finding.clause, raised.finding.message, charge=charges.BY_CITY_IN_CELL)
    elif raised.state == decisions.OPEN:
        ends = f"公示期已于{last}届满" if is_over else f"公示期至{last}届满"
        yield Obligation(row, PublicityRow.objection_result, law.clause("R12-2"),
                         f"{ends}，收到的异议还没有处理，请查清后填写异议处理结果。", charge=charges.OBJECTION)
    elif not is_over and raised.state != decisions.UPHELD:
        yield Obligation(row, PublicityRow.public_until, law.clause("R12-1"), f"公示期至{last}届满，请收集异议，次日起可以命名。", last,
                         charge=charges.PUBLICITY_RUNS)
    elif raised.state != decisions.UPHELD:
        yield Obligation(row, PublicityRow.named_on, law.clause("R12-2"), _may_be_named(row, last, raised.state), charge=charges.NAMING)


def _may_be_named(row: PublicityRow, last: date, state: str) -> str:
    reason = f"（{row.objection_reason}）" if row.objection_reason else ""
    said = f"异议{state}{reason}" if state == decisions.REJECTED else "没有未了结的异议"
    return f"公示期已于{last}届满，{said}，请办理命名授牌，登记命名文号、命名日期。"


def _named(row: PublicityRow, registered: set[str], watch: Watch) -> Iterator[Obligation]:
    clause, studio = watch.law.clause("R12-2"), watch.studio_of(row)
    if row.filed_on is None and not (studio is not None and studio.is_withdrawn):
        yield Obligation(row, PublicityRow.filed_on, clause,
                         f"已于{row.named_on}命名，请同时报市委人才工作领导小组办公室备案，登记备案日期。", charge=charges.NAMING_FILED)
    if row.studio not in registered:
        yield Obligation(row, PublicityRow.named_on, watch.law.clause("R12-3"), "已命名，“工作室”表里还没有，请登记，看板才数得到。",
                         charge=charges.BY_CITY_IN_CELL)
