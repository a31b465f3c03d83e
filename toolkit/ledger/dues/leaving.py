"""Leaders who reach their last day; construction periods that are over and assessed, and not closed yet.

Source: 乌人社规〔2023〕1号 第十八条、第十九条
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.forms.register_rows import StudioRow
from toolkit.ledger import stages
from toolkit.ledger.dues import charges
from toolkit.ledger.dues.watch import Obligation, Watch
from toolkit.ledger.studios import Studio
from toolkit.regulation.calendar import DAY


def tasks(watch: Watch) -> Iterator[Iterator[Obligation]]:
    """What each studio asks for whose leader leaves, or whose period has ended."""
    for studio in watch.studios:
        yield from (part(studio, watch) for part in (_leader, _period_over))


def _leader(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R18-1, R18-2, R18-3: applied for before the leader leaves; told on until something is. A change under way is told for itself."""
    last = studio.last_day
    if not studio.counts or last is None or studio.open_change is not None:
        return
    if watch.on < last - watch.law["retirement_notice_days"] * DAY:
        return
    row = studio.row
    field = type(row).fields["studio"] if not isinstance(row, StudioRow) else StudioRow.leaves_on if studio.stays_until else StudioRow.retires_on
    day = f"{last}离岗" if studio.stays_until else f"{last}到法定退休日"
    yield Obligation(row, field, watch.law.clause("R18-2"),
                     f"领办人{studio.leader or ''}{day}，请申办单位书面申请变更领办人、返聘、延迟退休、退休保牌或者撤销。", last, now=True,
                     charge=charges.LEADER_LEAVES)


def _period_over(studio: Studio, watch: Watch) -> Iterator[Obligation]:
    """R12-3: assessed and past its last day, it still takes up a place until it is closed."""
    row = studio.row
    if isinstance(row, StudioRow) and studio.is_settled(watch.on) and stages.of_studio(studio, watch.on) == stages.FIT:
        yield Obligation(row, StudioRow.status, watch.law.clause("R19-2"),
                         f"建设周期已于{studio.ends}届满，期满考核{studio.grade}，请登记届满。", charge=charges.PERIOD_OVER)
