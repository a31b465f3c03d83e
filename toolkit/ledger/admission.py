"""Applications and results held against the ledger: who has a studio, whom a bar meets, what the state or the region named, what is pending.

People are known by their ID number, units by their credit code, over all registers; names that are merely alike are queries.
Source: 乌人社规〔2023〕1号 第三条、第十九条（二）
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from toolkit.forms.register_rows import ApplicationRow, PublicityRow, SuperiorRow, WithdrawalRow
from toolkit.forms.typed_rows import TypedRow, UnreadableCell
from toolkit.ledger import held_against
from toolkit.ledger.bars import Bar, bar
from toolkit.ledger.books import Books
from toolkit.ledger.decisions import unreadable, unreadable_cell
from toolkit.ledger.studios import Studio, studios
from toolkit.regulation import Regulation, fold
from toolkit.regulation.identity import id_problem
from toolkit.returns import checks
from toolkit.returns.checks import Checked
from toolkit.returns.checks.case import Case, same_occupation
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.records import Return
from toolkit.returns.values import half_width, shown

Known = TypeVar("Known")
PERSON, UNIT_CODE, UNIT, LEADER = (
    field.header for field in (ApplicationRow.leader_id, ApplicationRow.unit_code, ApplicationRow.unit, ApplicationRow.leader))
STUDIO, OCCUPATION, CODE, YEAR = (
    field.header for field in (ApplicationRow.studio, ApplicationRow.occupation, ApplicationRow.occupation_code, ApplicationRow.year))
KEY = (ApplicationRow.year, ApplicationRow.leader_id, ApplicationRow.occupation)
APPROVAL = 4  # number, person, day, reason
HEADERS = (PERSON, UNIT_CODE, UNIT, LEADER)


def run(returns: Sequence[Return], law: Regulation, books: Books, competing: Sequence[Return] | None = None) -> Checked:
    """Everything checking finds in returns that were judged alone: together, and against the ledger as it stands."""
    memory = checks.Memory(books.standing.explanations(), books.standing.rulings(), _approvals(books), _recognised(books))
    return checks.run(returns, law, competing, memory,
                      lambda applied, others: [*against(applied, books, law), *held_against.others(others, books, law)])


def _approvals(books: Books) -> dict[tuple[str, str], str]:
    """R07-1a: the applications whose exception the city approved, all four things about it written down."""
    found = {}
    for row in books.applications:
        said = row.known(ApplicationRow.approval_number, ApplicationRow.approved_by, ApplicationRow.approved_on, ApplicationRow.approval_reason)
        if len(said) == APPROVAL:
            number, who, day, why = map(shown, said)
            if not names_document(number):
                continue
            found[shown(row.record.values.get(ApplicationRow.district.header)), _key(row)] = f"市局已核准（{number}，{who}，{day}）：{why}"
    return found


def names_document(number: str) -> bool:
    """R07-1a: whether a text can be a document's number: “未经核准” is none."""
    return any(character.isdigit() for character in half_width(number))


def _recognised(books: Books) -> dict[tuple[str, str], str]:
    """R07-1d: what the bureau found of honours that the list does not name."""
    return {(shown(row.record.values.get(ApplicationRow.district.header)), _key(row)): said
            for row in books.applications for said in row.known(ApplicationRow.recognised)}


def against(cases: Sequence[Case], books: Books, law: Regulation) -> Iterator[Finding]:
    """The rules on applications that look at the ledger. What these districts applied for before is replaced by what they send now."""
    if not books.standing.tables or not cases:
        return
    returned = {case.source.district for case in cases}
    matches = _Matches(books, law, returned)
    for case in cases:
        for rule in (_studios, _superior, _bars, _unidentified, _pending, _named_already):
            yield from rule(case, matches)


