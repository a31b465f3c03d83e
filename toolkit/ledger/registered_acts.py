"""The acts that stand in the registers, each with what its paper is known by: the 文号, or its day where it carries none.

Source: 乌人社规〔2023〕1号 第十二条、第十三条、第十八条至第二十条
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from toolkit.forms.papers import PAPERS
from toolkit.forms.register_rows import ChangeRow, IssuedRow, PublicityRow, WithdrawalRow
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger.books import Books
from toolkit.returns.findings import Place

PUBLICITY, NAMING, FILING, WITHDRAWAL, RECOVERY, CHANGE = ("公示",), ("命名",), ("备案",), ("撤销", "取消"), ("追回",), ("变更",)
COVERED = frozenset(paper.act for paper in PAPERS if paper.act)
"""What a paper may decide: it is to stand in a register."""


@dataclass(frozen=True)
class RegisteredAct:
    """moves: what it may be called, "" of a paper that decides nothing; number: its 文号, "" where it has none; day: of the paper, None
    where nobody entered it; `place`: the first cell that says so; `paper`: its kind where that is registered."""

    moves: tuple[str, ...]
    number: str
    day: date | None
    place: Place
    paper: str = ""

    @property
    def label(self) -> str:
        """How people call it."""
        return f"{self.moves[0] or self.paper} {self.number or self.day}"


def registered_acts(books: Books) -> list[RegisteredAct]:
    """Every act once, however many rows it has; cells that cannot be read are findings of their own and no acts."""
    found: dict[tuple, RegisteredAct] = {}
    for act in (*_by_day(books), *_numbered(books), *_issued(books)):
        found.setdefault((act.number,) if act.number else (act.moves, act.day), act)
    return list(found.values())


def _by_day(books: Books) -> Iterator[RegisteredAct]:
    for row in books.publicity:
        for day in row.known(PublicityRow.published_on):
            yield RegisteredAct(PUBLICITY, "", day, row.record.place(PublicityRow.published_on.header))


def _numbered(books: Books) -> Iterator[RegisteredAct]:
    for row in books.publicity:
        yield from _act(row, NAMING, PublicityRow.naming_number, PublicityRow.named_on)
        yield from _act(row, FILING, PublicityRow.filing_number, PublicityRow.filed_on)
    for withdrawal in books.withdrawals:
        yield from _act(withdrawal, WITHDRAWAL, WithdrawalRow.decision_number, WithdrawalRow.decided_on)
        yield from _act(withdrawal, RECOVERY, WithdrawalRow.recovery_number, WithdrawalRow.recovery_on)
    for change in books.of(ChangeRow):
        yield from _act(change, CHANGE, ChangeRow.approval_number, ChangeRow.answered_on)


def _issued(books: Books) -> Iterator[RegisteredAct]:
    """The papers of 发文登记 whose number no other register holds; what people enter there of their own is theirs."""
    elsewhere = {*NAMING, *FILING, *WITHDRAWAL, *RECOVERY, *CHANGE}
    own = {paper.name: paper for paper in PAPERS if paper.act not in elsewhere}
    for row in books.of(IssuedRow):
        for said in row.known(IssuedRow.paper):
            if said in own:
                yield from (replace(act, paper=said) for act in _act(row, (own[said].act,), IssuedRow.number, IssuedRow.issued_on))


def _act(row: TypedRow, moves: tuple[str, ...], number: RowField[str], day: RowField[date]) -> Iterator[RegisteredAct]:
    for said in row.known(number):
        days = row.known(day)
        yield RegisteredAct(moves, said, days[0] if days else None, row.record.place(number.header))
