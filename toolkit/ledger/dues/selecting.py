"""The year's round before publicity, told once for the year: districts that have not reported, applications to be reviewed, those to be
made public.

Source: 乌人社规〔2023〕1号 第十条、第十一条、第十二条. The law gives no term; the last day for returns is the bureau's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.register_rows import ApplicationRow, ArrangementRow, ReviewRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger import decisions
from toolkit.ledger.arrangements import voting_of
from toolkit.ledger.dues import charges
from toolkit.ledger.dues.naming import closed_years
from toolkit.ledger.dues.watch import Obligation, Watch
from toolkit.ledger.unreported import unreported
from toolkit.regulation.voting import INQUORATE
from toolkit.returns.checks import ACCEPTED


def tasks(watch: Watch) -> Iterator[Iterator[Obligation]]:
    """What the years ask for whose round is not over."""
    closed = closed_years(watch)
    for arranged in watch.books.of(ArrangementRow):
        yield _returns(arranged, closed, watch)
    applications: dict[int, list[ApplicationRow]] = {}
    for row in watch.books.applications:
        for year in row.known(ApplicationRow.year):
            if not closed(year):
                applications.setdefault(year, []).append(row)
    for year, rows in applications.items():
        yield _review(year, rows, watch)
        yield _publicity(year, rows, watch)


def _returns(arranged: ArrangementRow, closed: Callable[[int | None], bool], watch: Watch) -> Iterator[Obligation]:
    """R10: a district without applications says so."""
    year = arranged.year
    if year is None or closed(year) or arranged.deadline is None:
        return
    found = unreported(watch.books, watch.law, year, watch.on)
    for district in found.districts if found else ():
        yield Obligation(arranged, ArrangementRow.deadline, watch.law.clause("R10"),
                         f"还没有报送{year}年度{RECOMMENDATION.name}，没有推荐的也要报“无推荐”。", arranged.deadline, charge=charges.RETURN,
                         about=("", district))


def _review(year: int, rows: Sequence[ApplicationRow], watch: Watch) -> Iterator[Obligation]:
    """R11: everything that was taken in is voted on; not before the last day for returns."""
    wait = unreported(watch.books, watch.law, year, watch.on)
    if wait is not None and watch.on <= wait.deadline:
        return
    open_to = list(_those(rows, lambda row: decisions.may_be_reviewed(row, watch.law).allowed and _is_certain(row, watch)))
    yield from _first_round(year, [row for row in open_to if row.review is None and watch.reviews.of(row) is None], watch)
    yield from _again(year, [row for row in open_to if row.review is not None], "缓议", watch)
    held = [(row, review) for row in open_to if row.review is None and (review := watch.reviews.of(row)) is not None]
    yield from _again(year, [row for row, review in held if _is_inquorate(review, watch)], "表决时出席没有达到比例", watch)
    unsettled = [review for _, review in held if _is_unsettled(review)]
    if unsettled:
        yield Obligation(unsettled[0], ReviewRow.status, watch.law.clause("R11"),
                         f"{year}年度有{len(unsettled)}件的表决还有提示没有改正或说明，没有评审结论。请改正，或者在评审表决的“备注”写明，再合并一次。",
                         charge=charges.VOTE_HELD, about=("", ""))


def _is_certain(row: ApplicationRow, watch: Watch) -> bool:
    """Raises UnreadableCell where it cannot be told which review is the application's."""
    watch.reviews.certain(row)
    return True


def _first_round(year: int, rows: Sequence[ApplicationRow], watch: Watch) -> Iterator[Obligation]:
    if rows:
        unset = "" if voting_of(watch.books, watch.law, year) else "先在“年度安排”表定出席比例、通过比例、计票基数、回避计法，再"
        yield Obligation(rows[0], ApplicationRow.review, watch.law.clause("R11"),
                         f"{year}年度已受理{len(rows)}件申报，还没有评审。请{unset}生成评审表决，填好以后合并入账。", charge=charges.REVIEW,
                         about=("", ""))


def _again(year: int, rows: Sequence[ApplicationRow], why: str, watch: Watch) -> Iterator[Obligation]:
    """What was voted on and not decided: another vote decides it."""
    if rows:
        yield Obligation(rows[0], ApplicationRow.review, watch.law.clause("R11"),
                         f"{year}年度有{len(rows)}件申报{why}，还没有评审结论。请再生成评审表决，重新表决以后合并入账。", charge=charges.REVIEW,
                         about=("", ""))


def _is_inquorate(review: ReviewRow, watch: Watch) -> bool:
    """Whether it was held as the regulation asks, but too few took part."""
    try:
        return not watch.reviews.reasons(review) and watch.reviews.outcome(review) == INQUORATE
    except UnreadableCell:
        return False


def _is_unsettled(review: ReviewRow) -> bool:
    return review.record.values.get(ReviewRow.status.header) not in (None, ACCEPTED)


def _publicity(year: int, rows: Sequence[ApplicationRow], watch: Watch) -> Iterator[Obligation]:
    """R12-1: what passed, and was not made public since."""
    rounds = decisions.rounds_of(watch.books.publicity)

    def is_ready(row: ApplicationRow) -> bool:
        last = decisions.latest(rounds, row.studio, year)
        waits = last is None or last.published_on is None or (
            last.published_on != watch.on and decisions.may_be_published_again(row, last, watch.on, watch.law).allowed)
        return waits and decisions.may_be_published(row, watch.law, watch.reviews, watch.on).allowed

    ready = list(_those(rows, is_ready))
    if ready:
        yield Obligation(ready[0], ApplicationRow.review, watch.law.clause("R12-1"), f"{year}年度评审通过{len(ready)}件，还没有公示，请公示。",
                         charge=charges.PUBLICITY, about=("", ""))


def _those(rows: Sequence[ApplicationRow], wanted: Callable[[ApplicationRow], bool]) -> Iterator[ApplicationRow]:
    """Rows that are wanted; one with a cell that cannot be read is a finding elsewhere, and keeps back none of the others."""
    for row in rows:
        try:
            if wanted(row):
                yield row
        except UnreadableCell:
            continue