class Matcher(Generic[Known]):
    """Rows, or what was made of them, found by leader's ID, by unit, by leader's name."""

    def __init__(self, rows: Iterable[Known], values: Callable[[Known], dict[str, Any]]) -> None:
        self._by: dict[tuple[str, object], list[Known]] = defaultdict(list)
        self._values = values
        for row in rows:
            for header in HEADERS:
                if value := values(row).get(header):
                    self._by[header, fold(value)].append(row)

    def said(self, row: Known) -> dict[str, Any]:
        """What is known of a row, by header."""
        return self._values(row)

    def _like(self, case: Case, header: str) -> list[Known]:
        """Rows that say the same under a header, whatever their brackets and spaces."""
        return self._by.get((header, fold(case[header])), []) if case[header] else []

    def leader(self, case: Case) -> list[Known]:
        """The same person."""
        return self._like(case, PERSON)

    def namesakes(self, case: Case) -> list[Known]:
        """Same name, and an ID number that is missing on either side or differs."""
        rows = self._like(case, LEADER)
        return [row for row in rows if self._values(row).get(PERSON) != case[PERSON] or not self._values(row).get(PERSON)]

    def unit(self, case: Case) -> list[Known]:
        """The same unit: by credit code, by name where either side has no code."""
        by_code, by_name = self._like(case, UNIT_CODE), self._like(case, UNIT)
        return by_code + [row for row in by_name if not self._values(row).get(UNIT_CODE) or not case[UNIT_CODE]]

    def like_named_units(self, case: Case) -> list[Known]:
        """Units of the same name with another credit code."""
        return [row for row in self._like(case, UNIT) if case[UNIT_CODE] and self._values(row).get(UNIT_CODE) not in (None, case[UNIT_CODE])]

    def concerned(self, case: Case) -> list[Known]:
        """Whatever has anything of the case: person, unit, name."""
        found = [row for header in HEADERS for row in self._like(case, header)]
        return list({id(row): row for row in found}.values())


class _Matches:
    """The registers as an application meets them. Rows with a deciding cell that cannot be read are kept apart."""

    def __init__(self, books: Books, law: Regulation, returned: set[str]) -> None:
        self.law = law
        self.books = books
        self.riddles: list[tuple[Any, Finding]] = []
        taking = self._read(studios(books, law), lambda studio: studio if studio.counts else None)
        self.studios = Matcher(taking, _studio_values)
        revoked = {id(studio.withdrawal.record): _studio_values(studio) for studio in studios(books, law) if studio.withdrawal}
        self.bars = Matcher(self._read(books.withdrawals, self._bar), lambda each: _bar_values(each, revoked.get(id(each.row.record), {})))
        self.superior = Matcher(books.of(SuperiorRow), lambda row: row.record.values)
        withdrawn = law.lists["application_statuses"].where("withdrawn")
        self.pending = Matcher((row for row in books.applications if row.record.values.get(ApplicationRow.district.header) not in returned
                                and row.record.values.get(ApplicationRow.status.header) not in withdrawn),
                               lambda row: row.record.values)
        self.unsure = Matcher(self.riddles, lambda each: each[0].record.values)
        self.in_time = {_key(row) for row in books.applications if not _came_late(row)}
        self.closed = {row.record.values.get(YEAR) for row in books.publicity if row.record.values.get(PublicityRow.named_on.header)}

    def _bar(self, row: WithdrawalRow) -> Bar | None:
        """Without a ground nobody can say whether it bars."""
        if row.ground is None:
            place, clause = row.record.place(WithdrawalRow.ground.header), WithdrawalRow.ground.column.clause
            self.riddles.append((row, finding("R19-4.ground", place, shown(row.studio), clause)))
        return bar(row, self.law)

    def _read(self, rows: Iterable[Any], made: Callable[[Any], Known | None]) -> list[Known]:
        found = []
        for row in rows:
            try:
                each = made(row)
            except UnreadableCell as cell:
                self.riddles.append((cell.row, unreadable_cell(cell, self.law)))
                continue
            if each is not None:
                found.append(each)
        return found


def _key(row: ApplicationRow) -> str:
    """As `Case.key` writes it."""
    return "|".join(shown(row.record.values.get(field.header)) for field in KEY)


def _studio_values(studio: Studio) -> dict[str, Any]:
    application = studio.application.record.values if studio.application else {}
    naming = studio.naming.record.values if studio.naming else {}
    own = studio.row.record.values
    wanted = (*HEADERS, OCCUPATION, CODE)
    return {header: own.get(header) or naming.get(header) or application.get(header) for header in wanted}


