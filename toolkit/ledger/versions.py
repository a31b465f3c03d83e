"""Which of several returns of one district counts: the later filling date wins, a tie is left to people.

Nothing here depends on the order files were given in, on their names or their times on disk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.forms.model import SERIAL
from toolkit.forms.recommendation import APPLICATIONS
from toolkit.returns.records import Record, Return
from toolkit.returns.values import shown

FieldChange = tuple[str, str, str, str, str]  # sheet, row label, header, earlier value, later value


@dataclass(frozen=True)
class Choice:
    """A district's returns for one form and year. `chosen` counts; `same` are copies with equal content;
    `superseded` are earlier ones; `rivals` are others of the same date with different content."""

    chosen: Return
    same: tuple[Return, ...] = ()
    superseded: tuple[Return, ...] = ()
    rivals: tuple[Return, ...] = ()


def choose(returns: Sequence[Return]) -> list[Choice]:
    """One choice per (form, district, year) of the readable returns, ordered by district and year; of applications that units
    returned, one for each."""
    groups: dict[tuple, list[Return]] = defaultdict(list)
    for source in returns:
        if source.form and not source.refused:
            lone = _applicant(source) if source.sheets[0].page else "" if source.district else source.file  # whose it is is unknown: it stands alone
            groups[source.form.id, source.district, source.year or 0, lone].append(source)
    return [_choose(groups[key]) for key in sorted(groups)]


def _applicant(source: Return) -> str:
    """What tells a unit's application from others: the leader's ID number and occupation, else the file."""
    record = next(iter(source.records(source.sheets[0].name)), None)
    stated = [record[header] for header in APPLICATIONS.key] if record else []
    return "|".join(map(shown, stated)) if stated and stated[0] else source.file


def _choose(group: list[Return]) -> Choice:
    if len(group) == 1:
        return Choice(group[0])
    says = {id(source): content(source) for source in group}
    ordered = sorted(group, key=lambda source: (source.filled_on or date.min, says[id(source)], source.file), reverse=True)
    chosen = ordered[0]
    same = tuple(source for source in ordered[1:] if says[id(source)] == says[id(chosen)])
    others = [source for source in ordered[1:] if says[id(source)] != says[id(chosen)]]
    rivals = tuple(source for source in others if source.filled_on == chosen.filled_on)
    superseded = tuple(source for source in others if source.filled_on != chosen.filled_on)
    return Choice(chosen, same, superseded, rivals)


def content(source: Return) -> tuple:
    """What a return says, whatever file format, name or layout it came in."""
    tables = tuple((sheet.name, tuple(_row_content(record) for record in source.records(sheet.name)))
                   for sheet in source.sheets)
    return (source.nil, tables)


def _row_content(record: Record) -> tuple:
    return tuple(shown(record.values.get(header)) for header in record.table.sheet.headers if header != SERIAL)


def compare(earlier: Return, later: Return) -> list[FieldChange]:
    """Field by field: what a resubmission changed, added and left out."""
    changes: list[FieldChange] = []
    for sheet in later.sheets:
        before, after = _keyed(earlier, sheet.name), _keyed(later, sheet.name)
        for key in sorted(before.keys() | after.keys(), key=str):
            old, new = before.get(key), after.get(key)
            label = " ".join(shown(part) for part in key)
            if old is None or new is None:
                changes.append((sheet.name, label, "（整行）", "有" if old else "无", "有" if new else "无"))
                continue
            changes += [(sheet.name, label, header, shown(old[header]), shown(new[header]))
                        for header in sheet.headers if header != SERIAL and old[header] != new[header]]
    return changes


def _keyed(source: Return, sheet: str) -> dict[tuple, Record]:
    return {tuple(record[header] for header in record.table.sheet.key): record for record in source.records(sheet)}
