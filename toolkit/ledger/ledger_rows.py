"""Rows as the ledger should hold them: an accepted application, its team, awards and papers, with where they came from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from toolkit.forms.evaluation import EVALUATION, EVALUATIONS
from toolkit.forms.goals import GOAL_TABLE
from toolkit.forms.ledger import LEDGER, PROVENANCE, SHARED
from toolkit.forms.model import Sheet
from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.register_rows import (
    ApplicationRow,
    AssessmentRow,
    AwardRow,
    ExpertRow,
    GoalRow,
    PapersRow,
    ReviewRow,
    TeamRow,
    YearlyRow,
)
from toolkit.forms.review import BALLOTS, REVIEW, REVIEWED
from toolkit.forms.summary import RESULTS, SUMMARY
from toolkit.regulation.honours import priority
from toolkit.regulation.retirement import retirement_date
from toolkit.returns.checks import REFUSED, Checked, assessed, evaluated, reviewed
from toolkit.returns.checks.case import APPLICATIONS, AWARDS, MATERIALS, TEAM, Case
from toolkit.returns.records import Record
from toolkit.returns.values import shown

TARGETS = {source: kind.sheet.name for source, kind in (
    (APPLICATIONS, ApplicationRow), (TEAM, TeamRow), (AWARDS, AwardRow), (MATERIALS, PapersRow), (RESULTS.name, AssessmentRow),
    (REVIEWED.name, ReviewRow), (BALLOTS, ExpertRow), (GOAL_TABLE.name, GoalRow), (EVALUATIONS.name, YearlyRow))}
YEAR, DISTRICT = AwardRow.year.header, AwardRow.district.header
HASH_DIGITS = 16  # of a return's sha256 that 原件校验码 holds
RENAMED = {AWARDS: (YEAR, AwardRow.won_in.header)}  # the ledger's 年度 is the year of the return
# ledger sheet → where it stands whether a row counts
_JUDGED = (ApplicationRow, AssessmentRow, ReviewRow, GoalRow, YearlyRow)
STATUS = {**{kind.sheet.name: kind.status.header for kind in _JUDGED},
          **{kind.sheet.name: kind.standing.header for kind in (TeamRow, AwardRow, PapersRow, ExpertRow)}}
OUTCOMES = tuple(kind.sheet.name for kind in _JUDGED)  # registers whose rows say what checking came to
DERIVED = frozenset((*STATUS.values(), ApplicationRow.open_issues.header, ApplicationRow.priority.header))
"""They follow the findings and the law; not part of what people can dispute."""
PROVENANCE_HEADERS = tuple(column.header for column in PROVENANCE)
FINGERPRINT, ENTERED, FILLED = ApplicationRow.fingerprint.header, ApplicationRow.entered_at.header, ApplicationRow.filled_on.header
SOURCE_FILE = ApplicationRow.source_file.header


_FINGERPRINT_DIGITS = 15


@dataclass(frozen=True)
class LedgerRow:
    """One row of a ledger sheet: values by header, provenance included."""

    sheet: str
    key: tuple
    values: Mapping[str, Any]

    @property
    def label(self) -> str:
        """How lists name the row."""
        return shown(self.values.get(ApplicationRow.studio.header)) or " ".join(shown(part) for part in self.key)


def about(values: Mapping[str, object]) -> str:
    """The studio, and the person or the award where the row is about one."""
    fields = (ApplicationRow.studio, TeamRow.name, AwardRow.award)
    return " ".join(shown(values[field.header]) for field in fields if values.get(field.header))


def key_text(key: tuple) -> str:
    """A row key as the 冲突 sheet writes it."""
    return "|".join(shown(part) for part in key)


def key_of(record: Record, sheet: Sheet) -> tuple:
    """The key of a row that stands in the ledger."""
    return tuple(record[header] for header in sheet.key)


@cache
def owned(sheet: Sheet, version: str = "") -> tuple[str, ...]:
    """Headers whose values come from the returns and that people may dispute. version: as the form was then ("": now)."""
    shared = SHARED.get(sheet.name, ())
    return tuple(column.header for column in sheet.columns if (not column.people or column.header in shared) and not column.formula
                 and column.header not in DERIVED and column.header not in PROVENANCE_HEADERS and column.since <= (version or column.since))


def fingerprint(values: Mapping[str, Any], sheet: Sheet) -> str:
    """Short hash over what the toolkit wrote into a row, so that a later edit by people shows.

    What is empty is left out, so that a column that the form gets later changes no row.
    """
    cells = [f"{header}={shown(values[header])}" for header in owned(sheet) if values.get(header) is not None]
    return "2" + hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:_FINGERPRINT_DIGITS]


def untouched(values: Mapping[str, Any], sheet: Sheet) -> bool:
    """Whether a row of the ledger still says what the toolkit wrote, also in the fingerprint of version 0.1.0."""
    cells = [value if type(value) is str else shown(value) for value in map(values.get, owned(sheet, "1"))]
    first = hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:16]
    return values.get(FINGERPRINT) in (fingerprint(values, sheet), first)


def rows(case: Case, checked: Checked) -> Iterator[LedgerRow]:
    """The rows of an application, or of an assessed studio, for the ledger."""
    opened = "".join(found.message for found in checked.of_case.get(case, ()) if found.open) or None
    extra: dict[str, Any]
    if case.source.form is not RECOMMENDATION:
        extra = {AssessmentRow.status.header: checked.outcome(case), AssessmentRow.open_issues.header: opened}
        yield _row(case, case.record, case.source.sheets[0].name, _completed(case) | extra)
        if case.source.form is REVIEW:
            yield from _committee(case, checked)
        return
    extra = {ApplicationRow.status.header: checked.outcome(case), ApplicationRow.open_issues.header: opened,
             ApplicationRow.priority.header: priority(
                 case[ApplicationRow.honours.header], case[ApplicationRow.front_line.header], case.law,
                 checked.memory.recognised.get((case.source.district, case.key))) or None}
    category = case[ApplicationRow.retirement_category.header]
    if case.born and case.basis and category:
        extra[ApplicationRow.retires_on.header] = retirement_date(case.born, category, case.basis)
    yield _row(case, case.record, APPLICATIONS, extra)
    for sheet, records in ((TEAM, case.team), (AWARDS, case.awards), (MATERIALS, filter(None, (case.material,)))):
        for record in records:
            yield _row(case, record, sheet, {})


def _completed(case: Case) -> dict[str, Any]:
    """What a form's computed cells must be, whatever the file says, and what follows from the row."""
    if case.source.form is SUMMARY:
        return assessed.completed(case.record, case.law)
    if case.source.form is REVIEW:
        return reviewed.completed(case)
    if case.source.form is EVALUATION:
        return evaluated.completed(case)
    return {}


