"""What a studio has received, spent and given back, as the entries of 经费 say.

Source: 乌人社规〔2023〕1号 第十三条
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from toolkit.forms.register_rows import FundRow, StudioRow
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding

WHOLE = "全额"  # as recovery_scope says it; otherwise what was not spent


def is_spent(entry: FundRow, law: Regulation) -> bool:
    """Whether money went out."""
    return entry.kind in law.lists["fund_kinds"].where("spent")


def is_received(entry: FundRow, law: Regulation) -> bool:
    """Whether money came in."""
    return entry.kind in law.lists["fund_kinds"].where("received")


def source(entry: FundRow, law: Regulation) -> str | None:
    """Whose money came in: as written, else by the kind of the entry."""
    if entry.source is not None:
        return entry.source
    kinds, sources = law.lists["fund_kinds"], law.lists["fund_sources"]
    return next((next(iter(sources.where(flag))) for flag in ("subsidy", "matching") if entry.kind in kinds.where(flag)), None)


def received(studio: Studio, flag: str, law: Regulation) -> Decimal | None:
    """R13-1, R13-2: what came in (元) within the construction period from sources with `flag` ("subsidy" | "matching").

    None where 经费 has no such entry; an entry without a day proves nothing and is not counted.
    """
    sources = law.lists["fund_sources"].where(flag)
    entries = [entry for entry in studio.money if is_received(entry, law) and source(entry, law) in sources]
    if not entries:
        return None
    return total(entry for entry in entries if within(entry, studio.begins, studio.ends))


def payments(studio: Studio, law: Regulation) -> list[FundRow]:
    """R13-1: the entries by which the city's subsidy was paid; there is one in a construction period."""
    subsidies = law.lists["fund_sources"].where("subsidy")
    return [entry for entry in studio.money if is_received(entry, law) and source(entry, law) in subsidies]


def unclear_payments(studio: Studio, law: Regulation) -> Iterator[Finding]:
    """R13-1: entries that may be the city's subsidy: without a kind, or a payment without its amount, or of a kind that contradicts the source."""
    clause, subsidies = law.clause("R13-1"), law.lists["fund_sources"].where("subsidy")
    paid = payments(studio, law)
    for entry in studio.money:
        if entry.kind is None and entry.source in (None, *subsidies) and entry.use is None:
            yield finding("D-entry", entry.record.place(FundRow.kind.header), FundRow.kind.header, clause)
        elif entry in paid and entry.amount is None:
            yield finding("D-entry", entry.record.place(FundRow.amount.header), FundRow.amount.header, clause)
        else:
            yield from contradictory_source(entry, law)


def contradictory_source(entry: FundRow, law: Regulation) -> Iterator[Finding]:
    """R13-1, R13-2: the subsidy is the city's money, matching funds are the unit's."""
    kinds, sources = law.lists["fund_kinds"], law.lists["fund_sources"]
    for flag in ("subsidy", "matching"):
        if entry.source is not None and entry.kind in kinds.where(flag) and entry.source not in sources.where(flag):
            place, wanted = entry.record.place(FundRow.source.header), next(iter(sources.where(flag)))
            yield finding("R13-1.source", place, entry.source, law.clause("R13-1"), kind=entry.kind, wanted=wanted)


def subsidy_paid(studio: Studio, law: Regulation) -> Decimal:
    """R13-1: what was paid of the city's subsidy (元): by the entries of 经费, without any as 工作室 says."""
    entries = payments(studio, law)
    if not entries and isinstance(studio.row, StudioRow):
        return Decimal(studio.row.subsidy or 0)
    return total(entries)


def spent(studio: Studio, law: Regulation) -> Decimal | None:
    """What was spent (元); None where 经费 has no such entry."""
    entries = [entry for entry in studio.money if is_spent(entry, law)]
    return total(entries) if entries else None


def by_use(studio: Studio, law: Regulation) -> dict[str, Decimal]:
    """R13-3: what was spent (元) within the construction period on each use, those outside the listed ones too; "" where none is given.

    In the order of the law's list; an entry without a day is not counted.
    """
    entries = [entry for entry in studio.money if is_spent(entry, law) and within(entry, studio.begins, studio.ends)]
    found = {use: total(entry for entry in entries if (entry.use or "") == use) for use in (*law.lists["fund_uses"].names, "")}
    return {use: amount for use, amount in found.items() if amount}


def outside_listed(studio: Studio, law: Regulation) -> tuple[Decimal, Decimal]:
    """R13-3: (元 spent within the construction period on uses that the law does not list for it, 元 spent in it)."""
    uses, named = by_use(studio, law), law.lists["fund_uses"].where("named")
    return sum((amount for use, amount in uses.items() if use and use not in named), Decimal(0)), sum(uses.values(), Decimal(0))


def yearly_uses_lacking(studio: Studio, year: int, law: Regulation) -> list[str]:
    """R13-5: the uses a unit pays for every year after the construction period of which 经费 has no entry in a year."""
    paid = {entry.use for entry in studio.money if is_spent(entry, law) and entry.day is not None and entry.day.year == year}
    after = law.lists["fund_uses"].where("after")
    return [use for use in law.lists["fund_uses"].names if use in after and use not in paid]


def within(entry: FundRow, first: date | None, last: date | None) -> bool:
    """Whether an entry's day lies in the period, both ends counting; an end that is not known bounds nothing."""
    day = entry.day
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def outside_period(entry: FundRow, studio: Studio, law: Regulation) -> Iterator[Finding]:
    """R13-1: the subsidy is paid within the construction period."""
    if entry.day is not None and not within(entry, studio.begins, studio.ends):
        yield finding("R13-1.outside", entry.record.place(FundRow.day.header), entry.day, law.clause("R13-1"), first=studio.begins or "",
                      last=studio.ends or "")


def total(entries: Iterable[FundRow]) -> Decimal:
    """What entries come to (元); one without an amount adds nothing."""
    return sum((Decimal(entry.amount or 0) for entry in entries), Decimal(0))


def instalments(studio: Studio, law: Regulation) -> list[FundRow]:
    """R19-4: the entries by which money was paid back."""
    kinds = law.lists["fund_kinds"].where("recovered")
    return [entry for entry in studio.money if entry.kind in kinds]


def recovered(studio: Studio, law: Regulation) -> Decimal:
    """R19-4: what was paid back (元): the instalments, or the total that is typed where that is more."""
    stated = studio.withdrawal.recovered if studio.withdrawal else None
    return max(total(instalments(studio, law)), Decimal(stated or 0))


def owed(studio: Studio, law: Regulation) -> Decimal:
    """R19-4: what is to be paid back (元): the subsidy that was paid, all of it or what was not spent, as the bureau set."""
    paid = subsidy_paid(studio, law)
    if law["recovery_scope"] == WHOLE:
        return paid
    sources = law.lists["fund_sources"].where("subsidy")
    return max(Decimal(0), paid - total(entry for entry in studio.money if is_spent(entry, law) and entry.source in sources))


def outstanding(studio: Studio, law: Regulation, on: date | None = None) -> Decimal:
    """R19-4: what is still to be paid back (元) by a decision; on: as it was on that day, before later instalments."""
    row = studio.withdrawal
    if row is None or row.owed is None:
        return Decimal(0)
    later = total(entry for entry in instalments(studio, law) if on is not None and entry.day is not None and entry.day > on)
    return Decimal(row.owed) - recovered(studio, law) + later


def whole(amount: Decimal) -> int | Decimal:
    """An amount as the registers hold it: whole ones without a fraction."""
    return int(amount) if amount == amount.to_integral_value() else amount
