"""What the registers tell of one studio or application, as events in the order of their days, each with its clause and its cells.

Nothing is judged here. A cell that cannot be read is told as it stands. Source: 乌人社规〔2023〕1号 第九条至第二十条
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from toolkit.forms import model
from toolkit.forms.register_rows import (
    AchievementRow,
    ActivityRow,
    ApplicationRow,
    AssessmentRow,
    ChangeRow,
    FundRow,
    GoalRow,
    PublicityRow,
    ReviewRow,
    StudioRow,
    TraineeRow,
    WithdrawalRow,
    YearlyRow,
)
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger.studios import ByStudio, called
from toolkit.ledger.subjects import Subject
from toolkit.regulation import Regulation
from toolkit.returns.findings import Place
from toolkit.returns.values import shown

NO_DAY, UNREAD, AHEAD = "没有写日期", "读不懂", "还没有到"
_PRIVATE = (model.id_number, model.phone)
"""Kinds of columns whose content is never quoted."""


@dataclass(frozen=True)
class EventKind:
    """An event that a row tells: the cell with its day, what it is called, its rule, the cells that say more; `clause`: the cell that
    names the clause itself."""

    day: Any  # a RowField; named as its type it would pass for a column of this class
    what: str
    rule: str
    more: tuple[RowField, ...] = ()
    clause: Any = None


@dataclass(frozen=True)
class EventSource:
    """Where a return told it: its file, sheet, row and the beginning of the hash of its content."""

    file: str
    sheet: str
    row: str
    sha256: str

    def __str__(self) -> str:
        row = f"第{self.row}行" if self.row else ""
        return f"{self.file} {self.sheet}{row}（{self.sha256}）"


@dataclass(frozen=True)
class TimelineEvent:
    """`day` is None where there is none that can be read; `when` is what a reader sees in its place."""

    day: date | None
    when: str
    what: str
    clause: str
    place: Place
    source: EventSource | None = None
    unreadable: bool = False


_A, _R, _P, _W = ApplicationRow, ReviewRow, PublicityRow, WithdrawalRow
EVENTS: Mapping[type[TypedRow], tuple[EventKind, ...]] = {
    _A: (EventKind(_A.filled_on, "区（县）报送推荐", "R09-1", (_A.year, _A.leader, _A.unit, _A.occupation)),
         EventKind(_A.opinion_on, "区（县）初审", "R10", (_A.opinion, _A.status)),
         EventKind(_A.approved_on, "市局核准", "R07-1a", (_A.approval_number, _A.approved_by)),
         EventKind(_A.reviewed_on, "评审有了结论", "R11", (_A.review,))),
    _R: (EventKind(_R.papers_read_on, "评审：审阅材料", "R11"), EventKind(_R.visited_on, "评审：现场考察", "R11"),
         EventKind(_R.discussed_on, "评审：集中评议", "R11"),
         EventKind(_R.voted_on, "评审：实名表决", "R11", (_R.experts_due, _R.experts_present, _R.ayes, _R.noes, _R.abstentions, _R.outcome))),
    _P: (EventKind(_P.published_on, "公示", "R12-1", (_P.round, _P.public_until, _P.objection, _P.objection_result)),
         EventKind(_P.named_on, "命名授牌", "R12-2", (_P.naming_number, _P.plaque, _P.number)),
         EventKind(_P.filed_on, "命名备案", "R12-2", (_P.filing_number,))),
    FundRow: (EventKind(FundRow.day, "经费", "R13-3", (FundRow.kind, FundRow.amount, FundRow.source, FundRow.use, FundRow.voucher)),),
    TraineeRow: (EventKind(TraineeRow.agreed_on, "签订师带徒协议", "R04", (TraineeRow.name, TraineeRow.trade, TraineeRow.agreement)),
                 EventKind(TraineeRow.issued_on, "徒弟取证", "R04", (TraineeRow.name, TraineeRow.level, TraineeRow.certificate))),
    ActivityRow: (EventKind(ActivityRow.day, "活动", "R05", (ActivityRow.kind, ActivityRow.topic, ActivityRow.scope, ActivityRow.people)),),
    AchievementRow: (EventKind(AchievementRow.finished_on, "成果", "R06", (AchievementRow.kind, AchievementRow.project)),),
    GoalRow: (EventKind(GoalRow.unit_signed_on, "目标任务书：单位签字", "R17", (GoalRow.year, GoalRow.trainees, GoalRow.certified)),
              EventKind(GoalRow.leader_signed_on, "目标任务书：领办人签字", "R17", (GoalRow.year,))),
    YearlyRow: (EventKind(YearlyRow.summary_on, "报送年度总结", "R19-1", (YearlyRow.year,)),
                EventKind(YearlyRow.plan_on, "报送年度计划", "R19-1", (YearlyRow.year,)),
                EventKind(YearlyRow.reported_on, "年度绩效评估报市局", "R19-1", (YearlyRow.year, YearlyRow.reference_points, YearlyRow.status))),
    AssessmentRow: (EventKind(AssessmentRow.assessed_on, "期满考核", "R19-2", (AssessmentRow.total, AssessmentRow.grade, AssessmentRow.status)),),
    ChangeRow: (EventKind(ChangeRow.happened_on, "重大事项发生", "R18-0", (ChangeRow.matter, ChangeRow.reason)),
                EventKind(ChangeRow.applied_on, "申请变更", "R18-0", (ChangeRow.matter, ChangeRow.before, ChangeRow.after)),
                EventKind(ChangeRow.answered_on, "变更备案、批复", "R18-0", (ChangeRow.matter, ChangeRow.approval_number))),
    _W: (EventKind(_W.happened_on, "撤销、取消的事由发生", "R20-5", (_W.reason,), _W.ground),
         EventKind(_W.found_on, "认定撤销、取消", "R20-5", (_W.reason, _W.basis), _W.ground),
         EventKind(_W.decided_on, "印发撤销、取消决定", "R20-5", (_W.decision_number,), _W.ground),
         EventKind(_W.recovery_on, "通知追回资金", "R19-4", (_W.recovery_number, _W.owed, _W.recovered, _W.repay_until), _W.ground),
         EventKind(_W.plaque_returned_on, "收回牌匾", "R19-4", (), _W.ground),
         EventKind(_W.filed_on, "撤销、取消备案", "R19-4", (), _W.ground),
         EventKind(_W.barred_until, "禁申截止", "R19-4", (_W.bar_subject,), _W.ground)),
    StudioRow: (EventKind(StudioRow.ends, "建设周期届满", "R12-3"), EventKind(StudioRow.liable_until, "四年期满", "R20-5")),
}
"""Register → its events, in the order of a studio's life."""


