"""The law as the bureau set it in its ledger: parameters, and what was arranged for the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from toolkit.errors import UserError, likely
from toolkit.jobs.issuing import deciding
from toolkit.jobs.keeping import Keeper, keeper
from toolkit.ledger.arrangements import of_year
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation, in_force


def of_ledger(place: Path | Keeper, on: date) -> tuple[Regulation, Books]:
    """The law on that day and the registers. UserError where there is no ledger, or where what was set cannot be read."""
    kept = keeper(place)
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    law = in_force(on)
    books = Books(kept.load(law).standing)
    with deciding(law):
        return of_year(books, books.standing.parameters(law), on.year, on), books


def asked_district(district: str | None, law: Regulation) -> str:
    """A district as the law's list has it, "" for all of them. UserError where the city has none that is called so."""
    if district is None:
        return ""
    item = law.lists["districts"].find(district)
    if item is None:
        known = law.lists["districts"].names
        raise UserError(f"“{district}”不在本市的{len(known)}个区（县）内。{likely(district, known)}请从下列区（县）中选择：{'、'.join(known)}。")
    return item.name
