"""What may be done with a row of the ledger, decided once: documents, reminders, checks and buttons all ask here.

A cell that decides and cannot be read stops the decision; it never counts as empty.
Source: 乌人社规〔2023〕1号 第十条至第十二条
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from toolkit.forms.register_rows import ApplicationRow, PublicityRow, ReviewRow
from toolkit.forms.typed_rows import RowField, TypedRow, UnreadableCell
from toolkit.ledger.books import Books
from toolkit.ledger.reviewing import Reviews
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import DAY, Holidays, Publicity, publicity
from toolkit.returns.checks import AWAITED, HELD, QUERIED
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.standing import GONE
from toolkit.returns.values import shown

SomeRow = TypeVar("SomeRow", bound=TypedRow)
# 公开名单上印的列：缺了哪一列都不能印。
PRINTED_OF_APPLICATION = (ApplicationRow.studio, ApplicationRow.leader, ApplicationRow.unit, ApplicationRow.occupation,
                          ApplicationRow.district)
PRINTED_OF_PUBLICITY = (PublicityRow.studio, PublicityRow.leader, PublicityRow.unit, PublicityRow.occupation,
                        PublicityRow.district)
_FORMS = {"date": "填成 2026-11-20 这样的日期", "year": "填四位年份", "money": "只填数字", "count": "只填整数", "points": "只填数字"}


@dataclass(frozen=True)
class Decision:
    """Whether something may be done with a row. `against`: why not; `stopping`: what must be mended before anything is decided."""

    against: tuple[Finding, ...] = ()
    stopping: tuple[Finding, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.against and not self.stopping


@dataclass(frozen=True)
class Selection(Generic[SomeRow]):
    """The rows of a register for one act: those chosen, and why others are left out or stop the whole."""

    chosen: list[SomeRow]
    left_out: Sequence[Finding]
    stopping: Sequence[Finding]


def unreadable(row: TypedRow, field: RowField, law: Regulation) -> Finding:
    """The finding about a deciding cell that cannot be read: what stands there and what can be filled in."""
    column, record = field.column, row.record
    if record.problems.get(field.header) == GONE:
        return finding("D-gone", record.place(field.header), field.header, column.clause)
    if column.choices:
        how = f"从下拉框选择“{'”“'.join(law.lists[column.choices].names)}”，没有的清空"
    else:
        how = _FORMS.get(column.kind.name, "改成可以读的内容") + "，没有的清空"
    return finding("D-unreadable", record.place(field.header), shown(record.raw(field.header)), column.clause, how=how)


def select(rows: Sequence[SomeRow], wanted: Callable[[SomeRow], bool], decide: Callable[[SomeRow], Decision], key: Sequence[RowField],
           law: Regulation) -> Selection[SomeRow]:
    """Decide on every row that is `wanted`; a row whose being wanted cannot be read, or that stands twice by `key`, stops the whole."""
    chosen: list[SomeRow] = []
    left_out: list[Finding] = []
    stopping: list[Finding] = []
    seen: dict[tuple, SomeRow] = {}
    for row in rows:
        try:
            if not wanted(row):
                continue
            own = tuple(shown(row.record.values.get(field.header)) for field in key)
            first = seen.setdefault(own, row)
            decision = decide(row)
        except UnreadableCell as cell:
            stopping.append(unreadable_cell(cell, law))
            continue
        if first is not row and decision.allowed:
            place = row.record.place(key[-1].header)
            decision = Decision(stopping=(finding("D-twice", place, "、".join(filter(None, own)), row=first.record.row + 1),))
        chosen += [row] if decision.allowed else []
        left_out += decision.against if not decision.stopping else ()
        stopping += decision.stopping
    return Selection(chosen, left_out, stopping)


def unreadable_cell(cell: UnreadableCell, law: Regulation) -> Finding:
    """The finding about the cell that was asked for."""
    return unreadable(cell.row, next(field for field in cell.row.fields.values() if field.column is cell.column), law)


def unprintable(row: TypedRow, fields: Sequence[RowField], law: Regulation) -> Iterator[Finding]:
    """What a public list could not print."""
    for field in fields:
        if field.header in row.record.problems:
            yield unreadable(row, field, law)
        elif row.record.values.get(field.header) is None:
            yield finding("D-blank", row.record.place(field.header), field.header, field.column.clause)


# ---- 公示 ----

def may_be_reviewed(row: ApplicationRow, law: Regulation) -> Decision:
    """R10, R11: taken in, nothing of it still open, and not reviewed to an end."""
    if gone := tuple(_given_up(row, law)):
        return Decision(gone)
    if row.review in law.lists["review_results"].where("passes") | law.lists["review_results"].where("fails"):
        place = row.record.place(ApplicationRow.review.header)
        return Decision((finding("R11.done", place, row.review, law.clause("R11"), studio=shown(row.studio)),))
    return Decision(tuple(_unsettled(row, law)))


def may_be_published(row: ApplicationRow, law: Regulation, reviews: Reviews, on: date) -> Decision:
    """R11, R10: passed a review that was held as the regulation asks, by the day `on`, and nothing of it is still open."""
    if gone := tuple(_given_up(row, law)):
        return Decision(gone)
    reviewed, lacking = passed_review(row, law, reviews), tuple(unprintable(row, PRINTED_OF_APPLICATION, law))
    if not reviewed.allowed:  # without its name no review is found
        unnamed = Decision(stopping=lacking) if lacking and row.review in law.lists["review_results"].where("passes") else reviewed
        return Decision(unnamed.against, (*unnamed.stopping, *_unsettled(row, law))) if unnamed.stopping else unnamed
    return Decision(stopping=(*lacking, *_unsettled(row, law), *reviews.ahead(row, on)))


def passed_review(row: ApplicationRow, law: Regulation, reviews: Reviews) -> Decision:
    """R11: the ballots in 评审 let it pass, and the typed 评审结论 says nothing else."""
    results, verdict, review = law.lists["review_results"], row.review, reviews.certain(row)
    place, clause, studio = row.record.place(ApplicationRow.review.header), law.clause("R11"), shown(row.studio)
    passes, typed = verdict in results.where("passes"), finding("R11.verdict", place, shown(verdict), clause, studio=studio)
    if reviews.was_before(row):
        return Decision() if passes else Decision((typed,))
    if review is None:
        if verdict is None:
            return Decision((finding("R11.none", place, studio, clause),))
        return Decision(stopping=(finding("R11.unreviewed", place, studio, clause),)) if passes else Decision((typed,))
    if reasons := tuple(reviews.reasons(review)):
        return Decision(stopping=reasons) if passes else Decision(reasons if verdict is None else (typed,))
    outcome = reviews.outcome(review)
    if verdict in results.where("passes") | results.where("fails") and verdict != outcome:
        return Decision(stopping=(finding("R11.contradicts", place, verdict, clause, studio=studio, wanted=outcome),))
    if outcome not in results.where("passes"):
        return Decision((finding("R11.outcome", review.record.place(ReviewRow.outcome.header), outcome, clause, studio=studio),))
    return Decision() if verdict is None or passes else Decision((typed,))


def ruled_out(row: ApplicationRow, law: Regulation) -> bool:
    """R03-2: whether the bureau ruled not to keep it."""
    return row.ruling is not None and row.ruling not in law.lists["rulings"].where("keeps")


def _given_up(row: ApplicationRow, law: Regulation) -> Iterator[Finding]:
    """R10, R03-2: an application of which nothing comes any more."""
    if row.status in law.lists["application_statuses"].where("withdrawn"):
        yield finding("R10.withdrawn", row.record.place(ApplicationRow.status.header), shown(row.studio), law.clause("R10"))
    elif ruled_out(row, law):
        yield finding("R03-2.ruled", row.record.place(ApplicationRow.ruling.header), shown(row.studio), law.clause("R03-2"), result=row.ruling)


_WAITS_FOR = {HELD: "作出裁定", QUERIED: "补充说明", AWAITED: "登记市局核准再合并一次"}


def _unsettled(row: ApplicationRow, law: Regulation) -> Iterator[Finding]:
    """R10: what of an application still waits for someone."""
    ruling, status, statuses = row.ruling, row.status, law.lists["application_statuses"]
    if status in statuses.where("withdrawing"):
        yield finding("R10.withdrawing", row.record.place(ApplicationRow.status.header), shown(row.studio), law.clause("R10"))
    if status == AWAITED or (status in (HELD, QUERIED) and ruling not in law.lists["rulings"].where("keeps")):
        action = _WAITS_FOR[status]
        yield finding("R10.open", row.record.place(ApplicationRow.status.header), shown(row.studio), law.clause("R10"),
                      status=status, action=action)


def days_known(period: Publicity, place: Place, law: Regulation) -> Decision:
    """R12-1: nobody can tell when publicity ends in a year whose days off are not known."""
    return Decision(stopping=tuple(finding("R12-1.calendar", place, year, law.clause("R12-1")) for year in period.unknown_years))


def may_be_published_again(row: ApplicationRow, last: PublicityRow | None, on: date, law: Regulation) -> Decision:
    """R12-1: an application is made public once for each time that it passes the review. last: where it was made public last."""
    if last is None or last.published_on in (None, on):
        return Decision()
    if row.reviewed_on is not None and row.reviewed_on > last.published_on and last.named_on is None:
        return Decision()
    return Decision((finding("R12-1.published", last.record.place(PublicityRow.published_on.header), shown(row.studio), law.clause("R12-1"),
                             day=last.published_on),))


def publishable(books: Books, year: int, on: date, law: Regulation) -> Selection[ApplicationRow]:
    """The year's applications that a 公示 of the day `on` lists."""
    rounds, reviews = rounds_of(books.publicity), Reviews(books, law)

    unnamed = [row for row in books.publicity if PublicityRow.studio.header in row.record.problems and row.year == year]

    def decide(row: ApplicationRow) -> Decision:
        decision = may_be_published(row, law, reviews, on)
        return may_be_published_again(row, latest(rounds, row.studio, year), on, law) if decision.allowed else decision

    found = select(books.applications, lambda row: row.year == year, decide, (ApplicationRow.leader_id, ApplicationRow.studio), law)
    return replace(found, stopping=[*found.stopping, *(unreadable(row, PublicityRow.studio, law) for row in unnamed)])