def timeline(subject: Subject, law: Regulation) -> list[TimelineEvent]:
    """Every event that is recorded, by day; those without a day that can be read last, former names (R18-1) at the very end."""
    found = [event for row in rows_of(subject) for event in _events(row, law, subject.watch.on)]
    found.sort(key=lambda event: (event.day is None, event.day or date.min))  # stable: those of one day as a life goes
    names = subject.studio.row if subject.studio else None
    if isinstance(names, StudioRow) and StudioRow.former_names.header in names.record.values:
        field = StudioRow.former_names
        said = shown(names.record.values[field.header])
        found.append(TimelineEvent(None, "", f"曾用名：{said}", law.clause("R18-1"), names.record.place(field.header)))
    return found


def rows_of(subject: Subject) -> Iterator[TypedRow]:
    """The rows that are about it, register by register in the order of a studio's life.

    Registers without numbers are searched by name, present and former, within the district.
    """
    anchor = subject.studio.row if subject.studio else subject.application
    assert anchor is not None
    for kind in EVENTS:
        if kind is StudioRow:
            if isinstance(anchor, StudioRow):
                yield anchor
        else:
            yield from (row for row in ByStudio(subject.watch.books.of(kind)).of(called(anchor)) if _same_district(row, subject))


def _same_district(row: TypedRow, subject: Subject) -> bool:
    field = type(row).fields.get("district")
    said = row.record.values.get(field.header) if field else None
    return not (said and subject.district) or said == subject.district


def _events(row: TypedRow, law: Regulation, on: date) -> Iterator[TimelineEvent]:
    kinds = EVENTS[type(row)]
    happened = [kind for kind in kinds if row.record.raw(kind.day.header) is not None or kind.day.header in row.record.problems]
    told = {field.header for kind in happened or kinds[:1] for field in (kind.day, *kind.more, kind.clause) if field}
    others = [header for header in row.record.problems if header not in told]
    if not happened and isinstance(row, StudioRow) and not others:
        return
    for place, kind in enumerate(happened or kinds[:1]):
        yield _event(row, kind, others if place == 0 else (), law, on)


def _event(row: TypedRow, kind: EventKind, others: Sequence[str], law: Regulation, on: date) -> TimelineEvent:
    record = row.record
    header = kind.day.header
    day = None if header in record.problems else record.values.get(header)
    said = [f"{field.header}：{text}" for field in kind.more if (text := _said(row, field.header))]
    said += [f"{each}：{_said(row, each)}" for each in others]
    said += [f"日期：{_said(row, header)}"] if header in record.problems else []
    said += [AHEAD] if day and day > on else []
    stated = record.values.get(kind.clause.header) if kind.clause else None
    doubtful = bool(others) or any(field.header in record.problems for field in (kind.day, *kind.more))
    when = day.isoformat() if day else UNREAD if header in record.problems else NO_DAY
    return TimelineEvent(day, when, kind.what + (f"（{'；'.join(said)}）" if said else ""),
                         shown(stated) or law.clause(kind.rule), record.place(header), source_of(row), doubtful)


def _said(row: TypedRow, header: str) -> str:
    """A cell as a reader sees it; "" where it is empty."""
    if header in row.record.problems:
        private = type(row).sheet.by_header[header].kind in _PRIVATE
        return UNREAD if private else f"{UNREAD}的“{shown(row.record.raw(header))}”"
    value: Any = row.record.values.get(header)
    kind = type(row).sheet.by_header[header].kind
    return f"{value:,}" if isinstance(value, int | Decimal) and kind is model.money else shown(value)


def source_of(row: TypedRow) -> EventSource | None:
    """The return that a row came with; None where people typed it."""
    fields = type(row).fields
    if "source_hash" not in fields:
        return None
    file, sheet, line, sha256 = (shown(row.record.values.get(fields[name].header))
                                 for name in ("source_file", "source_sheet", "source_row", "source_hash"))
    return EventSource(file, sheet, line, sha256) if file or sha256 else None
