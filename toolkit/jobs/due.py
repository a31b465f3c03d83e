"""What is due: overdue, due today, coming, or ready to be done, told from the ledger; and the ledger's page 到期提醒."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms import model, roles
from toolkit.forms.register_rows import ChangeRow, FundRow, PublicityRow, StudioRow, WithdrawalRow, YearlyRow
from toolkit.jobs.keeping import Keeper, keeper
from toolkit.jobs.report import Report
from toolkit.ledger import audit, dues, overview
from toolkit.ledger.arrangements import days_off
from toolkit.ledger.books import Books
from toolkit.ledger.dues import PARTIES, Due
from toolkit.ledger.dues.charges import CITY, DISTRICT, UNIT
from toolkit.pages import board_cells
from toolkit.pages.register import Ledger
from toolkit.regulation import Regulation, in_force
from toolkit.returns.findings import ERROR, Finding
from toolkit.sheets.edit import Edit

_PARTY_OF_ROLE = {roles.CITY: CITY, roles.DISTRICT: DISTRICT, roles.UNIT: UNIT}
_TOLD_BY = frozenset(row.sheet.name for row in (StudioRow, PublicityRow, FundRow, YearlyRow, ChangeRow, WithdrawalRow))
_TELLING = frozenset((model.date, model.year, model.money, model.choice, model.yes_no))


def due(place: Path | Keeper, on: date, who: str = "", district: str = "") -> Report:
    """What the ledger gives to do on a day: all, or what is `who`'s to do, of one district. UserError where there is no ledger, it cannot
    be read, or there is no such party or district.

    Findings are cells that should tell a term and cannot be read.
    """
    kept = keeper(place)
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    law = in_force(on)
    ledger = kept.load(law)
    wanted = _party(who, law), _district(district, law)
    found = [each for each in dues_of(ledger, law, on) if wanted[0] in ("", each.who) and wanted[1] in ("", each.district)]
    return Report(findings=list(unread(ledger)), dues=found)


def _party(text: str, law: Regulation) -> str:
    """R15: who is meant, as the dues name them; "" for all."""
    role = law.lists["roles"].find(text) if text else None
    named = _PARTY_OF_ROLE.get(role.name, "") if role else text
    if text and named not in PARTIES:
        raise UserError(f"没有“{text}”要办的到期事项。请从这些里选：{'、'.join(PARTIES)}。")
    return named


def _district(text: str, law: Regulation) -> str:
    districts = law.lists["districts"]
    item = districts.find(text) if text else None
    if text and item is None:
        raise UserError(f"没有“{text}”这个区（县）。请从这些里选：{'、'.join(districts.names)}。")
    return item.name if item else ""


def dues_of(ledger: Ledger, law: Regulation, on: date) -> list[Due]:
    """Everything due, from a ledger that is a file or open in Excel; what the bureau set in its 参数 holds."""
    law = ledger.standing.parameters(law)
    books = Books(ledger.standing)
    return dues.find(books, law, on, days_off(books, law))


def unread(ledger: Ledger) -> Iterator[Finding]:
    """Dates, years, amounts and choices that people filled in and that say nothing, and columns that are gone: no due can be told from them."""
    yield from audit.lost_columns(Books(ledger.standing))
    for found in ledger.standing.findings:
        table = next(table for table in ledger.standing.tables.values() if table.name == found.place.sheet)
        column = table.sheet.by_header[found.place.field]
        is_telling = table.sheet.name in _TOLD_BY and column.people and column.kind in _TELLING
        if is_telling and found.level == ERROR and found.value:
            yield found


def board_edits(place: Keeper, on: date, now: datetime) -> list[Edit]:
    """What brings 看板 up to date, none where the ledger has one of an earlier version."""
    law = in_force(on)
    ledger = place.load(law)
    if not board_cells.is_ours(ledger.book, law):
        return []
    books, set_ = Books(ledger.standing), ledger.standing.parameters(law)
    return board_cells.edits(overview.of_books(books, set_, on, days_off(books, set_)), set_, now)


