"""Rules that compare applications with each other. Source: 第三条、第七条（二）."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from toolkit.returns import identity
from toolkit.returns.checks.case import Case, same_occupation
from toolkit.returns.findings import Finding
from toolkit.returns.records import Record

NAMED = 3  # how many others a message names
ORGANISATION = slice(8, 17)  # GB 32100: positions 9–17 are the organisation itself


def among(cases: Sequence[Case]) -> Iterator[Finding]:
    """R03-2, R03-3, R07-2 within this year's applications, whatever district they come from."""
    for group in _groups(cases, lambda case: case.sound_id):
        for case in group:
            yield case.finding("R03-2.batch", "身份证号", other=_others(case, group))
    yield from _same_units(cases)
    yield from _branches(cases)
    yield from _same_names(cases)
    yield from _shared_members(cases)


def _groups(cases: Iterable[Case], key: Callable[[Case], object]) -> Iterator[list[Case]]:
    groups: dict[object, list[Case]] = defaultdict(list)
    for case in cases:
        if value := key(case):
            groups[value].append(case)
    return (group for group in groups.values() if len(group) > 1)


def _others(case: Case, group: Iterable[Case]) -> str:
    """The others by file and studio, the first few by name."""
    titles = sorted({other.title for other in group if other is not case})
    return "、".join(titles[:NAMED]) + (f"等{len(titles)}件" if len(titles) > NAMED else "")


def _sound_unit(case: Case) -> str:
    number = case["统一社会信用代码"]
    return number if number and not identity.credit_problem(number) else ""


def _same_units(cases: Sequence[Case]) -> Iterator[Finding]:
    for group in _groups(cases, _sound_unit):
        for case in group:
            relations = {other: same_occupation(case.record.values, other.record.values) for other in group
                         if other is not case and other.sound_id != case.sound_id}
            for relation, code in (("same", "R03-3.batch"), ("trade", "R03-3.trade"), ("code", "R03-3.code")):
                alike = [other for other, found in relations.items() if found == relation]
                if alike:
                    yield case.finding(code, "职业(工种)", value=case["申办单位"], other=_others(case, alike))


def _branches(cases: Sequence[Case]) -> Iterator[Finding]:
    for group in _groups(cases, lambda case: _sound_unit(case)[ORGANISATION]):
        for case in group:
            alike = [other for other in group if _sound_unit(other) != _sound_unit(case)
                     and same_occupation(case.record.values, other.record.values)]
            if alike:
                yield case.finding("R03-3.branch", "统一社会信用代码", other=_others(case, alike))


def _same_names(cases: Sequence[Case]) -> Iterator[Finding]:
    for group in _groups(cases, lambda case: case["领办人"]):
        for case in group:
            alike = [other for other in group if other.sound_id != case.sound_id
                     and same_occupation(case.record.values, other.record.values)]
            if alike:
                yield case.finding("R03-2.name", "领办人", other=_others(case, alike))


def _shared_members(cases: Sequence[Case]) -> Iterator[Finding]:
    studios: dict[str, list[tuple[Case, Record]]] = defaultdict(list)
    for case in cases:
        for member in case.team:
            if member["身份证号"]:
                studios[member["身份证号"]].append((case, member))
    for rows in studios.values():
        for case, member in rows:
            others = sorted({other["工作室名称"] or "" for other, _ in rows} - {case["工作室名称"] or ""})
            if others:
                yield case.at(member, "R07-2.shared", "身份证号", value=member["姓名"], other="、".join(others))
