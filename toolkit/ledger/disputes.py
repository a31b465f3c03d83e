"""Values that only people can decide between: kept side by side in the ledger's 冲突 sheet until someone chooses.

Two sources: a ledger row people changed against its return, and two returns of one district with one date. The answer
(采用: 台账 or 来件) is read at the next merge and applied there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.forms.ledger import LEDGER
from toolkit.ledger.ledger_rows import STATUS, TARGETS, LedgerRow, key_text, sealed
from toolkit.ledger.versions import Choice
from toolkit.returns.checks import HELD
from toolkit.returns.records import Record, Return
from toolkit.returns.values import shown

FROM_LEDGER, FROM_RETURN = "台账", "来件"
WHOLE_ROW = "（整行）"
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
        self._answers = {(row["键"] or "", row["项目"] or "", row["来件值"] or ""): row for row in records}
        self._seen: set[ConflictKey] = set()
        self.open: list[Conflict] = []

    def answer(self, conflict: Conflict) -> str:
        """台账, 来件, or "" (then the conflict is open)."""
        record = self._answers.get(conflict.spot)
        said = record["采用"] if record else None
        self._seen.add(conflict.spot)
        if said not in (FROM_LEDGER, FROM_RETURN):
            self.open.append(conflict)
            return ""
        return said

    def settle(self, row: LedgerRow, existing: Record, facts: Mapping[str, tuple]) -> dict[str, tuple]:
        """Of the differing fields of a row people changed, those where they chose the return's value."""
        accepted = {}
        for header, (old, new) in facts.items():
            conflict = Conflict(row.sheet, key_text(row.key), row.label, row.values["年度"],
                                row.values.get("推荐区县") or row.values.get("区县"), header, shown(old), shown(new),
                                shown(row.values.get("来源文件")))
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
        return [LedgerRow("冲突", conflict.spot, {
            "年度": conflict.year, "区县": conflict.district, "所在表": conflict.sheet, "对象": conflict.label,
            "键": conflict.key, "项目": conflict.header, "台账值": conflict.recorded or None,
            "来件值": conflict.incoming or None, "来件": conflict.source, "状态": PENDING})
            for conflict in self.open if conflict.spot not in self._answers]

    def dealt_with(self) -> list[Record]:
        """Listed conflicts that are answered, or that no longer exist, and not yet marked so."""
        return [record for spot, record in self._answers.items()
                if record["状态"] != DONE and record["采用"] and spot in self._seen]


def _differences(chosen: Return, rival: Return) -> Iterable[tuple]:
    """(key, header, chosen's value, rival's value) of every field that differs on the first sheet."""
    ours, theirs = _by_key(chosen), _by_key(rival)
    for key in sorted(ours.keys() | theirs.keys(), key=key_text):
        one, other = ours.get(key), theirs.get(key)
        if one is None or other is None:
            yield key, WHOLE_ROW, "有" if one else "无", "有" if other else "无"
            continue
        for header in one.table.sheet.headers:
            if header != "序号" and one[header] != other[header]:
                yield key, header, one[header], other[header]


def _by_key(source: Return) -> dict[tuple, Record]:
    """The rows of the first sheet by the key they have in the ledger."""
    main = source.sheets[0].name
    own = {"年度": source.year, "推荐区县": source.district, "区县": source.district}
    headers = LEDGER.sheet(TARGETS[main]).key
    return {tuple(own.get(header) or record[header] for header in headers): record for record in source.records(main)}
