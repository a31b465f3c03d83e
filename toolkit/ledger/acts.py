"""Acts: what issuing a document writes into the ledger. The paper and the register say the same because both are made from the same plan.

Source: 乌人社规〔2023〕1号 第十二条、第十九条、第二十条
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count

from toolkit.forms.register_rows import ApplicationRow, PublicityRow, StudioRow
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger.books import Books
from toolkit.ledger.decisions import FIRST_ROUND, latest, rounds_of
from toolkit.ledger.ledger_rows import LedgerRow
from toolkit.ledger.plan import Change, Plan
from toolkit.ledger.studios import VALID
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Publicity, add_years
from toolkit.returns.values import shown


def publish(chosen: Sequence[ApplicationRow], books: Books, year: int, period: Publicity) -> Plan:
    """R12-1: the rows of 公示命名 for the applications of one 公示; made public before on another day, it is another round."""
    earlier = rounds_of(books.publicity)
    plan = Plan()
    days = {PublicityRow.published_on: period.published, PublicityRow.public_until: period.last}
    for row in chosen:
        last = latest(earlier, row.studio, year)
        if last is not None and last.published_on in (None, period.published):
            set_fields(plan, last, days)
            continue
        number = None if last is None else (last.round or FIRST_ROUND) + 1
        facts: dict[RowField, object] = {
            PublicityRow.year: row.year, PublicityRow.studio: row.studio, PublicityRow.district: row.district, PublicityRow.leader: row.leader,
            PublicityRow.unit: row.unit, PublicityRow.occupation: row.occupation, PublicityRow.round: number}
        plan.added.append(new_row(PublicityRow, (row.year, number, row.studio), facts | days))
    return plan


def name(chosen: Sequence[PublicityRow], books: Books, law: Regulation, number: str, on: date) -> Plan:
    """R12-2, R12-3: number and day of the naming, each studio's 编号, and its row in 工作室."""
    plan = Plan()
    registered = {row.record.values.get(StudioRow.name.header): row for row in books.studios}
    numbers = _free_numbers(books, law, on.year)
    for row in chosen:
        known = registered.get(row.studio)
        given = row.number or (known.number if known else None) or next(numbers)
        set_fields(plan, row, {PublicityRow.naming_number: number, PublicityRow.named_on: on, PublicityRow.number: given})
        facts = _facts(row, books, law, number, on) | {StudioRow.number: given}
        if known is None:
            plan.added.append(new_row(StudioRow, (row.studio,), facts))
        else:
            set_fields(plan, known, {field: value for field, value in facts.items() if known.record.raw(field.header) is None})
    return plan


def _facts(row: PublicityRow, books: Books, law: Regulation, number: str, on: date) -> dict[RowField, object]:
    """What 工作室 says of a studio on the day it is named; people's ID and unit code from its application."""
    application = next((each for each in books.applications if each.record.values.get(ApplicationRow.year.header) == row.year
                        and each.record.values.get(ApplicationRow.studio.header) == row.studio), None)
    applied = application.record.values if application else {}
    return {
        StudioRow.name: row.studio, StudioRow.district: row.district, StudioRow.unit: row.unit, StudioRow.leader: row.leader,
        StudioRow.unit_code: applied.get(ApplicationRow.unit_code.header), StudioRow.leader_id: applied.get(ApplicationRow.leader_id.header),
        StudioRow.occupation: row.occupation, StudioRow.occupation_code: applied.get(ApplicationRow.occupation_code.header),
        StudioRow.status: VALID, StudioRow.naming_number: number, StudioRow.named_on: on, StudioRow.begins: on,
        StudioRow.ends: add_years(on, law["construction_years"]), StudioRow.liable_until: add_years(on, law["liability_years"])}


def _free_numbers(books: Books, law: Regulation, year: int) -> Iterator[str]:
    """The studio numbers of a year that nobody has yet, behind the last that is given."""
    taken = {shown(number) for row in books.studios for number in row.known(StudioRow.number)}
    taken |= {shown(number) for row in books.publicity for number in row.known(PublicityRow.number)}
    spelled = str(law.facts["studio_number"])
    serials = [int(found[0]) for number in taken if (found := re.search(r"\d+$", number))]
    last = max((serial for serial in serials if spelled.format(year=year, serial=serial) in taken), default=0)
    return (spelled.format(year=year, serial=serial) for serial in count(last + 1))


def new_row(kind: type[TypedRow], key: tuple, facts: Mapping[RowField, object]) -> LedgerRow:
    return LedgerRow(kind.sheet.name, key, {field.header: value for field, value in facts.items() if value is not None})


def set_fields(plan: Plan, row: TypedRow, wanted: Mapping[RowField, object]) -> None:
    """Fields that say something else are changed; a row that says it all already counts as unchanged."""
    values = row.record.values
    fields = {field.header: (values.get(field.header), value) for field, value in wanted.items()
              if value is not None and values.get(field.header) != value}
    if fields:
        label = shown(values.get(PublicityRow.studio.header))
        plan.changed.append(Change(row.sheet.name, row.record.row, label, fields))
    else:
        plan.unchanged += 1
