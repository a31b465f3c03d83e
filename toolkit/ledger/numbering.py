"""Numbers of documents: which are taken, by what, and which would be next. A number is given once.

The bureau's office gives numbers over all its documents; the ledger knows some of them, so the next one is a suggestion.
Source: GB/T 9704-2012 7.2.5
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from toolkit.forms.register_rows import ArrangementRow, ChangeRow, IssuedRow, PublicityRow, WithdrawalRow
from toolkit.forms.typed_rows import RowField, TypedRow
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation, fold
from toolkit.returns.findings import Place
from toolkit.returns.values import shown

_BRACKETS = str.maketrans("[]（）()【】", "〔〕〔〕〔〕〔〕")
_SERIAL = re.compile(r"(\d+)(?=号$)")
# 文号、日期在登记表的哪两列，是哪种文书，写的是谁。
_REGISTERED: tuple[tuple[type[TypedRow], RowField, RowField, str, RowField | None], ...] = (
    (PublicityRow, PublicityRow.naming_number, PublicityRow.named_on, "命名授牌通知", None),
    (PublicityRow, PublicityRow.filing_number, PublicityRow.filed_on, "备案报告", None),
    (WithdrawalRow, WithdrawalRow.decision_number, WithdrawalRow.decided_on, "", WithdrawalRow.number),
    (WithdrawalRow, WithdrawalRow.recovery_number, WithdrawalRow.recovery_on, "追回资金通知书", WithdrawalRow.number),
    (ChangeRow, ChangeRow.approval_number, ChangeRow.answered_on, "变更复函", ChangeRow.number))


@dataclass(frozen=True)
class TakenNumber:
    """A number that a document has: its day, its kind and whom it is about ("" where the register does not say)."""

    number: str
    day: date | None
    paper: str
    subject: str
    place: Place

    def is_of(self, paper: str, subject: str, on: date) -> bool:
        """Whether it may be the number of that document."""
        known = not subject or self.subject in ("", subject) or subject.startswith(f"{self.subject} ")  # 变更复函：编号，后面是事项
        return self.day == on and (not paper or self.paper in ("", paper)) and known


def same(one: str, other: str) -> bool:
    """Whether two spellings are one number: brackets and spaces do not count."""
    return fold(one.translate(_BRACKETS)) == fold(other.translate(_BRACKETS))


def taken(books: Books) -> Iterator[TakenNumber]:
    """Every number that a register holds. Raises UnreadableCell where one cannot be read."""
    for kind, number, day, paper, subject in _REGISTERED:
        for row in books.of(kind):
            if text := _value(row, number):
                yield TakenNumber(text, _value(row, day), paper, shown(_value(row, subject)) if subject else "", row.record.place(number.header))
    for issued in books.of(IssuedRow):
        if issued.number:
            yield TakenNumber(issued.number, issued.issued_on, issued.paper or "", issued.subject or "",
                              issued.record.place(IssuedRow.number.header))


def _value(row: TypedRow, field: RowField[Any]) -> Any:
    return field.__get__(row, type(row))


def suggested(books: Books, law: Regulation, series: str, year: int) -> str:
    """The number behind the last of a series (a parameter's name) that the ledger knows of the year; those set aside in 年度安排 count."""
    code = f"{law[series]}〔{year}〕"
    known = [each.number for each in taken(books)]
    known += [text for row in books.of(ArrangementRow) for text in (row.naming_number, row.results_number) if text]
    spelled = (text.translate(_BRACKETS).replace(" ", "") for text in known)
    serials = [int(found[1]) for text in spelled if text.startswith(code) and (found := _SERIAL.search(text))]
    return f"{code}{max(serials, default=0) + 1}号"


def following(first: str, count: int) -> Sequence[str]:
    """`count` numbers from `first` on, one behind the other. ValueError where a number that does not end in “…号” should be followed."""
    if count == 1:
        return [first]
    found = _SERIAL.search(first)
    if not found:
        raise ValueError(f"no serial in {first!r}")
    return [_SERIAL.sub(str(int(found[1]) + step), first) for step in range(count)]
