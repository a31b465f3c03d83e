"""What is due, as a value, and the ledger seen from one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.forms.register_rows import ApplicationRow, AssessmentRow, IssuedRow, PublicityRow, StudioRow
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger.books import Books
from toolkit.ledger.decisions import FIRST_ROUND
from toolkit.ledger.dues.charges import BY_CITY_IN_CELL, Charge, Means
from toolkit.ledger.reviewing import Reviews
from toolkit.ledger.studios import Studio, studios
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Holidays
from toolkit.returns.findings import Place
from toolkit.returns.values import shown

OVERDUE, TODAY, SOON, OPEN = "逾期", "今天", "将到期", "可办理"
STATES = (OVERDUE, TODAY, SOON, OPEN)
_NAMES = (StudioRow.name.header, IssuedRow.subject.header)  # what a row calls its studio
_DISTRICTS = (StudioRow.district.header, ApplicationRow.district.header)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done. `days` until `date`, negative once it has passed; both None where the law gives no term.

    state: 逾期 | 今天 | 将到期 (within the look-ahead) | 可办理 (can be done now, the term is far off or there is none).
    """

    date: date | None
    days: int | None
    studio: str
    district: str
    what: str
    clause: str
    place: Place
    state: str
    charge: Charge

    @property
    def who(self) -> str:
        """R15: who must act: 市局 | 区县 | 单位."""
        return self.charge.who

    @property
    def means(self) -> tuple[Means, ...]:
        """By what it is done; none where the cell of `place` is filled in by hand."""
        return self.charge.means


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something to be done, told by a row and the column where its being done is recorded.

    day: the last day of its term (None: the law gives none). `now`: it can be done already, however far off that day is.
    charge: who must act, and by what. about: studio and district where they are not those of the row ("": it is about none).
    """

    row: TypedRow
    field: RowField
    clause: str
    what: str
    day: date | None = None
    now: bool = False
    charge: Charge = BY_CITY_IN_CELL
    about: tuple[str, str] | None = None


@dataclass(frozen=True)
class Watch:
    """The ledger seen from the day `on`, under the law as the bureau's parameters set it."""

    books: Books
    law: Regulation
    on: date
    holidays: Holidays

    @cached_property
    def studios(self) -> Sequence[Studio]:
        return studios(self.books, self.law)

    @cached_property
    def reviews(self) -> Reviews:
        return Reviews(self.books, self.law)

    @cached_property
    def published(self) -> Mapping[tuple[str, str], PublicityRow]:
        """R12-1: year and studio → its row of the last round in 公示命名."""
        in_rounds = sorted(self.books.publicity, key=lambda row: row.record.values.get(PublicityRow.round.header) or FIRST_ROUND)
        return {(shown(row.record.values.get(PublicityRow.year.header)), shown(row.record.values.get(PublicityRow.studio.header))): row
                for row in in_rounds}

    @cached_property
    def _numbered(self) -> Mapping[str, Studio]:
        return {shown(number): studio for studio in self.studios for number in studio.row.known(type(studio.row).fields["number"])}

    @cached_property
    def _named(self) -> Mapping[str, Studio]:
        """R18-1: also by the names they had."""
        former = {name: studio for studio in self.studios for name in studio.names[1:]}
        return former | {studio.name: studio for studio in self.studios}

    def studio_of(self, row: TypedRow) -> Studio | None:
        """The studio that a row of another register is about: by its number, else by its name, also a former one."""
        values = row.record.values
        number, name = (shown(values.get(field.header)) for field in (StudioRow.number, StudioRow.name))
        return self.called(number) or self.called(name)

    def called(self, text: str) -> Studio | None:
        """The studio of this number or name."""
        return self._numbered.get(text) or self._named.get(text)

    @cached_property
    def districts(self) -> Mapping[str, str]:
        """Studio → its district, as far as the ledger says."""
        pairs = (pair for kind, name, district in (
            (AssessmentRow, AssessmentRow.studio, AssessmentRow.district), (PublicityRow, PublicityRow.studio, PublicityRow.district),
            (StudioRow, StudioRow.name, StudioRow.district))
            for row in self.books.of(kind) if len(pair := row.known(name, district)) == 2)
        return dict(pairs)

    def _district_of(self, row: TypedRow) -> str:
        """Of the studio that a row names by its number or a name it had."""
        studio = self.studio_of(row)
        return shown(studio.row.record.values.get(StudioRow.district.header)) if studio else ""

    def _about(self, row: TypedRow) -> tuple[str, str]:
        """The studio that a row names, and its district."""
        values = row.record.values
        studio = next((shown(values[name]) for name in _NAMES if values.get(name)), "")
        return studio, next((values[name] for name in _DISTRICTS if values.get(name)), None) or self.districts.get(studio) or self._district_of(row)

    def due(self, task: Obligation) -> Due | None:
        """The task with its days and state; None while its term is beyond the look-ahead and nothing can be done yet."""
        days = None if task.day is None else (task.day - self.on).days
        far = days is None or days > self.law["due_soon_days"]
        if far and days is not None and not task.now:
            return None
        state = OPEN if far or days is None else OVERDUE if days < 0 else SOON if days else TODAY
        studio, district = task.about or self._about(task.row)
        return Due(task.day, days, studio, district, task.what, task.clause, task.row.record.place(task.field.header), state, task.charge)
