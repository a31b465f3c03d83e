"""What a change must be like, whether it was entered by the page or typed: the new leader, the new unit, the new last day, the plaque.

Source: 乌人社规〔2023〕1号 第三条、第七条（一）、第十八条
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from toolkit.forms.register_rows import ApplicationRow, ChangeRow, StudioRow
from toolkit.forms.typed_rows import RowField, UnreadableCell
from toolkit.ledger import stages
from toolkit.ledger.dues.watch import Watch
from toolkit.ledger.studios import Studio
from toolkit.regulation import identity
from toolkit.regulation.calendar import add_years
from toolkit.regulation.retirement import leaves_years, retirement_date
from toolkit.returns.checks.case import same_occupation
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

ChangeRule = Callable[[ChangeRow, Watch], Iterator[Finding]]
_OF_LEADER: Sequence[RowField] = (ChangeRow.after, ChangeRow.leader_id, ChangeRow.retirement_category, ChangeRow.level, ChangeRow.employed,
                                  ChangeRow.conduct)


def of_matter(row: ChangeRow, flag: str, watch: Watch) -> bool:
    """Whether the change is about what the flag says: leader | unit | address | stays | delayed | keeps."""
    return row.matter in watch.law.lists["change_matters"].where(flag)


def leader_qualified(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R18-1: a new leader meets R07-1a, R07-1b, R07-1c, R07-3, seen from the day of the application."""
    if not of_matter(row, "leader", watch):
        return
    law = watch.law
    lacking = [field for field in _OF_LEADER if row.record.values.get(field.header) is None and field.header not in row.record.problems]
    if lacking:
        yield finding("R18-1.lacks", row.record.place(lacking[0].header), "、".join(field.header for field in lacking), law.clause("R07-1a"))
    if row.level is not None and row.level not in law.lists["skill_levels"].where("leader"):
        yield finding("R18-1.level", row.record.place(ChangeRow.level.header), row.level, law.clause("R07-1a"))
    if row.employed == "否":
        yield finding("R18-1.employed", row.record.place(ChangeRow.employed.header), row.after or "", law.clause("R07-1b"))
    if row.conduct == "否":
        yield finding("R07-3", row.record.place(ChangeRow.conduct.header), row.conduct, law.clause("R07-3"))
    yield from _years_left(row, watch)


