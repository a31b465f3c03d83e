"""Studios as 工作室 and 公示命名 register them, with the periods that run from the day of naming.

Source: 乌人社规〔2023〕1号 第十九条、第二十条 (R12-3)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.ledger.dues.watch import Watch
from toolkit.regulation.calendar import add_years
from toolkit.returns.records import Record


@dataclass(frozen=True)
class Studio:
    """A named studio: its row of 工作室 (of 公示命名 while it stands in no other), its periods as far as they are known."""

    row: Record
    begins: date | None
    ends: date | None
    liable_until: date | None

    @property
    def name(self) -> str:
        return self.row["工作室名称"]

    @property
    def status(self) -> str | None:
        return self.row["状态"]


def studios(watch: Watch) -> Iterator[Studio]:
    """Every studio that has been named, whatever became of it."""
    registered = [row for row in watch.standing.records("工作室") if row["工作室名称"]]
    names = {row["工作室名称"] for row in registered}
    others = [row for row in watch.standing.records("公示命名") if row["命名日期"] and row["工作室名称"] not in names]
    for row in (*registered, *others):
        begins = row["建设周期起"] or row["命名日期"]
        ends = row["建设周期止"] or (begins and add_years(begins, watch.law["construction_years"]))
        liable = row["四年期止"] or (begins and add_years(begins, watch.law["liability_years"]))
        yield Studio(row, begins, ends, liable)
