"""Entries of the ledger's 经费: whose money they are, and what a studio has received and spent.

Source: 乌人社规〔2023〕1号 第十三条
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from toolkit.regulation import Choices, Regulation
from toolkit.returns.records import Record

SPENT, GRANTED = "支出", "补助拨付"  # kinds of entries (类别); any other kind is money that came in


def listed(text: str | None, choices: Choices) -> str | None:
    """A spelling of a list as the list writes it; other text stays, so that the clerk sees it."""
    item = choices.find(text) if text else None
    return item.name if item else text


def source(entry: Record, law: Regulation) -> str | None:
    """Where money that came in came from: as written, else by the kind of the entry."""
    sources = law.lists["fund_sources"]
    flag = "subsidy" if entry["类别"] == GRANTED else "matching"
    return listed(entry["资金来源"], sources) or next(iter(sources.where(flag)))


def received(entries: Iterable[Record], flag: str, law: Regulation) -> Decimal | None:
    """What came in (元) from sources with `flag` ("subsidy" | "matching"); None where there is no such entry."""
    sources = law.lists["fund_sources"].where(flag)
    amounts = [entry["金额(元)"] or 0 for entry in entries if entry["类别"] != SPENT and source(entry, law) in sources]
    return sum(map(Decimal, amounts), Decimal(0)) if amounts else None


def spent(entries: Iterable[Record]) -> Decimal | None:
    """What was spent (元); None where there is no such entry."""
    amounts = [entry["金额(元)"] or 0 for entry in entries if entry["类别"] == SPENT]
    return sum(map(Decimal, amounts), Decimal(0)) if amounts else None
