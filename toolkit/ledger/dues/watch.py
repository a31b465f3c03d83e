"""What is due, as a value, and the ledger seen from one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Holidays
from toolkit.returns.findings import Place
from toolkit.returns.records import Record
from toolkit.returns.standing import Standing

OVERDUE, TODAY, SOON, OPEN = "逾期", "今天", "将到期", "可办理"
STATES = (OVERDUE, TODAY, SOON, OPEN)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done. `days` until `date`, negative once it has passed; both None where the law gives no term.

    state: 逾期 | 今天 | 将到期 (within the look-ahead) | 可办理 (can be done now, the term is far off or there is none).
    """

    date: date | None
    days: int | None
    studio: str
    district: str
    what: str
    clause: str
    place: Place
    state: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something to be done, told by a row and the column where its being done is recorded.

    day: the last day of its term (None: the law gives none). `now`: it can be done already, however far off that day is.
    """

    row: Record
    header: str
    clause: str
    what: str
    day: date | None = None
    now: bool = False


@dataclass(frozen=True)
class Watch:
    """The ledger seen from the day `on`, under the law as the bureau's parameters set it."""

    standing: Standing
    law: Regulation
    on: date
    holidays: Holidays

    @cached_property
    def districts(self) -> Mapping[str, str]:
        """Studio → its district, as far as the ledger says."""
        return {row["工作室名称"]: row["区县"] for sheet in ("期满考核", "公示命名", "工作室")
                for row in self.standing.records(sheet) if row["工作室名称"] and row["区县"]}

    def due(self, task: Obligation) -> Due | None:
        """The task with its days and state; None while its term is beyond the look-ahead and nothing can be done yet."""
        days = None if task.day is None else (task.day - self.on).days
        if days is None or days > self.law["due_soon_days"]:
            if days is not None and not task.now:
                return None
            state = OPEN
        else:
            state = OVERDUE if days < 0 else SOON if days else TODAY
        row = task.row
        studio = row["工作室名称"] or row["对象"] or ""
        district = row["区县"] or row["推荐区县"] or self.districts.get(studio, "")
        return Due(task.day, days, studio, district, task.what, task.clause, row.place(task.header), state)
