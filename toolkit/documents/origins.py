"""溯源: where every value of a document comes from — the cell of the ledger, the return it came in, the clause it rests on.

A value is traced where the ledger says it of the same studio: the column of its own name first, then any other that says the same.
What no cell says rests on the regulation, a parameter or a sum; see `bases`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from toolkit.documents.bases import basis_of, clause_of
from toolkit.documents.declared import DocumentKind, Field, FieldGroup, Rows, Text
from toolkit.documents.wording import amount_in_figures, amount_in_words, chinese_date
from toolkit.forms import register_rows as rows
from toolkit.forms.typed_rows import TypedRow
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation
from toolkit.returns.findings import Place
from toolkit.returns.values import shown

_STUDIO, _YEAR = rows.StudioRow.name.header, rows.PublicityRow.year.header
_DISTRICT, _RECOMMENDED = rows.PublicityRow.district.header, rows.ApplicationRow.district.header
_SOURCE = tuple(field.header for field in (rows.ReturnedRow.source_file, rows.ReturnedRow.source_sheet, rows.ReturnedRow.source_row))
COLUMNS_OF = {
    "名称": _STUDIO, "编号": rows.StudioRow.number.header, "职业": rows.StudioRow.occupation.header, "区县": _RECOMMENDED,
    "金额": rows.FundRow.amount.header, "结论": rows.YearlyRow.comment.header, "周期起": rows.StudioRow.begins.header,
    "周期止": rows.StudioRow.ends.header, "姓名": rows.StudioRow.leader.header, "字号": rows.PublicityRow.naming_number.header,
    "追回.金额": rows.WithdrawalRow.owed.header}
"""Field, by its key or by the beginning of its path → the column of the ledger that says it, where the two are called differently."""
NAMING = ("工作室名称", "领办人", "申办单位")
"""Fields of a list that a cell must say: without one their source is unknown."""
_REGISTERS = (rows.PublicityRow, rows.StudioRow, rows.ApplicationRow, rows.AssessmentRow, rows.WithdrawalRow, rows.ChangeRow, rows.FundRow,
              rows.YearlyRow, rows.ReviewRow, rows.TeamRow, rows.AwardRow)
_SETTINGS = (rows.ArrangementRow, rows.ParameterRow)
_UNSAID = frozenset(field.header for field in (
    rows.ReturnedRow.source_row, rows.ReturnedRow.fingerprint, rows.ReturnedRow.source_hash, rows.ReturnedRow.entered_at,
    rows.ReturnedRow.filled_on))  # 不是所记的事，碰巧相同不算出处
_LONG = 4  # 少于四个字的，只认本列


@dataclass(frozen=True)
class TracedValue:
    """A value as it is printed, and where it comes from. path: from the top, rows numbered: 名单.2.领办人. cell: of the ledger;
    source: (file, sheet, row) of the return; `how`: in words, "" where nothing is known of it."""

    path: str
    meaning: str
    text: str
    cell: Place | None = None
    source: tuple[str, str, int] | None = None
    clause: str = ""
    how: str = ""

    @property
    def known(self) -> bool:
        """Whether it has a source at all."""
        return self.cell is not None or bool(self.how)


def trace(kind: DocumentKind, context: Mapping, books: Books, law: Regulation) -> list[TracedValue]:
    """Every value a document prints, in the order of its fields. books: the ledger after the document was registered."""
    tracer = _Tracer(books, law, context)
    return [tracer.traced(path, field, text, scope) for path, field, text, scope in _leaves(kind.fields, context, "", {})]


def _leaves(fields: Iterable[Field], context: Mapping, path: str, scope: Mapping) -> Iterator[tuple[str, Text, str, Mapping]]:
    """(path, field, text, the innermost row or group that names a studio) of every value that is not blank."""
    scope = context if _studio_of(context) else scope
    for field in fields:
        value, place = context[field.key], f"{path}{field.key}"
        if isinstance(field, FieldGroup):
            yield from _leaves(field.fields, value, f"{place}.", scope)
        elif isinstance(field, Rows):
            for number, row in enumerate(value, 1):
                yield from _leaves(field.fields, row, f"{place}.{number}.", scope)
        elif value.strip():
            yield place, field, value, scope


def _studio_of(context: Mapping) -> str:
    name = context.get(_STUDIO) or (context.get("名称") if "领办人" in context or "申办单位" in context or "申报单位" in context else "")
    return name if isinstance(name, str) else ""


class _Tracer:
    """The ledger's rows by studio, looked up for one document."""

    def __init__(self, books: Books, law: Regulation, context: Mapping) -> None:
        self.books, self.law, self.context = books, law, context
        self.year = str(context.get("年度", ""))

    def traced(self, path: str, field: Text, text: str, scope: Mapping) -> TracedValue:
        own = _studio_of(scope)
        named = [own] if own else self.studios
        plain = ".".join(key for key in path.split(".") if not key.isdigit())
        for record in (row for name in named for row in self.of_studio(name)):
            if header := _said_by(record, plain, text):
                return self._from(record, header, path, field, text, plain)
        for setting in self.settings if len(text) >= _LONG else ():
            if header := _set_by(setting, text):
                return self._from(setting, header, path, field, text, plain)
        basis = basis_of(plain, plain != path)
        cell = self._parameter(basis.parameter) if basis else None
        how = "" if basis is None or (plain != path and field.key in NAMING) else basis.how
        return TracedValue(path, field.meaning, text, cell, clause=clause_of(plain, self.law), how=how)

    def _parameter(self, name: str) -> Place | None:
        """Where 参数 says what a parameter is: what the bureau set, else the default."""
        row = next((row for row in self.books.of(rows.ParameterRow) if name and row.record.values.get(rows.ParameterRow.name.header) == name), None)
        if row is None:
            return None
        field = rows.ParameterRow.value if row.known(rows.ParameterRow.value) else rows.ParameterRow.default
        return row.record.place(field.header)

    def _from(self, row: TypedRow, header: str, path: str, field: Text, text: str, plain: str) -> TracedValue:
        column = row.sheet.by_header[header]
        set_clause = "".join(row.known(rows.ParameterRow.clause)) if isinstance(row, rows.ParameterRow) else column.clause
        clause = set_clause or clause_of(plain, self.law)
        return TracedValue(path, field.meaning, text, row.record.place(header), self._return_of(row, header), clause, "台账")

    def _return_of(self, row: TypedRow, header: str) -> tuple[str, str, int] | None:
        """The return that a cell came in: the row's own, else that of the studio's application which says the same."""
        origins = [row, *(each for each in self.of_studio(shown(row.record.values.get(_STUDIO))) if isinstance(each, rows.ApplicationRow))]
        for each in origins:
            said = each.record.values.get(_RECOMMENDED if header == _DISTRICT and each is not row else header)
            file, sheet, number = map(each.record.values.get, _SOURCE)
            if file and said == row.record.values.get(header):
                return shown(file), shown(sheet), int(number or 0)
        return None

    @cached_property
    def studios(self) -> list[str]:
        """The studios a document names, for what it says of all of them."""
        named = [_studio_of(self.context)]
        for value in self.context.values():
            if isinstance(value, Mapping):
                named.append(_studio_of(value))
            elif isinstance(value, list):
                named += [_studio_of(row) for row in value]
        return list(dict.fromkeys(filter(None, named)))

    def of_studio(self, name: str) -> Sequence[TypedRow]:
        """The rows about a studio, those of the document's year first."""
        return self._by_studio.get(name, ())

    @cached_property
    def _by_studio(self) -> Mapping[str, list[TypedRow]]:
        found: dict[str, list[TypedRow]] = {}
        for kind in _REGISTERS:
            for row in self.books.of(kind):
                found.setdefault(shown(row.record.values.get(_STUDIO)), []).append(row)
        return {name: sorted(each, key=lambda row: shown(row.record.values.get(_YEAR)) != self.year) for name, each in found.items()}

    @cached_property
    def settings(self) -> list[TypedRow]:
        """The bureau's arrangements of the year, then its parameters."""
        return [row for kind in _SETTINGS for row in self.books.of(kind) if shown(row.record.values.get(_YEAR)) in ("", self.year)]


