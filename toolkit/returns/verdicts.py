"""Whether a row of evidence counts in 期满考核, read from its cells exactly as the formulas of the sheet read them.

Text that only looks like a date or an amount does not count, here as there; `evidence` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeGuard

from toolkit.forms.assessment import FITS, NO, WHY_NOT, YES
from toolkit.regulation import ListItem, Regulation
from toolkit.regulation.calendar import add_years
from toolkit.regulation.identity import ID_LENGTH, id_problem
from toolkit.regulation.rubric.cell_values import FormulaValue, cell, floor, is_number, number, text
from toolkit.returns.dates import EARLIEST, EXCEL_EPOCH, LATEST
from toolkit.returns.records import Record

Step = tuple[bool, str]


@dataclass(frozen=True)
class Period:
    """The days evidence counts in, both ends included, as serial numbers."""

    first: Decimal
    last: Decimal

    @property
    def days(self) -> tuple[date, date]:
        return to_date(self.first), to_date(self.last)

    def outside(self, day: FormulaValue) -> bool:
        return not self.first <= floor(number(day)) <= self.last


@dataclass(frozen=True)
class Verdict:
    """What the sheet shows beside a row: 是, 否, 符合, 第1年 …; `why` is a key of `WHY_NOT` ("" when it counts)."""

    record: Record
    shown: str
    why: str
    rank: Decimal | None = None
    instead: Record | None = None

    def reason(self, law: Regulation) -> str:
        """The sentence of the sheet."""
        return WHY_NOT[self.why].format(skilled_name=_skilled(law).name) if self.why else ""


def period(facts: Mapping[str, object], law: Regulation) -> Period | None:
    """The period of the facts {label: cell value}: from 建设周期起 to 考核日期, not beyond 建设周期止 (reckoned where it is blank).

    None where the cover does not say.
    """
    first, last, end = (floor(number(cell(facts.get(label)))) for label in ("建设周期起", "考核日期", "建设周期止"))
    if not (is_day(first) and is_day(last)):
        return None
    if not is_day(end):
        end = number(cell(add_years(to_date(first), law["construction_years"])))
    return Period(first, min(end, last))


def is_day(value: FormulaValue) -> TypeGuard[Decimal]:
    """Whether a number can be a day of this procedure."""
    return isinstance(value, Decimal) and _FIRST_DAY <= value <= _LAST_DAY


_FIRST_DAY, _LAST_DAY = ((day - EXCEL_EPOCH).days for day in (EARLIEST, LATEST))


def to_date(serial: Decimal) -> date:
    """The day of a serial number that is one."""
    return EXCEL_EPOCH + timedelta(days=int(serial))


def blank(value: object) -> bool:
    return value is None or value == ""


def roster(records: Sequence[Record], span: Period | None, law: Regulation, leader: str = "") -> list[Verdict]:
    """R04, 带徒花名册: a rank at or above 高级工, newly held, within the period; each person once, at the highest rank, the leader never."""
    judged = []
    for record in records:
        why = _first(_roster_steps(record, span, law, leader))
        rank = None if why else Decimal(_ranks(law)[record.raw("取得等级")])
        judged.append(Verdict(record, NO if why else YES, why, rank))
    judged = [one for one in judged if not _unbegun(one.record, "徒弟姓名", "身份证号")]
    return [_once(number, judged) for number in range(len(judged))]


def funds(records: Sequence[Record], span: Period | None, law: Regulation) -> list[Verdict]:
    """R13-2, 经费到位: dated within the period, from a known source, with an amount and a voucher."""
    def steps(record: Record, value: Callable[[str], FormulaValue]) -> Iterator[Step]:
        yield from _dated(value("日期"), span, "day", "outside")
        yield value("来源") not in law.lists["fund_sources"].names, "source"
        yield number(value("金额(元)")) <= 0, "amount"
        yield blank(value("凭证号")), "voucher"
    return _judged(records, steps, ("日期", "金额(元)", "凭证号"))


def expenses(records: Sequence[Record], span: Period | None, law: Regulation) -> list[Verdict]:
    """R13-3, R13-5, 经费支出: whether each expense is in order."""
    uses = law.lists["fund_uses"]

    def steps(record: Record, value: Callable[[str], FormulaValue]) -> Iterator[Step]:
        yield from _dated(value("日期"), span, "day", "outside")
        yield value("资金来源") not in law.lists["fund_sources"].names, "fund"
        yield value("用途类别") not in uses.names, "use"
        yield number(value("金额(元)")) <= 0, "amount"
        yield blank(value("凭证号")), "voucher"
        yield value("用途类别") in uses.where("after"), "after_use"
        yield value("用途类别") not in uses.where("named"), "other_use"
        yield value("是否专账") != YES, "account"
    return [Verdict(one.record, FITS if one.shown == YES else WHY_NOT[one.why], one.why)
            for one in _judged(records, steps, ("日期", "金额(元)", "摘要"))]


def achievements(records: Sequence[Record], span: Period | None, law: Regulation) -> list[Verdict]:
    """R06, 攻关成果: of a known kind, finished within the period."""
    def steps(record: Record, value: Callable[[str], FormulaValue]) -> Iterator[Step]:
        yield value("类别") not in law.lists["achievement_kinds"].names, "kind"
        yield from _dated(value("完成日期"), span, "finished", "finished_outside")
    return _judged(records, steps, ("类别", "项目名称"))


def activities(records: Sequence[Record], span: Period | None, law: Regulation) -> list[Verdict]:
    """R05, 交流活动: exchange beyond the unit, by the year of the construction period it falls in."""
    kinds, scopes = law.lists["activity_kinds"], law.lists["activity_scopes"]

    def steps(record: Record, value: Callable[[str], FormulaValue]) -> Iterator[Step]:
        yield from _dated(value("日期"), span, "day", "outside")
        yield value("类型") not in kinds.names, "activity"
        yield value("范围") not in scopes.names, "scope"
        yield value("类型") not in kinds.where("exchange"), "not_exchange"
        yield value("范围") not in scopes.where("beyond"), "internal"
    judged = _judged(records, steps, ("日期", "主题"))
    return [Verdict(one.record, _year(one.record, span, law), "") if span and one.shown == YES else one for one in judged]


def _roster_steps(record: Record, span: Period | None, law: Regulation, leader: str) -> Iterator[Step]:
    value, ranks = _reader(record), _ranks(law)
    before, gained = (ranks.get(value(header), 0) for header in ("入门时等级", "取得等级"))
    yield is_number(value("身份证号")), "id_number"
    yield len(text(value("身份证号"))) != ID_LENGTH, "id_length"
    yield bool(id_problem(text(value("身份证号")).upper())), "id_wrong"
    yield not blank(value("徒弟姓名")) and text(value("徒弟姓名")).casefold() == leader.casefold(), "leader"
    yield not before, "entry"
    yield blank(value("取得等级")) and blank(value("发证日期")), "not_yet"
    yield not gained, "gained"
    yield gained < _skilled(law)["order"], "below"
    yield gained <= before, "held"
    yield blank(value("证书编号")), "certificate"
    yield from _dated(value("发证日期"), span, "issued", "issued_outside")
    yield blank(value("协议编号")), "agreement"
    yield not number(value("协议日期")), "agreed"
    yield floor(number(value("发证日期"))) <= floor(number(value("协议日期"))), "not_after"


def _once(index: int, judged: Sequence[Verdict]) -> Verdict:
    """The verdict at `index`, turned down where the same person counts by another row."""
    verdict = judged[index]
    if verdict.rank is None:
        return verdict
    for place, other in enumerate(judged):
        if other.rank is not None and person(other) == person(verdict) and (
                other.rank > verdict.rank or (other.rank == verdict.rank and place < index)):
            return Verdict(verdict.record, NO, "twice", verdict.rank, other.record)
    return verdict


def person(verdict: Verdict) -> str:
    """Whom a row of 带徒花名册 is about: the ID number."""
    return text(cell(verdict.record.raw("身份证号"))).upper()


def _judged(records: Sequence[Record], steps: Callable, began: Sequence[str]) -> list[Verdict]:
    found = []
    for record in records:
        if not _unbegun(record, *began):
            why = _first(steps(record, _reader(record)))
            found.append(Verdict(record, NO if why else YES, why))
    return found


def _reader(record: Record) -> Callable[[str], FormulaValue]:
    """A row's cells as a worksheet reads them, by header."""
    return lambda header: cell(record.raw(header))


def _unbegun(record: Record, *headers: str) -> bool:
    return all(blank(record.raw(header)) for header in headers)


def _first(steps: Iterator[Step]) -> str:
    return next((why for met, why in steps if met), "")


def _dated(day: FormulaValue, span: Period | None, missing: str, outside: str) -> Iterator[Step]:
    yield not number(day), missing
    yield span is None, "period"
    yield span is not None and span.outside(day), outside


def _year(record: Record, span: Period, law: Regulation) -> str:
    day, first = to_date(floor(number(cell(record.raw("日期"))))), to_date(span.first)
    years = law["construction_years"]
    return next((f"第{year}年" for year in range(1, years) if day <= add_years(first, year)), f"第{years}年")


def _ranks(law: Regulation) -> dict[object, int]:
    return {item.name: item["order"] for item in law.lists["skill_levels"].items}


def _skilled(law: Regulation) -> ListItem:
    return min((item for item in law.lists["skill_levels"].items if item["skilled"]), key=lambda item: item["order"])
