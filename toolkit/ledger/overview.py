"""The ledger in one look: the year's applications, the studios, the money, the results, what is to be done next.

Counted with the functions that decide everything else: states by `stages`, money by `money`, terms by `dues`.
Source: 乌人社规〔2023〕1号 第十条至第二十条
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.forms.register_rows import ApplicationRow, StudioRow
from toolkit.forms.typed_rows import UnreadableCell
from toolkit.ledger import dues, money, subjects
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Due, Watch
from toolkit.ledger.studios import Studio
from toolkit.ledger.subjects import Subject
from toolkit.regulation import Regulation
from toolkit.regulation import rubric as annex
from toolkit.regulation.calendar import Holidays
from toolkit.regulation.procedure import APPLICATION, STUDIO
from toolkit.returns.values import shown

UNREADABLE = "有格子读不懂"
"""How what cannot be told is counted: the cell is a finding of 校验台账."""
PAID, MATCHED, SPENT, OWED, RECOVERED = "补助已拨付", "配套已到位", "已支出", "应追回", "已追回"
UNASSESSED = "未考"


@dataclass(frozen=True)
class Overview:
    """As of the day `on`. applications, studios: state → how many, of the year's applications and of every studio ever named; by_district:
    district → (valid studios, the year's applications); money: 元 by name; results: grade → studios; found: everything due."""

    on: date
    soon_days: int
    applications: Mapping[str, int]
    studios: Mapping[str, int]
    valid: int
    by_district: Mapping[str, tuple[int, int]]
    money: Mapping[str, Decimal]
    results: Mapping[str, int]
    found: Sequence[Due]

    def due(self, *states: str) -> int:
        """How many things are due in one of the states."""
        return sum(each.state in states for each in self.found)

    @property
    def next(self) -> list[Due]:
        """What is due, the most pressing first, whoever has to do it."""
        return sorted(self.found, key=lambda each: (dues.STATES.index(each.state), each.date or date.max))


def of_books(books: Books, law: Regulation, on: date, holidays: Holidays) -> Overview:
    """`law` with the bureau's parameters, `holidays` with its days off."""
    watch = Watch(books, law, on, holidays)
    applications = [row for row in books.applications if row.record.values.get(ApplicationRow.year.header) == on.year]
    valid = [studio for studio in watch.studios if _counts(studio)]
    districts = law.lists["districts"].names
    placed = Counter(_district(studio) for studio in valid)
    applied = Counter(shown(row.record.values.get(ApplicationRow.district.header)) for row in applications)
    return Overview(
        on, law["due_soon_days"], _by_stage(APPLICATION, (subjects.of_application(row, watch) for row in applications), law),
        _by_stage(STUDIO, (subjects.of_studio(studio, watch) for studio in watch.studios), law), len(valid),
        {name: (placed[name], applied[name]) for name in districts}, _money(watch), _results(watch.studios, law),
        dues.find(books, law, on, holidays))


def _by_stage(kind: str, found: Iterable[Subject], law: Regulation) -> dict[str, int]:
    counts = Counter(map(_stage, found))
    return {name: counts[name] for name in (*(stage.name for stage in law.procedure.stages.values() if stage.of == kind), UNREADABLE)}


def _stage(subject: Subject) -> str:
    try:
        return subject.stage
    except UnreadableCell:
        return UNREADABLE


def _counts(studio: Studio) -> bool:
    try:
        return studio.counts
    except UnreadableCell:
        return False


def _district(studio: Studio) -> str:
    try:
        return studio.district or ""
    except UnreadableCell:
        return ""


def _results(studios: Sequence[Studio], law: Regulation) -> dict[str, int]:
    """R19-3: the studios that have each grade; those that count and have none yet."""
    counts: Counter[str] = Counter()
    for studio in studios:
        try:
            counts[studio.grade or (UNASSESSED if studio.counts else "")] += 1
        except UnreadableCell:
            continue
    return {name: counts[name] for name in (*(band.name for band in annex.of(law).bands), UNASSESSED)}


def _money(watch: Watch) -> dict[str, Decimal]:
    """R13-1, R13-2, R13-3, R19-4: what came in, went out, is to come back and came back (元), of every studio."""
    totals = dict.fromkeys((PAID, MATCHED, SPENT, OWED, RECOVERED), Decimal(0))
    for studio in watch.studios:
        for name, amount in _of_studio(studio, watch.law):
            totals[name] += amount
    for row in watch.books.withdrawals:
        amounts = {OWED: row.record.values.get(type(row).owed.header), RECOVERED: row.record.values.get(type(row).recovered.header)}
        known = watch.studio_of(row)
        if known is not None and known.withdrawal is row:
            del amounts[RECOVERED]
        for name, value in amounts.items():
            totals[name] += Decimal(value or 0)
    return totals


def _of_studio(studio: Studio, law: Regulation) -> list[tuple[str, Decimal]]:
    """Entries of 经费, without any the total that stands in 工作室; nothing where a cell cannot be read."""
    try:
        row = studio.row if isinstance(studio.row, StudioRow) else None
        matched, spent = money.received(studio, "matching", law), money.spent(studio, law)
        return [(PAID, money.subsidy_paid(studio, law)), (MATCHED, _else(matched, row and row.matching)), (SPENT, _else(spent, row and row.spent)),
                (RECOVERED, money.recovered(studio, law) if studio.withdrawal is not None else Decimal(0))]
    except UnreadableCell:
        return []


def _else(entries: Decimal | None, stated: object) -> Decimal:
    return entries if entries is not None else Decimal(str(stated or 0))