Rounds = Mapping[str, Sequence[PublicityRow]]
FIRST_ROUND = 1


def rounds_of(rows: Sequence[PublicityRow]) -> Rounds:
    """Studio → the rows that made it public."""
    found: dict[str, list[PublicityRow]] = {}
    for row in rows:
        for name in row.known(PublicityRow.studio):
            found.setdefault(name, []).append(row)
    return found


def latest(rounds: Rounds, studio: str | None, year: int | None) -> PublicityRow | None:
    """R12-1: the year's last round for a studio. Raises UnreadableCell where its year or round cannot be read."""
    own = [row for row in rounds.get(studio or "", ()) if row.year == year]
    return max(own, key=lambda row: row.round or FIRST_ROUND, default=None)


def superseded(row: PublicityRow, rounds: Rounds) -> bool:
    """Whether a later round of the year took the place of this one."""
    last = latest(rounds, row.studio, row.year)
    return last is not None and (last.round or FIRST_ROUND) > (row.round or FIRST_ROUND)


# ---- 命名 ----

@dataclass(frozen=True)
class Objection:
    """Where an objection stands: 未提出 | 待处理 | 不成立 | 成立; 填写不一 where the cells say different things."""

    state: str
    finding: Finding | None = None


NONE, OPEN, REJECTED, UPHELD, CONTRADICTORY = "未提出", "待处理", "不成立", "成立", "填写不一"


