"""Rules that compare applications with each other and with the ledger. Source: 第三条、第七条（二）、第十九条（二）."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from toolkit.regulation import Regulation
from toolkit.regulation.calendar import add_years
from toolkit.returns import identity
from toolkit.returns.checks.alike import Others, groups, of_any_relation, of_like_occupation
from toolkit.returns.checks.case import Case, same_occupation
from toolkit.returns.findings import Finding
from toolkit.returns.records import Record
from toolkit.returns.standing import Standing

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
            for relation, code in (("same", "R03-3.batch"), ("trade", "R03-3.trade")):
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


def against(cases: Sequence[Case], standing: Standing, returned: frozenset[str]) -> Iterator[Finding]:
    """The same rules against the ledger. `returned`: districts whose applications this batch replaces."""
    if not standing.tables or not cases:
        return
    law = cases[0].law
    counting = law.lists["studio_statuses"].where("counts")
    studios = Matcher(row for row in standing.records("工作室") if row["状态"] in counting)
    superior = Matcher(standing.records("上级命名库"))
    bars = Matcher(row for sheet in ("撤销追缴禁申", "工作室") for row in standing.records(sheet) if barred_until(row, law))
    pending = Matcher(row for row in standing.records("申报批次") if row["推荐区县"] not in returned)
    for case in cases:
        yield from _studios(case, studios)
        yield from _superior(case, superior)
        yield from _bars(case, bars)
        yield from _pending(case, pending)
        if case.source.year and standing.naming_done(case.source.year):
            yield case.finding("R03-1", "工作室名称", year=case.source.year)


class Matcher:
    """Ledger rows found by leader's ID, by unit, by leader's name."""

    def __init__(self, rows: Iterable[Record]):
        self._by: dict[tuple[str, object], list[Record]] = defaultdict(list)
        for row in rows:
            for header in ("身份证号", "统一社会信用代码", "申办单位", "领办人"):
                if row[header]:
                    self._by[header, row[header]].append(row)

    def leader(self, case: Case) -> list[Record]:
        return self._by.get(("身份证号", case["身份证号"]), [])

    def namesakes(self, case: Case) -> list[Record]:
        """Same name, and an ID number that is missing on either side or differs."""
        rows = self._by.get(("领办人", case["领办人"]), [])
        return [row for row in rows if row["身份证号"] != case["身份证号"] or not row["身份证号"]]

    def unit(self, case: Case) -> list[Record]:
        """Rows of the same unit: by credit code, by name where a row has no code."""
        by_code = self._by.get(("统一社会信用代码", case["统一社会信用代码"]), [])
        by_name = self._by.get(("申办单位", case["申办单位"]), [])
        return by_code + [row for row in by_name if not row["统一社会信用代码"]]


def _studios(case: Case, studios: Matcher) -> Iterator[Finding]:
    held = studios.leader(case)
    if len(held) >= case.law["studios_per_leader"]:
        yield case.finding("R03-2", "身份证号", value=case["领办人"], studio=held[0]["工作室名称"], status=held[0]["状态"])
    alike = [(row, same_occupation(case.record, row)) for row in studios.unit(case)
             if row["身份证号"] != case["身份证号"] or not row["身份证号"]]
    same = [row for row, relation in alike if relation == "same"]
    if len(same) >= case.law["studios_per_unit_occupation"]:
        yield case.finding("R03-3", "申办单位", studio=same[0]["工作室名称"], status=same[0]["状态"])
    if trades := [row["工作室名称"] for row, relation in alike if relation == "trade"]:
        yield case.finding("R03-3.trade", "职业(工种)", value=case["申办单位"], other="、".join(trades))


def _superior(case: Case, superior: Matcher) -> Iterator[Finding]:
    hits = superior.leader(case)
    field = "身份证号"
    if not hits:
        hits, field = [row for row in superior.unit(case) if same_occupation(case.record, row)], "申办单位"
    if hits:
        yield case.finding("R03-4.hit", field, other=_named(hits[0]))
    elif names := superior.namesakes(case):
        yield case.finding("R03-4.name", "领办人", other=_named(names[0]))


def _named(row: Record) -> str:
    return " ".join(str(row[header]) for header in ("层级", "工作室名称", "文号") if row[header])


def barred_until(row: Record, law: Regulation) -> date | None:
    """The last day of a bar: as recorded, else three years from the issue of the revocation (R19-4)."""
    issued = row["文件印发日"]
    return row["禁申止日"] or row["禁申至"] or (add_years(issued, law["bar_years"]) if issued else None)


def _bars(case: Case, bars: Matcher) -> Iterator[Finding]:
    basis = case.basis
    if basis is None:
        return
    until = {id(row): barred_until(row, case.law) for row in (*bars.leader(case), *bars.unit(case))}
    standing = [row for row in bars.leader(case) if basis <= until[id(row)]]
    if standing:
        yield case.finding("R19-4.bar", "身份证号", value=case["领办人"], other=standing[0]["工作室名称"],
                           until=until[id(standing[0])])
        return
    for row in bars.unit(case):
        if basis <= until[id(row)]:
            same = case.law.yes("bar_covers_unit_occupation") and same_occupation(case.record, row)
            yield case.finding("R19-4.bar" if same else "R19-4.unit", "申办单位", other=row["工作室名称"],
                               until=until[id(row)])
            return


def _pending(case: Case, pending: Matcher) -> Iterator[Finding]:
    """Applications of the same year from districts that are not in this batch."""
    year = case.source.year
    rows = [row for row in pending.leader(case) if row["年度"] == year]
    if rows:
        yield case.finding("R03-2.batch", "身份证号", other=_in_ledger(rows[0]))
    same = [row for row in pending.unit(case) if row["年度"] == year and row["身份证号"] != case["身份证号"]
            and same_occupation(case.record, row) == "same"]
    if same:
        yield case.finding("R03-3.batch", "职业(工种)", value=case["申办单位"], other=_in_ledger(same[0]))


def _in_ledger(row: Record) -> str:
    return f"台账中{row['推荐区县']}“{row['工作室名称']}”"
