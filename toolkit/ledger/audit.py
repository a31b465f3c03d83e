"""The ledger checked like a return: cells that cannot be read, rows that stand twice, entries that contradict an article or each other.

Source: 乌人社规〔2023〕1号 第七条至第二十条
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from toolkit.forms.ledger import LEDGER, SHARED
from toolkit.forms.model import Sheet
from toolkit.forms.register_rows import (
    ROWS,
    ApplicationRow,
    AssessmentRow,
    AwardRow,
    ChangeRow,
    ConflictRow,
    ExpertRow,
    FundRow,
    GuidanceRow,
    PublicityRow,
    ReturnRow,
    ReviewRow,
    StudioRow,
    WithdrawalRow,
)
from toolkit.forms.typed_rows import ParsedRow, RowField, TypedRow, UnreadableCell
from toolkit.ledger import change_rules, decisions, grade_fit, money, validity, withdrawal_rules
from toolkit.ledger.admission import names_document
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.ledger_rows import FILLED, FINGERPRINT, key_of, key_text, untouched
from toolkit.ledger.references import dangling
from toolkit.ledger.reviewing import application_of
from toolkit.ledger.studios import Studio
from toolkit.ledger.tallies import TALLIED, tallies
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Holidays
from toolkit.regulation.honours import TO_ESTABLISH, priority
from toolkit.returns.findings import ERROR, Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Record
from toolkit.returns.standing import gone
from toolkit.returns.values import shown

YEARS_AHEAD = 1  # 来年的安排可以先填
_KINDS = {row.sheet.name: row for row in ROWS}
_YEAR = ApplicationRow.year.header
_JUDGED_YEARS = frozenset(kind.sheet.name for kind in (ApplicationRow, ReviewRow, PublicityRow))  # with the rules on their rows
_MAY_BE_EMPTY = frozenset(field.header for field in (
    PublicityRow.round, AwardRow.won_in, AwardRow.award, AwardRow.item, ExpertRow.unit, ReturnRow.district, ReturnRow.filled_on,
    ConflictRow.in_return))
RowRule = Callable[[TypedRow, Watch], Iterator[Finding]]


def audit(books: Books, law: Regulation, on: date, holidays: Holidays) -> list[Finding]:
    """Everything that is wrong with the register itself, sheet by sheet, row by row."""
    ledger = Watch(books, law, on, holidays)
    found = [*_unread(books), *_columns(books), *_twice(books), *_keys(ledger), *_rows(ledger), *_studios(ledger), *_numbers(ledger),
             *_plaques(ledger), *dangling(books)]
    order = {sheet.name: number for number, sheet in enumerate(LEDGER.sheets)}
    return sorted(dict.fromkeys(found), key=lambda each: order.get(each.place.sheet, -1))


def _unread(books: Books) -> Iterator[Finding]:
    """Cells that hold something nobody can read; an empty cell is no riddle."""
    yield from (found for found in books.standing.findings if found.level == ERROR and found.value)


def lost_columns(books: Books) -> Iterator[Finding]:
    """Columns that people renamed or took out: nothing is decided on them."""
    for table in books.standing.tables.values():
        if lost := gone(table):
            yield finding("D-gone", Place(table.file, table.name), "、".join(lost))


def _columns(books: Books) -> Iterator[Finding]:
    """Registers and columns that are gone, or not there yet."""
    yield from lost_columns(books)
    for sheet in LEDGER.sheets:
        table = books.standing.tables.get(sheet.name)
        if table is None:
            yield finding("D-sheet", Place(books.standing.file, sheet.name), sheet.name)
            continue
        missing = [column.header for column in sheet.columns if column.header not in (*table.layout.columns, *gone(table))]
        if missing:
            yield finding("D-columns", Place(table.file, table.name), "、".join(missing))


def _twice(books: Books) -> Iterator[Finding]:
    """Rows with the same key: nothing can be decided on either."""
    for sheet in LEDGER.sheets:
        seen: dict[tuple, int] = {}
        for record in books.standing.records(sheet.name) if sheet.key else ():
            key = tuple(shown(record[header]) for header in sheet.key)
            if not any(key[1:] if len(key) > 1 else key):
                continue
            first = seen.setdefault(key, record.row)
            if first != record.row:
                yield finding("D-twice", record.place(sheet.key[-1]), "、".join(filter(None, key)), row=first + 1)


def _keys(ledger: Watch) -> Iterator[Finding]:
    """Rows that nobody can tell by what they are known by, or of a year that no round can be of."""
    for sheet in LEDGER.sheets:
        for record in ledger.books.standing.records(sheet.name) if sheet.key else ():
            empty = [header for header in sheet.key if header not in _MAY_BE_EMPTY and header in record.table.layout.columns
                     and record.values.get(header) is None and header not in record.problems]
            if empty:
                yield finding("D-key", record.place(empty[0]), "、".join(empty))
            elif FINGERPRINT in sheet.by_header and sheet.name not in SHARED:
                yield from _touched(record, sheet, ledger.books)
            if sheet.key[0] == _YEAR and sheet.name not in _JUDGED_YEARS:
                yield from _of_year(record, _YEAR, ledger)


def _touched(record: Record, sheet: Sheet, books: Books) -> Iterator[Finding]:
    """A row that a return filled in and people changed; what 冲突 lists already is left to it."""
    if record.values.get(FINGERPRINT) is None or untouched(record.values, sheet):
        return
    key = key_of(record, sheet)
    if (sheet.name, key_text(key)) not in books.once(_touched, lambda: {(row.register, row.key) for row in books.of(ConflictRow)}):
        yield finding("D-touched", record.place(sheet.key[-1]), "、".join(map(shown, filter(None, key[1:]))))


def _rows(ledger: Watch) -> Iterator[Finding]:
    """The rules on single rows."""
    for kind, rules in _RULES.items():
        for row in ledger.books.of(kind):
            for rule in rules:
                yield from _readable(rule(row, ledger))


def _readable(found: Iterator[Finding]) -> list[Finding]:
    """A cell that cannot be read is a finding of its own already."""
    try:
        return list(found)
    except UnreadableCell:
        return []


# ---- 一行之内 ----

def _year(row: TypedRow, ledger: Watch) -> Iterator[Finding]:
    """A year that no round can be of is mistyped."""
    yield from _of_year(row.record, row.fields["year"].header, ledger)


def _of_year(record: ParsedRow, header: str, ledger: Watch) -> Iterator[Finding]:
    year, first, filled = record.values.get(header), ledger.law["first_year"], record.values.get(FILLED)
    last = max(ledger.on.year, filled.year if isinstance(filled, date) else 0) + YEARS_AHEAD
    if isinstance(year, int) and not first <= year <= last:
        yield finding("D-year", record.place(header), year, ledger.law.parameters["first_year"].clause, first=first, last=last)


def _objection(row: PublicityRow, ledger: Watch) -> Iterator[Finding]:
    """R12-2: what is said of an objection fits together."""
    raised = decisions.objection(row, ledger.law)
    if raised.state == decisions.CONTRADICTORY and raised.finding is not None:
        yield raised.finding
    if raised.state in (decisions.UPHELD, decisions.REJECTED) and row.objection_reason is None:
        yield finding("R12-2.reason", row.record.place(PublicityRow.objection_reason.header), raised.state, ledger.law.clause("R12-2"))


def _naming(row: PublicityRow, ledger: Watch) -> Iterator[Finding]:
    """R12-1, R12-2: a naming that is entered was allowed on its day; number and day stand together."""
    if row.named_on is None:
        yield from decisions.end_known(row, ledger.law, ledger.holidays).stopping
        if row.naming_number is not None:
            yield finding("R12-2.day", row.record.place(PublicityRow.named_on.header), row.naming_number, ledger.law.clause("R12-2"))
        return
    decision = decisions.may_be_named(row, row.named_on, ledger.law, ledger.holidays)
    for reason in decision.against:
        yield finding("R12-2.named", row.record.place(PublicityRow.named_on.header), row.named_on, reason.clause, why=reason.message)
    if row.naming_number is None:
        yield finding("R12-2.number", row.record.place(PublicityRow.naming_number.header), row.named_on, ledger.law.clause("R12-2"))


def _in_term(row: PublicityRow, ledger: Watch) -> Iterator[Finding]:
    """R22: what was decided within the term of the regulation."""
    for field in (PublicityRow.published_on, PublicityRow.named_on):
        day = row.record.values.get(field.header)
        if day is not None:
            yield from validity.may_begin(day, row.record.place(field.header), ledger.law).against


def _withdrawal(row: WithdrawalRow, ledger: Watch) -> Iterator[Finding]:
    """R18-1, R19-4, R20-1a, R20-1c, R20-2, R20-3, R20-4: a ground; whom a bar meets is known by number."""
    law, grounds = ledger.law, ledger.law.lists["withdrawal_grounds"]
    if row.ground is None:
        yield finding("R19-4.ground", row.record.place(WithdrawalRow.ground.header), shown(row.studio), grounds.clause)
        return
    if row.ground not in grounds.where("bars"):
        if row.barred_until is not None or row.bar_subject is not None:
            yield finding("R19-4.nobar", row.record.place(WithdrawalRow.barred_until.header), row.ground, law.clause("R19-4"))
        return
    for field in (WithdrawalRow.leader_id, WithdrawalRow.unit_code, WithdrawalRow.occupation):
        if row.record.values.get(field.header) is None and field.header not in row.record.problems:
            yield finding("R19-4.whom", row.record.place(field.header), field.header, law.clause("R19-4"))


def _entry(row: FundRow, ledger: Watch) -> Iterator[Finding]:
    """R13-1, R13-2, R13-3: an entry says what it is, when and how much; what was spent says on what."""
    law = ledger.law
    needed: list[RowField] = [FundRow.kind, FundRow.day, FundRow.amount]
    if row.kind is not None and money.is_spent(row, law):
        needed.append(FundRow.use)
    for field in needed:
        if row.record.values.get(field.header) is None and field.header not in row.record.problems:
            yield finding("D-entry", row.record.place(field.header), field.header, law.clause("R13-3"))
    if row.amount == 0:
        yield finding("D-nothing", row.record.place(FundRow.amount.header), row.amount, law.clause("R13-3"))
    yield from money.contradictory_source(row, law)


def _graded(row: AssessmentRow | StudioRow, ledger: Watch) -> Iterator[Finding]:
    """R19-3: what counts is graded by its total."""
    if isinstance(row, StudioRow) or row.status not in ledger.law.lists["application_statuses"].where("withdrawn"):
        yield from grade_fit.contradicts(row, ledger.law)


def _periods(row: StudioRow, ledger: Watch) -> Iterator[Finding]:
    """R12-3: a period ends after it begins, and the four years not before the construction period."""
    begins = row.begins or row.named_on
    for header, first, last in ((StudioRow.ends.header, begins, row.ends), (StudioRow.liable_until.header, row.ends or begins, row.liable_until)):
        if first is not None and last is not None and last < first:
            yield finding("R12-3.order", row.record.place(header), last, ledger.law.clause("R12-3"), first=first)


def _identified(row: StudioRow, ledger: Watch) -> Iterator[Finding]:
    """R12-2, R03-2, R03-3, R12-3: a studio, its leader and its unit are known by number, its terms by the day of naming."""
    for field, rule in ((StudioRow.number, "R12-2"), (StudioRow.leader_id, "R03-2"), (StudioRow.unit_code, "R03-3"), (StudioRow.named_on, "R12-3")):
        if row.record.values.get(field.header) is None and field.header not in row.record.problems:
            yield finding("D-unnumbered", row.record.place(field.header), field.header, ledger.law.clause(rule))


def _guidance(row: GuidanceRow, ledger: Watch) -> Iterator[Finding]:
    """R16: a record of guidance says when, who and what; what has not happened yet is none."""
    clause = ledger.law.clause("R16")
    for field in (GuidanceRow.day, GuidanceRow.guiding_unit, GuidanceRow.content):
        if row.record.values.get(field.header) is None and field.header not in row.record.problems:
            yield finding("R16.lacking", row.record.place(field.header), field.header, clause)
    if row.day is not None and row.day > ledger.on:
        yield finding("R16.future", row.record.place(GuidanceRow.day.header), row.day, clause)


def _level(row: ApplicationRow, ledger: Watch) -> Iterator[Finding]:
    """R07-1a: an exception the city approved is written out in full."""
    approval = (ApplicationRow.approval_number, ApplicationRow.approved_by, ApplicationRow.approved_on, ApplicationRow.approval_reason)
    given = [field for field in approval if row.record.raw(field.header) is not None]
    if given and len(given) < len(approval):
        lacking = next(field for field in approval if field not in given)
        yield finding("R07-1a.approval", row.record.place(lacking.header), lacking.header, ledger.law.clause("R07-1a"))
    if row.approval_number is not None and not names_document(row.approval_number):
        place = row.record.place(ApplicationRow.approval_number.header)
        yield finding("R07-1a.number", place, row.approval_number, ledger.law.clause("R07-1a"))


def _honour(row: ApplicationRow, ledger: Watch) -> Iterator[Finding]:
    """R07-1d: an honour that is not in the list is found equivalent by the bureau, or not."""
    if priority(row.honours, row.front_line, ledger.law, row.recognised) == TO_ESTABLISH:
        yield finding("R07-1d.establish", row.record.place(ApplicationRow.recognised.header), row.honours, ledger.law.clause("R07-1d"))


def _conclusion(row: ApplicationRow, ledger: Watch) -> Iterator[Finding]:
    """R11: a typed 评审结论 is what the ballots say, and 通过 has a review behind it."""
    if ledger.reviews.was_before(row) or row.review is None:
        return
    yield from decisions.passed_review(row, ledger.law, ledger.reviews).stopping


def _review(row: ReviewRow, ledger: Watch) -> Iterator[Finding]:
    """R11: what is entered of a review fits the steps, the kinds of experts, the shares of the year."""
    yield from ledger.reviews.reasons(row)


def _made_public(row: PublicityRow, ledger: Watch) -> Iterator[Finding]:
    """R11: made public without a review, in a year that has reviews."""
    application = application_of(row.year, shown(row.studio), row.unit, ledger.books)
    if row.published_on and application is not None and not ledger.reviews.was_before(application) and ledger.reviews.of(application) is None:
        yield finding("R11.before", row.record.place(PublicityRow.published_on.header), shown(row.studio), ledger.law.clause("R11"))


_RULES: dict[type[TypedRow], Sequence[Callable]] = {
    StudioRow: (_identified, _graded, _periods), AssessmentRow: (_graded,),
    ApplicationRow: (_year, _level, _honour, _conclusion), ReviewRow: (_year, _review),
    PublicityRow: (_year, _objection, _naming, _in_term, _made_public),
    WithdrawalRow: (_withdrawal, *withdrawal_rules.RULES, withdrawal_rules.done_after_the_decision),
    ChangeRow: change_rules.RULES, FundRow: (_entry, withdrawal_rules.subsidy_in_full),
    GuidanceRow: (_guidance,)}


# ---- 各表之间 ----

def _studios(ledger: Watch) -> Iterator[Finding]:
    for studio in ledger.studios:
        for rule in (_state, _tallied, _payments, _uses, _entered_twice, _overspent):
            yield from _readable(rule(studio, ledger))


def _state(studio: Studio, ledger: Watch) -> Iterator[Finding]:
    """What 工作室 says of its state fits the decisions registered."""
    row = studio.row
    revoked = studio.law.lists["studio_statuses"].where("revoked")
    if isinstance(row, StudioRow) and studio.withdrawal is not None and studio.withdrawal.decided_on is not None \
            and row.status is not None and row.status not in revoked:
        yield finding("D-state", row.record.place(StudioRow.status.header), row.status, wanted=studio.status,
                      other=f"“{type(studio.withdrawal).sheet.name}”表第{studio.withdrawal.record.row + 1}行")


def _tallied(studio: Studio, ledger: Watch) -> Iterator[Finding]:
    """R04, R20-1b: what 工作室 says of trainees and of work is what the registers come to."""
    counted = tallies(studio, ledger.law)
    for field, rule in TALLIED.items():
        stated = studio.row.record.values.get(field.header)
        if counted and stated is not None and stated != counted[field.header]:
            wanted = shown(counted[field.header]) or "没有"
            yield finding("D-tally", studio.row.record.place(field.header), stated, ledger.law.clause(rule), wanted=wanted)


def _payments(studio: Studio, ledger: Watch) -> Iterator[Finding]:
    """R13-1: one subsidy in a construction period."""
    first, *others = money.payments(studio, ledger.law) or (None,)
    if first is not None and not others:
        yield from money.outside_period(first, studio, ledger.law)
    for entry in others:
        yield finding("R13-1.twice", entry.record.place(FundRow.amount.header), entry.amount, ledger.law.clause("R13-1"),
                      studio=studio.name, row=first.record.row + 1 if first else 0)


def _uses(studio: Studio, ledger: Watch) -> Iterator[Finding]:
    """R13-3: how much was spent outside the listed uses, and its share; for people to look at, no verdict."""
    outside, spent = money.outside_listed(studio, ledger.law)
    if outside:
        named = ledger.law.lists["fund_uses"].where("named")
        entry = next(each for each in studio.money if money.is_spent(each, ledger.law) and each.use and each.use not in named
                     and money.within(each, studio.begins, studio.ends))
        yield finding("R13-3.outside", entry.record.place(FundRow.use.header), studio.name, ledger.law.clause("R13-3"),
                      spent=f"{spent:,}", outside=f"{outside:,}", share=f"{outside / spent:.1%}")


def _entered_twice(studio: Studio, ledger: Watch) -> Iterator[Finding]:
    """R13-3: an entry with a voucher that says all the same as an earlier one."""
    seen: dict[tuple[object, ...], FundRow] = {}
    for entry in studio.money:
        if entry.voucher is None or entry.amount is None:
            continue
        said = (entry.day, entry.kind, entry.source, entry.use, entry.amount, entry.voucher, entry.summary, entry.payee)
        first = seen.setdefault(said, entry)
        if first is not entry:
            yield finding("D-same", entry.record.place(FundRow.voucher.header), entry.voucher, ledger.law.clause("R13-3"),
                          row=first.record.row + 1)


def _overspent(studio: Studio, ledger: Watch) -> Iterator[Finding]:
    """R13-3: more spent out of a source than came into it; for people to look at. What came in before it was entered is not known."""
    law = ledger.law
    for source in law.lists["fund_sources"].names:
        came = [entry for entry in studio.money if money.is_received(entry, law) and money.source(entry, law) == source]
        went = [entry for entry in studio.money if money.is_spent(entry, law) and entry.source == source]
        received, spent = money.total(came), money.total(went)
        if came and spent > received:
            yield finding("R13-3.over", went[-1].record.place(FundRow.amount.header), source, law.clause("R13-3"), studio=studio.name,
                          spent=f"{spent:,}", wanted=f"{received:,}")


def _plaques(ledger: Watch) -> Iterator[Finding]:
    """R12-2: each plaque has its own number."""
    seen: dict[str, PublicityRow] = {}
    for row in ledger.books.publicity:
        for number in row.known(PublicityRow.plaque):
            first = seen.setdefault(shown(number), row)
            if first.record.values.get(PublicityRow.studio.header) != row.record.values.get(PublicityRow.studio.header):
                yield finding("R12-2.plaque", row.record.place(PublicityRow.plaque.header), number, ledger.law.clause("R12-2"),
                              row=first.record.row + 1)


def _numbers(ledger: Watch) -> Iterator[Finding]:
    """R12-2: a document's number belongs to one naming."""
    days: dict[str, set[date]] = defaultdict(set)
    rows: dict[str, list[PublicityRow]] = defaultdict(list)
    for row in ledger.books.publicity:
        for number in row.known(PublicityRow.naming_number):
            days[number] |= set(row.known(PublicityRow.named_on))
            rows[number].append(row)
    for number, found in days.items():
        if len(found) > 1:
            for row in rows[number]:
                yield finding("R12-2.reused", row.record.place(PublicityRow.naming_number.header), number, ledger.law.clause("R12-2"),
                              days="、".join(map(str, sorted(found))))
