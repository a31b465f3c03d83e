"""What the ledger already says: studios, bars, names given by the state or the region, applications, explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from toolkit.errors import UserError
from toolkit.regulation import Parameter, Regulation, fold
from toolkit.returns import recognise, values
from toolkit.returns.characters import half_width
from toolkit.returns.findings import Finding
from toolkit.returns.records import Record, Table
from toolkit.returns.rows import RowReader
from toolkit.returns.values import shown
from toolkit.sheets.grid import Book, Value

_MOST = {"元": 100_000_000, "年": 100, "周岁": 150, "月": 12, "天": 3_650, "个工作日": 3_650, "个月": 1_200}
"""What a number in 参数 can at most be, by its unit: more is a slip of the hand, and no calendar goes that far."""
_MANY = 1_000_000
GONE = "D-gone"
"""Why a cell of a column that is gone cannot be read."""


@dataclass(frozen=True)
class Standing:
    """The ledger's tables by declared sheet name (absent where the ledger lacks the sheet), what its cells could not say, its file."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    file: str = ""

    def records(self, sheet: str) -> list[Record]:
        table = self.tables.get(sheet)
        return table.records if table else []

    def explanations(self) -> dict[tuple[str, str], Record]:
        """(row key, code) → the row of 提示说明."""
        return {(row["键"], row["代码"]): row for row in self.records("提示说明")}

    def rulings(self) -> frozenset[tuple[str, str]]:
        """(district, `Case.key`) of the applications the bureau ruled to keep (裁定 = 保留)."""
        return frozenset((row["推荐区县"], "|".join(shown(row[header]) for header in ("年度", "身份证号", "职业(工种)")))
                         for row in self.records("申报批次") if row["裁定"] == "保留")

    def parameters(self, law: Regulation) -> Regulation:
        """R21: the regulation with what the bureau wrote into 参数."""
        return law.overridden(dict(overrides(self.records("参数"), law)))


def overrides(rows: Iterable[Record], law: Regulation) -> Iterable[tuple[str, int | str | date]]:
    """(name, value) of parameters set in the ledger. UserError where what was typed cannot be such a value."""
    for row in rows:
        parameter, typed = law.parameters.get(row["参数"] or ""), row.raw("取值")
        if parameter is not None and typed is not None and row["取值"] is not None:
            yield parameter.name, _setting(parameter, typed, law)


def _setting(parameter: Parameter, typed: Value, law: Regulation) -> int | str | date:
    """What the bureau typed, as the type of the default; a misread setting would bend every judgement, so it stops."""
    choices = parameter.unit.split("/") if "/" in parameter.unit else []
    if choices:
        said = half_width(str(values.text(typed).value or ""))
        yes_no = law.lists["yes_no"].find(said) if parameter.unit == law.lists["yes_no"].label else None
        meant = yes_no.name if yes_no else said
        found, how = next((each for each in choices if fold(each) == fold(meant)), None), f"“{'”或“'.join(choices)}”"
    elif isinstance(parameter.value, int):
        read = values.count(typed)
        most = _MOST.get(parameter.unit, _MANY)
        found, how = (None if read.problem or not 0 < (read.value or 0) <= most else read.value), f"1至{most}之间的整数"
    elif parameter.unit == "日期":
        read, how = values.day(typed), "如 2026-11-20 的日期"
        found = None if read.problem else read.value
    else:
        return values.text(typed).value
    if found is None:
        raise UserError(f"“参数”表“{parameter.label}”的取值“{shown(typed)}”不能用。请填{how}，或清空恢复默认值。")
    return found


def gone(table: Table) -> list[str]:
    """Columns that a register had and has no more: nothing that they say may count as empty. Those of a later version than the ledger's
    are not there yet."""
    there = table.layout.columns
    version = max((column.since for column in table.sheet.columns if column.header in there), default="")
    return [column.header for column in table.sheet.columns if column.header not in there and column.since <= version]


def read(book: Book | None, law: Regulation) -> Standing:
    """The ledger as it stands; an empty one where there is no ledger yet."""
    if book is None:
        return Standing()
    from toolkit.forms.ledger import LEDGER

    reader = RowReader(law)
    located = recognise.locate(book, LEDGER)
    parsed = {name: reader.read(book.file, found.grid, LEDGER.sheet(name), found.layout) for name, found in located.items()}
    for each in parsed.values():
        for header in gone(each.table):
            for record in each.table.records:
                record.problems[header] = GONE
    return Standing({name: each.table for name, each in parsed.items()}, tuple(found for each in parsed.values() for found in each.findings),
                    book.file)