def _bar_values(each: Bar, studio: dict[str, Any]) -> dict[str, Any]:
    """Whom a bar meets, as its row says; what the row leaves empty, as its studio says."""
    own, problems = each.row.record.values, each.row.record.problems
    return {header: own.get(header) or (None if header in problems else value) for header, value in (dict.fromkeys(own) | studio).items()}


def _unidentified(case: Case, matches: _Matches) -> Iterator[Finding]:
    """R03-2, R03-3, R03-4, R19-4: a row of the same leader's name without ID number, or of the same unit without occupation. What cannot be
    read there decides nothing, and is not taken for empty."""
    basis = case.basis
    people: list[tuple[str, dict[str, Any], TypedRow]] = [
        ("R03-2.noid", matches.studios.said(each), each.row) for each in matches.studios.namesakes(case) if not _of_this(case, each)]
    people += [("R19-4.noid", matches.bars.said(each), each.row) for each in matches.bars.namesakes(case)
               if each.on_person and basis and basis <= each.until]
    people += [("R03-4.noid", matches.superior.said(row), row) for row in matches.superior.namesakes(case)]
    units: list[tuple[str, dict[str, Any], TypedRow]] = [
        ("R03-3.blank", matches.studios.said(each), each.row) for each in matches.studios.unit(case) if not _of_this(case, each)]
    units += [("R03-4.blank", matches.superior.said(row), row) for row in matches.superior.unit(case)]
    units += [("R19-4.unit", matches.bars.said(each), each.row) for each in matches.bars.unit(case) if each.on_unit and basis and basis <= each.until]
    doubts: list[tuple[str, str, TypedRow, tuple[str, ...]]] = [
        (code, LEADER, row, (PERSON,)) for code, said, row in people if not said.get(PERSON) or id_problem(shown(said[PERSON]))]
    doubts += [(code, UNIT, row, (OCCUPATION, CODE)) for code, said, row in units if not said.get(OCCUPATION) and not _alike(case, said)]
    for code, field, row, deciding in doubts:
        unread = next((each for each in row.fields.values() if each.header in deciding and each.header in row.record.problems), None)
        if unread is not None:
            found = unreadable(row, unread, case.law)
            yield case.finding("D-unsure", field, value=case[LEADER], why=f"{found.place}：{found.message}")
        elif code not in ("R03-4.noid", "R19-4.unit"):  # asked about already
            yield case.finding(code, field, value=case[field], other=str(row.record.place(STUDIO)))


def _alike(case: Case, values: dict[str, Any]) -> str:
    """"same", "trade", "code" (same name, other code), "" : how the occupations compare."""
    return same_occupation(case.record.values, values)


def _studios(case: Case, matches: _Matches) -> Iterator[Finding]:
    """R03-2, R03-3: a person leads one studio; a unit has one of an occupation."""
    law = case.law
    held = [studio for studio in matches.studios.leader(case) if not _of_this(case, studio)]
    if len(held) >= law["studios_per_leader"]:
        yield case.finding("R03-2", PERSON, value=case[LEADER], studio=held[0].name, status=held[0].status)
    others = [studio for studio in matches.studios.unit(case) if (not _of_this(case, studio) and _studio_values(studio).get(PERSON) != case[PERSON])
              or not _studio_values(studio).get(PERSON)]
    relations = [(studio, _alike(case, _studio_values(studio))) for studio in others]
    same = [studio for studio, relation in relations if relation == "same"]
    if len(same) >= law["studios_per_unit_occupation"]:
        yield case.finding("R03-3", UNIT, studio=same[0].name, status=same[0].status)
    for relation, code in (("trade", "R03-3.trade"), ("code", "R03-3.code")):
        if names := [studio.name for studio, found in relations if found == relation]:
            yield case.finding(code, OCCUPATION, value=case[UNIT], other="、".join(names))
    alike = [studio.name for studio in matches.studios.namesakes(case) if not _of_this(case, studio) and studio not in others
             and not id_problem(shown(_studio_values(studio).get(PERSON))) and _alike(case, _studio_values(studio))]
    if alike:
        yield case.finding("R03-2.name", LEADER, other=f"台账工作室“{'”“'.join(alike)}”")
    like = [studio.name for studio in matches.studios.like_named_units(case) if _alike(case, _studio_values(studio))]
    if like:
        yield case.finding("R03-3.unit", UNIT_CODE, value=case[UNIT], other="、".join(like))
    if riddles := matches.unsure.concerned(case):
        yield case.finding("D-unsure", LEADER, value=case[LEADER], why=f"{riddles[0][1].place}：{riddles[0][1].message}")


