"""Every rule on returns, in one pass: within a row, a return, across returns.

Findings are values and are all collected; nothing stops at the first one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from types import ModuleType

from toolkit.forms import RECOMMENDATION
from toolkit.forms.model import Form
from toolkit.regulation import Regulation
from toolkit.returns.checks import across, application, leader, whole
from toolkit.returns.checks.case import AWARDS, MATERIALS, TEAM, Case, Team
from toolkit.returns.findings import ERROR, QUERY, Finding
from toolkit.returns.messages import AWAITING, HOLDING, RECOGNITION
from toolkit.returns.records import Record, Return
from toolkit.sheets.grid import column_letters

SHORTEST_SENTENCE = 3  # 字：“扩建中”是说明，“无”“属实”不是
SAYS_NOTHING = frozenset(("见附件", "详见附件", "已核实", "已说明", "无说明", "没有", "同上", "情况属实", "无异议", "待补充"))
ROW_RULES = (*leader.RULES, *application.RULES)
_RULES = {"summary": "assessed", "review": "reviewed", "goals": "promised", "evaluation": "evaluated"}
"""Form → the module of its rules, loaded when there is such a return: some bring the whole scoring model along."""
ACCEPTED, QUERIED, HELD, AWAITED, REFUSED = "已受理", "待说明", "挂起", "待核准", "退回"
OUTCOMES = (ACCEPTED, QUERIED, AWAITED, HELD, REFUSED)


@dataclass
class Checked:
    """What checking found. `of_case` are an application's own findings, `loose` (by file) those of no application, `against_whole`
    (by file) what these say against the whole return; `memory` what the ledger knew.
    """

    findings: list[Finding] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    of_case: dict[Case, list[Finding]] = field(default_factory=dict)
    loose: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    against_whole: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    memory: Memory = field(default_factory=lambda: Memory())

    def outcome(self, case: Case) -> str:
        """What becomes of an application: 退回 for any error, 挂起 where two districts claim it, 待核准 where the city has to approve it,
        待说明, 已受理."""
        found = [each for each in self.of_case.get(case, ()) if each.open]
        if self.refusal(case.source) or any(each.level == ERROR and each.code not in HOLDING | AWAITING for each in found):
            return REFUSED
        for codes, outcome in ((HOLDING, HELD), (AWAITING, AWAITED)):
            if any(each.code in codes for each in found):
                return outcome
        return QUERIED if found else ACCEPTED

    def refusal(self, source: Return) -> str:
        """Why a whole return cannot be taken ("" when it can): an error that concerns no single row."""
        if source.refused:
            return source.refused
        return "".join(self.against_whole.get(source.file, ())[:2])


def cases(source: Return, law: Regulation) -> list[Case]:
    """A return's applications, each with its team, awards and papers; of other forms the studios it has a row for."""
    if is_submission(source):
        return _submission().cases(source, law)
    teams = {name: Team(rows) for name, rows in _by_studio(source, TEAM).items()}
    awards = {name: tuple(rows) for name, rows in _by_studio(source, AWARDS).items()}
    papers = {name: rows[0] for name, rows in _by_studio(source, MATERIALS).items()}
    found = []
    for record in source.records(source.sheets[0].name):
        name = record["工作室名称"]
        team = teams.setdefault(name, Team())
        team.asked_by.setdefault(record["身份证号"], record)
        found.append(Case(record, source, law, team, awards.get(name, ()), papers.get(name), _own_column(source, name)))
    return found


def _own_column(source: Return, name: object) -> tuple[str, str]:
    """Where another sheet has a column for each row of the first one, that of the row called so."""
    for table in source.tables.values():
        column = table.layout.columns.get(str(name)) if table.sheet.spread else None
        if column is not None:
            return table.name, column_letters(column)
    return "", ""


def _by_studio(source: Return, sheet: str) -> dict[object, list[Record]]:
    found: dict[object, list[Record]] = defaultdict(list)
    for record in source.records(sheet):
        found[record["工作室名称"]].append(record)
    return found


def _rules_of(form: Form) -> ModuleType:
    """The rules on a form other than 区县推荐汇总表."""
    return import_module(f"{__name__}.{_RULES[form.id]}")


def is_submission(source: Return) -> bool:
    """Whether a file is one unit's application: a page with one record, not a district's table."""
    return bool(source.sheets and source.sheets[0].page)


def _submission() -> ModuleType:
    """The rules on 申报工作簿, loaded when there is one."""
    from toolkit.returns.checks import submission
    return submission


def alone(source: Return, law: Regulation) -> None:
    """Judge a return by itself: what its rows and the return as a whole show is added to its findings."""
    if source.form and not source.refused and is_submission(source):
        source.findings += [*whole.in_force_when_filled(source, law), *whole.twice(source), *_submission().check(source, law)]
    elif source.form and not source.refused:
        source.findings += whole.check(source, law)
        rules = ROW_RULES if source.form is RECOMMENDATION else _rules_of(source.form).rules(law)
        if any(sheet.spread for sheet in source.sheets):
            source.findings += _rules_of(source.form).whole(source, law)
        for case in cases(source, law):
            for rule in rules:
                source.findings += rule(case)


