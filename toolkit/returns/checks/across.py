"""Rules that compare applications with each other. Source: 第三条、第七条（二）."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from toolkit.regulation import identity
from toolkit.returns.checks.alike import Others, groups, of_any_relation, of_like_occupation
from toolkit.returns.checks.case import Case
from toolkit.returns.findings import Finding
from toolkit.returns.records import Record

ORGANISATION = slice(8, 17)  # GB 32100: positions 9–17 are the organisation itself


def among(cases: Sequence[Case]) -> Iterator[Finding]:
    """R03-2, R03-3, R07-2 within this year's applications, whatever district they come from."""
    for group in groups(cases, lambda case: case.sound_id):
        others = Others((case.title, id(case)) for case in group)
        for case in group:
            yield case.finding("R03-2.batch", "身份证号", other=others.but(id(case)))
    yield from _same_units(cases)
    yield from _branches(cases)
    yield from _same_names(cases)
    yield from _shared_members(cases)


def _sound_unit(case: Case) -> str:
    number = case["统一社会信用代码"]
    return number if number and not identity.credit_problem(number) else ""


def _sound_id(case: Case) -> str:
    return case.sound_id


def _same_units(cases: Sequence[Case]) -> Iterator[Finding]:
    for group in groups(cases, _sound_unit):
        for case, others in of_like_occupation(group, _sound_id):
            for relation, code in (("same", "R03-3.batch"), ("trade", "R03-3.trade"), ("code", "R03-3.code")):
                if relation in others:
                    yield case.finding(code, "职业(工种)", value=case["申办单位"], other=others[relation])


def _branches(cases: Sequence[Case]) -> Iterator[Finding]:
    for group in groups(cases, lambda case: _sound_unit(case)[ORGANISATION]):
        for case, text in of_any_relation(group, _sound_unit):
            yield case.finding("R03-3.branch", "统一社会信用代码", other=text)


def _same_names(cases: Sequence[Case]) -> Iterator[Finding]:
    for group in groups(cases, lambda case: case["领办人"]):
        for case, text in of_any_relation(group, _sound_id):
            yield case.finding("R03-2.name", "领办人", other=text)


def _shared_members(cases: Sequence[Case]) -> Iterator[Finding]:
    studios: dict[str, list[tuple[Case, Record]]] = defaultdict(list)
    for case in {id(case.team): case for case in reversed(cases)}.values():
        for member in case.team:
            if member["身份证号"]:
                studios[member["身份证号"]].append((case, member))
    for rows in studios.values():
        names = [case["工作室名称"] or "" for case, _ in rows]
        others = Others(zip(names, names, strict=True), "个工作室")
        for (case, member), name in zip(rows, names, strict=True):
            if text := others.but(name):
                yield case.at(member, "R07-2.shared", "身份证号", value=member["姓名"], other=text)