def _said_by(row: TypedRow, path: str, text: str) -> str:
    """The header under which a row says `text`; "" where it does not. An amount counts only in the column of its own name."""
    values, keys = row.record.values, path.split(".")
    names = (keys[-1], *(COLUMNS_OF.get(each, "") for each in (keys[-1], ".".join(keys[:-1]))))
    own = next((header for header in names if header in values and text in _printed(values[header])), "")
    if own or len(text) < _LONG:
        return own
    return next((header for header, value in values.items()
                 if header not in _UNSAID and isinstance(value, str | date) and text in _printed(value)), "")


def _set_by(row: TypedRow, text: str) -> str:
    """The header under which the bureau's settings say `text`."""
    headers = (rows.ParameterRow.value.header,) if isinstance(row, rows.ParameterRow) else tuple(row.record.values)
    return next((header for header in headers if text in _printed(row.record.values.get(header))), "")


def _printed(value: object) -> tuple[str, ...]:
    """How documents print a cell."""
    if isinstance(value, date):
        return chinese_date(value), shown(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and value >= 0:
        number = Decimal(value)
        return (shown(value), amount_in_figures(number), *_words(number))
    return (shown(value),)


def _words(number: Decimal) -> tuple[str, ...]:
    return (amount_in_words(number),) if number >= 1000 and number == number.quantize(Decimal("0.01")) else ()
