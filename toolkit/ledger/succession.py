"""Which return's word a row of the ledger keeps: the newest that has it; and whether the district's newest return still has it.

A row that the newest return no longer has is 待核撤回 until the city chooses; an older return that comes later changes nothing.
The outcome hangs on the returns alone, not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from toolkit.forms.ledger import LEDGER
from toolkit.forms.register_rows import ApplicationRow, ReturnRow, TeamRow
from toolkit.ledger.books import Books
from toolkit.ledger.ledger_rows import FILLED, HASH_DIGITS, OUTCOMES, TARGETS, LedgerRow
from toolkit.ledger.versions import Choice
from toolkit.regulation import Regulation
from toolkit.returns.checks import ACCEPTED, QUERIED
from toolkit.returns.records import Record, Return

Sender = tuple[int, str, str]
"""Year, district, name of the form."""
_DISTRICTS = (ApplicationRow.district.header, TeamRow.district.header)


def sender_of(source: Return) -> Sender:
    """Whose return it is."""
    return source.year or 0, source.district, source.form.name if source.form else ""


@dataclass
class Succession:
    """The newest filling date known of every sender: of this merge's returns, and of those that the ledger has seen.

    older: returns of this merge that are older than one that the ledger has seen. registers: ledger sheet and sender's year and
    district → the sender, for the senders of this merge.
    """

    law: Regulation
    newest: dict[Sender, date] = field(default_factory=dict)
    older: list[Return] = field(default_factory=list)
    registers: dict[tuple[str, object, object], Sender] = field(default_factory=dict)

    @classmethod
    def of(cls, choices: Sequence[Choice], books: Books, law: Regulation) -> Succession:
        """choices: those whose return was taken in."""
        found = cls(law)
        for row in books.of(ReturnRow):
            values = row.record.values
            sender = (values.get(ReturnRow.year.header), values.get(ReturnRow.district.header), values.get(ReturnRow.form.header))
            if isinstance(day := values.get(ReturnRow.filled_on.header), date):
                found._see(sender, day)  # type: ignore[arg-type]
        seen = dict(found.newest)
        for choice in choices:
            for source in sources(choice):
                if source.filled_on:
                    found._see(sender_of(source), source.filled_on)
                    if seen.get(sender_of(source), date.min) > source.filled_on:
                        found.older.append(source)
                for sheet in source.form.sheets if source.form and source.form.of_district else ():
                    if sheet.name in TARGETS:
                        found.registers[TARGETS[sheet.name], source.year, source.district] = sender_of(source)
        return found

    def _see(self, sender: Sender, day: date) -> None:
        self.newest[sender] = max(day, self.newest.get(sender, date.min))

    def is_newest(self, source: Return) -> bool:
        """Whether nothing newer of the same sender is known."""
        return source.filled_on is None or source.filled_on >= self.newest.get(sender_of(source), date.min)

    @property
    def withdrawing(self) -> str:
        """How a row counts that the newest return no longer has, until the city chooses."""
        return self._word("withdrawing")

    @property
    def withdrawn(self) -> str:
        """How a row counts that the city took out."""
        return self._word("withdrawn")

    def sender_of(self, record: Record) -> Sender | None:
        """The sender of this merge that a row of the ledger came from; None where it came from another."""
        values = record.values
        district = next((values[header] for header in _DISTRICTS if values.get(header)), None)
        return self.registers.get((record.table.sheet.name, values.get(ApplicationRow.year.header), district))

    def left_behind(self, record: Record, sender: Sender) -> bool:
        """Whether a newer return than the one the row came from is known."""
        day = record.values.get(FILLED)
        return not isinstance(day, date) or day < self.newest.get(sender, date.min)

    def answered(self, record: Record) -> str | None:
        """How a row that was left behind counts: 待核撤回, or what the city chose: 已撤回, or kept as it was."""
        answer, answers = record.values.get(TeamRow.withdrawal_answer.header), self.law.lists["withdrawal_answers"]
        if answer in answers.where("gone"):
            return self.withdrawn
        if answer not in answers.where("kept"):
            return self.withdrawing
        if record.table.sheet.name not in OUTCOMES:
            return None
        return QUERIED if record.values.get(ApplicationRow.open_issues.header) else ACCEPTED

    def _word(self, flag: str) -> str:
        return next(iter(self.law.lists["row_states"].where(flag)))


def superseded(row: LedgerRow, existing: Record) -> bool:
    """Whether the ledger's row comes from a newer return than this one."""
    kept, came = existing.values.get(FILLED), row.values.get(FILLED)
    return isinstance(kept, date) and isinstance(came, date) and kept > came


def sources(choice: Choice) -> tuple[Return, ...]:
    """A choice's returns, the newest first, without copies of one another."""
    return choice.chosen, *choice.rivals, *choice.superseded


def received(choices: Sequence[Choice], books: Books) -> Iterator[LedgerRow]:
    """A row of 报表登记 for every return that was taken in and that the ledger does not list yet."""
    sheet = LEDGER.sheet(ReturnRow.sheet.name)
    known = {tuple(row.record.values.get(header) for header in sheet.key) for row in books.of(ReturnRow)}
    for choice in choices:
        for source in sources(choice):
            values: Mapping[str, object] = {
                ReturnRow.year.header: source.year, ReturnRow.district.header: source.district or None, ReturnRow.form.header: sender_of(source)[2],
                ReturnRow.filled_on.header: source.filled_on, ReturnRow.nil.header: "是" if source.nil else None,
                ReturnRow.source_file.header: source.file, ReturnRow.source_hash.header: source.sha256[:HASH_DIGITS]}
            key = tuple(values[header] for header in sheet.key)
            if key not in known:
                known.add(key)
                yield LedgerRow(sheet.name, key, values)