def _of_this(case: Case, studio: Studio) -> bool:
    """Whether a studio was named on this very application: it is no other one."""
    if studio.application is not None:
        return _key(studio.application) == case.key
    naming = studio.naming
    return naming is not None and naming.record.values.get(PublicityRow.year.header) == case.source.year \
        and studio.name == case[STUDIO]


def _superior(case: Case, matches: _Matches) -> Iterator[Finding]:
    """R03-4: once named by the state or the region, no longer eligible."""
    hits, field = matches.superior.leader(case), PERSON
    if not hits:
        hits, field = [row for row in matches.superior.unit(case) if _alike(case, row.record.values) in ("same", "trade")], UNIT
    if hits:
        yield case.finding("R03-4.hit", field, other=_title(hits[0]))
    elif names := matches.superior.namesakes(case):
        yield case.finding("R03-4.name", LEADER, other=_title(names[0]))


def _title(row: SuperiorRow) -> str:
    return " ".join(map(shown, row.known(SuperiorRow.level, SuperiorRow.studio, SuperiorRow.naming_number)))


def _bars(case: Case, matches: _Matches) -> Iterator[Finding]:
    """R19-4: the day of the bar's end still belongs to it; on a unit's other occupations it is a query."""
    basis = case.basis
    if basis is None:
        return
    standing = [each for each in matches.bars.leader(case) if each.on_person and basis <= each.until]
    if standing:
        yield case.finding("R19-4.bar", PERSON, value=case[LEADER], other=_studio_of(standing[0]), until=standing[0].until)
        return
    for each in matches.bars.unit(case):
        if basis <= each.until:
            same = each.on_unit and _alike(case, matches.bars.said(each))
            yield case.finding("R19-4.bar" if same else "R19-4.unit", UNIT, other=_studio_of(each), until=each.until)
            return


def _studio_of(each: Bar) -> str:
    return next(map(shown, each.row.known(WithdrawalRow.studio)), "")


def _pending(case: Case, matches: _Matches) -> Iterator[Finding]:
    """Applications of the same year from districts that are not in this batch."""
    year = case.source.year
    rows = [row for row in matches.pending.leader(case) if row.record.values.get(YEAR) == year]
    if rows:
        yield case.finding("R03-2.batch", PERSON, other=_in_ledger(rows[0]))
    same = [row for row in matches.pending.unit(case) if row.record.values.get(YEAR) == year
            and row.record.values.get(PERSON) != case[PERSON] and _alike(case, row.record.values) == "same"]
    if same:
        yield case.finding("R03-3.batch", OCCUPATION, value=case[UNIT], other=_in_ledger(same[0]))


def _in_ledger(row: ApplicationRow) -> str:
    values = row.record.values
    return f"台账中{shown(values.get(ApplicationRow.district.header))}“{shown(values.get(ApplicationRow.studio.header))}”"


def _named_already(case: Case, matches: _Matches) -> Iterator[Finding]:
    """R03-1: one round of naming a year; an application that was in it is none that comes late."""
    if case.source.year and case.source.year in matches.closed and case.key not in matches.in_time:
        yield case.finding("R03-1", STUDIO, year=case.source.year)


def _came_late(row: ApplicationRow) -> bool:
    """Whether the ledger took it when the naming of its year was done already: once late, always late."""
    late = finding("R03-1", row.record.place(STUDIO), year=row.record.values.get(YEAR)).message
    return late in shown(row.record.values.get(ApplicationRow.open_issues.header))
