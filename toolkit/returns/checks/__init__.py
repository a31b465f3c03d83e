"""Every rule on 区县推荐汇总表, in one pass: within a row, a return, across returns, and against the ledger.

Findings are values and are all collected; nothing stops at the first one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.regulation import Regulation
from toolkit.returns.checks import across, application, leader, whole
from toolkit.returns.checks.case import Case
from toolkit.returns.findings import QUERY, Finding
from toolkit.returns.messages import HOLDING
from toolkit.returns.records import Record, Return
from toolkit.returns.standing import Standing
from toolkit.returns.values import shown

ROW_RULES = (*leader.RULES, *application.RULES)


def cases(source: Return, law: Regulation) -> list[Case]:
    """A return's applications, each with its own team and papers."""
    teams: dict[object, list[Record]] = defaultdict(list)
    for member in source.records("团队成员"):
        teams[member["工作室名称"]].append(member)
    papers = {row["工作室名称"]: row for row in reversed(source.records("材料清单"))}
    return [Case(record, source, law, tuple(teams.get(record["工作室名称"], ())), papers.get(record["工作室名称"]))
            for record in source.records("推荐汇总")]


def run(returns: Sequence[Return], law: Regulation, standing: Standing | None = None) -> list[Finding]:
    """All findings of the returns read, parsing included, in file and sheet order; explanations applied."""
    standing = standing or Standing()
    readable = [source for source in returns if source.form and not source.refused]
    applications = [case for source in readable for case in cases(source, law)]
    findings = [found for source in returns for found in source.findings]
    for source in readable:
        findings += whole.check(source, law)
    for case in applications:
        for rule in ROW_RULES:
            findings += rule(case)
    findings += across.among(applications)
    districts = frozenset(source.district for source in readable)
    findings += across.against(applications, standing, districts)
    return explained(findings, applications, standing)


def row_key(case: Case) -> str:
    """How an application is recognised across returns: year, leader's ID number (or name), occupation."""
    return "|".join(shown(part) for part in (case.source.year, case["身份证号"] or case["领办人"], case["职业(工种)"]))


def explained(findings: Iterable[Finding], applications: Sequence[Case], standing: Standing) -> list[Finding]:
    """Queries that 备注 explains, now or earlier: an explanation holds while the value it explained is unchanged."""
    owners = {}
    for case in applications:
        for record in (case.record, *case.team, *((case.material,) if case.material else ())):
            owners[record.table.file, record.table.name, record.row] = case
    known = standing.explanations()
    return [_explain(found, owners, known) if found.level == QUERY else found for found in findings]


def _explain(found: Finding, owners: dict, known: dict[tuple[str, str], Record]) -> Finding:
    case = owners.get((found.place.file, found.place.sheet, _row(found.place.cell)))
    if case is None or found.code in HOLDING:
        return found
    remark = case["备注"] or ""
    earlier = known.get((row_key(case), found.code))
    if earlier is not None:
        unchanged = (earlier["值"] or "") == found.value
        if unchanged:
            return replace(found, explained=remark or earlier["说明"] or "")
        if remark == earlier["说明"]:
            return replace(found, message=f"{found.message}原说明对应的值是“{earlier['值'] or ''}”，请更新说明。")
    return replace(found, explained=remark)


def _row(cell: str) -> int:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) - 1 if digits.isdigit() else -1
