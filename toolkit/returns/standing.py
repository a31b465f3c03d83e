"""What the ledger already says: studios, bars, names given by the state or the region, applications, explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from toolkit.forms.ledger import LEDGER
from toolkit.regulation import Regulation
from toolkit.returns import recognise, values
from toolkit.returns.grid import Book
from toolkit.returns.records import Record, Table
from toolkit.returns.rows import RowReader
from toolkit.returns.values import shown


@dataclass(frozen=True)
class Standing:
    """The ledger's tables by declared sheet name (absent where the ledger lacks the sheet)."""

    tables: Mapping[str, Table] = field(default_factory=dict)

    def records(self, sheet: str) -> list[Record]:
        table = self.tables.get(sheet)
        return table.records if table else []

    def naming_done(self, year: int) -> bool:
        """Whether the year's batch has been named (R03-1)."""
        return any(row["年度"] == year and row["命名日期"] for row in self.records("公示命名"))

    def explanations(self) -> dict[tuple[str, str], Record]:
        """(row key, code) → the row of 提示说明."""
        return {(row["键"], row["代码"]): row for row in self.records("提示说明")}

    def rulings(self) -> frozenset[str]:
        """Keys of the applications the bureau ruled to keep (裁定 = 保留), as `Case.key` gives them."""
        return frozenset("|".join(shown(row[header]) for header in ("年度", "身份证号", "职业(工种)"))
                         for row in self.records("申报批次") if row["裁定"] == "保留")

    def parameters(self, law: Regulation) -> Regulation:
        """The regulation with what the bureau wrote into 参数."""
        return law.overridden(dict(overrides(self.records("参数"), law)))


def overrides(rows: Iterable[Record], law: Regulation) -> Iterable[tuple[str, int | str | date]]:
    """(name, value) of parameters set in the ledger, as the type of the default."""
    for row in rows:
        parameter, typed = law.parameters.get(row["参数"] or ""), row.raw("取值")
        if parameter is None or typed is None or row["取值"] is None:
            continue
        if isinstance(parameter.value, int):
            read = values.count(typed)
        elif parameter.unit == "日期":
            read = values.day(typed)
        else:
            read = values.text(typed)
        if read.value is not None and not read.problem:
            yield parameter.name, read.value


def read(book: Book | None, law: Regulation) -> Standing:
    """The ledger as it stands; an empty one where there is no ledger yet."""
    if book is None:
        return Standing()
    reader = RowReader(law)
    located = recognise.locate(book, LEDGER)
    return Standing({name: reader.read(book.file, found.grid, LEDGER.sheet(name), found.layout).table
                     for name, found in located.items()})
