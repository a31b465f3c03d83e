"""The review of an application as the ledger has it: whether it was held as the regulation asks, and what the ballots came to.

Documents, reminders, the audit and the merge all ask here.
Source: 乌人社规〔2023〕1号 第十一条 (R11)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise

from toolkit.forms.register_rows import ApplicationRow, PublicityRow, ReviewRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger.arrangements import arranged_twice, voting_of, voting_unset
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation
from toolkit.regulation.voting import VotingRules, result
from toolkit.returns.checks import ACCEPTED
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

STEPS = ("papers_read_on", "visited_on", "discussed_on", "voted_on")
"""Fields of a review, in the order of the regulation."""
KINDS = ("of_schools", "of_trades", "of_firms")
"""In the order of the list of kinds."""
COUNTS = ("experts_due", "experts_present", "ayes", "noes", "abstentions")
_USED = ("attendance", "passing", "base", "recusal")
_FIELDS = ReviewRow.fields
_NAMED_BY = (ReviewRow.year.header, ReviewRow.studio.header)


class Reviews:
    """Every review the ledger holds, found for an application. A year's application is known by its studio's name and its unit."""

    def __init__(self, books: Books, law: Regulation) -> None:
        self._books, self._law = books, law
        self._rules: dict[object, VotingRules | None] = {}

    @cached_property
    def _rows(self) -> dict[tuple[object, str], list[ReviewRow]]:
        found: dict[tuple[object, str], list[ReviewRow]] = {}
        for row in self._books.reviews:
            values = row.record.values
            found.setdefault((values.get(ReviewRow.year.header), shown(values.get(ReviewRow.studio.header))), []).append(row)
        return found

    @cached_property
    def _published(self) -> frozenset[tuple[object, str]]:
        return frozenset((row.record.values.get(PublicityRow.year.header), shown(row.record.values.get(PublicityRow.studio.header)))
                         for row in self._books.publicity if row.record.raw(PublicityRow.published_on.header) is not None)

    @cached_property
    def _years(self) -> frozenset[object]:
        """The years that were reviewed in the ledger."""
        return frozenset(year for year, _ in self._rows)

    def of(self, row: ApplicationRow) -> ReviewRow | None:
        """The review of an application: of the same unit, where the review names one."""
        unit = row.record.values.get(ApplicationRow.unit.header)
        return next((each for each in self._rows.get(_key(row), ())
                     if each.record.values.get(ReviewRow.unit.header) in (None, unit)), None)

    def certain(self, row: ApplicationRow) -> ReviewRow | None:
        """As `of`. Raises UnreadableCell where the application, or a review that may be its own, does not say for certain whose it is."""
        known = [each for each in self._rows.get((row.year, shown(row.studio)), ()) if each.unit in (None, row.unit)]
        if not known:
            for each in self._books.reviews:
                if not each.record.problems.keys().isdisjoint(_NAMED_BY) and each.year in (None, row.year):
                    raise UnreadableCell(each, ReviewRow.studio.column)
        return known[0] if known else None

    def rules(self, year: int | None) -> VotingRules | None:
        """How the ballots of a year count; None while the bureau has not set it."""
        if year not in self._rules:
            self._rules[year] = voting_of(self._books, self._law, year) if year else None
        return self._rules[year]

    def was_before(self, row: ApplicationRow) -> bool:
        """Whether it was made public in a year of which the ledger keeps no review: what was done then stays as it is."""
        year, _ = key = _key(row)
        return key in self._published and year not in self._years and self.rules(row.year) is None

    def reasons(self, review: ReviewRow) -> list[Finding]:
        """Why a review carries no conclusion; none where it does."""
        if twice := list(arranged_twice(self._books, review.year)):
            return twice
        rules = self.rules(review.year)
        if rules is None:
            place = review.record.place(ReviewRow.outcome.header)
            return [voting_unset(self._books, self._law, review.year, place)]
        return [*_held(review, self._law), *_counted(review, rules, self._law)]

    def ahead(self, row: ApplicationRow, on: date) -> Iterator[Finding]:
        """R11: a vote that is dated after the day `on` has not been held by then."""
        review = None if self.was_before(row) else self.certain(row)
        if review is not None and review.voted_on is not None and review.voted_on > on:
            place = review.record.place(ReviewRow.voted_on.header)
            yield finding("R11.ahead", place, review.voted_on, self._law.clause("R11"), studio=shown(review.studio), on=on)

    def outcome(self, review: ReviewRow) -> str:
        """通过, 不通过 or 未达出席比例, of a review that carries a conclusion."""
        rules = self.rules(review.year)
        if rules is None:
            raise ValueError(review.year)
        return result(review.experts_due or 0, review.experts_present or 0, review.ayes or 0, rules, self._law)


def _key(row: ApplicationRow) -> tuple[object, str]:
    values = row.record.values
    return values.get(ApplicationRow.year.header), shown(values.get(ApplicationRow.studio.header))


def _held(review: ReviewRow, law: Regulation) -> Iterator[Finding]:
    """Four steps in order, three kinds of experts, nothing of it open."""
    clause, studio = law.clause("R11"), shown(review.studio)
    for name in (*STEPS, *COUNTS, *KINDS):
        if getattr(review, name) is None:
            header = _FIELDS[name].header
            yield finding("R11.blank", review.record.place(header), header, clause, studio=studio)
    for before, name in pairwise(STEPS):
        earlier, day = getattr(review, before), getattr(review, name)
        if earlier and day and day < earlier:
            place = review.record.place(_FIELDS[name].header)
            yield finding("R11.order", place, day, clause, before=_FIELDS[before].header, earlier=earlier)
    for kind, name in zip(law.lists["expert_kinds"].names, KINDS, strict=True):
        if getattr(review, name) == 0:
            yield finding("R11.kinds", review.record.place(_FIELDS[name].header), kind, clause)
    if review.status not in (None, ACCEPTED):
        yield finding("R11.open", review.record.place(ReviewRow.status.header), review.status, clause, studio=studio)


def _counted(review: ReviewRow, rules: VotingRules, law: Regulation) -> Iterator[Finding]:
    """Votes that add up, counted by the shares of the year, and a result that says so."""
    clause, place = law.clause("R11"), review.record.place
    for name, wanted in zip(_USED, rules.names, strict=True):
        used, header = getattr(review, name), _FIELDS[name].header
        if used not in (None, wanted):
            yield finding("R11.differs", place(header), used, clause, field=header, wanted=wanted)
    numbers = [getattr(review, name) for name in COUNTS]
    if None in numbers:
        return
    due, present, ayes, noes, abstentions = numbers
    if ayes + noes + abstentions != present or present > due:
        yield finding("R11.sums", place(ReviewRow.experts_present.header), ayes + noes + abstentions, clause, wanted=present)
        return
    wanted = result(due, present, ayes, rules, law)
    if review.outcome not in (None, wanted):
        yield finding("R11.stated", place(ReviewRow.outcome.header), review.outcome, clause, studio=shown(review.studio), wanted=wanted)


def application_of(year: int | None, studio: str, unit: str | None, books: Books) -> ApplicationRow | None:
    """The application a review is about: of the year, by its studio's name and its unit."""
    return next((row for row in books.applications if row.record.values.get(ApplicationRow.studio.header) == studio
                 and row.record.values.get(ApplicationRow.year.header) == year
                 and unit in (None, row.record.values.get(ApplicationRow.unit.header))), None)


def conclusion(outcome: str, law: Regulation) -> str | None:
    """The 评审结论 that follows from a result; none where too few took part: they vote again."""
    return outcome if outcome in law.lists["review_results"].names else None
