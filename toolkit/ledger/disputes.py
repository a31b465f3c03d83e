"""Values that only people can decide between: kept side by side in the ledger's 冲突 sheet until someone chooses.

Two sources: a ledger row people changed against its return, and two returns of one district with one date. The answer
(采用: 台账 or 来件) is read at the next merge and applied there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.forms.ledger import LEDGER
from toolkit.forms.model import SERIAL
from toolkit.forms.register_rows import ApplicationRow, ConflictRow
from toolkit.ledger.changes import Change
from toolkit.ledger.ledger_rows import STATUS, TARGETS, LedgerRow, key_text, sealed
from toolkit.ledger.versions import Choice
from toolkit.returns.checks import HELD
from toolkit.returns.records import Record, Return
from toolkit.returns.values import shown

FROM_LEDGER, FROM_RETURN = "台账", "来件"
WHOLE_ROW = "（整行）"
KEY, ITEM, IN_RETURN = ConflictRow.key.header, ConflictRow.item.header, ConflictRow.in_return.header
YEAR, DISTRICT = ConflictRow.year.header, ConflictRow.district.header
CHOSEN, STATE = ConflictRow.chosen.header, ConflictRow.state.header
PENDING, DONE = "待选择", "已处理"
ConflictKey = tuple[str, str, str]  # row key, header, incoming value


@dataclass(frozen=True)
class Conflict:
    """One field where two values stand side by side; `recorded` is what the ledger has or would get."""

    sheet: str
    key: str
    label: str
    year: object
    district: object
    header: str
    recorded: str
    incoming: str
    source: str

    @property
    def spot(self) -> ConflictKey:
        return self.key, self.header, self.incoming


class Disputes:
    """The answers people gave, and the conflicts still open in this merge."""

    def __init__(self, records: Iterable[Record]):
        self._answers = {(row[KEY] or "", row[ITEM] or "", row[IN_RETURN] or ""): row for row in records}
        self._seen: set[ConflictKey] = set()
        self.open: list[Conflict] = []

    def answer(self, conflict: Conflict) -> str:
        """台账, 来件, or "" (then the conflict is open)."""
        record = self._answers.get(conflict.spot)
        said = record[CHOSEN] if record else None
        self._seen.add(conflict.spot)
        if said not in (FROM_LEDGER, FROM_RETURN):
            self.open.append(conflict)
            return ""
        return said

    def settle(self, row: LedgerRow, existing: Record, facts: Mapping[str, tuple]) -> dict[str, tuple]:
        """Of the differing fields of a row people changed, those where they chose the return's value."""
        accepted = {}
        for header, (old, new) in facts.items():
            conflict = Conflict(row.sheet, key_text(row.key), row.label, row.values.get(YEAR),
                                row.values.get(ApplicationRow.district.header) or row.values.get(DISTRICT), header, shown(old), shown(new),
                                shown(row.values.get(ApplicationRow.source_file.header)))
            if self.answer(conflict) == FROM_RETURN:
                accepted[header] = (old, new)
        return accepted

    def rivals(self, choices: Iterable[Choice], incoming: Sequence[LedgerRow]) -> list[LedgerRow]:
        """Incoming rows with what people chose among returns of one day; undecided rows are held."""
        by_key = {(row.sheet, row.key): row for row in incoming}
        for choice in choices:
            for rival in choice.rivals:
                for key, header, ours, theirs in _differences(choice.chosen, rival):
                    self._rival(by_key, key, header, (ours, theirs), rival)
        return [by_key[row.sheet, row.key] for row in incoming]

    def _rival(self, by_key: dict, key: tuple, header: str, values: tuple, rival: Return) -> None:
        ours, theirs = values
        target = TARGETS[rival.sheets[0].name]
        row = by_key.get((target, key))
        label = row.label if row else shown(key[2])
        conflict = Conflict(target, key_text(key), label, rival.year, rival.district, header, shown(ours), shown(theirs), rival.file)
        answer = self.answer(conflict)
        if row is None:
            return
        if answer == FROM_RETURN and header != WHOLE_ROW:
            by_key[target, key] = sealed(LedgerRow(row.sheet, key, {**row.values, header: theirs}))
        elif not answer:
            by_key[target, key] = LedgerRow(row.sheet, key, {**row.values, STATUS[target]: HELD})

    def new_rows(self) -> list[LedgerRow]:
        """Open conflicts the ledger does not list yet."""
        return [LedgerRow(ConflictRow.sheet.name, conflict.spot, {
            YEAR: conflict.year, DISTRICT: conflict.district, ConflictRow.register.header: conflict.sheet, ConflictRow.label.header: conflict.label,
            KEY: conflict.key, ITEM: conflict.header, ConflictRow.in_ledger.header: conflict.recorded or None,
            IN_RETURN: conflict.incoming or None, ConflictRow.source_file.header: conflict.source, STATE: PENDING})
            for conflict in self.open if conflict.spot not in self._answers]

    def answered(self) -> list[Change]:
        """Listed conflicts that are answered, or that no longer exist, and not yet marked so: they are done with."""
        return [Change(ConflictRow.sheet.name, record.row, record[ConflictRow.label.header] or "", {STATE: (record[STATE], DONE)})
                for spot, record in self._answers.items() if record[STATE] != DONE and record[CHOSEN] and spot in self._seen]


def _differences(chosen: Return, rival: Return) -> Iterable[tuple]:
    """(key, header, chosen's value, rival's value) of every field that differs on the first sheet."""
    ours, theirs = _by_key(chosen), _by_key(rival)
    for key in sorted(ours.keys() | theirs.keys(), key=key_text):
        one, other = ours.get(key), theirs.get(key)
        if one is None or other is None:
            yield key, WHOLE_ROW, "有" if one else "无", "有" if other else "无"
            continue
        for header in one.table.sheet.headers:
            if header != SERIAL and one[header] != other[header]:
                yield key, header, one[header], other[header]


def _by_key(source: Return) -> dict[tuple, Record]:
    """The rows of the first sheet by the key they have in the ledger."""
    main = source.sheets[0].name
    own = {YEAR: source.year, ApplicationRow.district.header: source.district, DISTRICT: source.district}
    headers = LEDGER.sheet(TARGETS[main]).key
    return {tuple(own.get(header) or record[header] for header in headers): record for record in source.records(main)}
