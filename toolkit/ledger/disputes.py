"""Values that only people can decide between: kept side by side in the ledger's 冲突 sheet until someone chooses.

Two sources: a ledger row people changed against its return, and two returns of one district with one date. The answer
(采用: 台账 or 来件) is read at the next merge and applied there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.forms.register_rows import ApplicationRow, ConflictRow
from toolkit.ledger.changes import Change
from toolkit.ledger.ledger_rows import LedgerRow, key_text
from toolkit.returns.records import Record
from toolkit.returns.values import shown

FROM_LEDGER, FROM_RETURN = "台账", "来件"
WHOLE_ROW = "（整行）"
HAS, HAS_NOT = "有", "无"
KEY, ITEM, IN_RETURN = ConflictRow.key.header, ConflictRow.item.header, ConflictRow.in_return.header
YEAR, DISTRICT = ConflictRow.year.header, ConflictRow.district.header
CHOSEN, STATE = ConflictRow.chosen.header, ConflictRow.state.header
PENDING, DONE = "待选择", "已处理"
ConflictKey = tuple[str, str, str]  # row key, header, incoming value


@dataclass(frozen=True)
class Conflict:
    """One field where two values stand side by side; `recorded` is what the ledger has or would get. of_one_day: between returns that
    bear one date."""

    sheet: str
    key: str
    label: str
    year: object
    district: object
    header: str
    recorded: str
    incoming: str
    source: str
    of_one_day: bool = False

    @property
    def spot(self) -> ConflictKey:
        return self.key, self.header, self.incoming


class Disputes:
    """The answers people gave, and the conflicts still open in this merge."""

    def __init__(self, records: Iterable[Record]):
        self._answers = {(row[KEY] or "", row[ITEM] or "", row[IN_RETURN] or ""): row for row in records}
        self._seen: set[ConflictKey] = set()
        self._waiting: set[ConflictKey] = set()
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

    @staticmethod
    def accepts(answer: str) -> bool:
        """Whether an answer takes the return's value."""
        return answer == FROM_RETURN

    def listed(self, conflict: Conflict) -> Conflict | None:
        """A conflict over a whole row as 冲突 lists it, whichever of the two has the row; None where it does not."""
        for recorded, incoming in ((HAS_NOT, HAS), (HAS, HAS_NOT)):
            record = self._answers.get((conflict.key, WHOLE_ROW, incoming))
            if record is not None:
                return replace(conflict, recorded=recorded, incoming=incoming, source=shown(record[ConflictRow.source_file.header]))
        return None

    def chosen_before(self, conflict: Conflict) -> bool:
        """Whether what the ledger has is what people chose, against the value that comes in again."""
        for record in self._answers.values():
            if (record[KEY], record[ITEM]) != (conflict.key, conflict.header):
                continue
            kept, refused = (record[ConflictRow.in_ledger.header] or "", record[IN_RETURN] or "")[::-1 if record[CHOSEN] == FROM_RETURN else 1]
            if record[CHOSEN] in (FROM_LEDGER, FROM_RETURN) and (kept, refused) == (conflict.recorded, conflict.incoming):
                return True
        return False

    def waiting(self, about: Conflict, values: Mapping[str, object]) -> bool:
        """Whether a value of a row is listed and not chosen, or what was chosen is not what the row says yet; `about`: the row."""
        listed = [record for record in self._answers.values() if record[KEY] == about.key and record[ITEM] in values and record[STATE] != DONE]
        for record in listed:
            recorded, incoming, header = record[ConflictRow.in_ledger.header] or "", record[IN_RETURN] or "", record[ITEM] or ""
            if not record[CHOSEN] and shown(values[header]) in (recorded, incoming):
                self.answer(replace(about, header=header, recorded=recorded, incoming=incoming, source=shown(record[ConflictRow.source_file.header])))
                return True
            if record[CHOSEN] == FROM_RETURN and shown(values[header]) == recorded:
                self._waiting.add((about.key, header, incoming))
                return True
        return False

    def new_rows(self) -> list[LedgerRow]:
        """Open conflicts the ledger does not list yet."""
        return [LedgerRow(ConflictRow.sheet.name, conflict.spot, {
            YEAR: conflict.year, DISTRICT: conflict.district, ConflictRow.register.header: conflict.sheet, ConflictRow.label.header: conflict.label,
            KEY: conflict.key, ITEM: conflict.header, ConflictRow.in_ledger.header: conflict.recorded or None,
            IN_RETURN: conflict.incoming or None, ConflictRow.source_file.header: conflict.source, STATE: PENDING})
            for conflict in self.open if conflict.spot not in self._answers]

    def answered(self, followed: Iterable[tuple[str, tuple]] = ()) -> list[Change]:
        """Listed conflicts, not yet marked so, that are done with: answered, or over a row that came in (followed: register and key) and that
        is in dispute no more."""
        settled = {(sheet, key_text(key)) for sheet, key in followed}
        return [Change(ConflictRow.sheet.name, record.row, record[ConflictRow.label.header] or "", {STATE: (record[STATE], DONE)})
                for spot, record in self._answers.items() if record[STATE] != DONE
                and (bool(record[CHOSEN]) if spot in self._seen else
                     spot not in self._waiting and (record[ConflictRow.register.header], record[KEY] or "") in settled)]
