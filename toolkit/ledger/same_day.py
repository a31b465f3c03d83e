"""Returns of one sender that bear one date and say different things: nobody can tell which counts, so people choose.

Whether they come together or one after the other is all the same: what the ledger has of that day stands against what comes in, else
what `versions` puts first. A row that only one of them has is in dispute as a whole; what hangs on an application follows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.forms.ledger import LEDGER
from toolkit.forms.model import Form
from toolkit.forms.register_rows import ApplicationRow, ReturnRow
from toolkit.ledger.books import Books
from toolkit.ledger.disputes import DISTRICT, HAS, HAS_NOT, WHOLE_ROW, YEAR, Conflict, Disputes
from toolkit.ledger.ledger_rows import (
    FILLED,
    HASH_DIGITS,
    OUTCOMES,
    SOURCE_FILE,
    STATUS,
    TARGETS,
    LedgerRow,
    about,
    key_of,
    key_text,
    owned,
    sealed,
    untouched,
)
from toolkit.ledger.succession import Succession, sender_of
from toolkit.ledger.versions import Choice
from toolkit.returns.checks import ACCEPTED, HELD, QUERIED
from toolkit.returns.values import shown

Spot = tuple[str, tuple]
"""A row's register and key."""
_STUDIO, _OPEN = ApplicationRow.studio.header, ApplicationRow.open_issues.header


def in_ledger(choice: Choice, books: Books, succession: Succession) -> dict[Spot, LedgerRow] | None:
    """What the ledger has of another return of the same day; None where it has seen no other."""
    source = choice.chosen
    if source.form is None or not source.form.of_district or not succession.is_newest(source):
        return None
    seen = {row.source_hash for row in books.of(ReturnRow) if row.filled_on == source.filled_on
            and (row.year, row.district, row.form) == sender_of(source)}
    if not seen or len(seen | {each.sha256[:HASH_DIGITS] for each in (source, *choice.rivals)}) == 1:
        return None
    found = {}
    for name in dict.fromkeys(TARGETS[sheet.name] for sheet in source.form.sheets if sheet.name in TARGETS):
        for record in books.standing.records(name):
            if succession.sender_of(record) == sender_of(source) and record.values.get(FILLED) == source.filled_on:
                row = LedgerRow(name, key_of(record, LEDGER.sheet(name)), dict(record.values))
                found[name, row.key] = row
    return found


def computed(form: Form) -> frozenset[tuple[str, str]]:
    """Registers and headers whose values a form's formulas work out; a studio's name is known by."""
    return frozenset((TARGETS[sheet.name], column.header) for sheet in form.sheets if sheet.name in TARGETS for column in sheet.columns
                     if column.formula and column.header != _STUDIO)