@dataclass(frozen=True)
class Memory:
    """What the ledger remembers of earlier merges: (row key, code) → the explanation that was accepted; the applications ruled to keep,
    by district and key; those the city approved → how its approval is quoted; those whose honour it found equivalent (是), or not (否)."""

    explanations: Mapping[tuple[str, str], Record] = field(default_factory=dict)
    rulings: frozenset[tuple[str, str]] = frozenset()
    approvals: Mapping[tuple[str, str], str] = field(default_factory=dict)
    recognised: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def approved(self, case: Case, code: str) -> str:
        """How the city's word on a finding that waits for it is quoted; "" while there is none."""
        key = case.source.district, case.key
        if code == RECOGNITION and key in self.recognised:
            return f"市局认定：{'相当于列明的荣誉' if self.recognised[key] == '是' else '不作优先的荣誉'}"
        return self.approvals.get(key, "")


Against = Callable[[Sequence[Case], Sequence[Case]], Iterable[Finding]]
"""What else is found in the applications and in the rows of other forms that count: the ledger's word."""


def run(returns: Sequence[Return], law: Regulation, competing: Sequence[Return] | None = None, memory: Memory | None = None,
        against: Against | None = None) -> Checked:
    """All findings of returns that were judged alone: now together, with what settles them.

    `competing` are those compared with each other (all by default): superseded versions are not.
    """
    readable = [source for source in returns if source.form and not source.refused]
    applications = [case for source in readable for case in cases(source, law)]
    findings = [found for source in returns for found in source.findings]
    rivals = {id(source) for source in (readable if competing is None else competing)}
    rival = [case for case in applications if id(case.source) in rivals]
    compared = [case for case in rival if case.source.form is RECOMMENDATION or is_submission(case.source)]
    others = [case for case in rival if case.source.form is not RECOMMENDATION and not is_submission(case.source)]
    for form in dict.fromkeys(case.source.form for case in others if case.source.form):
        findings += _rules_of(form).among([case for case in others if case.source.form is form])
    findings += across.among(compared)
    if against is not None:
        findings += against(compared, others)
    return _settled(_ordered(findings, returns), applications, memory or Memory())


def _ordered(findings: list[Finding], returns: Sequence[Return]) -> list[Finding]:
    """Each finding once, as the eye goes through the files: by file, sheet, row, column."""
    files = {source.file: number for number, source in enumerate(returns)}
    sheets = {(source.file, table.name): number for source in returns
              for number, table in enumerate(source.tables.values())}

    def position(found: Finding) -> tuple[int, int, int, int, str]:
        place = found.place
        cell = place.cell  # within a row, "AB7" stands behind "Z7"
        return files.get(place.file, -1), sheets.get((place.file, place.sheet), -1), _row(cell), len(cell), cell

    return sorted(dict.fromkeys(findings), key=position)


def _settled(findings: list[Finding], applications: list[Case], memory: Memory) -> Checked:
    """Findings given to their applications, with what 备注, earlier explanations and rulings settle."""
    checked = Checked(cases=applications, memory=memory)
    owners: dict[tuple[str, str, int], Case] = {}
    for case in applications:
        is_first = case.team.asked_by.get(case["身份证号"]) is case.record
        for record in (case.record, *(case.team if is_first else ()), *((case.material,) if case.material else ())):
            owners.setdefault((record.table.file, record.table.name, record.row), case)
    columns = {(case.source.file, *case.column): case for case in applications if case.column[0]}
    common = {(file, sheet) for file, sheet, _ in columns}  # what is wrong beside the columns concerns every case
    submissions = {case.source.file: case for case in applications if is_submission(case.source)}
    for found in findings:
        place = found.place
        owner = submissions.get(place.file) if place.file in submissions and place.cell else (
            owners.get((place.file, place.sheet, _row(place.cell))) or columns.get((place.file, place.sheet, place.cell.rstrip("0123456789"))))
        if owner is None:
            checked.loose[found.place.file].append(found)
            if found.level == ERROR and (not place.cell or (place.file, place.sheet) in common):
                checked.against_whole[found.place.file].append(found.message)
        else:
            if found.code in HOLDING:
                kept = (owner.source.district, owner.key) in memory.rulings
                found = replace(found, level=QUERY, explained="市局已裁定保留") if kept else found
            elif found.code in AWAITING:
                approved = memory.approved(owner, found.code)
                found = replace(found, level=QUERY, explained=approved) if approved else found
            elif found.level == QUERY:
                found = _explained(found, owner, memory.explanations.get((owner.key, found.code)))
            checked.of_case.setdefault(owner, []).append(found)
        checked.findings.append(found)
    return checked


def _explained(found: Finding, case: Case, earlier: Record | None) -> Finding:
    """An explanation is a sentence; it holds while the value it explained is unchanged."""
    remark = sentence(case["备注"])
    if earlier is None:
        return replace(found, explained=remark)
    explanation, value = earlier["说明"] or "", earlier["值"] or ""
    if value == found.value:
        return replace(found, explained=remark or explanation)
    if remark == explanation:
        return replace(found, message=f"{found.message}原说明对应的值是“{value}”，请更新说明。")
    return replace(found, explained=remark)


def sentence(remark: str | None) -> str:
    """A remark that says something ("" for 无, / and the like, which explain nothing)."""
    said = "".join(character for character in remark or "" if character.isalnum())
    return remark or "" if len(said) >= SHORTEST_SENTENCE and said not in SAYS_NOTHING else ""


def _row(cell: str) -> int:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) - 1 if digits.isdigit() else -1
