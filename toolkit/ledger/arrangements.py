"""What changes every year: the deadline, the numbers of documents, whether the year's days off are known. A row a year in 年度安排.

What stands in 参数 holds until changed; a deadline or a number of another year never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from toolkit.errors import UserError
from toolkit.forms.register_rows import ArrangementRow, IssuedRow
from toolkit.forms.typed_rows import RowField
from toolkit.ledger import numbering
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Holidays, holidays, workdays_after
from toolkit.regulation.voting import VotingRules, suggested, voting_rules
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.values import day, half_width, shown

# parameter of the regulation → the column of 年度安排 that sets it for a year
DEADLINE = "application_deadline"
_SET_BY: Mapping[str, RowField] = {DEADLINE: ArrangementRow.deadline, "naming_document_number": ArrangementRow.naming_number,
                                "results_document_number": ArrangementRow.results_number}
_VOTING = ("attendance", "passing", "base", "recusal")
_BARE = re.compile(r"第?\d+号?")
_YEAR = re.compile(r"[〔\[(（【](20\d{2})[〕\])）】]")


def of_year(books: Books, law: Regulation, year: int, on: date) -> Regulation:
    """R21: the regulation as the bureau arranged the year; a deadline in 参数 counts for its own year, a document's number for documents
    of the year it names. on: the day of the document. Raises UnreadableCell where the year's row cannot be read."""
    row = _of(books, year)
    values: dict[str, int | str | date] = {}
    for name, field in _SET_BY.items():
        arranged = None if row is None else getattr(row, _attribute(field))
        if arranged is not None:
            values[name] = arranged
        elif _year_of(law[name]) not in (None, year if name == DEADLINE else on.year):
            values[name] = ""  # another year's
    return law.overridden(values)


def set_in(books: Books, year: int) -> Mapping[str, Place]:
    """Parameter → where 年度安排 sets it for the year."""
    row = _of(books, year)
    return {} if row is None else {name: row.record.place(field.header) for name, field in _SET_BY.items()
                                   if row.record.raw(field.header) is not None}


def _of(books: Books, year: int) -> ArrangementRow | None:
    return next((row for row in books.of(ArrangementRow) if row.year == year), None)


def _attribute(field: RowField) -> str:
    return next(name for name, each in ArrangementRow.fields.items() if each is field)


def _year_of(value: object) -> int | None:
    """The year a date lies in, or a document's number names."""
    if isinstance(value, date):
        return value.year
    found = _YEAR.search(half_width(str(value or "")).replace("（", "(").replace("）", ")"))
    return int(found[1]) if found else None


def voting_of(books: Books, law: Regulation, year: int) -> VotingRules | None:
    """R11: how the ballots of a year count; None while the bureau has not set all of it."""
    row = _of(books, year)
    return None if row is None else voting_rules(law, [getattr(row, name) for name in _VOTING])


def arranged_twice(books: Books, year: int | None) -> Iterator[Finding]:
    """R11, R21: a year with two rows: nobody can tell which of them holds."""
    first, *others = [row for row in books.of(ArrangementRow) if row.record.values.get(ArrangementRow.year.header) == year] or (None,)
    for row in others:
        yield finding("D-twice", row.record.place(ArrangementRow.year.header), shown(year), row=first.record.row + 1 if first else 0)


def voting_unset(books: Books, law: Regulation, year: int | None, place: Place) -> Finding:
    """R11: which of it is not set, at its cell where the year has a row, else at `place`; what is suggested is said and not taken."""
    row = next((each for each in books.of(ArrangementRow) if each.year == year), None)
    fields = [ArrangementRow.fields[name] for name in _VOTING]
    lacking = [field for field in fields if row is None or row.record.values.get(field.header) is None]
    advice = "、".join(f"{label}“{value}”" for label, value in suggested(law).items() if label in [field.header for field in lacking])
    where = row.record.place(lacking[0].header) if row and lacking else place
    said = f"{year}年的{'、'.join(field.header for field in lacking)}"
    return finding("R11.unset", where, said, law.clause("R11"), advice=advice)


def days_off(books: Books, law: Regulation) -> Holidays:
    """R12-1: the national holidays with the days the bureau added in 参数; complete for the years that it confirms in 年度安排.

    UserError where one of these days is no date.
    """
    confirmed = [row.record.values[ArrangementRow.year.header] for row in books.of(ArrangementRow)
                 if row.known(ArrangementRow.year) and row.known(ArrangementRow.holidays_complete) == ["是"]]
    return holidays().with_extra(_days(law["extra_days_off"]), _days(law["extra_workdays"]), confirmed)


def mend_term(entered: date, law: Regulation, table: Holidays) -> date:
    """R10: the last day for mending what was entered, or told, on a day."""
    return workdays_after(entered, law["mend_days"], table)


def _days(text: object) -> list[date]:
    """Dates a clerk listed in one 参数 cell."""
    parts = shown(text).replace("，", "、").replace(",", "、").replace("；", "、").split("、")
    found = [day(part) for part in parts if part.strip()]
    if any(read.problem for read in found):
        raise UserError(f"“参数”表里的日期“{text}”读不出来。请写成 2027-01-04，多个日期用顿号隔开。")
    return [read.value for read in found]


def number_refused(number: str, on: date, books: Books, law: Regulation, paper: str = "", subject: str = "") -> Finding | None:
    """Why a document of the day cannot get a number: it is a bare serial or of another year, or another document has it. None where it can.

    paper, subject: the kind of document and whom it is about, where that is known; the same document made again keeps its number.
    """
    clause = law.clause("R12-2")
    place = Place(books.standing.file, IssuedRow.sheet.name, "", IssuedRow.number.header)
    if _BARE.fullmatch(half_width(number).strip()):
        return finding("R12-2.form", place, number, clause, year=on.year)
    if _year_of(number) not in (None, on.year):
        return finding("R12-2.year", place, number, clause, year=on.year)
    for taken in numbering.taken(books):
        if numbering.same(taken.number, number) and not taken.is_of(paper, subject, on):
            return finding("R12-2.used", taken.place, number, clause, day=taken.day or "别处")
    return None
