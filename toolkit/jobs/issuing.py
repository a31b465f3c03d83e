"""What the documents made from a ledger share: the context they are issued in, heading, issuer, contact, order, file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from toolkit.errors import UserError
from toolkit.forms.register_rows import ApplicationRow, AssessmentRow, PublicityRow, YearlyRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.jobs.keeping import Keeper
from toolkit.jobs.outputs import FilledDocument, Outputs
from toolkit.ledger.arrangements import days_off, of_year
from toolkit.ledger.books import Books
from toolkit.ledger.decisions import unreadable_cell
from toolkit.ledger.dues.watch import Watch
from toolkit.pages.register import Ledger
from toolkit.regulation import Regulation, in_force
from toolkit.regulation.calendar import Holidays
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding

Named = ApplicationRow | PublicityRow
Dated = TypeVar("Dated", ApplicationRow, PublicityRow, AssessmentRow, YearlyRow)


@dataclass(frozen=True)
class IssuingContext:
    """What a document is made from: the ledger and where it is kept, the law with the bureau's parameters, the day, the year (0: not settled),
    the document's number, the studio (number or name) and the district where they were given with the command. preview: nothing will be
    written."""

    keeper: Keeper
    ledger: Ledger
    law: Regulation
    on: date
    year: int
    template: Path | None = None
    number: str = ""
    studio: str = ""
    district: str = ""
    preview: bool = False

    @property
    def name(self) -> str:
        """The ledger's file name."""
        return self.keeper.path.name

    @cached_property
    def books(self) -> Books:
        """The ledger as typed rows."""
        return Books(self.ledger.standing)

    @cached_property
    def holidays(self) -> Holidays:
        """National holidays with the days the bureau added. UserError where one of these is no date."""
        return days_off(self.books, self.law)

    @cached_property
    def watch(self) -> Watch:
        """The ledger seen from the day of the document."""
        return Watch(self.books, self.law, self.on, self.holidays)


def open_issuing(keeper: Keeper, on: date, year: int | None, template: Path | None, **given: Any) -> IssuingContext:
    """The ledger with the law of the day as the bureau's parameters set it; `given`: further fields of the context."""
    law = in_force(on)
    opened = keeper.load(law)
    return IssuingContext(keeper, opened, opened.standing.parameters(law), on, year or 0, template, **given)


def in_year(issuing: IssuingContext, kind: type[Dated], missing: str) -> IssuingContext:
    """The context with its year settled: the one asked for, else the latest in a register. UserError `missing` where that is empty."""
    years = {year for row in issuing.books.of(kind) for year in row.known(kind.year)}
    if not years:
        raise UserError(f"台账“{issuing.name}”的“{kind.sheet.name}”表{missing}")
    year = issuing.year or max(years)
    with deciding(issuing.law):
        return replace(issuing, year=year, law=of_year(issuing.books, issuing.law, year, issuing.on))


@contextmanager
def deciding(law: Regulation) -> Iterator[None]:
    """Around what asks typed rows: UserError names the cell that cannot be read."""
    try:
        yield
    except UnreadableCell as cell:
        found = unreadable_cell(cell, law)
        raise UserError(f"{found.place}：{found.message}") from cell


def unknown_strokes(issuing: IssuingContext, rows: Sequence[Named]) -> list[Finding]:
    """Leaders whose place among the strokes is a guess, where the list is ordered by strokes."""
    from toolkit.documents.strokes import outside_table

    if issuing.law["list_order"] != "姓氏笔画":
        return []
    guessed = ((row, outside_table(row.leader)) for row in rows if row.leader)
    return [finding("D-strokes", row.record.place(type(row).leader.header), row.leader, characters=characters)
            for row, characters in guessed if characters]


def written(kind: str, context: dict, out: Outputs, template: Path | None, finish: Callable[[bytes], bytes] = bytes) -> Path:
    """Render a kind into `out`, what is rendered finished by `finish`; returns the path that it is to get."""
    from toolkit.documents.context import file_name
    from toolkit.documents.kinds import kind_named
    from toolkit.documents.render import render

    made = finish(render(kind, context, template))
    path = out.add(file_name(kind_named(kind), context), made)
    out.documents.append(FilledDocument(path, kind, context, sha256(made).hexdigest()))
    return path

