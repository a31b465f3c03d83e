"""Whom a move is about: an application or a studio, with its state and its rows in the registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.forms.register_rows import ApplicationRow, ChangeRow, PublicityRow, StudioRow, WithdrawalRow
from toolkit.forms.typed_rows import TypedRow, UnreadableCell
from toolkit.ledger import stages
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.studios import Studio
from toolkit.regulation.procedure import APPLICATION, STUDIO
from toolkit.returns.findings import Place
from toolkit.returns.values import shown


@dataclass(frozen=True)
class Subject:
    """An application or a studio (`kind`: 申报 | 工作室) on the day of the watch. `stage` raises UnreadableCell where a cell that decides
    cannot be read."""

    kind: str
    watch: Watch
    name: str
    district: str
    studio: Studio | None = None
    application: ApplicationRow | None = None
    publicity: PublicityRow | None = None
    rows: Mapping[str, TypedRow] = field(default_factory=dict)

    @cached_property
    def stage(self) -> str:
        if self.studio is not None:
            return stages.of_studio(self.studio, self.watch.on)
        assert self.application is not None
        return stages.of_application(self.application, self.publicity, self.watch.law, self.watch.on, self.watch.holidays)

    @property
    def label(self) -> str:
        """How lists name it."""
        return " ".join(filter(None, (self.number, self.name, f"（{self.district}）" if self.district else "")))

    @property
    def number(self) -> str:
        return self.studio.number if self.studio else ""

    @property
    def place(self) -> Place:
        """Its own row."""
        row = self.studio.row if self.studio else self.application
        assert row is not None
        return row.record.place((StudioRow.name if isinstance(row, StudioRow) else type(row).fields["studio"]).header)


def of_studio(studio: Studio, watch: Watch) -> Subject:
    """A studio with its row of 工作室, its naming, its withdrawal, its open change."""
    rows: dict[str, TypedRow | None] = {
        StudioRow.sheet.name: studio.row if studio.registered else None, PublicityRow.sheet.name: studio.naming,
        WithdrawalRow.sheet.name: studio.withdrawal, ChangeRow.sheet.name: _open_change(studio)}
    district = shown(studio.row.record.values.get(StudioRow.district.header))
    return Subject(STUDIO, watch, studio.name, district, studio, studio.application, studio.naming,
                   {sheet: row for sheet, row in rows.items() if row is not None})


def _open_change(studio: Studio) -> ChangeRow | None:
    """None, too, where nobody can tell: whatever asks for the change itself meets the cell."""
    try:
        return studio.open_change
    except UnreadableCell:
        return None


def of_application(row: ApplicationRow, watch: Watch) -> Subject:
    """An application with its row of 公示命名."""
    values = row.record.values
    name, year = (shown(values.get(header)) for header in (ApplicationRow.studio.header, ApplicationRow.year.header))
    made_public = watch.published.get((year, name))
    rows: dict[str, TypedRow] = {ApplicationRow.sheet.name: row}
    if made_public is not None:
        rows[PublicityRow.sheet.name] = made_public
    return Subject(APPLICATION, watch, name, shown(values.get(ApplicationRow.district.header)), None, row, made_public, rows)


def everything(watch: Watch) -> Iterator[Subject]:
    """Every studio, then every application that did not become one."""
    yield from (of_studio(studio, watch) for studio in watch.studios)
    named = {id(studio.naming.record) for studio in watch.studios if studio.naming}
    for row in watch.books.applications:
        subject = of_application(row, watch)
        if subject.publicity is None or id(subject.publicity.record) not in named:
            yield subject


def under_way(watch: Watch) -> Iterator[Subject]:
    """The applications of which something can still come, then every studio. One whose state cannot be read is among them."""
    found = list(everything(watch))
    yield from (subject for subject in found if subject.kind == APPLICATION and not _ended(subject))
    yield from (subject for subject in found if subject.kind == STUDIO)


def _ended(subject: Subject) -> bool:
    try:
        return subject.watch.law.procedure.stages[subject.stage].ends
    except UnreadableCell:
        return False


def called(watch: Watch, text: str) -> list[Subject]:
    """Those that a number, a name or a label means: the studio, else the applications of the newest year.

    An application is also known by its leader's ID number, and by its name with its district in brackets.
    """
    asked = text.strip()
    studio = watch.called(asked) or next((each for each in watch.studios if of_studio(each, watch).label == asked), None)
    if studio is not None:
        return [of_studio(studio, watch)]
    found = [subject for row in watch.books.applications for subject in (of_application(row, watch),)
             if asked in (subject.name, subject.label, f"{subject.name}（{subject.district}）",
                          shown(row.record.values.get(ApplicationRow.leader_id.header)))]
    newest = max((shown(subject.rows[ApplicationRow.sheet.name].record.values.get(ApplicationRow.year.header)) for subject in found), default="")
    return [subject for subject in found
            if shown(subject.rows[ApplicationRow.sheet.name].record.values.get(ApplicationRow.year.header)) == newest]
