"""The year's round before publicity, told once for the year: districts that have not reported, applications to be reviewed, those to be
made public.

Source: 乌人社规〔2023〕1号 第十条、第十一条、第十二条. The law gives no term; the last day for returns is the bureau's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.register_rows import ApplicationRow, ArrangementRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger import decisions
from toolkit.ledger.arrangements import voting_of
from toolkit.ledger.dues import charges
from toolkit.ledger.dues.naming import closed_years
from toolkit.ledger.dues.watch import Obligation, Watch
from toolkit.ledger.unreported import unreported


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
    ready = list(_those(rows, lambda row: row.review is None and decisions.may_be_reviewed(row, watch.law).allowed
                        and watch.reviews.certain(row) is None))
    if ready:
        unset = "" if voting_of(watch.books, watch.law, year) else "先在“年度安排”表定出席比例、通过比例、计票基数、回避计法，再"
        yield Obligation(ready[0], ApplicationRow.review, watch.law.clause("R11"),
                         f"{year}年度已受理{len(ready)}件申报，还没有评审。请{unset}生成评审表决，填好以后合并入账。", charge=charges.REVIEW,
                         about=("", ""))


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
