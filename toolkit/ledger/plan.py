"""What a merge would do to the ledger. The preview shows it, the commit applies it; nothing else writes the ledger.

Rows are known by key, never by position. A row nobody has touched since the toolkit wrote it follows its return; a row
that people changed is left alone and the difference is put side by side as a conflict until someone chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.forms.ledger import LEDGER
from toolkit.forms.summary import RESULTS
from toolkit.ledger.disputes import Conflict, Disputes
from toolkit.ledger.ledger_rows import (
    DERIVED,
    FINGERPRINT,
    PROVENANCE_HEADERS,
    TARGETS,
    LedgerRow,
    fingerprint,
    key_of,
    owned,
    rows,
    sealed,
)
from toolkit.ledger.versions import Choice
from toolkit.regulation import Regulation
from toolkit.returns.checks import REFUSED, Checked
from toolkit.returns.checks.case import APPLICATIONS, Case
from toolkit.returns.records import Record
from toolkit.returns.standing import Standing


@dataclass(frozen=True)
class Change:
    """Fields of an existing ledger row (zero-based `row`): header → (old, new)."""

    sheet: str
    row: int
    label: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass
class Plan:
    """added, changed (old → new per field), unchanged, conflicts, and ledger rows the returns no longer have."""

    added: list[LedgerRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[Record] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether the ledger stays as it is."""
        return not (self.added or self.changed)


def build(choices: Sequence[Choice], checked: Checked, standing: Standing, law: Regulation) -> Plan:
    """The plan for one year's returns; refused returns and applications stay out of it."""
    plan = Plan()
    disputes = Disputes(standing.records("冲突"))
    chosen = {choice.chosen.file for choice in choices if not checked.refusal(choice.chosen)}
    taken = [case for case in _in_order(checked.cases, law) if case.source.file in chosen
             and checked.outcome(case) != REFUSED]
    incoming = disputes.rivals([choice for choice in choices if choice.chosen.file in chosen],
                               [row for case in taken for row in rows(case, checked)])
    index = {sheet: {key_of(record, LEDGER.sheet(sheet)): record for record in standing.records(sheet)}
             for sheet in TARGETS.values()}
    for row in incoming:
        _place(plan, row, index[row.sheet].get(row.key), disputes)
    _remember_explanations(plan, taken, checked, standing)
    plan.missing = [record for main, header in _NAMED_BY.items()
                    for record in _missing(choices, main, header, index[TARGETS[main]])]
    plan.conflicts = disputes.open
    plan.added += disputes.new_rows()
    plan.changed += [Change("冲突", record.row, record["对象"] or "", {"状态": (record["状态"], "已处理")})
                     for record in disputes.dealt_with()]
    return plan


def _in_order(cases: Iterable[Case], law: Regulation) -> list[Case]:
    order = {name: number for number, name in enumerate(law.lists["districts"].names)}
    return sorted(cases, key=lambda case: (order.get(case.source.district, len(order)), case.source.file, case.record.row))


def _place(plan: Plan, row: LedgerRow, existing: Record | None, disputes: Disputes) -> None:
    """Add, follow, leave alone or dispute one row."""
    if existing is None:
        plan.added.append(row)
        return
    sheet = LEDGER.sheet(row.sheet)

    def differing(headers: Iterable[str]) -> dict[str, tuple[object, object]]:
        return {header: (existing[header], row.values.get(header)) for header in headers
                if existing[header] != row.values.get(header)}

    fields = differing(header for header in DERIVED if header in sheet.by_header)
    facts = differing(owned(sheet))
    if facts and fingerprint(existing.values, sheet) == existing[FINGERPRINT]:
        fields |= facts | differing(header for header in PROVENANCE_HEADERS if header in row.values)
    elif accepted := disputes.settle(row, existing, facts):
        after = {**existing.values, **{header: new for header, (_, new) in accepted.items()}}
        seal = sealed(LedgerRow(row.sheet, row.key, after)).values[FINGERPRINT]
        fields |= accepted | {FINGERPRINT: (existing[FINGERPRINT], seal)}
    if fields:
        plan.changed.append(Change(row.sheet, existing.row, row.label, fields))
    else:
        plan.unchanged += 1


def _remember_explanations(plan: Plan, taken: Iterable[Case], checked: Checked, standing: Standing) -> None:
    """Explained queries are remembered with the value they explain."""
    known = standing.explanations()
    said: set[tuple[str, str]] = set()
    for case in taken:
        for found in checked.of_case.get(case, ()):
            spot = (case.key, found.code)
            if not found.explained or found.explained != case["备注"] or spot in said:
                continue
            said.add(spot)
            values = {"年度": case.source.year, "区县": case.source.district, "键": case.key, "代码": found.code,
                      "项目": found.place.field or None, "值": found.value or None, "说明": found.explained,
                      "来源文件": case.source.file}
            earlier = known.get(spot)
            if earlier is None:
                plan.added.append(LedgerRow("提示说明", spot, values))
            elif fields := {header: (earlier[header], values[header]) for header in ("值", "说明")
                            if earlier[header] != values[header]}:
                plan.changed.append(Change("提示说明", earlier.row, case.key, fields))
            else:
                plan.unchanged += 1


_NAMED_BY = {APPLICATIONS: "身份证号", RESULTS.name: "工作室名称"}


def _missing(choices: Iterable[Choice], main: str, header: str, held: Mapping[tuple, Record]) -> list[Record]:
    """Rows of a returned district that the ledger has and its return no longer names. Their keys begin with year and district."""
    own = [choice for choice in choices if choice.chosen.sheets[0].name == main]
    returned = {(choice.chosen.year, choice.chosen.district) for choice in own}
    named = {(source.year, record[header]) for choice in own for source in (choice.chosen, *choice.rivals)
             for record in source.records(main)}
    return [record for key, record in held.items() if key[:2] in returned and (key[0], record[header]) not in named]