def _years_left(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R07-1c: two years or more to retirement on the day of the application; the category agrees with the ID number."""
    if row.leader_id is None or row.retirement_category is None:
        return
    law, basis, place = watch.law, application_day(row, watch), row.record.place(ChangeRow.retirement_category.header)
    item, sex = law.lists["retirement_categories"].find(row.retirement_category), identity.id_sex(row.leader_id)
    if item is not None and item["sex"] != sex:
        yield finding("A1-2.retirement-sex", place, row.retirement_category, law.clause("A1-2"), sex=sex)
        return
    years, born = law["leader_years_to_retirement"], identity.id_birth(row.leader_id)
    if born and not leaves_years(born, row.retirement_category, basis, years):
        yield finding("R18-1.retires", place, row.after or "", law.clause("R07-1c"), basis=basis,
                      retires=retirement_date(born, row.retirement_category, basis), years=years)


def application_day(row: ChangeRow, watch: Watch) -> date:
    """The day a change is measured on: of its application, else of what happened, else the present."""
    return row.applied_on or row.happened_on or watch.on


def leader_leads_no_other(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R03-2: a new leader has no other studio that counts, and no application that is under way."""
    if not of_matter(row, "leader", watch) or row.leader_id is None:
        return
    own = watch.studio_of(row)
    if row.approval_number is not None and (own is None or own.leader_id != row.leader_id):
        return  # was changed again since
    if row.approval_number is None and own is not None and own.leader_id == row.leader_id:
        yield finding("R18-1.same", row.record.place(ChangeRow.leader_id.header), row.after or "", watch.law.clause("R18-1"))
    place, clause = row.record.place(ChangeRow.leader_id.header), watch.law.clause("R03-2")
    for other in watch.studios:
        if other is not own and other.counts and other.leader_id == row.leader_id:
            yield finding("R18-1.other", place, row.after or "", clause, studio=other.name, status=other.status)
    if row.approval_number is None:
        for application in watch.books.applications:
            if application.record.values.get(ApplicationRow.leader_id.header) == row.leader_id and _under_way(application, watch):
                yield finding("R18-1.other", place, row.after or "", clause, studio=shown(application.studio), status="在评")


def _under_way(application: ApplicationRow, watch: Watch) -> bool:
    """Whether an application still takes up its leader's place."""
    values = application.record.values
    made_public = watch.published.get((shown(values.get(ApplicationRow.year.header)), shown(values.get(ApplicationRow.studio.header))))
    try:
        stage = stages.of_application(application, made_public, watch.law, watch.on, watch.holidays)
    except UnreadableCell:
        return True
    found = watch.law.procedure.stages.get(stage)
    return found is None or not found.ends


def unit_has_no_other(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R03-3: a new unit has no other studio of the same occupation that counts."""
    own = watch.studio_of(row)
    if not of_matter(row, "unit", watch) or row.unit_code is None or own is None:
        return
    if row.approval_number is not None and own.unit_code != row.unit_code:
        return
    for other in watch.studios:
        if other is not own and other.counts and other.unit_code == row.unit_code \
                and same_occupation(own.row.record.values, other.row.record.values) == "same":
            yield finding("R18-2.unit", row.record.place(ChangeRow.unit_code.header), row.after or "", watch.law.clause("R03-3"),
                          studio=other.name, status=other.status)


def stays_longer(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R18-2: a new last day behind the one that stands."""
    if not of_matter(row, "stays", watch) or row.approval_number is not None:
        return
    own, place = watch.studio_of(row), row.record.place(ChangeRow.leaves_on.header)
    last = own.last_day if own else None
    if row.leaves_on is None:
        yield finding("R18-2.day", place, row.matter or "", watch.law.clause("R18-2"))
    elif last is not None and row.leaves_on <= last:
        yield finding("R18-2.until", place, row.leaves_on, watch.law.clause("R18-2"), wanted=last)


def delay_within_limit(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R18-2: retirement is put off by three years at most; whoever stays longer is taken on anew."""
    own = watch.studio_of(row)
    if not of_matter(row, "delayed", watch) or row.leaves_on is None or own is None:
        return
    retires = own.retires_on or own.last_day
    years = watch.law["delay_years"]
    if retires is not None and row.leaves_on > add_years(retires, years):
        yield finding("R18-2.limit", row.record.place(ChangeRow.leaves_on.header), row.leaves_on, watch.law.clause("R18-2"),
                      retires=retires, years=years)


def plaque_may_be_kept(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R18-3: the two honours of the law, and retired at the unit itself."""
    if not of_matter(row, "keeps", watch):
        return
    clause, honours = watch.law.clause("R18-3"), watch.law.lists["honours"].where("keeps_plaque")
    if row.honour not in honours:
        yield finding("R18-3.honour", row.record.place(ChangeRow.honour.header), row.honour or "空", clause, wanted="、".join(sorted(honours)))
    if row.retired_here != "是":
        yield finding("R18-3.here", row.record.place(ChangeRow.retired_here.header), row.retired_here or "空", clause)


def answered_after_application(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R18-0: first the application in writing, then the answer."""
    if row.applied_on is not None and row.answered_on is not None and row.answered_on < row.applied_on:
        yield finding("R18-0.order", row.record.place(ChangeRow.answered_on.header), row.answered_on, watch.law.clause("R18-0"),
                      wanted=row.applied_on)


def in_effect(row: ChangeRow, watch: Watch) -> Iterator[Finding]:
    """R18-1, R18-2: what was approved last stands in 工作室."""
    own = watch.studio_of(row)
    if row.approval_number is None or row.after is None or own is None or not isinstance(own.row, StudioRow):
        return
    if any(later.matter == row.matter and later.approval_number for later in own.changes if later.record.row > row.record.row):
        return
    stated = {"leader": StudioRow.leader, "unit": StudioRow.unit, "address": StudioRow.address}
    for flag, field in stated.items():
        value = own.row.record.values.get(field.header)
        if of_matter(row, flag, watch) and value is not None and value != row.after:
            yield finding("R18-0.effect", own.row.record.place(field.header), value, watch.law.clause("R18-0"), wanted=row.after,
                          where=f"“{row.sheet.name}”表第{row.record.row + 1}行")


def new_name(leader: str, studio: Studio, watch: Watch) -> str:
    """R09-3, R18-1: the name follows the leader."""
    occupation = shown(studio.occupation).partition("(")[0].partition("（")[0]
    return f"{leader}{occupation}{watch.law.facts['studio_suffix']}"


RULES: Sequence[ChangeRule] = (leader_qualified, leader_leads_no_other, unit_has_no_other, stays_longer, delay_within_limit, plaque_may_be_kept,
                               answered_after_application, in_effect)
