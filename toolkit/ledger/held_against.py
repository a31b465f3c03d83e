"""Results, reviews, goals and evaluations held against the ledger: studios and applications it does not know, days outside a window,
shares that are not those of the year.

Source: 乌人社规〔2023〕1号 第十一条、第十七条、第十九条
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from toolkit.forms import EVALUATION, GOALS, REVIEW, SUMMARY
from toolkit.forms.register_rows import ApplicationRow, AssessmentRow, ChangeRow, ReviewRow
from toolkit.forms.review import VOTING
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger import decisions
from toolkit.ledger.arrangements import voting_of, voting_unset
from toolkit.ledger.books import Books
from toolkit.ledger.reviewing import Reviews, application_of
from toolkit.ledger.studios import Studio, studios
from toolkit.ledger.yearly_duties import was_evaluated_in, was_under_goals_in
from toolkit.regulation import Regulation
from toolkit.regulation.voting import suggested
from toolkit.returns.checks import reviewed
from toolkit.returns.checks.case import Case
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Return
from toolkit.returns.values import shown

STUDIO, LEADER, UNIT = ReviewRow.studio.header, AssessmentRow.leader.header, ReviewRow.unit.header
DISTRICT, ASSESSED = AssessmentRow.district.header, AssessmentRow.assessed_on.header


def others(cases: Sequence[Case], books: Books, law: Regulation) -> Iterator[Finding]:
    """What the ledger says to the rows of every form but 区县推荐汇总表."""
    for form, rule in ((SUMMARY, _graded), (REVIEW, _reviewed), (GOALS, _promised), (EVALUATION, _evaluated)):
        yield from rule([case for case in cases if case.source.form is form], books, law)


def _graded(cases: Sequence[Case], books: Books, law: Regulation) -> Iterator[Finding]:
    """R19-2: a studio the ledger does not know or places elsewhere, and an assessment outside its window."""
    known = {studio.name: studio for studio in studios(books, law)}
    for case in cases if known else ():
        studio = known.get(case[STUDIO])
        if studio is None:
            yield case.finding("R19-2.studio", STUDIO)
            continue
        try:
            yield from _assessed(case, studio)
        except UnreadableCell as cell:
            yield case.finding("D-unsure", STUDIO, why=decisions.unreadable_cell(cell, law).message)


def _assessed(case: Case, studio: Studio) -> Iterator[Finding]:
    for header, wanted in ((DISTRICT, studio.district), (LEADER, studio.leader)):
        if wanted and case[header] and wanted != case[header]:
            yield case.finding("R19-2.differs", header, wanted=wanted)
    day = case[ASSESSED]
    if studio.window and day and not studio.window[0] <= day <= studio.window[1]:
        first, last = studio.window
        yield case.finding("R19-2", ASSESSED, value=shown(day), first=first, last=last)


# ---- 评审表决 ----

def _reviewed(cases: Sequence[Case], books: Books, law: Regulation) -> Iterator[Finding]:
    """R11: ballots count by the shares of the year, on applications that were taken in; who is not on the list is said."""
    reviews = Reviews(books, law)
    for source in dict.fromkeys(id(case.source) for case in cases):
        own = [case for case in cases if id(case.source) == source]
        yield from _shares(own[0], books, law)
        yield from _omitted(own, books, law, reviews)
        yield from _older(own[0].source, books)
        for case in own:
            try:
                yield from _application(case, books, law)
            except UnreadableCell as cell:
                yield case.finding("D-unsure", STUDIO, why=decisions.unreadable_cell(cell, law).message)


def _shares(case: Case, books: Books, law: Regulation) -> Iterator[Finding]:
    """One finding for each share that is not the year's."""
    source, year = case.source, case.source.year or 0
    place = Place(source.file, case.record.table.name)
    rules = voting_of(books, law, year)
    if rules is None:
        unset = voting_unset(books, law, year, place)
        yield finding("R11.unset", place, unset.value, unset.clause, advice="、".join(f"{label}“{value}”" for label, value in suggested(law).items()))
        return
    for label, wanted in zip(VOTING, rules.names, strict=True):
        if source.stated.get(label) not in (None, "", wanted):
            yield finding("R11.differs", place, source.stated[label], law.clause("R11"), field=label, wanted=wanted)