def _committee(case: Case, checked: Checked) -> Iterator[LedgerRow]:
    """R11: the experts, with the first application that is taken in; how often each stood alone is for the bureau's eyes."""
    cases = [each for each in checked.cases if each.source is case.source]
    if case is next((each for each in cases if checked.outcome(each) != REFUSED), None):
        for expert in reviewed.experts(case.source):
            yield _row(case, expert, BALLOTS, {ExpertRow.in_minority.header: reviewed.minority(expert, cases)})


def _row(case: Case, record: Record, sheet: str, extra: Mapping[str, Any]) -> LedgerRow:
    target = LEDGER.sheet(TARGETS[sheet])
    known = target.by_header
    values = {header: value for header, value in record.values.items() if header in known}
    if renamed := RENAMED.get(sheet):
        values[renamed[1]] = values.pop(renamed[0], None)
    values |= {YEAR: case.source.year, **extra}
    if case.source.form is None or case.source.form.of_district:
        values[ApplicationRow.district.header if sheet == APPLICATIONS else DISTRICT] = case.source.district
    values |= {SOURCE_FILE: record.table.file, ApplicationRow.source_sheet.header: record.table.name,
               ApplicationRow.source_row.header: record.row + 1, ApplicationRow.source_hash.header: case.source.sha256[:HASH_DIGITS],
               FILLED: case.source.filled_on}
    values[FINGERPRINT] = fingerprint(values, target)
    return LedgerRow(target.name, tuple(map(values.get, target.key)), values)


def sealed(row: LedgerRow) -> LedgerRow:
    """The row with the fingerprint of its values."""
    return LedgerRow(row.sheet, row.key, {**row.values, FINGERPRINT: fingerprint(row.values, LEDGER.sheet(row.sheet))})
