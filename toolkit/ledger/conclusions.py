"""评审结论 and 评审日期 of applications, as they follow from a review that is taken into the ledger.

What people typed is left alone; what followed from the review as it stood before follows it on.
Source: 乌人社规〔2023〕1号 第十一条 (R11)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.forms.register_rows import ApplicationRow, ReviewRow
from toolkit.forms.review import REVIEW
from toolkit.ledger.books import Books
from toolkit.ledger.changes import Change
from toolkit.ledger.reviewing import Reviews, application_of, conclusion
from toolkit.ledger.versions import Choice
from toolkit.regulation import Regulation
from toolkit.returns.checks import ACCEPTED, Checked, reviewed
from toolkit.returns.checks.case import Case
from toolkit.returns.values import shown

_RESULT, _DAY = ApplicationRow.review.header, ApplicationRow.reviewed_on.header


def conclusions(taken: Sequence[Choice], checked: Checked, books: Books, law: Regulation) -> Iterator[Change]:
    """The changes of 申报批次 that the reviews of this merge bring."""
    sources = [choice.chosen for choice in taken if choice.chosen.form is REVIEW]
    reviews = Reviews(books, law)
    for case in checked.cases:
        if case.source not in sources or checked.outcome(case) != ACCEPTED:
            continue
        row = application_of(case.source.year, shown(case[ReviewRow.studio.header]), case[ReviewRow.unit.header], books)
        if row is not None and not _is_older(case, row, reviews):
            yield from _change(case, row, reviews, law)


def _change(case: Case, row: ApplicationRow, reviews: Reviews, law: Regulation) -> Iterator[Change]:
    values, before = row.record.values, reviews.of(row)
    outcome = reviewed.outcome_of(case)
    wanted = {_RESULT: conclusion(outcome, law) if outcome else None, _DAY: case[ReviewRow.voted_on.header]}
    was = before.record.values if before is not None else {}
    earlier = {_RESULT: was.get(ReviewRow.outcome.header), _DAY: was.get(ReviewRow.voted_on.header)}
    follows = _is_postponed(row, law) and was.get(ReviewRow.voted_on.header) and wanted[_DAY] and wanted[_DAY] > was[ReviewRow.voted_on.header]
    fields = {header: (values.get(header), new) for header, new in wanted.items()
              if values.get(header) != new and header not in row.record.problems and (follows or values.get(header) in (None, earlier[header]))}
    if fields:
        yield Change(row.sheet.name, row.record.row, shown(case[ReviewRow.studio.header]), fields)


def _is_postponed(row: ApplicationRow, law: Regulation) -> bool:
    """缓议: whoever is voted on again after that gets the new result."""
    results = law.lists["review_results"]
    return row.record.values.get(_RESULT) in set(results.names) - results.where("passes") - results.where("fails")


def _is_older(case: Case, row: ApplicationRow, reviews: Reviews) -> bool:
    """Whether the ledger has a later return on it."""
    review = reviews.of(row)
    kept = review.record.values.get(ReviewRow.filled_on.header) if review else None
    return bool(kept and case.source.filled_on and kept > case.source.filled_on)