@dataclass
class SameDay:
    """ours: the rows that stand, in the ledger or in the return that counts first; theirs: those of the other returns that came in, and
    files: their names.

    main: the register of the form's first sheet. computed: registers and headers that a return works out itself, no matter of choice; a return
    that was not computed lacks them. withdrawn: how a row counts that people chose against.
    """

    main: str
    ours: Mapping[Spot, LedgerRow]
    theirs: Sequence[Mapping[Spot, LedgerRow]]
    files: Sequence[str]
    stands_in_ledger: bool
    disputes: Disputes
    computed: frozenset[tuple[str, str]]
    withdrawn: str
    _held: set[object] = field(default_factory=set)
    _absent: set[object] = field(default_factory=set)
    _gone: set[object] = field(default_factory=set)
    _kept: set[object] = field(default_factory=set)

    def rows(self) -> list[LedgerRow]:
        """Every row of any of them, with what people chose; what is undecided is held."""
        spots = dict.fromkeys(spot for rows in (self.ours, *self.theirs) for spot in rows)
        found = [self._settled(spot) for spot in sorted(spots, key=lambda spot: spot[0] != self.main)]
        return [self._held_back(row) for row in found]

    def _settled(self, spot: Spot) -> LedgerRow:
        rows = [each[spot] for each in (self.ours, *self.theirs) if spot in each]
        row, studio = rows[0], rows[0].values.get(_STUDIO)
        below = spot[0] != self.main
        if below and (studio is None or studio in self._absent):
            return row
        stands = False if below and studio in self._gone - self._kept else self._stands(spot, row)
        if stands is None:
            self._held.add(studio)
            self._absent |= set() if below else {studio}
            return row
        if not stands:
            self._gone |= set() if below else {studio}
            return LedgerRow(row.sheet, row.key, {**row.values, STATUS[row.sheet]: self.withdrawn})
        self._kept |= set() if below else {studio}
        return self._fields(spot, row) if spot in self.ours else row

    def _stands(self, spot: Spot, row: LedgerRow) -> bool | None:
        """Whether a row stands that not all have; None: nobody has chosen yet."""
        having = [(each, file) for each, file in zip((self.ours, *self.theirs), ("", *self.files), strict=True) if self._applied_for(row, each)]
        here = any(spot in each for each, _ in having[:1])
        other, file = next(((each, file) for each, file in having[1:] if (spot in each) != here), (None, ""))
        conflict = _conflict(row, WHOLE_ROW, HAS if here else HAS_NOT, HAS_NOT if here else HAS, file)
        listed = self.disputes.listed(conflict)
        if other is None and listed is None:
            return True
        conflict = listed or conflict
        answer = self.disputes.answer(conflict)
        return self.disputes.accepts(answer) == (conflict.incoming == HAS) if answer else None

    def _applied_for(self, row: LedgerRow, rows: Mapping[Spot, LedgerRow]) -> bool:
        """Whether one of them can say of a row that it is not there: an application's people are only in a return that has the application."""
        if row.sheet == self.main:
            return True
        studio = row.values.get(_STUDIO)
        return any(each.sheet == self.main and each.values.get(_STUDIO) == studio for each in rows.values())

    def _fields(self, spot: Spot, row: LedgerRow) -> LedgerRow:
        """Our row, with the values that people chose from theirs; as it counts in the return that says the same."""
        theirs, sheet = [each[spot] for each in self.theirs if spot in each], LEDGER.sheet(spot[0])
        if self.stands_in_ledger and not untouched(row.values, sheet):
            return theirs[0] if theirs else row
        values, undecided = dict(row.values), False
        for each in theirs:
            for header in owned(sheet):
                if row.values.get(header) == each.values.get(header):
                    continue
                if (spot[0], header) in self.computed:
                    values[header] = each.values.get(header) if values.get(header) is None else values[header]
                    continue
                conflict = _conflict(row, header, shown(row.values.get(header)), shown(each.values.get(header)), shown(each.values.get(SOURCE_FILE)))
                if self.disputes.chosen_before(conflict):
                    continue
                answer = self.disputes.answer(conflict)
                undecided |= not answer
                if self.disputes.accepts(answer):
                    values[header] = each.values.get(header)
        if undecided or self.disputes.waiting(_conflict(row, "", "", "", ""), values):
            self._held.add(row.values.get(_STUDIO))
        changed = values != row.values
        if changed or self.stands_in_ledger:
            values |= self._judged(sheet.name, values, theirs, changed)
        return sealed(LedgerRow(row.sheet, row.key, values))

    def _judged(self, sheet: str, values: Mapping[str, object], theirs: Sequence[LedgerRow], changed: bool) -> Mapping[str, object]:
        """How a row counts, and the questions it leaves: as in the return that says the same; open questions are not lost by a choice."""
        status, facts = STATUS[sheet], owned(LEDGER.sheet(sheet))
        like = next((each for each in theirs if all(each.values.get(header) == values.get(header) for header in facts)), None)
        if like is not None:
            return {header: like.values.get(header) for header in (status, _OPEN) if header in LEDGER.sheet(sheet).by_header}
        if HELD in (each.values.get(status) for each in theirs) or (not changed and values.get(status) not in (HELD, self.withdrawn)):
            return {}
        if sheet not in OUTCOMES:
            return {status: None}
        return {status: QUERIED if values.get(_OPEN) else ACCEPTED}

    def _held_back(self, row: LedgerRow) -> LedgerRow:
        counts = row.values.get(STATUS[row.sheet]) != self.withdrawn
        if row.sheet == self.main and counts and row.values.get(_STUDIO) in self._held:
            return LedgerRow(row.sheet, row.key, {**row.values, STATUS[row.sheet]: HELD})
        return row


def _conflict(row: LedgerRow, header: str, recorded: str, incoming: str, file: str) -> Conflict:
    values = row.values
    district = values.get(ApplicationRow.district.header) or values.get(DISTRICT)
    return Conflict(row.sheet, key_text(row.key), about(values), values.get(YEAR), district, header, recorded, incoming, file, of_one_day=True)
