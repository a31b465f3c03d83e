"""Checks on a return as a whole: declared nil, empty, dates, rows twice, rows of studios nobody applied for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.forms.model import NIL
from toolkit.regulation import Regulation, covers
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.records import Record, Return


def check(source: Return, law: Regulation) -> Iterator[Finding]:
    """Everything that concerns the return rather than one application."""
    main = source.sheets[0]
    applications = source.records(main.name)
    table = source.tables.get(main.name)
    place = Place(source.file, table.name if table else "")
    declared = next((fact.label for fact in main.facts if fact.name == NIL), "")
    if source.nil:
        yield from _contradicted(source, place, declared, applications)
    if not source.nil and not applications and table:
        clause = law.clause(source.form.rule) if source.form else ""
        yield finding("F-empty", place, declared, clause) if declared else finding("F-no-rows", place, main.name, clause)
    if table and source.filled_on is None and not _said(source, "填报日期"):
        yield finding("F-filled-on", place)
    yield from in_force_when_filled(source, law)
    yield from twice(source)
    yield from _orphans(source, {record["工作室名称"] for record in applications})


def in_force_when_filled(source: Return, law: Regulation) -> Iterator[Finding]:
    """R22: the return was filled in while the regulation is in force."""
    if source.filled_on and not covers(law, source.filled_on):
        table = source.tables.get(source.sheets[0].name)
        yield finding("R22", Place(source.file, table.name if table else "", "", "填报日期"), source.filled_on, law.clause("R22"),
                      first=law.in_force_from, last=law.in_force_to)


def _said(source: Return, label: str) -> bool:
    return any(found.place.field == label for found in source.findings)


def _contradicted(source: Return, place: Place, declared: str, applications: Sequence[Record]) -> Iterator[Finding]:
    """Declared empty, and yet there are rows, in the sheet itself or in one that continues it."""
    if applications:
        names = dict.fromkeys(record.table.name for record in applications)
        where = "表内" if list(names) == [place.sheet] else f"“{'”“'.join(names)}”表内"
        yield finding("F-nil-with-rows", place, declared, count=len(applications), where=where)


def twice(source: Return) -> Iterator[Finding]:
    """Rows that stand twice in one sheet, by the sheet's key."""
    for sheet in source.sheets:
        seen: dict[tuple, Record] = {}
        for record in source.records(sheet.name):
            key = tuple(record[header] for header in sheet.key)
            if not key or None in key:
                continue
            first = seen.setdefault(key, record)
            if first is not record:
                header = sheet.key[-1]
                label = "、".join(map(str, key))
                other = "" if first.table is record.table else f"“{first.table.name}”表"
                yield finding("F-duplicate-row", record.place(header), label, where=f"{other}第{first.row + 1}行")


def _orphans(source: Return, studios: set[object]) -> Iterator[Finding]:
    for sheet in source.sheets[1:]:
        for record in source.records(sheet.name):
            name = record["工作室名称"]
            if name and name not in studios:
                yield finding("F-orphan", record.place("工作室名称"), name)