def _older(source: Return, books: Books) -> Iterator[Finding]:
    """A workbook that the ledger has a later one of; it changes nothing there."""
    names = {(source.year, record[STUDIO]) for record in source.records(source.sheets[0].name)}
    days = [day for row in books.reviews for day in row.known(ReviewRow.filled_on)
            if (row.record.values.get(ReviewRow.year.header), row.record.values.get(ReviewRow.studio.header)) in names]
    if source.filled_on and days and max(days) > source.filled_on:
        yield finding("M-older", Place(source.file), source.filled_on)


def _omitted(cases: Sequence[Case], books: Books, law: Regulation, reviews: Reviews) -> Iterator[Finding]:
    """Applications taken in that nobody votes on."""
    source = cases[0].source
    there = {(case[STUDIO], case[UNIT]) for case in cases}
    lacking = []
    for row in books.applications:
        if row.record.values.get(ApplicationRow.year.header) == source.year and reviews.of(row) is None and _is_open(row, law) \
                and tuple(row.record.values.get(field.header) for field in (ApplicationRow.studio, ApplicationRow.unit)) not in there:
            lacking.append(f"“{shown(row.record.values.get(ApplicationRow.studio.header))}”")
    if lacking:
        yield finding("R11.omitted", Place(source.file, cases[0].record.table.name), "、".join(lacking), law.clause("R11"))


def _is_open(row: ApplicationRow, law: Regulation) -> bool:
    try:
        return decisions.may_be_reviewed(row, law).allowed
    except UnreadableCell:
        return False


def _application(case: Case, books: Books, law: Regulation) -> Iterator[Finding]:
    row = application_of(case.source.year, shown(case[STUDIO]), case[UNIT], books)
    if row is None:
        yield case.finding("R11.unknown", STUDIO)
        return
    outcome, known = reviewed.outcome_of(case), law.lists["review_results"]
    if row.review in known.where("passes") | known.where("fails"):
        before = Reviews(books, law).of(row)
        if outcome is not None and row.review not in (outcome, before.outcome if before else None):
            yield case.finding("R11.typed", ReviewRow.outcome.header, value=row.review, wanted=outcome)
        return
    decision = decisions.may_be_reviewed(row, law)
    if not decision.allowed:
        yield case.finding("R11.notyet", STUDIO, why="".join(found.message for found in (*decision.against, *decision.stopping)))


# ---- 目标任务书、年度绩效评估 ----

def _by_name(found: Sequence[Studio]) -> dict[str, Studio]:
    """Each studio under every name it had; a name that is borne now goes before one that was."""
    return {name: studio for studio in found for name in studio.names} | {studio.name: studio for studio in found}


def _promised(cases: Sequence[Case], books: Books, law: Regulation) -> Iterator[Finding]:
    """R17: goals of studios in their construction period."""
    known = _by_name(studios(books, law)) if cases else {}
    for case in cases if known else ():
        yield from _known(case, known.get(case[STUDIO]), was_under_goals_in, ("R17.studio", "R17.differs"))


def _evaluated(cases: Sequence[Case], books: Books, law: Regulation) -> Iterator[Finding]:
    """R19-1: evaluations of studios whose year it is."""
    known = _by_name(studios(books, law)) if cases else {}
    for case in cases if known else ():
        yield from _known(case, known.get(case[STUDIO]), lambda studio, year: was_evaluated_in(studio, year, law), ("R19-1.studio", "R19-1.differs"))


def _before(studio: Studio) -> set[str]:
    """R18-1: what stood there before a change: a return made earlier, under the former name, says so."""
    return {text for change in studio.changes for text in change.known(ChangeRow.before)}


def _known(case: Case, studio: Studio | None, owes: Callable[[Studio, int], bool], codes: tuple[str, str]) -> Iterator[Finding]:
    """codes: of a studio that the ledger does not know or that owes nothing; of what it says otherwise."""
    unknown, differs = codes
    try:
        if studio is None or not owes(studio, case.source.year or 0):
            yield case.finding(unknown, STUDIO, year=case.source.year)
            return
        for header, wanted in ((DISTRICT, studio.district), (LEADER, studio.leader)):
            if wanted and case[header] and wanted != case[header] and not (case[STUDIO] != studio.name and case[header] in _before(studio)):
                yield case.finding(differs, header, wanted=wanted)
    except UnreadableCell as cell:
        yield case.finding("D-unsure", STUDIO, why=decisions.unreadable_cell(cell, case.law).message)