def objection(row: PublicityRow, law: Regulation) -> Objection:
    """R12-2: what became of an objection. Contradictory cells are a finding."""
    raised, result, _ = row.objection, row.objection_result, row.objection_reason
    results, clause = law.lists["objection_results"], law.clause("R12-2")
    place = row.record.place(PublicityRow.objection_result.header)
    if raised != "是":
        if result is not None:
            place = row.record.place(PublicityRow.objection.header)
            return Objection(CONTRADICTORY, finding("R12-2.contradicts", place, shown(raised) or "空", clause, result=result))
        return Objection(NONE)
    if result is None:
        return Objection(OPEN, finding("R12-2", place, shown(row.studio), clause))
    if result in results.where("upheld"):
        return Objection(UPHELD, finding("R12-2.upheld", place, shown(row.studio), clause))
    return Objection(REJECTED)


def public_until(row: PublicityRow, law: Regulation, holidays: Holidays) -> date | None:
    """R12-1: the last day of publicity as registered, else counted from the day of publication; None where it was not made public."""
    if row.published_on is None:
        return None
    return row.public_until or publicity(row.published_on, law, holidays).last


def end_known(row: PublicityRow, law: Regulation, holidays: Holidays) -> Decision:
    """R12-1: whether the last day of publicity stands there, no earlier than it can be, or can be counted."""
    if row.published_on is None:
        return Decision()
    place = row.record.place(PublicityRow.public_until.header)
    if row.public_until is None:
        return days_known(publicity(row.published_on, law, holidays), place, law)
    least = row.published_on + law["publicity_days"] * DAY - (DAY if law.yes("publicity_counts_first_day") else timedelta())
    if row.named_on is None and row.public_until < least:
        return Decision(stopping=(finding("R12-1.short", place, row.public_until, law.clause("R12-1"), day=row.published_on, wanted=least),))
    return Decision()


