"""Every rule on 区县推荐汇总表 and 区县考核汇总表, in one pass: within a row, a return, across returns, and against the ledger.

Findings are values and are all collected; nothing stops at the first one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from toolkit.forms import SUMMARY
from toolkit.regulation import Regulation
from toolkit.returns.checks import across, application, leader, whole
from toolkit.returns.checks.case import AWARDS, MATERIALS, TEAM, Case, Team
from toolkit.returns.findings import ERROR, QUERY, Finding
from toolkit.returns.messages import HOLDING
from toolkit.returns.records import Record, Return
from toolkit.returns.standing import Standing

ROW_RULES = (*leader.RULES, *application.RULES)
ACCEPTED, QUERIED, HELD, REFUSED = "已受理", "待说明", "挂起", "退回"


@dataclass
class Checked:
    """What checking found. `of_case` are an application's own findings, `loose` (by file) those of no application, `against_whole`
    (by file) what these say against the whole return.
    """

    findings: list[Finding] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    of_case: dict[Case, list[Finding]] = field(default_factory=dict)
    loose: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    against_whole: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def outcome(self, case: Case) -> str:
        """What becomes of an application: 退回 for any error, 挂起 where two districts claim it, 待说明, 已受理."""
        found = [each for each in self.of_case.get(case, ()) if each.open]
        if self.refusal(case.source) or any(each.level == ERROR and each.code not in HOLDING for each in found):
            return REFUSED
        if any(each.code in HOLDING for each in found):
            return HELD
        return QUERIED if found else ACCEPTED

    def refusal(self, source: Return) -> str:
        """Why a whole return cannot be taken ("" when it can): an error that concerns no single row."""
        if source.refused:
            return source.refused
        return "".join(self.against_whole.get(source.file, ())[:2])


def cases(source: Return, law: Regulation) -> list[Case]:
    """A return's applications, each with its team, awards and papers; of 区县考核汇总表 its assessed studios."""
    teams = {name: Team(rows) for name, rows in _by_studio(source, TEAM).items()}
    awards = {name: tuple(rows) for name, rows in _by_studio(source, AWARDS).items()}
    papers = {name: rows[0] for name, rows in _by_studio(source, MATERIALS).items()}
    found = []
    for record in source.records(source.form.sheets[0].name):
        name = record["工作室名称"]
        team = teams.setdefault(name, Team())
        team.asked_by.setdefault(record["身份证号"], record)
        found.append(Case(record, source, law, team, awards.get(name, ()), papers.get(name)))
    return found


def _by_studio(source: Return, sheet: str) -> dict[object, list[Record]]:
    found: dict[object, list[Record]] = defaultdict(list)
    for record in source.records(sheet):
        found[record["工作室名称"]].append(record)
    return found


def _assessed():
    """The rules on assessments, loaded when there is one: they bring the whole scoring model along."""
    from toolkit.returns.checks import assessed
    return assessed


def alone(source: Return, law: Regulation) -> None:
    """Judge a return by itself: what its rows and the return as a whole show is added to its findings."""
    if source.form and not source.refused:
        source.findings += whole.check(source, law)
        rules = _assessed().rules(law) if source.form is SUMMARY else ROW_RULES
        for case in cases(source, law):
            for rule in rules:
                source.findings += rule(case)


def run(returns: Sequence[Return], law: Regulation, standing: Standing | None = None,
        competing: Sequence[Return] | None = None) -> Checked:
    """All findings of returns that were judged alone: now together and against the ledger, with what settles them.

    `competing` are those compared with each other and with the ledger (all by default): superseded versions are not.
    """
    standing = standing or Standing()
    readable = [source for source in returns if source.form and not source.refused]
    applications = [case for source in readable for case in cases(source, law)]
    findings = [found for source in returns for found in source.findings]
    rivals = {id(source) for source in (readable if competing is None else competing)}
    compared = [case for case in applications if id(case.source) in rivals and case.source.form is not SUMMARY]
    graded = [case for case in applications if id(case.source) in rivals and case.source.form is SUMMARY]
    if graded:
        findings += [*_assessed().among(graded), *_assessed().against(graded, standing)]
    findings += across.among(compared)
    findings += across.against(compared, standing, frozenset(case.source.district for case in compared))
    return _settled(_ordered(findings, returns), applications, standing)


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


def _settled(findings: list[Finding], applications: list[Case], standing: Standing) -> Checked:
    """Findings given to their applications, with what 备注, earlier explanations and rulings settle."""
    checked = Checked(cases=applications)
    owners = {}
    for case in applications:
        is_first = case.team.asked_by.get(case["身份证号"]) is case.record
        for record in (case.record, *(case.team if is_first else ()), *((case.material,) if case.material else ())):
            owners.setdefault((record.table.file, record.table.name, record.row), case)
    known, rulings = standing.explanations(), standing.rulings()
    for found in findings:
        case = owners.get((found.place.file, found.place.sheet, _row(found.place.cell)))
        if case is None:
            checked.loose[found.place.file].append(found)
            if found.level == ERROR and not found.place.cell:
                checked.against_whole[found.place.file].append(found.message)
        else:
            if found.code in HOLDING:
                kept = (case.source.district, case.key) in rulings
                found = replace(found, level=QUERY, explained="市局已裁定保留") if kept else found
            elif found.level == QUERY:
                found = _explained(found, case, known.get((case.key, found.code)))
            checked.of_case.setdefault(case, []).append(found)
        checked.findings.append(found)
    return checked


def _explained(found: Finding, case: Case, earlier: Record | None) -> Finding:
    """An explanation holds while the value it explained is unchanged."""
    remark = case["备注"] or ""
    if earlier is None:
        return replace(found, explained=remark)
    explanation, value = earlier["说明"] or "", earlier["值"] or ""
    if value == found.value:
        return replace(found, explained=remark or explanation)
    if remark == explanation:
        return replace(found, message=f"{found.message}原说明对应的值是“{value}”，请更新说明。")
    return replace(found, explained=remark)


def _row(cell: str) -> int:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) - 1 if digits.isdigit() else -1