def named_before(row: PublicityRow, on: date, law: Regulation) -> Decision:
    """R12-2: a studio is named once."""
    if row.named_on in (None, on):
        return Decision()
    return Decision((finding("R12-2.done", row.record.place(PublicityRow.named_on.header), shown(row.studio), law.clause("R12-2"),
                             day=row.named_on),))


def may_be_named(row: PublicityRow, on: date, law: Regulation, holidays: Holidays) -> Decision:
    """R12-1, R12-2: publicity is over by the day `on`, and no objection is open or upheld."""
    last = public_until(row, law, holidays)
    place = row.record.place(PublicityRow.public_until.header)
    if last is None:
        return Decision((finding("R12-1.unpublished", place, shown(row.studio), law.clause("R12-1")),))
    raised = objection(row, law)
    if raised.finding is not None:
        refused = raised.state in (OPEN, UPHELD)
        return Decision((raised.finding,)) if refused else Decision(stopping=(raised.finding,))
    known = end_known(row, law, holidays)
    if not known.allowed:
        return known
    if on <= last:
        return Decision((finding("R12-1.early", place, shown(row.studio), law.clause("R12-1"), on=on, until=last),))
    return Decision(stopping=tuple(unprintable(row, PRINTED_OF_PUBLICITY, law)))


def nameable(rows: Sequence[PublicityRow], year: int, on: date, law: Regulation, holidays: Holidays,
             once: bool = False) -> Selection[PublicityRow]:
    """The studios of the year's publicity that a naming on `on` covers. once: not those named on another day."""
    rounds = rounds_of(rows)

    def decide(row: PublicityRow) -> Decision:
        decision = named_before(row, on, law) if once else Decision()
        return may_be_named(row, on, law, holidays) if decision.allowed else decision

    return select(rows, lambda row: row.year == year and not superseded(row, rounds), decide, (PublicityRow.studio,), law)
